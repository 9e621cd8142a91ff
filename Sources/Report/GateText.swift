package import Records
import Releases

/// A gate of the past as the record tells it: who was asked, who decided, when, with what words.
package struct GateText: Hashable, Sendable {
  /// What one person said to it; who and when, where that is recorded.
  package struct Decision: Hashable, Sendable {
    package let by: Sentence
    package let decision: Sentence
    package let at: Sentence
    package let comment: String?
  }

  package let name: Sentence
  package let mark: Mark
  package let state: Sentence
  package let facts: [Fact]
  package let decisions: [Decision]

  /// `isSuperseded`: it still waits in the record, but a newer run waits in its place (rules.md, Current).
  /// `compared`: to what is behind it now.
  package init(_ wording: Wording, _ gate: Gate, name: Sentence, isSuperseded: Bool, compared: LinkText? = nil) {
    self.name = name
    mark = gate.mark(isSuperseded: isSuperseded)
    state = isSuperseded ? "superseded: a newer run took its place" : gate.words
    facts = GateText.facts(wording, gate, isSuperseded: isSuperseded) + (compared.map { [Fact("Now", "\($0)")] } ?? [])
    decisions = gate.decisions.prefix(100).map { decision in
      Decision(
        by: decision.by.map { "\($0)" } ?? "not recorded",
        decision: decision.decision.map { "\(said: $0)" } ?? "\(words: gate.state.rawValue)",
        at: wording.moment(decision.at),
        comment: decision.comment.map { Words.cut($0, to: 2_000) })
    }
  }

  private static func facts(_ wording: Wording, _ gate: Gate, isSuperseded: Bool) -> [Fact] {
    var facts = [wording.fact("Requested", gate.requestedAt)]
    if let by = gate.requestedBy { facts.append(Fact("Requested by", "\(by)")) }
    switch gate.state {
    case .approved, .rejected:
      facts.append(wording.fact("Decided", gate.decidedAt))
      facts.append(Fact("Waited", "\(words: Span(from: gate.requestedAt, to: gate.decidedAt).words)"))
    case .waiting:
      facts.append(Fact("Decided", isSuperseded ? "never" : "not yet"))
    case .expired, .cancelled, .skipped:
      facts.append(Fact("Decided", gate.decidedAt.map { "\(wording.long($0))" } ?? "never"))
    case .unknown: facts.append(wording.fact("Decided", gate.decidedAt))
    }
    if !gate.allowed.isEmpty { facts.append(Fact("May decide", wording.names(gate.allowed))) }
    if let required = gate.required, required > 1 {
      facts.append(Fact("Needed", "\(Format.count(required, "approval"))"))
    }
    return facts
  }
}

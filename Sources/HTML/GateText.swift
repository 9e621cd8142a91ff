import Plan
import Records
import Releases
import Report
import Template

/// A gate of the past as the record tells it: who was asked, who decided, when, with what words. For `partials/decisions`.
struct GateText: Model, Hashable {
  struct Decision: Model, Hashable {
    let by: Sentence
    let decision: Sentence
    let at: Sentence
    let comment: String?

    static let fields = Fields<Decision>(
      .words("by") { $0.by },
      .words("decision") { $0.decision },
      .object("at") { $0.at },
      .text("comment") { $0.comment }
    )
  }

  let name: Sentence
  let mark: Mark
  let state: Sentence
  let facts: [Fact]
  let decisions: [Decision]

  static let fields = Fields<GateText>(
    .object("name") { $0.name },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .list("facts") { $0.facts },
    .list("decisions") { $0.decisions }
  )

  /// `isSuperseded`: it still waits in the record, but a newer run waits in its place (rules.md, Current).
  /// `compared`: to what is behind it now.
  init(_ view: Viewpoint, _ gate: Gate, name: Sentence, isSuperseded: Bool, compared: LinkText? = nil) {
    self.name = name
    mark = gate.mark(isSuperseded: isSuperseded)
    state = isSuperseded ? "superseded: a newer run took its place" : gate.words
    facts = GateText.facts(view, gate, isSuperseded: isSuperseded) + (compared.map { [Fact("Now", "\($0)")] } ?? [])
    decisions = gate.decisions.prefix(100).map { decision in
      Decision(
        by: decision.by.map { "\($0)" } ?? "not recorded",
        decision: decision.decision.map { "\(said: $0)" } ?? "\(words: gate.state.rawValue)",
        at: view.wording.moment(decision.at),
        comment: decision.comment.map { Words.cut($0, to: 2_000) })
    }
  }

  private static func facts(_ view: Viewpoint, _ gate: Gate, isSuperseded: Bool) -> [Fact] {
    var facts = [view.wording.fact("Requested", gate.requestedAt)]
    if let by = gate.requestedBy { facts.append(Fact("Requested by", "\(by)")) }
    switch gate.state {
    case .approved, .rejected:
      facts.append(view.wording.fact("Decided", gate.decidedAt))
      facts.append(Fact("Waited", "\(words: Span(from: gate.requestedAt, to: gate.decidedAt).words)"))
    case .waiting:
      facts.append(Fact("Decided", isSuperseded ? "never" : "not yet"))
    case .expired, .cancelled, .skipped:
      facts.append(Fact("Decided", gate.decidedAt.map { "\(view.wording.long($0))" } ?? "never"))
    case .unknown: facts.append(view.wording.fact("Decided", gate.decidedAt))
    }
    if !gate.allowed.isEmpty { facts.append(Fact("May decide", view.wording.names(gate.allowed))) }
    if let required = gate.required, required > 1 {
      facts.append(Fact("Needed", "\(Format.count(required, "approval"))"))
    }
    return facts
  }
}

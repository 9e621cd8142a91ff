import Records
package import Releases
import Time

/// A stage, a step or a gate of a run in words.
package struct StageText: Hashable, Sendable {
  package let name: Sentence
  package let mark: Mark
  package let state: Sentence
  package let remarks: [Sentence]
  /// How long it took; since when it goes on; that it did not run.
  package let took: Sentence
}

/// The stages, steps and gates of one run, in words.
package struct RunStages {
  private let wording: Wording
  private let service: Int
  private let run: Run
  /// Whether what the run still waits for was overtaken by newer runs.
  private let isSuperseded: Bool

  package init(_ wording: Wording, service: Int, run: Run) {
    (self.wording, self.service, self.run) = (wording, service, run)
    isSuperseded = wording.catalog.services[service].isSuperseded(run)
  }

  /// `subject`: of the outline of the same run.
  package func text(of subject: RunOutline.Subject) -> StageText {
    switch subject {
    case .step(let index): text(of: run.record.steps[index])
    case .stage(let name, let steps): text(of: name, steps.map { run.record.steps[$0] })
    case .gate(let index): text(of: run.record.gates[index])
    }
  }

  private func text(of step: Step) -> StageText {
    var remarks: [Sentence] = []
    if step.warning { remarks.append("with a warning") }
    if step.optional { remarks.append("may fail") }
    if step.attempt > 1 { remarks.append("attempt \(step.attempt)") }
    let name = step.name.isEmpty ? step.stage ?? "" : step.name
    let title: Sentence = name.isEmpty ? "unnamed step" : wording.outside(name, step.url).map { "\($0)" } ?? "\(name)"
    return StageText(
      name: title, mark: Mark(step.state), state: step.state.word(raw: step.stateRaw), remarks: remarks,
      took: step.state == .waiting && isSuperseded
        ? "no longer waits" : took(step.state, from: step.startedAt, to: step.finishedAt, active: step.activeSeconds))
  }

  private func text(of stage: String, _ steps: [Step]) -> StageText {
    let state = steps.state
    return StageText(
      name: stage.isEmpty ? "unnamed stage" : "\(stage)", mark: Mark(state), state: "\(words: state.rawValue)", remarks: [],
      took: took(state, from: steps.startedAt, to: steps.finishedAt, active: nil))
  }

  private func text(of gate: Gate) -> StageText {
    let wait = Span(from: gate.requestedAt, to: gate.decidedAt)
    let isSuperseded = wording.catalog.services[service].isSuperseded(gate, of: run)
    return StageText(
      name: wording.name(of: gate, service: service, run: run), mark: gate.mark(isSuperseded: isSuperseded),
      state: isSuperseded ? "superseded" : gate.words, remarks: wording.decisions(gate),
      took: isSuperseded ? "no longer waits" : took(gate, wait))
  }

  private func took(_ gate: Gate, _ wait: Span) -> Sentence {
    switch gate.state {
    case .waiting: gate.requestedAt.map { "since \(wording.long($0))" } ?? "not recorded"
    case .skipped: "not run"
    case .approved, .rejected, .expired, .cancelled, .unknown: "\(words: wait.words)"
    }
  }

  private func took(_ state: State, from start: Timestamp?, to end: Timestamp?, active: Double?) -> Sentence {
    switch state {
    case .running, .waiting: return start.map { "since \(wording.long($0))" } ?? "not recorded"
    case .queued: return "not begun"
    case .skipped where start == nil || end == nil || start == end: return "not run"
    case .cancelled where start == nil: return "not run"
    case .skipped, .succeeded, .failed, .cancelled, .superseded, .unknown: break
    }
    if let span = Span(from: start, to: end).seconds { return "\(words: Format.duration(span))" }
    if let active, active >= 0, active.isFinite { return "\(words: Format.duration(active)) active" }
    return "\(words: Span(from: start, to: end).words)"
  }
}

import Records
package import Releases

/// One attempt of a run.
package struct RunAttempt: Hashable, Sendable {
  package let number: String
  package let mark: Mark
  package let state: Sentence
  package let began: Sentence
  package let took: Sentence
  /// The step that failed or was cancelled in; empty where there is nothing to tell.
  package let story: Sentence

  private static let limit = 100

  /// Newest first, the one that the page is about among them.
  package static func all(_ wording: Wording, _ run: Run) -> [RunAttempt] {
    ([run.record] + run.attempts).prefix(limit).map { RunAttempt(wording, $0) }
  }

  private init(_ wording: Wording, _ record: RunRecord) {
    number = String(record.attempt)
    mark = Mark(record.state)
    state = record.state.word(raw: record.stateRaw)
    began = wording.moment(record.startTime)
    took = wording.took(record)
    story = RunAttempt.story(record)
  }

  private static func story(_ record: RunRecord) -> Sentence {
    switch record.state {
    case .failed:
      guard let step = record.failingStep else { return "no failing step is recorded" }
      let name: Sentence = step.name.isEmpty ? "a step without a name" : "\(step.name)"
      return step.stage.map { $0 == step.name ? name : "\($0), \(name)" } ?? name
    case .cancelled:
      guard let step = record.cancelledStep else { return "cancelled" }
      let name = step.name.isEmpty ? step.stage ?? "" : step.name
      return name.isEmpty ? "cancelled in a step" : "cancelled in \(name)"
    case .succeeded: return record.warning ? "with a warning" : ""
    case .queued, .running, .waiting, .skipped, .superseded, .unknown: return ""
    }
  }
}

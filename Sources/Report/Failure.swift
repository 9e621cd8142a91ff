import Records
package import Releases

/// What went wrong: the steps that failed with their words, the tests, and what stays live because of it.
package struct Failure: Hashable, Sendable {
  /// A step that failed, none of whose children did.
  package struct FailedStep: Hashable, Sendable {
    package let name: Sentence
    /// What it said, from the beginning; nil where it said nothing.
    package let text: String?
    /// How much of the text is left out.
    package let omitted: Sentence?
  }

  /// The tests and steps that failed, and what each environment stays on.
  package let headline: Sentence
  package let steps: [FailedStep]

  private static let stepLimit = 20
  private static let textLimit = 8_000

  /// nil unless the run failed.
  package init?(_ wording: Wording, service: Int, run: Run) {
    guard run.record.state == .failed else { return nil }
    let failing = RunOutline(run.record).failing.map { run.record.steps[$0] }
    let told = failing.filter { !($0.error ?? "").isEmpty }
    headline = Failure.headline(wording, service: service, run: run, failing: failing)
    steps = (told.isEmpty && failing.count == 1 ? [] : failing).prefix(Failure.stepLimit).map { step in
      let error = step.error ?? ""
      let shown = Words.cut(error, to: Failure.textLimit)
      let omitted = error.utf8.count - shown.utf8.count
      return FailedStep(
        name: wording.name(of: step), text: error.isEmpty ? nil : shown,
        omitted: omitted > 0 ? "\(omitted) bytes more in the log" : nil)
    }
  }

  private static func headline(_ wording: Wording, service: Int, run: Run, failing: [Step]) -> Sentence {
    var parts: [Sentence] = []
    if let tests = run.record.tests, tests.failed > 0 {
      parts.append("\(tests.failed) of \(Format.count(max(tests.total, tests.failed), "test")) failed")
    }
    switch failing.count {
    case 0: parts.append("the record names no step that failed")
    case 1: if parts.isEmpty { parts.append("\(wording.name(of: failing[0])) failed") }
    default: parts.append("\(failing.count) steps failed")
    }
    for index in run.deployments {
      let deployment = wording.catalog.services[service].deployments[index]
      guard deployment.state == .failed, deployment.attempt == run.record.attempt else { continue }
      let place = wording.environment(deployment.environment)
      if let reached = deployment.reachedWords { parts.append("\(place): \(reached)") }
      if deployment.isOnSomeTargets {
        if let target = deployment.target { parts.append("\(place) failed on \(target)") }
        continue
      }
      let own = wording.catalog.services[service]
      let before = own.liveBefore(index).map { own.deployments[$0].version }
      parts.append(
        before.map { "\(place) stays on \(wording.release(service, $0))" } ?? "nothing was live in \(place) before it")
    }
    return .joined(parts, separator: "; ")
  }
}

extension Wording {
  /// `step integration-tests`, leading to its log.
  fileprivate func name(of step: Step) -> Sentence {
    let name = step.name.isEmpty ? step.stage ?? "" : step.name
    guard !name.isEmpty else { return "a step without a name" }
    return "step \(outside(name, step.url) ?? LinkText(text: name, to: nil))"
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// What went wrong: the steps that failed with their words, the tests, and what stays live because of it.
struct Failure: Model {
  struct FailedStep: Model, Hashable {
    let name: Sentence
    let text: String?
    /// How much of the text is left out.
    let omitted: Sentence?

    static let fields = Fields<FailedStep>(
      .object("name") { $0.name },
      .text("text") { $0.text },
      .words("omitted") { $0.omitted }
    )
  }

  let headline: Sentence
  let steps: [FailedStep]

  static let fields = Fields<Failure>(
    .object("headline") { $0.headline },
    .list("steps") { $0.steps }
  )

  private static let stepLimit = 20
  private static let textLimit = 8_000

  /// nil unless the run failed.
  init?(_ view: Viewpoint, service: Int, run: Run) {
    guard run.record.state == .failed else { return nil }
    let failing = RunOutline(run.record).failing.map { run.record.steps[$0] }
    let told = failing.filter { !($0.error ?? "").isEmpty }
    headline = Failure.headline(view, service: service, run: run, failing: failing)
    steps = (told.isEmpty && failing.count == 1 ? [] : failing).prefix(Failure.stepLimit).map { step in
      let error = step.error ?? ""
      let shown = Words.cut(error, to: Failure.textLimit)
      let omitted = error.utf8.count - shown.utf8.count
      return FailedStep(
        name: view.name(of: step), text: error.isEmpty ? nil : shown,
        omitted: omitted > 0 ? "\(omitted) bytes more in the log" : nil)
    }
  }

  private static func headline(_ view: Viewpoint, service: Int, run: Run, failing: [Step]) -> Sentence {
    var parts: [Sentence] = []
    if let tests = run.record.tests, tests.failed > 0 {
      parts.append("\(tests.failed) of \(Format.count(max(tests.total, tests.failed), "test")) failed")
    }
    switch failing.count {
    case 0: parts.append("the record names no step that failed")
    case 1: if parts.isEmpty { parts.append("\(view.name(of: failing[0])) failed") }
    default: parts.append("\(failing.count) steps failed")
    }
    for index in run.deployments {
      let deployment = view.catalog.services[service].deployments[index]
      guard deployment.state == .failed, deployment.attempt == run.record.attempt else { continue }
      let place = view.wording.environment(deployment.environment)
      if let reached = deployment.reachedWords { parts.append("\(place): \(reached)") }
      if deployment.isOnSomeTargets {
        if let target = deployment.target { parts.append("\(place) failed on \(target)") }
        continue
      }
      let own = view.catalog.services[service]
      let before = own.liveBefore(index).map { own.deployments[$0].version }
      parts.append(
        before.map { "\(place) stays on \(view.wording.release(service, $0))" } ?? "nothing was live in \(place) before it")
    }
    return .joined(parts, separator: "; ")
  }
}

extension Viewpoint {
  /// `step integration-tests`, leading to its log.
  fileprivate func name(of step: Step) -> Sentence {
    let name = step.name.isEmpty ? step.stage ?? "" : step.name
    guard !name.isEmpty else { return "a step without a name" }
    return "step \(wording.outside(name, step.url) ?? LinkText(text: name, to: nil))"
  }
}

/// What became of a deployment that a run made.
struct RunDeployment: Model {
  let environment: LinkText
  let version: LinkText
  let mark: Mark
  let state: Sentence
  let time: Sentence
  let page: LinkText

  static let fields = Fields<RunDeployment>(
    .object("environment") { $0.environment },
    .object("version") { $0.version },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("time") { $0.time },
    .object("page") { $0.page }
  )

  init(_ view: Viewpoint, service: Int, deployment index: Int) {
    let deployment = view.catalog.services[service].deployments[index]
    environment = view.wording.environment(deployment.environment)
    version = view.wording.release(service, deployment.version)
    mark = Mark(deployment.state)
    let attempt: Sentence = deployment.attempt > 1 ? ", attempt \(deployment.attempt)" : ""
    let target: Sentence = deployment.target.map { ", on \($0)" } ?? deployment.reachedWords.map { ", \($0)" } ?? ""
    state = deployment.state.word(raw: deployment.stateRaw) + target + attempt
    switch deployment.state {
    case .queued: time = "not begun"
    case .waiting: time = deployment.gate?.requestedAt.map { "since \(view.wording.long($0))" } ?? "not recorded"
    case .running: time = deployment.startedAt.map { "since \(view.wording.long($0))" } ?? "not recorded"
    case .skipped: time = "not run"
    case .superseded where deployment.startedAt == nil && deployment.finishedAt == nil: time = "never began"
    case .cancelled where deployment.startedAt == nil: time = "not begun"
    case .succeeded, .failed, .cancelled, .superseded, .unknown:
      time = view.wording.moment(deployment.time)
    }
    page = LinkText(text: deployment.id, to: .deploymentAlone(service: service, index))
  }
}

/// One attempt of a run.
struct RunAttempt: Model {
  let number: String
  let mark: Mark
  let state: Sentence
  let began: Sentence
  let took: Sentence
  let story: Sentence

  static let fields = Fields<RunAttempt>(
    .text("number") { $0.number },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("began") { $0.began },
    .object("took") { $0.took },
    .object("story") { $0.story }
  )

  private static let limit = 100

  /// Newest first, the one that the page is about among them.
  static func all(_ view: Viewpoint, _ run: Run) -> [RunAttempt] {
    ([run.record] + run.attempts).prefix(limit).map { RunAttempt(view, $0) }
  }

  private init(_ view: Viewpoint, _ record: RunRecord) {
    number = String(record.attempt)
    mark = Mark(record.state)
    state = record.state.word(raw: record.stateRaw)
    began = view.wording.moment(record.startTime)
    took = view.took(record)
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

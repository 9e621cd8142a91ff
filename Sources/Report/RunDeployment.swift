import Records
import Releases

/// What became of a deployment that a run made.
package struct RunDeployment: Hashable, Sendable {
  package let environment: LinkText
  package let version: LinkText
  package let mark: Mark
  package let state: Sentence
  /// When it ended, since when it goes on, or that it never began.
  package let time: Sentence
  /// Its id, leading to its page where it has one.
  package let page: LinkText

  /// `index`: into the deployments of the service.
  package init(_ wording: Wording, service: Int, deployment index: Int) {
    let deployment = wording.catalog.services[service].deployments[index]
    environment = wording.environment(deployment.environment)
    version = wording.release(service, deployment.version)
    mark = Mark(deployment.state)
    let attempt: Sentence = deployment.attempt > 1 ? ", attempt \(deployment.attempt)" : ""
    let target: Sentence = deployment.target.map { ", on \($0)" } ?? deployment.reachedWords.map { ", \($0)" } ?? ""
    state = deployment.state.word(raw: deployment.stateRaw) + target + attempt
    switch deployment.state {
    case .queued: time = "not begun"
    case .waiting: time = deployment.gate?.requestedAt.map { "since \(wording.long($0))" } ?? "not recorded"
    case .running: time = deployment.startedAt.map { "since \(wording.long($0))" } ?? "not recorded"
    case .skipped: time = "not run"
    case .superseded where deployment.startedAt == nil && deployment.finishedAt == nil: time = "never began"
    case .cancelled where deployment.startedAt == nil: time = "not begun"
    case .succeeded, .failed, .cancelled, .superseded, .unknown:
      time = wording.moment(deployment.time)
    }
    page = LinkText(text: deployment.id, to: .deploymentAlone(service: service, index))
  }
}

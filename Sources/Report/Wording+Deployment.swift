import Records
package import Releases
import Time

/// What the page of a deployment tells.
extension Wording {
  /// `checkout went from 2.9.0 to 2.9.1 in production`.
  package func title(of deployment: Deployment, service: Int) -> Sentence {
    let subject: Sentence = "\(catalog.services[service].name) "
    let version = deployment.version
    let place = catalog.place(of: deployment)
    switch deployment.state {
    case .succeeded: return subject + success(deployment)
    case .failed:
      return subject
        + (deployment.reachedWords.map { "\(version) failed in \(place): it reached \($0)" } ?? "\(version) failed in \(place)")
    case .running: return subject + "\(version) is being deployed to \(place)"
    case .waiting: return subject + "\(version) waits for \(place)"
    case .queued: return subject + "\(version) is queued for \(place)"
    case .skipped: return subject + "\(version) was not deployed to \(place): the step was skipped"
    case .superseded:
      return subject
        + (deployment.startedAt == nil
          ? "\(version) for \(place) was superseded: a newer run took its place" : "\(version) in \(place) was superseded")
    case .cancelled:
      return subject
        + (deployment.startedAt == nil
          ? "\(version) was cancelled before it went to \(place)" : "\(version) was cancelled on its way to \(place)")
    case .unknown: return subject + "\(version) to \(place): \(deployment.state.word(raw: deployment.stateRaw))"
    }
  }

  private func success(_ deployment: Deployment) -> Sentence {
    let version = deployment.version
    let place = catalog.place(of: deployment)
    if deployment.action == .remove { return "\(version) was removed from \(place)" }
    switch (deployment.kind, deployment.from) {
    case (.first, _), (nil, nil): return "\(version) is the first in \(place)"
    case (.redeploy, _): return "\(version) was deployed to \(place) again"
    case (.rebuild, _): return "\(version) was rebuilt for \(place)"
    case (.rollback, let from?): return "went back from \(from) to \(version) in \(place)"
    case (.rollback, nil): return "went back to \(version) in \(place)"
    case (.hotfix, let from?): return "went from \(from) to the hotfix \(version) in \(place)"
    case (.hotfix, nil): return "got the hotfix \(version) in \(place)"
    case (.upgrade, let from?) where deployment.isStraight: return "went from \(from) to \(version), straight to \(place)"
    case (.upgrade, let from?), (nil, let from?): return "went from \(from) to \(version) in \(place)"
    case (.upgrade, nil): return "\(version) arrived in \(place)"
    }
  }

  /// The facts under its title: kind, places, times, people, and where it is logged.
  package func facts(of deployment: Deployment, service: Int) -> [Fact] {
    var facts = [
      Fact("Kind", "\(words: deployment.kindWord)" + (deployment.isStraight ? ", " + straight(deployment) : "")),
      Fact("Environment", "\(environment(deployment.environment))"),
      Fact("Version", "\(release(service, deployment.version))"),
      Fact("State", deployment.state.word(raw: deployment.stateRaw)),
    ]
    if let target = deployment.target { facts.append(Fact("Target", "\(target)")) }
    facts += deployment.targets.map { part in
      let before: Sentence = part.isCarried ? ", in an earlier attempt" : ""
      let at: Sentence = (part.finishedAt ?? part.startedAt).map { " \(long($0))" } ?? ""
      return Fact("Target", "\(part.name): \(words: part.state.rawValue)\(at)\(before)")
    }
    if let run = run(of: deployment, service) {
      facts.append(Fact("Run", deployment.attempt > 1 ? "\(run), attempt \(deployment.attempt)" : "\(run)"))
    }
    if let commit = deployment.commit { facts.append(fact(commit: commit)) }
    if let digest = deployment.digest { facts.append(Fact("Build", "", code: LinkText(text: digest, to: nil))) }
    facts += times(of: deployment)
    if let actor = deployment.actor { facts.append(Fact("Started by", actor.words)) }
    if let link = outside(deployment.id, deployment.url, before: "deployment ") {
      facts.append(Fact("Log", "\(link)"))
    } else {
      facts.append(Fact("Deployment", "\(deployment.id)"))
    }
    return facts
  }

  private func times(of deployment: Deployment) -> [Fact] {
    switch deployment.state {
    case .queued, .waiting, .skipped: return []
    case .superseded where deployment.startedAt == nil, .cancelled where deployment.startedAt == nil: return []
    case .running: return [fact("Began", deployment.startedAt)]
    case .succeeded, .failed, .cancelled, .superseded, .unknown:
      let took = Span(from: deployment.startedAt, to: deployment.finishedAt)
      return [
        fact("Began", deployment.startedAt), fact("Finished", deployment.finishedAt),
        Fact("Took", "\(words: took.words)"),
      ]
    }
  }

  /// What was before it in its environment and what came after it.
  package func neighbours(of index: Int, service: Int) -> [Sentence] {
    let deployments = catalog.services[service].deployments
    let deployment = deployments[index]
    let place = self.place(of: deployment)
    var sentences: [Sentence] = []
    if let before = catalog.services[service].liveBefore(index) {
      let link = self.deployment(service, before, text: deployments[before].version)
      let since: Sentence = deployments[before].time.map { ", since \(long($0))" } ?? ", since when is not known"
      sentences.append("Before it, \(place) ran \(link)\(since).")
    } else if deployment.state == .succeeded, deployment.from == nil, deployment.action != .remove {
      sentences.append("Before it, nothing was live in \(place).")
    }
    if let comparison = compared(service, deployment.environment)?.destination {
      let name = catalog.environments[deployment.environment].name
      sentences.append("\(LinkText(text: name, to: comparison, before: "What ", after: " would get now")).")
    }
    if let fate = fate(of: index, service: service) { sentences.append(fate) }
    return sentences
  }

  /// What became of what it brought; nil where it brought nothing.
  private func fate(of index: Int, service: Int) -> Sentence? {
    let deployment = catalog.services[service].deployments[index]
    let here = place(of: deployment)
    switch catalog.fate(ofDeployment: index, of: service) {
    case .live: return "It is what \(here) runs."
    case .liveOnSome(let targets):
      let names = Sentence.list(targets.prefix(12).map { "\($0)" })
      return "It is what \(environment(deployment.environment)) runs on \(names)."
    case .mayBeLive: return "It may still be what \(here) runs."
    case .left(let time, let next): return left(here, at: time, for: next, service: service)
    case nil: return nil
    }
  }

  private func left(_ place: LinkText, at time: Timestamp?, for next: String?, service: Int) -> Sentence {
    switch (time, next) {
    case (let left?, let next?): return "It left \(place) \(long(left)) for \(release(service, next))."
    case (let left?, nil): return "It was removed from \(place) \(long(left))."
    case (nil, let next?): return "It left \(place) for \(release(service, next)), time not known."
    case (nil, nil): return "It was removed from \(place), time not known."
    }
  }

  /// What must not be overlooked.
  package func remarks(on index: Int, service: Int) -> [Sentence] {
    let deployment = catalog.services[service].deployments[index]
    var remarks = catalog.incidents(of: .init(service: service, deployment: index)).map { number, isCause -> Sentence in
      isCause ? "It caused the incident \(incident(number))." : "It fixed the incident \(incident(number))."
    }
    if let id = deployment.rollbackOf {
      let undone = catalog.services[service].deployment(id: id)
      remarks.append(
        "It takes back \(undone.map { self.deployment(service, $0, text: id) } ?? LinkText(text: id, to: nil)).")
    }
    if deployment.outOfOrder {
      remarks.append("Out of order: its run is older than the one whose version was live before it.")
    }
    if !deployment.inferred.isEmpty {
      let names: [Sentence] = deployment.inferred.map { "\($0)" }
      remarks.append("Inferred, not recorded: \(Sentence.list(names)).")
    }
    return remarks
  }
}

extension DeploymentRecord.Promotion {
  /// How a deployment came to start where no gate is recorded.
  package var words: String {
    switch self {
    case .manual: "A person started it; no gate is recorded."
    case .automatic: "No gate: it went out by itself."
    case .unknown: "The record does not say whether a person decided."
    }
  }
}

extension Deployment {
  /// What sort of change it is.
  fileprivate var kindWord: String {
    if action == .remove { return "removal" }
    switch kind {
    case .first: return "first deployment"
    case .redeploy: return "the same version and build again"
    case .rebuild: return "another build of the same version"
    case .rollback: return "rollback"
    case .hotfix: return "hotfix"
    case .upgrade: return "upgrade"
    case nil: return hotfix == true ? "hotfix" : action.rawValue
    }
  }
}

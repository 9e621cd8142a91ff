import Records
package import Releases
package import Time

/// What several pages tell of a deployment, in the same words.
extension Wording {
  /// `hotfix, straight to Production`, `rollback from 4.3.0`; nil where an upgrade, a failure or a live one needs no word.
  package func kind(of deployment: Deployment) -> Sentence? {
    if deployment.action == .remove { return "removal" }
    switch deployment.kind {
    case .first: return "first deployment"
    case .hotfix: return deployment.isStraight ? "hotfix, \(straight(deployment))" : "hotfix"
    case .redeploy: return "redeployed"
    case .rebuild: return "rebuilt"
    case .rollback: return deployment.from.map { "rollback from \($0)" } ?? "rollback"
    case .upgrade, nil: return deployment.outOfOrder ? "out of order" : deployment.isStraight ? straight(deployment) : nil
    }
  }

  /// Of a release that skipped the environment before.
  package func straight(_ deployment: Deployment) -> Sentence {
    "straight to \(catalog.environments[deployment.environment].name)"
  }

  /// `approved by Ines Rocha, 13:58`, `no gate`, `by Noor Haddad`; empty where nothing is recorded.
  package func approval(of deployment: Deployment) -> Sentence {
    switch deployment.approval {
    case .person(let decision):
      let by: Sentence = decision?.by.map { " by \($0)" } ?? ""
      guard let at = decision?.at else { return "approved" + by }
      return "approved" + by + ", \(clock(at, after: deployment.finishedAt ?? at))"
    case .notNeeded: return "no gate"
    case .untold: return deployment.actor.map { "by \($0.name)" } ?? ""
    }
  }

  /// `90 min after staging`: from the arrival of the same release in the environment before; empty if it was never there.
  package func leg(of deployment: Deployment, _ service: Int) -> Sentence {
    guard let release = catalog.services[service].release(version: deployment.version) else { return "" }
    return leg(
      to: deployment.environment, at: deployment.finishedAt, of: catalog.services[service].releases[release], service: service)
      ?? ""
  }

  /// The step that failed, as a link to the run; nil where none is known.
  package func failedStep(of deployment: Deployment, _ service: Int) -> LinkText? {
    guard let step = catalog.services[service].failingStep(of: deployment), !step.name.isEmpty else { return nil }
    return LinkText(text: step.name, to: deployment.run.map { .run(service: service, $0) })
  }

  /// `2 h 30 min after development`: from its last arrival in the environment before.
  package func leg(to environment: Int, at: Timestamp?, of release: Release, service: Int) -> Sentence? {
    guard let upstream = catalog.histories[service][environment].cell.upstream, let at,
      let before = release.lastArrival(in: upstream, by: at)
    else { return nil }
    return "\(words: Format.duration(at.seconds(since: before))) after \(catalog.environments[upstream].name)"
  }

  /// Its environment; of a target of it, that.
  package func place(of deployment: Deployment) -> LinkText {
    let environment = environment(deployment.environment)
    guard let target = deployment.target else { return environment }
    return LinkText(text: environment.text, to: environment.destination, after: " (\(target))")
  }
}

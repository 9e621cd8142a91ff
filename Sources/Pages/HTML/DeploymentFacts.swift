import Releases

/// What several pages tell of a deployment, in the same words.
extension Viewpoint {
  /// `hotfix, straight to Production`, `rollback from 4.3.0`; nil where an upgrade, a failure or a live one needs no word.
  func kind(of deployment: Deployment) -> Sentence? {
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
  func straight(_ deployment: Deployment) -> Sentence { "straight to \(catalog.environments[deployment.environment].name)" }

  /// `approved by Ines Rocha, 13:58`, `no gate`, `by Noor Haddad`; empty where nothing is recorded.
  func approval(of deployment: Deployment) -> Sentence {
    if let gate = deployment.gate, gate.kind == .human, gate.state == .approved {
      let decision = gate.deciding.last { $0.by != nil || $0.at != nil }
      let by: Sentence = decision?.by.map { " by \($0)" } ?? ""
      guard let at = decision?.at else { return "approved" + by }
      return "approved" + by + ", \(clock(at, after: deployment.finishedAt ?? at))"
    }
    if deployment.promotion == .automatic { return "no gate" }
    return deployment.actor.map { "by \($0.name)" } ?? ""
  }

  /// How long the gate before it was closed, from request to decision; nil where one of both is unknown.
  func gateWait(of deployment: Deployment) -> Double? { deployment.gate?.waitSeconds.flatMap { $0 >= 0 ? $0 : nil } }

  /// From its start to its finish; nil while it runs or where one of both is unknown.
  func duration(of deployment: Deployment) -> Double? {
    guard let start = deployment.startedAt, let end = deployment.finishedAt, end >= start else { return nil }
    return end.seconds(since: start)
  }

  /// `90 min after staging`: from the arrival of the same release in the environment before; empty if it was never there.
  func leg(of deployment: Deployment, _ service: Int) -> Sentence {
    guard let release = map.release(service, version: deployment.version) else { return "" }
    return leg(
      to: deployment.environment, at: deployment.finishedAt, of: catalog.services[service].releases[release], service: service)
      ?? ""
  }

  /// The step that failed, as a link to the run; nil where none is known.
  func failedStep(of deployment: Deployment, _ service: Int) -> LinkText? {
    guard let step = failure(of: deployment, service), !step.name.isEmpty else { return nil }
    return LinkText(text: step.name, url: url(deployment.run.flatMap { map.run(service, $0) }))
  }

  /// What went wrong within the deployment's own step; where it has none, within its run, if that is the same attempt.
  private func failure(of deployment: Deployment, _ service: Int) -> Step? {
    let own = deployment.step.flatMap { $0.state == .failed ? $0 : nil }
    guard let record = deployment.run.map({ catalog.services[service].runs[$0].record }),
      record.attempt == deployment.attempt
    else { return own }
    let outline = RunOutline(record)
    guard let own else { return outline.failing.first.map { record.steps[$0] } }
    return outline.failing.first { outline.isWithin($0, own) }.map { record.steps[$0] } ?? own
  }

  /// The branch or pull request it was made from; nil for a tag, for the main line and where nothing is recorded.
  func branch(of deployment: Deployment, _ service: Int) -> String? {
    guard let run = deployment.run, let ref = catalog.services[service].runs[run].record.ref else { return nil }
    switch ref.type {
    case .branch: return ["main", "master", "trunk"].contains(ref.name) ? nil : ref.name
    case .pullRequest: return ref.name
    case .tag, .other: return nil
    }
  }
}

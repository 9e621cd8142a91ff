import Records
package import Time

extension Deployment {
  /// What became of what it brought.
  package enum Fate: Hashable, Sendable {
    case live
    /// On these of several targets, by name.
    case liveOnSome([String])
    /// What runs there is unknown, and it may be this.
    case mayBeLive
    /// It ended for that version; nil: it was removed.
    case left(at: Timestamp?, replacedBy: String?)
  }
}

extension Catalog {
  /// nil where the deployment brought nothing. Of several targets those that it reached are told of, and no others.
  package func fate(ofDeployment index: Int, of owner: Int) -> Deployment.Fate? {
    let service = services[owner]
    let deployment = service.deployments[index]
    let cell = histories[owner][deployment.environment].cell
    let live = cell.targets.filter { $0.deployment == index }
    if !live.isEmpty { return live.count == cell.targets.count ? .live : .liveOnSome(live.map(\.name)) }
    let arrivals = service.release(version: deployment.version).map { service.releases[$0].arrivals } ?? []
    if deployment.target != nil, let own = arrivals.lazy.flatMap(\.targets).first(where: { $0.deployment == index }) {
      return own.isOver ? .left(at: own.leftAt, replacedBy: own.replacedBy) : nil
    }
    guard let arrival = arrivals.first(where: { $0.deployment == index && ($0.targets.isEmpty || deployment.target == nil) })
    else { return nil }
    if arrival.isOver { return .left(at: arrival.leftAt, replacedBy: arrival.replacedBy) }
    return cell.state == .unknown ? .mayBeLive : .live
  }

  /// The deployment that removed a service from an environment the last time.
  package func removal(of service: Int, in environment: Int) -> Int? {
    let deployments = services[service].deployments
    return histories[service][environment].deployments.last {
      deployments[$0].action == .remove && deployments[$0].state == .succeeded
    }
  }
}

extension Service {
  /// What the run of a deployment did before it to the same environment and target, the latest first.
  package func earlierAttempts(of index: Int) -> [Int] {
    let deployment = deployments[index]
    guard let run = deployment.run.map({ runs[$0] }) else { return [] }
    let earlier = run.deployments.filter { other in
      other < index && deployments[other].environment == deployment.environment
        && deployments[other].target == deployment.target
    }
    return earlier.reversed()
  }
}

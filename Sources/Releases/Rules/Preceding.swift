import Records

/// Of each deployment of a service, what came just before it in its environment: found once, in one pass.
struct Preceding: Sendable {
  /// The last success, to whichever target.
  private(set) var success: [Int?] = []
  /// The success whose version was live where it went.
  private(set) var live: [Int?] = []

  private struct Place {
    var last: Int?
    /// To all of its targets.
    var everywhere: Int?
    var onTarget: [String: Int] = [:]

    /// The last success that reached a target; nil: any.
    func last(on target: String?) -> Int? {
      guard let target else { return last }
      guard let own = onTarget[target], let everywhere else { return onTarget[target] ?? everywhere }
      return max(own, everywhere)
    }
  }

  /// `all`: in their order.
  init(_ all: [Deployment]) {
    success.reserveCapacity(all.count)
    live.reserveCapacity(all.count)
    var places: [Int: Place] = [:]
    for (index, deployment) in all.enumerated() {
      let place = places[deployment.environment, default: Place()]
      success.append(place.last)
      guard deployment.state == .succeeded else {
        live.append(place.last(on: deployment.target).flatMap { all[$0].action == .remove ? nil : $0 })
        continue
      }
      live.append(deployment.fromDeployment)
      places[deployment.environment, default: Place()].last = index
      if let target = deployment.target {
        places[deployment.environment, default: Place()].onTarget[target] = index
      } else {
        places[deployment.environment, default: Place()].everywhere = index
      }
    }
  }
}

import Records
import Time

/// The first arrival of a change in an environment.
struct ChangeArrival: Timed {
  /// Index of the service's known changes.
  let change: Int
  let environment: Int
  let at: Timestamp
  /// nil: no record says when it was committed.
  let committedAt: Timestamp?
  /// At a person's gate before it; nil without one.
  let gateWait: Double?
  /// Of several, a change counts once: whether it had been nowhere before, in its service, with any service in the environment, and at all.
  private var isFirstOfService = true
  private var isFirstInEnvironment = true
  private var isFirstOfAll = true

  private init(_ change: Int, _ deployment: Deployment, at: Timestamp, committedAt: Timestamp?) {
    (self.change, self.at, self.committedAt) = (change, at, committedAt)
    environment = deployment.environment
    gateWait = deployment.personsWait
  }

  /// Whether it counts for a service or all (nil) in an environment or all.
  func counts(service: Int?, environment: Int?) -> Bool {
    switch (service == nil, environment == nil) {
    case (false, false): true
    case (false, true): isFirstOfService
    case (true, false): isFirstInEnvironment
    case (true, true): isFirstOfAll
    }
  }

  /// By service.
  static func all(_ catalog: Catalog, changes: [[KnownChange]]) -> [[ChangeArrival]] {
    var arrivals = zip(catalog.services, changes).map { service, changes in
      changes.indices.flatMap { of(changes[$0], $0, in: service.deployments, catalog.environments) }
    }
    for places in shared(changes, arrivals) { markFirst(places, in: &arrivals) }
    return arrivals
  }

  /// Deployments that carry it come in order, so the first success is the first.
  private static func of(
    _ change: KnownChange, _ number: Int, in deployments: [Deployment], _ environments: [Environment]
  ) -> [ChangeArrival] {
    var arrivals: [ChangeArrival] = []
    for deployment in change.carriers.lazy.map({ deployments[$0] }) {
      guard deployment.state == .succeeded, deployment.action != .remove, let at = deployment.finishedAt,
        !environments[deployment.environment].isShortLived,
        !arrivals.contains(where: { $0.environment == deployment.environment })
      else { continue }
      var arrival = ChangeArrival(number, deployment, at: at, committedAt: change.change.committedAt)
      arrival.isFirstOfService = arrivals.isEmpty
      arrival.isFirstOfAll = arrivals.isEmpty
      arrivals.append(arrival)
    }
    return arrivals
  }

  // MARK: Commits that several services have

  private struct Place {
    let service: Int
    let index: Int
  }

  /// The arrivals of each such commit, in the order of the services.
  private static func shared(_ changes: [[KnownChange]], _ arrivals: [[ChangeArrival]]) -> [[Place]] {
    var owner: [String: Int] = [:]
    var places: [String: [Place]] = [:]
    for (service, changes) in changes.enumerated() {
      for commit in changes.lazy.compactMap(identity) {
        if let other = owner[commit], other != service { places[commit] = [] } else { owner[commit] = service }
      }
    }
    guard !places.isEmpty else { return [] }
    for (service, own) in arrivals.enumerated() {
      for (index, arrival) in own.enumerated() {
        guard let commit = identity(changes[service][arrival.change]) else { continue }
        places[commit]?.append(Place(service: service, index: index))
      }
    }
    return Array(places.values)
  }

  /// nil for a sha that is too short to be the same commit in another service.
  private static func identity(_ change: KnownChange) -> String? {
    change.change.sha.utf8.count < 12 ? nil : Succession.commit(change.change.sha)
  }

  private static func markFirst(_ places: [Place], in arrivals: inout [[ChangeArrival]]) {
    let sorted = places.sorted { left, right in
      let (mine, theirs) = (arrivals[left.service][left.index], arrivals[right.service][right.index])
      return (mine.at, left.service, left.index) < (theirs.at, right.service, right.index)
    }
    var environments: Set<Int> = []
    for (number, place) in sorted.enumerated() {
      arrivals[place.service][place.index].isFirstOfAll = number == 0
      let environment = arrivals[place.service][place.index].environment
      arrivals[place.service][place.index].isFirstInEnvironment = environments.insert(environment).inserted
    }
  }
}

extension Deployment {
  /// From the request to the decision at a person's gate before it; negative where the clocks are wrong.
  var personsWait: Double? {
    guard let gate, gate.kind == .human, gate.state != .waiting, let requestedAt = gate.requestedAt else { return nil }
    return gate.decidedAt?.seconds(since: requestedAt)
  }
}

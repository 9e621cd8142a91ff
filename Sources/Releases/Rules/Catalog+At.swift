import Records
package import Time

extension Catalog {
  /// What ran where at a time, from deployments that had finished by then. What waited then, and how far an environment was behind, is not told:
  /// records say how a gate stands, and not how it stood.
  package func at(_ time: Timestamp) -> Catalog {
    var past = self
    past.asOf = time
    past.isPast = true
    for service in services.indices {
      for environment in environments.indices {
        past.histories[service][environment].cell = cell(service, environment, at: time)
      }
    }
    past.incidents = incidents.filter { $0.record.beganAt.map { $0 <= time } ?? false }.map { incident in
      var incident = incident
      if let end = incident.record.resolvedAt { incident.record.state = end <= time ? .resolved : .detected }
      return incident
    }
    return past
  }

  private func cell(_ service: Int, _ environment: Int, at time: Timestamp) -> Cell {
    let all = services[service].releases.flatMap(\.arrivals).filter { $0.environment == environment }
    let arrivals = all.filter { $0.arrivedAt.map { $0 <= time } ?? false }
    let live = arrivals.filter { $0.isOver ? $0.leftAt.map { time < $0 } ?? false : true }.max { $0.deployment < $1.deployment }
    // Of what came or left at an unknown time nobody knows whether it ran by then.
    let isUnknown = live == nil && all.contains { $0.arrivedAt == nil || ($0.isOver && $0.leftAt == nil) }
    var past = Cell(
      state: live != nil ? .current : isUnknown ? .unknown : arrivals.isEmpty ? .none : .removed,
      current: live?.deployment, previous: nil,
      lastAttempt: nil, waiting: [], upstream: nil, pending: [], pendingSince: nil, ahead: [], flags: [],
      way: histories[service][environment].cell.way)
    past.targets = targets(service, all, at: time)
    guard let standing = services[service].standing else { return past }
    let steps = past.targets.compactMap(\.deployment).map {
      Succession.Step(deployment: $0, release: standing.release[$0], before: nil)
    }
    past.versions = standing.shelf.counts(of: steps.compactMap(\.release))
    if past.versions.count > 1 {
      past.state = .mixed
      past.current = standing.shelf.prevailing(steps)?.deployment
    }
    return past
  }

  /// What ran on each of several targets then.
  private func targets(_ service: Int, _ arrivals: [Release.Arrival], at time: Timestamp) -> [Cell.Target] {
    let stays = arrivals.flatMap(\.targets).filter { stay in
      guard let start = stay.arrivedAt, start <= time else { return false }
      return stay.isOver ? stay.leftAt.map { time < $0 } ?? false : true
    }
    let newest = Dictionary(grouping: stays, by: \.name).compactMapValues { $0.max { $0.deployment < $1.deployment } }
    guard newest.count > 1 else { return [] }
    return newest.values.sorted { $0.name < $1.name }.map { stay in
      Cell.Target(
        name: stay.name, state: .current, version: services[service].deployments[stay.deployment].version,
        deployment: stay.deployment, since: stay.arrivedAt)
    }
  }
}

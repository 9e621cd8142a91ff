import Records
package import Time

extension Catalog {
  /// What ran where at a time, from deployments that had finished by then. What waited then, and how far an environment was behind, is not told:
  /// records say how a gate stands, and not how it stood.
  package func at(_ time: Timestamp) -> Catalog {
    Catalog(
      configuration: configuration, asOf: time, newestRecord: newestRecord, environments: environments, services: services,
      histories: services.indices.map { service in
        environments.indices.map { environment in
          let history = histories[service][environment]
          return History(
            deployments: history.deployments, cell: cell(service, environment, at: time), changelog: history.changelog)
        }
      },
      incidents: incidents.filter { $0.record.beganAt.map { $0 <= time } ?? false }.map { $0.at(time) }, account: account,
      introduction: introduction, pages: pages, isPast: true)
  }

  private func cell(_ service: Int, _ environment: Int, at time: Timestamp) -> Cell {
    let all = services[service].releases.flatMap(\.arrivals).filter { $0.environment == environment }
    let arrivals = all.filter { $0.arrivedAt.map { $0 <= time } ?? false }
    let live = arrivals.filter { $0.isOver ? $0.leftAt.map { time < $0 } ?? false : true }.max { $0.deployment < $1.deployment }
    // Of what came or left at an unknown time nobody knows whether it ran by then.
    let isUnknown = live == nil && all.contains { $0.arrivedAt == nil || ($0.isOver && $0.leftAt == nil) }
    let state: Cell.State = live != nil ? .current : isUnknown ? .unknown : arrivals.isEmpty ? .none : .removed
    let standing = services[service].standing
    let targets = targets(service, all, at: time)
    let steps = targets.compactMap(\.deployment).map {
      Succession.Step(deployment: $0, release: standing.release[$0], before: nil)
    }
    let versions = standing.shelf.counts(of: steps.compactMap(\.release))
    let isMixed = versions.count > 1
    return Cell(
      state: isMixed ? .mixed : state, current: isMixed ? standing.shelf.prevailing(steps)?.deployment : live?.deployment,
      previous: nil, lastAttempt: nil, waiting: [], upstream: nil, pending: [], pendingSince: nil, ahead: [], flags: [],
      targets: targets, versions: versions, way: histories[service][environment].cell.way)
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
        deployment: stay.deployment, since: stay.arrivedAt, lastAttempt: nil)
    }
  }
}

extension Incident {
  /// As it stood then; what is not known to be over went on.
  fileprivate func at(_ time: Timestamp) -> Incident {
    guard let end = record.resolvedAt else { return self }
    var record = record
    record.state = end <= time ? .resolved : .detected
    return Incident(
      record: record, service: service, environment: environment, effects: effects, services: services,
      environments: environments, causedBy: causedBy, fixedBy: fixedBy, file: file)
  }
}

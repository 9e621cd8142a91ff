import Records

// The environments that a release goes through.
extension Catalog {
  /// Those that stand in the matrix, in promotion order.
  package var stages: [Int] { environments.indices.filter { environments[$0].isStage } }

  /// The stages that customers use: those of production, else the last one.
  package var customerStages: [Int] {
    let stages = stages
    let production = stages.filter { environments[$0].tier == .production }
    return production.isEmpty ? stages.suffix(1) : production
  }

  /// The one by which the whole is told in a line: the last that customers use. nil without stages.
  package var customerStage: Int? { customerStages.last }

  /// Those of tier production, archived ones too: the past is not archived.
  package var productions: [Int] { environments.indices.filter { environments[$0].tier == .production } }

  /// Those that follow each other for some service, in promotion order; not into an archived one.
  package var neighbours: [(upstream: Int, downstream: Int)] {
    environments.indices.filter { !environments[$0].archived }.flatMap { downstream in
      Set(histories.compactMap { $0[downstream].cell.upstream }).sorted().map { ($0, downstream) }
    }
  }

  /// Where the commits and releases of a service are followed, in promotion order: archived ones only where it was deployed, and no
  /// short-lived ones.
  package func trackedEnvironments(of service: Int) -> [Int] {
    environments.indices.filter {
      environments[$0].isStage || (environments[$0].archived && !histories[service][$0].deployments.isEmpty)
    }
  }

  /// Whether a release came to more than short-lived environments.
  package func isStaged(_ release: Release) -> Bool {
    release.arrivals.contains { !environments[$0.environment].isShortLived }
  }
}

extension Catalog {
  /// How a service reaches its customers: of several stages that they use, one with a gate counts.
  package func way(of service: Int) -> Cell.Way {
    let ways = customerStages.map { histories[service][$0].cell.way }
    return ways.contains(.gated) ? .gated : ways.contains(.open) ? .open : .unknown
  }

  /// Of some environments those that run the newest release of a service that is live in any of them, in their order.
  package func environmentsOfNewest(of service: Int, among environments: [Int]) -> [Int] {
    let live = environments.compactMap { environment -> (environment: Int, version: String)? in
      let cell = histories[service][environment].cell
      guard cell.state == .current, let current = cell.current else { return nil }
      return (environment, Version.display(services[service].deployments[current].version))
    }
    guard let highest = services[service].newest(of: live.map(\.version)) else { return [] }
    return live.filter { $0.version == highest }.map(\.environment)
  }
}

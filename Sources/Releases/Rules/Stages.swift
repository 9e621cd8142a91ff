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
}

extension Catalog {
  /// How a service reaches its customers: of several stages that they use, one with a gate counts.
  package func way(of service: Int) -> Cell.Way {
    let ways = customerStages.map { histories[service][$0].cell.way }
    return ways.contains(.gated) ? .gated : ways.contains(.open) ? .open : .unknown
  }
}

import Records

/// A gate that waits, and where.
package struct WaitingGate: Sendable {
  package let service: Int
  /// Index into the catalog's environments.
  package let environment: Int
  package let waiting: Waiting
}

extension Catalog {
  /// Every gate that waits, of one environment or of all stages: first those that a person can open now, then those that something holds,
  /// then those that wait for no person; the oldest request first.
  package func waitingGates(in only: Int? = nil) -> [WaitingGate] {
    var gates: [WaitingGate] = []
    for (service, histories) in histories.enumerated() {
      for (environment, history) in histories.enumerated()
      where only.map({ $0 == environment }) ?? environments[environment].isStage {
        gates += history.cell.waiting.map { WaitingGate(service: service, environment: environment, waiting: $0) }
      }
    }
    let order = gates.enumerated().sorted { left, right in
      let (mine, theirs) = (left.element.waiting, right.element.waiting)
      if mine.urgency != theirs.urgency { return mine.urgency < theirs.urgency }
      switch (mine.since, theirs.since) {
      case (let first?, let second?) where first != second: return first < second
      case (_?, nil): return true
      case (nil, _?): return false
      case (_?, _?), (nil, nil): return left.offset < right.offset
      }
    }
    return order.map(\.element)
  }
}

extension Waiting {
  /// The lowest first.
  fileprivate var urgency: Int { needsPerson ? (holds.isEmpty ? 0 : 1) : 2 }
}

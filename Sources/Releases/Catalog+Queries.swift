/// Questions that several pages ask.
extension Catalog {
  /// Something that waits at a gate, and where.
  package struct PendingWaiting: Sendable {
    package var service: Int
    package var environment: Int
    package var waiting: Waiting
  }

  /// Everything that waits now, the oldest request first; what nobody dated comes last.
  package var pendingWaitings: [PendingWaiting] {
    var all: [PendingWaiting] = []
    for (service, histories) in histories.enumerated() {
      for (environment, history) in histories.enumerated() {
        all += history.cell.waiting.map { PendingWaiting(service: service, environment: environment, waiting: $0) }
      }
    }
    return all.enumerated().sorted { left, right in
      switch (left.element.waiting.since, right.element.waiting.since) {
      case (let mine?, let theirs?) where mine != theirs: mine < theirs
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }

  /// Indices of the incidents that are not resolved, newest first.
  package var openIncidents: [Int] { incidents.indices.filter { incidents[$0].record.state != .resolved } }

  /// Freezes and maintenance that hold at as-of, the first to end first.
  package var activeFreezes: [Configuration.Freeze] {
    configuration.freezes.filter { $0.isActive(at: asOf) }.sorted { ($0.to, $0.from) < ($1.to, $1.from) }
  }

  /// Those that begin later, the next one first.
  package var upcomingFreezes: [Configuration.Freeze] {
    configuration.freezes.filter { $0.from > asOf }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }
}

extension Service {
  /// Index of the deployment with that id.
  package func deployment(id: String) -> Int? { deploymentsByID[id] }

  /// Index of the run with that provider's id, the newest where a provider repeats it.
  package func run(id: String) -> Int? { runsByID[id] }

  /// Index of the release that a version names, with or without `v`; also by a spelling that was deployed (`1.4.0+57`).
  package func release(version: String) -> Int? { releasesByVersion[Version.display(version)] }
}

import Records

/// What the records leave open, and what must therefore not be called nothing: deployments whose state nobody knows, runs that are paused
/// and name no environment, and, where no deployment at all is known, the other runs that name none.
package struct OpenQuestions: Hashable, Sendable {
  /// A run or a deployment of a service, by its index there.
  package struct Item: Hashable, Sendable {
    package var service: Int
    package var index: Int
  }

  /// Those that came after the last success of their environment, or of their target: of an older one it no longer matters.
  package private(set) var unknownDeployments: [Item] = []
  /// Of one pipeline and ref the newest only, and none that a newer one has overtaken; newest first within a service.
  package private(set) var pausedRuns: [Item] = []
  package private(set) var unplacedRuns: [Item] = []

  /// Archived environments are history and take no part.
  package init(_ catalog: Catalog) {
    for (service, histories) in catalog.histories.enumerated() {
      for (environment, history) in histories.enumerated() where catalog.environments[environment].isStage {
        unknownDeployments += OpenQuestions.unknown(history, catalog.services[service]).map {
          Item(service: service, index: $0)
        }
      }
    }
    let told = OpenQuestions.runsOfWaits(catalog)
    var seen: Set<RunIdentity> = []
    for service in catalog.services.indices {
      pausedRuns += OpenQuestions.paused(catalog.services[service], told: told, seen: &seen).map {
        Item(service: service, index: $0)
      }
    }
    // What never began tells of no environment what is there.
    let known = catalog.services.lazy.flatMap(\.deployments).first { $0.state != .superseded && $0.state != .skipped }
    guard known == nil else { return }
    let paused = Set(pausedRuns)
    for (service, item) in catalog.services.enumerated() {
      let unplaced = item.runs.indices.filter { item.runs[$0].record.deployments.isEmpty }
      unplacedRuns += unplaced.map { Item(service: service, index: $0) }.filter { !paused.contains($0) }
    }
  }

  package var isEmpty: Bool { unknownDeployments.isEmpty && pausedRuns.isEmpty && unplacedRuns.isEmpty }

  /// Whether what leaves it unknown what runs in the cell is one of the deployments of unknown state, so that it is told with them.
  package func tell(of cell: Cell, _ service: Int) -> Bool {
    cell.doubtfulAttempt.map { unknownDeployments.contains(Item(service: service, index: $0)) } ?? false
  }

  private static func unknown(_ history: History, _ service: Service) -> [Int] {
    let hasEnded = history.cell.state == .removed
    var open = Set(history.cell.targets.map { $0.name.lowercased() })
    let hasTargets = !open.isEmpty
    var unknown: [Int] = []
    for index in history.deployments.reversed() {
      let deployment = service.deployments[index]
      let target = deployment.target?.lowercased()
      if deployment.state == .succeeded {
        guard hasTargets, let target else { break }
        open.remove(target)
        if open.isEmpty { break }
      } else if deployment.state == .unknown, !deployment.isPart, !(hasEnded && deployment.availability == .stopped),
        !hasTargets || target.map(open.contains) ?? true
      {
        unknown.append(index)
      }
    }
    return unknown
  }

  /// Runs of which a deployment waits, or did until a newer one took its place: these are told as gates.
  private static func runsOfWaits(_ catalog: Catalog) -> Set<RunIdentity> {
    var runs: Set<RunIdentity> = []
    for service in catalog.services {
      for deployment in service.deployments {
        guard let run = deployment.run else { continue }
        switch deployment.state {
        case .waiting, .queued, .superseded: runs.insert(RunIdentity(service.runs[run].record))
        case .running, .succeeded, .failed, .cancelled, .skipped, .unknown: break
        }
      }
    }
    return runs
  }

  /// Runs stand newest first, those without any time behind all others: of these only their number tells that they were overtaken.
  private static func paused(_ service: Service, told: Set<RunIdentity>, seen: inout Set<RunIdentity>) -> [Int] {
    var newest: [Lane: Int] = [:]
    var paused: [Int] = []
    for (index, run) in service.runs.enumerated() {
      let lane = Lane(run.record)
      let isPaused = run.record.isPaused
      guard isPaused || run.record.state == .succeeded else { continue }
      if let other = newest[lane] {
        let (number, newer) = (run.record.number, service.runs[other].record.number)
        guard run.record.orderTime == nil, number ?? .max > newer ?? .min else { continue }
      } else {
        newest[lane] = index
      }
      guard isPaused else { continue }
      let identity = RunIdentity(run.record)
      if !told.contains(identity), seen.insert(identity).inserted { paused.append(index) }
    }
    return paused
  }
}

extension RunRecord {
  /// Whether it stands still until somebody acts.
  fileprivate var isPaused: Bool {
    if state == .waiting { return true }
    return !state.isTerminal && gates.contains { $0.state == .waiting && $0.kind == .human }
  }
}

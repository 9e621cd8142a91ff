import Records
import Time

/// What one service gives to the metrics: deployments, changes and runs with what the rules say of each.
struct MetricsFacts: Sendable {
  /// A deployment that began and ended.
  struct Attempt: Timed {
    let environment: Int
    let at: Timestamp
    let hasSucceeded: Bool
    let isRedeploy: Bool
  }

  /// The end of a run, and its length; negative where the clocks are wrong.
  struct RunEnd: Timed {
    let at: Timestamp
    let seconds: Double
    /// Whether no service before has it too.
    let isFirst: Bool
  }

  let counted: Timeline<CountedDeployment>
  let arrivals: Timeline<ChangeArrival>
  let attempts: Timeline<Attempt>
  let runs: Timeline<RunEnd>

  init(_ catalog: Catalog, service: Int, arrivals: [ChangeArrival], isFirst: (RunRecord) -> Bool) {
    let deployments = catalog.services[service].deployments
    let remedies = Remedies(catalog, service: service)
    let ended = FanOuts(deployments).units.compactMap { unit -> (unit: FanOuts.Unit, own: [Deployment], at: Timestamp)? in
      let own = unit.deployments.map { deployments[$0] }
      // What comes and goes with a branch is no release.
      guard own.allSatisfy({ $0.isAttempt && !catalog.environments[$0.environment].isShortLived && $0.finishedAt != nil })
      else { return nil }
      return own.compactMap(\.finishedAt).max().map { (unit, own, $0) }
    }
    attempts = Timeline(
      ended.map { unit, own, at in
        Attempt(
          environment: own[0].environment, at: at, hasSucceeded: unit.isRestGood && own.allSatisfy { $0.state == .succeeded },
          isRedeploy: own.allSatisfy { $0.kind == .redeploy })
      })
    counted = Timeline(
      ended.compactMap { unit, own, at in
        guard unit.isRestGood, own.allSatisfy({ $0.state == .succeeded }), own.contains(where: \.isCounted) else { return nil }
        return remedies.counted(unit.deployments, at: at)
      })
    self.arrivals = Timeline(arrivals)
    runs = Timeline(
      catalog.services[service].runs.compactMap { run in
        guard let start = run.record.startedAt, let end = run.record.finishedAt else { return nil }
        return RunEnd(at: end, seconds: end.seconds(since: start), isFirst: isFirst(run.record))
      })
  }
}

extension Deployment {
  /// A success that changed what runs.
  fileprivate var isCounted: Bool { state == .succeeded && kind.map { $0 != .redeploy } ?? false }
}

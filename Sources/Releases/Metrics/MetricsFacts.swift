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
    // What comes and goes with a branch is no release.
    let counting = deployments.indices.filter {
      deployments[$0].isAttempt && !catalog.environments[deployments[$0].environment].isShortLived
    }
    let ended = counting.compactMap { index in deployments[index].finishedAt.map { (index, deployments[index], $0) } }
    attempts = Timeline(
      ended.map { _, deployment, at in
        Attempt(
          environment: deployment.environment, at: at, hasSucceeded: deployment.state == .succeeded,
          isRedeploy: deployment.kind == .redeploy)
      })
    counted = Timeline(
      ended.compactMap { index, deployment, at in
        deployment.isCounted ? remedies.counted(index, deployment, at: at) : nil
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

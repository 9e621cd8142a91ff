/// The five metrics of DORA, and what stands beside them, of some services in some environments and one window. A figure without data is
/// nil; every figure has its sample and what was left out of it.
package struct Metrics: Hashable, Sendable {
  package struct Deployments: Hashable, Sendable {
    package fileprivate(set) var count = 0
    /// Days of the site's zone on which there was one.
    package fileprivate(set) var days = 0
    package fileprivate(set) var medianGap: Double?
    /// Successes that brought the same version and build again.
    package fileprivate(set) var redeploys = 0
    /// Attempts that ended in the window, and those of them that succeeded.
    package fileprivate(set) var attempts = 0
    package fileprivate(set) var succeeded = 0
  }

  /// In seconds, from commit to arrival.
  package struct LeadTime: Hashable, Sendable {
    package fileprivate(set) var median: Double?
    package fileprivate(set) var p90: Double?
    package fileprivate(set) var sample = 0
    /// Changes whose commit is younger than their arrival.
    package fileprivate(set) var negative = 0
    /// Changes of which no record says when they were committed.
    package fileprivate(set) var undated = 0
    /// The part of the time that was spent at a person's gate, 0 to 1; nil where there was none.
    package fileprivate(set) var gateShare: Double?
  }

  /// Some of the deployments.
  package struct Share: Hashable, Sendable {
    package fileprivate(set) var count = 0
    package fileprivate(set) var of = 0

    /// 0 to 1; nil without deployments.
    package var rate: Double? { of == 0 ? nil : Double(count) / Double(of) }
  }

  /// In seconds, from the end of a deployment that failed to what mended it.
  package struct Recovery: Hashable, Sendable {
    package fileprivate(set) var median: Double?
    package fileprivate(set) var sample = 0
    /// Failed and not mended yet, and how long the first of them has been so at the end of the window or as-of.
    package fileprivate(set) var open = 0
    package fileprivate(set) var longestOpen: Double?
  }

  package struct Wait: Hashable, Sendable {
    package fileprivate(set) var median: Double?
    package fileprivate(set) var sample = 0
  }

  package fileprivate(set) var deployments = Deployments()
  package fileprivate(set) var leadTime = LeadTime()
  package fileprivate(set) var changeFailRate = Share()
  package fileprivate(set) var recovery = Recovery()
  package fileprivate(set) var rework = Share()
  /// From request to decision at a person's gate.
  package fileprivate(set) var gateWait = Wait()
  /// Of the runs that ended in the window.
  package fileprivate(set) var runDuration = Wait()
}

/// What the metrics of a catalog are made of, gathered once.
package struct MetricsRule: Sendable {
  /// A success that counts, and what became of it.
  struct Counted: Sendable {
    let environment: Int
    let at: Timestamp
    let isRework: Bool
    /// When it was known to have failed: an incident that names it began, or a rollback or hotfix replaced it. nil: it has not.
    let failedAt: Timestamp?
    /// When it was mended; nil while it is not, or has not failed.
    let mendedAt: Timestamp?
    let gateWait: Double?
  }

  struct Arrival: Sendable {
    let environment: Int
    let at: Timestamp
    /// nil: no record says when it was committed.
    let committedAt: Timestamp?
    let gateWait: Double
  }

  struct Attempt: Sendable {
    let environment: Int
    let at: Timestamp
    let hasSucceeded: Bool
    let isRedeploy: Bool
  }

  struct Facts: Sendable {
    var counted: [Counted] = []
    var arrivals: [Arrival] = []
    var attempts: [Attempt] = []
    /// Ends and lengths of runs.
    var runs: [(at: Timestamp, seconds: Double)] = []
  }

  private let facts: [Facts]
  private let zone: Zone
  private let asOf: Timestamp

  /// `changes`: the known ones of each service.
  package init(_ catalog: Catalog, changes: [[KnownChange]]) {
    facts = zip(catalog.services.indices, changes).map { MetricsFacts(catalog, service: $0, changes: $1).facts }
    zone = catalog.configuration.zone
    asOf = catalog.asOf
  }

  /// `service` and `environment`: nil for all of them. What was known only after the window is not told, so that the figures of a closed month
  /// stay as they are.
  package func metrics(_ window: MetricsWindow, service: Int? = nil, environment: Int? = nil) -> Metrics {
    let facts = service.map { [self.facts[$0]] } ?? self.facts
    let isHere: (Int) -> Bool = { environment == nil || environment == $0 }
    let counted = facts.flatMap { $0.counted.filter { isHere($0.environment) && window.contains($0.at) } }
    let attempts = facts.flatMap { $0.attempts.filter { isHere($0.environment) && window.contains($0.at) } }
    let arrivals = facts.flatMap { $0.arrivals.filter { isHere($0.environment) && window.contains($0.at) } }
    var metrics = Metrics()
    metrics.deployments = deployments(counted, attempts)
    metrics.leadTime = MetricsRule.leadTime(arrivals)
    metrics.changeFailRate = Metrics.Share(count: counted.count { $0.hasFailed(by: window.to) }, of: counted.count)
    metrics.recovery = recovery(counted, in: window)
    metrics.rework = Metrics.Share(count: counted.count(where: \.isRework), of: counted.count)
    let waits = counted.compactMap(\.gateWait)
    metrics.gateWait = Metrics.Wait(median: Statistics.median(waits), sample: waits.count)
    if environment == nil {
      let runs = facts.flatMap { $0.runs.filter { window.contains($0.at) }.map(\.seconds) }
      metrics.runDuration = Metrics.Wait(median: Statistics.median(runs), sample: runs.count)
    }
    return metrics
  }

  private func deployments(_ counted: [Counted], _ attempts: [Attempt]) -> Metrics.Deployments {
    let times = counted.map(\.at).sorted()
    let gaps = zip(times, times.dropFirst()).map { $1.seconds(since: $0) }
    return Metrics.Deployments(
      count: counted.count, days: Set(times.map { zone.civil($0).date }).count, medianGap: Statistics.median(gaps),
      redeploys: attempts.count(where: \.isRedeploy), attempts: attempts.count, succeeded: attempts.count(where: \.hasSucceeded)
    )
  }

  private static func leadTime(_ arrivals: [Arrival]) -> Metrics.LeadTime {
    let all = arrivals.compactMap { arrival in
      arrival.committedAt.map { (seconds: arrival.at.seconds(since: $0), wait: arrival.gateWait) }
    }
    let sample = all.filter { $0.seconds >= 0 }
    let whole = sample.reduce(0) { $0 + $1.seconds }
    let waited = sample.reduce(0) { $0 + min($1.wait, $1.seconds) }
    return Metrics.LeadTime(
      median: Statistics.median(sample.map(\.seconds)), p90: Statistics.quantile(0.9, of: sample.map(\.seconds)),
      sample: sample.count, negative: all.count - sample.count, undated: arrivals.count - all.count,
      gateShare: waited > 0 ? waited / whole : nil)
  }

  private func recovery(_ counted: [Counted], in window: MetricsWindow) -> Metrics.Recovery {
    let failed = counted.filter { $0.hasFailed(by: window.to) }
    let mended = failed.filter { $0.mendedAt.map { $0 < window.to } ?? false }
    let lengths = mended.compactMap { one in one.mendedAt.map { $0.seconds(since: one.at) } }.filter { $0 >= 0 }
    let open = failed.filter { $0.mendedAt.map { $0 >= window.to } ?? true }
    return Metrics.Recovery(
      median: Statistics.median(lengths), sample: lengths.count, open: open.count,
      longestOpen: open.map(\.at).min().map { max(0, min(window.to, asOf).seconds(since: $0)) })
  }
}

extension MetricsRule.Counted {
  fileprivate func hasFailed(by end: Timestamp) -> Bool { failedAt.map { $0 < end } ?? false }
}

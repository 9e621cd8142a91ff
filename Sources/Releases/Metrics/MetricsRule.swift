import Records
import Time

/// What the metrics of a catalog are made of, gathered once.
package struct MetricsRule: Sendable {
  /// By service.
  private let facts: [MetricsFacts]
  private let zone: Zone
  private let asOf: Timestamp

  /// `changes`: the known ones of each service.
  package init(_ catalog: Catalog, changes: [[KnownChange]]) {
    let arrivals = ChangeArrival.all(catalog, changes: changes)
    var seen: Set<RunIdentity> = []
    facts = catalog.services.indices.map { service in
      MetricsFacts(catalog, service: service, arrivals: arrivals[service]) { seen.insert(RunIdentity($0)).inserted }
    }
    zone = catalog.configuration.zone
    asOf = catalog.asOf
  }

  /// `service` and `environment`: nil for all of them. What was known only after the window is not told, so that the figures of a closed month
  /// stay as they are.
  package func metrics(_ window: MetricsWindow, service: Int? = nil, environment: Int? = nil) -> Metrics {
    let facts = service.map { [self.facts[$0]] } ?? self.facts
    let isHere: (Int) -> Bool = { environment == nil || environment == $0 }
    let counted = facts.flatMap { $0.counted.within(window).filter { isHere($0.environment) } }
    let attempts = facts.flatMap { $0.attempts.within(window).filter { isHere($0.environment) } }
    let arrivals = facts.flatMap { facts in
      facts.arrivals.within(window).filter { isHere($0.environment) && $0.counts(service: service, environment: environment) }
    }
    let runs = environment == nil ? facts.flatMap { $0.runs.within(window).filter { service != nil || $0.isFirst } } : []
    return Metrics(
      deployments: deployments(counted, attempts), leadTime: MetricsRule.leadTime(arrivals),
      changeFailRate: Metrics.Share(count: counted.count { $0.fate(by: window.to) != nil }, of: counted.count),
      recovery: recovery(counted, in: window),
      rework: Metrics.Share(count: counted.count(where: \.isRework), of: counted.count),
      gateWait: Metrics.Wait(counted.compactMap(\.gateWait)), runDuration: Metrics.Wait(runs.map(\.seconds)))
  }

  /// The services of which anything was tried in a window, the most often deployed first.
  package func activeServices(in window: MetricsWindow) -> [Int] {
    let counts = facts.indices.map { metrics(window, service: $0).deployments }
    return counts.indices.filter { counts[$0].attempts > 0 }.sorted { left, right in
      (counts[right].count, left) < (counts[left].count, right)
    }
  }

  private func deployments(_ counted: [CountedDeployment], _ attempts: [MetricsFacts.Attempt]) -> Metrics.Deployments {
    let times = counted.map(\.at).sorted()
    let gaps = zip(times, times.dropFirst()).map { $1.seconds(since: $0) }
    return Metrics.Deployments(
      count: counted.count, days: Set(times.map { zone.civil($0).date }).count, medianGap: Statistics.median(gaps),
      redeploys: attempts.count(where: \.isRedeploy), attempts: attempts.count, succeeded: attempts.count(where: \.hasSucceeded)
    )
  }

  private static func leadTime(_ arrivals: [ChangeArrival]) -> Metrics.LeadTime {
    let all = arrivals.compactMap { arrival in
      arrival.committedAt.map { (seconds: arrival.at.seconds(since: $0), wait: arrival.gateWait) }
    }
    let sample = all.filter { $0.seconds >= 0 }
    let whole = sample.reduce(0) { $0 + $1.seconds }
    let waits = sample.compactMap { change in change.wait.map { min(max($0, 0), change.seconds) } }
    let waited = waits.reduce(0, +)
    return Metrics.LeadTime(
      median: Statistics.median(sample.map(\.seconds)), p90: Statistics.quantile(0.9, of: sample.map(\.seconds)),
      sample: sample.count, negative: all.count - sample.count, undated: arrivals.count - all.count,
      gateShare: waits.isEmpty ? nil : waited > 0 ? waited / whole : 0)
  }

  private func recovery(_ counted: [CountedDeployment], in window: MetricsWindow) -> Metrics.Recovery {
    var lengths: [Double] = []
    var open: [Timestamp] = []
    var undated = 0
    for one in counted {
      switch one.fate(by: window.to) {
      case nil: break
      case .open: open.append(one.at)
      case .undated: undated += 1
      case .mended(let time): lengths.append(time.seconds(since: one.at))
      }
    }
    let mended = Metrics.Wait(lengths)
    return Metrics.Recovery(
      median: mended.median, sample: mended.sample, open: open.count,
      longestOpen: open.min().map { max(0, min(window.to, asOf).seconds(since: $0)) }, negative: mended.negative,
      undated: undated)
  }
}

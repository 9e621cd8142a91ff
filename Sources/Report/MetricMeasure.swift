package import Releases

/// What is measured, in the order in which it is shown: the five of DORA, then what stands beside them.
package enum MetricMeasure: CaseIterable {
  case frequency, leadTime, failures, recovery, rework, gateWait, attempts, runs

  package static let five: [MetricMeasure] = [.frequency, .leadTime, .failures, .recovery, .rework]

  package var name: String {
    switch self {
    case .frequency: "Deployment frequency"
    case .leadTime: "Change lead time"
    case .failures: "Change fail rate"
    case .recovery: "Failed deployment recovery"
    case .rework: "Deployment rework rate"
    case .gateWait: "Wait at a gate"
    case .attempts: "Attempts that succeeded"
    case .runs: "Run duration"
    }
  }

  package var rule: String {
    switch self {
    case .frequency: MetricsWords.deployments
    case .leadTime: MetricsWords.leadTime
    case .failures: MetricsWords.changeFailRate
    case .recovery: MetricsWords.recovery
    case .rework: MetricsWords.rework
    case .gateWait: MetricsWords.gateWait
    case .attempts: MetricsWords.attempts
    case .runs: MetricsWords.runDuration
    }
  }

  /// What a bar stands for; nil without data.
  package func value(_ metrics: Metrics) -> Double? {
    switch self {
    case .frequency: metrics.deployments.figure
    case .leadTime: metrics.leadTime.median
    case .failures: metrics.changeFailRate.rate
    case .recovery: metrics.recovery.median
    case .rework: metrics.rework.rate
    case .gateWait: metrics.gateWait.median
    case .attempts: metrics.deployments.successRate
    case .runs: metrics.runDuration.median
    }
  }

  /// A value as it reads.
  package func words(_ value: Double) -> Sentence {
    switch self {
    case .frequency: "\(Int(value))"
    case .leadTime, .recovery, .gateWait, .runs: "\(words: Format.duration(value))"
    case .failures, .rework, .attempts: Format.percent(value)
    }
  }

  /// The figure as it is shown, and its unit; nil without data. `days`: in the window.
  package func figure(_ metrics: Metrics, days: Int) -> (figure: Sentence?, unit: String) {
    switch self {
    case .frequency:
      let perWeek = metrics.deployments.perWeek(days)
      let isDaily = perWeek.map { $0 >= 7 } ?? false
      return (perWeek.map { "\(decimal: isDaily ? $0 / 7 : $0)" }, isDaily ? "a day" : "a week")
    case .leadTime, .recovery, .gateWait, .runs: return (value(metrics).map(words), "median")
    case .failures, .rework, .attempts: return (value(metrics).map(words), "")
    }
  }

  /// What stands for a value that is not there.
  package func missing(_ metrics: Metrics) -> Sentence {
    self == .gateWait && metrics.isUngated ? "no gate" : "no data"
  }

  /// What the figure is of. `isOfPlaces`: of several environments taken together.
  package func sample(_ metrics: Metrics, isOfPlaces: Bool) -> Sentence {
    self == .leadTime && isOfPlaces ? "to the first environment; \(sample(metrics))" : sample(metrics)
  }

  private func sample(_ metrics: Metrics) -> Sentence {
    switch self {
    case .frequency: MetricMeasure.sample(metrics.deployments)
    case .leadTime: MetricMeasure.sample(metrics.leadTime)
    case .failures: MetricMeasure.sample(metrics.changeFailRate)
    case .recovery: MetricMeasure.sample(metrics.recovery)
    case .rework: MetricMeasure.sample(metrics.rework)
    case .gateWait: MetricMeasure.gateSample(metrics)
    case .attempts:
      "\(metrics.deployments.succeeded) of \(Format.count(metrics.deployments.attempts, "attempt"))\(context: "attempts that succeeded")"
    case .runs: Format.count(metrics.runDuration.sample, "run")
    }
  }

  private static func sample(_ deployments: Metrics.Deployments) -> Sentence {
    let days: Sentence = "\(Format.count(deployments.count, "deployment")) on \(Format.count(deployments.days, "day"))"
    return deployments.medianGap.map { "\(days), median gap \(words: Format.duration($0))" } ?? days
  }

  private static func sample(_ lead: Metrics.LeadTime) -> Sentence {
    var sample: Sentence = Format.count(lead.sample, "change")
    if let p90 = lead.p90 { sample = "nine in ten within \(words: Format.duration(p90)); \(sample)" }
    if let share = lead.gateShare { sample += ", \(Format.percent(share)) of it at a gate" }
    return sample
  }

  private static func sample(_ share: Metrics.Share) -> Sentence {
    "\(share.count) of \(Format.count(share.of, "deployment"))"
  }

  private static func sample(_ recovery: Metrics.Recovery) -> Sentence {
    let mended: Sentence = "\(recovery.sample) mended"
    guard let longest = recovery.longestOpen else { return mended }
    return "\(mended); \(recovery.open) open, \(words: Format.duration(longest)) so far"
  }

  private static func gateSample(_ metrics: Metrics) -> Sentence {
    let decisions = Format.count(metrics.gateWait.sample, "decision")
    return metrics.leadTime.gateShare.map { "\(decisions); \(Format.percent($0)) of the lead time" } ?? decisions
  }

  /// What was left out of the figure; empty where nothing was.
  package func leftOut(_ metrics: Metrics) -> Sentence {
    let parts: [(count: Int, words: Sentence)] =
      switch self {
      case .frequency: [(metrics.deployments.redeploys, "redeployed")]
      case .leadTime:
        [(metrics.leadTime.negative, "committed after their arrival"), (metrics.leadTime.undated, "without a time of commit")]
      case .recovery:
        [(metrics.recovery.negative, "mended before their end"), (metrics.recovery.undated, "mended at an unknown time")]
      case .gateWait: [(metrics.gateWait.negative, "decided before the request")]
      case .runs: [(metrics.runDuration.negative, "ended before their start")]
      case .failures, .rework, .attempts: []
      }
    let told = parts.filter { $0.count > 0 }.map { part -> Sentence in "\(part.count) \(part.words)" }
    return told.isEmpty ? "" : "left out: \(Sentence.joined(told, separator: ", "))"
  }
}

import Records
package import Releases
package import Time

/// The metrics by week or month: what the bars are made of, and the table of their numbers.
package struct MetricTrend {
  /// What a bar stands for.
  package enum Unit {
    case week, month

    /// How many of them are shown.
    package var most: Int {
      switch self {
      case .week: 13
      case .month: 12
      }
    }

    /// Of bars, whose numbers stand in the table beneath them.
    package var label: Sentence {
      switch self {
      case .week: "By week, in the table beneath"
      case .month: "By month, in the table beneath"
      }
    }

    /// `13 weeks`.
    package func count(_ number: Int) -> Sentence {
      switch self {
      case .week: Format.count(number, "week")
      case .month: Format.count(number, "month")
      }
    }
  }

  /// One week or month.
  package struct Period {
    package let name: Sentence
    package let metrics: Metrics
    package let measures: [MetricMeasure]

    /// A figure for each measure, or what stands for it.
    package var figures: [Sentence] {
      measures.map { measure in measure.value(metrics).map(measure.words) ?? measure.missing(metrics) }
    }
  }

  package let unit: Unit
  /// Oldest first.
  package let periods: [Period]

  /// The last 13 weeks up to the end of `window`, and the last 12 months up to that of its last day; from the first in which anything
  /// was tried, and none where that leaves fewer than two.
  package static func all(
    _ rule: MetricsRule, zone: Zone, until window: MetricsWindow, _ measures: [MetricMeasure], service: Int?, environment: Int?
  ) -> [MetricTrend] {
    let weeks = window.weeks(Unit.week.most, zone: zone).map { from, to, window in
      (name: "\(TimeText(dayOfMonth: from)) to \(TimeText(dayOfMonth: to.adding(days: -1)))" as Sentence, window: window)
    }
    let months = window.months(Unit.month.most, zone: zone).map { month, window in (name: month.name, window: window) }
    return [(Unit.week, weeks), (.month, months)].compactMap { unit, all in
      let periods = all.map { name, window in
        Period(
          name: name, metrics: rule.metrics(window, service: service, environment: environment),
          measures: measures)
      }.drop { $0.metrics.deployments.attempts == 0 }
      return periods.count > 1 ? MetricTrend(unit: unit, periods: Array(periods)) : nil
    }
  }
}

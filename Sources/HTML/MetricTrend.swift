import Plan
import Records
import Releases
import Report
import Template
import Time

/// The metrics by week or month: what the bars are made of, and the table of their numbers.
struct MetricTrend: Model {
  enum Unit {
    case week, month

    /// How many of them are shown.
    var most: Int {
      switch self {
      case .week: 13
      case .month: 12
      }
    }

    func count(_ number: Int) -> Sentence {
      switch self {
      case .week: Format.count(number, "week")
      case .month: Format.count(number, "month")
      }
    }
  }

  struct Period: Model {
    let name: Sentence
    let metrics: Metrics
    let measures: [MetricMeasure]

    static let fields = Fields<Period>(
      .words("name") { $0.name },
      .words("figures") { $0.figures }
    )

    private var figures: [Sentence] {
      measures.map { measure in measure.value(metrics).map(measure.words) ?? measure.missing(metrics) }
    }
  }

  let unit: Unit
  let periods: [Period]

  static let fields = Fields<MetricTrend>(
    .words("title") { $0.unit == .week ? "By week" : "By month" },
    .words("unit") { $0.unit == .week ? "Week" : "Month" },
    .list("periods") { $0.periods }
  )

  /// The last 13 weeks up to the end of `window`, and the last 12 months up to that of its last day; from the first in which anything
  /// was tried, and none where that leaves fewer than two.
  static func all(
    _ view: Viewpoint, until window: MetricsWindow, _ measures: [MetricMeasure], service: Int?, environment: Int?
  ) -> [MetricTrend] {
    let zone = view.catalog.configuration.zone
    let weeks = window.weeks(Unit.week.most, zone: zone).map { from, to, window in
      (name: "\(TimeText(dayOfMonth: from)) to \(TimeText(dayOfMonth: to.adding(days: -1)))" as Sentence, window: window)
    }
    let months = window.months(Unit.month.most, zone: zone).map { month, window in (name: month.name, window: window) }
    return [(Unit.week, weeks), (.month, months)].compactMap { unit, all in
      let periods = all.map { name, window in
        Period(
          name: name, metrics: view.edition.metrics.metrics(window, service: service, environment: environment),
          measures: measures)
      }.drop { $0.metrics.deployments.attempts == 0 }
      return periods.count > 1 ? MetricTrend(unit: unit, periods: Array(periods)) : nil
    }
  }
}

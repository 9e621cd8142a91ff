import Releases
import Template

/// Deployments, lead time and failures by week or month: bars, and the numbers in a table beneath.
struct MetricTrend: Model {
  struct Period: Model {
    let name: Sentence
    let count: Int
    let failed: Int
    let lead: String?
    let rate: Sentence?
    /// In per cent of the width, and in px.
    let position: Double
    let width: Double
    let height: Double
    let failedHeight: Double

    static let fields = Fields<Period>(
      .words("name") { $0.name },
      .text("count") { Format.grouped($0.count) },
      .words("lead") { $0.lead },
      .words("rate") { $0.rate },
      .text("x") { Figure.percent($0.position) },
      .text("width") { Figure.percent($0.width) },
      .text("y") { Figure.decimal(MetricTrend.height - $0.height) },
      .text("height") { Figure.decimal($0.height) },
      .text("failedY") { Figure.decimal(MetricTrend.height - $0.failedHeight) },
      .text("failedHeight") { $0.failed == 0 ? nil : Figure.decimal($0.failedHeight) }
    )
  }

  private static let height = 60.0

  let title: String
  let unit: String
  /// The drawing in a sentence.
  let label: Sentence
  let most: String
  let periods: [Period]

  static let fields = Fields<MetricTrend>(
    .words("title") { $0.title },
    .words("unit") { $0.unit },
    .words("label") { $0.label },
    .text("most") { $0.most },
    .list("periods") { $0.periods }
  )

  /// The last 13 weeks and the last 12 months.
  static func all(_ view: Viewpoint, environment: Int) -> [MetricTrend] {
    let zone = view.catalog.configuration.zone
    let end = zone.civil(view.metricsWindow.to).date
    let weeks = (0..<13).reversed().map { week in
      let last = end.adding(days: -7 * week)
      return (
        name: "\(TimeText(dayOfMonth: last.adding(days: -7))) to \(TimeText(dayOfMonth: last.adding(days: -1)))" as Sentence,
        window: MetricsWindow(from: last.adding(days: -7), to: last, zone: zone)
      )
    }
    let now = view.catalog.month(of: view.catalog.asOf)
    let months = (0..<12).reversed().map { back -> (name: Sentence, window: MetricsWindow) in
      let number = now.year * 12 + now.month - 1 - back
      let month = Month(year: number / 12, month: number % 12 + 1)
      return (month.name, view.window(of: month))
    }
    return [
      MetricTrend(view, "By week", unit: "Week", environment: environment, weeks),
      MetricTrend(view, "By month", unit: "Month", environment: environment, months),
    ].compactMap(\.self)
  }

  /// From the first period in which anything was deployed; nil without two.
  private init?(
    _ view: Viewpoint, _ title: String, unit: String, environment: Int, _ all: [(name: Sentence, window: MetricsWindow)]
  ) {
    let measured = all.map { ($0.name, view.edition.metrics.metrics($0.window, environment: environment)) }
      .drop { $0.1.deployments.attempts == 0 }
    guard measured.count > 1, let most = measured.map({ $0.1.deployments.count }).max(), most > 0 else { return nil }
    self.title = title
    self.unit = unit
    self.most = Format.grouped(most)
    let step = 100 / Double(measured.count)
    periods = measured.enumerated().map { index, period in
      let (name, metrics) = period
      let (count, failed) = (metrics.deployments.count, metrics.changeFailRate.count)
      return Period(
        name: name, count: count, failed: failed, lead: metrics.leadTime.median.map(Format.duration),
        rate: count == 0 ? nil : Format.percent(failed, of: count), position: Double(index) * step, width: step * 0.72,
        height: MetricTrend.height * Double(count) / Double(most),
        failedHeight: MetricTrend.height * Double(failed) / Double(most))
    }
    let counts = periods.map { period -> Sentence in "\(period.count)" }
    label = "Deployments, \(words: title.lowercased()): \(Sentence.joined(counts, separator: ", "))"
  }
}

import Releases
import Template

/// `metrics.html`, and `metrics/<yyyy-mm>.html` for a closed month, which carries no clock.
struct MetricsPage: Model {
  /// An environment, all services together and each by itself.
  struct Place: Model {
    let id: String
    let environment: LinkText
    let tiles: [MetricTile]
    let rows: [Row]
    let trends: [MetricTrend]

    static let fields = Fields<Place>(
      .text("id") { $0.id },
      .object("environment") { $0.environment },
      .list("tiles") { $0.tiles },
      .flag("hasRows") { !$0.rows.isEmpty },
      .list("rows") { $0.rows },
      .list("trends") { $0.trends }
    )
  }

  /// The figures of one service.
  struct Row: Model {
    let service: LinkText
    let figures: [MetricTile]

    static let fields = Fields<Row>(
      .object("service") { $0.service },
      .list("figures") { $0.figures }
    )
  }

  let layout: Layout
  let title: Sentence
  /// `1 Jan 2026 to 31 Mar 2026, 90 days; …`.
  let span: Sentence
  /// Runs, all environments together.
  let runs: Sentence
  let places: [Place]
  /// Of the columns of each table.
  let columns: [String]
  let rules: [MetricTile]
  let months: Sentence

  static let fields = Fields<MetricsPage>(
    .object("layout") { $0.layout },
    .words("title") { $0.title },
    .words("span") { $0.span },
    .words("runs") { $0.runs },
    .flag("isEmpty") { $0.places.isEmpty },
    .list("places") { $0.places },
    .texts("columns") { $0.columns.map($1.text) },
    .list("rules") { $0.rules },
    .object("months") { $0.months.isEmpty ? nil : $0.months }
  )

  /// `month`: nil for the window up to now.
  init(_ view: Viewpoint, plan: PagePlan, month: Month?) {
    let window = month.map { view.window(of: $0) } ?? view.metricsWindow
    let zone = view.catalog.configuration.zone
    let last = zone.civil(window.to).date.adding(days: -1)
    title = month.map { "Metrics of \($0.name)" } ?? "Metrics"
    span =
      "\(TimeText(zone.civil(window.from).date)) to \(TimeText(last)), \(Format.count(window.days, "day")) of \(words: zone.name)."
    layout = Layout(
      view, plan: plan, title: title, summary: .words("How often releases arrive, how fast, and how often they fail: \(span)"),
      isAboutNow: month == nil)
    let rule = view.edition.metrics
    let duration = rule.metrics(window).runDuration
    runs =
      duration.median.map { "\(Format.count(duration.sample, "run")) ended, the median after \(words: Format.duration($0))." }
      ?? "No run ended."
    places = view.catalog.environments.indices.reversed().compactMap { environment in
      MetricsPage.place(view, environment, window, hasTrends: month == nil)
    }
    let blank = rule.metrics(MetricsWindow(days: 0, asOf: window.from, zone: zone))
    rules = MetricTile.five(blank, days: 1) + MetricTile.others(blank)
    columns = rules.map(\.name)
    let closed = view.map.almanac.closedMonths
    // A closed month does not change when the next one closes: it leads back, and to the list of all.
    let all = view.own("all months", view.url("metrics.html") + "#metrics-months")
    months =
      month.map { month in
        .joined(
          [
            closed.first { $0 < month }.map { "Before: \(view.own($0.name, view.url(view.map.metrics($0))))" },
            "\(all)",
          ]
          .compactMap(\.self), separator: " · ")
      }
      ?? .joined(
        closed.map { month in "\(view.own(month.name, view.url(view.map.metrics(month))))" }, separator: " · ")
  }

  /// nil where nothing was tried in the window.
  private static func place(
    _ view: Viewpoint, _ environment: Int, _ window: MetricsWindow, hasTrends: Bool
  ) -> Place? {
    let rule = view.edition.metrics
    let all = rule.metrics(window, environment: environment)
    guard all.deployments.attempts > 0 else { return nil }
    let rows = view.catalog.services.indices.compactMap { service -> Row? in
      let own = rule.metrics(window, service: service, environment: environment)
      guard own.deployments.attempts > 0 else { return nil }
      return Row(
        service: view.service(service), figures: MetricTile.five(own, days: window.days) + MetricTile.others(own))
    }
    return Place(
      id: "in/" + view.map.environments[environment], environment: view.environment(environment),
      tiles: MetricTile.five(all, days: window.days) + MetricTile.others(all).filter { $0.figure != nil },
      rows: rows.count > 1 ? rows : [],
      trends: hasTrends ? MetricTrend.all(view, environment: environment) : [])
  }
}

extension Viewpoint {
  /// The window of `metrics.days` up to as-of.
  var metricsWindow: MetricsWindow {
    MetricsWindow(days: catalog.configuration.metricsDays, asOf: catalog.asOf, zone: catalog.configuration.zone)
  }

  func window(of month: Month) -> MetricsWindow {
    let first = CivilDate(year: month.year, month: month.month, day: 1) ?? CivilDate(daysSince1970: 0)
    let days = CivilDate.daysIn(month: month.month, of: month.year)
    return MetricsWindow(from: first, to: first.adding(days: days), zone: catalog.configuration.zone)
  }
}

import Plan
import Records
import Releases
import Report
import Template
import Time

/// `metrics.html`, and `metrics/<yyyy-mm>.html` for a closed month, which carries no clock.
struct MetricsPage: PageModel {
  static let template = "metrics.mustache"

  let layout: Layout
  let title: Sentence
  /// `1 Jan 2026 to 31 Mar 2026, 90 days of UTC.`
  let span: Sentence
  let parts: Sentence
  let scopes: [MetricScope]
  let months: Sentence

  static let fields = Fields<MetricsPage>(
    .object("layout") { $0.layout },
    .words("title") { $0.title },
    .words("span") { $0.span },
    .flag("isEmpty") { $0.scopes.isEmpty },
    .object("parts") { $0.scopes.count > 2 ? $0.parts : nil },
    .list("scopes") { $0.scopes },
    .object("months") { $0.months.isEmpty ? nil : $0.months }
  )

  /// `month`: nil for the window up to now.
  init(_ view: Viewpoint, plan: HTMLPlan, month: Month?) {
    let zone = view.catalog.configuration.zone
    let window = month.map { MetricsWindow($0, zone: zone) } ?? view.catalog.metricsWindow
    let last = zone.civil(window.to).date.adding(days: -1)
    title = month.map { "Metrics of \($0.name)" } ?? "Metrics"
    span =
      "\(TimeText(zone.civil(window.from).date)) to \(TimeText(last)), \(Format.count(window.days, "day")) of \(words: zone.name)."
    layout = Layout(
      view, plan: plan, title: title, summary: .words("How often releases arrive, how fast, and how often they fail: \(span)"),
      isAboutNow: month == nil)
    // Services have a trend of their own where it goes on; a closed month has their figures, and the trends that led to it.
    scopes = MetricScope.all(view, window, ofServices: month == nil)
    parts = .joined(scopes.map { "\($0.jump)" }, separator: " · ")
    months = MetricsPage.months(view, month)
  }

  /// A closed month does not change when the next one closes: it leads back, and to the list of all.
  private static func months(_ view: Viewpoint, _ month: Month?) -> Sentence {
    let closed = view.map.months.closedMonths
    let link = { (month: Month) in view.wording.own(month.name, .metrics(month)) }
    guard let month else { return .joined(closed.map { "\(link($0))" }, separator: " · ") }
    let before = closed.first { $0 < month }.map { "Before: \(link($0))" as Sentence }
    let all = view.wording.own("all months", .metricsMonths)
    return .joined([before, "\(all)"].compactMap(\.self), separator: " · ")
  }
}

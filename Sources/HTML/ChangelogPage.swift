import Plan
import Records
import Releases
import Report
import Template

/// `environments/<env>/changelog.html` and `…/changelog/<yyyy-mm>.html`: the notes in the order of arrival. No clock on either.
///
/// A month's page holds that month and links to older ones, so that a new month changes no old page. The page without a month has what
/// runs and what is pending on top, and as many whole months as make 20 entries.
struct ChangelogPage: PageModel {
  static let template = "changelog.mustache"

  private static let enough = 20

  let layout: Layout
  let environment: LinkText
  let title: Sentence
  /// Below the heading: which months, where the others are.
  let scope: Sentence
  /// The page with the newest entries, from the page of a month.
  let newest: String?
  let feed: String
  let running: [RunningText]
  let entries: [LogEntry]
  let months: Sentence

  static let fields = Fields<ChangelogPage>(
    .object("layout") { $0.layout },
    .object("environment") { $0.environment },
    .words("title") { $0.title },
    .object("scope") { $0.scope },
    .url("newest") { $0.newest },
    .url("feed") { $0.feed },
    .flag("hasRunning") { !$0.running.isEmpty },
    .list("running") { $0.running },
    .flag("hasEntries") { !$0.entries.isEmpty },
    .list("entries") { $0.entries },
    .flag("hasMonths") { !$0.months.isEmpty },
    .object("months") { $0.months }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, environment index: Int, month: Period?) {
    let place = view.map.months.places[index]
    environment = view.wording.environment(index)
    let name = environment.text
    title = month.map { "Changelog of \(name), \($0.name)" } ?? "Changelog of \(name)"
    layout = Layout(
      view, plan: plan, title: title, summary: .words("What each deployment changed in \(name), newest first."),
      isAboutNow: false, environment: index)
    feed = view.url(view.map.path(of: .atomFeed(.environment(index))))
    newest = month == nil ? nil : view.url(view.map.changelog(index))
    let shown = month.map { [$0] } ?? ChangelogPage.newestMonths(of: place)
    scope = view.wording.scope(ofChangelog: shown)
    var notes = NoteWriter(view)
    var all = month == nil ? PendingEntries(view, environment: index).all(notes: &notes) : []
    let pending = all.count
    let isBehindGate = all.contains { $0.rail == .waiting }
    var writer = ArrivedEntries(view, environment: index, saysWhatIsLive: month == nil)
    for arrival in shown.flatMap({ place.arrivals[$0] ?? [] }) { all.append(writer.entry(arrival, notes: &notes)) }
    // The double line of the gate lies between what waits and what arrived.
    if isBehindGate, all.indices.contains(pending) { all[pending].classes.append("past-gate") }
    entries = all
    running = month == nil ? view.catalog.services.indices.map { view.wording.running($0, index) } : []
    let others = place.changelogMonths.filter { $0 < shown.last ?? $0 }
    months = .joined(
      (month == nil ? others : Array(others.prefix(1))).map { other in
        "\(view.wording.own(other.name, .changelog(environment: index, other)))"
      }, separator: " · ")
  }

  /// Whole months, newest first, until there are enough entries.
  private static func newestMonths(of place: MonthIndex.Place) -> [Period] {
    var months: [Period] = []
    var count = 0
    for month in place.changelogMonths where count < enough {
      months.append(month)
      count += place.arrivals[month]?.count ?? 0
    }
    return months
  }
}

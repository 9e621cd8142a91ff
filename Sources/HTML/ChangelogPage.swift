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

  /// What a service runs here, in the strip on top.
  struct Running: Model {
    let service: LinkText
    let isLive: Bool
    let state: Sentence
    let remarks: [Sentence]

    static let fields = Fields<Running>(
      .object("service") { $0.service },
      .flag("live") { $0.isLive },
      .object("state") { $0.state },
      .object("remark") { $0.remarks.isEmpty ? nil : Sentence.joined($0.remarks, separator: "; ") }
    )
  }

  private static let enough = 20

  let layout: Layout
  let environment: LinkText
  let title: Sentence
  /// Below the heading: which months, where the others are.
  let scope: Sentence
  /// The page with the newest entries, from the page of a month.
  let newest: String?
  let feed: String
  let running: [Running]
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
    scope = ChangelogPage.scope(shown)
    var notes = NoteWriter(view)
    var all = month == nil ? PendingEntries(view, environment: index).all(notes: &notes) : []
    let pending = all.count
    let isBehindGate = all.contains { $0.rail == .waiting }
    var writer = ArrivedEntries(view, environment: index, saysWhatIsLive: month == nil)
    for arrival in shown.flatMap({ place.arrivals[$0] ?? [] }) { all.append(writer.entry(arrival, notes: &notes)) }
    // The double line of the gate lies between what waits and what arrived.
    if isBehindGate, all.indices.contains(pending) { all[pending].classes.append("past-gate") }
    entries = all
    running = month == nil ? view.catalog.services.indices.map { view.running($0, index) } : []
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

  private static func scope(_ months: [Period]) -> Sentence {
    let order: Sentence = "In the order of arrival here, newest on top."
    guard let newest = months.first, let oldest = months.last else { return order }
    if newest == .undated { return "\(order) When these arrived is not known." }
    return newest == oldest
      ? "\(order) \(newest.name)." : "\(order) \(oldest.name) to \(newest.name)."
  }
}

extension Viewpoint {
  /// `checkout 2.9.1 since …; a person approves; 2 behind staging`.
  fileprivate func running(_ service: Int, _ environment: Int) -> ChangelogPage.Running {
    let cell = catalog.histories[service][environment].cell
    let deployments = catalog.services[service].deployments
    let current = cell.current.map { deployments[$0] }
    let name = catalog.services[service].name
    let link: LinkText
    let state: Sentence
    switch cell.state {
    case .current:
      link = current.map { wording.release(service, $0.version, named: true) } ?? wording.service(service)
      state = current?.time.map { "since \(wording.long($0))" } ?? "since when is not known"
    case .mixed:
      link = LinkText(text: name, to: .service(service))
      state = "mixed: \(cell.mixedWords)"
    case .unknown:
      link = LinkText(text: name, to: .service(service))
      state = "unknown which version"
    case .none:
      link = wording.service(service)
      state = "never deployed"
    case .removed:
      link = wording.service(service)
      state = "removed"
    }
    return ChangelogPage.Running(service: link, isLive: cell.state == .current, state: state, remarks: remarks(cell))
  }

  private func remarks(_ cell: Cell) -> [Sentence] {
    var remarks: [Sentence] = []
    if cell.way != .unknown { remarks.append("\(words: cell.way.words)") }
    if let upstream = cell.upstream {
      let name = catalog.environments[upstream].name
      if cell.behind > 0, cell.current != nil {
        remarks.append(cell.isUncertain ? "may be behind \(name)" : "\(cell.behind) behind \(name)")
      }
      if !cell.ahead.isEmpty {
        remarks.append("\(Format.count(cell.ahead.count, "fix", plural: "fixes")) ahead of \(name)")
      }
    }
    if let waiting = cell.waiting.first {
      let since: Sentence = waiting.since.map { " since \(wording.long($0))" } ?? ""
      remarks.append("\(Mark(.waiting)) \(waiting.version) waits\(waiting.targetWords)\(since)")
    }
    return remarks
  }
}

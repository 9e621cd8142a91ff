import Releases
import Template

/// `environments/<env>/history/<yyyy-mm>.html`: every attempt of a month in one environment, newest first. A page about the past: no clock.
/// The way up is the environment's page, which lists all months.
struct HistoryPage: Model {
  let layout: Layout
  let environment: LinkText
  let month: Sentence
  /// `41 attempts: 38 succeeded, 3 failed`.
  let summary: Sentence
  let changelog: String?
  let older: LinkText?
  let isBrief: Bool
  let attempts: [AttemptRow]

  static let fields = Fields<HistoryPage>(
    .object("layout") { $0.layout },
    .object("environment") { $0.environment },
    .words("month") { $0.month },
    .words("summary") { $0.summary },
    .url("changelog") { $0.changelog },
    .object("older") { $0.older },
    .flag("brief") { $0.isBrief },
    .list("attempts") { $0.attempts }
  )

  init(_ view: Viewpoint, plan: PagePlan, environment index: Int, month: Period) {
    let place = view.map.almanac.places[index]
    environment = view.environment(index)
    self.month = month.name
    let title: Sentence = "History of \(environment.text), \(month.name)"
    let all = place.attempts[month] ?? []
    isBrief = view.isBrief(month)
    let state = { (attempt: Almanac.Attempt) in view.catalog.services[attempt.service].deployments[attempt.deployment].state }
    let shown = isBrief ? all.filter { state($0) == .succeeded } : all
    summary = HistoryPage.summary(all.map(state))
    layout = Layout(view, plan: plan, title: title, summary: .words(summary + "."), isAboutNow: false, environment: index)
    attempts = shown.map { AttemptRow(view, service: $0.service, deployment: $0.deployment, isAboutNow: false) }
    changelog = place.arrivals[month] == nil ? nil : view.url(view.map.changelog(index, month))
    older = view.month(before: month, among: place.historyMonths, name: \.name) { view.map.history(index, $0) }
  }

  private static func summary(_ states: [State]) -> Sentence {
    let counts = State.allCases.compactMap { state -> Sentence? in
      let count = states.count { $0 == state }
      return count == 0 ? nil : "\(count) \(words: state.rawValue)"
    }
    return Format.count(states.count, "attempt") + (counts.isEmpty ? "" : ": " + .joined(counts, separator: ", "))
  }
}

extension Viewpoint {
  /// Months older than `history.months`, counted back from the newest record, keep one line a success (site.md, Pages).
  func isBrief(_ period: Period) -> Bool {
    guard let month = period.month, let newest = catalog.newestRecord.map(catalog.month) else { return false }
    let age = (newest.year - month.year) * 12 + newest.month - month.month
    return age >= catalog.configuration.historyMonths
  }
}

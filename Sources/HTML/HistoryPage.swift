import Plan
import Records
import Releases
import Report
import Template

/// `environments/<env>/history/<yyyy-mm>.html`: every attempt of a month in one environment, newest first. A page about the past: no clock.
/// The way up is the environment's page, which lists all months.
struct HistoryPage: PageModel {
  static let template = "history.mustache"

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

  init(_ view: Viewpoint, plan: HTMLPlan, environment index: Int, month: Period) {
    let place = view.map.months.places[index]
    environment = view.wording.environment(index)
    self.month = month.name
    let title: Sentence = "History of \(environment.text), \(month.name)"
    let all = place.attempts[month] ?? []
    isBrief = view.catalog.isBrief(month)
    let states = all.map { view.catalog.services[$0.service].deployments[$0.deployment].state }
    let shown = isBrief ? zip(all, states).filter { $1 == .succeeded }.map(\.0) : all
    summary = .attempts(states)
    layout = Layout(view, plan: plan, title: title, summary: .words(summary + "."), isAboutNow: false, environment: index)
    attempts = shown.map { AttemptRow(view.wording, service: $0.service, deployment: $0.deployment, isAboutNow: false) }
    changelog = place.arrivals[month] == nil ? nil : view.url(view.map.changelog(index, month))
    older = view.wording.month(before: month, among: place.historyMonths, name: \.name) { .history(environment: index, $0) }
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// `incidents.html`: the open ones first. It has a clock only while one is open.
struct IncidentsPage: PageModel {
  static let template = "incidents.mustache"

  let layout: Layout
  let headline: Sentence
  let open: [IncidentRow]
  let resolved: [IncidentRow]
  let feed: String

  static let fields = Fields<IncidentsPage>(
    .object("layout") { $0.layout },
    .words("headline") { $0.headline },
    .flag("hasOpen") { !$0.open.isEmpty },
    .list("open") { $0.open },
    .flag("hasResolved") { !$0.resolved.isEmpty },
    .list("resolved") { $0.resolved },
    .flag("isEmpty") { $0.open.isEmpty && $0.resolved.isEmpty },
    .url("feed") { $0.feed }
  )

  init(_ view: Viewpoint, plan: HTMLPlan) {
    let incidents = view.catalog.incidents
    let isAnyOpen = incidents.contains { !$0.record.state.isOver }
    let rows = incidents.indices.map { IncidentRow(view.wording, $0, isAboutNow: isAnyOpen) }
    open = rows.filter(\.isOpen)
    resolved = rows.filter { !$0.isOpen }
    headline = IncidentRow.headline(incidents.map(\.record).filter { !$0.state.isOver })
    layout = Layout(view, plan: plan, title: "Incidents", summary: .words(headline + "."), isAboutNow: isAnyOpen)
    feed = view.url(view.map.path(of: .atomFeed(.incidents)))
  }
}

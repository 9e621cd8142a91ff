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
    let rows = incidents.indices.map { IncidentRow(view, $0, isAboutNow: isAnyOpen) }
    open = rows.filter(\.isOpen)
    resolved = rows.filter { !$0.isOpen }
    headline = IncidentsPage.headline(incidents.map(\.record).filter { !$0.state.isOver })
    layout = Layout(view, plan: plan, title: "Incidents", summary: .words(headline + "."), isAboutNow: isAnyOpen)
    feed = view.url(view.map.path(of: .atomFeed(.incidents)))
  }

  /// Maintenance is no incident, though it stands in the same list.
  private static func headline(_ open: [IncidentRecord]) -> Sentence {
    let incidents = open.count { $0.kind == .incident }
    let works = open.count - incidents
    let told: Sentence =
      incidents == 0 ? "No incident is open" : incidents == 1 ? "\(1) incident is open" : "\(incidents) incidents are open"
    guard works > 0 else { return told }
    return told + (works == 1 ? "; \(1) maintenance window is open" : "; \(works) maintenance windows are open")
  }
}

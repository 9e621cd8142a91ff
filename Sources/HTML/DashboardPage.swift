import Plan
import Records
import Releases
import Report
import Template
import Tide

/// `index.html`: what runs where, what waits, what happened.
struct DashboardPage: PageModel {
  static let template = "dashboard.mustache"

  let layout: Layout
  let verdict: Verdict
  let notices: [Notice]
  let matrix: Matrix?
  let gates: [GateRow]
  let gatesHeading: String
  /// How many more wait than the page lists.
  let moreGates: Sentence
  let tide: TideChart?
  let introduction: ProseText?
  let events: [Event]
  let metrics: MetricsTeaser?
  /// The newest month of each environment.
  let months: Sentence
  let archive: Archive?

  static let fields = Fields<DashboardPage>(
    .object("layout") { $0.layout },
    .object("verdict") { $0.verdict },
    .flag("hasNotices") { !$0.notices.isEmpty },
    .list("notices") { $0.notices },
    .flag("hasTools") { $0.hasTools },
    .object("matrix") { $0.matrix },
    .flag("hasGates") { !$0.gates.isEmpty },
    .words("heading") { $0.gatesHeading },
    .list("gates") { $0.gates },
    .object("moreGates") { $0.moreGates.isEmpty ? nil : $0.moreGates },
    .object("tide") { $0.tide },
    .object("introduction") { $0.introduction },
    .flag("hasEvents") { !$0.events.isEmpty },
    .list("events") { $0.events },
    .object("metrics") { $0.metrics },
    .flag("hasMonths") { !$0.months.isEmpty },
    .object("months") { $0.months },
    .object("archive") { $0.archive }
  )

  private static let gateLimit = 10

  /// Whether there is so much that a reader may want to see a part of it.
  private var hasTools: Bool { matrix.map { Viewpoint.isWorthFiltering($0.groups.reduce(0) { $0 + $1.rows.count }) } ?? false }

  init(_ view: Viewpoint, plan: HTMLPlan) {
    let facts = view.edition.verdict
    layout = Layout(view, plan: plan, title: facts.title, summary: .verdict(facts), isAboutNow: true)
    let all = GateRow.all(view.wording)
    gates = Array(all.prefix(DashboardPage.gateLimit))
    gatesHeading = GateRow.heading(all)
    let rest = all.count - gates.count
    moreGates = rest > 0 ? "and \(view.wording.own(Format.count(rest, "more gate"), .pendingList))" : ""
    verdict = Verdict(view)
    notices = Notice.all(view.wording)
    matrix = Matrix(view)
    tide = TideChart(dashboard: view)
    introduction = ProseText(view.catalog.introduction, headings: 2, ids: "introduction/", view)
    events = Event.last(10, view.wording)
    metrics = MetricsTeaser(view)
    let places = view.catalog.environments.indices.filter { !view.catalog.environments[$0].isShortLived }
    months = .list(
      places.compactMap { environment in
        guard let month = view.map.months.places[environment].historyMonths.first else { return nil }
        return "\(LinkText(text: view.catalog.environments[environment].name, to: .history(environment: environment, month)))"
      })
    archive = Archive(view)
  }
}

import Plan
import Records
import Releases
import Report
import Template
import Tide

/// `environments/<env>.html`: every service of one environment, as it is now.
struct EnvironmentPage: PageModel {
  static let template = "environment.mustache"

  let layout: Layout
  let name: String
  /// `production, the last of 4; after Staging, before nothing`.
  let place: Sentence
  /// Where the environment itself answers.
  let address: String?
  let changelog: String
  /// To the comparisons with the environments before it.
  let comparisons: Sentence
  let feed: String
  let jsonFeed: String
  let months: Sentence
  /// Of an environment of tier production: the audit, month by month.
  let audit: Sentence
  let notices: [Notice]
  let gates: [GateRow]
  let gatesHeading: String
  let freezes: FreezeTable?
  let tide: TideChart?
  let services: [PlaceSection]

  static let fields = Fields<EnvironmentPage>(
    .object("layout") { $0.layout },
    .text("name") { $0.name },
    .object("place") { $0.place },
    .url("address") { $0.address },
    .url("changelog") { $0.changelog },
    .object("comparisons") { $0.comparisons.isEmpty ? nil : $0.comparisons },
    .url("feed") { $0.feed },
    .url("jsonFeed") { $0.jsonFeed },
    .flag("hasMonths") { !$0.months.isEmpty },
    .object("months") { $0.months },
    .object("audit") { $0.audit.isEmpty ? nil : $0.audit },
    .flag("hasNotices") { !$0.notices.isEmpty },
    .list("notices") { $0.notices },
    .flag("hasGates") { !$0.gates.isEmpty },
    .words("heading") { $0.gatesHeading },
    .list("gates") { $0.gates },
    .object("freezes") { $0.freezes },
    .object("tide") { $0.tide },
    .flag("hasTools") { Viewpoint.isWorthFiltering($0.services.count) },
    .flag("hasServices") { !$0.services.isEmpty },
    .list("services") { $0.services }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, environment index: Int) {
    let environment = view.catalog.environments[index]
    layout = Layout(
      view, plan: plan, title: "\(environment.name)", summary: .words(view.wording.running(in: index)), isAboutNow: true,
      environment: index)
    name = environment.name
    tide = TideChart(view, environment: index)
    place = view.wording.place(ofEnvironment: index)
    address = environment.url
    changelog = view.url(view.map.changelog(index))
    comparisons = view.wording.comparisons(of: index)
    feed = view.url(view.map.path(of: .atomFeed(.environment(index))))
    jsonFeed = view.url(view.map.path(of: .jsonFeed(.environment(index))))
    months = view.wording.months(view.map.months.places[index].historyMonths, name: \.name) { .history(environment: index, $0) }
    audit =
      environment.tier == .production
      ? view.wording.months(view.map.months.auditMonths, name: \.name, to: Destination.audit) : ""
    notices =
      (environment.archived ? [Notice.archived] : []) + Notice.all(view.wording, environment: index)
    freezes = environment.archived ? nil : FreezeTable(view, environment: index)
    gates = GateRow.all(view.wording, environment: index)
    gatesHeading = GateRow.heading(gates)
    services = view.catalog.services.indices.map { PlaceSection(view, service: $0, environment: index) }
  }
}

import Plan
import Records
import Releases
import Report
import Template

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
    place = view.place(of: index)
    address = environment.url
    changelog = view.url(view.map.changelog(index))
    comparisons = view.comparisons(of: index)
    feed = view.url(view.map.path(of: .atomFeed(.environment(index))))
    jsonFeed = view.url(view.map.path(of: .jsonFeed(.environment(index))))
    months = view.wording.months(view.map.months.places[index].historyMonths, name: \.name) { .history(environment: index, $0) }
    audit =
      environment.tier == .production
      ? view.wording.months(view.map.months.auditMonths, name: \.name, to: Destination.audit) : ""
    notices =
      (environment.archived ? [Notice.archived] : []) + Notice.all(view.wording, environment: index)
    freezes = environment.archived ? nil : FreezeTable(view, environment: index)
    gates = GateRow.all(view, environment: index)
    gatesHeading = gates.allSatisfy(\.needsPerson) ? "Waiting for a person" : "Waiting at a gate"
    services = view.catalog.services.indices.map { PlaceSection(view, service: $0, environment: index) }
  }
}

extension Viewpoint {
  /// Links to what would come from the environments before this one.
  func comparisons(of environment: Int) -> Sentence {
    let pairs = catalog.neighbours.filter { $0.downstream == environment }
    return Sentence.joined(
      pairs.map { pair in
        let name = catalog.environments[pair.upstream].name
        return
          "\(LinkText(text: name, to: .comparison(pair.upstream, pair.downstream, service: nil), before: "compared with "))"
      }, separator: " · ")
  }

  /// Its tier, and its neighbours on the way to customers: those of any service, in promotion order.
  fileprivate func place(of index: Int) -> Sentence {
    let upstream = Set(catalog.histories.compactMap { $0[index].cell.upstream }).sorted()
    let downstream = catalog.environments.indices.filter { other in
      catalog.histories.contains { $0[other].cell.upstream == index }
    }
    var parts: [Sentence] = ["\(words: catalog.environments[index].tier.rawValue) tier"]
    if catalog.environments[index].isShortLived {
      parts.append("\(wording.own("short-lived", .shortLived))")
    }
    if !upstream.isEmpty { parts.append("after \(Sentence.list(upstream.map { "\(wording.environment($0))" }))") }
    if !downstream.isEmpty { parts.append("before \(Sentence.list(downstream.map { "\(wording.environment($0))" }))") }
    return .joined(parts, separator: ", ")
  }
}

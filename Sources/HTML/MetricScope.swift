import Plan
import Records
import Releases
import Report
import Template

/// The figures of some services in some environments: all of them, an environment, a service.
struct MetricScope: Model {
  /// The figures of one service, where the scope is an environment.
  struct Row: Model {
    let service: LinkText
    let tiles: [MetricTile]

    static let fields = Fields<Row>(
      .object("service") { $0.service },
      .list("tiles") { $0.tiles }
    )
  }

  let id: String
  let title: Sentence
  /// To this part of the page.
  let jump: LinkText
  let tiles: [MetricTile]
  let rows: [Row]
  /// Services that are not among the rows.
  let others: Sentence?
  let trends: [MetricTrend]

  static let fields = Fields<MetricScope>(
    .text("id") { $0.id },
    .object("title") { $0.title },
    .words("name") { $0.title },
    .list("tiles") { $0.tiles },
    .flag("hasRows") { !$0.rows.isEmpty },
    .list("rows") { $0.rows },
    .words("others") { $0.others },
    .flag("hasTrends") { !$0.trends.isEmpty },
    .list("trends") { $0.trends }
  )

  /// What a page of many services can hold, each kind: rows of 60 in four environments weigh 130 kB, trends of 20 services 220 kB.
  private static let (mostRows, mostServices) = (60, 20)

  /// All together, then the environments, the last first, then the services. Empty where nothing was tried in the window.
  static func all(_ view: Viewpoint, _ window: MetricsWindow, ofServices: Bool) -> [MetricScope] {
    let active = view.edition.metrics.activeServices(in: window)
    guard !active.isEmpty else { return [] }
    var scopes = [
      MetricScope(
        view, window, id: "in-all", title: "All services and environments", jump: view.wording.own("All", .here("in-all")),
        MetricMeasure.allCases, service: nil, environment: nil)
    ]
    for environment in view.catalog.environments.indices.reversed() where !view.catalog.environments[environment].isShortLived {
      guard view.edition.metrics.metrics(window, environment: environment).deployments.attempts > 0 else { continue }
      scopes.append(MetricScope(view, window, environment: environment, services: active))
    }
    guard ofServices, active.count > 1 else { return scopes }
    return scopes + active.prefix(mostServices).sorted().map { MetricScope(view, window, service: $0) }
  }

  private init(
    _ view: Viewpoint, _ window: MetricsWindow, id: String, title: Sentence, jump: LinkText, _ measures: [MetricMeasure],
    service: Int?,
    environment: Int?, rows: [Row] = [], others: Sentence? = nil
  ) {
    (self.id, self.title, self.jump, self.rows, self.others) = (id, title, jump, rows, others)
    let trends = MetricTrend.all(
      view.edition.metrics, zone: view.catalog.configuration.zone, until: window, measures, service: service,
      environment: environment)
    let metrics = view.edition.metrics.metrics(window, service: service, environment: environment)
    tiles = measures.map {
      MetricTile($0, metrics, days: window.days, isOfPlaces: environment == nil, trends: trends)
    }
    self.trends = trends
  }

  private init(_ view: Viewpoint, _ window: MetricsWindow, environment: Int, services: [Int]) {
    let measures = MetricMeasure.allCases.filter { $0 != .runs }
    let all = services.compactMap { service -> (service: Int, metrics: Metrics)? in
      let metrics = view.edition.metrics.metrics(window, service: service, environment: environment)
      return metrics.deployments.attempts > 0 ? (service, metrics) : nil
    }
    let rows = all.prefix(MetricScope.mostRows).sorted { $0.service < $1.service }.map { service, metrics in
      Row(
        service: view.wording.service(service),
        tiles: measures.map { MetricTile($0, metrics, days: window.days, isOfPlaces: false) })
    }
    let rest = all.count - rows.count
    let (link, id) = (view.wording.environment(environment), "in/" + view.map.environments[environment])
    self.init(
      view, window, id: id, title: "\(link)", jump: LinkText(text: link.text, to: .here(id)), measures,
      service: nil, environment: environment, rows: rows.count > 1 ? rows : [],
      others: rest > 0 ? "\(Format.count(rest, "more service")), deployed less often: in metrics.json." : nil)
  }

  private init(_ view: Viewpoint, _ window: MetricsWindow, service: Int) {
    let (link, id) = (view.wording.service(service), "of/" + view.map.services[service])
    self.init(
      view, window, id: id, title: "\(link), all environments", jump: LinkText(text: link.text, to: .here(id)),
      MetricMeasure.five + [.gateWait], service: service, environment: nil)
  }
}

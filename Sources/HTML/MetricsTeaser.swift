import Plan
import Releases
import Report
import Template

/// The five of the environment that customers use, for the end of the dashboard.
struct MetricsTeaser: Model {
  let environment: LinkText
  let span: Sentence
  let url: String
  let tiles: [MetricTile]

  static let fields = Fields<MetricsTeaser>(
    .object("environment") { $0.environment },
    .words("span") { $0.span },
    .url("url") { $0.url },
    .list("tiles") { $0.tiles }
  )

  /// nil where nothing was tried there in the window.
  init?(_ view: Viewpoint) {
    guard let environment = view.catalog.customerStage else { return nil }
    let window = view.catalog.metricsWindow
    let metrics = view.edition.metrics.metrics(window, environment: environment)
    guard metrics.deployments.attempts > 0 else { return nil }
    self.environment = view.wording.environment(environment)
    span = "\(Format.count(window.days, "day")), all services"
    url = view.url("metrics.html")
    tiles = MetricMeasure.five.map { MetricTile($0, metrics, days: window.days, isOfPlaces: false) }
  }
}

import Plan
import Records
import Releases
import Report
import Time

/// `metrics.json` (api.md): all together, each environment, each service, and each pair of which anything is known.
struct MetricsFile: InterfaceFile {
  let edition: Edition

  static let name = "metrics"
  static let title = "The five metrics of software delivery, per service and environment"
  static let shape = JSONShape<MetricsFile>([.group("window", window), .list("metrics", Row.shape, \.rows)], saysOpen: false)

  private static let window = JSONShape<MetricsFile>(
    [
      .time("from", \.window.from),
      .time("to", \.window.to).described("The first moment after it."),
      .whole("days", \.window.days).atLeast(0).described("Whole days of the site's time zone."),
      .text("timeZone", \.edition.catalog.configuration.zone.name),
    ], saysOpen: false)

  private var window: MetricsWindow { edition.catalog.metricsWindow }

  /// The figures of one scope.
  fileprivate struct Row {
    /// nil: all of them.
    let service: String?
    let environment: String?
    let metrics: Metrics
    /// Of the window.
    let days: Int
  }

  private var rows: [Row] {
    let (catalog, window) = (edition.catalog, window)
    return scopes.map { service, environment in
      Row(
        service: service.map { catalog.services[$0].key }, environment: environment.map { catalog.environments[$0].key },
        metrics: edition.metrics.metrics(window, service: service, environment: environment), days: window.days)
    }
  }

  private var scopes: [(service: Int?, environment: Int?)] {
    let catalog = edition.catalog
    let environments = catalog.environments.indices.filter { !catalog.environments[$0].isShortLived }
    let pairs = catalog.services.indices.flatMap { service in
      environments.filter { !catalog.histories[service][$0].deployments.isEmpty }.map { (Optional(service), Optional($0)) }
    }
    return [(nil, nil)] + environments.map { (nil, $0) } + catalog.services.indices.map { ($0, nil) } + pairs
  }
}

extension MetricsFile.Row {
  fileprivate typealias Shape = JSONShape<MetricsFile.Row>

  fileprivate static let shape = Shape(
    [
      .text("service", orNull: \.service).described("null: all of them."),
      .text("environment", orNull: \.environment).described("null: all of them."),
      .group("deployments", deployments),
      .group("leadTime", leadTime),
      .group("changeFailRate", changeFailRate),
      .group("recovery", recovery),
      .group("rework", rework),
      .group("gateWait", gateWait),
      .group("rules", rules).described("What each figure is."),
    ], saysOpen: false)

  private static let deployments = Shape(
    [
      .whole("count", \.metrics.deployments.count).atLeast(0)
        .described("Successful deployments, the same version and build again left out."),
      .rate("perDay", orNull: { $0.metrics.deployments.perDay($0.days) }).atLeast(0).described("count over days."),
      .rate("perWeek", orNull: { $0.metrics.deployments.perWeek($0.days) }).atLeast(0).described("Seven times perDay."),
      .whole("days", \.metrics.deployments.days).atLeast(0).described("Days with a deployment."),
      .seconds("medianGapSeconds", orNull: \.metrics.deployments.medianGap).atLeast(0)
        .described("Between one and the next; null with fewer than two."),
      .whole("attempts", \.metrics.deployments.attempts).atLeast(0).described("Deployments that began and ended."),
    ], saysOpen: false)

  private static let leadTime = Shape(
    [
      .seconds("medianSeconds", orNull: \.metrics.leadTime.median).atLeast(0)
        .described("From commit to first arrival; null without a sample."),
      .seconds("p90Seconds", orNull: \.metrics.leadTime.p90).atLeast(0).described("With linear interpolation."),
      .whole("sample", \.metrics.leadTime.sample).atLeast(0).described("Changes."),
      .whole("excluded") { $0.metrics.leadTime.negative + $0.metrics.leadTime.undated }.atLeast(0)
        .described("Changes younger than their arrival, or without a time."),
    ], saysOpen: false)

  private static let changeFailRate = Shape(
    [
      .whole("failed", \.metrics.changeFailRate.count).atLeast(0).described("Deployments that failed."),
      .whole("of", \.metrics.changeFailRate.of).atLeast(0).described("Deployments."),
      .rate("rate", orNull: \.metrics.changeFailRate.rate).atLeast(0).atMost(1)
        .described("The fraction; null without deployments."),
    ], saysOpen: false)

  private static let recovery = Shape(
    [
      .seconds("medianSeconds", orNull: \.metrics.recovery.median).atLeast(0)
        .described("From the end of a failed deployment to what mended it."),
      .whole("sample", \.metrics.recovery.sample).atLeast(0).described("Mended ones."),
      .whole("open", \.metrics.recovery.open).atLeast(0).described("Those not mended yet."),
    ], saysOpen: false)

  private static let rework = Shape(
    [
      .whole("rework", \.metrics.rework.count).atLeast(0).described("Rollbacks and hotfixes that mended something."),
      .whole("of", \.metrics.rework.of).atLeast(0).described("Deployments."),
      .rate("rate", orNull: \.metrics.rework.rate).atLeast(0).atMost(1)
        .described("The fraction; null without deployments."),
    ], saysOpen: false)

  private static let gateWait = Shape(
    [
      .seconds("medianSeconds", orNull: \.metrics.gateWait.median).atLeast(0)
        .described("From request to decision of a person."),
      .whole("sample", \.metrics.gateWait.sample).atLeast(0).described("Decisions."),
    ], saysOpen: false)

  private static let rules = Shape(
    [
      .text("deployments") { _ in MetricsWords.deployments },
      .text("leadTime") { _ in MetricsWords.leadTime },
      .text("changeFailRate") { _ in MetricsWords.changeFailRate },
      .text("recovery") { _ in MetricsWords.recovery },
      .text("rework") { _ in MetricsWords.rework },
      .text("gateWait") { _ in MetricsWords.gateWait },
    ], saysOpen: false)
}

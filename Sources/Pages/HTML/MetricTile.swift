import Releases
import Template

/// A figure, what it is of, and what was left out. No judgement: the clusters of the yearly reports were dropped.
struct MetricTile: Model, Hashable {
  let name: String
  /// nil without data.
  let figure: Sentence?
  let unit: String
  let note: Sentence
  let rule: String

  static let fields = Fields<MetricTile>(
    .words("name") { $0.name },
    .words("figure") { $0.figure },
    .words("unit") { $0.unit },
    .words("note") { $0.note },
    .words("rule") { $0.rule }
  )

  /// The five of DORA, in its order.
  static func five(_ metrics: Metrics, days: Int) -> [MetricTile] {
    [
      frequency(metrics.deployments, days: days), leadTime(metrics.leadTime), failures(metrics.changeFailRate),
      recovery(metrics.recovery), rework(metrics.rework),
    ]
  }

  /// What stands beside them.
  static func others(_ metrics: Metrics) -> [MetricTile] { [gateWait(metrics), attempts(metrics.deployments)] }

  private static func frequency(_ deployments: Metrics.Deployments, days: Int) -> MetricTile {
    let perWeek = Double(deployments.count) * 7 / Double(max(days, 1))
    let perDay = perWeek / 7
    let isDaily = perDay >= 1
    var note: Sentence = "\(Format.count(deployments.count, "deployment")) on \(Format.count(deployments.days, "day"))"
    if let gap = deployments.medianGap { note += ", median gap \(words: Format.duration(gap))" }
    if deployments.redeploys > 0 { note += "; the same again \(Format.count(deployments.redeploys, "time"))" }
    return MetricTile(
      name: "Deployment frequency", figure: deployments.count == 0 ? nil : "\(decimal: isDaily ? perDay : perWeek)",
      unit: isDaily ? "a day" : "a week", note: note, rule: MetricsWords.deployments)
  }

  private static func leadTime(_ lead: Metrics.LeadTime) -> MetricTile {
    var note: Sentence = Format.count(lead.sample, "change")
    if let p90 = lead.p90 { note = "nine in ten within \(words: Format.duration(p90)); " + note }
    if let share = lead.gateShare { note += ", \(decimal: 100 * share) % of it at a gate" }
    if lead.negative > 0 { note += "; \(lead.negative) left out, younger than their arrival" }
    if lead.undated > 0 { note += "; \(lead.undated) left out, without a time" }
    return MetricTile(
      name: "Change lead time", figure: lead.median.map { "\(words: Format.duration($0))" }, unit: "median", note: note,
      rule: MetricsWords.leadTime)
  }

  private static func share(_ name: String, _ share: Metrics.Share, _ rule: String) -> MetricTile {
    MetricTile(
      name: name, figure: share.of == 0 ? nil : Format.percent(share.count, of: share.of), unit: "",
      note: "\(share.count) of \(Format.count(share.of, "deployment"))", rule: rule)
  }

  private static func failures(_ rate: Metrics.Share) -> MetricTile {
    share("Change fail rate", rate, MetricsWords.changeFailRate)
  }

  private static func rework(_ rate: Metrics.Share) -> MetricTile {
    share("Deployment rework rate", rate, MetricsWords.rework)
  }

  private static func recovery(_ recovery: Metrics.Recovery) -> MetricTile {
    var note: Sentence = "\(recovery.sample) mended"
    if recovery.open > 0 {
      note += "; \(recovery.open) open" + (recovery.longestOpen.map { ", \(words: Format.duration($0)) so far" } ?? "")
    }
    return MetricTile(
      name: "Failed deployment recovery", figure: recovery.median.map { "\(words: Format.duration($0))" }, unit: "median",
      note: note,
      rule: MetricsWords.recovery)
  }

  private static func gateWait(_ metrics: Metrics) -> MetricTile {
    MetricTile(
      name: "Wait at a gate", figure: metrics.gateWait.median.map { "\(words: Format.duration($0))" }, unit: "median",
      note: metrics.gateWait.sample == 0 ? "no person decided" : Format.count(metrics.gateWait.sample, "decision"),
      rule: MetricsWords.gateWait)
  }

  private static func attempts(_ deployments: Metrics.Deployments) -> MetricTile {
    MetricTile(
      name: "Attempts that succeeded",
      figure: deployments.attempts == 0 ? nil : Format.percent(deployments.succeeded, of: deployments.attempts), unit: "",
      note: "\(deployments.succeeded) of \(Format.count(deployments.attempts, "attempt"))",
      rule: MetricsWords.attempts)
  }
}

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
    let places = view.catalog.environments.indices.filter { !view.catalog.environments[$0].archived }
    guard let environment = places.last(where: { view.catalog.environments[$0].tier == .production }) ?? places.last else {
      return nil
    }
    let window = view.metricsWindow
    let metrics = view.edition.metrics.metrics(window, environment: environment)
    guard metrics.deployments.attempts > 0 else { return nil }
    self.environment = view.environment(environment)
    span = "\(Format.count(window.days, "day")), all services"
    url = view.url("metrics.html")
    tiles = MetricTile.five(metrics, days: window.days)
  }
}

package import Plan
import Records
import Releases
package import Report
import Time

/// How far each release came: time across, environments as levels, and the same as a table.
package struct TideChart: Hashable, Sendable {
  package let id: String
  /// `17 Feb to 31 Mar 2026`.
  package let span: Sentence
  package let remark: String
  package let ticks: [TideTick]
  /// What stands at the right edge.
  package let end: Sentence
  package let strips: [TideStripView]
  /// Services that are not drawn here.
  package let others: Sentence
  package let table: TideTable

  /// How much one page draws.
  struct Extent {
    /// Regions of a strip, beyond which arrivals are drawn as one.
    var regions: Int
    /// Rows of the table.
    var rows: Int
  }

  /// Of one service, up to a year, ending with its last record: the page carries no clock. nil where nothing arrived.
  package init?(_ view: Viewpoint, service: Int) {
    let catalog = view.catalog
    let environments = view.tideLevels(of: service)
    let deployments = catalog.services[service].deployments
    let arrivals = catalog.services[service].releases.flatMap(\.arrivals).compactMap(\.arrivedAt)
    guard let first = arrivals.min(), let last = deployments.compactMap(\.orderTime).max(), first <= last else { return nil }
    // What the last event changed needs room to be seen.
    let shown = last.adding(seconds: Int64(max(last.seconds(since: first) / 30, 3_600)))
    let window = TideWindow(since: first, to: shown, zone: catalog.configuration.zone)
    let strip = TideStrip(catalog, service: service, environments: environments, window: window)
    self.init(view, [strip], window, until: last, extent: Extent(regions: 480, rows: 100), isAboutNow: false, others: [])
  }

  /// Of what comes to one environment from the one before it, in six weeks up to now. nil where nothing did.
  package init?(_ view: Viewpoint, environment: Int) {
    let window = TideChart.sixWeeks(view.catalog)
    let strips = view.catalog.services.indices.map { service in
      let upstream = view.catalog.histories[service][environment].cell.upstream
      return TideStrip(
        view.catalog, service: service, environments: [upstream, environment].compactMap(\.self), window: window)
    }.filter { !$0.isEmpty }
    self.init(view, choosingFrom: strips, most: 20, window, extent: Extent(regions: 60, rows: 12))
  }

  /// Of all services, in six weeks up to now. nil where nothing happened.
  package init?(dashboard view: Viewpoint) {
    let window = TideChart.sixWeeks(view.catalog)
    let strips = view.catalog.services.indices.map { service in
      TideStrip(view.catalog, service: service, environments: view.tideLevels(of: service), window: window)
    }.filter { !$0.isEmpty }
    // The matrix of many services takes the room that the page has.
    self.init(
      view, choosingFrom: strips, most: view.catalog.services.count > 20 ? 4 : 10, window, extent: Extent(regions: 120, rows: 6)
    )
  }

  private static func sixWeeks(_ catalog: Catalog) -> TideWindow {
    TideWindow(days: 42, to: catalog.asOf, zone: catalog.configuration.zone)
  }

  /// Those with a wait, a fall or a hotfix, then the latest; in the order of the services.
  private init?(_ view: Viewpoint, choosingFrom strips: [TideStrip], most: Int, _ window: TideWindow, extent: Extent) {
    guard !strips.isEmpty else { return nil }
    let past = Timestamp(seconds: .min)
    let chosen = strips.sorted { left, right in
      if left.isRemarkable != right.isRemarkable { return left.isRemarkable }
      return (right.lastChange ?? past, left.service) < (left.lastChange ?? past, right.service)
    }.prefix(most)
    let drawn = chosen.sorted { $0.service < $1.service }
    let others = strips.filter { strip in !drawn.contains { $0.service == strip.service } }.map(\.service)
    self.init(view, drawn, window, until: window.to, extent: extent, isAboutNow: true, others: others)
  }

  private init(
    _ view: Viewpoint, _ strips: [TideStrip], _ window: TideWindow, until end: Timestamp, extent: Extent, isAboutNow: Bool,
    others: [Int]
  ) {
    let zone = view.catalog.configuration.zone
    let (from, to) = (zone.civil(window.from), zone.civil(end))
    let lastTick = min(98, window.position(end))
    id = "tide"
    span = "\(TimeText(from.date)) to \(TimeText(to.date))"
    remark = TideWords.remark
    // What stands at an edge would be cut, or stand over the beginning.
    ticks =
      [TideTick(position: 0, label: "\(TimeText(dayOfMonth: from.date))", isFirst: true)]
      + window.ticks(in: zone).filter { 7 <= $0.position && $0.position <= lastTick }.map {
        TideTick(position: $0.position, label: $0.label, isFirst: false)
      }
    self.end = isAboutNow ? TideWords.now(to) : "\(TimeText(dayOfMonth: to.date))"
    let marks = ticks.dropFirst().map(\.position)
    self.strips = strips.map { TideStripView($0, view, limit: extent.regions, ticks: marks, isAboutNow: isAboutNow) }
    self.others = .list(others.map { service in "\(view.wording.service(service))" })
    table = TideTable(view, strips, limit: extent.rows, isAboutNow: isAboutNow)
  }
}

/// A line across all strips of a chart.
package struct TideTick: Hashable, Sendable {
  package let position: Double
  package let label: Sentence
  package let isFirst: Bool
}

extension Viewpoint {
  /// In promotion order, without short-lived ones and those where nothing of the service is to be expected: archived ones, and those of tier other, unless it
  /// was deployed there.
  func tideLevels(of service: Int) -> [Int] {
    catalog.environments.indices.filter { index in
      let environment = catalog.environments[index]
      guard !environment.isShortLived else { return false }
      return !catalog.histories[service][index].deployments.isEmpty || (!environment.archived && environment.tier != .other)
    }
  }
}

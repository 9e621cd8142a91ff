import Records
import Releases
import Time

/// How far each release of a service came, as levels of water: one environment above the other, each cut where the release changes that
/// is current there. The facts of the drawing, before anything is drawn.
struct TideStrip: Hashable {
  /// How a release got to a level.
  enum Way: Hashable {
    /// From the level below.
    case rise
    /// A rollback: the water fell to it.
    case fall
    /// A hotfix, which had not been in the environment before.
    case outside
    /// No hotfix, and it had not been in the environment before either.
    case straight
    /// It was there when the chart begins.
    case before
  }

  /// A stretch in which one release is current in an environment.
  struct Region: Hashable {
    /// Index into the service's releases; nil where it is unknown which one runs.
    var release: Int?
    var from: Timestamp
    var to: Timestamp
    /// It is what runs at the right edge.
    var isOpen: Bool
    var way: Way
    /// Index into the service's deployments.
    var deployment: Int
    /// How many arrivals it stands for: those that no eye could tell apart are one.
    var count = 1
  }

  /// A release at the gate before an environment; it may have begun before the chart does.
  struct Wait: Hashable {
    var deployment: Int
    var from: Timestamp
    /// The decision; nil while it waits.
    var to: Timestamp?
  }

  struct Level: Hashable {
    let environment: Int
    let isGated: Bool
    /// Oldest first; a gap is a time at which nothing ran.
    var regions: [Region]
    var waits: [Wait]
    /// When attempts failed, oldest first.
    var failureTimes: [Timestamp]
  }

  let service: Int
  let window: TideWindow
  /// In promotion order, the lowest first.
  var levels: [Level]

  init(_ catalog: Catalog, service: Int, environments: [Int], window: TideWindow) {
    self.service = service
    self.window = window
    let reader = TideReader(catalog: catalog, service: service, window: window)
    levels = environments.map(reader.level)
  }

  /// Nothing ever happened here in its time.
  var isEmpty: Bool { levels.allSatisfy { $0.regions.isEmpty && $0.waits.isEmpty && $0.failureTimes.isEmpty } }

  /// Something for a person to look at: a wait, a fall, a hotfix.
  var isRemarkable: Bool {
    levels.contains { level in
      level.waits.contains { $0.to == nil }
        || level.regions.contains { $0.way == .fall || $0.way == .outside || $0.release == nil }
    }
  }

  var lastChange: Timestamp? { levels.flatMap(\.regions).filter { $0.way != .before }.map(\.from).max() }
}

private struct TideReader {
  let catalog: Catalog
  let service: Int
  let window: TideWindow

  private var deployments: [Deployment] { catalog.services[service].deployments }

  func level(_ environment: Int) -> TideStrip.Level {
    let history = catalog.histories[service][environment]
    let own = history.deployments.map { ($0, deployments[$0]) }
    let waits = own.compactMap { index, deployment in wait(index, deployment, history.cell) }
    let failures = own.filter { $0.1.state == .failed }.compactMap(\.1.time).filter(window.contains)
    return TideStrip.Level(
      environment: environment, isGated: history.cell.way == .gated || waits.contains { $0.to == nil },
      regions: regions(environment, history.cell), waits: waits, failureTimes: failures)
  }

  private func regions(_ environment: Int, _ cell: Cell) -> [TideStrip.Region] {
    let arrivals = catalog.services[service].releases.enumerated().flatMap { number, release in
      release.arrivals.filter { $0.environment == environment }.map { (release: number, arrival: $0) }
    }.sorted { $0.arrival.deployment < $1.arrival.deployment }
    var regions = arrivals.compactMap { release, arrival -> TideStrip.Region? in
      // What came or left at an unknown time has no place in a drawing of times.
      guard let arrivedAt = arrival.arrivedAt, let leftAt = arrival.isOver ? arrival.leftAt : window.to else { return nil }
      let end = min(leftAt, window.to)
      guard arrivedAt <= window.to, end > window.from else { return nil }
      let isBefore = arrivedAt < window.from
      return TideStrip.Region(
        release: release, from: isBefore ? window.from : arrivedAt, to: end, isOpen: !arrival.isOver,
        way: isBefore ? .before : way(of: deployments[arrival.deployment]), deployment: arrival.deployment)
    }
    addUnknown(cell, to: &regions)
    return regions
  }

  private func way(of deployment: Deployment) -> TideStrip.Way {
    switch deployment.kind {
    case .rollback: .fall
    case .hotfix: .outside
    case .first, .redeploy, .rebuild, .upgrade, nil: deployment.isStraight ? .straight : .rise
    }
  }

  /// A deployment that was stopped midway leaves open what runs.
  private func addUnknown(_ cell: Cell, to regions: inout [TideStrip.Region]) {
    guard let attempt = cell.doubtfulAttempt, let time = deployments[attempt].time, time <= window.to else {
      return
    }
    let from = max(time, window.from)
    if let last = regions.last, last.isOpen, last.from <= from {
      regions[regions.count - 1].to = from
      regions[regions.count - 1].isOpen = false
    }
    regions.append(
      TideStrip.Region(release: nil, from: from, to: window.to, isOpen: true, way: .before, deployment: attempt))
  }

  private func wait(_ index: Int, _ deployment: Deployment, _ cell: Cell) -> TideStrip.Wait? {
    if let waiting = cell.waiting.first(where: { $0.deployment == index }) {
      guard let since = waiting.since, since < window.to else { return nil }
      return TideStrip.Wait(deployment: index, from: since, to: nil)
    }
    // What a check or a timer takes belongs to the run.
    guard let gate = deployment.gate, gate.kind == .human, gate.state == .approved, let from = gate.requestedAt,
      let to = gate.decidedAt,
      from < to, to > window.from, from < window.to
    else { return nil }
    return TideStrip.Wait(deployment: index, from: from, to: to)
  }
}

import Plan
import Records
import Releases
package import Report
import Time

/// One service of a chart.
package struct TideStripView: Hashable, Sendable {
  /// An environment of the strip; tall where a gate stands below it.
  package struct Level: Hashable, Sendable {
    package let name: String
    package let isTall: Bool
  }

  /// What a level runs at the right edge.
  package struct Now: Hashable, Sendable {
    package let environment: String
    package let isTall: Bool
    /// nil where nothing runs.
    package let version: LinkText?
    package let nothing: String?
    package let mark: Mark?
    package let words: String?
  }

  package let id: String
  package let service: LinkText
  package let way: Sentence
  /// The highest first, as they are drawn.
  package let levels: [Level]
  package let now: [Now]
  package let description: Sentence
  package let drawing: TideDrawing
  package let labels: [TideLabels.Label]

  init(_ strip: TideStrip, _ view: Viewpoint, limit: Int, ticks: [Double], isAboutNow: Bool) {
    let service = view.catalog.services[strip.service]
    let names = strip.levels.map { view.catalog.environments[$0.environment].name }
    id = "tide-" + view.map.services[strip.service]
    self.service = view.wording.service(strip.service)
    let gated = zip(strip.levels, names).filter(\.0.isGated).map(\.1)
    let isOpen = strip.levels.allSatisfy { view.catalog.histories[strip.service][$0.environment].cell.way == .open }
    let without = isOpen ? Cell.Way.open : .unknown
    way = gated.isEmpty ? "\(words: without.words)" : TideWords.gate(before: gated)
    levels = zip(strip.levels, names).reversed().map { Level(name: $1, isTall: $0.isGated) }
    now = strip.levels.indices.reversed().map { TideStripView.now(strip, view, level: $0) }
    description = TideTable.description(of: strip, view, isAboutNow: isAboutNow)
    let live = Set(
      view.catalog.environmentsOfNewest(of: strip.service, among: strip.levels.map(\.environment)).compactMap { environment in
        view.catalog.histories[strip.service][environment].cell.current.flatMap { service.deployments[$0].release }
      })
    let merged = strip.merged(limit: limit)
    drawing = TideDrawing(merged, newest: live, ticks: ticks)
    labels =
      TideLabels(
        merged, drawing, in: view.book, version: { service.releases[$0].version ?? "" },
        waits: { TideStripView.words(of: $0, end: strip.window.to, isAboutNow: isAboutNow) },
        dry: TideWords.dry(names.last ?? "")
      ).all
  }

  /// A page about the past does not tell how long something has waited by now.
  static func words(of wait: TideStrip.Wait, end: Timestamp, isAboutNow: Bool) -> Sentence {
    TideWords.wait(wait.to == nil && !isAboutNow ? nil : (wait.to ?? end).seconds(since: wait.from), isOver: wait.to != nil)
  }

  private static func now(_ strip: TideStrip, _ view: Viewpoint, level index: Int) -> Now {
    let level = strip.levels[index]
    let deployments = view.catalog.services[strip.service].deployments
    let cell = view.catalog.histories[strip.service][level.environment].cell
    let name = view.catalog.environments[level.environment].name
    let make = { (version: LinkText?, nothing: String?, mark: Mark?, words: String?) in
      Now(environment: name, isTall: level.isGated, version: version, nothing: nothing, mark: mark, words: words)
    }
    switch cell.state {
    case .none: return make(nil, "never", nil, nil)
    case .removed: return make(nil, "removed", nil, nil)
    case .unknown:
      let cause = CellFacts(view.wording, service: strip.service, environment: level.environment).unknownLink
      return make(view.wording.own(TideWords.unknown, cause.destination), nil, Mark(.unknown), nil)
    case .mixed: return make(view.wording.mixed(strip.service, level.environment), nil, nil, nil)
    case .current: break
    }
    guard let current = cell.current.map({ deployments[$0].version }) else { return make(nil, "never", nil, nil) }
    let next = step(of: current, strip, view, above: index)
    return make(view.wording.release(strip.service, current), nil, next?.mark, next?.words)
  }

  /// What became of a version on the next level, where it is not there.
  private static func step(
    of version: String, _ strip: TideStrip, _ view: Viewpoint, above index: Int
  ) -> (mark: Mark, words: String)? {
    guard index + 1 < strip.levels.count else { return nil }
    let deployments = view.catalog.services[strip.service].deployments
    let cell = view.catalog.histories[strip.service][strip.levels[index + 1].environment].cell
    if cell.waiting.contains(where: { $0.version == Version.display(version) }) { return (Mark(.waiting), TideWords.waits) }
    guard let attempt = cell.lastAttempt.map({ deployments[$0] }), Version.display(attempt.version) == Version.display(version)
    else { return nil }
    switch attempt.state {
    case .failed: return (Mark(.failed), TideWords.failed)
    case .running: return (Mark(.running), TideWords.deploying)
    case .succeeded, .waiting, .queued, .cancelled, .skipped, .superseded, .unknown: return nil
    }
  }
}

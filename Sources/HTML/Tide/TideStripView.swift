import Plan
import Records
import Releases
import Report
import Template
import Time

/// One service of a chart.
struct TideStripView: Model {
  struct Level: Model, Hashable {
    let name: String
    let isTall: Bool

    static let fields = Fields<Level>(
      .text("name") { $0.name },
      .flag("tall") { $0.isTall }
    )
  }

  /// What a level runs at the right edge.
  struct Now: Model, Hashable {
    let environment: String
    let isTall: Bool
    /// nil where nothing runs.
    let version: LinkText?
    let nothing: String?
    let mark: Mark?
    let words: String?

    static let fields = Fields<Now>(
      .text("environment") { $0.environment },
      .flag("tall") { $0.isTall },
      .object("version") { $0.version },
      .words("nothing") { $0.nothing },
      .object("mark") { $0.mark },
      .words("words") { $0.words }
    )
  }

  let id: String
  let service: LinkText
  let way: Sentence
  /// The highest first, as they are drawn.
  let levels: [Level]
  let now: [Now]
  let description: Sentence
  let drawing: TideDrawing
  let labels: [TideLabels.Label]

  static let fields = Fields<TideStripView>(
    .text("id") { $0.id },
    .object("service") { $0.service },
    .words("way") { $0.way },
    .list("levels") { $0.levels },
    .list("now") { $0.now },
    .words("description") { $0.description },
    .text("height") { String($0.drawing.bottom + 10) },
    .list("areas") { $0.drawing.areas },
    .list("rules") { $0.drawing.rules },
    .list("lines") { $0.drawing.lines },
    .list("bars") { $0.drawing.bars },
    .list("events") { $0.drawing.events },
    .list("labels") { $0.labels }
  )

  init(_ strip: TideStrip, _ view: Viewpoint, limit: Int, ticks: [Double], isAboutNow: Bool) {
    let service = view.catalog.services[strip.service]
    let names = strip.levels.map { view.catalog.environments[$0.environment].name }
    id = "tide-" + view.map.services[strip.service]
    self.service = view.wording.service(strip.service)
    let gated = zip(strip.levels, names).filter(\.0.isGated).map(\.1)
    let isOpen = strip.levels.allSatisfy { view.catalog.histories[strip.service][$0.environment].cell.way == .open }
    let without = isOpen ? Cell.Way.open : .unknown
    way = gated.isEmpty ? "\(words: without.words)" : "gate before \(Sentence.list(gated.map { "\($0)" }))"
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
        dry: "\(names.last ?? "") not reached yet"
      ).all
  }

  /// A page about the past does not tell how long something has waited by now.
  static func words(of wait: TideStrip.Wait, end: Timestamp, isAboutNow: Bool) -> Sentence {
    if wait.to == nil, !isAboutNow { return "waits" }
    let length = Format.duration((wait.to ?? end).seconds(since: wait.from))
    return wait.to == nil ? "waits \(words: length)" : "waited \(words: length)"
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
      return make(view.wording.own("unknown\(context: "in a narrow column")", cause.destination), nil, Mark(.unknown), nil)
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
    if cell.waiting.contains(where: { $0.version == Version.display(version) }) { return (Mark(.waiting), "waits") }
    guard let attempt = cell.lastAttempt.map({ deployments[$0] }), Version.display(attempt.version) == Version.display(version)
    else { return nil }
    switch attempt.state {
    case .failed: return (Mark(.failed), "next failed")
    case .running: return (Mark(.running), "next is deploying")
    case .succeeded, .waiting, .queued, .cancelled, .skipped, .superseded, .unknown: return nil
    }
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// A service in an environment, in full: what runs since when and by whom, the gaps up and down, what waits, the last attempts.
struct PlaceSection: Model {
  struct Row: Model {
    let fact: Fact

    static let fields = Fields<Row>(
      .words("term") { $0.fact.name },
      .object("sentence") { $0.fact.value }
    )
  }

  private static let attemptLimit = 10

  let id: String
  let name: LinkText
  let version: LinkText?
  let unknown: LinkText?
  let mixed: LinkText?
  let none: LinkText?
  let way: String
  let isGated: Bool
  let lines: [CellLine]
  let facts: [Row]
  let attempts: [AttemptRow]
  let sparkline: Sparkline?

  static let fields = Fields<PlaceSection>(
    .text("id") { $0.id },
    .object("name") { $0.name },
    .object("version") { $0.version },
    .object("unknown") { $0.unknown },
    .object("mixed") { $0.mixed },
    .object("none") { $0.none },
    .words("way") { $0.way },
    .flag("gated") { $0.isGated },
    .list("lines") { $0.lines },
    .flag("hasFacts") { !$0.facts.isEmpty },
    .list("facts") { $0.facts },
    .flag("hasAttempts") { !$0.attempts.isEmpty },
    .list("attempts") { $0.attempts },
    .object("sparkline") { $0.sparkline }
  )

  init(_ view: Viewpoint, service: Int, environment: Int) {
    let cell = view.catalog.histories[service][environment].cell
    let matrixCell = MatrixCell(
      view, service: service, environment: environment, isNewest: false, isTidemark: false, columnIsGated: false)
    id = view.map.placeID(service)
    name = view.wording.service(service)
    version = matrixCell.version
    unknown = matrixCell.unknown
    mixed = cell.state == .mixed ? view.wording.own("mixed", nil) : nil
    none = matrixCell.none
    isGated = cell.way == .gated
    way = cell.way.words
    lines = matrixCell.lines.filter { $0.loudness != .plain || cell.state != .current }
    facts = PlaceFacts(view.wording, service: service, environment: environment).all.map(Row.init)
    let deployments = view.catalog.services[service].deployments
    let last = view.catalog.histories[service][environment].deployments.filter { deployments[$0].isAttempt }
      .suffix(PlaceSection.attemptLimit)
    attempts = last.reversed().map { AttemptRow(view.wording, service: service, deployment: $0, isAboutNow: true) }
    sparkline = Sparkline(last.map { (deployments[$0].duration, deployments[$0].state) })
  }
}

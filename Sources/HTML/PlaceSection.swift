import Plan
import Records
import Releases
import Report
import Template

/// A service in an environment, in full: what runs since when and by whom, the gaps up and down, what waits, the last attempts.
struct PlaceSection: Model {
  struct Fact: Model {
    let term: String
    let sentence: Sentence

    static let fields = Fields<Fact>(
      .words("term") { $0.term },
      .object("sentence") { $0.sentence }
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
  let facts: [Fact]
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
    facts = PlaceFacts(view, service: service, environment: environment).all
    let deployments = view.catalog.services[service].deployments
    let last = view.catalog.histories[service][environment].deployments.filter { deployments[$0].isAttempt }
      .suffix(PlaceSection.attemptLimit)
    attempts = last.reversed().map { AttemptRow(view, service: service, deployment: $0, isAboutNow: true) }
    sparkline = Sparkline(last.map { (deployments[$0].duration, deployments[$0].state) })
  }
}

private struct PlaceFacts {
  let view: Viewpoint
  let service: Int
  let environment: Int
  let cell: Cell
  let deployments: [Deployment]

  init(_ view: Viewpoint, service: Int, environment: Int) {
    self.view = view
    self.service = service
    self.environment = environment
    cell = view.catalog.histories[service][environment].cell
    deployments = view.catalog.services[service].deployments
  }

  var all: [PlaceSection.Fact] { (targets + live + [before, upstream, ahead] + downstream).compactMap { $0 } }

  private func fact(_ term: String, _ sentence: Sentence?) -> PlaceSection.Fact? {
    sentence.flatMap { $0.isEmpty ? nil : PlaceSection.Fact(term: term, sentence: $0) }
  }

  private var targets: [PlaceSection.Fact?] {
    view.wording.targets(of: cell, service: service, limit: 100).map { fact("Target", $0) }
  }

  /// Of what runs: since when, by whom, by which run and commit.
  private var live: [PlaceSection.Fact?] {
    guard cell.state == .current, let index = cell.current else { return [] }
    let deployment = deployments[index]
    let since = deployment.time
    let age: Sentence = view.wording.age(since).map { ", \(words: $0)" } ?? ""
    let run: Sentence = view.wording.run(of: deployment, service).map { " in \($0)" } ?? ""
    return [
      fact(
        deployment.kind == .rollback ? "Back since" : "Live since",
        since.map { "\(view.wording.dated($0))\(age)" } ?? "time not known"),
      fact("Deployment", "\(view.wording.deployment(service, index, text: deployment.id))\(run)"),
      fact("Let in", view.wording.approval(of: deployment)),
      fact(
        "Waited",
        deployment.gateWait.map { wait -> Sentence in
          let kind = deployment.gate?.kind ?? .human
          return kind == .human
            ? "\(words: Format.duration(wait)) at the gate" : "\(words: Format.duration(wait)) for the \(words: kind.word)"
        }),
      fact("Started by", deployment.gate == nil ? nil : deployment.actor.map { "\($0.name)" }),
      fact("Commit", deployment.commit.map { "\(code: Format.shortSHA($0.sha))" }),
    ]
  }

  private var before: PlaceSection.Fact? {
    guard let index = cell.previous else { return nil }
    let deployment = deployments[index]
    let since: Sentence =
      deployment.time.map { ", since \(view.wording.dated($0))" } ?? ", time not known"
    return fact("Previous", "\(view.wording.release(service, deployment.version))\(since)")
  }

  private var upstream: PlaceSection.Fact? {
    guard let upstream = cell.upstream, view.catalog.environments[environment].isStage,
      view.catalog.histories[service][upstream].cell.state != .unknown || cell.behind > 0
    else { return nil }
    let place = view.wording.environment(upstream)
    guard cell.behind > 0 else {
      if cell.isUncertain { return fact("Upstream", "may be behind \(place)") }
      return cell.current == nil
        ? nil : fact("Upstream", cell.ahead.isEmpty ? "level with \(place)" : "not behind \(place)")
    }
    let since: Sentence = cell.pendingSince.map { "; the oldest since \(view.wording.dated($0))" } ?? ""
    let age: Sentence = view.wording.age(cell.pendingSince).map { ", \(words: $0)" } ?? ""
    let behind = view.wording.own(
      cell.isUncertain ? "may be behind" : "\(cell.behind) behind", view.wording.compared(service, environment)?.destination)
    let releases = view.wording.releases(service, cell.pending)
    return fact(
      "Upstream", "\(behind) \(place): \(releases)\(since)\(age)\(context: "releases behind an environment")")
  }

  private var ahead: PlaceSection.Fact? {
    guard !cell.ahead.isEmpty, let upstream = cell.upstream else { return nil }
    return fact("Ahead", "\(view.wording.environment(upstream)) lacks \(view.wording.releases(service, cell.ahead))")
  }

  /// The environments that get their releases from here.
  private var downstream: [PlaceSection.Fact?] {
    view.catalog.histories[service].enumerated().filter { index, history in
      history.cell.upstream == environment && view.catalog.environments[index].isStage
    }.map { index, history in
      let place = view.wording.environment(index)
      guard history.cell.behind > 0 else {
        return fact("Downstream", history.cell.current == nil || history.cell.isUncertain ? nil : "\(place) has all of it")
      }
      if history.cell.isUncertain {
        let behind = view.wording.own("may be behind", view.wording.compared(service, index)?.destination)
        return fact("Downstream", "\(place) \(behind): \(view.wording.releases(service, history.cell.pending))")
      }
      let behind = view.wording.own("\(history.cell.behind) behind", view.wording.compared(service, index)?.destination)
      return fact("Downstream", "\(place) is \(behind): \(view.wording.releases(service, history.cell.pending))")
    }
  }
}

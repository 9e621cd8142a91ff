import Diagnostics
import Foundation
import Joining
import Records
import Releases
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

/// A catalog made by hand, so that a page can be tested without the rules: what the cells say is set and not derived.
struct CatalogSketch {
  var configuration = Configuration()
  var asOf = CatalogSketch.time("2026-03-31 09:40")
  var environments: [Records.Environment] = []
  var services: [Service] = []
  var histories: [[History]] = []
  var incidents: [Incident] = []
  var introduction: Prose?
  var account = Account()

  /// `environments`: key and tier, in promotion order.
  init(
    environments: [(key: String, tier: Tier)] = [("staging", .staging), ("production", .production)], services: [String] = []
  ) {
    configuration.site.name = "Acme releases"
    self.environments = environments.enumerated().map { rank, place in
      Records.Environment(
        key: place.key, name: place.key.capitalized, tier: place.tier, rank: rank, url: nil, archived: false, gate: nil)
    }
    for key in services { addService(key) }
  }

  /// `2026-03-26 10:31` in UTC.
  static func time(_ text: String) -> Timestamp {
    let formatter = ISO8601DateFormatter()
    let date = formatter.date(from: text.replacingOccurrences(of: " ", with: "T") + ":00Z")
    return Timestamp(seconds: Int64(date?.timeIntervalSince1970 ?? 0))
  }

  mutating func addService(_ key: String) {
    services.append(Service(key: key, name: key, group: nil, repository: nil, runs: [], deployments: [], releases: []))
    histories.append(
      environments.indices.map { rank in
        History(
          deployments: [],
          cell: Cell(
            state: .none, current: nil, previous: nil, lastAttempt: nil, waiting: [], upstream: rank == 0 ? nil : rank - 1,
            pending: [], pendingSince: nil, ahead: [], flags: [], way: .unknown), changelog: Changelog(entries: []))
      })
  }

  /// A deployment that finished at `at`; a success becomes what is current, anything else the last attempt.
  @discardableResult
  mutating func deploy(
    _ version: String, to environment: Int, at: String, of service: Int = 0, state: State = .succeeded,
    kind: Deployment.Kind? = nil, id: String? = nil, change: (inout Deployment) -> Void = { _ in }
  ) -> Int {
    let key = environments[environment].key
    var deployment = Deployment(id: id ?? "\(version)-\(key)", environment: environment, version: version, state: state)
    let index = services[service].deployments.count
    let before = histories[service][environment].cell.current
    deployment.finishedAt = state == .running || state == .waiting ? nil : CatalogSketch.time(at)
    deployment.startedAt =
      deployment.finishedAt.map { Timestamp(seconds: $0.seconds - 125) } ?? (state == .waiting ? nil : CatalogSketch.time(at))
    deployment.kind = state == .succeeded ? kind ?? (before == nil ? .first : .upgrade) : nil
    deployment.from = before.map { services[service].deployments[$0].version }
    deployment.fromDeployment = before
    change(&deployment)
    services[service].deployments.append(deployment)
    histories[service][environment].deployments.append(index)
    if state == .succeeded {
      histories[service][environment].cell.previous = before
      histories[service][environment].cell.current = index
      histories[service][environment].cell.state = .current
      histories[service][environment].cell.lastAttempt = nil
      arrive(service, environment, version, index)
    } else if state != .waiting {
      histories[service][environment].cell.lastAttempt = index
    }
    return index
  }

  private mutating func arrive(_ service: Int, _ environment: Int, _ version: String, _ index: Int) {
    let release = note(version, nil, of: service)
    guard let at = services[service].deployments[index].finishedAt else { return }
    for other in services[service].releases.indices {
      for arrival in services[service].releases[other].arrivals.indices
      where services[service].releases[other].arrivals[arrival].environment == environment
        && services[service].releases[other].arrivals[arrival].leftAt == nil
      {
        services[service].releases[other].arrivals[arrival].leftAt = at
        services[service].releases[other].arrivals[arrival].replacedBy = version
      }
    }
    services[service].releases[release].arrivals.append(
      Release.Arrival(environment: environment, arrivedAt: at, leftAt: nil, deployment: index, replacedBy: nil))
  }

  /// The release of a version, with a note where its text is given.
  @discardableResult
  mutating func note(
    _ version: String, _ text: Fragment?, of service: Int = 0, change: (inout ReleaseNote) -> Void = { _ in }
  ) -> Int {
    let index: Int
    if let known = services[service].releases.firstIndex(where: { $0.version == version }) {
      index = known
    } else {
      services[service].releases.append(Release(version: version, note: nil, arrivals: []))
      index = services[service].releases.count - 1
    }
    if let text {
      var note = ReleaseNote(
        version: version, service: nil, body: .markdown(text, plain: text.description), markdown: Array(text.description.utf8))
      change(&note)
      services[service].releases[index].note = Located(note, file: "note.md", position: Position(line: 1, column: 1))
    }
    return index
  }

  mutating func cell(in environment: Int, of service: Int = 0, _ change: (inout Cell) -> Void) {
    change(&histories[service][environment].cell)
  }

  /// A release that waits for a person at the gate before `environment`.
  mutating func wait(
    _ version: String, for environment: Int, since: String, of service: Int = 0,
    allowed: [String] = ["Ines Rocha", "Jonas Weil"],
    brings: [String] = [], holds: [Waiting.Hold] = [], kind: Gate.Kind = .human, id: String? = nil
  ) {
    let deployment = deploy(version, to: environment, at: since, of: service, state: .waiting, id: id)
    cell(in: environment, of: service) { cell in
      cell.way = .gated
      cell.waiting.append(
        Waiting(
          deployment: deployment, gate: Gate(kind: kind, state: .waiting), version: version, since: CatalogSketch.time(since),
          allowed: allowed, brings: brings, holds: holds, lastDecision: nil))
    }
  }

  mutating func incident(
    _ id: String, _ state: IncidentRecord.State, at: String = "2026-03-28 22:00",
    change: (inout IncidentRecord) -> Void = { _ in }
  ) {
    var record = IncidentRecord(id: id, state: state)
    record.title = "Search is slow"
    record.startedAt = CatalogSketch.time(at)
    change(&record)
    let effects = record.affects.map { effect in
      Incident.Effect(
        effect, service: services.firstIndex { $0.key == effect.service },
        environment: environments.firstIndex { $0.key == effect.environment })
    }
    incidents.append(
      Incident(
        record: record, service: nil, environment: nil, effects: effects, causedBy: [], fixedBy: [], file: "incident.md"))
  }

  /// An entry of the changelog, which is kept newest first.
  mutating func entry(
    _ kind: ChangelogEntry.Kind, _ deployment: Int, in environment: Int, of service: Int = 0,
    change: (inout ChangelogEntry) -> Void = { _ in }
  ) {
    let record = services[service].deployments[deployment]
    var entry = ChangelogEntry(
      deployment: deployment, kind: kind, from: record.from, to: record.version, at: record.finishedAt ?? asOf)
    change(&entry)
    let older = histories[service][environment].changelog.entries
    histories[service][environment].changelog = Changelog(entries: [entry] + older)
  }

  /// A service makes its look-ups when it is made.
  private func withLookUps(_ service: Service) -> Service {
    Service(
      key: service.key, name: service.name, group: service.group, repository: service.repository, runs: service.runs,
      deployments: service.deployments, releases: service.releases)
  }

  var catalog: Catalog {
    Catalog(
      configuration: configuration, asOf: asOf, newestRecord: services.flatMap(\.deployments).compactMap(\.finishedAt).max(),
      environments: environments, services: services.map(withLookUps), histories: histories, incidents: incidents,
      account: account,
      introduction: introduction)
  }
}

extension CatalogSketch {
  /// The built-in theme, read from the repository.
  static let theme: Parsed<Theme?> = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../templates")
      .standardized
    var files: [String: Source] = [:]
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    for path in paths where path.hasSuffix(".mustache") || path.hasPrefix("assets/") {
      guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path) else { continue }
      files[path] = Source(file: path, bytes: Array(data))
    }
    return Theme.load(files)
  }()

  struct NoTheme: Error {}

  func edition() throws -> Edition {
    guard let theme = CatalogSketch.theme.value else { throw NoTheme() }
    let map = SiteMap.plan(catalog, assets: theme.assets.map(\.path), schemas: [])
    return Edition(catalog: catalog, map: map.value, phrasebook: theme.phrasebook, assets: theme.paths, diagnostics: [])
  }

  /// The page as it would be published; empty where there is none.
  func page(_ page: HTMLPage) throws -> String { try CatalogSketch.text(of: edition()) { $0.page == .html(page) } }

  /// The file as it would be published; empty where there is none.
  func file(_ file: MachineFile) throws -> String { try CatalogSketch.text(of: edition()) { $0.page == .machine(file) } }

  /// The first file of an edition that is meant.
  static func text(of edition: Edition, _ isMeant: (PagePlan) -> Bool) throws -> String {
    guard let theme = theme.value else { throw NoTheme() }
    guard let plan = edition.map.plans.first(where: isMeant) else { return "" }
    var bytes: [UInt8] = []
    switch plan.page {
    case .html(let page): theme.render(page, at: plan.path, of: edition, into: &bytes)
    case .machine(let file): MachinePages(edition).render(file, at: plan.path, into: &bytes)
    case .verbatim: break
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Fragment {
  /// A heading as the Markdown room makes it. `name`: as a place.
  static func heading(_ level: Int, _ words: String, name: String? = nil) -> Fragment {
    let anchor: Fragment = name.map { "\(.anchor($0))" } ?? ""
    return "<h\(.headingStart(level: level))\(anchor)>\(literal: words)</h\(.headingEnd(level: level))>"
  }
}

extension Fragment.Interpolation {
  mutating func appendInterpolation(literal markup: String) { appendLiteral(markup) }
}

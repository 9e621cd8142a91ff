import Diagnostics
import Foundation
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

/// A site for the tests of its pages: records and notes in, and out the catalog that the join makes of them. Services and environments
/// go by their place in the configuration, which declares all of them.
struct CatalogSketch {
  private(set) var story = Story(environments: [])

  var configuration: Configuration {
    get { story.configuration }
    set { story.configuration = newValue }
  }
  var asOf: Timestamp {
    get { story.asOf }
    set { story.asOf = newValue }
  }
  var introduction: Prose? {
    get { story.input.introduction }
    set { story.input.introduction = newValue }
  }
  /// Of what was read before the join.
  var account: Account {
    get { story.input.account }
    set { story.input.account = newValue }
  }

  /// `environments`: key and tier, in promotion order.
  init(
    environments: [(key: String, tier: Tier)] = [("staging", .staging), ("production", .production)], services: [String] = []
  ) {
    asOf = CatalogSketch.time("2026-03-31 09:40")
    configuration.site.name = "Acme releases"
    configuration.environments = environments.map { place in
      var environment = Configuration.Environment(key: place.key)
      (environment.name, environment.tier) = (place.key.capitalized, place.tier)
      return environment
    }
    for key in services { addService(key) }
  }

  /// `2026-03-26 10:31` in UTC.
  static func time(_ text: String) -> Timestamp {
    let formatter = ISO8601DateFormatter()
    let date = formatter.date(from: text.replacingOccurrences(of: " ", with: "T") + ":00Z")
    return Timestamp(seconds: Int64(date?.timeIntervalSince1970 ?? 0))
  }

  mutating func addService(_ key: String) { configuration.services.append(Configuration.Service(key: key)) }

  /// A deployment that ended at `at`, or began there and goes on, or asked for a decision. It stands alone unless there are gates: then it
  /// is of a run with its id. What it is called where it is not said: `<version>-<environment>`. Gives its id.
  @discardableResult
  mutating func deploy(
    _ version: String, to environment: Int, at: String, of service: Int = 0, state: State = .succeeded, id: String? = nil,
    gates: [Gate] = [], change: (inout DeploymentRecord) -> Void = { _ in }
  ) -> String {
    let (time, place) = (CatalogSketch.time(at), configuration.environments[environment].key)
    var deployment = DeploymentRecord(environment: .init(name: place))
    let id = id ?? newID("\(version)-\(place)")
    (deployment.id, deployment.state) = (id, state)
    deployment.service = configuration.services[service].key
    deployment.version = VersionLabel(name: version)
    if state.isTerminal {
      (deployment.startedAt, deployment.finishedAt) = (time.adding(seconds: -125), time)
    } else if state == .running {
      deployment.startedAt = time
    }
    change(&deployment)
    story.add(deployment)
    guard !gates.isEmpty else { return id }
    run(id, state, version: version, of: service, deployments: [id]) { run in
      (run.actor, run.commit) = (deployment.actor, deployment.commit)
      run.gates = gates.map { gate in
        var gate = gate
        gate.environment = place
        return gate
      }
    }
    return id
  }

  private func newID(_ base: String) -> String {
    let taken = Set(story.input.deployments.compactMap(\.value.id))
    var (id, count) = (base, 1)
    while taken.contains(id) { (id, count) = ("\(base)-\(count + 1)", count + 1) }
    return id
  }

  /// A release that waits for a person at the gate before `environment`; `besides`: other gates of its run. Gives the id of its deployment.
  @discardableResult
  mutating func wait(
    _ version: String, for environment: Int, since: String, of service: Int = 0,
    allowed: [String] = ["Ines Rocha", "Jonas Weil"], kind: Gate.Kind = .human, besides others: [Gate] = [], id: String? = nil,
    change: (inout DeploymentRecord) -> Void = { _ in }
  ) -> String {
    var gate = Gate(kind: kind, state: .waiting)
    gate.requestedAt = CatalogSketch.time(since)
    gate.allowed = allowed
    return deploy(
      version, to: environment, at: since, of: service, state: .waiting, id: id, gates: [gate] + others, change: change)
  }

  /// A run; `deployments`: ids of those that it made.
  mutating func run(
    _ id: String, number: Int? = nil, _ state: State = .succeeded, version: String? = nil, of service: Int = 0,
    deployments: [String] = [], change: (inout RunRecord) -> Void = { _ in }
  ) {
    var run = RunRecord(id: id, state: state)
    run.number = number
    run.service = configuration.services[service].key
    run.version = version.map { VersionLabel(name: $0) }
    change(&run)
    story.add(run)
    guard !deployments.isEmpty else { return }
    for index in story.input.deployments.indices {
      guard let name = story.input.deployments[index].value.id, deployments.contains(name),
        story.input.deployments[index].value.service == run.service
      else { continue }
      story.input.deployments[index].value.run = id
    }
  }

  /// The note of a release, in a file of its own.
  mutating func note(
    _ version: String?, _ text: Fragment, of service: Int = 0, change: (inout ReleaseNote) -> Void = { _ in }
  ) {
    story.note(
      version, service: configuration.services[service].key, file: "\(service)/\(version ?? "unreleased").md",
      body: text.description
    ) { note in
      note.body = .markdown(text, plain: text.description)
      change(&note)
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
    story.add(record)
  }

  var catalog: Catalog { story.joined().catalog }
}

extension Gate {
  /// The gate of a person, asked for and approved.
  static func approved(by name: String, asked: String, at decided: String, comment: String? = nil) -> Gate {
    var gate = Gate(kind: .human, state: .approved)
    gate.requestedAt = CatalogSketch.time(asked)
    gate.decisions = [Decision(by: name, at: CatalogSketch.time(decided), decision: "approved", comment: comment)]
    return gate
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
    let catalog = catalog
    let map = SiteMap.plan(catalog, assets: theme.assets.map(\.path), schemas: [])
    return Edition(catalog: catalog, map: map.value, phrasebook: theme.phrasebook, assets: theme.paths, diagnostics: [])
  }

  /// The page as it would be published; empty where there is none.
  func page(_ page: HTMLPage) throws -> String { try self.page { _ in page } }

  func page(deployment id: String, of service: Int = 0) throws -> String {
    try page { .deployment(service: service, deployment: try #require($0.services[service].deployment(id: id))) }
  }

  func page(release version: String, of service: Int = 0) throws -> String {
    try page { .release(service: service, release: try #require($0.services[service].release(version: version))) }
  }

  func page(run id: String, of service: Int = 0) throws -> String {
    try page { catalog in
      .run(service: service, run: try #require(catalog.services[service].runs.firstIndex { $0.record.id == id }))
    }
  }

  private func page(_ choose: (Catalog) throws -> HTMLPage) throws -> String {
    let edition = try edition()
    let page = try choose(edition.catalog)
    return try CatalogSketch.text(of: edition) { $0.page == .html(page) }
  }

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

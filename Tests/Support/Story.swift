import Diagnostics
import Joining
package import Records
package import Releases
package import Time

/// A small world for tests: records and notes are added in any order and joined, as the program does.
package struct Story {
  package var input = CatalogInput()
  package var configuration = Configuration()
  package var asOf = minute(100_000)
  private var line = 0

  package init(environments: [String] = ["staging", "production"]) {
    configuration.environments = environments.map { Configuration.Environment(key: $0) }
  }

  package static let start: Int64 = 1_767_225_600  // 2026-01-01T00:00:00Z

  package mutating func add(_ run: RunRecord) {
    line += 1
    input.runs.append(Located(run, file: "runs/a.jsonl", position: Position(line: line, column: 1)))
  }

  package mutating func add(_ deployment: DeploymentRecord) {
    line += 1
    input.deployments.append(Located(deployment, file: "runs/a.jsonl", position: Position(line: line, column: 1)))
  }

  package mutating func add(_ incident: IncidentRecord) {
    line += 1
    input.incidents.append(Located(incident, file: "incidents/\(incident.id).md", position: Position(line: 1, column: 1)))
  }

  /// A run that deploys one version to one environment. Times are minutes after the start of the story.
  @discardableResult
  package mutating func deploy(
    _ version: String, to environment: String = "production", _ state: State = .succeeded, run number: Int? = nil,
    started: Int? = nil, at finish: Int? = nil, sha: String? = nil, service: String = "shop", pipeline: String = "main",
    change: (inout RunRecord, inout DeploymentRecord) -> Void = { _, _ in }
  ) -> RunRecord {
    let number = number ?? input.runs.count + 1
    let finish = finish ?? (input.runs.count + 1) * 10
    var run = RunRecord(id: String(number), state: state)
    run.service = service
    run.repository = "acme/\(service)"
    run.pipeline = pipeline
    run.number = number
    run.createdAt = minute(finish - 6)
    run.version = VersionLabel(name: version)
    if let sha { run.commit = Change(sha: sha) }
    var deployment = DeploymentRecord(environment: .init(name: environment))
    deployment.state = state
    if state != .waiting, state != .queued, state != .skipped { deployment.startedAt = minute(started ?? finish - 5) }
    if state.isTerminal { deployment.finishedAt = minute(finish) }
    change(&run, &deployment)
    run.deployments = [deployment]
    add(run)
    return run
  }

  /// A note in one changelog, in the order of the calls.
  package mutating func note(
    _ version: String?, on date: String? = nil, service: String = "shop", file: String? = nil, body: String = "words",
    change: (inout ReleaseNote) -> Void = { _ in }
  ) {
    line += 1
    var note = ReleaseNote(version: version, service: service, body: .text(body), markdown: Array(body.utf8))
    note.date = date.flatMap(day)
    change(&note)
    let place = Position(line: line, column: 1)
    input.notes.append(Located(note, file: file ?? "releases/\(service)/CHANGELOG.md", position: place))
  }

  package func joined() -> Joined { Catalog.join(input, configuration: configuration, asOf: asOf) }
  package func view(_ environment: String = "production", service: String = "shop") -> View {
    View(joined(), service: service, environment: environment)
  }
}

/// One service and environment of a joined story.
package struct View {
  package let joined: Joined
  package let service: Service
  package let history: History

  package init(_ joined: Joined, service key: String, environment: String) {
    self.joined = joined
    let catalog = joined.catalog
    let number = catalog.services.firstIndex { $0.key == key } ?? 0
    service = catalog.services[number]
    history = catalog.histories[number][catalog.environments.firstIndex { $0.key == environment } ?? 0]
  }

  package var cell: Cell { history.cell }
  package var deployments: [Deployment] { history.deployments.map { service.deployments[$0] } }
  package var kinds: [Deployment.Kind?] { deployments.filter { $0.state == .succeeded }.map(\.kind) }
  package var entries: [ChangelogEntry] { history.changelog.entries }
  package var current: String? { cell.current.map { service.deployments[$0].version } }
  package var previous: String? { cell.previous.map { service.deployments[$0].version } }
  /// Version and state of the last attempt.
  package var lastAttempt: String? {
    cell.lastAttempt.map { "\(service.deployments[$0].version) \(service.deployments[$0].state)" }
  }
  package var messages: [String] { joined.diagnostics.map(\.message.id) }
}

package func minute(_ minutes: Int) -> Timestamp { Timestamp(seconds: Story.start + Int64(minutes) * 60) }

package func day(_ text: String) -> CivilDate? {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
}

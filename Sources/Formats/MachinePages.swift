import Documents
package import Plan
import Releases
import Time

/// The files that programs read: JSON, feeds, badges, plain text.
package struct MachinePages: Sendable {
  private let edition: Edition
  /// Two files hold it.
  private let search: SearchIndex

  package init(_ edition: Edition) {
    self.edition = edition
    search = SearchIndex(edition.catalog, edition.map, in: edition.phrasebook)
  }

  /// Appends the bytes of a file to `output`. `path`: where it stands, relative to the output folder.
  package func render(_ file: MachineFile, at path: String, into output: inout [UInt8]) {
    switch file {
    case .statusText: output += StatusText(edition.catalog, edition.verdict).bytes
    case .searchJSON: search.write(into: &output)
    case .searchScript:
      output += "window.tidemarkSearch = ".utf8
      search.writeObject(into: &output)
      output += ";\n".utf8
    case .asOfScript: output += "window.tidemarkAsOf = \"\(Timestamp(seconds: edition.catalog.asOf.seconds))\";\n".utf8
    case .sitemap: writeSitemap(edition, into: &output)
    case .robots: writeRobots(edition, into: &output)
    case .calendar: Calendar(edition.catalog).write(into: &output)
    case .atomFeed(let scope): AtomFeed(Feed(scope, at: path, of: edition)).write(into: &output)
    case .jsonFeed(let scope): JSONFeed(Feed(scope, at: path, of: edition)).write(into: &output)
    case .auditCSV(let month): AuditFile(edition, month).writeCSV(into: &output)
    case .auditJSON(let month): AuditFile(edition, month).write(into: &output)
    case .badge(let service, let environment): Badge(edition.catalog, service, environment).writeSVG(into: &output)
    case .badgeJSON(let service, let environment): Badge(edition.catalog, service, environment).writeJSON(into: &output)
    case .apiSummary: SummaryFile(catalog: edition.catalog, verdict: edition.verdict).write(into: &output)
    case .apiEnvironments: EnvironmentsFile(catalog: edition.catalog).write(into: &output)
    case .apiPending: PendingFile(catalog: edition.catalog).write(into: &output)
    case .apiIncidents: IncidentsFile(catalog: edition.catalog).write(into: &output)
    case .apiMetrics: MetricsFile(edition: edition).write(into: &output)
    case .apiBuild: BuildFile(edition: edition).write(into: &output)
    case .apiDeployments(let service, let environment):
      DeploymentsFile(edition: edition, service: service, environment: environment).write(into: &output)
    case .apiChangelog(let service, let environment):
      ChangelogFile(edition.catalog, service: service, environment: environment).write(into: &output)
    case .apiReleases(let service): ReleasesFile(edition.catalog, service: service).write(into: &output)
    case .apiRuns(let service): RunsFile(edition: edition, number: service).write(into: &output)
    case .apiCompare(let service, let upstream, let downstream):
      CompareFile(edition.catalog, service: service, upstream: upstream, downstream: downstream).write(into: &output)
    case .apiSchema(let name): output += edition.schemas[name] ?? []
    }
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Int?) {
    key(name)
    int(value)
  }

  mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// RFC 3339, UTC.
  mutating func member(_ name: String, _ value: Timestamp?) { member(name, value?.description) }

  mutating func member(_ name: String, _ values: [String]) {
    key(name)
    strings(values)
  }

  /// An object, or null.
  mutating func member<Value>(_ name: String, _ value: Value?, _ body: (inout JSONWriter, Value) -> Void) {
    key(name)
    guard let value else { return null() }
    object { body(&$0, value) }
  }

  /// An array of objects.
  mutating func member<Value>(_ name: String, each values: some Sequence<Value>, _ body: (inout JSONWriter, Value) -> Void) {
    key(name)
    array(values) { json, value in json.object { body(&$0, value) } }
  }
}

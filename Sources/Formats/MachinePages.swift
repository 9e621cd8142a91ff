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
    case .searchJSON: writeJSON(into: &output, search.write)
    case .searchScript:
      output += "window.tidemarkSearch = ".utf8
      search.write(into: &output)
      output += ";\n".utf8
    case .asOfScript: output += "window.tidemarkAsOf = \"\(Timestamp(seconds: edition.catalog.asOf.seconds))\";\n".utf8
    case .sitemap: writeSitemap(edition, into: &output)
    case .robots: writeRobots(edition, into: &output)
    case .calendar: Calendar(edition.catalog).write(into: &output)
    case .atomFeed(let scope): AtomFeed(Feed(scope, at: path, of: edition)).write(into: &output)
    case .jsonFeed(let scope): JSONFeed(Feed(scope, at: path, of: edition)).write(into: &output)
    case .auditCSV(let month): AuditFile(edition, month).writeCSV(into: &output)
    case .auditJSON(let month): writeJSON(into: &output) { AuditFile(edition, month).write(&$0) }
    case .badge(let service, let environment): Badge(edition.catalog, service, environment).writeSVG(into: &output)
    case .badgeJSON(let service, let environment): Badge(edition.catalog, service, environment).writeJSON(into: &output)
    case .apiSummary: writeJSON(into: &output) { edition.catalog.writeSummary(&$0, edition.verdict) }
    case .apiEnvironments: writeJSON(into: &output, edition.catalog.writeEnvironments)
    case .apiPending: writeJSON(into: &output, edition.catalog.writePending)
    case .apiIncidents: writeJSON(into: &output, edition.catalog.writeIncidents)
    case .apiMetrics: writeJSON(into: &output, edition.writeMetrics)
    case .apiBuild: writeJSON(into: &output, edition.writeBuild)
    case .apiDeployments(let service, let environment):
      writeJSON(into: &output) { edition.writeDeployments(service, environment, &$0) }
    case .apiChangelog(let service, let environment):
      writeJSON(into: &output) { edition.writeChangelog(service, environment, &$0) }
    case .apiReleases(let service): writeJSON(into: &output) { edition.writeReleases(service, &$0) }
    case .apiRuns(let service): writeJSON(into: &output) { edition.writeRuns(service, &$0) }
    case .apiCompare(let service, let upstream, let downstream):
      writeJSON(into: &output) { edition.catalog.writeComparison(service, upstream, downstream, &$0) }
    case .apiSchema(let name): output += edition.schemas[name] ?? []
    }
  }
}

/// A file of the JSON interface (api.md): one object that begins with its schema's name, and one line.
private func writeJSON(into output: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
  var json = JSONWriter(into: output)
  output = []
  json.object { members(&$0) }
  output = json.bytes
  output.append(0x0A)
}

extension JSONWriter {
  /// The first member of every file of the interface.
  mutating func schema(_ name: String) { member("schema", "tidemark/\(name)/1") }

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

  /// A length of time, in seconds: to the thousandth.
  mutating func member(_ name: String, seconds value: Double?) {
    key(name)
    double(value, parts: 1_000)
  }

  /// A fraction, or how often something happens: six digits.
  mutating func member(_ name: String, rate value: Double?) {
    key(name)
    double(value, parts: 1_000_000)
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

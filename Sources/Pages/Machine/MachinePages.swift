import Documents
import Releases

/// The files that programs read: JSON, feeds, badges, plain text.
func renderForMachines(_ plan: PagePlan, of edition: Edition, into output: inout [UInt8]) {
  switch plan.page {
  case .statusText: output += StatusText(edition.catalog, edition.verdict).bytes
  case .searchScript:
    output += "window.tidemarkSearch = ".utf8
    edition.search.write(into: &output)
    output += ";\n".utf8
  case .asOfScript: output += "window.tidemarkAsOf = \"\(Timestamp(seconds: edition.catalog.asOf.seconds))\";\n".utf8
  case .sitemap: writeSitemap(edition, into: &output)
  case .robots: writeRobots(edition, into: &output)
  case .calendar: Calendar(edition.catalog).write(into: &output)
  case .feedAtom, .environmentFeedAtom, .incidentFeedAtom: AtomFeed(Feed(plan, of: edition)).write(into: &output)
  case .feedJSON, .environmentFeedJSON, .incidentFeedJSON: JSONFeed(Feed(plan, of: edition)).write(into: &output)
  case .auditCSV(let month): AuditMonth(edition, month).writeCSV(into: &output)
  case .badge(let service, let environment): Badge(edition.catalog, service, environment).writeSVG(into: &output)
  case .badgeJSON(let service, let environment): Badge(edition.catalog, service, environment).writeJSON(into: &output)
  default: writeAPI(plan.page, of: edition, into: &output)
  }
}

/// The JSON interface (api.md). Each file is one object that begins with its schema's name, and one line.
private func writeAPI(_ page: Page, of edition: Edition, into output: inout [UInt8]) {
  if case .apiSchema(let name) = page {
    output += edition.schemas[name] ?? []
    return
  }
  var json = JSONWriter(into: output)
  output = []
  json.object { json in
    switch page {
    case .apiSummary: edition.catalog.writeSummary(&json, edition.verdict)
    case .apiEnvironments: edition.catalog.writeEnvironments(&json)
    case .apiPending: edition.catalog.writePending(&json)
    case .apiIncidents: edition.catalog.writeIncidents(&json)
    case .apiMetrics: edition.writeMetrics(&json)
    case .apiBuild: edition.writeBuild(&json)
    case .apiDeployments(let service, let environment): edition.writeDeployments(service, environment, &json)
    case .apiChangelog(let service, let environment): edition.writeChangelog(service, environment, &json)
    case .apiReleases(let service): edition.writeReleases(service, &json)
    case .apiRuns(let service): edition.writeRuns(service, &json)
    case .apiCompare(let service, let upstream, let downstream):
      edition.catalog.writeComparison(service, upstream, downstream, &json)
    case .searchJSON: edition.search.write(&json)
    case .auditJSON(let month): AuditMonth(edition, month).write(&json)
    default: break
    }
  }
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

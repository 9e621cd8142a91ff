import Content
import Diagnostics
import Documents
import Glibc
import Joining
import Providers
import Records
import Releases
import Template
import TestReports
import Time

/// A reader, and what must hold whatever it is given: a broken promise ends the process as a crash does.
enum FuzzTarget {
  case json, yaml, configuration, notes, template, junit
  /// `content/runs/`: a provider's payloads, or canonical records.
  case records(provider: String?)

  private static let plain: [(name: String, target: FuzzTarget)] = [
    ("json", .json), ("yaml", .yaml), ("junit", .junit), ("configuration", .configuration), ("notes", .notes),
    ("template", .template),
    ("canonical", .records(provider: nil)),
  ]
  static let names = plain.map(\.name) + knownProviders

  init?(_ name: String) {
    if let known = FuzzTarget.plain.first(where: { $0.name == name })?.target {
      self = known
    } else if knownProviders.contains(name) {
      self = .records(provider: name)
    } else {
      return nil
    }
  }

  func read(_ bytes: [UInt8]) {
    switch self {
    case .json:
      let source = Source(file: "a.json", bytes: bytes)
      let parsed = readJSON(source)
      parsed.value.forEach(walk)
      check(parsed.diagnostics)
      check(jsonLines(source).allSatisfy { !$0.isEmpty })
    case .yaml:
      let parsed = readYAML(Source(file: "a.yml", bytes: bytes))
      parsed.value.map(walk)
      check(parsed.diagnostics)
    case .junit:
      let parsed = readTestReport(Source(file: "a.xml", bytes: bytes))
      check(parsed.diagnostics)
      check((parsed.value == nil) == !parsed.diagnostics.isEmpty)
      if let counts = parsed.value?.value { check(counts) }
    case .configuration:
      check(readConfiguration(Source(file: "tidemark.yml", bytes: bytes), zone: { _ in nil }).diagnostics)
    case .notes:
      let source = Source(file: "1.4.0.md", bytes: bytes)
      check(readReleaseNote(source, path: "shop/1.4.0.md").diagnostics)
      check(readIncident(source, path: "1.md").diagnostics)
      check(readTextPage(source).diagnostics)
    case .template:
      let library = TemplateLibrary(["a.mustache": Source(file: "a.mustache", bytes: bytes)])
      let parsed = library.compile("a.mustache", for: FuzzPage.self)
      check(parsed.diagnostics)
      check((parsed.value == nil) == !parsed.diagnostics.isEmpty)
      var output: [UInt8] = []
      parsed.value?.render(.sample, into: &output)
    case .records(let provider): readRuns(bytes, provider)
    }
  }

  // MARK: Promises

  private func check(_ promise: Bool, line: UInt = #line) {
    if promise { return }
    fflush(nil)
    fatalError("the promise of line \(line) is broken")
  }

  private func check(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      check(!diagnostic.message.text.isEmpty && diagnostic.position.map { $0.line > 0 && $0.column > 0 } ?? true)
    }
  }

  private func check(_ counts: TestCounts) {
    check(counts.passed >= 0 && counts.failed >= 0 && counts.skipped >= 0 && counts.flaky >= 0 && counts.flaky <= counts.passed)
    check(counts.total == counts.passed + counts.failed + counts.skipped)
    check(counts.seconds.map { $0.isFinite && $0 >= 0 } ?? true)
  }

  private func walk(_ node: Node) {
    check(node.position.line > 0)
    switch node.kind {
    case .object: node.members.forEach { walk($0.value) }
    case .array: node.elements.forEach(walk)
    case .string: check(node.string != nil)
    case .number: check(node.numberText != nil)
    case .bool: check(node.bool != nil)
    case .null: check(node.isNull)
    }
  }

  private func readBack(_ records: [CanonicalRecord]) -> [CanonicalRecord] {
    let bytes = records.map { $0.json + [0x0A] }.joined()
    let file = readRecords(Source(file: "c.jsonl", bytes: Array(bytes)))
    check(!file.diagnostics.contains { $0.severity == .error }, showing: records, [])
    return joinRecords([file]).canonicalRecords(Configuration())
  }

  private func check(_ promise: Bool, showing records: [CanonicalRecord], _ others: [CanonicalRecord], line: UInt = #line) {
    if promise { return }
    for record in records { print("<", String(decoding: record.json, as: UTF8.self)) }
    for record in others { print(">", String(decoding: record.json, as: UTF8.self)) }
    check(false, line: line)
  }

  /// Files of a folder, which a byte 1E separates; the second one is YAML.
  private func readRuns(_ bytes: [UInt8], _ provider: String?) {
    let parts = bytes.split(separator: 0x1E, maxSplits: 3, omittingEmptySubsequences: false)
    let files = parts.enumerated().map { index, part in
      readRecords(Source(file: index == 1 ? "b.yml" : "\(index).json", bytes: Array(part)), provider: provider)
    }
    files.forEach { check($0.diagnostics) }
    let set = joinRecords(files)
    check(set.account.skipped.count == set.account.records.skipped)
    check(set.account.skipped.allSatisfy { !$0.reason.isEmpty && $0.record?.isEmpty == false })
    check(joinRecords(files.reversed()) == set)
    // What is written is read as it was meant.
    let written = set.canonicalRecords(Configuration())
    let again = readBack(written)
    // Two payloads may claim to be one run: one of them is kept then.
    let known = Set(written.map(\.json))
    check(again.allSatisfy { known.contains($0.json) }, showing: written, again)
    check(Set(again.map(\.identity)) == Set(written.map(\.identity)), showing: written, again)
    var input = CatalogInput()
    (input.runs, input.deployments, input.incidents) = (set.runs, set.deployments, set.incidents)
    let catalog = Catalog.join(input, configuration: Configuration(), asOf: Timestamp(seconds: 1_774_950_000)).catalog
    check(catalog.services.allSatisfy { !$0.key.isEmpty })
  }
}

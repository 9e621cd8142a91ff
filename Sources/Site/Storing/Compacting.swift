package import Diagnostics
import Documents
import Providers
import Records
package import Time

/// What `tidemark compact` is asked to do.
package struct CompactOptions: Sendable {
  package var content = "content"
  /// Months before that of this time, in UTC, are closed.
  package var asOf: Timestamp

  package init(asOf: Timestamp) { self.asOf = asOf }
}

package struct CompactResult: Sendable {
  package enum Status: Hashable, Sendable {
    case done
    /// The content folder or its configuration cannot be used.
    case configuration
    /// A file cannot be written or removed.
    case output
  }

  package var status = Status.done
  /// In printed order.
  package var diagnostics: [Diagnostic] = []
  /// The files that hold a month each now, with the content folder.
  package var months: [String] = []
  /// How many files were folded into them.
  package var folded = 0

  package var errors: Int { diagnostics.count { $0.severity == .error } }
}

/// Folds each closed month of stored records, `<service>/<year>/<month>/*.json`, into one file, `<month>.jsonl`. A build reads the same
/// from it. What is no sound canonical record stays as it is: payloads mean something together and by their place.
package func compactRecords(_ options: CompactOptions) -> CompactResult {
  var result = CompactResult()
  do throws(FileSystem.Failure) {
    guard FileSystem.kindFollowingLinks(options.content) == .folder else {
      result.status = .configuration
      result.diagnostics.append(Diagnostic(.error, .noContent(options.content)))
      return result
    }
    let parsed = try ConfigurationFile.read(in: options.content)
    if let faults = parsed?.diagnostics.filter({ $0.severity == .error }), !faults.isEmpty {
      result.status = .configuration
      result.diagnostics = faults
      return result
    }
    guard FileSystem.kindFollowingLinks(options.content + "/runs") == .folder else { return result }
    let lock = try FolderLock(waitingFor: options.content + "/runs")
    let compacting = Compacting(content: options.content, configuration: parsed?.value ?? Configuration())
    for (folder, files) in try compacting.closedMonths(before: options.asOf) { try compacting.fold(folder, files, &result) }
    lock.release()
  } catch {
    result.status = .output
    result.diagnostics.append(Diagnostic(.error, .unwritable(error.reason), file: error.path))
  }
  result.diagnostics.sort(by: Diagnostic.inPrintedOrder)
  return result
}

private struct Compacting {
  let content: String
  let configuration: Configuration

  /// The folders of closed months, relative to the content folder, and the names of the JSON files in each.
  func closedMonths(before time: Timestamp) throws(FileSystem.Failure) -> [(folder: String, files: [String])] {
    let now = Zone.utc.civil(time).date
    var months: [(folder: String, files: [String])] = []
    for path in try ContentFolder.list(content) where path.hasPrefix("runs/") && path.lowercased().hasSuffix(".json") {
      let parts = path.split(separator: "/").map(String.init)
      guard parts.count >= 5, ContentFolder.role(of: path) == .record else { continue }
      guard let month = Compacting.number(parts[parts.count - 2], digits: 2), (1...12).contains(month),
        let year = Compacting.number(parts[parts.count - 3], digits: 4), (year, month) < (now.year, now.month)
      else { continue }
      let folder = parts.dropLast().joined(separator: "/")
      if months.last?.folder != folder { months.append((folder, [])) }
      months[months.count - 1].files.append(parts[parts.count - 1])
    }
    return months
  }

  private static func number(_ text: String, digits: Int) -> Int? {
    text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// Writes the month's file before it removes what it holds: whatever happens between, every record is there, and twice means once.
  func fold(_ folder: String, _ files: [String], _ result: inout CompactResult) throws(FileSystem.Failure) {
    let target = folder + ".jsonl"
    let path = content + "/" + target
    var lines: [[UInt8]] = []
    let old = FileSystem.kindFollowingLinks(path) == .file ? try FileSystem.read(path) : []
    if !old.isEmpty {
      let source = Source(file: target, bytes: old)
      guard readRecords(source).canonicalRecords(configuration) != nil else {
        result.diagnostics.append(Diagnostic(.warning, .monthNotCompacted, file: path))
        return
      }
      lines = jsonLines(source)
    }
    var known = Set(lines)
    var folded: [String] = []
    let reports = try testReports(in: folder)
    for name in files {
      let file = folder + "/" + name
      let source = Source(file: file, bytes: try FileSystem.read(content + "/" + file))
      guard let reason = reasonToStay(source, besides: target, reports) else {
        for line in jsonLines(source) where known.insert(line).inserted { lines.append(line) }
        folded.append(file)
        continue
      }
      result.diagnostics.append(Diagnostic(.warning, .notCompacted(reason), file: content + "/" + file))
    }
    guard !folded.isEmpty else { return }
    let bytes = Array(lines.joined(separator: [0x0A])) + [0x0A]
    if bytes != old { try FileSystem.replace(path, with: bytes) }
    for file in folded { try FileSystem.removeFile(content + "/" + file) }
    _ = FileSystem.removeEmptyFolder(content + "/" + folder)
    result.months.append(path)
    result.folded += folded.count
  }

  /// The test reports in a month's folder, by their paths.
  private func testReports(in folder: String) throws(FileSystem.Failure) -> [String] {
    try ContentFolder.list(content + "/" + folder).map { folder + "/" + $0 }
      .filter { ContentFolder.role(of: $0) == .testReport }
  }

  /// Why a file cannot be folded into another one without changing what a build makes of it; nil if it can.
  private func reasonToStay(_ source: Source, besides target: String, _ reports: [String]) -> String? {
    let file = readRecords(source)
    guard file.canonicalRecords(configuration) != nil else {
      return "it holds something else than sound canonical records; 'tidemark import' makes them of payloads"
    }
    let runs = joinRecords([file]).runs
    let names = TestsBesideRuns(runs)
    let isTold = reports.allSatisfy { report in
      guard case .run(let index) = names.run(ofReport: report) else { return names.run(ofReport: report) == .none }
      return TestsBesideRuns.hasStoredName(report, runs[index].value)
    }
    guard isTold else {
      return "the test report beside it knows it by the name of its file"
    }
    let rules = configuration.records.compactMap(\.files).map { Pattern($0, .path) }
    guard rules.allSatisfy({ $0.matches(source.file) == $0.matches(target) }) else {
      return "a records: rule of tidemark.yml is for it and would not be for \(target)"
    }
    return nil
  }
}

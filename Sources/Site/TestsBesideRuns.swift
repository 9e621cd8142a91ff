import Diagnostics
import Documents
import Records
import TestReports

/// Which run a test report belongs to: the one that the record file beside it holds (`128-1.json`, `128-1.xml`, `128-1-unit.xml`,
/// `128-1/unit.xml`), else the one of this folder whose id its name holds (`junit-719643947.xml`). Of several attempts the last one,
/// unless the name tells it.
struct TestsBesideRuns {
  enum Finding: Equatable {
    case run(Int)
    case none
    /// Runs of several services have the id.
    case several
  }

  private let runs: [Located<RunRecord>]
  /// Runs by the path of their file, without its extension.
  private var ofFile: [String: [Int]] = [:]
  /// Runs by their place, their name in it: the folder of their file, or their file where it stands for a folder.
  private var ofName: [Name: [Int]] = [:]
  private var ofID: [Name: [Int]] = [:]

  private struct Name: Hashable {
    let place, text: String
  }

  init(_ runs: [Located<RunRecord>]) {
    self.runs = runs
    for (index, run) in runs.enumerated() {
      let (folder, name) = TestsBesideRuns.split(run.file)
      let file = folder + "/" + TestsBesideRuns.stem(name)
      ofFile[file, default: []].append(index)
      for place in [folder, file] {
        ofName[Name(place: place, text: TestsBesideRuns.storedName(run.value)), default: []].append(index)
        ofID[Name(place: place, text: TestsBesideRuns.words(run.value.id).joined(separator: "-")), default: []].append(index)
      }
    }
  }

  func run(ofReport path: String) -> Finding {
    let (folder, name) = TestsBesideRuns.split(path)
    let stem = TestsBesideRuns.stem(name)
    for part in TestsBesideRuns.beginnings(of: stem) {
      guard let found = ofFile[folder + "/" + part] else { continue }
      if isOneRun(found) { return newest(found) }
      return find(stem, in: folder + "/" + part) ?? .none
    }
    if let found = find(stem, in: folder) { return found }
    // A folder that is named like the file of its run.
    var place = Substring(folder)
    while true {
      if let found = ofFile[String(place)], isOneRun(found) { return newest(found) }
      guard let slash = place.lastIndex(of: "/") else { return .none }
      place = place[..<slash]
    }
  }

  /// By the name that a stored record has, else by the longest id.
  private func find(_ stem: String, in place: String) -> Finding? {
    for part in TestsBesideRuns.beginnings(of: stem.lowercased()) {
      if let found = ofName[Name(place: place, text: part)] { return newest(found) }
    }
    let words = TestsBesideRuns.words(stem)
    for length in stride(from: words.count, to: 0, by: -1) {
      for start in 0...(words.count - length) {
        let id = words[start..<(start + length)].joined(separator: "-")
        guard let found = ofID[Name(place: place, text: id)] else { continue }
        let attempt = start + length < words.count ? Int(words[start + length]) : nil
        let exact = found.filter { runs[$0].value.attempt == attempt }
        return newest(exact.isEmpty ? found : exact)
      }
    }
    return nil
  }

  private func isOneRun(_ found: [Int]) -> Bool {
    found.allSatisfy { runs[$0].value.id == runs[found[0]].value.id }
  }

  private func newest(_ found: [Int]) -> Finding {
    let attempt = found.map { runs[$0].value.attempt }.max()
    let last = found.filter { runs[$0].value.attempt == attempt }
    guard let first = last.first, last.dropFirst().allSatisfy({ isOne(first, $0) }) else { return .several }
    return .run(first)
  }

  /// Whether two records are tellings of one run: in one file, or of one provider.
  private func isOne(_ left: Int, _ right: Int) -> Bool {
    TestsBesideRuns.identity(runs[left].value) == TestsBesideRuns.identity(runs[right].value)
      && (runs[left].file == runs[right].file || runs[left].value.provider != nil)
  }

  private static func identity(_ run: RunRecord) -> [String] {
    [run.provider ?? "", run.repository ?? run.service ?? "", run.id, String(run.attempt)]
  }

  // MARK: Names

  /// Whether a report is found in any file of this place, since its name begins as the run is stored (record.md).
  static func hasStoredName(_ report: String, _ run: RunRecord) -> Bool {
    beginnings(of: stem(split(report).name).lowercased()).contains(storedName(run))
  }

  private static func storedName(_ run: RunRecord) -> String { "\(Slug.of(run.id))-\(run.attempt)" }

  static func split(_ path: String) -> (folder: String, name: Substring) {
    guard let slash = path.lastIndex(of: "/") else { return ("", Substring(path)) }
    return (String(path[..<slash]), path[path.index(after: slash)...])
  }

  static func stem(_ name: Substring) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
    return String(name[..<dot])
  }

  /// `128-1-unit`, `128-1`, `128`.
  private static func beginnings(of stem: String) -> [String] {
    var all = [stem]
    var rest = Substring(stem)
    while let cut = rest.lastIndex(where: { $0 == "-" || $0 == "_" || $0 == "." }) {
      rest = rest[..<cut]
      if !rest.isEmpty { all.append(String(rest)) }
    }
    return all
  }

  /// What is between all that is no letter and no digit. Names are short: the 255 bytes of a file's.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(64).map(String.init)
  }
}

extension TestsBesideRuns {
  /// Gives the reports to their runs, in the order of the reports. What belongs to no run is left out with a warning.
  static func add(_ reports: [Located<TestCounts>], to runs: inout [Located<RunRecord>]) -> (
    lost: [Located<TestCounts>], diagnostics: [Diagnostic]
  ) {
    guard !reports.isEmpty else { return ([], []) }
    let names = TestsBesideRuns(runs)
    var sums: [Int: TestCounts] = [:]
    var lost: [Located<TestCounts>] = []
    var diagnostics: [Diagnostic] = []
    for report in reports {
      switch names.run(ofReport: report.file) {
      case .run(let index): sums[index] = sums[index].map { $0 + report.value } ?? report.value
      case .none:
        lost.append(report)
        diagnostics.append(Diagnostic(.warning, .reportWithoutRun, file: report.file))
      case .several:
        lost.append(report)
        diagnostics.append(Diagnostic(.warning, .reportOfSeveralRuns, file: report.file))
      }
    }
    // What they count holds for every telling of the run.
    let told = sums.filter { runs[$0.key].value.provider != nil }
    let ofRuns = Dictionary(told.map { (identity(runs[$0.key].value), $0.value) }, uniquingKeysWith: +)
    for index in runs.indices {
      guard let sum = sums[index] ?? (ofRuns.isEmpty ? nil : ofRuns[identity(runs[index].value)]) else { continue }
      if let own = runs[index].value.tests, own != sum {
        let run = runs[index]
        diagnostics.append(Diagnostic(.note, .reportOutweighsRecord(run: run.value.id), file: run.file, position: run.position))
      }
      runs[index].value.tests = sum
    }
    return (lost, diagnostics)
  }
}

import Diagnostics
import Documents
import Providers
import Records
import Time

/// A folder that holds one record a file, each of its tellings a line (record.md, rule 5), under `<service>/<year>/<month>/<id>-<attempt>.json`: year and month of creation, else start,
/// else finish, in UTC; `undated` for what has no time; `deployment-<id>.json` and `incident-<id>.json` for what stands alone.
///
/// A record that is told twice is not mixed: the file keeps each telling that says something no other says better, the weightiest first,
/// and a build merges them. So what was stored in any order is what a build would make of all that was ever told. Mostly it is one line:
/// an answer that came later says all that the one before did.
///
/// Whoever stores holds a lock on the folder, so two pipelines on one disk cannot undo each other's work; and since no two runs share a
/// path, two pipelines that commit to one repository do not touch the same file.
struct RecordStore {
  enum Outcome: Hashable {
    case written(path: String)
    /// What is there says all of it already.
    case unchanged(path: String)
    /// It waited for what is waited for no more.
    case removed(path: String)

    var path: String {
      switch self {
      case .written(let path), .unchanged(let path), .removed(let path): path
      }
    }
  }

  private let folder: String
  private let configuration: Configuration
  private let names: DeclaredEnvironments
  /// The tellings that `<month>.jsonl` of a compacted month holds, by the path of that file.
  private var compacted: [String: [CanonicalRecord.Identity: [CanonicalRecord]]] = [:]

  init(folder: String, configuration: Configuration) {
    self.folder = folder
    self.configuration = configuration
    names = DeclaredEnvironments(configuration)
  }

  /// Stores the records, each beside what is stored of it already: an outcome each in their order, then one for each that was removed.
  mutating func store(_ records: [CanonicalRecord]) throws(FileSystem.Failure) -> [Outcome] {
    try FileSystem.makeFolder(folder)
    let lock = try FolderLock(waitingFor: folder)
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(records.count)
    for record in records { outcomes.append(try store(record)) }
    for path in try overtakenWaits(by: records) {
      try FileSystem.removeFile(folder + "/" + path)
      outcomes.append(.removed(path: path))
    }
    lock.release()
    return outcomes
  }

  private mutating func store(_ record: CanonicalRecord) throws(FileSystem.Failure) -> Outcome {
    let month = RecordStore.month(of: record)
    let stem = RecordStore.stem(of: record)
    // The second name is for the rare record whose name another one of its service has, of another provider or repository.
    let marked = stem + "-" + Digest.hex(Array(record.identity.text.utf8), count: 8)
    for name in [stem, marked] {
      let path = "\(month)/\(name).json"
      guard FileSystem.kind(folder + "/" + path) != nil else { return try add(record, path, month: month) }
      let old = try FileSystem.read(folder + "/" + path)
      let stored = tellings(old, path)
      guard !stored.isEmpty, stored.allSatisfy({ $0.identity == record.identity }) else { continue }
      return try write(CanonicalRecord.needed(of: stored + [record], names), path, over: old)
    }
    throw FileSystem.Failure(path: folder + "/" + month + "/" + marked + ".json", code: FileSystem.Failure.exists)
  }

  /// A record of which no file of its own is there; its month may have been compacted.
  private mutating func add(_ record: CanonicalRecord, _ path: String, month: String) throws(FileSystem.Failure) -> Outcome {
    let file = month + ".jsonl"
    if compacted[file] == nil { compacted[file] = try readCompacted(file) }
    let stored = compacted[file]?[record.identity] ?? []
    let needed = CanonicalRecord.needed(of: stored + [record], names)
    return Set(needed).isSubset(of: stored) ? .unchanged(path: file) : try write(needed, path, over: nil)
  }

  private func write(
    _ tellings: [CanonicalRecord], _ path: String, over old: [UInt8]?
  ) throws(FileSystem.Failure) -> Outcome {
    let bytes: [UInt8] = tellings.reduce(into: []) { $0 += $1.json + [0x0A] }
    if bytes == old { return .unchanged(path: path) }
    let whole = folder + "/" + path
    if let slash = whole.lastIndex(of: "/") { try FileSystem.makeFolder(String(whole[..<slash])) }
    try FileSystem.replace(whole, with: bytes)
    return .written(path: path)
  }

  /// What a file holds that holds nothing but sound records.
  private func tellings(_ bytes: [UInt8], _ path: String) -> [CanonicalRecord] {
    readRecords(Source(file: path, bytes: bytes)).canonicalRecords(configuration) ?? []
  }

  private func readCompacted(_ file: String) throws(FileSystem.Failure) -> [CanonicalRecord.Identity: [CanonicalRecord]] {
    guard FileSystem.kindFollowingLinks(folder + "/" + file) == .file else { return [:] }
    return Dictionary(grouping: tellings(try FileSystem.read(folder + "/" + file), file), by: \.identity)
  }

  func tellings(at path: String) throws(FileSystem.Failure) -> [CanonicalRecord] {
    tellings(try FileSystem.read(folder + "/" + path), path)
  }

  func isFolder(_ path: String) -> Bool { FileSystem.kind(folder + "/" + path) == .folder }

  func names(in path: String) throws(FileSystem.Failure) -> [String] { try FileSystem.names(in: folder + "/" + path).sorted() }

  /// Where records of its service are that have no time.
  static func undated(_ record: CanonicalRecord) -> String { (record.service.map(Slug.of) ?? "incidents") + "/undated" }

  /// `<service>/<year>/<month>`.
  private static func month(of record: CanonicalRecord) -> String {
    guard let time = record.time else { return undated(record) }
    let service = record.service.map(Slug.of) ?? "incidents"
    let date = Zone.utc.civil(time).date
    return "\(service)/\(padded(date.year, 4))/\(padded(date.month, 2))"
  }

  private static func stem(of record: CanonicalRecord) -> String {
    Slug.of(record.name) + (record.attempt.map { "-\($0)" } ?? "")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

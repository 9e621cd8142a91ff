/// The keys of what has a short form (record.md). A reader switches over them, so a key that is listed here and not read, or read and
/// not listed, does not compile. The fields of everything else: `Canonical`.
protocol RecordKey: CaseIterable, RawRepresentable<String> {}

extension RecordKey {
  static var words: [String] { allCases.map(\.rawValue) }
}

enum ChangeKey: String, RecordKey { case sha, message, author, committedAt, pullRequest }
enum RefKey: String, RecordKey { case name, type, pullRequest }
enum TriggerKey: String, RecordKey { case type, raw }
enum ActorKey: String, RecordKey { case name, id, kind }
enum VersionKey: String, RecordKey { case name, artifact, digest }
enum TestsKey: String, RecordKey { case total, passed, failed, skipped, flaky, seconds }

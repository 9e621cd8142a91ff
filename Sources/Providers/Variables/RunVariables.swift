import Diagnostics
import Records
import Time

/// A system whose variables tell of the run that reads them.
struct RunVariables: Sendable {
  /// The key of the provider, as its payloads have it.
  let provider: String
  /// One of them is set in every job of the system and in no other's.
  let markers: [String]
  let read: @Sendable (inout VariableReader) -> RunFacts?

  /// A system is a file and a line here.
  static let all: [RunVariables] = [
    .bitbucket, .github, .gitlab, .jenkins, .azureDevOps, .circleCI, .buildkite,
  ]
}

/// What the variables tell of a run and of the job that reads them.
struct RunFacts {
  /// Its identity is that of the provider's payloads of the run, so that both are one run.
  var run: RunRecord
  /// What its provider's pieces name it by.
  var key: String
  /// The job itself; it has run until now.
  var job: Step?
  /// How the job ended, where a variable says so: it is asked after the job's work.
  var outcome: JobOutcome?
  var environment: DeploymentRecord.EnvironmentReference?
  var action: DeploymentRecord.Action?
  /// Which attempt of the job it is, where the system counts them within one run.
  var attempt: Int?
  var promotion: DeploymentRecord.Promotion?

  init(_ run: RunRecord, key: String) {
    self.run = run
    self.key = key
  }
}

/// How a job ended, or that it goes on.
struct JobOutcome: Equatable, Sendable {
  var state: State
  var warning = false
  var raw: String

  /// The words of `--state`: the canonical ones, and those of the systems' own results.
  static let words = Words<(state: State, warning: Bool)>([
    "succeeded": (.succeeded, false), "failed": (.failed, false), "cancelled": (.cancelled, false),
    "running": (.running, false),
    "waiting": (.waiting, false), "queued": (.queued, false), "skipped": (.skipped, false), "superseded": (.superseded, false),
    "success": (.succeeded, false), "successful": (.succeeded, false), "passed": (.succeeded, false),
    "succeeded_with_issues": (.succeeded, true), "unstable": (.succeeded, true), "failure": (.failed, false),
    "error": (.failed, false),
    "canceled": (.cancelled, false), "aborted": (.cancelled, false), "not_built": (.skipped, false),
    "in_progress": (.running, false),
  ])

  /// The first of `known` are the canonical words.
  static let canonicalCount = 8

  init?(word: String) {
    guard let meaning = JobOutcome.words[word] else { return nil }
    (state, warning, raw) = (meaning.state, meaning.warning, word)
  }

  /// Of a program's exit code: anything but 0 is a failure.
  init(exitCode: Int) {
    state = exitCode == 0 ? .succeeded : .failed
    raw = String(exitCode)
  }
}

/// Reads variables, and keeps what is wrong with them. An empty variable counts as none: systems set what does not apply to nothing.
struct VariableReader {
  private let variables: [String: String]
  let flags: RunFlags
  /// What the system is called in messages.
  let system: String
  private(set) var problems: [Diagnostic] = []

  init(_ variables: [String: String], _ flags: RunFlags, system: String) {
    self.variables = variables
    self.flags = flags
    self.system = system
  }

  /// The first of the names that is set.
  func text(_ names: String...) -> String? {
    for name in names { if let value = variables[name]?.unlessBlank { return value } }
    return nil
  }

  func flag(_ name: String) -> Bool { text(name).map { ["true", "1"].contains($0.lowercased()) } ?? false }

  mutating func required(_ name: String) -> String? {
    if let value = text(name) { return value }
    problems.append(Diagnostic(.error, .missingVariable(name, system: system)))
    return nil
  }

  mutating func whole(_ name: String) -> Int? {
    guard let value = text(name) else { return nil }
    if let number = Int(value), number >= 0 { return number }
    problems.append(Diagnostic(.error, .wrongVariable(name, value: cut(value), expected: "a whole number")))
    return nil
  }

  mutating func exitCode(_ name: String) -> JobOutcome? {
    guard let value = text(name) else { return nil }
    if let code = Int(value) { return JobOutcome(exitCode: code) }
    problems.append(Diagnostic(.error, .wrongVariable(name, value: cut(value), expected: "an exit code")))
    return nil
  }

  /// RFC 3339, also with a space in the middle, as Azure DevOps writes it; anything else counts as none.
  func time(_ name: String) -> Timestamp? {
    guard let value = text(name) else { return nil }
    let written = value.split(separator: " ", maxSplits: 1).joined(separator: "T")
    return Timestamp(rfc3339: written).flatMap { $0.isSentinel ? nil : $0 }
  }

  mutating func missing(_ message: Diagnostic.Message) { problems.append(Diagnostic(.error, message)) }
}

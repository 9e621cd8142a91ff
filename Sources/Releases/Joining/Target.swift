import Diagnostics

/// One target of a deployment as one record tells it, with what it takes from its run (record.md, Deployment), before duplicates and
/// the targets of one environment are joined. Small, since there are as many as deployments.
struct Target {
  enum Source: Hashable {
    /// Inside a run record.
    case nested(record: Int, index: Int)
    case alone(Int)
    /// Nothing but a gate of a run that waits before an environment.
    case gate(record: Int, index: Int)
  }

  var source: Source
  /// The run it belongs to; nil if its run was not read.
  var group: Int?
  /// The run record that its missing fields come from.
  var record: Int?
  var runID: String?
  /// Of its run.
  var attempt: Int
  /// Its own number where the record has one, else its run's.
  var number: Int
  /// The region, tenant, cluster or instance within the environment; nil where nothing names one.
  var name: String?
  /// The name of its step with the stage and the steps that hold it, else the key; nil where none is named.
  var stepName: String?
  /// The step as people call it.
  var stepLabel: String?
  var service: Int
  var environment: Int
  var id: String
  /// What stood for its id before its attempts were told apart by more than that.
  var firstID: String?
  /// Its place among the unnamed targets of its run, from 0: the same for all its attempts.
  var lane: Int?
  var version: String
  var action: DeploymentRecord.Action
  var state: State
  /// Whether a record or a step tells the state; else it is the run's.
  var isStateKnown = false
  var startedAt: Timestamp?
  var finishedAt: Timestamp?
  var told = ToldSpan()
  /// How it came about, where somebody asks.
  var story = Story()
}

/// What a version was taken from (record.md, Run, `version`).
enum VersionSource: Hashable { case record, commit, run, tag, commitOfRun, number, id, environment }

extension RunRecord {
  /// The version it builds: its own, else the tag, else the first 12 digits of the sha, else number or id (record.md, Run, `version`).
  var builtVersion: String { built.version }

  /// With what it was taken from.
  var built: (version: String, from: VersionSource) {
    if let name = version?.name, !name.isEmpty { return (name, .run) }
    if let ref, ref.type == .tag, !ref.name.isEmpty { return (ref.name, .tag) }
    if let sha = commit?.sha, !sha.isEmpty { return (String(sha.prefix(12)), .commitOfRun) }
    return number.map { (String($0), .number) } ?? (id, .id)
  }

  /// Whether a person pressed start: a manual trigger that no machine pulled.
  var isStartedByPerson: Bool {
    guard trigger?.type == .manual else { return false }
    switch actor?.kind {
    case .bot, .system: return false
    case .human, .unknown, nil: return true
    }
  }

  /// The step of that key, else of that name; of several the last, which is that of the highest attempt.
  func step(_ key: String?) -> Step? { stepIndex(key).map { steps[$0] } }

  func stepIndex(_ key: String?) -> Int? {
    guard let key, !key.isEmpty else { return nil }
    let steps = steps
    return steps.indices.last { steps[$0].key == key } ?? steps.indices.last { steps[$0].name == key }
  }

  /// A step's name behind that of its stage and of the steps that hold it: what stays the same when it runs again. Its key where it has
  /// no name.
  func path(of step: Step) -> String {
    guard !step.name.isEmpty else { return step.key ?? "" }
    var names = [step.name]
    var holder = step.parent
    // No deeper than any format goes, and not for ever in a circle.
    while let key = holder, names.count < 8, let parent = steps.first(where: { $0.key == key }) {
      names.insert(parent.name, at: 0)
      holder = parent.parent
    }
    return ([step.stage ?? ""] + names).joined(separator: "\n")
  }
}

extension DeploymentRecord {
  /// Its own version, or that of its own commit where this is not the run's; nil: the run's.
  func ownVersion(besides runs: String?) -> (version: String, from: VersionSource)? {
    if let name = version?.name, !name.isEmpty { return (name, .record) }
    if let sha = commit?.sha, !sha.isEmpty, !Change.isSame(sha, runs ?? "") { return (String(sha.prefix(12)), .commit) }
    return nil
  }

  /// What is rolled back counts as a rollback, whatever else it is called.
  var effectiveAction: Action { action ?? (rollbackOf == nil ? .deploy : .rollback) }
}

extension Change {
  /// What all spellings of a sha share: the first 7 digits that any of them must have, in lower case.
  package static func stem(_ sha: String) -> String { String(sha.prefix(7)).lowercased() }

  /// Whether two shas name one commit: equal, or one the beginning of the other with at least 7 digits.
  package static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    let (short, long) = left.utf8.count < right.utf8.count ? (left, right) : (right, left)
    return short.utf8.count >= 7 && long.lowercased().hasPrefix(short.lowercased())
  }
}

/// What a version was taken from (record.md, Run, `version`).
package enum VersionSource: Hashable { case record, commit, run, tag, commitOfRun, number, id, environment }

extension RunRecord {
  /// The version it builds: its own, else the tag, else the first 12 digits of the sha, else number or id (record.md, Run, `version`).
  package var builtVersion: String { built.version }

  /// With what it was taken from.
  package var built: (version: String, from: VersionSource) {
    if let name = version?.name, !name.isEmpty { return (name, .run) }
    if let ref, ref.type == .tag, !ref.name.isEmpty { return (ref.name, .tag) }
    if let sha = commit?.sha, !sha.isEmpty { return (String(sha.prefix(12)), .commitOfRun) }
    return number.map { (String($0), .number) } ?? (id, .id)
  }
}

extension DeploymentRecord {
  /// Its own version, or that of its own commit where this is not the run's; nil: the run's.
  package func ownVersion(besides runs: String?) -> (version: String, from: VersionSource)? {
    if let name = version?.name, !name.isEmpty { return (name, .record) }
    if let sha = commit?.sha, !sha.isEmpty, !Change.isSame(sha, runs ?? "") { return (String(sha.prefix(12)), .commit) }
    return nil
  }

  /// What is rolled back counts as a rollback, whatever else it is called.
  package var effectiveAction: Action { action ?? (rollbackOf == nil ? .deploy : .rollback) }
}

/// The keys of every canonical object (record.md). A reader switches over them, so a key that is listed here and not read, or read
/// and not listed, does not compile.
protocol RecordKey: CaseIterable, RawRepresentable<String> {}

extension RecordKey {
  static var words: [String] { allCases.map(\.rawValue) }
}

enum RunKey: String, RecordKey {
  case kind, service, provider, repository, pipeline, id, number, attempt, url, title, state, stateRaw, warning
  case createdAt, startedAt, finishedAt, activeSeconds, commit, changes, ref, trigger, actor, version
  case steps, gates, deployments, tests, snapshot, inferred
}

enum ChangeKey: String, RecordKey { case sha, message, author, committedAt, pullRequest }
enum RefKey: String, RecordKey { case name, type, pullRequest }
enum TriggerKey: String, RecordKey { case type, raw }
enum ActorKey: String, RecordKey { case name, id, kind }
enum VersionKey: String, RecordKey { case name, artifact, digest }
enum TestsKey: String, RecordKey { case total, passed, failed, skipped, flaky, seconds }

enum StepKey: String, RecordKey {
  case key, name, stage, parent, state, stateRaw, warning, optional, attempt, startedAt, finishedAt, activeSeconds, url, error
  case current
}

enum SnapshotKey: String, RecordKey { case of, at, number }

enum GateKey: String, RecordKey {
  case key, kind, state, environment, step, requestedBy, requestedAt, allowed, required, decisions
}

enum DecisionKey: String, RecordKey { case by, at, decision, comment }
enum EnvironmentKey: String, RecordKey { case key, name, tier, rank, url, shortLived, state, stopsAt }

enum DeploymentKey: String, RecordKey {
  case kind, environment, target, id, attempt, service, version, commit, changes, state, stateRaw, inactive, partial, startedAt,
    finishedAt,
    actor, url, run, step
  case promotion, gate, action, hotfix, rollbackOf, reason, override, inferred
}

enum IncidentKey: String, RecordKey {
  case kind, id, title, type, state, severity, environment, service, startedAt, resolvedAt, updates, affects, causedBy, fixedBy,
    url
}

enum UpdateKey: String, RecordKey { case at, state, text, affects }
enum EffectKey: String, RecordKey { case service, environment, impact }

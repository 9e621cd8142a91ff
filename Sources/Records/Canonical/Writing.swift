import Documents
import Time

// The canonical form (record.md) of what was read, in the order of its tables. Reading what is written here gives the same value.

/// One record as one line of JSON, without the line's end.
package func canonicalJSON(_ run: RunRecord) -> [UInt8] { line { $0.run(run) } }

/// A deployment that stands alone.
package func canonicalJSON(_ deployment: DeploymentRecord) -> [UInt8] { line { $0.deployment(deployment, isAlone: true) } }

package func canonicalJSON(_ incident: IncidentRecord) -> [UInt8] { line { $0.incident(incident) } }

private func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
  var writer = JSONWriter()
  body(&writer)
  return writer.bytes
}

/// Absent values, empty lists and defaults are left out.
extension JSONWriter {
  fileprivate mutating func text(_ key: some RecordKey, _ value: String?) {
    guard let value else { return }
    self.key(key.rawValue)
    string(value)
  }

  private mutating func time(_ key: some RecordKey, _ value: Timestamp?) { text(key, value?.description) }

  private mutating func whole(_ key: some RecordKey, _ value: Int?) {
    guard let value else { return }
    self.key(key.rawValue)
    int(value)
  }

  private mutating func seconds(_ key: some RecordKey, _ value: Double?) {
    guard let value else { return }
    self.key(key.rawValue)
    double(value)
  }

  private mutating func flag(_ key: some RecordKey, _ value: Bool?) {
    guard let value else { return }
    self.key(key.rawValue)
    bool(value)
  }

  private mutating func texts(_ key: some RecordKey, _ values: [String]) {
    guard !values.isEmpty else { return }
    self.key(key.rawValue)
    strings(values)
  }

  private mutating func list<Element>(
    _ key: some RecordKey, _ values: [Element], _ body: (inout JSONWriter, Element) -> Void
  ) {
    guard !values.isEmpty else { return }
    self.key(key.rawValue)
    array(values) { writer, value in writer.object { body(&$0, value) } }
  }

  private mutating func member<Value>(_ key: some RecordKey, _ value: Value?, _ body: (inout JSONWriter, Value) -> Void) {
    guard let value else { return }
    self.key(key.rawValue)
    object { body(&$0, value) }
  }
}

extension JSONWriter {
  fileprivate mutating func run(_ run: RunRecord) {
    object { json in
      json.text(RunKey.kind, "run")
      json.text(RunKey.service, run.service)
      json.text(RunKey.provider, run.provider)
      json.text(RunKey.repository, run.repository)
      json.text(RunKey.pipeline, run.pipeline)
      json.text(RunKey.id, run.id)
      json.whole(RunKey.number, run.number)
      json.whole(RunKey.attempt, run.attempt == 1 ? nil : run.attempt)
      json.text(RunKey.url, run.url)
      json.text(RunKey.title, run.title)
      json.text(RunKey.state, run.state.rawValue)
      json.text(RunKey.stateRaw, run.stateRaw)
      json.flag(RunKey.warning, run.warning ? true : nil)
      json.time(RunKey.createdAt, run.createdAt)
      json.time(RunKey.startedAt, run.startedAt)
      json.time(RunKey.finishedAt, run.finishedAt)
      json.seconds(RunKey.activeSeconds, run.activeSeconds)
      json.member(RunKey.commit, run.commit) { $0.commit($1) }
      json.list(RunKey.changes, run.changes) { $0.change($1) }
      json.member(RunKey.ref, run.ref) { json, ref in
        json.text(RefKey.name, ref.name)
        json.text(RefKey.type, ref.type.rawValue)
        json.text(RefKey.pullRequest, ref.pullRequest)
      }
      json.member(RunKey.trigger, run.trigger) { json, trigger in
        json.text(TriggerKey.type, trigger.type.rawValue)
        json.text(TriggerKey.raw, trigger.raw)
      }
      json.member(RunKey.actor, run.actor) { $0.actor($1) }
      json.member(RunKey.version, run.version) { $0.version($1) }
      json.list(RunKey.steps, run.steps) { $0.step($1) }
      json.list(RunKey.gates, run.gates) { $0.gate($1) }
      json.nested(RunKey.deployments, run.deployments)
      json.member(RunKey.tests, run.tests) { $0.tests($1) }
      json.member(RunKey.snapshot, run.snapshot) { json, snapshot in
        json.text(SnapshotKey.of, snapshot.of)
        json.time(SnapshotKey.at, snapshot.at)
        json.whole(SnapshotKey.number, snapshot.number)
      }
      json.texts(RunKey.inferred, run.inferred)
    }
  }

  private mutating func nested(_ key: RunKey, _ deployments: [DeploymentRecord]) {
    guard !deployments.isEmpty else { return }
    self.key(key.rawValue)
    array(deployments) { $0.deployment($1, isAlone: false) }
  }

  /// The pull request of what was built is the ref's.
  fileprivate mutating func commit(_ commit: Change) {
    text(ChangeKey.sha, commit.sha)
    text(ChangeKey.message, commit.message)
    text(ChangeKey.author, commit.author)
    time(ChangeKey.committedAt, commit.committedAt)
  }

  private mutating func change(_ change: Change) {
    commit(change)
    text(ChangeKey.pullRequest, change.pullRequest)
  }

  private mutating func actor(_ actor: Actor) {
    text(ActorKey.name, actor.name)
    text(ActorKey.id, actor.id)
    text(ActorKey.kind, actor.kind.rawValue)
  }

  private mutating func version(_ version: VersionLabel) {
    text(VersionKey.name, version.name)
    text(VersionKey.artifact, version.artifact)
    text(VersionKey.digest, version.digest)
  }

  private mutating func step(_ step: Step) {
    text(StepKey.key, step.key)
    text(StepKey.name, step.name)
    text(StepKey.stage, step.stage)
    text(StepKey.parent, step.parent)
    text(StepKey.state, step.state.rawValue)
    text(StepKey.stateRaw, step.stateRaw)
    flag(StepKey.warning, step.warning ? true : nil)
    flag(StepKey.optional, step.optional ? true : nil)
    whole(StepKey.attempt, step.attempt == 1 ? nil : step.attempt)
    time(StepKey.startedAt, step.startedAt)
    time(StepKey.finishedAt, step.finishedAt)
    seconds(StepKey.activeSeconds, step.activeSeconds)
    text(StepKey.url, step.url)
    text(StepKey.error, step.error)
    flag(StepKey.current, step.isCurrent ? true : nil)
  }

  private mutating func gate(_ gate: Gate) {
    text(GateKey.key, gate.key)
    text(GateKey.kind, gate.kind.rawValue)
    text(GateKey.state, gate.state.rawValue)
    text(GateKey.environment, gate.environment)
    text(GateKey.step, gate.step)
    text(GateKey.requestedBy, gate.requestedBy)
    time(GateKey.requestedAt, gate.requestedAt)
    texts(GateKey.allowed, gate.allowed)
    whole(GateKey.required, gate.required)
    list(GateKey.decisions, gate.decisions) { json, decision in
      json.text(DecisionKey.by, decision.by)
      json.time(DecisionKey.at, decision.at)
      json.text(DecisionKey.decision, decision.decision)
      json.text(DecisionKey.comment, decision.comment)
    }
  }

  private mutating func tests(_ tests: TestCounts) {
    whole(TestsKey.total, tests.total)
    whole(TestsKey.passed, tests.passed)
    whole(TestsKey.failed, tests.failed)
    whole(TestsKey.skipped, tests.skipped)
    whole(TestsKey.flaky, tests.flaky)
    seconds(TestsKey.seconds, tests.seconds)
  }
}

extension JSONWriter {
  fileprivate mutating func deployment(_ deployment: DeploymentRecord, isAlone: Bool) {
    object { json in
      if isAlone { json.text(DeploymentKey.kind, "deployment") }
      json.member(DeploymentKey.environment, deployment.environment) { json, environment in
        json.text(EnvironmentKey.key, environment.key)
        json.text(EnvironmentKey.name, environment.name)
        json.text(EnvironmentKey.tier, environment.tier?.rawValue)
        json.whole(EnvironmentKey.rank, environment.rank)
        json.text(EnvironmentKey.url, environment.url)
        json.flag(EnvironmentKey.shortLived, environment.isShortLived)
        json.text(EnvironmentKey.state, environment.availability?.rawValue)
        json.time(EnvironmentKey.stopsAt, environment.stopsAt)
      }
      json.text(DeploymentKey.target, deployment.target)
      json.text(DeploymentKey.id, deployment.id)
      json.whole(DeploymentKey.attempt, deployment.attempt)
      json.text(DeploymentKey.service, deployment.service)
      json.member(DeploymentKey.version, deployment.version) { $0.version($1) }
      json.member(DeploymentKey.commit, deployment.commit) { $0.commit($1) }
      json.list(DeploymentKey.changes, deployment.changes) { $0.change($1) }
      json.text(DeploymentKey.state, deployment.state?.rawValue)
      json.text(DeploymentKey.stateRaw, deployment.stateRaw)
      json.flag(DeploymentKey.inactive, deployment.isInactive)
      json.flag(DeploymentKey.partial, deployment.isPart)
      json.time(DeploymentKey.startedAt, deployment.startedAt)
      json.time(DeploymentKey.finishedAt, deployment.finishedAt)
      json.member(DeploymentKey.actor, deployment.actor) { $0.actor($1) }
      json.text(DeploymentKey.url, deployment.url)
      json.text(DeploymentKey.run, deployment.run)
      json.text(DeploymentKey.step, deployment.step)
      json.text(DeploymentKey.promotion, deployment.promotion?.rawValue)
      json.text(DeploymentKey.gate, deployment.gate)
      json.text(DeploymentKey.action, deployment.action?.rawValue)
      json.flag(DeploymentKey.hotfix, deployment.hotfix)
      json.text(DeploymentKey.rollbackOf, deployment.rollbackOf)
      json.text(DeploymentKey.reason, deployment.reason)
      json.text(DeploymentKey.override, deployment.override)
      json.texts(DeploymentKey.inferred, deployment.inferred)
    }
  }

  private mutating func effects(_ key: some RecordKey, _ effects: [IncidentRecord.Effect]) {
    list(key, effects) { json, effect in
      json.text(EffectKey.service, effect.service)
      json.text(EffectKey.environment, effect.environment)
      json.text(EffectKey.impact, effect.impact?.rawValue)
    }
  }

  fileprivate mutating func incident(_ incident: IncidentRecord) {
    object { json in
      json.text(IncidentKey.kind, "incident")
      json.text(IncidentKey.id, incident.id)
      json.text(IncidentKey.title, incident.title)
      if incident.kind == .maintenance { json.text(IncidentKey.type, incident.kind.rawValue) }
      json.text(IncidentKey.state, incident.state.rawValue)
      json.text(IncidentKey.severity, incident.severity)
      json.text(IncidentKey.environment, incident.environment)
      json.text(IncidentKey.service, incident.service)
      json.time(IncidentKey.startedAt, incident.startedAt)
      json.time(IncidentKey.resolvedAt, incident.resolvedAt)
      json.list(IncidentKey.updates, incident.updates) { json, update in
        json.time(UpdateKey.at, update.at)
        json.text(UpdateKey.state, update.state?.rawValue)
        json.text(UpdateKey.text, update.text.plain)
        json.effects(UpdateKey.affects, update.affects)
      }
      json.effects(IncidentKey.affects, incident.affects)
      json.texts(IncidentKey.causedBy, incident.causedBy)
      json.texts(IncidentKey.fixedBy, incident.fixedBy)
      json.text(IncidentKey.url, incident.url)
    }
  }
}

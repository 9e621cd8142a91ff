import Documents
import Time

// The canonical form (record.md) of what was read, in the order of its tables. Reading what is written here gives the same value.

/// One record as one line of JSON, without the line's end.
package func canonicalJSON(_ run: RunRecord) -> [UInt8] { line(run, Canonical.run) }

/// A deployment that stands alone.
package func canonicalJSON(_ deployment: DeploymentRecord) -> [UInt8] { line(deployment, Canonical.deployment) }

package func canonicalJSON(_ incident: IncidentRecord) -> [UInt8] { line(incident, Canonical.incident) }

private func line<Root>(_ record: Root, _ fields: RecordFields<Root>) -> [UInt8] {
  var writer = JSONWriter()
  writer.object { fields.write(record, into: &$0) }
  return writer.bytes
}

/// Absent values, empty lists and defaults are left out.
extension JSONWriter {
  mutating func text(_ key: String, _ value: String?) {
    guard let value else { return }
    self.key(key)
    string(value)
  }

  mutating func time(_ key: String, _ value: Timestamp?) { text(key, value?.description) }

  mutating func whole(_ key: String, _ value: Int?) {
    guard let value else { return }
    self.key(key)
    int(value)
  }

  mutating func seconds(_ key: String, _ value: Double?) {
    guard let value else { return }
    self.key(key)
    double(value)
  }

  mutating func flag(_ key: String, _ value: Bool?) {
    guard let value else { return }
    self.key(key)
    bool(value)
  }

  mutating func texts(_ key: String, _ values: [String]) {
    guard !values.isEmpty else { return }
    self.key(key)
    strings(values)
  }

  mutating func list<Element>(
    _ key: String, _ values: [Element], _ body: (inout JSONWriter, Element) -> Void
  ) {
    guard !values.isEmpty else { return }
    self.key(key)
    array(values) { writer, value in writer.object { body(&$0, value) } }
  }

  mutating func member<Value>(_ key: String, _ value: Value?, _ body: (inout JSONWriter, Value) -> Void) {
    guard let value else { return }
    self.key(key)
    object { body(&$0, value) }
  }
}

// What has a short form is written in the long one.
extension JSONWriter {
  mutating func ref(_ ref: Ref) {
    text(RefKey.name.rawValue, ref.name)
    text(RefKey.type.rawValue, ref.type.rawValue)
    text(RefKey.pullRequest.rawValue, ref.pullRequest)
  }

  mutating func trigger(_ trigger: Trigger) {
    text(TriggerKey.type.rawValue, trigger.type.rawValue)
    text(TriggerKey.raw.rawValue, trigger.raw)
  }

  /// The pull request of what was built is the ref's.
  mutating func commit(_ commit: Change) {
    text(ChangeKey.sha.rawValue, commit.sha)
    text(ChangeKey.message.rawValue, commit.message)
    text(ChangeKey.author.rawValue, commit.author)
    time(ChangeKey.committedAt.rawValue, commit.committedAt)
  }

  mutating func change(_ change: Change) {
    commit(change)
    text(ChangeKey.pullRequest.rawValue, change.pullRequest)
  }

  mutating func actor(_ actor: Actor) {
    text(ActorKey.name.rawValue, actor.name)
    text(ActorKey.id.rawValue, actor.id)
    text(ActorKey.kind.rawValue, actor.kind.rawValue)
  }

  mutating func version(_ version: VersionLabel) {
    text(VersionKey.name.rawValue, version.name)
    text(VersionKey.artifact.rawValue, version.artifact)
    text(VersionKey.digest.rawValue, version.digest)
  }

  mutating func tests(_ tests: TestCounts) {
    whole(TestsKey.total.rawValue, tests.total)
    whole(TestsKey.passed.rawValue, tests.passed)
    whole(TestsKey.failed.rawValue, tests.failed)
    whole(TestsKey.skipped.rawValue, tests.skipped)
    whole(TestsKey.flaky.rawValue, tests.flaky)
    seconds(TestsKey.seconds.rawValue, tests.seconds)
  }
}

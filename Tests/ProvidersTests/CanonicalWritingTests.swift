import Diagnostics
import Documents
import Testing

@testable import Providers
@testable import Records
@testable import Time

@Suite struct CanonicalWriting {
  /// Every field of every kind, none at its default.
  private static func everything() -> (run: RunRecord, deployment: DeploymentRecord, incident: IncidentRecord) {
    func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_770_000_000 + seconds, nanoseconds: 5_000_000) }
    var change = Change(sha: "0123456789abcdef0123456789abcdef01234567")
    (change.message, change.author, change.committedAt) = ("Fix \"it\"\n\nAt last \u{1F600}\u{7}", "Ana Möller", time(0))
    let commit = change
    change.pullRequest = "42"
    var step = Step(name: "", state: .failed)
    (step.key, step.stage, step.parent, step.stateRaw) = ("{s-1}", "Test", "p", "SOFT_FAILED")
    (step.warning, step.optional, step.attempt, step.activeSeconds) = (true, true, 2, 1.5)
    step.isCurrent = true
    (step.startedAt, step.finishedAt, step.url, step.error) = (time(1), time(2), "https://ci.example.com/1?a=b&c", "boom\\")
    var gate = Gate(kind: .timer, state: .approved)
    (gate.key, gate.environment, gate.step, gate.requestedBy) = ("g", "live", "s", "ana")
    (gate.requestedAt, gate.allowed, gate.required) = (time(3), ["ops", "qa"], 2)
    gate.decisions = [Gate.Decision(by: "bob", at: time(4), decision: "approved", comment: "go"), Gate.Decision(by: "eve")]
    var deployment = DeploymentRecord(
      environment: .init(name: "Live", key: "live", tier: .production, rank: 3, url: "https://shop.example.com/"))
    (deployment.id, deployment.service, deployment.version) = ("d-1", "shop", VersionLabel(name: "1.0"))
    (deployment.commit, deployment.changes, deployment.state, deployment.stateRaw) = (commit, [change], .superseded, "INACTIVE")
    (deployment.startedAt, deployment.finishedAt, deployment.actor) = (time(5), time(6), Actor(name: "ci", kind: .bot))
    (deployment.url, deployment.step, deployment.promotion) = ("https://ci.example.com/d", "s", .manual)
    (deployment.gate, deployment.action, deployment.hotfix, deployment.rollbackOf) = ("g", .rollback, true, "d-0")
    (deployment.reason, deployment.override, deployment.inferred) = ("it broke", "agreed", ["action", "state"])
    (deployment.target, deployment.attempt, deployment.isInactive, deployment.isPart) = ("eu-1", 2, true, true)
    (deployment.environment.isShortLived, deployment.environment.availability) = (true, .stopped)
    deployment.environment.stopsAt = Timestamp(seconds: 1_772_445_600)
    var run = RunRecord(id: "{128}", state: .succeeded)
    (run.service, run.provider, run.repository, run.pipeline) = ("shop", "gitlab", "acme/shop", "main")
    (run.number, run.attempt, run.url, run.title) = (128, 3, "https://ci.example.com/128", "Ship it")
    (run.stateRaw, run.warning, run.activeSeconds) = ("Unstable", true, 90)
    (run.createdAt, run.startedAt, run.finishedAt) = (time(7), time(8), time(9))
    (run.commit, run.changes) = (commit, [change, Change(sha: "beef")])
    run.ref = Ref(name: "feature/x", type: .pullRequest, pullRequest: "7")
    run.trigger = Trigger(type: .upstream, raw: "bridge")
    run.actor = Actor(name: "ana", id: "u1", kind: .human)
    run.version = VersionLabel(name: "v1.2.3", artifact: "shop:1.2.3", digest: "sha256:00")
    (run.steps, run.gates, run.deployments) = ([step], [gate], [deployment])
    run.tests = TestCounts(total: 5, passed: 1, failed: 1, skipped: 2, flaky: 1, seconds: 0.25)
    run.snapshot = Snapshot(of: "7d0a", at: time(14), number: 12)
    run.inferred = ["version"]
    deployment.run = "{128}"
    var incident = IncidentRecord(id: "i-1", state: .acknowledged)
    (incident.title, incident.severity, incident.environment, incident.service) = ("Down", "major", "live", "shop")
    (incident.startedAt, incident.resolvedAt) = (time(10), time(11))
    incident.kind = .maintenance
    incident.affects = [.init(service: "shop", environment: "live", impact: .major), .init(environment: "eu")]
    incident.updates = [
      .init(at: time(12), state: .detected, text: .text("We look <into> it")), .init(at: time(13), text: .text("x")),
    ]
    incident.updates[0].affects = [.init(service: "shop", impact: IncidentRecord.Effect.Impact.none)]
    (incident.causedBy, incident.fixedBy, incident.url) = (["d-1", "other/d"], ["d-2"], "https://status.example.com/i")
    return (run, deployment, incident)
  }

  private func read(_ lines: [[UInt8]]) -> RecordFile {
    readRecords(Source(file: "runs/all.jsonl", bytes: Array(lines.joined(separator: [0x0A]))))
  }

  @Test func whatIsWrittenReadsAsTheSame() {
    let all = CanonicalWriting.everything()
    let file = read([canonicalJSON(all.run), canonicalJSON(all.deployment), canonicalJSON(all.incident)])
    #expect(file.diagnostics.isEmpty)
    #expect(file.skipped.isEmpty)
    #expect(file.runs.map(\.value) == [all.run])
    #expect(file.deployments.map(\.value) == [all.deployment])
    #expect(file.incidents.map(\.value) == [all.incident])
  }

  /// So that a field that is added later cannot be forgotten here or in the writing.
  @Test func everyKeyOfTheTablesIsWritten() {
    let all = CanonicalWriting.everything()
    let run = keys(canonicalJSON(all.run))
    #expect(Set(run[""] ?? []) == Set(Canonical.run.words))
    #expect(Set(run["changes"] ?? []) == Set(ChangeKey.words))
    #expect(Set(run["ref"] ?? []) == Set(RefKey.words))
    #expect(Set(run["trigger"] ?? []) == Set(TriggerKey.words))
    #expect(Set(run["actor"] ?? []) == Set(ActorKey.words))
    #expect(Set(run["version"] ?? []) == Set(VersionKey.words))
    #expect(Set(run["tests"] ?? []) == Set(TestsKey.words))
    #expect(Set(run["snapshot"] ?? []) == Set(Canonical.snapshot.words))
    #expect(Set(run["steps"] ?? []) == Set(Canonical.step.words))
    #expect(Set(run["gates"] ?? []) == Set(Canonical.gate.words))
    #expect(Set(keys(canonicalJSON(all.deployment))[""] ?? []) == Set(Canonical.deployment.words))
    #expect(Set(keys(canonicalJSON(all.deployment))["environment"] ?? []) == Set(Canonical.environment.words))
    #expect(Set(keys(canonicalJSON(all.incident))[""] ?? []) == Set(Canonical.incident.words))
    #expect(Set(keys(canonicalJSON(all.incident))["updates"] ?? []) == Set(Canonical.update.words))
  }

  /// The keys of the object itself under "", of its members' objects and first elements under theirs.
  private func keys(_ line: [UInt8]) -> [String: [String]] {
    guard let node = readJSON(Source(file: "x.json", bytes: line)).value.first else { return [:] }
    var keys = ["": node.members.map(\.key)]
    for member in node.members {
      let value = member.value.kind == .array ? member.value.elements.first : member.value
      keys[member.key] = value?.members.map(\.key)
    }
    return keys
  }

  /// Which attempt it was of, only its run tells; its file alone is of the same record all the same.
  @Test func aDeploymentAloneIsNamedByTheNewestAttemptOfItsRun() throws {
    let runs = [1, 2].map { attempt in
      var run = RunRecord(id: "9", state: .succeeded)
      (run.service, run.attempt) = ("shop", attempt)
      return canonicalJSON(run)
    }
    var deployment = DeploymentRecord(environment: .init(name: "live"))
    (deployment.service, deployment.run) = ("shop", "9")
    let alone = canonicalJSON(deployment)
    let beside = try #require(read([runs[1], alone, runs[0]]).canonicalRecords(Configuration()))
    #expect(beside.map(\.name) == ["9", "9", "deployment-9-live-2"])
    let stored = try #require(read([alone]).canonicalRecords(Configuration()))
    #expect(stored.map(\.identity) == [beside[2].identity])
  }

  @Test func whatIsAbsentOrTheDefaultIsLeftOut() {
    let run = String(decoding: canonicalJSON(RunRecord(id: "1", state: .queued)), as: UTF8.self)
    #expect(run == #"{"kind":"run","id":"1","state":"queued"}"#)
    let deployment = canonicalJSON(DeploymentRecord(environment: .init(name: "live")))
    #expect(String(decoding: deployment, as: UTF8.self) == #"{"kind":"deployment","environment":{"name":"live"}}"#)
    let incident = canonicalJSON(IncidentRecord(id: "i", state: .resolved))
    #expect(String(decoding: incident, as: UTF8.self) == #"{"kind":"incident","id":"i","state":"resolved"}"#)
  }

  @Test(.enabled(if: Samples.exist), arguments: ProviderFacts.all.map(\.name))
  func everySampleReadsTheSameFromItsCanonicalForm(folder: String) throws {
    let set = joinRecords(try Samples.files(in: folder).map(Samples.read))
    let file = read(
      set.runs.map { canonicalJSON($0.value) } + set.deployments.map { canonicalJSON($0.value) }
        + set.incidents.map { canonicalJSON($0.value) })
    #expect(file.diagnostics.isEmpty)
    #expect(file.skipped.isEmpty)
    let runs = set.runs.map { located in
      var run = located.value
      for index in run.deployments.indices { forget(&run.deployments[index]) }
      return run
    }
    let deployments = set.deployments.map { located in
      var deployment = located.value
      forget(&deployment)
      return deployment
    }
    #expect(file.runs.map(\.value) == runs)
    #expect(file.deployments.map(\.value) == deployments)
    #expect(file.incidents.map(\.value) == set.incidents.map(\.value))
  }

  /// What no canonical deployment says; its service is found by it before it is written.
  private func forget(_ deployment: inout DeploymentRecord) { (deployment.provider, deployment.repository) = (nil, nil) }
}

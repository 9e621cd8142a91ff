import Diagnostics
import Support
import Testing

import struct Support.Story

@testable import Joining
@testable import Records
@testable import Releases
@testable import Time

/// Tellings of one record (record.md, rules 5 and 6).
@Suite struct Merging {
  private let names = DeclaredEnvironments(Configuration())
  private func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_770_000_000 + seconds) }

  private func run(_ state: State, finishedAt: Int64? = nil, _ change: (inout RunRecord) -> Void = { _ in }) -> RunRecord {
    var run = RunRecord(id: "1", state: state)
    run.finishedAt = finishedAt.map(time)
    change(&run)
    return run
  }

  /// Merged in every order.
  private func merged(_ tellings: RunRecord...) -> RunRecord {
    let merged = Records.merged(tellings, names)
    #expect(Records.merged(tellings.reversed(), names) == merged)
    return merged
  }

  @Test func aTerminalStateOutweighsALiveOneWhicheverCameLater() {
    #expect(merged(run(.succeeded), run(.running)).state == .succeeded)
    #expect(merged(run(.running), run(.failed)).state == .failed)
  }

  @Test func ofTwoTerminalStatesTheLaterFinishIsRight() {
    #expect(merged(run(.succeeded, finishedAt: 9), run(.failed, finishedAt: 5)).state == .succeeded)
    #expect(merged(run(.failed, finishedAt: 5), run(.succeeded, finishedAt: 9)).finishedAt == time(9))
  }

  @Test func whatOneDoesNotSayComesFromTheOther() {
    let poor = run(.succeeded, finishedAt: 9) { $0.startedAt = time(3) }
    let rich = run(.running) {
      ($0.service, $0.title, $0.number, $0.createdAt) = ("shop", "Faster", 7, time(1))
      $0.commit = Change(sha: "0123456")
      $0.changes = [Change(sha: "0123456")]
      $0.tests = TestCounts(total: 2, passed: 2, failed: 0)
    }
    let both = merged(poor, rich)
    #expect((both.service, both.title, both.number) == ("shop", "Faster", 7))
    #expect((both.createdAt, both.startedAt, both.finishedAt, both.state) == (time(1), time(3), time(9), .succeeded))
    #expect(both.commit?.sha == "0123456" && both.changes.count == 1 && both.tests?.total == 2)
  }

  @Test func aRawWordAWarningAndAnEndBelongToTheirState() {
    let over = run(.succeeded)
    let live = run(.running) { ($0.stateRaw, $0.activeSeconds) = ("in_progress", 4) }
    let failed = run(.failed, finishedAt: 3) { ($0.stateRaw, $0.warning) = ("failure", true) }
    #expect(merged(over, live).stateRaw == nil && merged(over, live).activeSeconds == nil)
    let both = merged(failed, run(.succeeded, finishedAt: 5))
    #expect((both.stateRaw, both.warning, both.finishedAt) == (nil, false, time(5)))
  }

  @Test func ofWhatGoesOnTheEarlierStartIsItsOwn() {
    let recorded = run(.running) { $0.startedAt = time(240) }
    let told = run(.running) { ($0.startedAt, $0.createdAt) = (time(5), time(0)) }
    #expect(merged(recorded, told).startedAt == time(5))
  }

  @Test func twoFormsOfOneCommitAreCompletedAndTwoCommitsAreNot() {
    var long = Change(sha: "0123456789")
    long.author = "ana"
    var short = Change(sha: "0123456")
    short.message = "Fix"
    let one = merged(run(.running) { $0.commit = long }, run(.running) { $0.commit = short })
    #expect((one.commit?.sha, one.commit?.author, one.commit?.message) == ("0123456789", "ana", "Fix"))
    let other = merged(run(.succeeded) { $0.commit = Change(sha: "ffff") }, run(.running) { $0.commit = long })
    #expect((other.commit?.sha, other.commit?.author) == ("ffff", nil))
  }

  @Test func aKnownKindOfActorCompletesTheSameName() {
    let variables = run(.succeeded) { $0.actor = Actor(name: "kim") }
    let answer = run(.running) { $0.actor = Actor(name: "kim", id: "7", kind: .human) }
    #expect(merged(variables, answer).actor == Actor(name: "kim", id: "7", kind: .human))
  }

  private func step(_ key: String?, _ name: String, _ state: State) -> Step {
    var step = Step(name: name, state: state)
    step.key = key
    return step
  }

  @Test func stepsAndGatesAreUnitedByTheirKeysElseTheirNames() {
    let first = run(.running) { $0.steps = [step(nil, "Build", .succeeded), step("k2", "Test", .running)] }
    let second = run(.running) {
      $0.steps = [step("k1", "Build", .running), step("k2", "Test", .failed), step("k3", "Ship", .queued)]
    }
    let both = merged(first, second)
    #expect(both.steps.map(\.name) == ["Build", "Test", "Ship"])
    #expect(both.steps.map(\.key) == ["k1", "k2", "k3"])
    #expect(both.steps.map(\.state) == [.succeeded, .failed, .queued])
    var waiting = Gate(kind: .human, state: .waiting)
    (waiting.key, waiting.allowed) = ("g", ["Ana"])
    var approved = Gate(kind: .human, state: .approved)
    (approved.key, approved.decisions) = ("g", [.init(by: "Ana", at: time(3), decision: "approved")])
    var whole = approved
    whole.allowed = ["Ana"]
    #expect(merged(run(.running) { $0.gates = [approved] }, run(.succeeded) { $0.gates = [waiting] }).gates == [whole])
  }

  private func deployment(_ environment: String, _ state: State?, finishedAt: Int64? = nil, id: String? = nil)
    -> DeploymentRecord
  {
    var deployment = DeploymentRecord(environment: .init(name: environment))
    (deployment.state, deployment.id, deployment.finishedAt) = (state, id, finishedAt.map(time))
    return deployment
  }

  @Test func deploymentsAreUnitedByIdElseByEnvironment() {
    let first = run(.running) { $0.deployments = [deployment("Staging", .succeeded), deployment("live", .running, id: "d")] }
    let second = run(.running) {
      $0.deployments = [deployment("live", .succeeded, id: "d"), deployment("live", .failed, id: "e")]
    }
    let both = merged(first, second)
    #expect(Set(both.deployments.map(\.id)) == ["d", "e", nil])
    #expect(both.deployments.first { $0.id == "d" }?.state == .succeeded)
    let named = merged(run(.running) { $0.deployments = [deployment("staging", nil, id: "s")] }, first)
    #expect(named.deployments.map(\.id) == ["s", "d"])
    #expect(named.deployments.first?.state == .succeeded)
  }

  /// The second job of a name, and the job for another region, are not what was recorded before.
  @Test func jobsThatDifferAreTwoDeployments() {
    func told(_ key: String, _ name: String, _ state: State) -> RunRecord {
      run(state) {
        var own = deployment("production", state)
        own.step = key
        ($0.steps, $0.deployments) = ([step(key, name, state)], [own])
      }
    }
    #expect(merged(told("5", "deploy", .failed), told("9", "deploy", .succeeded)).deployments.count == 2)
    #expect(merged(told("5", "eu", .failed), told("6", "us", .succeeded)).deployments.count == 2)
    #expect(merged(told("5", "deploy", .running), told("5", "deploy", .succeeded)).deployments.map(\.state) == [.succeeded])
  }

  @Test func whatWasRecordedIsTheOneOfItsOwnJob() {
    let recorded = run(.succeeded) {
      var own = deployment("production", .succeeded)
      (own.step, own.action, own.reason) = ("us", .rollback, "Login broken")
      ($0.steps, $0.deployments) = ([step(nil, "us", .succeeded)], [own])
    }
    let answer = run(.running) {
      $0.steps = [step("1", "eu", .running), step("2", "us", .running)]
      $0.deployments = ["1", "2"].map { key in
        var own = deployment("production", .running, id: "d" + key)
        own.step = key
        return own
      }
    }
    let both = merged(recorded, answer)
    #expect(both.deployments.map(\.id) == ["d1", "d2"])
    #expect(both.deployments.map(\.state) == [.running, .succeeded])
    #expect(both.deployments.map(\.reason) == [nil, "Login broken"])
    #expect(both.deployments.map(\.step) == ["1", "2"])
  }

  @Test func whatIsGuessedGivesWayToWhatIsSaid() {
    var guessed = deployment("live", .succeeded, finishedAt: 9)
    (guessed.startedAt, guessed.inferred) = (time(1), ["startedAt"])
    var said = deployment("live", .running)
    said.startedAt = time(3)
    let both = merged(run(.running) { $0.deployments = [guessed] }, run(.running) { $0.deployments = [said] })
    #expect(both.deployments.map(\.startedAt) == [time(3)])
    #expect(both.deployments.map(\.inferred) == [[]])
  }

  @Test func jobsOfOneRunMayRecordTwoServices() {
    let both = merged(
      run(.succeeded) {
        ($0.service, $0.version, $0.deployments) = ("a", VersionLabel(name: "1"), [deployment("live", .succeeded)])
      },
      run(.running) { ($0.service, $0.version, $0.deployments) = ("b", VersionLabel(name: "2"), [deployment("live", .failed)]) }
    )
    let told = both.deployments.map { "\($0.service ?? "") \($0.version?.name ?? "") \($0.state ?? .unknown)" }
    #expect(told == ["a 1 succeeded", "b 2 failed"])
  }

  @Test func aSuccessThatIsSupersededLaterKeepsItsFirstFinish() {
    let success = run(.running) { $0.deployments = [deployment("live", .succeeded, finishedAt: 1)] }
    let superseded = run(.running) { $0.deployments = [deployment("live", .superseded, finishedAt: 9)] }
    #expect(merged(success, superseded).deployments.map(\.finishedAt) == [time(1)])
    #expect(merged(success, superseded).deployments.map(\.state) == [.succeeded])
  }

  @Test func whatIsLiveTakesNoFinishFromWhatIsPoorer() {
    let poor = run(.running) { $0.deployments = [deployment("live", nil, finishedAt: 4)] }
    let live = run(.running) { $0.deployments = [deployment("live", .running)] }
    #expect(merged(poor, live).deployments.map(\.finishedAt) == [nil])
  }

  @Test func anIncidentGoesOnAndKeepsAllItsUpdates() {
    func incident(_ state: IncidentRecord.State, updates: [Int64]) -> IncidentRecord {
      var incident = IncidentRecord(id: "i", state: state)
      incident.updates = updates.map { .init(at: time($0), text: .text("update")) }
      incident.causedBy = ["d\(updates[0])"]
      incident.startedAt = time(updates[0])
      return incident
    }
    let tellings = [incident(.detected, updates: [2, 1]), incident(.resolved, updates: [2, 3])]
    let merged = IncidentRecord.merged(tellings.byWeight.map { tellings[$0] })
    #expect(merged.state == .resolved)
    #expect(merged.updates.map(\.at) == [time(1), time(2), time(3)])
    #expect(merged.causedBy == ["d2"])
  }

  @Test func whatIsMergedTellsOfAllItsTellings() {
    func told(_ file: String, _ finishedAt: Int64) -> RunRecord {
      run(.succeeded, finishedAt: finishedAt) {
        $0.story = Diagnostics.Story(at: RecordPlace(file: file, position: Position(line: 1, column: 1)), "run 1")
        $0.deployments = [deployment("a", .succeeded)]
        let place = RecordPlace(file: file, position: Position(line: 2, column: 1))
        $0.deployments[0].story = Diagnostics.Story(at: place, "a deployment")
      }
    }
    let made = merged(told("a.json", 4), told("b.json", 5))
    #expect(Set(made.story.places.map(\.file)) == ["a.json", "b.json"])
    #expect(made.deployments.map { Set($0.story.places.map(\.file)) } == [["a.json", "b.json"]])
    #expect(
      made.story.remarks.contains { $0.text == "2 tellings of it: each field is that of the weightiest one that states it" })
  }

  @Test func aRecordWithItselfIsItself() {
    var step = Step(name: "Build", state: .succeeded)
    step.activeSeconds = 3
    var value = run(.succeeded, finishedAt: 4) {
      $0.steps = [step, step]
      $0.gates = [Gate(kind: .timer, state: .waiting), Gate(kind: .human, state: .unknown)]
      $0.deployments = [deployment("a", .failed), deployment("A", .succeeded), deployment("b", nil, id: "x")]
      $0.changes = [Change(sha: "1"), Change(sha: "1")]
    }
    value.ref = Ref(name: "main", type: .branch)
    #expect(merged(value, value) == value)
    #expect(neededTellings([value, value], names) == [value])
  }

  /// A field that is added to a record and not merged would be lost in silence. `named`: properties that the canonical form calls
  /// otherwise.
  @Test func everyFieldIsMerged() {
    func properties(_ value: some Any, _ named: [String: String]) -> Set<String> {
      Set(Mirror(reflecting: value).children.compactMap { $0.label.map { named[$0] ?? $0 } })
    }
    func check<Value: Mergeable>(_ value: Value, besides: Set<String>, named: [String: String] = [:]) {
      let all = properties(value, named)
      let merged = Set(Value.fields.compactMap { $0.name.split(separator: ".").first.map(String.init) })
      // Stories take no part in what a record says; `settle` joins them.
      #expect(all.subtracting(merged).subtracting(["story"]) == besides)
    }
    check(run(.running), besides: ["id", "attempt", "changes", "steps", "gates", "deployments"])
    check(Step(name: "", state: .running), besides: [], named: ["isCurrent": "current"])
    check(Gate(kind: .human, state: .waiting), besides: ["decisions"])
    check(Gate.Decision(), besides: [])
    check(Change(sha: "1"), besides: [])
    check(deployment("a", nil), besides: ["changes"], named: ["isInactive": "inactive", "isPart": "partial"])
    check(
      IncidentRecord(id: "i", state: .detected), besides: ["id", "updates", "affects", "causedBy", "fixedBy"],
      named: ["kind": "type"])
    check(IncidentRecord.Update(at: time(0), text: .text("")), besides: ["affects"])
    let reference = properties(
      DeploymentRecord.EnvironmentReference(name: "a"), ["isShortLived": "shortLived", "availability": "state"])
    #expect(Set(DeploymentRecord.fields.map(\.name)).isSuperset(of: reference.map { "environment." + $0 }))
  }
}

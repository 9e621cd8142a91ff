import Testing

@testable import Releases

/// Two tellings of one record (record.md, rules 5 and 6).
@Suite struct Merging {
  private func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_770_000_000 + seconds) }

  private func run(_ state: State, finishedAt: Int64? = nil, _ change: (inout RunRecord) -> Void = { _ in }) -> RunRecord {
    var run = RunRecord(id: "1", state: state)
    run.finishedAt = finishedAt.map(time)
    change(&run)
    return run
  }

  @Test func aTerminalStateOutweighsALiveOneWhicheverCameLater() {
    #expect(run(.succeeded).merged(with: run(.running)).state == .succeeded)
    #expect(run(.running).merged(with: run(.failed)).state == .failed)
  }

  @Test func ofTwoTerminalStatesTheLaterFinishIsRight() {
    #expect(run(.succeeded, finishedAt: 9).merged(with: run(.failed, finishedAt: 5)).state == .succeeded)
    #expect(run(.failed, finishedAt: 5).merged(with: run(.succeeded, finishedAt: 9)).finishedAt == time(9))
  }

  @Test func ofTwoEquallyGoodOnesTheLaterIsRight() {
    #expect(run(.running) { $0.title = "a" }.merged(with: run(.waiting) { $0.title = "b" }).title == "b")
  }

  @Test func whatOneDoesNotSayComesFromTheOther() {
    let poor = run(.succeeded, finishedAt: 9) { $0.startedAt = time(3) }
    let rich = run(.running) {
      ($0.service, $0.title, $0.number, $0.startedAt) = ("shop", "Faster", 7, time(1))
      $0.commit = Change(sha: "0123456")
      $0.changes = [Change(sha: "0123456")]
      $0.tests = TestCounts(total: 2, passed: 2, failed: 0)
    }
    for merged in [poor.merged(with: rich), rich.merged(with: poor)] {
      #expect((merged.service, merged.title, merged.number) == ("shop", "Faster", 7))
      #expect((merged.startedAt, merged.finishedAt, merged.state) == (time(1), time(9), .succeeded))
      #expect(merged.commit?.sha == "0123456" && merged.changes.count == 1 && merged.tests?.total == 2)
    }
  }

  @Test func twoFormsOfOneCommitAreCompletedAndTwoCommitsAreNot() {
    var long = Change(sha: "0123456789")
    long.author = "ana"
    var short = Change(sha: "0123456")
    short.message = "Fix"
    let merged = run(.running) { $0.commit = long }.merged(with: run(.running) { $0.commit = short })
    #expect((merged.commit?.sha, merged.commit?.author, merged.commit?.message) == ("0123456789", "ana", "Fix"))
    let other = run(.running) { $0.commit = long }.merged(with: run(.running) { $0.commit = Change(sha: "ffff") })
    #expect((other.commit?.sha, other.commit?.author) == ("ffff", nil))
  }

  @Test func stepsAndGatesAreUnitedByTheirKeysElseTheirNames() {
    func step(_ key: String?, _ name: String, _ state: State) -> Step {
      var step = Step(name: name, state: state)
      step.key = key
      return step
    }
    let first = run(.running) { $0.steps = [step(nil, "Build", .succeeded), step("k2", "Test", .running)] }
    let second = run(.running) {
      $0.steps = [step("k1", "Build", .running), step("k2", "Test", .failed), step("k3", "Ship", .queued)]
    }
    let merged = first.merged(with: second)
    #expect(merged.steps.map(\.name) == ["Build", "Test", "Ship"])
    #expect(merged.steps.map(\.state) == [.succeeded, .failed, .queued])
    var waiting = Gate(kind: .human, state: .waiting)
    waiting.key = "g"
    var approved = Gate(kind: .human, state: .approved)
    approved.key = "g"
    for (one, two) in [(waiting, approved), (approved, waiting)] {
      #expect(run(.running) { $0.gates = [one] }.merged(with: run(.running) { $0.gates = [two] }).gates == [approved])
    }
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
    let merged = first.merged(with: second)
    #expect(merged.deployments.map(\.id) == ["d", "e", nil])
    #expect(merged.deployments.map(\.state) == [.succeeded, .failed, .succeeded])
    let named = run(.running) { $0.deployments = [deployment("staging", nil, id: "s")] }.merged(with: first)
    #expect(named.deployments.map(\.id) == ["s", "d"])
    #expect(named.deployments.first?.state == .succeeded)
  }

  @Test func aSuccessThatIsSupersededLaterKeepsItsFirstFinish() {
    let success = deployment("live", .succeeded, finishedAt: 1)
    let superseded = deployment("live", .superseded, finishedAt: 9)
    for merged in [success.merged(with: superseded), superseded.merged(with: success)] {
      #expect((merged.state, merged.finishedAt) == (.succeeded, time(1)))
    }
  }

  @Test func whatIsLiveTakesNoFinishFromWhatIsPoorer() {
    var live = deployment("live", .running)
    live.startedAt = time(5)
    let merged = deployment("live", nil, finishedAt: 4).merged(with: live)
    #expect((merged.state, merged.finishedAt) == (.running, nil))
  }

  @Test func anIncidentGoesOnAndKeepsAllItsUpdates() {
    func incident(_ state: IncidentRecord.State, updates: [Int64]) -> IncidentRecord {
      var incident = IncidentRecord(id: "i", state: state)
      incident.updates = updates.map { .init(at: time($0), text: .text("update")) }
      incident.startedAt = time(updates.first ?? 0)
      return incident
    }
    let (early, late) = (incident(.detected, updates: [1, 2]), incident(.resolved, updates: [2, 3]))
    for merged in [early.merged(with: late), late.merged(with: early)] {
      #expect(merged.state == .resolved)
      #expect(merged.updates.map(\.at) == [time(1), time(2), time(3)])
      #expect(merged.startedAt == time(1))
    }
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
    #expect(value.merged(with: value) == value)
  }
}

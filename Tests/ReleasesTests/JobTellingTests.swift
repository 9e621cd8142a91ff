import Joining
import Records
import Releases
import Support
import Testing
import Time

/// What the variables of one job tell of its run, beside the other jobs and the answer of the provider.
struct JobTellingTests {
  private static func run(_ state: State, attempt: Int = 1, finished: Int? = nil) -> RunRecord {
    var run = RunRecord(id: "7", state: state)
    (run.service, run.repository, run.provider) = ("shop", "acme/shop", "github")
    (run.attempt, run.finishedAt) = (attempt, finished.map(minute))
    run.commit = Change(sha: "aaaaaaaaaaaaa1")
    return run
  }

  /// A job's own telling: its step and its deployment.
  private static func job(
    _ name: String, _ state: State, key: String? = nil, at end: Int, to environment: String = "production", attempt: Int = 1
  ) -> RunRecord {
    var run = Self.run(state, attempt: attempt, finished: end)
    var step = Step(name: name, state: state)
    (step.key, step.startedAt, step.finishedAt) = (key, minute(end - 5), minute(end))
    run.steps = [step]
    var deployment = DeploymentRecord(environment: .init(name: environment))
    (deployment.state, deployment.step) = (state, key ?? name)
    (deployment.startedAt, deployment.finishedAt) = (minute(end - 5), minute(end))
    run.deployments = [deployment]
    return run
  }

  private static func deployment(_ id: String, _ state: State, at end: Int, attempt: Int, step: String? = nil)
    -> DeploymentRecord
  {
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    (deployment.id, deployment.state, deployment.attempt, deployment.step) = (id, state, attempt, step)
    (deployment.startedAt, deployment.finishedAt) = (minute(end - 6), minute(end))
    return deployment
  }

  private static func view(_ runs: [RunRecord]) -> [View] {
    [runs, runs.reversed()].map { runs in
      var story = Story()
      for run in runs { story.add(run) }
      return story.view()
    }
  }

  private static func told(_ view: View) -> [String] {
    view.deployments.map { "\($0.id) \($0.state) \($0.attempt) \($0.action.rawValue)" }
  }

  @Test(arguments: [(State.failed, 10, State.succeeded, 20), (.succeeded, 10, .failed, 20), (.cancelled, 10, .succeeded, 20)])
  func oneJobSaysNothingOfTheOthers(staging: State, _ first: Int, production: State, _ second: Int) {
    for view in Self.view([
      Self.job("stage", staging, at: first, to: "staging"), Self.job("ship", production, at: second),
    ]) {
      #expect(view.messages == [])
      #expect(view.service.runs.map(\.record.state) == [staging == .succeeded ? production : staging])
    }
  }

  private static func waiting(_ state: State = .waiting, id: String? = nil, gate: Bool = true) -> RunRecord {
    var run = Self.run(state)
    run.createdAt = minute(1)
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    (deployment.state, deployment.id) = (.waiting, id)
    run.deployments = [deployment]
    if gate { run.gates = [GateTests.gate("p", .waiting, environment: "production")] }
    return run
  }

  /// In whatever order the two are told, and whoever tells of the wait: the provider's answer, or another job.
  @Test(arguments: [waiting(), waiting(.running), waiting(id: "5"), waiting(gate: false), job("ship", .waiting, at: 20)])
  func theEndOfOneJobIsNotThatOfWhatWaitsBehindIt(other: RunRecord) {
    for view in Self.view([Self.job("stage", .succeeded, at: 10, to: "staging"), other]) {
      #expect(view.messages == [])
      #expect(view.cell.waiting.map(\.version) == ["aaaaaaaaaaaa"])
      #expect(view.service.runs.map(\.record.state) == [other.state])
    }
  }

  @Test(arguments: [State.failed, .cancelled]) func aJobThatEndedBadlyTakesNoWaitAway(state: State) {
    for view in Self.view([Self.job("stage", state, at: 10, to: "staging"), Self.waiting()]) {
      #expect(view.cell.waiting.count == 1 && view.service.runs.map(\.record.state) == [.waiting])
    }
  }

  /// Nobody knows what became of it, and what was called off had never begun.
  @Test(arguments: [(State.succeeded, Cell.State.unknown), (.failed, .unknown), (.cancelled, .none)])
  func whatWaitedWhenItsRunEndedIsNotSaidToBeNothing(state: State, cell: Cell.State) {
    var over = Self.run(state, finished: 40)
    over.createdAt = minute(1)
    var waiting = Self.job("ship", .waiting, at: 20)
    (waiting.deployments[0].startedAt, waiting.deployments[0].finishedAt) = (nil, nil)
    for index in waiting.steps.indices { waiting.steps[index].startedAt = nil }
    for view in Self.view([waiting, over]) {
      #expect(view.cell.state == cell && view.cell.waiting.isEmpty && view.cell.flags.isEmpty)
    }
  }

  @Test func aRunThatStandsStillIsPausedThoughOneOfItsJobsIsOver() {
    var still = Self.run(.waiting)
    still.createdAt = minute(1)
    for view in Self.view([Self.job("stage", .succeeded, at: 10, to: "staging"), still]) {
      #expect(view.service.runs.map(\.record.state) == [.waiting])
    }
  }

  /// The job behind the gate has said its own word, or the provider has said that the run is over.
  @Test func whatWaitedWaitsNoMoreOnceItWentOn() {
    for view in Self.view([
      Self.job("stage", .succeeded, at: 10, to: "staging"), Self.waiting(), Self.job("ship", .succeeded, at: 30),
    ]) {
      #expect(view.cell.waiting.isEmpty && view.cell.state == .current)
      #expect(view.service.runs.map(\.record.state) == [.succeeded])
    }
    var over = Self.run(.succeeded, finished: 40)
    (over.createdAt, over.steps) = (minute(1), [Step(name: "stage", state: .succeeded)])
    for view in Self.view([Self.job("stage", .succeeded, at: 10, to: "staging"), Self.waiting(), over]) {
      #expect(view.cell.waiting.isEmpty && view.service.runs.map(\.record.state) == [.succeeded])
    }
  }

  @Test func aJobThatWentWellIsNoContradictionOfARunThatFailed() {
    var whole = Self.run(.failed, finished: 30)
    whole.steps = [Step(name: "ship", state: .succeeded), Step(name: "smoke", state: .failed)]
    for view in Self.view([Self.job("ship", .succeeded, at: 10), whole]) {
      #expect(view.messages == [])
      #expect(view.service.runs.map(\.record.state) == [.failed])
      #expect(view.cell.state == .current)
    }
  }

  @Test func withoutAJobThatFailedTheTwoContradict() {
    for view in Self.view([Self.job("ship", .succeeded, at: 10), Self.run(.failed, finished: 30)]) {
      #expect(view.messages == ["contradictory-run"])
    }
  }

  @Test func theSameJobCannotHaveEndedInTwoWays() {
    for view in Self.view([Self.job("ship", .succeeded, at: 10), Self.job("ship", .failed, at: 20)]) {
      #expect(view.messages == ["contradictory-run"])
    }
  }

  @Test func whatAnAnswerTellsOfAnEarlierAttemptIsThatAttempts() {
    var answer = Self.run(.succeeded, attempt: 2, finished: 50)
    answer.deployments = [
      Self.deployment("71", .failed, at: 11, attempt: 1), Self.deployment("72", .succeeded, at: 50, attempt: 2),
    ]
    for view in Self.view([Self.job("ship", .failed, at: 10), answer]) {
      #expect(view.messages == [])
      #expect(Self.told(view) == ["71 failed 1 deploy", "72 succeeded 2 deploy"])
      #expect(view.deployments.flatMap(\.targets).isEmpty)
      #expect(view.cell.state == .current && view.cell.flags == [])
    }
    // Both were recorded: each is joined with its own.
    var second = Self.job("ship", .succeeded, at: 49, attempt: 2)
    second.deployments[0].action = .rollback
    for view in Self.view([Self.job("ship", .failed, at: 10), second, answer]) {
      #expect(Self.told(view) == ["71 failed 1 deploy", "72 succeeded 2 rollback"])
      #expect(view.cell.flags == [])
    }
    // Nobody recorded the first.
    for view in Self.view([second, answer]) {
      #expect(Self.told(view) == ["71 failed 1 deploy", "72 succeeded 2 rollback"])
    }
  }

  @Test func aJobOfWhichEachAttemptIsAnotherIsFoundByItsKey() {
    var answer = Self.run(.succeeded, finished: 50)
    answer.steps = [("701", 1, State.failed, 10), ("702", 2, .succeeded, 50)].map { key, attempt, state, end in
      var step = Step(name: "ship", state: state)
      (step.key, step.attempt, step.startedAt, step.finishedAt) = (key, attempt, minute(end - 5), minute(end))
      return step
    }
    answer.deployments = [
      Self.deployment("720", .failed, at: 10, attempt: 1, step: "701"),
      Self.deployment("721", .succeeded, at: 50, attempt: 2, step: "702"),
    ]
    var again = Self.job("ship", .succeeded, key: "702", at: 49)
    (again.deployments[0].action, again.deployments[0].reason) = (.rollback, "bad pay")
    for runs in [[again, answer], [Self.job("ship", .failed, key: "701", at: 10), again, answer]] {
      for view in Self.view(runs) {
        #expect(view.messages == [])
        #expect(Self.told(view) == ["720 failed 1 deploy", "721 succeeded 2 rollback"])
        #expect(view.deployments.last?.reason == "bad pay")
        #expect(view.deployments.flatMap(\.targets).isEmpty)
      }
    }
    // It was asked for before the retry, too.
    var early = answer
    (early.state, early.finishedAt) = (.failed, minute(11))
    for view in Self.view([again, early, answer]) { #expect(view.messages == []) }
  }
}

import Joining
import Records
import Releases
import Support
import Testing
import Time

/// record.md, Run, `gates`: which gate stands before which deployment, and how it stands.
struct GateTests {
  static func gate(
    _ key: String, _ state: Gate.State, _ kind: Gate.Kind = .human, environment: String? = nil, step: String? = nil
  ) -> Gate {
    var gate = Gate(kind: kind, state: state)
    gate.key = key
    gate.environment = environment
    gate.step = step
    return gate
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var gates: [Gate]
    var named: String?
    var step: String?
    var state = State.succeeded
    var key: String?
  }

  static let rows: [Row] = [
    Row(testDescription: "no gate", gates: [], key: nil),
    Row(
      testDescription: "the one it names", gates: [gate("a", .approved, environment: "production"), gate("b", .approved)],
      named: "b",
      key: "b"),
    Row(
      testDescription: "the one that holds its step",
      gates: [gate("a", .approved, environment: "production"), gate("b", .approved, step: "deploy")], step: "deploy", key: "b"),
    Row(testDescription: "that of its environment", gates: [gate("a", .approved, environment: "PRODUCTION")], key: "a"),
    Row(
      testDescription: "a key that nothing has", gates: [gate("a", .approved, environment: "production")], named: "x",
      step: "y",
      key: "a"),
    Row(testDescription: "that of another environment", gates: [gate("a", .approved, environment: "staging")], key: nil),
    Row(
      testDescription: "the person's of several",
      gates: [
        gate("a", .approved, .check, environment: "production"), gate("b", .approved, environment: "production"),
      ], key: "b"),
    Row(
      testDescription: "the one that waits while it waits",
      gates: [
        gate("a", .approved, environment: "production"), gate("b", .waiting, .timer, environment: "production"),
      ], state: .waiting, key: "b"),
    Row(
      testDescription: "the person's of two that wait",
      gates: [
        gate("a", .waiting, .timer, environment: "production"), gate("b", .waiting, environment: "production"),
      ], state: .waiting, key: "b"),
    Row(testDescription: "one that names nothing, while it waits", gates: [gate("a", .waiting)], state: .waiting, key: "a"),
    Row(testDescription: "one that names nothing and is over", gates: [gate("a", .approved)], key: nil),
    Row(
      testDescription: "the first of equals",
      gates: [gate("a", .approved, environment: "production"), gate("b", .approved, environment: "production")], key: "a"),
  ]

  @Test(arguments: rows)
  func aDeploymentHasTheGateThatIsLinkedMostClosely(row: Row) {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0", row.state) { run, deployment in
      run.gates = row.gates
      deployment.gate = row.named
      deployment.step = row.step
    }
    #expect(story.view().deployments.map { $0.gate?.key } == [row.key])
  }

  @Test
  func everyEnvironmentHasAGateOfItsOwn() {
    var story = Story()
    var run = RunRecord(id: "1", state: .waiting)
    run.service = "shop"
    run.gates = [gate("s", .approved, environment: "staging"), gate("p", .waiting, environment: "production")]
    run.deployments = [deployment("staging", .succeeded), deployment("production", .waiting)]
    story.add(run)
    #expect(story.view("staging").deployments.map { $0.gate?.key } == ["s"])
    #expect(story.view("staging").cell.way == .gated)
    #expect(story.view().deployments.map { $0.gate?.key } == ["p"])
    #expect(story.view().cell.waiting.map { $0.gate?.key } == ["p"])
  }

  @Test(arguments: [Gate.State.rejected, .expired, .cancelled])
  func whatAGateKeptOutIsNoAttemptAndDoesNotWait(state: Gate.State) {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0")
    story.deploy("1.1.0", .cancelled) { run, deployment in
      run.gates = [GateTests.gate("p", state, environment: "production")]
      deployment.startedAt = nil
    }
    let view = story.view()
    #expect(view.current == "1.0.0" && view.cell.state == .current)
    #expect(view.lastAttempt == nil)
    #expect(view.cell.waiting.isEmpty)
    #expect(view.deployments.last?.gate?.state == state)
    #expect(view.deployments.last?.promotion == .unknown)
  }

  @Test
  func aQueuedDeploymentBehindAWaitingGateWaits() {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0", .queued) { run, _ in run.gates = [GateTests.gate("p", .waiting, environment: "production")] }
    let view = story.view()
    #expect(view.deployments.map(\.state) == [.waiting])
    #expect(view.deployments.map(\.inferred) == [["state"]])
    #expect(view.cell.waiting.count == 1)
  }

  /// A run goes on elsewhere while a person has not decided: what only the run says is running has not begun.
  @Test(arguments: ["nested", "alone"])
  func aDeploymentWithoutAStateOfItsOwnWaitsAtItsGateWhileTheRunGoesOn(place: String) {
    var story = Story(environments: ["production"])
    var run = RunRecord(id: "1", state: .running)
    run.service = "shop"
    run.startedAt = minute(1)
    run.gates = [GateTests.gate("p", .waiting, environment: "production")]
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    if place == "nested" {
      run.deployments = [deployment]
    } else {
      deployment.run = "1"
      story.add(deployment)
    }
    story.add(run)
    let view = story.view()
    #expect(view.deployments.map(\.state) == [.waiting])
    #expect(view.deployments.map(\.startedAt) == [nil])
    #expect(view.deployments.map(\.inferred) == [["state"]])
    #expect(view.cell.waiting.map { $0.gate?.key } == ["p"])
    #expect(view.lastAttempt == nil)
  }

  @Test
  func aDeploymentThatStartedIsRunningWhateverItsGateSays() {
    var story = Story(environments: ["production"])
    var run = RunRecord(id: "1", state: .running)
    run.service = "shop"
    run.gates = [GateTests.gate("p", .waiting, environment: "production")]
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    deployment.startedAt = minute(3)
    run.deployments = [deployment]
    story.add(run)
    #expect(story.view().deployments.map(\.state) == [.running])
  }

  @Test
  func aGateThatWaitsStandsForTheDeploymentThatNoRecordTells() {
    var story = Story()
    story.deploy("1.1.0", to: "staging", .succeeded, run: 7) { run, deployment in
      run.state = .waiting
      deployment.state = .succeeded
      run.gates = [GateTests.gate("p", .waiting, environment: "production")]
    }
    let view = story.view()
    #expect(view.deployments.map(\.id) == ["7-production"])
    #expect(view.deployments.map(\.state) == [.waiting])
    #expect(view.deployments.map(\.inferred) == [["state"]])
    #expect(view.cell.waiting.map(\.version) == ["1.1.0"])
    #expect(view.service.runs[0].deployments.count == 2)
  }

  @Test(arguments: [Gate.State.approved, .rejected, .expired])
  func aGateThatIsDecidedStandsForNothing(state: Gate.State) {
    var story = Story()
    story.deploy("1.1.0", to: "staging") { run, _ in
      run.state = .running
      run.gates = [GateTests.gate("p", state, environment: "production")]
    }
    #expect(story.view().deployments.isEmpty)
  }

  @Test
  func aGateOfARunThatIsOverStandsForNothing() {
    var story = Story()
    story.deploy("1.1.0", to: "staging") { run, _ in run.gates = [GateTests.gate("p", .waiting, environment: "production")] }
    #expect(story.view().deployments.isEmpty)
  }

  /// One run of several services that has no service of its own.
  @Test
  func aWaitingGateStandsForEveryServiceThatItsRunDeploys() {
    var story = Story()
    var run = RunRecord(id: "9", state: .waiting)
    run.repository = "acme/mono"
    run.version = VersionLabel(name: "1.0.0")
    run.gates = [GateTests.gate("p", .waiting, environment: "production")]
    run.deployments = ["api", "web", "web"].map { service in
      var deployment = deployment("staging", .succeeded)
      deployment.service = service
      return deployment
    }
    story.add(run)
    for service in ["api", "web"] {
      let view = story.view(service: service)
      #expect(view.cell.waiting.map(\.version) == ["1.0.0"])
      #expect(view.deployments.map(\.id) == ["9-production"])
    }
    #expect(story.joined().catalog.services.map(\.key) == ["api", "web"])
  }

  @Test
  func theWaitAtAGateIsFromRequestToDecision() {
    var gate = Gate(kind: .human, state: .approved)
    #expect(gate.waitSeconds == nil)
    gate.requestedAt = minute(1)
    #expect(gate.waitSeconds == nil)
    gate.decisions = [
      Gate.Decision(by: "ana", at: nil), Gate.Decision(by: "bo", at: minute(4)), Gate.Decision(by: "cy", at: minute(3)),
    ]
    #expect(gate.waitSeconds == 180)
    #expect(gate.decidedAt == minute(4))
    gate.state = .waiting
    #expect(gate.waitSeconds == nil)
    gate.state = .approved
    gate.requestedAt = minute(9)
    #expect(gate.waitSeconds == nil)
  }

  @Test
  func whoDecidedTheLastTimeIsRememberedByTheTimeOfTheDecision() {
    var story = Story(environments: ["production"])
    for (version, by, at) in [("1.0.0", "ana", 3), ("1.1.0", "bo", 13)] {
      story.deploy(version) { run, _ in
        var gate = GateTests.gate("p", .approved, environment: "production")
        gate.decisions = [Gate.Decision(by: by, at: minute(at))]
        run.gates = [gate]
      }
    }
    story.deploy("1.2.0", .failed) { run, _ in
      var gate = GateTests.gate("p", .approved, .check, environment: "production")
      gate.decisions = [Gate.Decision(by: "robot", at: minute(30))]
      run.gates = [gate]
    }
    #expect(story.view().cell.lastDecision == Gate.Decision(by: "bo", at: minute(13)))
    #expect(story.view().deployments.map(\.by) == ["ana", "bo", nil])
  }

  private func gate(_ key: String, _ state: Gate.State, environment: String) -> Gate {
    GateTests.gate(key, state, .human, environment: environment)
  }

  private func deployment(_ environment: String, _ state: State) -> DeploymentRecord {
    var deployment = DeploymentRecord(environment: .init(name: environment))
    deployment.state = state
    if state == .succeeded { deployment.finishedAt = minute(5) }
    return deployment
  }
}

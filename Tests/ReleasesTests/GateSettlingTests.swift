import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// A gate that waited when somebody asked, and what is known later.
@Suite struct GateSettlingTests {
  private func run(
    _ state: State, _ gates: [Gate], _ deployments: [DeploymentRecord], at finish: Int? = nil
  ) -> RunRecord {
    var run = RunRecord(id: "7", state: state)
    (run.service, run.version) = ("shop", VersionLabel(name: "1.0.0"))
    (run.createdAt, run.finishedAt) = (minute(1), finish.map(minute))
    (run.gates, run.deployments) = (gates, deployments)
    return run
  }

  private func deployment(_ state: State?, id: String? = nil, target: String? = nil, gate: String? = nil) -> DeploymentRecord {
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    (deployment.state, deployment.id, deployment.target, deployment.gate) = (state, id, target, gate)
    return deployment
  }

  private func gate(_ decisions: [Gate.Decision] = []) -> Gate {
    var gate = GateTests.gate("p", .waiting, environment: "production")
    gate.decisions = decisions
    return gate
  }

  private func view(_ runs: RunRecord...) -> View {
    var story = Story(environments: ["production"])
    for run in runs { story.add(run) }
    return story.view()
  }

  /// The later answer, and what becomes of the gate.
  @Test(arguments: [
    (State.succeeded, State?.some(.succeeded), Gate.State.unknown), (.running, .running, .unknown),
    (.succeeded, nil, .unknown),
    (.cancelled, .cancelled, .cancelled), (.failed, .failed, .unknown),
  ])
  func itDoesNotWaitOnceWhatItHeldWentOn(run later: State, deployment: State?, state: Gate.State) {
    let view = view(
      run(.waiting, [gate()], [self.deployment(.waiting, gate: "p")]), run(later, [], [self.deployment(deployment)], at: 20))
    #expect(view.service.runs[0].record.gates.map(\.state) == [state])
    #expect(view.cell.waiting.isEmpty)
    let audit = AuditRule(view.joined.catalog)
    let begun = view.service.deployments.indices.filter { view.service.deployments[$0].isAttempt }
    #expect(begun.allSatisfy { !audit.judge(0, $0).flags.contains(.bypassed) })
  }

  @Test func aKnownYesMadeItOpen() {
    let yes = gate([Gate.Decision(by: "Cy", decision: "approved")])
    let view = view(run(.waiting, [yes], [deployment(.waiting)]), run(.succeeded, [], [deployment(.succeeded)], at: 20))
    #expect(view.deployments.map { $0.gate?.state } == [.approved] && view.deployments.map(\.promotion) == [.manual])
  }

  @Test func aRunThatStoodAndIsOverLeavesNothingThatWaits() {
    let gone = view(run(.waiting, [gate()], [deployment(.waiting)]), run(.succeeded, [], [], at: 20))
    #expect(gone.cell.waiting.isEmpty && gone.deployments.map(\.state) == [.unknown] && gone.current == nil)
    let told = view(run(.waiting, [gate()], [deployment(.waiting, id: "5")]), run(.succeeded, [], [], at: 20))
    #expect(told.cell.waiting.isEmpty && told.deployments.map(\.state) == [.unknown] && told.current == nil)
  }

  /// An optional job: its pipeline succeeded, and it waits all the same.
  @Test func whatWaitsInARunThatIsOverGoesOnWaiting() {
    let one = run(.succeeded, [gate()], [deployment(.waiting)], at: 20)
    #expect(view(one).cell.waiting.count == 1)
    #expect(view(run(.running, [gate()], [deployment(.waiting)]), one).cell.waiting.count == 1)
  }

  @Test func theGateOfOneTargetIsNotThatOfAnother() {
    let one = run(.waiting, [gate()], [deployment(.succeeded, target: "eu"), deployment(.waiting, target: "us", gate: "p")])
    let both = view(one)
    #expect(both.deployments.map { "\($0.target ?? "") \($0.gate?.state.rawValue ?? "none")" } == ["eu none", "us waiting"])
    #expect(both.cell.waiting.map(\.target) == ["us"])
    // Without a word of which of them it holds, it holds what waits.
    let unnamed = view(run(.waiting, [gate()], [deployment(.succeeded, target: "eu"), deployment(.waiting, target: "us")]))
    #expect(unnamed.deployments.map { $0.gate?.state } == [nil, .waiting])
  }
}

import Joining
import Records
import Releases
import Support
import Testing
import Time

/// record.md, Rules that real payloads force, 2: who let a deployment in.
struct PromotionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var gate: Gate?
    var said: DeploymentRecord.Promotion?
    var trigger: Trigger.Kind?
    var actor: Actor.Kind?
    var promotion: DeploymentRecord.Promotion
  }

  static func gate(_ state: Gate.State, _ kind: Gate.Kind = .human) -> Gate {
    var gate = Gate(kind: kind, state: state)
    gate.environment = "production"
    return gate
  }

  static let rows: [Row] = [
    Row(testDescription: "nothing is said", promotion: .unknown),
    Row(testDescription: "said to be manual", said: .manual, promotion: .manual),
    Row(testDescription: "said to be automatic", said: .automatic, promotion: .automatic),
    Row(testDescription: "said to be unknown", said: .unknown, promotion: .unknown),
    Row(testDescription: "a person approved", gate: gate(.approved), promotion: .manual),
    Row(
      testDescription: "a person approved what is said to be automatic", gate: gate(.approved), said: .automatic,
      promotion: .manual),
    Row(testDescription: "a check passed", gate: gate(.approved, .check), promotion: .unknown),
    Row(
      testDescription: "a check passed before an automatic one", gate: gate(.approved, .check), said: .automatic,
      promotion: .automatic),
    Row(testDescription: "a person's gate precedes", gate: gate(.unknown), said: .automatic, promotion: .unknown),
    Row(testDescription: "a person's gate was skipped", gate: gate(.skipped), said: .automatic, promotion: .automatic),
    Row(testDescription: "a person's gate expired", gate: gate(.expired), said: .automatic, promotion: .unknown),
    Row(testDescription: "a person's gate was rejected", gate: gate(.rejected), promotion: .unknown),
    Row(testDescription: "started by hand", trigger: .manual, promotion: .manual),
    Row(testDescription: "started by a person", trigger: .manual, actor: .human, promotion: .manual),
    Row(testDescription: "started by somebody", trigger: .manual, actor: .unknown, promotion: .manual),
    Row(testDescription: "started by a bot", trigger: .manual, actor: .bot, promotion: .unknown),
    Row(testDescription: "started by the system", trigger: .manual, actor: .system, promotion: .unknown),
    Row(
      testDescription: "an automatic step of a run started by a bot", said: .automatic, trigger: .manual, actor: .bot,
      promotion: .automatic),
    Row(
      testDescription: "an automatic step of a run started by a person", said: .automatic, trigger: .manual, promotion: .manual),
    Row(
      testDescription: "a bot started what is said to be manual", said: .manual, trigger: .manual, actor: .bot,
      promotion: .manual),
    Row(
      testDescription: "a bot started what a person approved", gate: gate(.approved), trigger: .manual, actor: .bot,
      promotion: .manual),
    Row(
      testDescription: "a bot started what a check let in", gate: gate(.approved, .check), trigger: .manual, actor: .bot,
      promotion: .unknown),
    Row(testDescription: "pushed by a person", trigger: .push, actor: .human, promotion: .unknown),
  ]

  @Test(arguments: rows)
  func aPromotionIsManualOnlyWherePeopleActedAndAutomaticOnlyWhereItIsSaid(row: Row) {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0") { run, deployment in
      run.gates = [row.gate].compactMap { $0 }
      run.trigger = row.trigger.map { Trigger(type: $0) }
      run.actor = row.actor.map { Actor(name: "ana", kind: $0) }
      deployment.promotion = row.said
    }
    #expect(story.view().deployments.map(\.promotion) == [row.promotion])
  }

  @Test(arguments: [
    (Configuration.GateRule?.none, DeploymentRecord.Promotion.manual, Cell.Way.gated), (nil, .automatic, .open),
    (nil, .unknown, .unknown),
    (.manual, .automatic, .gated), (.some(.none), .manual, .open),
  ])
  func theWayInIsConfiguredElseThatOfTheLastSuccess(
    rule: Configuration.GateRule?, promotion: DeploymentRecord.Promotion, way: Cell.Way
  ) {
    var story = Story(environments: ["production"])
    story.configuration.environments[0].gate = rule
    story.deploy("1.0.0") { _, deployment in deployment.promotion = promotion }
    story.deploy("1.1.0", .failed)
    #expect(story.view().cell.way == way)
  }

  @Test
  func beforeTheFirstDeploymentAWaitingPersonShowsTheWayIn() {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0", .waiting) { run, _ in run.gates = [PromotionTests.gate(.waiting)] }
    #expect(story.view().cell.way == .gated)
    var other = Story(environments: ["production"])
    other.deploy("1.0.0", .waiting) { run, _ in run.gates = [PromotionTests.gate(.waiting, .timer)] }
    #expect(other.view().cell.way == .unknown)
  }

  @Test(arguments: [(3, DeploymentRecord.Promotion.manual), (8, .unknown)])
  func anApprovalThatNamesNothingCountsForWhatStartedAfterIt(decided: Int, promotion: DeploymentRecord.Promotion) {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0", started: 5, at: 10) { run, _ in
      var gate = Gate(kind: .human, state: .approved)
      gate.decisions = [Gate.Decision(by: "ana", at: minute(decided))]
      run.gates = [gate]
    }
    #expect(story.view().deployments.map(\.promotion) == [promotion])
  }

  @Test
  func theGateOfOneEnvironmentSaysNothingOfAnother() {
    var story = Story()
    story.deploy("1.0.0", to: "staging") { run, deployment in
      run.gates = [PromotionTests.gate(.approved)]
      deployment.promotion = .automatic
    }
    let view = story.view("staging")
    #expect(view.deployments.map(\.promotion) == [.automatic])
    #expect(view.deployments.map(\.gate) == [nil])
  }
}

import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct BitbucketJoin {
  /// A run of three steps: built, on staging, and at the button to production.
  static let pipeline =
    #"{"uuid":"{p}","type":"pipeline","build_number":7,"run_number":1,"created_on":"2026-03-02T10:00:00Z","repository":{"full_name":"acme/shop"},"trigger":{"name":"PUSH"},"state":{"name":"IN_PROGRESS","stage":{"name":"PAUSED"}},"target":{"ref_type":"branch","ref_name":"main","commit":{"hash":"0123456789abcdef0123456789abcdef01234567"}}}"#

  static func step(
    _ id: String, _ state: String, _ trigger: String, _ from: String? = nil, _ to: String? = nil, attempt: Int = 1
  ) -> String {
    let times = (from.map { #","started_on":"\#($0)""# } ?? "") + (to.map { #","completed_on":"\#($0)""# } ?? "")
    return
      #"{"uuid":"{\#(id)}","type":"pipeline_step","name":"\#(id)","run_number":\#(attempt),"pipeline":{"uuid":"{p}"},"state":\#(state),"trigger":{"type":"pipeline_step_trigger_\#(trigger)"}\#(times)}"#
  }

  static func deployment(_ id: String, _ environment: String, step: String, _ state: String) -> String {
    ##"{"uuid":"{\##(id)}","type":"deployment","environment":{"uuid":"{\##(environment)}"},"step":{"uuid":"{\##(step)}"},"state":\##(state),"release":{"name":"#7","pipeline":{"uuid":"{p}"},"commit":{"hash":"0123456789abcdef0123456789abcdef01234567"},"url":"https://bitbucket.org/acme/shop/addon/x"}}"##
  }

  @Test func aDeploymentOfWhichNothingTellsTheOutcomeIsTold() throws {
    let deployment = Self.deployment("d", "e", step: "s", #"{"name":"COMPLETED"}"#).replacing(
      #""uuid":"{e}""#, with: #""uuid":"{e}","name":"Production""#)
    #expect(join(deployment).diagnostics.map(\.message.id) == ["deployment-without-status"])
    let told = deployment.replacing(#"{"name":"COMPLETED"}"#, with: #"{"name":"COMPLETED","status":{"name":"FAILED"}}"#)
    #expect(join(told).diagnostics.isEmpty)
  }

  static let done = #"{"name":"COMPLETED","result":{"name":"SUCCESSFUL"}}"#
  static let notRun = #"{"name":"COMPLETED","result":{"name":"NOT_RUN"}}"#
  static let pending = #"{"name":"PENDING"}"#
  static let undeployed = #"{"name":"UNDEPLOYED","status":{}}"#
  static let deployed =
    #"{"name":"COMPLETED","status":{"name":"SUCCESSFUL"},"started_on":"2026-03-02T10:01:00Z","completed_on":"2026-03-02T10:02:00Z"}"#
  static let environments =
    #"""
    {"values":[{"uuid":"{stg}","type":"deployment_environment","name":"Staging","rank":1,"environment_type":{"name":"Staging"}},
    {"uuid":"{prd}","type":"deployment_environment","name":"Live","rank":2,"environment_type":{"name":"Production"}}],"pagelen":10}
    """#

  static let steps = [
    step("build", done, "automatic", "2026-03-02T10:00:10Z", "2026-03-02T10:00:50Z"),
    step("stage", done, "automatic", "2026-03-02T10:01:00Z", "2026-03-02T10:02:00Z"),
    step("live", pending, "manual"),
  ].joined(separator: "\n")
  static let deployments = [
    deployment("d1", "stg", step: "stage", deployed), deployment("d2", "prd", step: "live", undeployed),
  ].joined(separator: "\n")

  private func whole() -> RecordSet {
    join(["a.jsonl": Self.pipeline, "b.jsonl": Self.steps, "c.jsonl": Self.deployments, "d.json": Self.environments])
  }

  @Test func aPausedRunWaitsAtTheManualStepOfItsEnvironment() throws {
    let set = whole()
    #expect(set.account.records == Account.Tally(rendered: 8))
    #expect(set.deployments.isEmpty)
    let run = try #require(set.run("{p}"))
    #expect(run.state == .waiting)
    #expect(run.stateRaw == "PAUSED")
    #expect(run.service == nil)
    #expect(run.repository == "acme/shop")
    #expect(run.url == "https://bitbucket.org/acme/shop/pipelines/results/7")
    #expect(run.startedAt == time("2026-03-02T10:00:10Z"))
    #expect(run.steps.map(\.state) == [.succeeded, .succeeded, .waiting])

    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "{live}"
    gate.step = "{live}"
    gate.environment = "Live"
    gate.requestedAt = time("2026-03-02T10:02:00Z")
    #expect(run.gates == [gate])

    let staging = try #require(run.deployment("Staging"))
    #expect(staging.state == .succeeded)
    #expect(staging.environment == .init(name: "Staging", tier: .staging, rank: 1))
    #expect(staging.promotion == .automatic)
    #expect(staging.gate == nil)
    #expect(staging.finishedAt == time("2026-03-02T10:02:00Z"))
    let live = try #require(run.deployment("Live"))
    #expect(live.state == .waiting)
    #expect(live.environment.tier == .production)
    #expect(live.promotion == .manual)
    #expect(live.gate == "{live}")
    #expect(live.step == "{live}")
    #expect(live.startedAt == nil)
    #expect(live.commit?.sha == "0123456789abcdef0123456789abcdef01234567")
  }

  @Test func theOrderOfTheFilesChangesNothing() {
    let texts = [Self.pipeline, Self.steps, Self.deployments, Self.environments]
    let files = zip(["a.jsonl", "b.jsonl", "c.jsonl", "d.json"], texts).map { read($1, $0) }
    let expected = joinRecords(files)
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] { #expect(joinRecords(order.map { files[$0] }) == expected) }
  }

  @Test func splitPagesGiveWhatOnePageGives() throws {
    let lines = Self.steps.split(separator: "\n").map(String.init)
    func page(_ number: Int, _ lines: some Sequence<String>) -> String {
      #"{"page":\#(number),"pagelen":2,"values":[\#(lines.joined(separator: ","))]}"#
    }
    let others: [RecordFile] = [read(Self.pipeline, "a"), read(Self.deployments, "b"), read(Self.environments, "c")]
    let whole = joinRecords(others + [read(page(1, lines), "steps.json")])
    // The names are in another order than the pages.
    let split = joinRecords(others + [read(page(1, lines[..<2]), "steps-z.json"), read(page(2, lines[2...]), "steps-a.json")])
    #expect(split.runs == whole.runs)
    #expect(split.account.records == whole.account.records)
  }

  @Test func aPressedButtonIsAnApprovedGateWithoutAName() throws {
    let pressed = Self.steps.replacing(
      Self.step("live", Self.pending, "manual"),
      with: Self.step("live", Self.done, "manual", "2026-03-02T12:00:00Z", "2026-03-02T12:01:00Z"))
    let done = Self.pipeline.replacing(#"{"name":"IN_PROGRESS","stage":{"name":"PAUSED"}}"#, with: Self.done)
    let deployments = Self.deployments.replacing(Self.undeployed, with: Self.deployed)
    let run = try #require(join(["a": done, "b": pressed, "c": deployments, "d": Self.environments]).run("{p}"))
    let gate = try #require(run.gates.first)
    #expect(gate.state == .approved)
    #expect(gate.requestedAt == time("2026-03-02T10:02:00Z"))
    #expect(gate.decisions == [.init(at: time("2026-03-02T12:00:00Z"), decision: "approved")])
    #expect(run.deployment("Live")?.promotion == .manual)
    #expect(run.deployment("Live")?.state == .succeeded)
    #expect(run.deployment("Staging")?.promotion == .automatic)
  }

  @Test func anAutomaticStepBehindAPressedButtonWasPromotedByHand() throws {
    let steps = [
      Self.step("go", Self.done, "manual", "2026-03-02T10:00:10Z", "2026-03-02T10:00:20Z"),
      Self.step("live", Self.done, "automatic", "2026-03-02T10:01:00Z", "2026-03-02T10:02:00Z"),
    ].joined(separator: "\n")
    let deployment = Self.deployment("d", "prd", step: "live", Self.deployed)
    let run = try #require(join(["a": Self.pipeline, "b": steps, "c": deployment, "d": Self.environments]).run("{p}"))
    #expect(run.deployment("Live")?.promotion == .manual)
  }

  @Test func aRunThatAPersonStartedPromotesByHand() throws {
    let manual = Self.pipeline.replacing(#""name":"PUSH""#, with: #""name":"MANUAL""#)
    let run = try #require(join(["a": manual, "b": Self.steps, "c": Self.deployments, "d": Self.environments]).run("{p}"))
    #expect(run.trigger == Trigger(type: .manual, raw: "MANUAL"))
    #expect(run.deployment("Staging")?.promotion == .manual)
  }

  @Test func onlyTheFirstButtonOfARowCanBePressed() throws {
    let steps = [Self.step("stage", Self.pending, "manual"), Self.step("live", Self.pending, "manual")].joined(separator: "\n")
    let deployments = [
      Self.deployment("d1", "stg", step: "stage", Self.undeployed), Self.deployment("d2", "prd", step: "live", Self.undeployed),
    ].joined(separator: "\n")
    let run = try #require(join(["a": Self.pipeline, "b": steps, "c": deployments, "d": Self.environments]).run("{p}"))
    #expect(run.steps.map(\.state) == [.waiting, .queued])
    #expect(run.gates.map(\.environment) == ["Staging"])
    #expect(run.deployment("Staging")?.state == .waiting)
    #expect(run.deployment("Live")?.state == .queued)
  }

  @Test(arguments: ["PAUSED", "HALTED"])
  func aHeldAutomaticStepWaitsForALockNotForAPerson(word: String) throws {
    let held = Self.pipeline.replacing("PAUSED", with: word)
    let steps = Self.step("live", Self.pending, "automatic")
    let deployment = Self.deployment("d", "prd", step: "live", Self.undeployed)
    let run = try #require(join(["a": held, "b": steps, "c": deployment, "d": Self.environments]).run("{p}"))
    #expect(run.gates.map(\.kind) == [.lock])
    #expect(run.gates.map(\.environment) == ["Live"])
    #expect(run.deployment("Live")?.state == .waiting)
    #expect(run.deployment("Live")?.promotion == .automatic)
  }

  @Test(arguments: [#"{"name":"IN_PROGRESS"}"#, #"{"name":"IN_PROGRESS","stage":{"name":"RUNNING"}}"#])
  func aRunOfWhichOnlyTheButtonIsLeftWaitsWhateverItsStage(state: String) throws {
    let pipeline = Self.pipeline.replacing(#"{"name":"IN_PROGRESS","stage":{"name":"PAUSED"}}"#, with: state)
    let run = try #require(join(["a": pipeline, "b": Self.steps]).run("{p}"))
    #expect(run.state == .waiting)
    #expect(run.gates.map(\.state) == [.waiting])
  }

  @Test func aRunThatGoesOnHasNoGateBeforeItsPendingSteps() throws {
    let running = Self.pipeline.replacing("PAUSED", with: "RUNNING")
    let steps = [
      Self.step("build", #"{"name":"IN_PROGRESS"}"#, "automatic", "2026-03-02T10:00:10Z"),
      Self.step("live", Self.pending, "manual"),
    ].joined(separator: "\n")
    let run = try #require(join(["a": running, "b": steps]).run("{p}"))
    #expect(run.gates.isEmpty)
    #expect(run.steps.map(\.state) == [.running, .queued])
  }

  /// What a deployment says, what its step says, how the run is, and what must come out.
  static let outcomes: [(String, String, String, State)] = [
    (#"{"name":"COMPLETED"}"#, done, done, .succeeded),
    (#"{"name":"COMPLETED"}"#, #"{"name":"COMPLETED","result":{"name":"FAILED"}}"#, done, .failed),
    (#"{"name":"COMPLETED"}"#, #"{"name":"COMPLETED","result":{"name":"STOPPED"}}"#, done, .cancelled),
    (#"{"name":"COMPLETED"}"#, notRun, done, .skipped), (#"{"name":"COMPLETED"}"#, #"{"name":"IN_PROGRESS"}"#, done, .unknown),
    (#"{"name":"COMPLETED"}"#, #"{"name":"COMPLETED"}"#, done, .unknown),
    (#"{"name":"COMPLETED","status":{"name":"FAILED"}}"#, done, done, .failed), (undeployed, notRun, done, .skipped),
    (undeployed, #"{"name":"COMPLETED","result":{"name":"STOPPED"}}"#, done, .cancelled), (undeployed, done, done, .unknown),
    (undeployed, pending, #"{"name":"IN_PROGRESS"}"#, .queued),
    (undeployed, pending, #"{"name":"COMPLETED","result":{"name":"STOPPED"}}"#, .cancelled),
    (undeployed, pending, #"{"name":"COMPLETED","result":{"name":"FAILED"}}"#, .unknown), (undeployed, pending, done, .unknown),
    (undeployed, #"{"name":"IN_PROGRESS"}"#, #"{"name":"IN_PROGRESS"}"#, .running),
  ]

  @Test(arguments: outcomes)
  func aDeploymentWithoutAnOutcomeTakesItsStepsAndNeverItsRuns(told: String, step: String, run: String, expected: State) throws
  {
    let pipeline = Self.pipeline.replacing(#"{"name":"IN_PROGRESS","stage":{"name":"PAUSED"}}"#, with: run)
    let set = join([
      "a": pipeline, "b": Self.step("live", step, "automatic"), "c": Self.deployment("d", "prd", step: "live", told),
      "d": Self.environments,
    ])
    #expect(try #require(set.run("{p}")?.deployment("Live")).state == expected)
  }

  @Test func aCompletedDeploymentWhoseStepWasNotReadIsUnknownThoughItsRunSucceeded() throws {
    let pipeline = Self.pipeline.replacing(#"{"name":"IN_PROGRESS","stage":{"name":"PAUSED"}}"#, with: Self.done)
    let set = join([
      "a": pipeline, "c": Self.deployment("d", "prd", step: "live", #"{"name":"COMPLETED"}"#), "d": Self.environments,
    ])
    let deployment = try #require(set.run("{p}")?.deployment("Live"))
    #expect(deployment.state == .unknown)
    #expect(deployment.stateRaw == "COMPLETED")
    #expect(deployment.promotion == .unknown)
  }

  @Test func aRedeployRewritesItsStepAndNotThePromotion() throws {
    let steps = [
      Self.step("live", Self.done, "redeploy", "2026-03-05T10:00:00Z", "2026-03-05T10:01:00Z", attempt: 2),
      Self.step("live", Self.done, "manual", "2026-03-02T10:01:00Z", "2026-03-02T10:02:00Z"),
    ].joined(separator: "\n")
    let set = join([
      "a": Self.pipeline, "b": steps, "c": Self.deployment("d", "prd", step: "live", Self.deployed), "d": Self.environments,
    ])
    let run = try #require(set.run("{p}"))
    #expect(run.steps.map(\.attempt) == [2])
    #expect(run.steps.first?.startedAt == time("2026-03-05T10:00:00Z"))
    #expect(run.gates.isEmpty)
    #expect(run.deployment("Live")?.action == .redeploy)
    #expect(run.deployment("Live")?.promotion == .unknown)
    #expect(set.account.skipped.first { $0.record == "step {live}" }?.reason == "b:1 tells a newer state of it")
  }

  @Test func aStepThatWasNotRunHasNoTimes() throws {
    let steps = Self.step("live", Self.notRun, "manual", "2026-03-02T10:01:00Z", "2026-03-02T10:01:00Z")
    let run = try #require(join(["a": Self.pipeline, "b": steps]).run("{p}"))
    #expect(run.steps.map(\.startedAt) == [nil])
    #expect(run.steps.map(\.finishedAt) == [nil])
    #expect(run.gates.map(\.state) == [.skipped])
  }

  @Test func nothingEndsBeforeItBegan() throws {
    let pipeline =
      #"{"uuid":"{p}","type":"pipeline","state":{"name":"COMPLETED","result":{"name":"FAILED"}},"created_on":"2026-03-02T10:00:00.315Z","completed_on":"2026-03-02T10:00:00.299Z"}"#
    let run = try #require(join(pipeline).run("{p}"))
    #expect(run.createdAt == time("2026-03-02T10:00:00.315Z"))
    #expect(run.finishedAt == time("2026-03-02T10:00:00.315Z"))
  }

  @Test func aStepWithoutItsRunIsSkippedAndSaysSo() {
    let set = join(Self.steps)
    #expect(set.runs.isEmpty)
    #expect(set.account.records == Account.Tally(skipped: 3))
    #expect(Set(set.account.skipped.map(\.reason)) == ["its pipeline {p} is not among the records"])
    #expect(set.account.skipped.first?.record == "step {build}")
  }

  @Test func aDeploymentWithoutItsRunStandsAlone() throws {
    let set = join(["c": Self.deployments, "d": Self.environments])
    #expect(set.deployments.map(\.value.id) == ["{d1}", "{d2}"])
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.run == "{p}")
    #expect(deployment.provider == "bitbucket")
    #expect(deployment.repository == "acme/shop")
    #expect(deployment.state == .succeeded)
    #expect(set.deployments.last?.value.state == .queued)
    #expect(set.account.records == Account.Tally(rendered: 4))
  }

  @Test func aDeploymentToNobodyKnowsWhereAndAnUnusedEnvironmentAreSkipped() {
    #expect(
      join(Self.deployments).account.skipped.map(\.reason) == [
        "its environment {stg} is not among the records", "its environment {prd} is not among the records",
      ])
    #expect(join(Self.environments).account.records == Account.Tally(skipped: 2))
  }

  @Test func aRunWithFewFieldsLearnsWhoItIsFromItsDeployments() throws {
    let narrow = #"""
      {"uuid":"{p}","type":"pipeline","state":{"name":"PENDING"},"links":{"self":{"href":"http://x/repositories/{r}/pipelines/{p}"}}}
      {"uuid":"{q}","type":"pipeline","state":{"name":"PENDING"},"links":{"self":{"href":"http://x/repositories/{r}/pipelines/{q}"}}}
      """#
    let set = join(["a": narrow, "c": Self.deployments, "d": Self.environments])
    let run = try #require(set.run("{p}"))
    #expect(run.repository == "acme/shop")
    #expect(run.number == 7)
    #expect(run.url == "https://bitbucket.org/acme/shop/pipelines/results/7")
    #expect(set.run("{q}")?.repository == "acme/shop")
    #expect(run.deployments.map(\.repository) == ["acme/shop", "acme/shop"])
  }

  @Test func twoNamesOfOneEnvironmentAreItsNewest() throws {
    func deployment(_ id: String, _ name: String, _ at: String) -> String {
      #"{"uuid":"{\#(id)}","type":"deployment","environment":{"uuid":"{e}","name":"\#(name)"},"state":{"name":"COMPLETED","status":{"name":"FAILED"}},"last_update_time":"\#(at)"}"#
    }
    let set = join([
      "a": deployment("1", "Live", "2026-03-05T10:00:00Z"), "b": deployment("2", "Production", "2026-01-05T10:00:00Z"),
    ])
    #expect(set.deployments.map(\.value.environment.name) == ["Live", "Live"])
  }

  @Test func camelCaseDumpsAreRead() throws {
    let text = #"""
      {"uuid":"{p}","type":"pipeline","buildNumber":9,"runNumber":2,"createdOn":"2026-03-02T10:00:00Z","completedOn":"2026-03-02T10:05:00Z",
      "durationInSeconds":21,"repository":{"fullName":"acme/shop"},"creator":{"displayName":"Ana","type":"user"},
      "target":{"refName":"v1","refType":"tag","commit":{"hash":"abcdef012345"}},"state":{"name":"COMPLETED","result":{"name":"SUCCESSFUL"}}}
      """#
    let run = try #require(join(text).run("{p}", attempt: 2))
    #expect(run.number == 9)
    #expect(run.finishedAt == time("2026-03-02T10:05:00Z"))
    #expect(run.activeSeconds == 21)
    #expect(run.ref == Ref(name: "v1", type: .tag))
    #expect(run.actor == Actor(name: "Ana", kind: .human))
    #expect(run.commit?.sha == "abcdef012345")
  }

  @Test func aPullRequestTargetIsOne() throws {
    let text =
      #"{"uuid":"{p}","type":"pipeline","state":{"name":"PENDING"},"trigger":{"type":"pipeline_trigger_schedule"},"target":{"type":"pipeline_pullrequest_target","source":"fix","destination":"main","pullrequest":{"id":12},"selector":{"type":"custom","pattern":"deploy-prod"},"commit":{"hash":"abcdef012345"}}}"#
    let run = try #require(join(text).run("{p}"))
    #expect(run.ref == Ref(name: "fix", type: .pullRequest, pullRequest: "12"))
    #expect(run.trigger == Trigger(type: .schedule, raw: "schedule"))
    #expect(run.pipeline == "deploy-prod")
  }

  @Test func anAddressIsOnlyMadeOfPlainNames() throws {
    let text =
      #"{"uuid":"{p}","type":"pipeline","build_number":1,"repository":{"full_name":"a/b?x=\"><script>"},"state":{"name":"PENDING"}}"#
    #expect(try #require(join(text).run("{p}")).url == nil)
  }

  @Test func aNewerSnapshotWinsAndAContradictionIsTold() throws {
    let older = #"{"uuid":"{p}","type":"pipeline","build_number":3,"state":{"name":"IN_PROGRESS"}}"#
    let newer = #"{"uuid":"{p}","type":"pipeline","state":{"name":"COMPLETED","result":{"name":"FAILED"}}}"#
    for files in [["a": older, "b": newer], ["a": newer, "b": older]] as [KeyValuePairs<String, String>] {
      let set = join(files)
      #expect(set.runs.map(\.value.state) == [.failed])
      #expect(set.runs.map(\.value.number) == [3])
      #expect(set.account.records == Account.Tally(rendered: 2))
      #expect(set.diagnostics.isEmpty)
    }
    let other = newer.replacing("FAILED", with: "SUCCESSFUL")
    let set = join(["a": newer, "b": other])
    #expect(set.diagnostics.map(\.message.id) == ["contradiction"])
    #expect(set.diagnostics.first?.file == "b")
    #expect(set.account.records == Account.Tally(rendered: 1, skipped: 1))
  }

  @Test func aWordNobodyKnowsIsNoNewerThanALiveState() throws {
    let unknown = #"{"uuid":"{p}","type":"pipeline","state":{"name":"NEW_WORD"},"duration_in_seconds":1}"#
    let live = #"{"uuid":"{p}","type":"pipeline","state":{"name":"IN_PROGRESS"},"duration_in_seconds":9}"#
    for files in [["a": unknown, "b": live], ["a": live, "b": unknown]] as [KeyValuePairs<String, String>] {
      #expect(join(files).runs.map(\.value.state) == [.running])
    }
  }

  @Test func anExactDuplicateIsSkippedAndNamesTheFirst() {
    let set = join(["a.json": "\n\n" + Self.pipeline, "b.json": Self.pipeline])
    #expect(set.runs.count == 1)
    #expect(set.account.skipped == [.init(file: "b.json", record: "pipeline {p}", reason: "exact duplicate of a.json:3")])
  }
}

import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct JenkinsStages {
  static func stage(
    _ id: String, _ name: String, _ status: String, from: Int = 0, took: Int = 1000, paused: Int? = 0, _ rest: String = ""
  )
    -> String
  {
    let pause = paused.map { #","pauseDurationMillis":\#($0)"# } ?? ""
    return
      #"{"_links":{"self":{"href":"/job/shop/job/main/5/execution/node/\#(id)/wfapi/describe"}},"id":"\#(id)","name":"\#(name)","status":\#(status),"startTimeMillis":\#(1_772_445_600_000 + from),"durationMillis":\#(took)\#(pause)\#(rest)}"#
  }

  static func run(_ status: String, _ stages: String...) -> String {
    ##"{"_links":{"self":{"href":"/job/shop/job/main/5/wfapi/describe"}},"id":"5","name":"#5","status":"\##(status)","startTimeMillis":1772445600000,"endTimeMillis":1772445700000,"durationMillis":100000,"pauseDurationMillis":40000,"stages":[\##(stages.joined(separator: ","))]}"##
  }

  static let id = "shop/main-5"

  static let states: [(String, State, Bool)] = [
    (#""SUCCESS""#, .succeeded, false), (#""UNSTABLE""#, .succeeded, true), (#""FAILED""#, .failed, false),
    (#""FAILURE""#, .failed, false), (#""ABORTED""#, .cancelled, false), (#""NOT_EXECUTED""#, .skipped, false),
    (#""IN_PROGRESS""#, .running, false), (#""PAUSED_PENDING_INPUT""#, .waiting, false), ("null", .unknown, false),
    (#""DONE""#, .unknown, false), (#""inProgress""#, .running, false), ("[]", .unknown, false),
  ]

  @Test(arguments: states)
  func aStageIsWhatItsStatusSays(status: String, state: State, warning: Bool) throws {
    let run = try #require(join(Self.run("IN_PROGRESS", Self.stage("6", "Build", status))).run(Self.id))
    let step = try #require(run.step("shop/main-5.6"))
    #expect(step.state == state)
    #expect(step.warning == warning)
    #expect(step.name == "Build")
    #expect(step.startedAt == (state == .skipped ? nil : time("2026-03-02T10:00:00Z")))
    #expect((step.finishedAt == time("2026-03-02T10:00:01Z")) == (state.isTerminal && state != .skipped))
  }

  @Test(arguments: [
    ("SUCCESS", State.succeeded), ("UNSTABLE", .succeeded), ("FAILED", .failed), ("ABORTED", .cancelled),
    ("IN_PROGRESS", .running),
    ("NOT_EXECUTED", .skipped), ("PAUSED_PENDING_INPUT", .waiting), ("ODD", .unknown),
  ])
  func aDescribedRunIsWhatItsStatusSays(status: String, state: State) throws {
    let run = try #require(join(Self.run(status)).run(Self.id))
    #expect(run.state == state)
    #expect(run.stateRaw == status)
    #expect(run.startedAt == time("2026-03-02T10:00:00Z"))
    #expect(run.finishedAt == (state.isTerminal ? time("2026-03-02T10:01:40Z") : nil))
    #expect(run.activeSeconds == (state.isTerminal ? 60 : nil))
    #expect(run.warning == (status == "UNSTABLE"))
  }

  @Test func aStageThatWaitsForInputIsAGate() throws {
    let text = Self.run(
      "PAUSED_PENDING_INPUT", Self.stage("6", "Build", #""SUCCESS""#),
      Self.stage("9", "Deploy to production", #""PAUSED_PENDING_INPUT""#, from: 1000, paused: 3000))
    let run = try #require(join(text).run(Self.id))
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "shop/main-5.9"
    gate.step = "shop/main-5.9"
    gate.requestedAt = time("2026-03-02T10:00:01Z")
    #expect(run.gates == [gate])
    #expect(run.state == .waiting)
    #expect(run.finishedAt == nil)
  }

  @Test func aStageThatWentOnHadBeenLetGoOn() throws {
    let text = Self.run("SUCCESS", Self.stage("9", "Deploy", #""SUCCESS""#, from: 1000, took: 50_000, paused: 40_000))
    let run = try #require(join(text).run(Self.id))
    #expect(run.gates.map(\.state) == [.approved])
    #expect(run.gates.first?.decisions == [.init(at: time("2026-03-02T10:00:41Z"), decision: "approved")])
    #expect(run.gates.first?.waitSeconds == 40)
    #expect(run.step("shop/main-5.9")?.activeSeconds == 10)
    #expect(run.step("shop/main-5.9")?.finishedAt == time("2026-03-02T10:00:51Z"))
  }

  static let interrupted = #","error":{"message":null,"type":"org.jenkinsci.plugins.workflow.steps.FlowInterruptedException"}"#
  static let broken = #","error":{"message":"exit code 1","type":"hudson.AbortException"}"#
  static let ends: [(String, String, Gate.State)] = [
    (#""ABORTED""#, interrupted, .unknown), (#""ABORTED""#, "", .unknown), (#""FAILED""#, interrupted, .unknown),
    (#""FAILED""#, broken, .approved), (#""UNSTABLE""#, "", .approved), ("null", "", .unknown),
    (#""IN_PROGRESS""#, "", .approved),
  ]

  @Test(arguments: ends)
  func whoeverRefusedOrLetPassIsNotGuessed(status: String, error: String, state: Gate.State) throws {
    let text = Self.run("IN_PROGRESS", Self.stage("9", "Deploy", status, took: 50_000, paused: 40_000, error))
    let run = try #require(join(text).run(Self.id))
    #expect(run.gates.map(\.state) == [state])
    #expect(run.gates.first?.decisions.isEmpty == (state != .approved))
    #expect(run.steps.first?.error == (error == Self.broken ? "exit code 1" : nil))
  }

  @Test func aStageThatFailedInNoTimeHasNoEnd() throws {
    let run = try #require(join(Self.run("FAILED", Self.stage("9", "Deploy", #""FAILED""#, took: 0))).run(Self.id))
    #expect(run.steps.map(\.finishedAt) == [nil])
  }

  // MARK: Pieces

  /// The interfaces end a run at times that differ by the wait for its agent.
  @Test func aDescriptionWhoseStagesAreShownIsNoOlderTelling() throws {
    let build = JenkinsBuilds.build(
      "shop/main", 5, #""result":"SUCCESS","duration":900000,"actions":[\#(JenkinsBuilds.data("main"))]"#)
    let set = join(["a": build, "b": Self.run("SUCCESS", Self.stage("6", "Build", #""SUCCESS""#))])
    #expect(set.account.records == Account.Tally(rendered: 2))
    #expect(try #require(set.run(Self.id)).steps.map(\.name) == ["Build"])
  }

  static let build = JenkinsBuilds.build(
    "shop/main", 5, #""result":"SUCCESS","duration":100000,"actions":[\#(JenkinsBuilds.data("main"))]"#)

  @Test func stagesJoinTheirBuildFromAnyFile() throws {
    let stages = [
      Self.stage("9", "Deploy", #""SUCCESS""#), Self.stage("6", "Build", #""SUCCESS""#),
      Self.stage("10", "Smoke", #""FAILED""#),
    ]
    let set = join(["a.jsonl": stages.joined(separator: "\n"), "b.json": Self.build])
    #expect(set.account.records == Account.Tally(rendered: 4))
    #expect(try #require(set.run(Self.id)).steps.map(\.name) == ["Build", "Deploy", "Smoke"])
    #expect(join(["b.json": stages.joined(separator: "\n"), "a.json": Self.build]).runs.map(\.value) == set.runs.map(\.value))
  }

  @Test func aBuildAndItsDescriptionAreOneRun() throws {
    for files in [
      ["a": Self.build, "b": Self.run("SUCCESS", Self.stage("6", "Build", #""SUCCESS""#))],
      ["b": Self.build, "a": Self.run("SUCCESS", Self.stage("6", "Build", #""SUCCESS""#))],
    ] as [KeyValuePairs<String, String>] {
      let set = join(files)
      #expect(set.runs.count == 1)
      #expect(set.diagnostics.isEmpty)
      let run = try #require(set.run(Self.id))
      #expect(run.repository == "acme/shop")
      #expect(run.steps.map(\.name) == ["Build"])
      #expect(set.account.records.total == 2)
    }
  }

  @Test func stagesWithoutTheirBuildAreSkipped() {
    let set = join(Self.stage("6", "Build", #""SUCCESS""#))
    #expect(set.account.skipped.map(\.record) == ["stage 6 of build shop/main #5"])
    #expect(set.account.skipped.map(\.reason) == ["its build shop/main-5 is not among the records"])
  }

  @Test func whatWasReadBeforeTheEndIsNotLive() throws {
    let stages = [
      Self.stage("6", "Build", #""IN_PROGRESS""#), Self.stage("9", "Deploy", #""PAUSED_PENDING_INPUT""#, paused: 5),
    ].joined(separator: "\n")
    let run = try #require(join(["a": stages, "b": Self.build]).run(Self.id))
    #expect(run.state == .succeeded)
    #expect(run.steps.map(\.state) == [.unknown, .unknown])
    #expect(run.gates.map(\.state) == [.unknown])
    let stopped = Self.build.replacing("SUCCESS", with: "ABORTED")
    #expect(try #require(join(["a": stages, "b": stopped]).run(Self.id)).gates.map(\.state) == [.cancelled])
  }

  @Test func theInputThatARunWaitsForIsItsGate() throws {
    let input =
      #"[{"id":"Proceed","proceedText":"Go","message":"Deploy?","inputs":[],"proceedUrl":"/job/shop/job/main/5/wfapi/inputSubmit?inputId=Proceed"}]"#
    let building = Self.build.replacing(#""result":"SUCCESS""#, with: #""result":null,"building":true"#)
    let run = try #require(join(["a": input, "b": building]).run(Self.id))
    #expect(run.state == .waiting)
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.gates.map(\.kind) == [.human])
    // Beside the stage that waits it is no other gate, and none of what was let pass before.
    let stages = [
      Self.stage("6", "Stage", #""SUCCESS""#, paused: 5), Self.stage("9", "Deploy", #""PAUSED_PENDING_INPUT""#, paused: 5),
    ].joined(separator: "\n")
    let whole = try #require(join(["a": input, "b": building, "c": stages]).run(Self.id))
    #expect(whole.gates.map(\.state) == [.approved, .waiting])
    #expect(whole.gates.map(\.step) == ["shop/main-5.6", "shop/main-5.9"])
  }

  @Test func namesThatAreDisplayedFindTheirStagesByNumberAndTime() throws {
    func displayed(_ folder: String, at milliseconds: Int) -> String {
      #"{"number":5,"result":"SUCCESS","fullDisplayName":"\#(folder) » main #5","timestamp":\#(milliseconds),"duration":100000}"#
    }
    let stage = Self.stage("6", "Build", #""SUCCESS""#, from: 1000)
    let shop = displayed("The Shop", at: 1_772_445_600_000)
    #expect(try #require(join([shop, stage].joined(separator: "\n")).run("The Shop/main-5")).steps.map(\.name) == ["Build"])
    // One that ran at another time is another job's, and of two that fit none is chosen.
    let later = displayed("Other", at: 1_772_445_800_000)
    #expect(try #require(join([later, shop, stage].joined(separator: "\n")).run("The Shop/main-5")).steps.count == 1)
    let twin = displayed("Other", at: 1_772_445_600_001)
    #expect(join([twin, shop, stage].joined(separator: "\n")).runs.allSatisfy { $0.value.steps.isEmpty })
  }

  // MARK: Rules

  private func applied(_ values: [String: String], _ texts: String...) throws -> RunRecord {
    var set = join(texts.joined(separator: "\n"))
    applyRules([Configuration.RecordRule(files: nil, values: values)], to: &set)
    return try #require(set.run(Self.id))
  }

  static let whole = run(
    "SUCCESS", stage("6", "Build", #""SUCCESS""#), stage("9", "Deploy to staging", #""SUCCESS""#),
    stage("12", "Deploy to production", #""SUCCESS""#, took: 50_000, paused: 40_000))

  @Test func rulesTellServiceEnvironmentAndVersion() throws {
    let parameters = #"{"parameters":[{"name":"VERSION","value":"1.4.0"},{"name":"FORCE","value":true}]}"#
    let build = JenkinsBuilds.build("shop/main", 5, #""result":"SUCCESS","duration":100000,"actions":[\#(parameters)]"#)
    let run = try applied(
      [
        "provider": "jenkins", "pipeline": "{service}/main", "step": "Deploy to {environment}", "ref": "release/{version}",
        "parameters.VERSION": "{version}",
      ], Self.whole, build)
    #expect(run.service == "shop")
    #expect(run.version?.name == "1.4.0")
    #expect(run.deployments.map(\.environment.name) == ["staging", "production"])
    #expect(run.deployments.map(\.promotion) == [.automatic, nil])
    #expect(run.deployments.map(\.gate) == [nil, "shop/main-5.12"])
    #expect(run.gates.map(\.environment) == ["production"])
    #expect(run.deployments.map(\.finishedAt) == [time("2026-03-02T10:00:01Z"), time("2026-03-02T10:00:50Z")])
  }

  @Test func theParametersAreReadWhicheverOfTheTwoIsNewer() throws {
    let parameters = #""actions":[{"parameters":[{"name":"VERSION","value":"1.4.0"}]}]"#
    let waiting = Self.run("PAUSED_PENDING_INPUT", Self.stage("9", "Deploy to live", #""PAUSED_PENDING_INPUT""#, paused: 5))
    for result in [#""result":null,"building":true"#, #""result":"SUCCESS","duration":200000"#] {
      let build = JenkinsBuilds.build("shop/main", 5, result + "," + parameters)
      for texts in [[waiting, build], [build, waiting]] {
        #expect(try applied(["parameters.VERSION": "{version}"], texts[0], texts[1]).version?.name == "1.4.0")
      }
    }
  }

  @Test func withoutPausesInTheStagesNobodySaysThatNobodyWasAsked() throws {
    let stages = Self.run("SUCCESS", Self.stage("9", "Deploy to staging", #""SUCCESS""#, paused: nil))
    #expect(try applied(["step": "Deploy to {environment}"], stages).deployments.map(\.promotion) == [nil])
  }

  @Test func aRunThatDeploysAsAWholeHasItsGates() throws {
    let waiting = Self.run("PAUSED_PENDING_INPUT", Self.stage("9", "Go?", #""PAUSED_PENDING_INPUT""#, paused: 5))
    let run = try applied(["pipeline": "shop/*", "environment": "production"], waiting)
    #expect(run.deployments.map(\.environment.name) == ["production"])
    #expect(run.deployments.map(\.gate) == ["shop/main-5.9"])
    #expect(run.gates.map(\.environment) == ["production"])
    #expect(try applied(["pipeline": "other/*", "environment": "production"], waiting).deployments.isEmpty)
    #expect(try applied(["provider": "gitlab", "environment": "production"], waiting).deployments.isEmpty)
  }
}

import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct AzureDevOpsTimelines {
  typealias Payload = AzurePayload

  private static let done = ("\"completed\"", "\"succeeded\"")

  /// Records come in no order.
  private static func records(gate: (String, String), live: (String, String)) -> [String] {
    [
      Payload.record("task", in: "job2", "Task", "kubectl", live.0, live.1, order: 2),
      Payload.record("job2", in: "phase2", "Job", "live.deploy.__default", live.0, live.1),
      Payload.record("phase2", in: "live", "Phase", "live.deploy", live.0, live.1),
      Payload.record("check", in: "live", "Checkpoint", "Checkpoint", gate.0, gate.1),
      Payload.record("gate", in: "check", "Checkpoint.Approval", "Checkpoint.Approval", gate.0, gate.1),
      Payload.record("auth", in: "check", "Checkpoint.Authorization", "Checkpoint.Authorization", done.0, done.1),
      Payload.record("live", in: nil, "Stage", "live", live.0, live.1, order: 2),
      Payload.record("job1", in: "phase1", "Job", "build.compile.__default", done.0, done.1),
      Payload.record("build", in: nil, "Stage", "build", done.0, done.1, order: 1),
      Payload.record("phase1", in: "build", "Phase", "build.compile", done.0, done.1),
    ]
  }

  private static func waiting() -> [String] { records(gate: ("\"inProgress\"", "null"), live: ("\"pending\"", "null")) }
  private static func passed() -> [String] { records(gate: done, live: done) }

  @Test func stepsAreATreeWithoutPhasesAndCheckpoints() throws {
    let set = join(["a.json": Payload.timeline(Self.passed()), "b.json": Payload.build("\"completed\"", "\"succeeded\"")])
    let run = try #require(set.run("7"))
    #expect(run.steps.map(\.key) == ["7/build", "7/job1", "7/live", "7/job2", "7/task"])
    #expect(run.steps.map(\.parent) == [nil, "7/build", nil, "7/live", "7/job2"])
    #expect(run.steps.allSatisfy { $0.state == .succeeded })
    #expect(set.account.records == Account.Tally(rendered: 11))
  }

  @Test func aStageWaitsAtItsApproval() throws {
    let set = join(["a.json": Payload.timeline(Self.waiting()), "b.json": Payload.build("\"inProgress\"")])
    let run = try #require(set.run("7"))
    #expect(run.state == .waiting && run.stateRaw == "inProgress")
    #expect(run.step("7/live")?.state == .waiting)
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "gate"
    gate.step = "7/live"
    gate.requestedAt = time("2026-03-02T10:10:00Z")
    #expect(run.gates == [gate])
  }

  @Test func theApprovalTellsWhoDecided() throws {
    let files: KeyValuePairs = [
      "a.json": Payload.timeline(Self.passed()), "b.json": Payload.build("\"completed\"", "\"succeeded\""),
      "c.json": #"{"count":1,"value":[\#(Payload.approval("approved", Payload.approved))]}"#,
    ]
    let set = join(files)
    #expect(set.account.records.skipped == 0)
    let run = try #require(set.run("7"))
    #expect(run.gates.count == 1)
    let gate = try #require(run.gates.first)
    #expect(gate.state == .approved && gate.step == "7/live" && gate.allowed == ["Leads"] && gate.required == 1)
    #expect(gate.decisions == [Gate.Decision(by: "Ana", at: time("2026-03-02T11:00:00Z"), decision: "approved", comment: "ok")])
    for order in [[2, 0, 1], [1, 2, 0], [2, 1, 0]] {
      let texts = files.map(\.value)
      let shuffled = order.enumerated().map { read(texts[$1], "\($0).json") }
      #expect(try #require(joinRecords(shuffled).run("7")).gates == run.gates)
    }
  }

  static let statuses: [(String, Gate.State)] = [
    ("pending", .waiting), ("uninitiated", .waiting), ("approved", .approved), ("rejected", .rejected), ("skipped", .skipped),
    ("canceled", .cancelled), ("timedOut", .expired), ("failed", .unknown), ("deferred", .waiting), ("reassigned", .waiting),
    ("new", .unknown),
  ]

  @Test(arguments: statuses)
  func anApproval(word: String, expected: Gate.State) throws {
    let set = join(["a.json": Payload.approval(word), "b.json": Payload.build("\"inProgress\"")])
    #expect(try #require(set.run("7")).gates.map(\.state) == [expected])
  }

  @Test func anOldWordOnAnApprovalIsOvertaken() throws {
    let run = Payload.build("\"inProgress\"")
    let set = join([
      "a.json": Payload.approval("approved", Payload.approved),
      "b.json": Payload.approval("pending").replacing("2026-03-02T11:00:00Z", with: "2026-03-02T10:20:01Z"), "c.json": run,
      "d.json": Payload.timeline(Self.waiting()),
    ])
    #expect(try #require(set.run("7")).gates.map(\.state) == [.approved])
  }

  static let checkpoints: [(String, String, String, Gate.Kind, Gate.State)] = [
    ("Checkpoint.Approval", "\"completed\"", "\"failed\"", .human, .unknown),
    ("Checkpoint.Approval", "\"completed\"", "\"canceled\"", .human, .cancelled),
    ("Checkpoint.Approval", "\"completed\"", "\"skipped\"", .human, .skipped),
    ("Checkpoint.ExclusiveLock", "\"inProgress\"", "null", .lock, .waiting),
    ("Checkpoint.ExclusiveLock", "\"completed\"", "\"succeeded\"", .lock, .approved),
    ("Checkpoint.TaskCheck", "\"completed\"", "\"failed\"", .check, .rejected),
    ("Checkpoint.Authorization", "\"inProgress\"", "null", .policy, .waiting),
    ("Checkpoint.ExtendsCheck", "\"completed\"", "\"failed\"", .policy, .rejected),
  ]

  @Test(arguments: checkpoints)
  func aCheckpoint(type: String, state: String, result: String, kind: Gate.Kind, expected: Gate.State) throws {
    let set = join(
      Payload.build("\"inProgress\"") + "\n" + Payload.timeline([Payload.record("g", in: "s", type, "x", state, result)]))
    let gates = try #require(set.run("7")).gates
    #expect(gates.map(\.kind) == [kind])
    #expect(gates.map(\.state) == [expected])
  }

  @Test func idsThatRepeatInEveryBuildAreToldApart() throws {
    let other = Payload.build("\"completed\"", "\"failed\"").replacing(#""id":7"#, with: #""id":8"#)
    let failed = Payload.record("j", in: nil, "Job", "job", "\"completed\"", "\"failed\"")
    let good = Payload.record("j", in: nil, "Job", "job", "\"completed\"", "\"succeeded\"")
    let set = join([
      "a.json": Payload.timeline([good]), "b.json": Payload.timeline([failed], build: 8), "c.json": other,
      "d.json": Payload.build("\"completed\"", "\"succeeded\""),
    ])
    #expect(set.run("7")?.steps.map(\.state) == [.succeeded])
    #expect(set.run("8")?.steps.map(\.state) == [.failed])
  }

  @Test func anAttemptOfAStageReplacesTheOneBefore() throws {
    let first = Payload.record("s", in: nil, "Stage", "live", "\"completed\"", "\"failed\"")
    let second = Payload.record("s", in: nil, "Stage", "live", "\"completed\"", "\"succeeded\"").replacing(
      #""attempt":1"#, with: #""attempt":2"#)
    for texts in [[first, second], [second, first]] {
      let set = join([
        "a.json": Payload.build("1"), "b.json": Payload.timeline([texts[0]]), "c.json": Payload.timeline([texts[1]]),
      ])
      let steps = try #require(set.run("7")).steps
      #expect(steps.map(\.state) == [.succeeded])
      #expect(steps.map(\.attempt) == [2])
    }
  }

  @Test func recordsThatHoldEachOtherAreNotLost() throws {
    let records = [
      Payload.record("a", in: "b", "Job", "a", "1"), Payload.record("b", in: "a", "Job", "b", "1"),
      Payload.record("c", in: "c", "Job", "c", "1"), Payload.record("d", in: "gone", "Task", "d", "1"),
      Payload.record("p", in: "q", "Phase", "p", "1"), Payload.record("q", in: "p", "Phase", "q", "1"),
      Payload.record("e", in: "p", "Job", "e", "1"),
    ]
    let run = try #require(join(Payload.build("1") + "\n" + Payload.timeline(records)).run("7"))
    #expect(Set(run.steps.compactMap(\.key)) == ["7/a", "7/b", "7/c", "7/d", "7/e"])
    #expect(run.step("7/e")?.parent == nil)
  }

  // MARK: Environments

  private static func environmentRecord(_ result: String, _ rest: String = "") -> String {
    #"{"id":3,"environmentId":4,"planType":"Build","stageName":"live","jobName":"deploy","owner":{"id":7,"name":"x"},"definition":{"id":1,"name":"deploy"},"result":\#(result),"queueTime":"2026-03-02T10:10:00Z","startTime":"2026-03-02T10:11:00Z"\#(rest)}"#
  }

  private static let environment =
    #"{"id":4,"name":"production","createdBy":{},"createdOn":"2026-01-01T00:00:00Z","lastModifiedBy":{},"lastModifiedOn":"2026-01-01T00:00:00Z","project":{"id":"p"}}"#

  @Test func anEnvironmentTellsWhichJobDeployedToIt() throws {
    let set = join([
      "a.json": #"{"count":1,"value":[\#(Self.environmentRecord("\"succeeded\"", #","finishTime":"2026-03-02T10:20:00Z""#))]}"#,
      "b.json": #"{"count":1,"value":[\#(Self.environment)]}"#, "c.json": Payload.timeline(Self.passed()),
      "d.json": Payload.build("2", "2"),
    ])
    #expect(set.account.records.skipped == 0)
    let run = try #require(set.run("7"))
    let deployment = try #require(run.deployment("production"))
    #expect(deployment.state == .succeeded && deployment.stateRaw == "succeeded")
    #expect(deployment.step == "7/job2")
    #expect(deployment.startedAt == time("2026-03-02T10:11:00Z") && deployment.finishedAt == time("2026-03-02T10:20:00Z"))
    // The approval holds the stage that the job is in.
    #expect(deployment.promotion == .manual)
  }

  static let results: [(String, String, State)] = [
    ("null", "", .running), ("null", #","finishTime":"2026-03-02T10:20:00Z""#, .unknown), ("0", "", .succeeded),
    ("2", "", .failed),
    ("3", "", .cancelled), ("4", "", .skipped), ("\"succeededWithIssues\"", "", .succeeded), ("\"x\"", "", .unknown),
  ]

  @Test(arguments: results)
  func aDeploymentOfAnEnvironment(result: String, rest: String, expected: State) throws {
    let set = join(Self.environment + "\n" + Self.environmentRecord(result, rest))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == expected)
    #expect(deployment.environment.name == "production")
    #expect(deployment.run == "7")
  }

  @Test func anEnvironmentNobodyNamesIsAReasonToSkip() {
    let set = join(Self.environmentRecord("0"))
    #expect(set.account.records == Account.Tally(skipped: 1))
  }

  // MARK: Notifications

  static let hooks: [(String, Int)] = [
    (Payload.build("2", "2"), 1),
    (
      #"{"run":{"id":3,"state":"completed","result":"succeeded","createdDate":"2026-03-02T10:00:00Z","pipeline":{"id":1,"name":"x"}}}"#,
      1
    ),
    (#"{"deployment":\#(Payload.deployment("4", "8")),"approval":\#(Payload.releaseApproval("2", isAutomated: false))}"#, 2),
    (Payload.releaseApproval("\"pending\"", isAutomated: false), 1),
  ]

  @Test(arguments: hooks)
  func aNotificationHoldsTheObjects(resource: String, count: Int) {
    let set = join(#"{"id":"n","eventType":"x","publisherId":"tfs","resource":\#(resource)}"#)
    #expect(set.account.records == Account.Tally(rendered: count))
    #expect(set.runs.count == 1)
  }

  static let noRecords = [
    #"{"id":"n","eventType":"git.push","publisherId":"tfs","resource":{"commits":[]}}"#,
    #"{"id":"n","checkRuns":[],"status":"canceled"}"#,
    #"{"id":2,"revision":1,"name":"x","folder":"\\"}"#, #"{"id":2,"revision":1,"name":"x","queueStatus":"enabled"}"#,
    #"{"records":[],"changeId":1,"id":"t"}"#,
    #"{"$id":"1","message":"TF200016: no such project","typeKey":"ProjectDoesNotExist"}"#,
    #"{"buildNumber":"1","status":"completed","result":"succeeded","queueTime":null}"#,
    #"{"id":1,"parentId":null,"type":"Job","state":"pending","changeId":1}"#,
  ]

  @Test(arguments: noRecords)
  func whatIsNoRecordIsSkippedWithAReason(text: String) {
    let set = join(text)
    #expect(set.account.records == Account.Tally(skipped: 1))
    #expect(set.account.skipped.allSatisfy { !$0.reason.hasPrefix("no known kind") })
    #expect(set.runs.isEmpty)
  }
}

@Suite struct AzureDevOpsReleases {
  typealias Payload = AzurePayload

  private static func run(_ texts: String...) throws -> RunRecord {
    try #require(join(texts.joined(separator: "\n")).run("release-5"))
  }

  static let promotions: [(String, String, DeploymentRecord.Promotion)] = [
    // The reason `automated` does not mean that nobody approved.
    ("\"automated\"", Payload.releaseApproval("\"approved\"", isAutomated: false), .manual),
    ("\"automated\"", Payload.releaseApproval("\"approved\"", isAutomated: true), .automatic),
    ("\"automated\"", "", .automatic),
    ("\"scheduled\"", "", .automatic), ("\"manual\"", Payload.releaseApproval("\"approved\"", isAutomated: true), .manual),
    ("\"manual\"", "", .manual), ("\"none\"", "", .unknown), ("2", Payload.releaseApproval("2", isAutomated: true), .automatic),
    ("\"automated\"", Payload.releaseApproval("\"skipped\"", isAutomated: true), .unknown),
    ("\"automated\"", Payload.releaseApproval("\"skipped\"", isAutomated: false), .unknown),
  ]

  @Test(arguments: promotions)
  func whoPromoted(reason: String, before: String, expected: DeploymentRecord.Promotion) throws {
    let run = try Self.run(Payload.deployment("\"succeeded\"", reason: reason, before: before))
    #expect(run.deployment("PROD")?.promotion == expected)
  }

  @Test func aDeploymentBeginsWhenItIsApproved() throws {
    let approval = Payload.releaseApproval("\"approved\"", isAutomated: false)
    let run = try Self.run(Payload.deployment("\"succeeded\"", before: approval))
    let deployment = try #require(run.deployment("PROD"))
    #expect(deployment.startedAt == time("2026-03-02T10:10:00Z"))
    #expect(deployment.finishedAt == time("2026-03-02T10:15:00Z"))
    #expect(deployment.gate == run.gates.first?.key)
    #expect(run.gates.first?.requestedAt == time("2026-03-02T10:00:10Z"))
    let automatic = try Self.run(Payload.deployment("\"succeeded\"")).deployment("PROD")
    #expect(automatic?.startedAt == time("2026-03-02T10:00:09Z"))
  }

  @Test func severalApproversAreOneGate() throws {
    let approvals = [
      Payload.releaseApproval("\"approved\"", isAutomated: false),
      Payload.releaseApproval("\"pending\"", isAutomated: false, id: 2),
      Payload.releaseApproval("\"approved\"", isAutomated: true, id: 3),
    ].joined(separator: ",")
    let run = try Self.run(Payload.deployment("\"notDeployed\"", "\"pending\"", before: approvals))
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.gates.map(\.required) == [2])
    #expect(run.gates.first?.decisions.map(\.by) == ["Ana"])
    #expect(run.state == .waiting)
  }

  static let approvals: [(String, Gate.State)] = [
    ("\"pending\"", .waiting), ("\"approved\"", .approved), ("\"rejected\"", .rejected), ("\"reassigned\"", .waiting),
    ("\"canceled\"", .cancelled), ("\"skipped\"", .skipped), ("\"undefined\"", .unknown), ("1", .waiting), ("2", .approved),
    ("4", .rejected),
    ("6", .waiting), ("7", .cancelled), ("8", .skipped), ("99", .unknown),
  ]

  @Test(arguments: approvals)
  func anApproval(status: String, expected: Gate.State) throws {
    let run = try Self.run(Payload.releaseApproval(status, isAutomated: false))
    #expect(run.gates.map(\.state) == [expected])
    #expect(run.gates.map(\.environment) == ["PROD"])
  }

  @Test func theListOfApprovalsAndTheDeploymentTellOfOneGate() throws {
    let pending = Payload.releaseApproval("\"pending\"", isAutomated: false)
    let approved = Payload.releaseApproval("\"approved\"", isAutomated: false)
    for texts in [
      [pending, Payload.deployment("\"succeeded\"", before: approved)],
      [Payload.deployment("\"succeeded\"", before: approved), pending],
    ] {
      let run = try Self.run(texts[0], texts[1])
      #expect(run.gates.count == 1)
      #expect(run.gates.map(\.state) == [.approved])
      #expect(run.deployments.count == 1)
      #expect(run.state == .succeeded)
    }
  }

  @Test func anApprovalBehindADeploymentHoldsOnlyWhatComesNext() throws {
    let after = Payload.releaseApproval("\"approved\"", isAutomated: false, "postDeploy")
    let open = Payload.releaseApproval("\"approved\"", isAutomated: true)
    let run = try Self.run(Payload.deployment("\"succeeded\"", before: open, after: after))
    #expect(run.deployment("PROD")?.promotion == .automatic)
    #expect(run.deployment("PROD")?.gate == nil)
    #expect(run.gates.map(\.environment) == [nil])
    #expect(run.gates.map(\.state) == [.approved])
  }

  @Test func anApprovalThatNobodyGivesIsNoGate() {
    let set = join(Payload.releaseApproval("\"approved\"", isAutomated: true))
    #expect(set.account.records == Account.Tally(skipped: 1))
  }

  static let sums: [([(String, String)], State)] = [
    ([("Dev", "\"succeeded\""), ("QA", "\"inProgress\"")], .running),
    ([("Dev", "\"succeeded\""), ("QA", "\"notDeployed\"")], .running),
    ([("Dev", "\"notDeployed\""), ("QA", "\"notDeployed\"")], .queued),
    ([("Dev", "\"succeeded\""), ("QA", "\"failed\"")], .failed),
    ([("Dev", "\"succeeded\""), ("QA", "\"succeeded\"")], .succeeded),
    ([("Dev", "\"succeeded\""), ("QA", "\"odd\"")], .unknown),
    // The last attempt counts.
    ([("Dev", "\"failed\""), ("Dev", "\"succeeded\"")], .succeeded),
    ([("Dev", "\"succeeded\""), ("Dev", "\"failed\"")], .failed),
  ]

  @Test(arguments: sums)
  func aReleaseIsWhatItsDeploymentsAre(deployments: [(String, String)], expected: State) throws {
    let texts = deployments.enumerated().map { index, item in
      Payload.deployment(item.1, "\"undefined\"", id: 20 + index, environment: item.0)
        .replacing(#""id":51"#, with: #""id":\#(item.0.utf8.count)"#).replacing(
          #""attempt":1"#, with: #""attempt":\#(index + 1)"#)
    }
    #expect(try #require(join(texts.joined(separator: "\n")).run("release-5")).state == expected)
    #expect(try #require(join(texts.reversed().joined(separator: "\n")).run("release-5")).state == expected)
  }

  @Test func aWholeReleaseHoldsItsDeployments() throws {
    let release = #"""
      {"id":5,"name":"Release-5","status":"active","createdOn":"2026-03-02T09:59:00Z","modifiedOn":"2026-03-02T10:20:00Z","createdBy":{"displayName":"Ana"},
      "url":"https://vsrm.dev.azure.com/acme/Shop/_apis/Release/releases/5","releaseDefinition":{"id":1,"name":"Shop.CD"},"reason":"continuousIntegration",
      "artifacts":[{"alias":"other"},{"alias":"Shop.CI","isPrimary":true,"definitionReference":{"version":{"id":"7","name":"1.4.0"},"sourceVersion":{"id":"0123456789abcdef"},"branch":{"name":"refs/heads/main"}}}],
      "environments":[{"id":50,"name":"Dev","status":"succeeded","rank":1,"definitionEnvironmentId":1,"preDeployApprovals":[],"postDeployApprovals":[],
        "deploySteps":[{"id":1,"deploymentId":8,"attempt":1,"reason":"automated","status":"succeeded","operationStatus":"Approved","queuedOn":"2026-03-02T10:00:00Z","lastModifiedOn":"2026-03-02T10:05:00Z"}]},
       {"id":51,"name":"PROD","status":"notStarted","rank":2,"definitionEnvironmentId":2,"preDeployApprovals":[],"deploySteps":[]}]}
      """#
    let set = join(release)
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("release-5"))
    #expect(run.state == .succeeded)
    #expect(run.version == VersionLabel(name: "1.4.0", artifact: "Shop.CI"))
    #expect(run.commit?.sha == "0123456789abcdef")
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.deployments.map(\.environment) == [.init(name: "Dev", rank: 1)])
    #expect(run.deployments.map(\.promotion) == [.automatic])
    #expect(run.deployments.map(\.id) == ["8"])
    let both = join(
      release + "\n"
        + Payload.deployment("\"succeeded\"").replacing(
          #""releaseEnvironment":{"id":51"#, with: #""definitionEnvironmentId":2,"releaseEnvironment":{"id":51"#))
    #expect(both.run("release-5")?.deployments.map(\.environment.rank) == [1, 2])
    #expect(both.runs.count == 1)
  }

  @Test(arguments: [false, true]) func eachAttemptAtAStageHasItsOwnApprover(isReversed: Bool) throws {
    func approval(_ attempt: Int, _ name: String, _ time: String) -> String {
      #"{"id":\#(attempt),"attempt":\#(attempt),"approvalType":"preDeploy","status":"approved","isAutomated":false,"createdOn":"2026-03-02T10:00:00Z","modifiedOn":"2026-03-02T\#(time):00Z","approver":{"displayName":"\#(name)"},"approvedBy":{"displayName":"\#(name)"}}"#
    }
    func step(_ attempt: Int, _ status: String, _ hour: String) -> String {
      #"{"id":\#(attempt),"deploymentId":\#(attempt),"attempt":\#(attempt),"reason":"manual","status":"\#(status)","operationStatus":"Approved","queuedOn":"2026-03-02T\#(hour):00:00Z","lastModifiedOn":"2026-03-02T\#(hour):40:00Z"}"#
    }
    var approvals = [approval(1, "Vera", "10:30"), approval(2, "Isak", "11:30")]
    var steps = [step(1, "failed", "10"), step(2, "succeeded", "11")]
    if isReversed { (approvals, steps) = (approvals.reversed(), steps.reversed()) }
    let release =
      #"{"id":5,"name":"Release-5","status":"active","createdOn":"2026-03-02T09:59:00Z","url":"https://vsrm.dev.azure.com/acme/Shop/_apis/Release/releases/5","releaseDefinition":{"id":1,"name":"Shop.CD"},"environments":[{"id":51,"name":"PROD","status":"succeeded","rank":1,"preDeployApprovals":[\#(approvals.joined(separator: ","))],"deploySteps":[\#(steps.joined(separator: ","))]}]}"#
    let run = try #require(join(release).run("release-5"))
    let told = run.deployments.map { deployment in
      let gate = run.gates.first { $0.key == deployment.gate }
      return "\(deployment.attempt ?? 0) \(gate?.decisions.compactMap(\.by).joined(separator: " ") ?? "none")"
    }
    #expect(told.sorted() == ["1 Vera", "2 Isak"])
  }

  static let interventions: [(String, Gate.State, DeploymentRecord.Promotion)] = [
    ("\"pending\"", .waiting, .unknown), ("\"approved\"", .approved, .manual), ("\"rejected\"", .rejected, .unknown),
    ("\"canceled\"", .cancelled, .unknown), ("\"unknown\"", .unknown, .unknown), ("1", .waiting, .unknown),
    ("4", .approved, .manual),
  ]

  @Test(arguments: interventions)
  func anInterventionIsAGateOfItsOwn(status: String, expected: Gate.State, promotion: DeploymentRecord.Promotion) throws {
    let intervention =
      #"{"id":1,"status":\#(status),"taskInstanceId":"t","comments":"go","createdOn":"2026-03-02T10:11:00Z","modifiedOn":"2026-03-02T10:12:00Z","approver":{"displayName":"Ana"},"release":{"id":5},"releaseEnvironment":{"id":51,"name":"PROD"}}"#
    let run = try Self.run(intervention, Payload.deployment("2", "128"))
    #expect(run.gates.map(\.state) == [expected])
    #expect(run.deployment("PROD")?.promotion == promotion)
    let both = try Self.run(
      intervention, Payload.deployment("2", "128", before: Payload.releaseApproval("2", isAutomated: false)))
    #expect(both.gates.count == 2)
  }
}

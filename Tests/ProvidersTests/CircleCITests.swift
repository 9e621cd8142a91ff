import Diagnostics
import Providers
import Records
import Testing
import Time

/// Small payloads of CircleCI: a workflow that was built, is on staging and is on hold before production.
enum CirclePayload {
  static let sha = "0123456789abcdef0123456789abcdef01234567"
  static let workflowID = "5034460f-c7c4-4c43-9457-de07e2029e7b"

  static func pipeline(_ state: String = "created", _ rest: String = "") -> String {
    #"{"id":"p","number":25,"project_slug":"gh/acme/web","state":"\#(state)","errors":[],"created_at":"2026-03-02T10:00:00.123Z","updated_at":"2026-03-02T10:00:00.123Z","trigger":{"type":"webhook","received_at":"1970-01-01T00:00:00.000Z","actor":{"login":"ana"}},"vcs":{"revision":"\#(sha)","branch":"main","commit":{"subject":"Mend the cart","body":"It was broken."}}\#(rest)}"#
  }

  static func workflow(_ status: String, id: String = workflowID, created: String = "10:00:01", stopped: String? = nil)
    -> String
  {
    let stopped = stopped.map { "\"2026-03-02T\($0)Z\"" } ?? "null"
    return
      #"{"id":"\#(id)","name":"ship","pipeline_id":"p","pipeline_number":25,"project_slug":"gh/acme/web","status":"\#(status)","created_at":"2026-03-02T\#(created)Z","stopped_at":\#(stopped),"started_by":"u"}"#
  }

  static func job(_ id: String, _ status: String, needs: [String] = [], _ rest: String = "") -> String {
    let needs = needs.map { "\"\($0)\"" }.joined(separator: ",")
    return
      #"{"id":"\#(id)","name":"\#(id)","status":"\#(status)","type":"build","project_slug":"gh/acme/web","dependencies":[\#(needs)]\#(rest)}"#
  }

  static func approval(_ status: String, needs: [String] = [], _ rest: String = "") -> String {
    job("hold", status, needs: needs, #","approval_request_id":"r"\#(rest)"#).replacing(
      #""type":"build""#, with: #""type":"approval""#)
  }

  static func ran(_ from: String, _ to: String) -> String {
    #","job_number":1,"started_at":"2026-03-02T\#(from)Z","stopped_at":"2026-03-02T\#(to)Z""#
  }

  static func page(_ jobs: [String]) -> String { #"{"items":[\#(jobs.joined(separator: ","))],"next_page_token":null}"# }

  static let build = job("build", "success", ran("10:00:10", "10:01:00"))
  static let staging = job("deploy-staging", "success", needs: ["build"], ran("10:02:00", "10:03:00"))
  static let live = job("deploy-production", "blocked", needs: ["hold"])
  /// As the interface lists them: in no order to go by.
  static let onHold = page([approval("on_hold", needs: ["deploy-staging"]), live, staging, build])

  /// For the tests that swap values.
}

@Suite struct CircleCIStates {
  static let workflows: [(String, State)] = [
    ("running", .running), ("failing", .running), ("on_hold", .waiting), ("success", .succeeded), ("failed", .failed),
    ("error", .failed), ("unauthorized", .failed), ("canceled", .cancelled), ("not_run", .skipped), ("onHold", .waiting),
    ("fixed", .unknown), ("", .unknown),
  ]

  @Test(arguments: workflows)
  func aWorkflow(word: String, expected: State) throws {
    let run = try #require(join(CirclePayload.workflow(word, stopped: "10:30:00")).run("ship-25"))
    #expect(run.state == expected)
    #expect(run.stateRaw == (word.isEmpty ? nil : word))
    #expect((run.finishedAt == time("2026-03-02T10:30:00Z")) == expected.isTerminal)
  }

  static let jobs: [(String, State)] =
    workflows + [
      ("queued", .queued), ("not_running", .queued), ("blocked", .queued), ("retried", .superseded), ("timedout", .failed),
      ("infrastructure_fail", .failed), ("terminated-unknown", .unknown),
    ]

  @Test(arguments: jobs)
  func aJob(word: String, expected: State) throws {
    let job = CirclePayload.job(
      "j", word, CirclePayload.ran("10:00:10", "10:01:00") + #","workflow_id":"\#(CirclePayload.workflowID)""#)
    let step = try #require(join(CirclePayload.workflow("running") + "\n" + job).run("ship-25")?.step("j"))
    #expect(step.state == expected)
    #expect((step.startedAt != nil) == (expected == .running || (expected.isTerminal && expected != .skipped)))
  }

  static let pipelines: [(String, State)] = [
    ("errored", .failed), ("created", .unknown), ("pending", .queued), ("setup", .queued), ("setup-pending", .queued),
    ("odd", .unknown),
  ]

  @Test(arguments: pipelines)
  func aPipelineWithoutWorkflows(word: String, expected: State) throws {
    let file = read(CirclePayload.pipeline(word))
    let run = try #require(joinRecords([file]).run("pipeline-25"))
    #expect(run.state == expected)
    #expect((run.finishedAt != nil) == (expected == .failed))
    #expect(file.diagnostics.isEmpty == (word != "odd"))
  }

  static let numbers: [(String, Int?)] = [("25", 25), ("\"25\"", 25), ("-1", nil), ("\"x\"", nil), ("null", nil), ("1.5", nil)]

  @Test(arguments: numbers)
  func aNumber(text: String, expected: Int?) throws {
    let set = join(CirclePayload.pipeline().replacing(#""number":25"#, with: #""number":\#(text)"#))
    #expect(try #require(set.runs.first?.value).number == expected)
  }

  static let slugs: [(String, String?)] = [
    ("gh/acme/web", "acme/web"), ("github/acme/web", "acme/web"), ("bb/acme/web", "acme/web"),
    ("bitbucket/acme/web", "acme/web"),
    ("circleci/UXvrRSqKYjTHTQNHnkDYyp/MpJhMQjZMkPKGCKFVhSZPd", nil), ("x", nil), ("", nil),
  ]

  @Test(arguments: slugs)
  func aSlug(slug: String, expected: String?) throws {
    let text = CirclePayload.workflow("running").replacing("gh/acme/web", with: slug)
    #expect(try #require(join(text).run("ship-25")).repository == expected)
  }

  static let refs: [(String, Ref?)] = [
    (#""branch":"main""#, Ref(name: "main", type: .branch)), (#""tag":"v1""#, Ref(name: "v1", type: .tag)),
    (#""branch":"pull/12""#, Ref(name: "pull/12", type: .pullRequest, pullRequest: "12")),
    (#""branch":"pull/x""#, Ref(name: "pull/x", type: .branch)), (#""branch":"""#, nil), (#""x":1"#, nil),
  ]

  @Test(arguments: refs)
  func aRef(vcs: String, expected: Ref?) throws {
    let run = try #require(join(CirclePayload.pipeline().replacing(#""branch":"main""#, with: vcs)).run("pipeline-25"))
    #expect(run.ref == expected)
    #expect(run.trigger?.type == (expected?.type == .tag ? .tag : .push))
  }

  static let triggers: [(String, Trigger.Kind)] = [
    ("webhook", .push), ("api", .api), ("schedule", .schedule), ("scheduled_pipeline", .schedule), ("explicit", .manual),
    ("unknown", .unknown), ("Decoupled Ingestion System", .unknown),
  ]

  @Test(arguments: triggers)
  func aTrigger(word: String, expected: Trigger.Kind) throws {
    let text = CirclePayload.pipeline().replacing(#""type":"webhook""#, with: #""type":"\#(word)""#)
    #expect(try #require(join(text).run("pipeline-25")).trigger == Trigger(type: expected, raw: word))
  }

  static let markers: [(String, State)] = [
    ("succeeded", .succeeded), ("success", .succeeded), ("SUCCESS", .succeeded), ("failed", .failed), ("running", .running),
    ("pending", .queued), ("canceled", .cancelled), ("planned", .unknown),
  ]

  @Test(arguments: markers)
  func aMarker(word: String, expected: State) throws {
    let text =
      #"{"id":"m","component_name":"shop","version":"1.0","status":"\#(word)","created_at":"2026-04-28 14:30 UTC","ended_at":"2026-04-28 14:35 UTC"}"#
    #expect(try #require(join(text).deployments.first?.value).state == expected)
  }
}

@Suite struct CircleCIJoin {
  typealias Payload = CirclePayload

  @Test func aWorkflowOnHoldWaitsAtItsApproval() throws {
    let set = join([
      "a.json": Payload.page([Payload.pipeline()]), "b.json": Payload.page([Payload.workflow("on_hold")]),
      "c.json": Payload.onHold,
    ])
    #expect(set.account.records == Account.Tally(rendered: 6))
    let run = try #require(set.run("ship-25"))
    #expect(set.runs.count == 1)
    #expect(run.state == .waiting && run.stateRaw == "on_hold")
    #expect(run.title == "Mend the cart" && run.commit?.message == "Mend the cart\n\nIt was broken.")
    #expect(run.actor?.name == "ana" && run.ref == Ref(name: "main", type: .branch) && run.number == 25)
    #expect(run.steps.map(\.key) == ["build", "deploy-staging", "hold", "deploy-production"])
    #expect(run.steps.map(\.state) == [.succeeded, .succeeded, .waiting, .waiting])
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "hold"
    gate.step = "hold"
    gate.requestedAt = time("2026-03-02T10:03:00Z")
    #expect(run.gates == [gate])
  }

  @Test func rulesTellWhatWaits() throws {
    var set = join(["a.json": Payload.pipeline(), "b.json": Payload.workflow("on_hold"), "c.json": Payload.onHold])
    applyRules([Configuration.RecordRule(files: nil, values: ["step": "deploy-{environment}"])], to: &set)
    let run = try #require(set.run("ship-25"))
    #expect(run.deployments.map(\.environment.name) == ["staging", "production"])
    #expect(run.deployments.map(\.state) == [.succeeded, .waiting])
    #expect(run.deployments.map(\.gate) == [nil, "hold"])
    #expect(run.deployments.map(\.promotion) == [.automatic, nil])
    #expect(run.gates.map(\.environment) == ["production"])
  }

  static let approvals: [(String, Gate.State?)] = [
    ("on_hold", .waiting), ("success", .approved), ("canceled", .cancelled), ("not_run", .skipped), ("failed", .unknown),
    ("blocked", nil), ("odd", .unknown),
  ]

  @Test(arguments: approvals)
  func anApproval(word: String, expected: Gate.State?) throws {
    let rest = #","approved_by":"u-1","started_at":"2026-03-02T10:03:00Z","stopped_at":"2026-03-02T10:05:00Z""#
    let set = join([
      "a.json": Payload.workflow("running"),
      "b.json": Payload.page([Payload.build, Payload.approval(word, needs: ["build"], rest)]),
    ])
    let gates = try #require(set.run("ship-25")).gates
    #expect(gates.map(\.state) == [expected].compactMap { $0 })
    let decision = Gate.Decision(by: "u-1", at: time("2026-03-02T10:05:00Z"), decision: "approved")
    #expect(gates.flatMap(\.decisions) == (expected == .approved ? [decision] : []))
  }

  @Test func whatNeedsAnApprovalDidNotStartByItself() throws {
    let jobs = [
      Payload.job("eu", "success", needs: ["hold"], Payload.ran("10:06:00", "10:07:00")),
      Payload.job("us", "success", needs: ["eu"], Payload.ran("10:08:00", "10:09:00")),
      Payload.job("other", "success", needs: ["gone"], Payload.ran("10:08:00", "10:09:00")),
      Payload.approval("blocked", needs: ["build"]), Payload.build,
      Payload.job("test", "success", needs: ["build"], Payload.ran("10:01:00", "10:02:00")),
    ]
    var set = join(["a.json": Payload.workflow("success", stopped: "10:30:00"), "b.json": Payload.page(jobs)])
    applyRules([Configuration.RecordRule(files: nil, values: ["step": "{environment}"])], to: &set)
    let deployments = try #require(set.run("ship-25")).deployments
    let automatic = deployments.filter { $0.promotion == .automatic }.map(\.environment.name)
    #expect(Set(automatic) == ["build", "test"])
  }

  @Test func aSecondWorkflowOfItsNameIsAnotherAttempt() throws {
    let first = Payload.workflow("failed", id: "w1", created: "10:00:01", stopped: "10:02:00")
    let second = Payload.workflow("success", id: "w2", created: "10:05:00", stopped: "10:09:00")
    let other = Payload.workflow("success", id: "w3").replacing("\"ship\"", with: "\"nightly\"")
    for text in [[first, second, other, Payload.pipeline()], [Payload.pipeline(), other, second, first]] {
      let set = join(text.joined(separator: "\n"))
      #expect(set.runs.count == 3)
      #expect(set.run("ship-25", attempt: 1)?.state == .failed)
      #expect(set.run("ship-25", attempt: 2)?.state == .succeeded)
      #expect(set.run("nightly-25")?.attempt == 1)
      #expect(set.run("ship-25", attempt: 2)?.title == "Mend the cart")
    }
  }

  @Test func jobsThatAreCarriedOverStayInBothAttempts() throws {
    let w1 = "10000000-0000-4000-8000-000000000000"
    let w2 = "20000000-0000-4000-8000-000000000000"
    let failed = Payload.job("deploy", "failed", needs: ["build"], Payload.ran("10:01:10", "10:02:00"))
    let done = Payload.job("deploy-again", "success", needs: ["build"], Payload.ran("10:05:10", "10:06:00"))
    let set = join([
      "workflows.jsonl": [
        Payload.workflow("failed", id: w1, stopped: "10:02:00"),
        Payload.workflow("success", id: w2, created: "10:05:00", stopped: "10:06:00"),
      ].joined(separator: "\n"), "jobs-\(w1).json": Payload.page([Payload.build, failed]),
      "jobs-\(w2).json": Payload.page([Payload.build, done]),
    ])
    #expect(set.run("ship-25", attempt: 1)?.steps.map(\.key) == ["build", "deploy"])
    #expect(set.run("ship-25", attempt: 2)?.steps.map(\.key) == ["build", "deploy-again"])
    // What was carried over is not its start.
    #expect(set.run("ship-25", attempt: 2)?.startedAt == time("2026-03-02T10:05:10Z"))
    #expect(set.account.records.skipped == 0)
  }

  // MARK: Jobs that name no workflow

  @Test func jobsFindTheOnlyWorkflowThatWasUnderWay() throws {
    let later = Payload.workflow("running", id: "w2", created: "10:20:00")
    let first = Payload.workflow("success", id: "w1", created: "10:00:00", stopped: "10:10:00")
    let jobs = [Payload.build, Payload.approval("success", needs: ["build"])]
    for text in [Payload.page(jobs), jobs.joined(separator: "\n"), "[\(jobs.joined(separator: ","))]"] {
      let set = join(["a.json": first + "\n" + later, "b.json": text])
      #expect(set.runs.map { $0.value.steps.map(\.key) } == [["build", "hold"], []])
    }
  }

  @Test func jobsThatFitTwoWorkflowsAreOfNeither() throws {
    let two =
      Payload.workflow("running", id: "w1") + "\n"
      + Payload.workflow("running", id: "w2").replacing("\"ship\"", with: "\"other\"")
    let set = join(["a.json": two, "b.json": Payload.page([Payload.build])])
    #expect(set.runs.allSatisfy { $0.value.steps.isEmpty })
    #expect(set.account.records == Account.Tally(rendered: 2, skipped: 1))
    #expect(set.account.skipped.map(\.reason).first?.contains("names no workflow") == true)
    let elsewhere = join([
      "a.json": Payload.workflow("running").replacing("gh/acme/web", with: "gh/acme/api"),
      "b.json": Payload.page([Payload.build]),
    ])
    #expect(elsewhere.account.records == Account.Tally(rendered: 1, skipped: 1))
  }

  @Test func jobsOfTwoAnswersInOneFileAreToldApart() throws {
    let workflows = [
      Payload.workflow("success", id: "w1", created: "10:00:00", stopped: "10:02:00"),
      Payload.workflow("success", id: "w2", created: "11:00:00", stopped: "11:02:00").replacing("\"ship\"", with: "\"other\""),
    ].joined(separator: "\n")
    let late = Payload.job("late", "success", Payload.ran("11:00:10", "11:01:00"))
    let set = join(["a.json": workflows, "b.json": "[\(Payload.page([Payload.build])),\(Payload.page([late]))]"])
    #expect(set.run("ship-25")?.steps.map(\.key) == ["build"])
    #expect(set.run("other-25")?.steps.map(\.key) == ["late"])
  }

  @Test func needsInARingAreNotLost() throws {
    let jobs = [
      Payload.job("a", "success", needs: ["b"], Payload.ran("10:00:10", "10:01:00")), Payload.job("b", "success", needs: ["a"]),
      Payload.job("c", "success", needs: ["c"]), Payload.approval("on_hold", needs: ["hold"]),
    ]
    let run = try #require(join(["a.json": Payload.workflow("on_hold"), "b.json": Payload.page(jobs)]).run("ship-25"))
    #expect(Set(run.steps.compactMap(\.key)) == ["a", "b", "c", "hold"])
  }

  // MARK: Markers and webhooks

  private static func marker(_ rest: String) -> String {
    #"{"id":"m","component_name":"shop","version":"1.4.0","type":"deployment","status":"succeeded","workflow_id":"\#(Payload.workflowID)","created_at":"2026-03-02 10:10 UTC","ended_at":"2026-03-02 10:12 UTC"\#(rest)}"#
  }

  @Test func aMarkerIsADeploymentOfItsWorkflow() throws {
    let set = join([
      "a.json": Payload.workflow("success", stopped: "10:30:00"),
      "b.json": Self.marker(#","is_rollback":true,"environment_id":"e1""#),
      "c.json": #"[{"id":"e1","name":"production","org_id":"o"}]"#,
    ])
    #expect(set.account.records == Account.Tally(rendered: 3))
    let deployment = try #require(set.run("ship-25")?.deployment("production"))
    #expect(deployment.action == .rollback && deployment.service == "shop" && deployment.version?.name == "1.4.0")
    #expect(deployment.state == .succeeded && deployment.inferred.isEmpty)
  }

  @Test func rulesNameTheEnvironmentOfAMarker() throws {
    var set = join(Self.marker(#","is_rollback":false"#))
    applyRules([Configuration.RecordRule(files: nil, values: ["environment": "production"])], to: &set)
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.environment.name == "production")
    #expect(deployment.action == nil)
  }

  private static func webhook(_ type: String, _ job: String) -> String {
    #"{"id":"n","type":"\#(type)","happened_at":"2026-03-02T10:05:00Z","webhook":{"id":"h"},"project":{"slug":"github/acme/web","name":"web"},"workflow":{"id":"w","name":"ship","status":"success","created_at":"2026-03-02T10:00:01Z","stopped_at":"2026-03-02T10:05:00Z","url":"https://app.circleci.com/x"},"pipeline":{"id":"p","number":25,"created_at":"2026-03-02T10:00:00Z","trigger":{"type":"webhook"},"vcs":{"revision":"\#(Payload.sha)","branch":"main","commit":{"subject":"Mend","author":{"name":"Ana"},"committed_at":"2026-03-02T09:00:00Z"}}}\#(job)}"#
  }

  @Test func aWebhookOfAWorkflow() throws {
    let set = join(Self.webhook("workflow-completed", ""))
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("ship-25"))
    #expect(run.state == .succeeded && run.repository == "acme/web" && run.url == "https://app.circleci.com/x")
    #expect(run.commit?.author == "Ana" && run.commit?.committedAt == time("2026-03-02T09:00:00Z"))
    #expect(run.title == "Mend" && run.finishedAt == time("2026-03-02T10:05:00Z"))
  }

  @Test func aWebhookOfAJobNamesItsWorkflow() throws {
    let job =
      #","job":{"id":"j","name":"test","number":3,"status":"failed","started_at":"2026-03-02T10:01:00Z","stopped_at":"2026-03-02T10:02:00Z"}"#
    let set = join(Self.webhook("job-completed", job) + "\n" + Self.webhook("workflow-completed", ""))
    #expect(set.account.records == Account.Tally(rendered: 2))
    #expect(set.run("ship-25")?.steps.map(\.state) == [.failed])
    #expect(set.runs.count == 1)
  }

  static let noRecords = [
    #"{"name":"x","number":3,"status":"success","latest_workflow":{"id":"w"},"web_url":"u"}"#, #"{"message":"Not found"}"#,
    #"{"happened_at":"2026-03-02T10:05:00Z","workflow":{},"pipeline":{}}"#,
    #"{"pipeline_id":"p","name":"x","status":"success"}"#,
    #"{"component_name":"x","status":"succeeded"}"#,
  ]

  @Test(arguments: noRecords)
  func whatIsNoRecordIsSkippedWithAReason(text: String) {
    let set = join(text)
    #expect(set.account.records == Account.Tally(skipped: 1))
    #expect(set.account.skipped.allSatisfy { !$0.reason.hasPrefix("no known kind") })
    #expect(set.runs.isEmpty && set.deployments.isEmpty)
  }
}

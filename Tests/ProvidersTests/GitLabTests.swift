import Diagnostics
import Providers
import Records
import Testing
import Time

/// Small payloads of GitLab: a pipeline that was built, is on staging and waits at the button to production.
enum GitLabPayload {
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static func pipeline(_ status: String, _ rest: String = "") -> String {
    #"{"id":7,"iid":3,"project_id":1,"sha":"\#(sha)","ref":"main","status":"\#(status)","source":"push","created_at":"2026-03-02T10:00:00.000Z","updated_at":"2026-03-02T10:30:00.000Z","web_url":"https://gitlab.example.com/acme/web/shop/-/pipelines/7"\#(rest)}"#
  }

  static func job(_ id: Int, _ name: String, _ stage: String, _ status: String, _ rest: String = "") -> String {
    #"{"id":\#(id),"name":"\#(name)","stage":"\#(stage)","status":"\#(status)","ref":"main","tag":false,"created_at":"2026-03-02T10:00:00.000Z","pipeline":{"id":7,"status":"running","web_url":"https://gitlab.example.com/acme/web/shop/-/pipelines/7"}\#(rest)}"#
  }

  static func ran(_ from: String, _ to: String) -> String {
    #","started_at":"2026-03-02T\#(from).000Z","finished_at":"2026-03-02T\#(to).000Z""#
  }

  static func deployment(_ id: Int, _ environment: String, _ status: String, job: String? = nil, _ rest: String = "") -> String
  {
    let deployable = job.map { #","deployable":\#($0)"# } ?? #","deployable":null"#
    return
      #"{"id":\#(id),"iid":\#(id),"ref":"main","sha":"\#(sha)","status":"\#(status)","created_at":"2026-03-02T10:00:01.000Z","updated_at":"2026-03-02T10:20:00.000Z","environment":{"id":\#(environment.utf8.count),"name":"\#(environment)"}\#(deployable)\#(rest)}"#
  }

  static let build = job(1, "build", "build", "success", ran("10:00:10", "10:01:00"))
  static let staging = job(2, "stage", "deploy", "success", ran("10:02:00", "10:03:00"))
  static let live = job(3, "live", "release", "manual", #","allow_failure":false"#)
  static let environments =
    #"[{"id":7,"name":"staging","slug":"staging","tier":"staging","external_url":null},{"id":10,"name":"production","slug":"production","tier":"production","external_url":"https://shop.example.com"}]"#

  /// For the tests that swap values.
}

@Suite struct GitLabGates {
  @Test func aGateOfAnEnvironmentWithoutANameHasNone() throws {
    let text =
      #"{"id":1,"iid":22,"sha":"0123456789abcdef0123456789abcdef01234567","ref":"main","status":"blocked","environment":{"id":10,"name":7},"deployable":{"id":4,"name":"live","status":"manual","pipeline":{"id":7,"status":"manual","web_url":"https://gitlab.example.com/acme/shop/-/pipelines/7"}},"pending_approval_count":1}"#
    let named = text.replacing(#""name":7"#, with: #""name":"live""#)
    for files in [[text, named], [named, text]] {
      let gates = join(files.joined(separator: "\n")).runs.flatMap(\.value.gates)
      #expect(!gates.isEmpty)
      #expect(!gates.contains { $0.environment?.isEmpty == true })
      let deployments = join(files.joined(separator: "\n")).runs.flatMap(\.value.deployments)
      #expect(!deployments.contains { $0.environment.name.isEmpty })
    }
  }

  @Test func anAddressOfBlanksIsNoRepository() throws {
    let text = JenkinsBuilds.build(
      "shop/main", 5,
      ##""result":"SUCCESS","actions":[{"lastBuiltRevision":{"SHA1":"0123456789abcdef0123456789abcdef01234567"},"remoteUrls":[" "]}]"##
    )
    #expect(try #require(join(text).runs.first).value.repository == nil)
  }
}

@Suite struct GitLabStates {
  static let words: [(String, State)] = [
    ("created", .queued), ("waiting_for_resource", .queued), ("preparing", .queued), ("pending", .queued),
    ("scheduled", .queued), ("running", .running), ("canceling", .running), ("manual", .waiting), ("success", .succeeded),
    ("failed", .failed), ("canceled", .cancelled), ("skipped", .skipped), ("waitingForResource", .queued),
    ("SUCCESS", .succeeded), ("passed", .unknown), ("blocked", .unknown), ("", .unknown),
  ]

  @Test(arguments: words)
  func aPipeline(word: String, expected: State) throws {
    let run = try #require(join(GitLabPayload.pipeline(word)).run("7"))
    #expect(run.state == expected)
    #expect(run.stateRaw == (word.isEmpty ? nil : word))
    #expect(run.finishedAt == (expected.isTerminal ? time("2026-03-02T10:30:00Z") : nil))
  }

  @Test(arguments: words)
  func aJob(word: String, expected: State) throws {
    let job = GitLabPayload.job(1, "test", "test", word, GitLabPayload.ran("10:00:10", "10:01:00"))
    let step = try #require(join(job).run("7")?.step("1"))
    #expect(step.state == expected)
    let hasStart = expected == .running || (expected.isTerminal && expected != .skipped)
    #expect((step.startedAt != nil) == hasStart)
    #expect((step.finishedAt != nil) == (hasStart && expected != .running))
  }

  static let deployments: [(String, State)] = [
    ("created", .queued), ("blocked", .waiting), ("running", .running), ("success", .succeeded), ("failed", .failed),
    ("canceled", .cancelled), ("skipped", .skipped), ("approved", .waiting), ("rejected", .cancelled), ("completed", .unknown),
    ("Success", .succeeded), ("", .unknown),
  ]

  @Test(arguments: deployments)
  func aDeployment(word: String, expected: State) throws {
    let set = join(GitLabPayload.deployment(5, "production", word))
    #expect(set.account.records == Account.Tally(rendered: 1))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == expected)
    #expect((deployment.finishedAt != nil) == (expected.isTerminal && expected != .skipped))
  }

  @Test(arguments: ["failed", "canceled", "skipped", "running", "manual", "new"])
  func aDeploymentIsNotGreenWhenItsJobIsNot(word: String) throws {
    let file = read(GitLabPayload.deployment(5, "production", "success", job: GitLabPayload.job(3, "live", "deploy", word)))
    #expect(joinRecords([file]).run("7")?.deployment("production")?.state == .unknown)
    #expect(file.diagnostics.contains { $0.message.id == "contradictory-outcome" && $0.severity == .warning })
  }

  static let sources: [(String, Trigger.Kind)] = [
    ("push", .push), ("webide", .push), ("web", .manual), ("chat", .manual), ("schedule", .schedule), ("api", .api),
    ("trigger", .api), ("pipeline", .upstream), ("parent_pipeline", .upstream), ("merge_request_event", .pullRequest),
    ("external_pull_request_event", .pullRequest), ("external", .unknown), ("ondemand_dast_scan", .unknown),
  ]

  @Test(arguments: sources)
  func aSource(word: String, expected: Trigger.Kind) throws {
    let run = join(GitLabPayload.pipeline("success").replacing(#""source":"push""#, with: #""source":"\#(word)""#)).run("7")
    #expect(try #require(run).trigger == Trigger(type: expected, raw: word))
  }

  static let refs: [(String, String, Ref)] = [
    ("main", "", Ref(name: "main", type: .branch)), ("v1.2", "", Ref(name: "v1.2", type: .other)),
    ("v1.2", #","tag":true"#, Ref(name: "v1.2", type: .tag)), ("v1.2", #","tag":false"#, Ref(name: "v1.2", type: .branch)),
    ("refs/merge-requests/9/head", "", Ref(name: "refs/merge-requests/9/head", type: .pullRequest, pullRequest: "9")),
    (
      "refs/merge-requests/9/merge", #","tag":false"#,
      Ref(name: "refs/merge-requests/9/merge", type: .pullRequest, pullRequest: "9")
    ),
    ("refs/tags/x", "", Ref(name: "x", type: .tag)),
  ]

  @Test(arguments: refs)
  func aRef(name: String, rest: String, expected: Ref) throws {
    let text = GitLabPayload.pipeline("success", rest).replacing(#""ref":"main""#, with: #""ref":"\#(name)""#)
    let run = try #require(join(text).run("7"))
    #expect(run.ref == expected)
    #expect(run.trigger?.type == (expected.type == .tag ? .tag : .push))
  }

  static let addresses: [(String, String?)] = [
    ("https://gitlab.com/acme/shop/-/pipelines/7", "acme/shop"), ("https://gitlab.com/acme/shop/pipelines/7", "acme/shop"),
    ("http://localhost:3000/a/b/c/d/-/pipelines/7", "a/b/c/d"), ("https://gitlab.com/-/pipelines/7", nil),
    ("https:///pipelines/7", nil), ("/pipelines/7", nil), ("://x/pipelines/", nil),
  ]

  @Test(arguments: addresses)
  func theRepositoryOfAnAddress(url: String, expected: String?) throws {
    let text = GitLabPayload.pipeline("success", #","before_sha":null"#)
      .replacing("https://gitlab.example.com/acme/web/shop/-/pipelines/7", with: url)
    #expect(try #require(join(text).run("7")).repository == expected)
  }

  static let users: [(String, Actor?)] = [
    (#"{"id":5,"username":"ana","name":"Ana B"}"#, Actor(name: "ana", id: "5")), (#"{"name":"Ana B"}"#, Actor(name: "Ana B")),
    (#"{"username":"ana","bot":false}"#, Actor(name: "ana", kind: .human)),
    (#"{"username":"ana","bot":true}"#, Actor(name: "ana", kind: .bot)),
    (#"{"username":"project_12_bot_ab"}"#, Actor(name: "project_12_bot_ab", kind: .bot)),
    (#"{"username":"group_12_bot"}"#, Actor(name: "group_12_bot", kind: .bot)), (#"{"id":5}"#, nil), ("null", nil), ("[]", nil),
  ]

  @Test(arguments: users)
  func anActor(user: String, expected: Actor?) throws {
    #expect(try #require(join(GitLabPayload.pipeline("success", #","user":\#(user)"#)).run("7")).actor == expected)
  }
}

@Suite struct GitLabJoin {
  typealias Payload = GitLabPayload

  @Test func aBlockingManualJobIsAGateOfItsPipeline() throws {
    let set = join([
      "a.json": Payload.pipeline("manual"), "b.json": "[\(Payload.live),\(Payload.staging),\(Payload.build)]",
      "c.json": Payload.environments,
      "d.json":
        "[\(Payload.deployment(21, "staging", "success", job: Payload.staging)),\(Payload.deployment(22, "production", "created", job: Payload.live))]",
    ])
    #expect(set.account.records == Account.Tally(rendered: 8))
    #expect(set.deployments.isEmpty)
    let run = try #require(set.run("7"))
    #expect(run.state == .waiting && run.stateRaw == "manual")
    #expect(run.repository == "acme/web/shop")
    #expect(run.number == 3)
    #expect(run.steps.map(\.key) == ["1", "2", "3"])
    #expect(run.startedAt == time("2026-03-02T10:00:10Z"))
    #expect(run.finishedAt == nil)

    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "3"
    gate.step = "3"
    gate.environment = "production"
    gate.requestedAt = time("2026-03-02T10:03:00Z")
    #expect(run.gates == [gate])

    let staging = try #require(run.deployment("staging"))
    #expect(staging.state == .succeeded)
    #expect(staging.environment == .init(name: "staging", tier: .staging))
    #expect(staging.startedAt == time("2026-03-02T10:02:00Z"))
    #expect(staging.finishedAt == time("2026-03-02T10:03:00Z"))
    #expect(staging.promotion == .unknown)  // only webhooks say that nobody started it
    let live = try #require(run.deployment("production"))
    #expect(live.environment == .init(name: "production", tier: .production, url: "https://shop.example.com"))
    // The deployment is only `created` while its job waits.
    #expect(live.state == .waiting && live.stateRaw == "created")
    #expect(live.promotion == .manual)
    #expect(live.gate == "3" && live.step == "3")
    #expect(live.startedAt == nil && live.finishedAt == nil)
  }

  @Test func anOptionalManualJobWaitsThoughItsPipelineSucceeded() throws {
    let live = Payload.live.replacing(#""allow_failure":false"#, with: #""allow_failure":true"#)
    let run = try #require(join([Payload.pipeline("success"), Payload.build, live].joined(separator: "\n")).run("7"))
    #expect(run.state == .succeeded)
    #expect(run.steps.map(\.state) == [.succeeded, .waiting])
    #expect(run.steps.map(\.optional) == [false, true])
    #expect(run.gates.map(\.state) == [.waiting])
  }

  @Test func aPipelineThatRunsDoesNotWaitThoughAButtonIsThere() throws {
    let next = Payload.job(4, "after", "release", "pending")
    let run = try #require(join([Payload.pipeline("running"), Payload.live, next].joined(separator: "\n")).run("7"))
    #expect(run.state == .running)
    #expect(run.gates.map(\.state) == [.waiting])
  }

  @Test func aPlayedJobKeepsThePersonThatAnEarlierSnapshotTells() throws {
    let played = Payload.job(
      3, "live", "release", "success", Payload.ran("11:00:00", "11:01:00") + #","user":{"username":"ana"}"#)
    let deployment = Payload.deployment(22, "production", "success", job: played)
    let set = join(["a.json": Payload.live, "b.json": played, "c.json": deployment, "d.json": Payload.pipeline("success")])
    let run = try #require(set.run("7"))
    #expect(run.gates.map(\.state) == [.approved])
    #expect(run.gates.first?.decisions == [Gate.Decision(by: "ana", at: time("2026-03-02T11:00:00Z"), decision: "approved")])
    #expect(run.deployment("production")?.promotion == .manual)
    #expect(run.deployment("production")?.state == .succeeded)
  }

  @Test func stepsOfAStageStandTogetherAndARetryIsAnotherAttempt() throws {
    let retry = Payload.job(9, "build", "build", "success", Payload.ran("10:05:00", "10:06:00"))
    let failed = Payload.job(1, "build", "build", "failed", Payload.ran("10:00:10", "10:01:00"))
    let run = try #require(join("[\(Payload.staging),\(retry),\(failed)]").run("7"))
    #expect(run.steps.map(\.key) == ["1", "9", "2"])
    #expect(run.steps.map(\.attempt) == [1, 2, 1])
  }

  @Test func aSoftFailureIsAWarningOfItsStep() throws {
    let lint = Payload.job(1, "lint", "test", "failed", #","allow_failure":true,"failure_reason":"script_failure""#)
    let hard = Payload.job(2, "unit", "test", "failed", #","allow_failure":false"#)
    let run = try #require(join("[\(lint),\(hard)]").run("7"))
    #expect(run.steps.map(\.warning) == [true, false])
    #expect(run.steps.map(\.state) == [.failed, .failed])
    #expect(run.steps.map(\.error) == ["script_failure", nil])
  }

  @Test func theSinglePipelineTellsMoreThanTheListAndTheJobs() throws {
    let single = Payload.pipeline(
      "success",
      #","before_sha":"0000000000000000000000000000000000000000","started_at":"2026-03-02T10:00:05Z","finished_at":"2026-03-02T10:29:59Z","duration":60,"user":{"username":"ana"},"tag":false"#
    )
    let job = Payload.job(1, "build", "build", "success", Payload.ran("10:00:10", "10:01:00"))
      .replacing(
        #""status":"running""#,
        with: #""status":"success","sha":"\#(Payload.sha)","ref":"main","updated_at":"2026-03-02T10:30:01Z""#)
    for files in [
      ["a": single, "b": Payload.pipeline("success"), "c": job], ["c": single, "a": Payload.pipeline("success"), "b": job],
      ["b": single, "c": Payload.pipeline("success"), "a": job],
    ] {
      let set = joinRecords(files.map { read($0.value, $0.key) })
      let run = try #require(set.run("7"))
      #expect(set.runs.count == 1)
      #expect(run.startedAt == time("2026-03-02T10:00:05Z"))
      #expect(run.finishedAt == time("2026-03-02T10:29:59Z"))
      #expect(run.activeSeconds == 60)
      #expect(run.actor?.name == "ana")
      #expect(set.diagnostics.isEmpty)
      #expect(set.account.records.total == 3)
    }
  }

  @Test func aTagOnlyItsJobKnows() throws {
    let job = Payload.build.replacing(#""tag":false"#, with: #""tag":true"#)
      .replacing(#""pipeline":{"id":7"#, with: #""pipeline":{"id":7,"ref":"v1.0","sha":"\#(Payload.sha)""#)
    let pipeline = Payload.pipeline("success").replacing(#""ref":"main""#, with: #""ref":"v1.0""#)
    #expect(try #require(join(["a.json": job, "b.json": pipeline]).run("7")).ref == Ref(name: "v1.0", type: .tag))
    #expect(try #require(join(["b.json": job, "a.json": pipeline]).run("7")).ref == Ref(name: "v1.0", type: .tag))
  }

  @Test func twoInstancesMayHaveOneNumber() throws {
    let other = Payload.build.replacing("acme/web/shop", with: "other/api")
    let deployment = Payload.deployment(
      22, "production", "success", job: Payload.staging.replacing("acme/web/shop", with: "other/api"))
    let set = join(["a.json": Payload.pipeline("success"), "b.json": other, "c.json": deployment, "d.json": Payload.build])
    #expect(set.runs.map(\.value.repository) == ["acme/web/shop", "other/api"])
    #expect(set.runs.map { $0.value.steps.map(\.key) } == [["1"], ["1", "2"]])
    #expect(set.runs.map(\.value.deployments.count) == [0, 1])
    #expect(set.deployments.isEmpty)
  }

  // MARK: Protected environments

  static let asked =
    #","pending_approval_count":1,"approvals":[{"user":{"username":"ana"},"status":"approved","created_at":"2026-03-02T10:10:00Z","comment":"ok"}],"approval_summary":{"rules":[{"access_level_description":"Maintainers","required_approvals":2}]}"#

  @Test func aBlockedDeploymentWaitsForItsApprovals() throws {
    let deployment = Payload.deployment(22, "production", "blocked", job: Payload.live, Self.asked)
    let set = join(["a.json": Payload.pipeline("manual"), "b.json": deployment])
    let run = try #require(set.run("7"))
    #expect(run.gates.count == 1)
    let gate = try #require(run.gates.first)
    #expect(gate.kind == .human && gate.state == .waiting && gate.environment == "production" && gate.step == "3")
    #expect(gate.required == 2)
    #expect(gate.allowed == ["Maintainers"])
    #expect(
      gate.decisions == [Gate.Decision(by: "ana", at: time("2026-03-02T10:10:00Z"), decision: "approved", comment: "ok")])
    #expect(run.deployment("production")?.state == .waiting)
    #expect(run.deployment("production")?.gate == gate.key)
  }

  @Test func enoughApprovalsDoNotStartIt() throws {
    let rest = Self.asked.replacing(#""pending_approval_count":1"#, with: #""pending_approval_count":0"#)
    let run = try #require(join(Payload.deployment(22, "production", "blocked", job: Payload.live, rest)).run("7"))
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.deployment("production")?.state == .waiting)
  }

  static let outcomes: [(String, String, Gate.State, DeploymentRecord.Promotion)] = [
    ("success", "approved", .approved, .manual), ("failed", "approved", .approved, .manual),
    ("failed", "rejected", .rejected, .unknown), ("canceled", "approved", .approved, .manual),
    ("running", "approved", .approved, .manual),
  ]

  @Test(arguments: outcomes)
  func anApprovalThatWasGivenStays(
    status: String, word: String, state: Gate.State, promotion: DeploymentRecord.Promotion
  ) throws {
    let job = Payload.job(3, "live", "release", status, Payload.ran("11:00:00", "11:01:00"))
    let rest =
      #","pending_approval_count":0,"approvals":[{"user":{"username":"ana"},"status":"\#(word)","created_at":"2026-03-02T10:10:00Z"}]"#
    let run = try #require(join(Payload.deployment(22, "production", status, job: job, rest)).run("7"))
    #expect(run.gates.map(\.state) == [state])
    #expect(run.gates.first?.decisions.map(\.by) == ["ana"])
    #expect(run.deployment("production")?.promotion == promotion)
    let alone = try #require(join(Payload.deployment(22, "production", status, rest)).deployments.first?.value)
    #expect(alone.promotion == promotion)
  }

  /// Its user is who made the pipeline until somebody plays it, and then who did: neither lets it in. Where nobody tells who did, somebody
  /// had by the time at which it began.
  @Test(arguments: ["auto", "player"])
  func whoStartsTheJobOfAnApprovedDeploymentApprovesNothing(user: String) throws {
    let asked =
      #","pending_approval_count":0,"approvals":[{"user":{"username":"bruna"},"status":"approved","created_at":"2026-03-02T10:10:00Z"}]"#
    let manual = Payload.job(3, "live", "release", "manual", #","user":{"username":"auto"}"#)
    let played = Payload.job(
      3, "live", "release", "success", Payload.ran("11:00:00", "11:01:00") + #","user":{"username":"\#(user)"}"#)
    let before = Payload.deployment(22, "production", "blocked", job: manual, #","pending_approval_count":1,"approvals":[]"#)
    for rest in [asked, #","pending_approval_count":0,"approvals":[]"#] {
      let after = Payload.deployment(22, "production", "success", job: played, rest)
      let run = try #require(join(["a.json": "[\(before)]", "b.json": "[\(after)]"]).run("7"))
      #expect(run.gates.map(\.state) == [.approved])
      #expect(run.gates.first?.decisions.map(\.by) == [rest == asked ? "bruna" : nil])
      #expect(run.gates.first?.decisions.map(\.at) == [time(rest == asked ? "2026-03-02T10:10:00Z" : "2026-03-02T11:00:00Z")])
      #expect(run.deployment("production")?.promotion == .manual)
    }
  }

  @Test func whoPlaysAJobThatNobodyElseApprovesLetsItIn() throws {
    let manual = Payload.job(3, "live", "release", "manual", #","user":{"username":"auto"}"#)
    let played = Payload.job(
      3, "live", "release", "success", Payload.ran("11:00:00", "11:01:00") + #","user":{"username":"ana"}"#)
    let run = try #require(join(["a.json": "[\(manual)]", "b.json": "[\(played)]"]).run("7"))
    #expect(run.gates.first?.decisions.map(\.by) == ["ana"])
    let waiting = try #require(join("[\(manual)]").run("7"))
    #expect(waiting.gates.flatMap(\.decisions) == [])
  }

  @Test func whatWasRejectedNeverRan() throws {
    let job = Payload.job(3, "live", "release", "failed", #","failure_reason":"deployment_rejected","started_at":null"#)
    let rest =
      #","pending_approval_count":0,"approvals":[{"user":{"username":"ana"},"status":"rejected","created_at":"2026-03-02T10:10:00Z"}]"#
    for text in [
      Payload.deployment(22, "production", "failed", job: job, rest), Payload.deployment(22, "production", "failed", rest),
    ] {
      let set = join(text)
      let deployment = try #require(set.run("7")?.deployment("production") ?? set.deployments.first?.value)
      #expect(deployment.state == .cancelled && deployment.startedAt == nil)
    }
  }

  @Test func anEnvironmentTellsWhenItStops() throws {
    let text = Payload.deployment(5, "review/door", "success").replacing(
      #""name":"review/door""#, with: #""name":"review/door","slug":"door","auto_stop_at":"2026-03-09T10:00:00.000Z""#)
    let reference = try #require(join(text).deployments.first?.value.environment)
    #expect(reference.stopsAt == time("2026-03-09T10:00:00Z") && reference.isShortLived == true)
  }

  @Test func noApprovalsAreNoGate() throws {
    let rest = #","pending_approval_count":0,"approvals":[]"#
    let run = try #require(join(Payload.deployment(21, "staging", "success", job: Payload.staging, rest)).run("7"))
    #expect(run.gates.isEmpty)
    #expect(run.deployment("staging")?.promotion == .unknown)
  }

  @Test func aDeploymentOfTheInterfaceStandsAlone() throws {
    let set = join(
      Payload.deployment(5, "production", "success", #","user":{"username":"ana"}"#).replacing(
        "\"ref\":\"main\"", with: "\"ref\":\"v2\""))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.run == nil)
    #expect(deployment.actor?.name == "ana")
    #expect(deployment.finishedAt == time("2026-03-02T10:20:00Z"))
    #expect(deployment.version == nil)
  }

  @Test func anEnvironmentWithoutDeploymentsIsSkipped() {
    let set = join(Payload.environments)
    #expect(set.account.records == Account.Tally(skipped: 2))
  }

  static let noRecords: [String] = [
    #"{"object_kind":"push","project":{"id":1},"ref":"refs/heads/main"}"#,
    #"{"object_kind":"merge_request","object_attributes":{"id":1}}"#,
    #"{"name":"v1","commit":{"id":"a"},"release":{"tag_name":"v1","description":""}}"#,
    #"{"object_kind":"pipeline","object_attributes":{"status":"success"}}"#,
    #"{"object_kind":"build","build_id":1,"build_status":"success"}"#, #"{"message":"401 Unauthorized"}"#,
    #"{"error":"invalid_token","error_description":"Token was revoked."}"#,
    #"{"object_kind":"deployment","deployment_id":1,"status":"success"}"#,
  ]

  @Test(arguments: noRecords)
  func whatIsNoRecordIsSkippedWithAReason(text: String) {
    let set = join(text)
    #expect(set.account.records == Account.Tally(skipped: 1))
    #expect(set.account.skipped.allSatisfy { !$0.reason.hasPrefix("no known kind") })
    #expect(set.runs.isEmpty && set.deployments.isEmpty && set.releases.isEmpty)
  }
}

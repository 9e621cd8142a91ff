import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct GitLabWebhooks {
  typealias Payload = GitLabPayload

  private static let project =
    #""project":{"id":1,"path_with_namespace":"acme/web/shop","web_url":"https://gitlab.example.com/acme/web/shop"}"#

  private static func build(_ id: Int, _ name: String, _ stage: String, _ status: String, manual: Bool, _ rest: String = "")
    -> String
  {
    #"{"id":\#(id),"name":"\#(name)","stage":"\#(stage)","status":"\#(status)","created_at":"2026-03-02 10:00:00 UTC","manual":\#(manual),"allow_failure":false,"user":{"username":"ana"}\#(rest)}"#
  }

  private static func pipeline(_ status: String, _ builds: [String], _ rest: String = "") -> String {
    #"{"object_kind":"pipeline","object_attributes":{"id":7,"iid":3,"ref":"main","tag":false,"sha":"\#(Payload.sha)","source":"push","status":"\#(status)","created_at":"2026-03-02 10:00:00 UTC"\#(rest)},"user":{"username":"ana"},\#(project),"commit":{"id":"\#(Payload.sha)","message":"Mend\n","timestamp":"2026-03-02T09:00:00+08:00","author":{"name":"Ana"}},"builds":[\#(builds.joined(separator: ","))]}"#
  }

  private static func environment(_ name: String, _ action: String, _ tier: String) -> String {
    #","environment":{"name":"\#(name)","action":"\#(action)","deployment_tier":"\#(tier)"}"#
  }

  private static let ran = #","started_at":"2026-03-02 10:02:00 UTC","finished_at":"2026-03-02 18:03:00 +0800","duration":60"#

  @Test func aWebhookSaysThatNobodyStartedTheDeployment() throws {
    let builds = [
      Self.build(2, "stage", "deploy", "success", manual: false, Self.ran + Self.environment("staging", "start", "staging")),
      Self.build(3, "live", "release", "manual", manual: true, Self.environment("production", "start", "production")),
    ]
    let set = join(Self.pipeline("manual", builds))
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("7"))
    #expect(run.state == .waiting)
    #expect(run.title == "Mend")
    #expect(run.commit?.committedAt == time("2026-03-02T01:00:00Z"))
    #expect(run.createdAt == time("2026-03-02T10:00:00Z"))
    let staging = try #require(run.deployment("staging"))
    #expect(staging.state == .succeeded && staging.promotion == .automatic && staging.environment.tier == .staging)
    #expect(run.steps.first?.finishedAt == time("2026-03-02T10:03:00Z"))
    let live = try #require(run.deployment("production"))
    #expect(live.state == .waiting && live.promotion == .manual && live.gate == "3" && live.environment.tier == .production)
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.gates.first?.requestedAt == time("2026-03-02T10:03:00Z"))
  }

  @Test func aManualJobWhoseTurnHasNotComeIsNoGate() throws {
    let jobs = [
      Self.build(2, "test", "test", "running", manual: false), Self.build(3, "live", "release", "created", manual: true),
    ]
    let run = try #require(join(Self.pipeline("running", jobs)).run("7"))
    #expect(run.gates.isEmpty)
    #expect(run.steps.map(\.state) == [.running, .queued])
  }

  static let actions: [(String, String, [DeploymentRecord.Action?])] = [
    ("start", "success", [nil]), ("stop", "success", [.remove]), ("stop", "manual", []), ("stop", "skipped", []),
    ("prepare", "success", []), ("verify", "success", []), ("access", "success", []), ("", "success", [nil]),
  ]

  @Test(arguments: actions)
  func onlyAStartDeploysAndAStopThatRanRemoves(action: String, status: String, expected: [DeploymentRecord.Action?]) throws {
    let job = Self.build(
      2, "review", "deploy", status, manual: false, Self.ran + Self.environment("review/x", action, "development"))
    let run = try #require(join(Self.pipeline("success", [job])).run("7"))
    #expect(run.deployments.map(\.action) == expected)
  }

  @Test func aReviewThatIsTakenDownInItsPipelineIsBoth() throws {
    let jobs = [
      Self.build(
        2, "review", "deploy", "success", manual: false, Self.ran + Self.environment("review/x", "start", "development")),
      Self.build(3, "stop", "deploy", "success", manual: true, Self.ran + Self.environment("review/x", "stop", "development")),
    ]
    let run = try #require(join(Self.pipeline("success", jobs)).run("7"))
    #expect(run.deployments.map(\.action) == [nil, .remove])
    #expect(run.deployments.map(\.step) == ["2", "3"])
  }

  @Test func eachAttemptOfAJobIsADeployment() throws {
    let jobs = [
      Self.build(2, "stage", "deploy", "failed", manual: false, Self.ran + Self.environment("staging", "start", "staging")),
      Self.build(5, "stage", "deploy", "success", manual: false, Self.ran + Self.environment("staging", "start", "staging")),
    ]
    let run = try #require(join(Self.pipeline("success", jobs)).run("7"))
    #expect(run.steps.map(\.attempt) == [1, 2])
    #expect(run.deployments.map(\.state) == [.failed, .succeeded])
    #expect(run.deployments.map(\.step) == ["2", "5"])
    #expect(run.deployments.map(\.attempt) == [1, 2])
  }

  @Test func jobsOfOneEnvironmentThatRanAllDeploy() throws {
    let jobs = [
      Self.build(2, "eu", "deploy", "success", manual: false, Self.ran + Self.environment("live", "start", "production")),
      Self.build(3, "us", "deploy", "failed", manual: false, Self.ran + Self.environment("live", "start", "production")),
      Self.build(4, "undo", "deploy", "manual", manual: true, Self.environment("live", "start", "production")),
    ]
    let run = try #require(join(Self.pipeline("failed", jobs)).run("7"))
    #expect(run.deployments.map(\.step) == ["2", "3"])
  }

  @Test func theLogOfAPipelineEndsWithItsLastState() throws {
    let live = Self.environment("production", "start", "production")
    let log = [
      Self.pipeline("pending", [Self.build(3, "live", "release", "created", manual: true, live)]),
      Self.pipeline("manual", [Self.build(3, "live", "release", "manual", manual: true, live)]),
      Self.pipeline(
        "success", [Self.build(3, "live", "release", "success", manual: true, live + Self.ran)],
        #","finished_at":"2026-03-02 10:03:01 UTC","duration":60"#),
    ]
    let set = join(log.joined(separator: "\n"))
    let run = try #require(set.run("7"))
    #expect(run.state == .succeeded)
    #expect(run.finishedAt == time("2026-03-02T10:03:01Z"))
    #expect(run.gates.map(\.state) == [.approved])
    #expect(run.gates.first?.decisions == [Gate.Decision(by: "ana", at: time("2026-03-02T10:02:00Z"), decision: "approved")])
    #expect(run.deployments.map(\.promotion) == [.manual])
    #expect(set.account.records.total == 3)
    #expect(set.diagnostics.isEmpty)
  }

  @Test func aMergeRequestPipelineNamesItsRequest() throws {
    let text = Self.pipeline("success", []).replacing(#""source":"push""#, with: #""source":"merge_request_event""#)
      .replacing(#""object_kind":"pipeline","#, with: #""object_kind":"pipeline","merge_request":{"iid":12},"#)
    #expect(try #require(join(text).run("7")).ref == Ref(name: "main", type: .pullRequest, pullRequest: "12"))
  }

  // MARK: Jobs

  private static func job(_ status: String, _ rest: String = "") -> String {
    #"{"object_kind":"build","ref":"main","tag":false,"sha":"\#(Payload.sha)","build_id":3,"build_name":"live","build_stage":"deploy","build_status":"\#(status)","build_created_at":"2026-03-02 10:00:00 UTC","build_allow_failure":false,"pipeline_id":7,"project_id":1,"user":{"username":"ana"},"commit":{"id":7,"sha":"\#(Payload.sha)","message":"Mend","author_name":"Ana","status":"running","started_at":"2026-03-02 10:00:01 UTC"},\#(project)\#(rest)}"#
  }

  @Test func aWebhookOfAJobTellsOfItsPipeline() throws {
    let rest =
      #","build_started_at":"2026-03-02 10:01:00 UTC","build_finished_at":"2026-03-02 10:02:00 UTC","build_duration":60.5"#
      + Self.environment("production", "start", "production")
    let set = join(Self.job("success", rest))
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("7"))
    #expect(run.state == .running && run.repository == "acme/web/shop" && run.title == "Mend")
    #expect(run.startedAt == time("2026-03-02T10:00:01Z"))
    let step = try #require(run.step("3"))
    #expect(step.state == .succeeded && step.activeSeconds == 60.5 && step.stage == "deploy")
    #expect(step.startedAt == time("2026-03-02T10:01:00Z") && step.finishedAt == time("2026-03-02T10:02:00Z"))
    #expect(run.deployment("production")?.state == .succeeded)
    #expect(run.deployment("production")?.promotion == .unknown)
  }

  @Test(arguments: GitLabStates.words)
  func aStateOfAJob(word: String, expected: State) throws {
    #expect(try #require(join(Self.job(word)).run("7")?.step("3")).state == expected)
  }

  // MARK: Deployments

  private static func deployment(_ status: String, _ at: String, _ rest: String = "") -> String {
    #"{"object_kind":"deployment","status":"\#(status)","status_changed_at":"2026-03-02 \#(at) +0100","deployment_id":22,"deployable_id":3,"deployable_url":"https://gitlab.example.com/acme/web/shop/-/jobs/3","environment":"production","environment_tier":"production","environment_external_url":"https://shop.example.com","short_sha":"01234567","user":{"username":"ana"},"commit_url":"https://gitlab.example.com/acme/web/shop/-/commit/\#(Payload.sha)","commit_title":"Mend",\#(project)\#(rest)}"#
  }

  @Test func theLogOfADeploymentHasItsStartAndItsEnd() throws {
    let log = [Self.deployment("running", "11:00:00"), Self.deployment("success", "11:05:00")]
    for text in [log, log.reversed()] {
      let set = join(text.joined(separator: "\n"))
      let deployment = try #require(set.deployments.first?.value)
      #expect(deployment.state == .succeeded)
      #expect(deployment.startedAt == time("2026-03-02T10:00:00Z"))
      #expect(deployment.finishedAt == time("2026-03-02T10:05:00Z"))
      #expect(deployment.environment == .init(name: "production", tier: .production, url: "https://shop.example.com"))
      #expect(deployment.commit?.sha == Payload.sha)
      #expect(set.account.records.total == 2)
    }
  }

  @Test func theLogOfAProtectedEnvironmentHasItsDecisions() throws {
    let log = [
      Self.deployment("blocked", "11:00:00"), Self.deployment("approved", "11:01:00"), Self.deployment("running", "11:02:00"),
      Self.deployment("success", "11:05:00"), Payload.live, Payload.pipeline("success"),
    ]
    let run = try #require(join(log.joined(separator: "\n")).run("7"))
    #expect(run.gates.count == 1)
    let gate = try #require(run.gates.first)
    #expect(gate.requestedAt == time("2026-03-02T10:00:00Z") || gate.requestedAt == time("2026-03-02T10:00:00Z"))
    #expect(gate.decisions.contains(Gate.Decision(by: "ana", at: time("2026-03-02T10:01:00Z"), decision: "approved")))
    #expect(run.deployment("production")?.promotion == .manual)
    #expect(run.deployment("production")?.state == .succeeded)
  }

  static let words: [(String, State)] = [
    ("blocked", .waiting), ("approved", .waiting), ("rejected", .cancelled), ("running", .running), ("success", .succeeded),
    ("failed", .failed), ("canceled", .cancelled), ("created", .queued), ("new", .unknown),
  ]

  @Test(arguments: words)
  func aStateOfADeployment(word: String, expected: State) throws {
    #expect(try #require(join(Self.deployment(word, "11:00:00")).deployments.first?.value).state == expected)
  }

  @Test func aDeploymentFindsThePipelineOfItsJob() throws {
    let set = join([
      "a.json": Self.deployment("success", "11:05:00"),
      "b.json": Self.pipeline("running", [Self.build(3, "live", "deploy", "success", manual: true, Self.ran)]),
    ])
    #expect(set.deployments.isEmpty)
    #expect(set.run("7")?.deployment("production")?.promotion == .manual)
  }

  // MARK: Releases

  @Test func aReleaseThatIsDeletedIsNone() throws {
    let release = { (action: String) in
      #"{"object_kind":"release","action":"\#(action)","id":1,"tag":"v1.0","name":"One","description":"* first","created_at":"2026-03-02 10:00:00 UTC","released_at":"2026-03-02 11:00:00 UTC","url":"https://gitlab.example.com/acme/web/shop/-/releases/v1.0",\#(Self.project)}"#
    }
    let set = join(release("create"))
    #expect(set.releases.map(\.value.tag) == ["v1.0"])
    #expect(set.releases.map(\.value.publishedAt) == [time("2026-03-02T11:00:00Z")])
    #expect(set.releases.map(\.value.repository) == ["acme/web/shop"])
    #expect(join(release("create") + "\n" + release("delete")).releases.isEmpty)
  }
}

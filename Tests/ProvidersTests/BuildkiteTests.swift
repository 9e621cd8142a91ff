import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct BuildkiteBuilds {
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static func build(_ state: String, _ rest: String = "", jobs: [String] = []) -> String {
    let members = rest.isEmpty ? "" : "," + rest
    return
      #"{"id":"b-42","graphql_id":"x","url":"https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/42","web_url":"https://buildkite.com/acme/shop/builds/42","number":42,"state":\#(state),"message":"Fix the till\n\nmore","commit":"\#(sha)","branch":"main","source":"webhook","created_at":"2026-03-02T10:00:00.000Z","started_at":"2026-03-02T10:00:10.000Z","finished_at":"2026-03-02T10:10:00.000Z","creator":{"id":"u1","name":"Ana"},"pipeline":{"slug":"shop","name":"The shop","repository":"git@git.example:acme/shop.git"},"jobs":[\#(jobs.joined(separator: ","))]\#(members)}"#
  }

  static func job(_ id: String, _ name: String, _ state: String, _ rest: String = "", type: String = "script") -> String {
    let members = rest.isEmpty ? "" : "," + rest
    return
      ##"{"id":"\##(id)","type":"\##(type)","name":"\##(name)","state":"\##(state)","build_url":"https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/42","web_url":"https://buildkite.com/acme/shop/builds/42#\##(id)"\##(members)}"##
  }

  static func times(_ from: String, _ to: String?) -> String {
    #""started_at":"2026-03-02T\#(from)Z","finished_at":\#(to.map { "\"2026-03-02T\($0)Z\"" } ?? "null")"#
  }

  static let id = "shop-42"

  static let states: [(String, State)] = [
    ("scheduled", .queued), ("waiting", .queued), ("creating", .queued), ("running", .running), ("failing", .running),
    ("canceling", .running), ("passed", .succeeded), ("failed", .failed), ("waiting_failed", .failed), ("blocked", .waiting),
    ("canceled", .cancelled), ("skipped", .skipped), ("not_run", .skipped), ("PASSED", .succeeded), ("NOT_RUN", .skipped),
    ("notRun", .skipped), ("green", .unknown),
  ]

  @Test(arguments: states)
  func aBuildIsWhatItsStateSays(word: String, state: State) throws {
    let run = try #require(join(Self.build("\"\(word)\"")).run(Self.id))
    #expect(run.state == state)
    #expect(run.stateRaw == word)
    #expect(run.finishedAt == (state.isTerminal ? time("2026-03-02T10:10:00Z") : nil))
  }

  @Test(arguments: ["passed", "failed", "running", "scheduled", "blocked", "green"])
  func aBlockedBuildWaitsWhateverItsStateSays(word: String) throws {
    let run = try #require(join(Self.build("\"\(word)\"", #""blocked":true"#)).run(Self.id))
    #expect(run.state == .waiting)
    #expect(run.stateRaw == "blocked")
    #expect(run.finishedAt == nil)
  }

  @Test(arguments: [("canceled", State.cancelled), ("skipped", .skipped), ("not_run", .skipped)])
  func aBuildThatWasGivenUpDoesNotWait(word: String, state: State) throws {
    #expect(try #require(join(Self.build("\"\(word)\"", #""blocked":true"#)).run(Self.id)).state == state)
  }

  @Test func aBuildTellsWhoWhatAndWhen() throws {
    let run = try #require(join(Self.build(#""passed""#)).run(Self.id))
    #expect(run.provider == "buildkite")
    #expect(run.pipeline == "shop")
    #expect(run.repository == "acme/shop")
    #expect(run.number == 42)
    #expect(run.url == "https://buildkite.com/acme/shop/builds/42")
    #expect(run.title == "Fix the till")
    #expect(run.createdAt == time("2026-03-02T10:00:00Z"))
    #expect(run.startedAt == time("2026-03-02T10:00:10Z"))
    #expect(run.activeSeconds == nil)
    #expect(run.commit == Change(sha: Self.sha))
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.trigger == Trigger(type: .push, raw: "webhook"))
    #expect(run.actor == Actor(name: "Ana", id: "u1", kind: .unknown))
  }

  @Test(arguments: [
    ("webhook", Trigger.Kind.push), ("ui", .manual), ("api", .api), ("schedule", .schedule), ("trigger_job", .upstream),
    ("star", .unknown),
  ])
  func theSourceIsTheTrigger(word: String, type: Trigger.Kind) throws {
    let text = Self.build(#""passed""#).replacing("webhook", with: word)
    #expect(try #require(join(text).run(Self.id)).trigger == Trigger(type: type, raw: word))
  }

  @Test(arguments: ["HEAD", "main", "v1.0", "0000000000000000000000000000000000000000", "abc"])
  func aCommitThatIsNoHashIsNone(word: String) throws {
    #expect(try #require(join(Self.build(#""passed""#).replacing(Self.sha, with: word)).run(Self.id)).commit == nil)
  }

  @Test(arguments: [
    (#""tag":"v1""#, Ref(name: "v1", type: .tag), Trigger.Kind.tag),
    (#""tag":null,"pull_request":{}"#, Ref(name: "main", type: .branch), .push),
    (#""pull_request":{"id":"7","base":"main"}"#, Ref(name: "main", type: .pullRequest, pullRequest: "7"), .pullRequest),
  ])
  func tagsAndPullRequestsAreTold(members: String, ref: Ref, trigger: Trigger.Kind) throws {
    let run = try #require(join(Self.build(#""passed""#, members)).run(Self.id))
    #expect(run.ref == ref)
    #expect(run.trigger?.type == trigger)
  }

  @Test func oneIdOnTwoBuildsIsTwoRuns() {
    let other = Self.build(#""failed""#).replacing("builds/42", with: "builds/43").replacing(
      #""number":42"#, with: #""number":43"#)
    let set = join([Self.build(#""passed""#), other].joined(separator: "\n"))
    #expect(set.runs.map(\.value.id) == ["shop-42", "shop-43"])
  }

  @Test func oneNumberInPipelinesOfOneNameIsTwoRuns() {
    let other = Self.build(#""failed""#).replacing("acme/", with: "other/")
    let texts = [Self.build(#""passed""#), other].map {
      $0.replacing("git@git.example:acme/shop.git", with: "").replacing("git@git.example:other/shop.git", with: "")
    }
    #expect(join(texts.joined(separator: "\n")).runs.map(\.value.id) == ["acme/shop-42", "other/shop-42"])
  }

  @Test func oneNumberInTwoPipelinesIsTwoRuns() {
    let other = Self.build(#""failed""#).replacing("/shop/builds", with: "/web/builds")
    #expect(join([Self.build(#""passed""#), other].joined(separator: "\n")).runs.map(\.value.id) == ["shop-42", "web-42"])
  }

  @Test func timesWithSpacesAreRead() throws {
    let text = Self.build(#""passed""#).replacing("2026-03-02T10:00:00.000Z", with: "2013-09-03 13:24:38 UTC")
    #expect(try #require(join(text).run(Self.id)).createdAt == time("2013-09-03T13:24:38Z"))
  }

  // MARK: Jobs

  @Test func aJobOfABuildNeedNotNameIt() throws {
    let set = join(
      Self.build(
        #""passed""#,
        jobs: [
          #"{"id":"m","type":"script","name":"Deploy","state":"passed"}"#, #"{"id":"n","type":"manual","state":"unblocked"}"#,
          #"{"id":"w","type":"waiter"}"#,
        ]))
    let run = try #require(set.run(Self.id))
    #expect(run.steps.map(\.name) == ["Deploy"] && run.gates.map(\.state) == [.approved])
    #expect(set.account.records == Account.Tally(rendered: 1))
  }

  @Test func aJobThatCannotBeReadIsCounted() {
    let jobs = [#"{"type":"script","name":"Deploy","state":"passed"}"#, #"{"id":"x","name":"Deploy"}"#]
    let set = join(Self.build(#""passed""#, jobs: jobs))
    #expect(set.account.records == Account.Tally(rendered: 1, skipped: 2))
    #expect(
      set.account.skipped.map(\.reason) == Array(repeating: "a job without 'id', 'state' or a 'type' that is known", count: 2))
  }

  static let jobStates: [(String, State)] = [
    ("pending", .queued), ("waiting", .queued), ("scheduled", .queued), ("limited", .queued), ("limiting", .queued),
    ("assigned", .queued), ("accepted", .queued), ("blocked", .waiting), ("blocked_failed", .waiting),
    ("unblocked", .succeeded),
    ("running", .running), ("timing_out", .running), ("canceling", .running), ("passed", .succeeded), ("failed", .failed),
    ("timed_out", .failed), ("expired", .failed), ("broken", .skipped), ("reserved", .queued), ("platform_limited", .queued),
    ("platform_limiting", .queued), ("unblocked_failed", .failed),
    ("waiting_failed", .failed),
    ("canceled", .cancelled), ("skipped", .skipped), ("finished", .unknown), ("odd", .unknown),
  ]

  @Test(arguments: jobStates)
  func aJobIsWhatItsStateSays(word: String, state: State) throws {
    let text = Self.build(#""running""#, jobs: [Self.job("j", ":package: Build", word, Self.times("10:01:00", "10:02:00"))])
    let step = try #require(join(text).run(Self.id)?.step("j"))
    #expect(step.state == state)
    #expect(step.stateRaw == word)
    #expect(step.name == ":package: Build")
    #expect(step.finishedAt == (state.isTerminal && state != .skipped ? time("2026-03-02T10:02:00Z") : nil))
    #expect(step.warning == false)
  }

  @Test func aJobThatMayFailWarns() throws {
    let job = Self.job("j", "Lint", "failed", #""soft_failed":true,"exit_status":3,"group_key":"checks""#)
    let step = try #require(join(Self.build(#""passed""#, jobs: [job])).run(Self.id)?.step("j"))
    #expect(step.state == .failed)
    #expect(step.warning && step.optional)
    #expect(step.error == "exit status 3")
    #expect(step.stage == "checks")
  }

  @Test func jobsJoinTheirBuildFromAnyFile() throws {
    let jobs = [
      Self.job("a", "Build", "passed"), Self.job("b", "", "passed"),
      #"{"type":"waiter","id":"w","state":"passed","web_url":null}"#,
    ]
    let page =
      #"{"items":[\#(jobs.joined(separator: ","))],"links":{"self":"https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/42/jobs?per_page=30"}}"#
    for files in [["a": page, "b": Self.build(#""passed""#)], ["b": page, "a": Self.build(#""passed""#)]]
      as [KeyValuePairs<String, String>]
    {
      let set = join(files)
      #expect(try #require(set.run(Self.id)).steps.map(\.name) == ["Build", ""])
      #expect(set.account.records == Account.Tally(rendered: 3, skipped: 1))
      #expect(set.account.skipped.map(\.reason) == ["it only waits for the jobs before it"])
    }
    #expect(join(page).account.skipped.contains { $0.reason == "its build acme/shop-42 is not among the records" })
  }

  @Test func jobsInsideABuildAreOneRecordWithIt() {
    let jobs = [Self.job("a", "Build", "passed"), Self.job("w", "", "passed", type: "waiter"), Self.job("b", "Test", "failed")]
    let set = join(Self.build(#""failed""#, jobs: jobs))
    #expect(set.account.records == Account.Tally(rendered: 1))
    #expect(set.run(Self.id)?.steps.map(\.name) == ["Build", "Test"])
  }

  @Test func aRetryIsTheLaterAttemptOfItsJobAndBothDeploy() throws {
    let jobs = [
      Self.job("a", "Deploy to staging", "failed", #""retried":true"#),
      Self.job("b", "Deploy to staging", "passed", #""retries_count":1"#),
    ]
    var set = join(Self.build(#""passed""#, jobs: jobs))
    applyRules([Configuration.RecordRule(files: nil, values: ["step": "Deploy to {environment}"])], to: &set)
    let run = try #require(set.run(Self.id))
    #expect(run.steps.map(\.attempt) == [1, 2])
    #expect(run.deployments.map(\.state) == [.failed, .succeeded])
    #expect(run.deployments.map(\.step) == ["a", "b"])
    #expect(run.deployments.map(\.attempt) == [nil, 2])
    #expect(run.deployments.map(\.promotion) == [.automatic, .automatic])
  }
}

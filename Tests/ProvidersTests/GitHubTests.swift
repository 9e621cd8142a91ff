import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

@Suite struct GitHubJoin {
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static func run(
    _ id: Int, _ status: String, _ conclusion: String = "null", attempt: Int = 1, event: String = "push",
    from: String = "10:00",
    updated: String = "10:30", actor: String = "User"
  ) -> String {
    #"{"id":\#(id),"name":"Release","run_number":12,"run_attempt":\#(attempt),"status":"\#(status)","conclusion":\#(conclusion),"event":"\#(event)","head_branch":"main","head_sha":"\#(sha)","created_at":"2026-03-02T10:00:00Z","run_started_at":"2026-03-02T\#(from):00Z","updated_at":"2026-03-02T\#(updated):00Z","html_url":"https://github.com/acme/web/actions/runs/\#(id)","actor":{"login":"ana","type":"\#(actor)"},"triggering_actor":{"login":"bea","type":"User"},"repository":{"full_name":"acme/web"}}"#
  }

  static func job(
    _ id: Int, run: Int, _ status: String, _ conclusion: String = "null", attempt: Int? = 1, from: String, to: String?
  ) -> String {
    let attempt = attempt.map { #""run_attempt":\#($0),"# } ?? ""
    return
      #"{"id":\#(id),"run_id":\#(run),\#(attempt)"name":"job \#(id)","status":"\#(status)","conclusion":\#(conclusion),"started_at":"2026-03-02T\#(from):00Z","completed_at":\#(to.map { "\"2026-03-02T\($0):00Z\"" } ?? "null"),"steps":[{"name":"Checkout","number":1,"status":"completed","conclusion":"success","started_at":"2026-03-02T18:00:00.000+08:00","completed_at":"2026-03-02T18:00:02.000+08:00"}],"labels":[]}"#
  }

  static func deployment(_ id: Int, _ environment: String, at: String = "10:05", production: Bool = false) -> String {
    #"{"id":\#(id),"url":"https://api.github.com/repos/acme/web/deployments/\#(id)","sha":"\#(sha)","ref":"main","task":"deploy","environment":"\#(environment)","production_environment":\#(production),"created_at":"2026-03-02T\#(at):00Z","updated_at":"2026-03-02T\#(at):00Z","creator":{"login":"ana","type":"User"}}"#
  }

  static func status(_ id: Int, of deployment: Int, _ state: String, at: String, log: String = "") -> String {
    #"{"id":\#(id),"state":"\#(state)","created_at":"2026-03-02T\#(at):00Z","log_url":"\#(log)","environment_url":"https://shop.example","deployment_url":"https://api.github.com/repos/acme/web/deployments/\#(deployment)"}"#
  }

  func lines(_ lines: String...) -> String { lines.joined(separator: "\n") }

  // MARK: Runs and jobs

  @Test func aRunEndsWithItsLastJobNotWithItsLastChange() throws {
    let text = lines(
      Self.run(1, "completed", "\"success\""), Self.job(11, run: 1, "completed", "\"success\"", from: "10:01", to: "10:10"),
      Self.job(10, run: 1, "completed", "\"success\"", from: "10:02", to: "10:20"))
    let run = try #require(join(text).run("1"))
    #expect(run.finishedAt == time("2026-03-02T10:20:00Z"))
    #expect(run.startedAt == time("2026-03-02T10:00:00Z"))
    #expect(run.steps.map(\.key) == ["10", "10.1", "11", "11.1"])
    #expect(run.steps.map(\.parent) == [nil, "10", nil, "11"])
    #expect(run.step("10.1")?.startedAt == time("2026-03-02T10:00:00Z"))
    #expect(run.pipeline == "Release")
    #expect(run.repository == "acme/web")
    #expect(run.actor == Actor(name: "ana", kind: .human))
  }

  @Test func aRunWithoutJobsEndsWithItsLastChangeAndALiveOneNever() throws {
    #expect(try #require(join(Self.run(1, "completed", "\"failure\"")).run("1")).finishedAt == time("2026-03-02T10:30:00Z"))
    #expect(try #require(join(Self.run(1, "in_progress")).run("1")).finishedAt == nil)
    #expect(try #require(join(Self.run(1, "completed", "\"action_required\"")).run("1")).finishedAt == nil)
  }

  /// The jobs of all attempts, as `?filter=all` gives them: the second attempt took the job for `eu` over with its times.
  @Test func aJobThatAnAttemptTookOverDeploysOnce() throws {
    func named(_ name: String, _ job: String) -> String {
      job.replacing(#""name":"job \#(job.prefix(8).filter(\.isNumber))""#, with: #""name":"\#(name)""#)
    }
    let jobs = [
      named("deploy (eu)", Self.job(11, run: 1, "completed", "\"success\"", from: "10:05", to: "10:10")),
      named("deploy (us)", Self.job(12, run: 1, "completed", "\"failure\"", from: "10:05", to: "10:11")),
      named("deploy (eu)", Self.job(13, run: 1, "completed", "\"success\"", attempt: 2, from: "10:05", to: "10:10")),
      named("deploy (us)", Self.job(14, run: 1, "completed", "\"success\"", attempt: 2, from: "11:05", to: "11:11")),
    ]
    let first = Self.run(1, "completed", "\"failure\"", updated: "10:30")
    let second = Self.run(1, "completed", "\"success\"", attempt: 2, from: "11:00", updated: "11:30")
    let rule = Configuration.RecordRule(files: nil, values: ["step": "deploy ({target})", "environment": "production"])
    func told(_ texts: [String]) -> [String] {
      var set = join(texts.joined(separator: "\n"))
      applyRules([rule], to: &set)
      return set.runs.flatMap { run in
        run.value.deployments.map { "\($0.target ?? "") \($0.attempt ?? run.value.attempt) \($0.state?.rawValue ?? "")" }
      }.sorted()
    }
    let expected = ["eu 1 succeeded", "us 1 failed", "us 2 succeeded"]
    #expect(told([second] + jobs) == expected)
    #expect(told([first, second] + jobs) == expected)
    // Only the last attempt's jobs: their times tell.
    #expect(told([second] + jobs[2...]) == ["eu 1 succeeded", "us 2 succeeded"])
    #expect(join(([second] + jobs).joined(separator: "\n")).account.records == Account.Tally(rendered: 4, skipped: 1))
  }

  @Test func attemptsAreRunsOfTheirOwnAndJobsGoToTheirs() throws {
    let text = lines(
      Self.run(1, "completed", "\"success\"", attempt: 2, from: "12:00", updated: "12:30"),
      Self.run(1, "completed", "\"failure\""),
      Self.job(10, run: 1, "completed", "\"failure\"", attempt: 1, from: "10:01", to: "10:10"),
      Self.job(20, run: 1, "completed", "\"success\"", attempt: 2, from: "12:01", to: "12:10"))
    let set = join(text)
    #expect(set.runs.map(\.value.attempt) == [2, 1])
    let first = try #require(set.run("1", attempt: 1))
    let second = try #require(set.run("1", attempt: 2))
    #expect(first.state == .failed)
    #expect(first.steps.first?.key == "10")
    #expect(second.createdAt == time("2026-03-02T10:00:00Z"))
    #expect(second.startedAt == time("2026-03-02T12:00:00Z"))
    #expect(second.actor?.name == "bea")
    #expect(second.steps.first?.key == "20")
  }

  @Test func aJobCarriedOverFromAnEarlierAttemptStandsInTheNextOneAndDoesNotMoveItsEnd() throws {
    let text = lines(
      Self.run(1, "completed", "\"success\"", attempt: 2, from: "12:00", updated: "12:30"),
      Self.job(10, run: 1, "completed", "\"success\"", attempt: 1, from: "10:01", to: "10:10"))
    let run = try #require(join(text).run("1", attempt: 2))
    #expect(run.steps.first?.attempt == 1)
    #expect(run.finishedAt == time("2026-03-02T12:30:00Z"))
  }

  @Test func aJobOfALaterAttemptThanAnyReadIsSkipped() {
    let set = join(
      lines(Self.run(1, "completed", "\"failure\""), Self.job(20, run: 1, "queued", attempt: 2, from: "12:01", to: nil)))
    #expect(set.account.skipped.map(\.reason) == ["its run 1 attempt 2 is not among the records"])
  }

  @Test func aJobThatHasNotStartedHasNoStart() throws {
    let text = lines(
      Self.run(1, "queued"), Self.job(10, run: 1, "queued", from: "10:01", to: nil),
      Self.job(11, run: 1, "completed", "\"skipped\"", from: "10:01", to: "10:01"))
    let run = try #require(join(text).run("1"))
    #expect(run.step("10")?.startedAt == nil)
    #expect(run.step("11")?.state == .skipped)
    #expect(run.step("11")?.startedAt == nil)
    #expect(run.startedAt == nil)
  }

  @Test func snapshotsOfOneRunAreOneRunInAnyOrder() {
    let queued = Self.run(1, "queued", updated: "10:00")
    let done = Self.run(1, "completed", "\"failure\"")
    for files in [["a": queued, "b": done], ["a": done, "b": queued]] as [KeyValuePairs<String, String>] {
      let set = join(files)
      #expect(set.runs.map(\.value.state) == [.failed])
      #expect(set.account.records == Account.Tally(rendered: 1, skipped: 1))
    }
  }

  @Test(arguments: [
    ("push", Trigger.Kind.push), ("pull_request", .pullRequest), ("schedule", .schedule), ("workflow_dispatch", .manual),
    ("repository_dispatch", .api), ("workflow_run", .upstream), ("issues", .unknown),
  ])
  func theEventIsTheTrigger(event: String, kind: Trigger.Kind) throws {
    #expect(try #require(join(Self.run(1, "queued", event: event)).run("1")).trigger == Trigger(type: kind, raw: event))
  }

  @Test func aBranchThatAReleaseIsNamedAfterIsATag() throws {
    let run = Self.run(1, "queued").replacing(#""head_branch":"main""#, with: #""head_branch":"v1.4.0""#)
    #expect(try #require(join(run).run("1")).ref == Ref(name: "v1.4.0", type: .other))
    let release =
      #"{"id":9,"tag_name":"v1.4.0","target_commitish":"main","html_url":"https://github.com/acme/web/releases/tag/v1.4.0"}"#
    #expect(try #require(join(lines(run, release)).run("1")).ref == Ref(name: "v1.4.0", type: .tag))
    let other = release.replacing("acme/web", with: "acme/api")
    #expect(try #require(join(lines(run, other)).run("1")).ref == Ref(name: "v1.4.0", type: .other))
  }

  // MARK: Deployments

  @Test func aDeploymentJoinsTheRunAndJobOfItsLog() throws {
    let log = "https://github.com/acme/web/actions/runs/1/job/10"
    let text = lines(
      Self.run(1, "completed", "\"success\""), Self.job(10, run: 1, "completed", "\"success\"", from: "10:05", to: "10:10"),
      Self.deployment(5, "production", production: true), Self.status(53, of: 5, "success", at: "10:09", log: log),
      Self.status(52, of: 5, "in_progress", at: "10:06", log: log), Self.status(51, of: 5, "queued", at: "10:05", log: log))
    let set = join(text)
    #expect(set.deployments.isEmpty)
    #expect(set.account.records == Account.Tally(rendered: 6))
    let deployment = try #require(set.run("1")?.deployment("production"))
    #expect(deployment.environment == .init(name: "production", tier: .production, url: "https://shop.example"))
    #expect(deployment.id == "5")
    #expect(deployment.step == "10")
    #expect(deployment.state == .succeeded)
    #expect(deployment.stateRaw == "success")
    #expect(deployment.startedAt == time("2026-03-02T10:06:00Z"))
    #expect(deployment.finishedAt == time("2026-03-02T10:09:00Z"))
    #expect(deployment.commit?.sha == Self.sha)
    #expect(deployment.url == log)
    #expect(deployment.actor?.name == "ana")
    #expect(deployment.promotion == .unknown)
    #expect(deployment.inferred.isEmpty)
  }

  /// The states of a deployment's statuses, oldest first at 10:00, 10:01 and so on, and what must come out.
  static let histories: [([String], State, String?)] = [
    ([], .unknown, nil), (["queued"], .queued, nil), (["in_progress"], .running, nil),
    (["queued", "in_progress", "success"], .succeeded, "10:02"),
    (["success", "inactive"], .succeeded, "10:00"), (["in_progress", "success", "success", "inactive"], .succeeded, "10:01"),
    (["inactive"], .succeeded, nil), (["in_progress", "inactive"], .running, nil), (["success", "failure"], .failed, "10:01"),
    (["failure", "success"], .succeeded, "10:01"), (["success", "failure", "success", "inactive"], .succeeded, "10:02"),
    (["in_progress", "error"], .failed, "10:01"), (["waiting"], .waiting, nil), (["success", "strange"], .unknown, "10:01"),
  ]

  @Test(arguments: histories)
  func theFirstSuccessIsTheEndAndInactiveTakesNothingFromIt(history: [String], state: State, end: String?) throws {
    let statuses = history.enumerated().map { Self.status(50 + $0.offset, of: 5, $0.element, at: "10:0\($0.offset)") }
    let set = join(([Self.deployment(5, "production")] + statuses.reversed()).joined(separator: "\n"))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == state)
    #expect(deployment.finishedAt == end.flatMap { time("2026-03-02T\($0):00Z") })
  }

  @Test func statusesOfOneMomentKeepTheOrderOfTheirIds() throws {
    let text = lines(
      Self.deployment(5, "production"), Self.status(100, of: 5, "success", at: "10:00"),
      Self.status(99, of: 5, "in_progress", at: "10:00"))
    #expect(try #require(join(text).deployments.first?.value).state == .succeeded)
  }

  @Test func aDeploymentWithoutStatusesIsUnknownAndSaysSo() throws {
    let set = join(lines(Self.run(1, "completed", "\"success\""), Self.deployment(5, "production")))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == .unknown)
    #expect(deployment.startedAt == time("2026-03-02T10:05:00Z"))
    #expect(deployment.inferred == ["startedAt"])
    #expect(set.diagnostics.map(\.message.id) == ["deployment-without-status"])
    #expect(set.diagnostics.map(\.severity) == [.warning])
  }

  @Test func theStartOfItsJobIsNearerThanTheCreationOfADeployment() throws {
    let log = "https://github.com/acme/web/actions/runs/1/job/10"
    let text = lines(
      Self.run(1, "completed", "\"success\""), Self.job(10, run: 1, "completed", "\"success\"", from: "10:07", to: "10:10"),
      Self.deployment(5, "production"), Self.status(51, of: 5, "success", at: "10:09", log: log))
    let deployment = try #require(join(text).run("1")?.deployment("production"))
    #expect(deployment.startedAt == time("2026-03-02T10:07:00Z"))
    #expect(deployment.step == "10")
    #expect(deployment.inferred.isEmpty)
  }

  @Test func aDeploymentWhoseRunWasNotReadStandsAloneAndNamesIt() throws {
    let log = "https://github.com/acme/web/actions/runs/77/job/10"
    let set = join(lines(Self.deployment(5, "production"), Self.status(51, of: 5, "success", at: "10:09", log: log)))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.run == "77")
    #expect(deployment.repository == "acme/web")
    #expect(deployment.provider == "github")
    #expect(deployment.service == nil)
    #expect(deployment.version == nil)
  }

  @Test func theTagOfALoneDeploymentIsItsVersion() throws {
    let tagged = Self.deployment(5, "production").replacing(#""ref":"main""#, with: #""ref":"refs/tags/v2""#)
    #expect(try #require(join(tagged).deployments.first?.value).version == VersionLabel(name: "v2"))
  }

  @Test func aDeploymentOfARerunBelongsToTheAttemptThatWasRunning() throws {
    let log = "https://github.com/acme/web/actions/runs/1"
    let text = lines(
      Self.run(1, "completed", "\"failure\""),
      Self.run(1, "completed", "\"success\"", attempt: 2, from: "12:00", updated: "12:30"),
      Self.deployment(5, "staging", at: "10:05"), Self.status(51, of: 5, "failure", at: "10:09", log: log + "/job/1"),
      Self.deployment(6, "staging", at: "12:05"), Self.status(61, of: 6, "success", at: "12:09", log: log + "/job/2"))
    let set = join(text)
    #expect(set.run("1", attempt: 1)?.deployments.map(\.id) == ["5"])
    #expect(set.run("1", attempt: 2)?.deployments.map(\.id) == ["6"])
  }

  @Test func aStatusWithoutItsDeploymentIsSkipped() {
    let set = join(Self.status(51, of: 5, "success", at: "10:09"))
    #expect(set.account.skipped.map(\.reason) == ["its deployment 5 is not among the records"])
  }

  @Test(arguments: [
    ("[]", "2026-03-01", DeploymentRecord.Promotion.automatic), ("[]", "2026-03-09", .unknown),
    (#"[{"type":"required_reviewers"}]"#, "2026-03-01", .unknown), (#"[{"type":"wait_timer"}]"#, "2026-03-01", .automatic),
    (#"[{"type":"custom"}]"#, "2026-03-01", .unknown),
  ])
  func anEnvironmentThatNobodyGuardedAtThatTimeIsEnteredByItself(
    rules: String, since: String, promotion: DeploymentRecord.Promotion
  ) throws {
    let environment =
      #"{"id":3,"name":"Production","url":"https://api.github.com/repos/acme/web/environments/Production","updated_at":"\#(since)T00:00:00Z","protection_rules":\#(rules)}"#
    let text = lines(
      Self.run(1, "completed", "\"success\""), environment, Self.deployment(5, "production"),
      Self.status(51, of: 5, "success", at: "10:09", log: "https://github.com/acme/web/actions/runs/1/job/2"))
    let set = join(text)
    #expect(set.run("1")?.deployments.first?.promotion == promotion)
    #expect(set.account.records == Account.Tally(rendered: 4))
    // A run that somebody started by hand is no automatic promotion.
    let byHand = join(text.replacing(#""event":"push""#, with: #""event":"workflow_dispatch""#))
    #expect(byHand.run("1")?.deployments.first?.promotion == .manual)
    let byBot = join(
      text.replacing(#""event":"push""#, with: #""event":"workflow_dispatch""#).replacing(
        #""login":"ana","type":"User""#, with: #""login":"ana","type":"Bot""#))
    #expect(byBot.run("1")?.deployments.first?.promotion == promotion)
  }

  private static let reviewed =
    #"{"id":3,"name":"Production","url":"https://api.github.com/repos/acme/web/environments/Production","protection_rules":[{"type":"branch_policy"},{"type":"required_reviewers","reviewers":[{"type":"User","reviewer":{"login":"ana"}},{"type":"Team","reviewer":{"name":"Captains","slug":"captains"}}]}]}"#

  private static func atGate(_ state: String) -> [String] {
    [
      run(1, "waiting"), reviewed, deployment(5, "production"),
      status(51, of: 5, state, at: "10:05", log: "https://github.com/acme/web/actions/runs/1/job/2"),
    ]
  }

  @Test func aDeploymentThatWaitsWaitsForTheReviewersOfItsEnvironment() throws {
    let run = try #require(join(Self.atGate("waiting").joined(separator: "\n")).run("1"))
    let gate = try #require(run.gates.first)
    #expect(run.gates.count == 1)
    #expect((gate.kind, gate.state) == (.human, .waiting))
    #expect(gate.allowed == ["ana", "Captains"])
    #expect(gate.required == 1)
    #expect(gate.requestedAt == time("2026-03-02T10:05:00Z"))
    #expect(run.deployments.map(\.gate) == [gate.key])
    #expect(join(Self.atGate("in_progress").joined(separator: "\n")).run("1")?.gates == [])
  }

  @Test func whatAReviewTellsIsMoreThanTheSettingsOfTheEnvironment() throws {
    let pending =
      #"{"environment":{"name":"production","url":"https://api.github.com/repos/acme/web/environments/production"},"wait_timer":0,"reviewers":[{"type":"User","reviewer":{"login":"ben"}}]}"#
    let asked = try #require(join((Self.atGate("waiting") + [pending]).joined(separator: "\n")).run("1"))
    #expect(asked.gates.map(\.allowed) == [["ben"]])
    let approval =
      #"{"state":"approved","comment":"","user":{"login":"ana"},"environments":[{"name":"production","url":"https://api.github.com/repos/acme/web/environments/production"}]}"#
    let approved = try #require(join((Self.atGate("waiting") + [approval]).joined(separator: "\n")).run("1"))
    #expect(approved.gates.map(\.state) == [.approved])
    #expect(approved.gates.map(\.allowed) == [[]])
  }

  // MARK: Webhooks and releases

  @Test func theObjectsOfAWebhookArePiecesOfTheirOwn() throws {
    let text =
      #"{"action":"created","deployment_status":\#(Self.status(51, of: 5, "success", at: "10:09")),"deployment":\#(Self.deployment(5, "production")),"workflow_run":\#(Self.run(1, "in_progress")),"workflow":{"name":"Ship"},"repository":{"full_name":"acme/web"},"sender":{"login":"ana"}}"#
    let set = join(text)
    #expect(set.account.records == Account.Tally(rendered: 3))
    let run = try #require(set.run("1"))
    #expect(run.pipeline == "Ship")
    #expect(run.deployment("production")?.state == .succeeded)
  }

  @Test func aReleaseKeepsItsNotesAndADeletedOneIsGone() throws {
    let release =
      #"{"id":9,"tag_name":"v1","name":"","body":null,"draft":true,"prerelease":true,"published_at":null,"target_commitish":"main","author":{"login":"ana"},"html_url":"https://github.com/acme/web/releases/tag/v1"}"#
    var expected = ReleaseRecord(tag: "v1", markdown: "")
    expected.repository = "acme/web"
    expected.draft = true
    expected.prerelease = true
    expected.author = "ana"
    expected.url = "https://github.com/acme/web/releases/tag/v1"
    #expect(join("[\(release)]").releases.map(\.value) == [expected])
    let deleted = #"{"action":"deleted","release":\#(release),"repository":{"full_name":"acme/web"},"sender":{"login":"ana"}}"#
    let set = join(["a": release, "b": deleted])
    #expect(set.releases.isEmpty)
    #expect(set.account.records == Account.Tally(skipped: 2))
  }

  @Test func pagesAndSlurpedPagesAreOne() {
    let first = #"{"total_count":2,"workflow_runs":[\#(Self.run(1, "queued"))]}"#
    let second = #"{"total_count":2,"workflow_runs":[\#(Self.run(2, "queued"))]}"#
    let set = join(["a": first, "b": second])
    #expect(set.runs.map(\.value.id) == ["1", "2"])
    #expect(join("[\(first),\(second)]").runs.map(\.value) == set.runs.map(\.value))
    #expect(join("[[\(Self.run(1, "queued"))],[\(Self.run(2, "queued"))]]").runs.map(\.value) == set.runs.map(\.value))
  }

  @Test func aTimeThatIsNoneIsAWarningAtItsPlace() throws {
    let file = read("[\n" + Self.run(1, "queued").replacing("2026-03-02T10:00:00Z\",\"run_st", with: "soon\",\"run_st") + "]")
    let diagnostic = try #require(file.diagnostics.first)
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.message.text.contains("'created_at' is \"soon\"; expected an RFC 3339 time"))
    #expect(diagnostic.position?.line == 2)
    #expect(joinRecords([file]).account.records == Account.Tally(rendered: 1))
  }

  @Test(arguments: [
    #"{"run_number":1,"status":"queued","head_sha":"a"}"#, #"{"run_id":1,"status":"queued","steps":[]}"#,
    #"{"sha":"a","environment":"p","task":"deploy"}"#, #"{"state":"success","deployment_url":"x"}"#,
    #"{"tag_name":"v1","target_commitish":"main"}"#, #"{"environments":[],"user":{},"state":"approved"}"#,
    #"{"environment":{},"reviewers":[]}"#, #"{"action":"requested","workflow_run":{},"since":"x","sender":{}}"#,
    #"{"action":"x","sender":{},"workflow_run":{},"workflow_job":{},"deployment":{},"deployment_status":{},"release":{}}"#,
    #"{"protection_rules":[],"name":""}"#, #"{"badge_url":"","path":""}"#, #"{"CommitOid":"a","LatestStatus":{}}"#,
    #"{"uuid":"{s}","type":"pipeline_step"}"#, #"{"uuid":"{d}","type":"deployment"}"#, #"{"uuid":"{p}","type":"pipeline"}"#,
    #"{"id":[],"run_number":{},"status":7,"head_sha":[]}"#, #"{"total_count":1,"jobs":{}}"#, #"{"values":[],"next":"x"}"#,
  ])
  func halfAnObjectIsNeverLostInSilence(text: String) {
    let set = join(text)
    let isEmptyPage = text.contains("\"values\":[]")
    #expect(set.account.records.total >= (isEmptyPage ? 0 : 1))
    #expect(set.account.records.error == 0)
    #expect(set.account.skipped.allSatisfy { !$0.reason.isEmpty && $0.record != nil })
    #expect(set.runs.allSatisfy { $0.value.state == .unknown })
  }
}

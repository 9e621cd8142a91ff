import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct BambooPlans {
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static func result(_ life: String, _ state: String, _ rest: String = "", key: String = "SHOP-MAIN-12") -> String {
    let members = rest.isEmpty ? "" : "," + rest
    return
      #"{"key":"\#(key)","planResultKey":{"key":"\#(key)","entityKey":{"key":"SHOP-MAIN"}},"link":{"href":"https://ci.example/bamboo/rest/api/latest/result/\#(key)"},"lifeCycleState":\#(life),"buildState":\#(state),"number":12,"buildStartedTime":"2026-03-02T10:00:00.000Z","buildCompletedTime":"2026-03-02T10:01:00.000Z","buildDuration":60000,"vcsRevisionKey":"\#(sha)","vcsRevisions":{"vcsRevision":[{"repositoryName":"shop","vcsRevisionKey":"\#(sha)"}]}\#(members)}"#
  }

  static let states: [(String, String, State, String?)] = [
    (#""Pending""#, #""Unknown""#, .queued, "Pending"), (#""Queued""#, #""Successful""#, .queued, "Queued"),
    (#""InProgress""#, #""Successful""#, .running, "InProgress"), (#""IN PROGRESS""#, #""Failed""#, .running, "IN PROGRESS"),
    (#""NotBuilt""#, #""Successful""#, .skipped, "NotBuilt"), (#""Finished""#, #""Successful""#, .succeeded, "Successful"),
    (#""Finished""#, #""Success""#, .succeeded, "Success"), (#""Finished""#, #""Failed""#, .failed, "Failed"),
    (#""Finished""#, #""Unknown""#, .unknown, "Unknown"), (#""Finished""#, "null", .unknown, "Finished"),
    (#""FINISHED""#, #""SUCCESSFUL""#, .succeeded, "SUCCESSFUL"), (#""Paused""#, #""Successful""#, .unknown, "Paused"),
    ("7", #""Successful""#, .unknown, nil),
  ]

  @Test(arguments: states)
  func aPlanResultIsWhatItsLifeCycleSaysAndThenItsState(life: String, word: String, state: State, raw: String?) throws {
    let run = try #require(join(Self.result(life, word)).run("SHOP-MAIN-12"))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    let ran = state != .queued && state != .skipped
    #expect(run.startedAt == (ran ? time("2026-03-02T10:00:00Z") : nil))
    #expect(run.finishedAt == (ran && state.isTerminal ? time("2026-03-02T10:01:00Z") : nil))
  }

  @Test func aPlanResultTellsWhoWhatAndWhere() throws {
    let tests = #""successfulTestCount":5,"failedTestCount":1,"skippedTestCount":1,"quarantinedTestCount":1"#
    let run = try #require(join(Self.result(#""Finished""#, #""Failed""#, tests)).run("SHOP-MAIN-12"))
    #expect(run.provider == "bamboo")
    #expect(run.pipeline == "SHOP-MAIN")
    #expect(run.number == 12)
    #expect(run.repository == "shop")
    #expect(run.commit?.sha == Self.sha)
    #expect(run.url == "https://ci.example/bamboo/browse/SHOP-MAIN-12")
    #expect(run.activeSeconds == 60)
    #expect(run.tests == TestCounts(total: 8, passed: 5, failed: 1, skipped: 2))
    #expect(try #require(join(Self.result(#""Finished""#, #""Failed""#)).run("SHOP-MAIN-12")).tests == nil)
  }

  static let reasons: [(String, Trigger.Kind, String, String?)] = [
    (#"Manual run by <a href=\"http://x/browse/user/ana\">Ana &amp; Bo</a>"#, .manual, "Manual run by Ana & Bo", "Ana & Bo"),
    (#"Manual run from the stage: <b>Deploy</b> by <a>ana</a>"#, .manual, "Manual run from the stage: Deploy by ana", "ana"),
    ("Code changes detected", .push, "Code changes detected", nil), ("Changes by <a>bea</a>", .push, "Changes by bea", nil),
    ("Scheduled build", .schedule, "Scheduled build", nil),
    ("Child of <a>SHOP-LIB-1</a>", .upstream, "Child of SHOP-LIB-1", nil),
    ("First build for this plan", .unknown, "First build for this plan", nil),
    ("<script>alert(1)", .unknown, "alert(1)", nil), ("1 < 2 and more", .unknown, "1 ", nil),
  ]

  @Test(arguments: reasons)
  func theReasonIsTheTrigger(markup: String, type: Trigger.Kind, raw: String, actor: String?) throws {
    let run = try #require(join(Self.result(#""Finished""#, #""Failed""#, #""buildReason":"\#(markup)""#)).run("SHOP-MAIN-12"))
    #expect(run.trigger == Trigger(type: type, raw: raw))
    #expect(run.actor == actor.map { Actor(name: $0, kind: .human) })
  }

  @Test func stagesThatWereAskedForAreSteps() throws {
    let job =
      #"{"key":"SHOP-MAIN-JOB1-12","plan":{"shortName":"Unit"},"lifeCycleState":"Finished","buildState":"Failed","buildStartedTime":"2026-03-02T10:00:01Z","buildCompletedTime":"2026-03-02T10:00:31Z"}"#
    let stages =
      #""stages":{"stage":[{"name":"Build","lifeCycleState":"Finished","state":"Successful"},{"name":"Test","results":{"result":[\#(job)]}},7]}"#
    let set = join(Self.result(#""Finished""#, #""Failed""#, stages))
    let run = try #require(set.run("SHOP-MAIN-12"))
    #expect(run.steps.map(\.name) == ["Build", "Unit"])
    #expect(run.steps.map(\.stage) == [nil, "Test"])
    #expect(run.steps.map(\.state) == [.succeeded, .failed])
    #expect(run.steps.last?.finishedAt == time("2026-03-02T10:00:31Z"))
    #expect(set.account.records == Account.Tally(rendered: 1))
  }

  @Test(arguments: [
    (#"{"results":{"size":1,"result":[X],"start-index":0}}"#, 1), (#"{"size":1,"results":[X],"start-index":0}"#, 1), ("[X]", 1),
    (#"{"plans":{"plan":[{"shortKey":"MAIN","planKey":{"key":"SHOP-MAIN"}}]}}"#, 0),
  ])
  func pagesAreRead(text: String, count: Int) {
    let set = join(text.replacing("X", with: Self.result(#""Finished""#, #""Failed""#)))
    #expect(set.runs.count == count)
    #expect(set.account.records.total == 1)
  }
}

@Suite struct BambooDeployments {
  static func deployment(
    _ id: Int, _ life: String, _ state: String, version: String = "release-3", at start: Int = 0, reason: String = "",
    build: String? = "SHOP-MAIN-12"
  ) -> String {
    let began = 1_772_445_600_000 + start
    let items = build.map { #"{"planResultKey":{"key":"\#($0)"}}"# } ?? ""
    return
      #"{"id":\#(id),"deploymentVersionName":"\#(version)","deploymentVersion":{"name":"\#(version)","items":[\#(items)]},"deploymentState":"\#(state)","lifeCycleState":"\#(life)","startedDate":\#(began),"queuedDate":\#(began + 5),"executedDate":\#(began + 20),"finishedDate":\#(began + 60_000),"reasonSummary":"\#(reason)","key":{"key":"100-200-\#(id)","entityKey":{"key":"100-200"}}}"#
  }

  static let project =
    #"{"id":100,"key":{"key":"100"},"name":"Shop","planKey":{"key":"SHOP-MAIN"},"environments":[{"id":200,"key":{"key":"100-200"},"name":"Production","deploymentProjectId":100,"position":2}]}"#

  static let states: [(String, String, State)] = [
    ("Finished", "Success", .succeeded), ("FINISHED", "SUCCESS", .succeeded), ("Finished", "Failed", .failed),
    ("Finished", "Never", .skipped),
    ("Finished", "Skipped", .skipped), ("Finished", "Replaced", .superseded), ("Finished", "Queued", .skipped),
    ("Finished", "Odd", .unknown),
    ("InProgress", "Failed", .running), ("IN_PROGRESS", "SUCCESS", .running), ("Pending", "Success", .queued),
    ("Queued", "Success", .queued),
    ("NotBuilt", "Success", .skipped), ("NOT_BUILT", "IN PROGRESS", .skipped), ("Odd", "Success", .unknown),
  ]

  @Test(arguments: states)
  func aDeploymentIsWhatItsLifeCycleSaysAndThenItsState(life: String, word: String, state: State) throws {
    let set = join([Self.deployment(1, life, word), Self.project].joined(separator: "\n"))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == state)
    #expect(deployment.stateRaw == (life.lowercased() == "finished" ? word : life))
    #expect((deployment.finishedAt == time("2026-03-02T10:01:00Z")) == (state.isTerminal && state != .skipped))
  }

  @Test func itsProjectNamesEnvironmentAndService() throws {
    for texts in [
      [Self.deployment(1, "Finished", "Success"), Self.project], [Self.project, Self.deployment(1, "Finished", "Success")],
    ] {
      let set = join(texts.joined(separator: "\n"))
      let deployment = try #require(set.deployments.first?.value)
      #expect(deployment.id == "1")
      #expect(deployment.environment == .init(name: "Production", rank: 2))
      #expect(deployment.service == "Shop")
      #expect(deployment.inferred == ["service"])
      #expect(deployment.version?.name == "release-3")
      #expect(deployment.startedAt == time("2026-03-02T10:00:00Z"))
      #expect(deployment.run == "SHOP-MAIN-12")
      #expect(set.account.records == Account.Tally(rendered: 2))
    }
    #expect(
      join(Self.deployment(1, "Finished", "Success")).account.skipped.map(\.reason) == [
        "its environment 100-200 is not among the records"
      ])
    #expect(join(Self.project).account.skipped.map(\.reason) == ["nothing among the records uses it"])
  }

  static let reasons: [(String, DeploymentRecord.Promotion, String?)] = [
    (#"Manual run by <a href=\"x\">ana</a>"#, .manual, "ana"), (#"Child of <a href=\"x\">SHOP-MAIN-12</a>"#, .automatic, nil),
    ("Something new", .unknown, nil), ("", .unknown, nil),
  ]

  @Test(arguments: reasons)
  func theReasonIsThePromotion(reason: String, promotion: DeploymentRecord.Promotion, actor: String?) throws {
    let text = [Self.deployment(1, "Finished", "Success", reason: reason), Self.project].joined(separator: "\n")
    let deployment = try #require(join(text).deployments.first?.value)
    #expect(deployment.promotion == promotion)
    #expect(deployment.actor?.name == actor)
    let run = BambooPlans.result(#""Finished""#, #""Successful""#)
    let nested = try #require(join([text, run].joined(separator: "\n")).run("SHOP-MAIN-12")?.deployments.first)
    #expect(nested.promotion == promotion)
  }

  @Test func deploymentsOfOneBuildInTurnAreDeploymentsOfTheirOwn() throws {
    let texts = [
      Self.deployment(3, "Finished", "Success", at: 7_200_000), Self.deployment(2, "Finished", "Failed", at: 3_600_000),
      Self.deployment(4, "Finished", "Success", version: "release-4", at: 60_000), Self.project,
      BambooPlans.result(#""Finished""#, #""Successful""#),
    ]
    for order in [texts, texts.reversed()] {
      let set = join(order.joined(separator: "\n"))
      #expect(try #require(set.run("SHOP-MAIN-12")).deployments.compactMap(\.id).sorted() == ["2", "3", "4"])
      #expect(set.deployments.isEmpty)
    }
  }

  @Test func aDeploymentOfSeveralBuildsIsOfNone() throws {
    let text = Self.deployment(1, "Finished", "Success").replacing(
      #"[{"planResultKey":{"key":"SHOP-MAIN-12"}}]"#,
      with: #"[{"planResultKey":{"key":"SHOP-MAIN-12"}},{"planResultKey":{"key":"SHOP-LIB-3"}}]"#)
    let set = join([text, Self.project, BambooPlans.result(#""Finished""#, #""Successful""#)].joined(separator: "\n"))
    #expect(set.deployments.map(\.value.run) == [nil])
  }

  @Test func theDashboardHasEnvironmentsAndResults() throws {
    let result = Self.deployment(1, "Finished", "Success")
    let environment = #"{"id":200,"key":{"key":"100-200"},"name":"Production"}"#
    let project = #"{"id":100,"name":"Shop"}"#
    let set = join(
      #"[{"deploymentProject":\#(project),"environmentStatuses":[{"environment":\#(environment),"deploymentResult":\#(result)},{"environment":{"name":"x"}}]},{"deploymentProject":\#(project),"environmentStatuses":[]}]"#
    )
    #expect(set.deployments.map(\.value.environment.name) == ["Production"])
    #expect(set.deployments.map(\.value.service) == ["Shop"])
    #expect(set.account.records == Account.Tally(rendered: 1, skipped: 1))
    #expect(set.account.skipped.map(\.reason) == ["nothing was deployed in it"])
  }

  @Test func aRulePlacesWhatNothingNames() throws {
    var set = join(
      [Self.deployment(1, "Finished", "Success"), Self.deployment(2, "Finished", "Failed", at: 9)].joined(separator: "\n"))
    #expect(set.account.records == Account.Tally(skipped: 2))
    var other = set
    applyRules(
      [Configuration.RecordRule(files: "runs/**", values: ["provider": "bamboo", "environment": "production"])], to: &set)
    #expect(set.deployments.map(\.value.id) == ["1", "2"])
    #expect(set.deployments.map(\.value.environment.name) == ["production", "production"])
    #expect(set.deployments.map(\.value.state) == [.succeeded, .failed])
    #expect(set.deployments.map(\.value.inferred) == [["service", "environment"], ["service", "environment"]])
    #expect(set.account.records == Account.Tally(rendered: 2))
    #expect(set.account.skipped.isEmpty)
    applyRules([Configuration.RecordRule(files: "elsewhere/**", values: ["environment": "production"])], to: &other)
    #expect(other.deployments.isEmpty)
    #expect(other.account.records == Account.Tally(skipped: 2))
    #expect(other.account.skipped.count == 2)
  }

  @Test func aRuleReadsTheNameOfItsProject() throws {
    let project = Self.project.replacing(#""name":"Shop""#, with: #""name":"shop-deploy""#)
    var set = join([Self.deployment(1, "Finished", "Success"), project].joined(separator: "\n"))
    applyRules([Configuration.RecordRule(files: nil, values: ["pipeline": "{service}-deploy"])], to: &set)
    #expect(set.deployments.map(\.value.service) == ["shop"])
    #expect(set.deployments.map(\.value.environment.name) == ["Production"])
  }

  @Test func anEnvironmentAloneIsRead() throws {
    let text = #"{"id":200,"name":"Production","deploymentProjectId":100}"#
    let set = join([Self.deployment(1, "Finished", "Success"), text].joined(separator: "\n"))
    #expect(set.deployments.map(\.value.environment.name) == ["Production"])
    #expect(set.deployments.map(\.value.service) == ["100"])
  }
}

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct BambooSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("bamboo/devlake-\($0).jsonl") })
  }

  static let plans: [(String, Int, State, String, String, String)] = [
    ("TEST-PLA2-12", 12, .succeeded, "Successful", "2023-08-03T09:49:07.432Z", "2023-08-03T09:49:07.652Z"),
    ("TEST-PLA2-11", 11, .succeeded, "Successful", "2023-07-31T10:16:40.585Z", "2023-07-31T10:16:40.853Z"),
    ("TEST-PLA2-10", 10, .failed, "Failed", "2023-07-31T10:15:45.104Z", "2023-07-31T10:15:45.380Z"),
    ("TEST-PLA2-7", 7, .failed, "Failed", "2023-07-31T09:17:05.252Z", "2023-07-31T09:17:05.507Z"),
    ("TEST-PLA2-6", 6, .failed, "Failed", "2023-07-31T09:16:33.024Z", "2023-07-31T09:16:33.312Z"),
    ("TEST-PLA2-5", 5, .failed, "Failed", "2023-07-31T09:16:00.785Z", "2023-07-31T09:16:01.094Z"),
    ("TEST-PLA2-2", 2, .failed, "Failed", "2023-07-31T08:18:53.453Z", "2023-07-31T08:18:53.871Z"),
    ("TEST-PLA3-2", 2, .succeeded, "Successful", "2023-07-27T03:56:14.902Z", "2023-07-27T03:56:15.865Z"),
    ("TEST-PLA3-1", 1, .succeeded, "Successful", "2023-07-27T03:47:12.941Z", "2023-07-27T03:47:14.079Z"),
  ]

  @Test(arguments: plans)
  func aPlanResult(key: String, number: Int, state: State, raw: String, start: String, end: String) throws {
    let run = try #require(try set("plan-builds").run(key))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.number == number)
    #expect(run.startedAt == time(start))
    #expect(run.finishedAt == time(end))
    #expect(run.repository == "devlake-louis")
    let first = key == "TEST-PLA3-1"
    #expect(
      run.commit?.sha == (first ? "4e53dfe616d640cec760234643b13a02339d1eaa" : "79b062bd53af15c701193c90b543386557cb7a3a"))
    #expect(run.url == "http://18.232.129.138:8085/browse/" + key)
    #expect(run.attempt == 1 && run.tests == nil)
  }

  /// Rows that were edited upstream to walk the words: all of them contradict themselves.
  @Test(arguments: [
    ("TEST-PLA3-10003", State.queued, "PENDING"), ("TEST-PLA3-10004", .queued, "QUEUED"),
    ("TEST-PLA3-10005", .skipped, "NOT_BUILT"),
  ])
  func anEditedPlanResult(key: String, state: State, raw: String) throws {
    let run = try #require(try set("plan-builds").run(key))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.startedAt == nil && run.finishedAt == nil)
  }

  @Test(arguments: [
    ("TEST-PLA2-12", Trigger(type: .manual, raw: "Manual run by root"), "root"),
    ("TEST-PLA3-2", Trigger(type: .push, raw: "Code changes detected"), nil),
    ("TEST-PLA3-1", Trigger(type: .unknown, raw: "First build for this plan"), nil),
  ])
  func whyAPlanRan(key: String, trigger: Trigger, actor: String?) throws {
    let run = try #require(try set("plan-builds").run(key))
    #expect(run.trigger == trigger)
    #expect(run.actor?.name == actor)
  }

  /// The project of these is no sample; it is written by hand.
  static let project =
    #"{"id":1015810,"name":"deploy","planKey":{"key":"TEST-PLA2"},"environments":[{"key":{"key":"1015810-1146882"},"name":"live"}]}"#

  private func deployed() throws -> RecordSet {
    joinRecords([
      try Samples.read("bamboo/devlake-deploy-results.jsonl"), read(BambooSampleFacts.project, "bamboo/project.json"),
    ])
  }

  static let deployments: [(String, State, String, String, String?, DeploymentRecord.Promotion)] = [
    ("1540117", .succeeded, "SUCCESS", "2023-08-03T09:49:07.746Z", "2023-08-03T09:49:07.770Z", .automatic),
    ("1540106", .succeeded, "SUCCESS", "2023-08-01T09:32:00.468Z", "2023-08-01T09:32:00.493Z", .manual),
    ("1540105", .succeeded, "SUCCESS", "2023-08-01T09:31:53.281Z", "2023-08-01T09:31:53.309Z", .manual),
    ("1540100", .failed, "FAILED", "2023-07-31T11:50:10.348Z", "2023-07-31T11:50:10.378Z", .manual),
    ("130001", .succeeded, "SUCCESS", "2023-07-31T10:16:41.144Z", "2023-07-31T10:16:41.272Z", .automatic),
    ("130002", .running, "IN_PROGRESS", "2023-07-31T10:16:41.144Z", nil, .automatic),
  ]

  @Test(arguments: deployments)
  func aDeployment(id: String, state: State, raw: String, start: String, end: String?, promotion: DeploymentRecord.Promotion)
    throws
  {
    let deployment = try #require(try deployed().deployments.first { $0.value.id == id }?.value)
    #expect(deployment.state == state)
    #expect(deployment.stateRaw == raw)
    #expect(deployment.startedAt == time(start))
    #expect(deployment.finishedAt == end.flatMap(time))
    #expect(deployment.promotion == promotion)
    #expect(deployment.environment.name == "live")
    #expect(deployment.service == "deploy")
    let version = id == "1540117" ? "release-3" : id == "1540106" || id == "1540105" ? "release-2" : "release-1"
    #expect(deployment.version?.name == version)
    #expect(deployment.run == (id == "1540117" ? "TEST-PLA2-12" : "TEST-PLA2-11"))
    #expect(deployment.actor?.name == (promotion == .manual ? "root" : nil))
  }

  @Test(arguments: ["130005", "130006", "130007"])
  func whatWasNotBuiltIsNoAttempt(id: String) throws {
    let deployment = try #require(try deployed().deployments.first { $0.value.id == id }?.value)
    #expect(deployment.state == .skipped)
    #expect(deployment.stateRaw == "NOT_BUILT")
    #expect(deployment.startedAt == nil && deployment.finishedAt == nil)
  }

  @Test func deploymentsWithoutTheirProjectAreSkipped() throws {
    #expect(try set("deploy-results").account.records == Account.Tally(skipped: 9))
    #expect(try set("deploy-results", "deploy-projects").account.records == Account.Tally(skipped: 12))
  }

  @Test func withTheirBuildsTheyStandInThem() throws {
    let files = try ["plan-builds", "deploy-results"].map { try Samples.read("bamboo/devlake-\($0).jsonl") }
    let set = joinRecords(files + [read(BambooSampleFacts.project, "bamboo/project.json")])
    let run = try #require(set.run("TEST-PLA2-12"))
    #expect(run.deployments.map(\.id) == ["1540117"])
    let other = try #require(set.run("TEST-PLA2-11"))
    #expect(Set(other.deployments.map(\.version?.name)) == ["release-1", "release-2"])
    #expect(other.deployments.count == 8 && set.deployments.isEmpty)
    #expect(set.account.records == Account.Tally(rendered: 22))
  }
}

import Diagnostics
import Providers
import Records
import Testing
import Time

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct AzureDevOpsSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("azure-devops/" + $0) })
  }

  // MARK: Builds and runs

  static let builds: [(String, State, String, String?)] = [
    ("12", .succeeded, "succeeded", "2023-02-25T06:23:04.0061884Z"),
    ("13", .succeeded, "succeeded", "2023-02-25T06:23:04.0061884Z"),
    ("15", .succeeded, "succeeded", "2023-02-25T06:23:04.0061884Z"), ("16", .running, "inProgress", nil),
    ("18", .cancelled, "canceled", "2023-02-25T06:22:30.2237625Z"),
  ]

  @Test(arguments: builds)
  func aBuildOfDevlake(id: String, state: State, raw: String, end: String?) throws {
    let run = try #require(try set("devlake-builds.jsonl").run(id))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.createdAt == time("2023-02-25T06:22:21.2237625Z"))
    #expect(run.finishedAt == end.flatMap(time))
    #expect(run.commit == Change(sha: "40c59264e73fc5e1a6cab192f1622d26b7bd5c2a"))
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.trigger == Trigger(type: .manual, raw: "manual"))
    #expect(run.actor == Actor(name: "JohnDoe", id: "bc538feb-9fdd-6cf8-80e1-7c56950d0289", kind: .human))
    #expect(run.repository == "johndoe/test-repo")
    #expect(run.pipeline == (["12", "13"].contains(id) ? "deploy_to_prod" : "label_regex_test_pro"))
    #expect(run.title == "azure-job")
    #expect(run.attempt == 1 && run.number == Int(id))
    #expect(
      run.url == "https://dev.azure.com/johndoe/0d50ba13-f9ad-49b0-9b21-d29eda50ca33/_build/results?buildId=\(id)")
  }

  @Test func theBuildsOfDevlake() throws {
    let set = try set("devlake-builds.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 5))
    #expect(set.run("18")?.startedAt == time("2023-02-25T06:22:25.2237625Z"))
  }

  @Test func aRecordOfATimelineFindsTheBuildOfItsLog() throws {
    let set = try set("devlake-builds.jsonl", "devlake-timeline-records.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 6, skipped: 3))
    let steps = try #require(set.run("12")).steps
    #expect(steps.map(\.name) == ["deploy production"])
    #expect(steps.map(\.state) == [.succeeded])
    #expect(steps.map(\.startedAt) == [time("2023-02-25T06:22:36.8066667Z")])
    #expect(steps.map(\.finishedAt) == [time("2023-02-25T06:22:43.2333333Z")])
  }

  static let numbered: [(String, String, String, [String])] = [
    ("24", "20220214.1", "2022-02-14T02:35:38.7767368Z", ["A", "B"]),
    ("21", "20220211.2", "2022-02-11T14:53:07.6747517Z", ["A", "B"]),
    ("17", "20220210.5", "2022-02-10T06:20:38.522628Z", ["Job"]),
  ]

  @Test(arguments: numbered)
  func aBuildWithNumbersForWords(id: String, name: String, end: String, jobs: [String]) throws {
    let run = try #require(try set("faros-builds.json").run(id))
    #expect(run.state == .failed && run.stateRaw == "failed")
    #expect(run.title == name)
    #expect(run.finishedAt == time(end))
    #expect(run.trigger == Trigger(type: .manual, raw: "manual"))
    #expect(run.repository == "coonglinh/medee_dms")
    #expect(run.pipeline == "coonglinh.medee_dms")
    #expect(run.steps.map(\.name) == jobs)
    #expect(run.steps.allSatisfy { $0.state == .failed && $0.startedAt == nil && $0.error?.hasPrefix("No hosted") == true })
  }

  static let runs: [(String, State, String, String)] = [
    ("24", .succeeded, "succeeded", "2022-02-14T02:35:32.5194025Z"), ("21", .failed, "failed", "2022-02-11T14:53:02.0556022Z"),
    ("17", .failed, "failed", "2022-02-10T06:20:34.4483472Z"),
  ]

  @Test(arguments: runs)
  func aRunWithNumbersForWords(id: String, state: State, raw: String, created: String) throws {
    let run = try #require(try set("faros-runs.json").run(id))
    #expect(run.state == state && run.stateRaw == raw)
    #expect(run.createdAt == time(created))
    #expect(run.pipeline == "coonglinh.medee_dms")
    #expect(run.repository == nil)
    #expect(run.url == "https://dev.azure.com/huongkstn/a432baaf-0264-4311-b613-087a2e7931f8/_build/results?buildId=\(id)")
  }

  @Test func theBuildIsTheNewerWordOnARunOfItsNumber() throws {
    let set = try set("faros-runs.json", "faros-builds.json")
    #expect(set.runs.count == 3)
    // The build says that it failed, and is newer by its last change.
    #expect(set.run("24")?.state == .failed)
    #expect(set.account.records.total == 6)
  }

  @Test(arguments: [("faros-pipelines.json", 2), ("msdocs-check-suite.json", 1), ("msdocs-approvals-query.json", 2)])
  func whatIsNoRecordIsSkipped(name: String, count: Int) throws {
    #expect(try set(name).account.records == Account.Tally(skipped: count))
  }

  // MARK: Classic releases

  static let deployments: [(String, String, String, State, String, String, String, DeploymentRecord.Promotion)] = [
    ("79", "release-55", "PROD", .failed, "PhaseFailed", "2017-08-29T16:51:35.79Z", "2017-08-29T16:51:40.133Z", .manual),
    ("64", "release-20", "PROD", .succeeded, "succeeded", "2017-06-16T01:55:56.857Z", "2017-06-16T01:56:43.06Z", .automatic),
    ("63", "release-20", "PPE", .succeeded, "succeeded", "2017-06-16T01:55:12.967Z", "2017-06-16T01:55:56.607Z", .automatic),
    ("62", "release-20", "QA", .succeeded, "succeeded", "2017-06-16T01:54:25.73Z", "2017-06-16T01:55:12.747Z", .automatic),
    ("61", "release-20", "Dev", .succeeded, "succeeded", "2017-06-16T01:53:38.887Z", "2017-06-16T01:54:25.543Z", .manual),
    ("60", "release-15", "PROD", .succeeded, "succeeded", "2017-06-16T01:19:27.077Z", "2017-06-16T01:20:12.483Z", .automatic),
    ("59", "release-15", "PPE", .succeeded, "succeeded", "2017-06-16T01:18:35.713Z", "2017-06-16T01:19:26.763Z", .automatic),
    ("58", "release-15", "QA", .succeeded, "succeeded", "2017-06-16T01:17:15.667Z", "2017-06-16T01:18:35.497Z", .automatic),
    // `automated`, and a person approved after 51 minutes.
    ("57", "release-15", "Dev", .succeeded, "succeeded", "2017-06-16T01:16:27.807Z", "2017-06-16T01:17:15.48Z", .manual),
    ("56", "release-11", "PROD", .succeeded, "succeeded", "2017-06-11T17:26:51.753Z", "2017-06-11T17:27:38.077Z", .automatic),
    ("55", "release-11", "PPE", .succeeded, "succeeded", "2017-06-11T17:26:07.37Z", "2017-06-11T17:26:51.44Z", .automatic),
  ]

  @Test(arguments: deployments)
  func aDeploymentOfTheDocumentation(
    id: String, release: String, environment: String, state: State, raw: String, start: String, end: String,
    promotion: DeploymentRecord.Promotion
  ) throws {
    let run = try #require(try set("msdocs-release-deployments.json").run(release))
    let deployment = try #require(run.deployments.first { $0.id == id })
    #expect(deployment.environment == .init(name: environment))
    #expect(deployment.state == state && deployment.stateRaw == raw)
    #expect(deployment.startedAt == time(start))
    #expect(deployment.finishedAt == time(end))
    #expect(deployment.promotion == promotion)
    #expect(deployment.actor?.name == "Chuck Reinhart")
    #expect(deployment.version?.name == (["release-55", "release-11"].contains(release) ? nil : "2"))
  }

  @Test func theReleasesOfTheDocumentation() throws {
    let set = try set("msdocs-release-deployments.json")
    #expect(set.account.records == Account.Tally(rendered: 11))
    #expect(set.deployments.isEmpty)
    #expect(Set(set.runs.map(\.value.id)) == ["release-55", "release-20", "release-15", "release-11"])
    let run = try #require(set.run("release-20"))
    #expect(run.title == "Release-20")
    #expect(run.pipeline == "MyShuttle.CD")
    #expect(run.repository == "fabrikam/MyFirstProject")
    #expect(run.state == .succeeded && run.stateRaw == "succeeded")
    #expect(run.steps.map(\.name) == ["Dev", "QA", "PPE", "PROD"])
    #expect(run.finishedAt == time("2017-06-16T01:56:43.06Z"))
    #expect(run.gates.count == 1)
    let gate = try #require(run.gates.first)
    #expect(gate.state == .approved && gate.environment == "Dev" && gate.requestedAt == time("2017-06-16T01:53:35.607Z"))
    #expect(
      gate.decisions == [
        Gate.Decision(by: "Chuck Reinhart", at: time("2017-06-16T01:53:38.887Z"), decision: "approved", comment: "Good to go!")
      ])
    let failed = try #require(set.run("release-55"))
    #expect(failed.state == .failed && failed.stateRaw == "PhaseFailed")
    #expect(failed.gates.map(\.state) == [.approved])
  }

  @Test func theReleaseThatWasAbandonedBeforeItWasDeployed() throws {
    let set = try set("msdocs-release-one.json")
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("release-18"))
    #expect(run.state == .cancelled && run.stateRaw == "abandoned")
    #expect(run.createdAt == time("2017-06-16T01:36:20.397Z"))
    #expect(run.version == VersionLabel(name: "2", artifact: "Fabrikam.CI"))
    #expect(run.ref == Ref(name: "master", type: .branch))
    #expect(run.actor?.name == "Chuck Reinhart")
    #expect(run.repository == "fabrikam/MyFirstProject")
    #expect(run.trigger?.raw == "manual")
    #expect(run.deployments.isEmpty && run.steps.isEmpty && run.gates.isEmpty)
  }

  @Test func pendingApprovalsTellWhatWaits() throws {
    let set = try set("msdocs-release-approvals-pending.json")
    #expect(set.account.records == Account.Tally(rendered: 2))
    let run = try #require(set.run("release-2"))
    #expect(run.state == .waiting)
    #expect(run.title == "Release-2" && run.pipeline == "MyShuttle.CD")
    #expect(run.gates.map(\.environment) == ["Dev"])
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.gates.map(\.allowed) == [["Chuck Reinhart"]])
    #expect(run.gates.map(\.requestedAt) == [time("2017-05-31T16:40:14.47Z")])
    #expect(run.deployment("Dev")?.state == .waiting)
    #expect(run.deployment("Dev")?.promotion == .unknown)
  }

  @Test func aPendingInterventionIsAGate() throws {
    let run = try #require(try set("msdocs-manual-interventions.json").run("release-37"))
    #expect(run.state == .waiting)
    #expect(run.pipeline == "Fabrikam-web-with-MI")
    #expect(run.gates.map(\.environment) == ["PROD"])
    #expect(run.gates.map(\.requestedAt) == [time("2017-08-28T13:11:10.007Z")])
    #expect(run.deployment("PROD")?.state == .waiting)
  }

  @Test func anApprovalThatNamesNoBuildIsSkipped() throws {
    let set = try set("msdocs-approval-approved.json")
    #expect(set.account.records == Account.Tally(skipped: 1))
  }
}

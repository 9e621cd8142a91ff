import Diagnostics
import Providers
import Records
import Testing
import Time

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct JenkinsSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("jenkins/" + $0) })
  }

  struct Fact: Sendable {
    let id: String
    let state: State
    let raw: String?
    let start: String
    let end: String?
    var sha: String?
  }

  static let folder = "Test-jenkins-dir/test-jenkins-sub-dir/test-sub-sub-dir/devlake-"
  static let lake = "0f886c74949c3ee7e489188911c7dc0c1d547418"
  static let builds = [
    Fact(
      id: folder + "31", state: .succeeded, raw: "SUCCESS", start: "2022-04-15T12:00:49.161Z", end: "2022-04-15T12:00:50.748Z",
      sha: lake),
    Fact(
      id: folder + "21", state: .succeeded, raw: "SUCCESS", start: "2022-04-15T11:35:48.450Z", end: "2022-04-15T11:35:50.571Z",
      sha: lake),
    Fact(
      id: folder + "23", state: .succeeded, raw: "SUCCESS", start: "2022-09-08T14:26:51.512Z", end: "2022-09-08T14:26:51.573Z"),
    Fact(
      id: folder + "47", state: .succeeded, raw: "SUCCESS", start: "2022-04-15T11:35:56.910Z", end: "2022-04-15T11:35:56.916Z"),
    Fact(id: folder + "27", state: .running, raw: "building", start: "2022-04-15T10:06:17.939Z", end: nil),
    Fact(
      id: folder + "17", state: .succeeded, raw: "SUCCESS", start: "2022-04-15T10:05:53.775Z", end: "2022-04-15T10:05:53.832Z"),
    Fact(id: folder + "10001", state: .running, raw: "building", start: "2022-04-15T10:06:17.939Z", end: nil),
    Fact(id: folder + "10002", state: .running, raw: "building", start: "2022-04-15T10:06:17.939Z", end: nil),
    Fact(
      id: folder + "10004", state: .unknown, raw: "NOT_BUILD", start: "2022-04-15T10:06:17.939Z",
      end: "2022-04-15T10:06:17.943Z"),
    Fact(
      id: folder + "10005", state: .succeeded, raw: "UNSTABLE", start: "2022-04-15T10:06:17.939Z",
      end: "2022-04-15T10:06:17.943Z"),
  ]

  @Test(arguments: builds)
  func aBuildOfDevlake(fact: Fact) throws {
    let run = try #require(try set("devlake-builds.jsonl").run(fact.id))
    #expect(run.state == fact.state)
    #expect(run.stateRaw == fact.raw)
    #expect(run.startedAt == time(fact.start))
    #expect(run.finishedAt == fact.end.flatMap(time))
    #expect(run.commit?.sha == fact.sha)
    #expect(run.ref == (fact.sha == nil ? nil : Ref(name: "main", type: .branch)))
    #expect(run.warning == (fact.raw == "UNSTABLE"))
    #expect(run.trigger == Trigger(type: .manual, raw: "Started by user abc"))
    #expect(run.actor == Actor(name: "abc", id: "merico", kind: .human))
    // Only two of them checked something out, all are builds of one job.
    #expect(run.repository == "merico-dev/lake")
    #expect(run.pipeline == "Test-jenkins-dir/test-jenkins-sub-dir/test-sub-sub-dir/devlake")
    #expect(run.attempt == 1)
    #expect(run.deployments.isEmpty && run.gates.isEmpty)
  }

  static let branches = [
    Fact(
      id: "main-4", state: .succeeded, raw: "SUCCESS", start: "2024-03-24T10:52:31.963Z", end: "2024-03-24T10:53:02.378Z",
      sha: "c83ae02076382670e286ac2474b7a7327fc28cde"),
    Fact(
      id: "main-3", state: .succeeded, raw: "SUCCESS", start: "2024-03-24T10:51:41.923Z", end: "2024-03-24T10:52:17.358Z",
      sha: "78b8e3a2029f991982039e4ed6d7b1f9c6670497"),
    Fact(
      id: "main-1", state: .succeeded, raw: "SUCCESS", start: "2024-03-24T10:23:35.622Z", end: "2024-03-24T10:24:12.190Z",
      sha: "87f0f9ee7c305c561c96f66ed8c71c85df4b940f"),
    Fact(
      id: "PR-2-2", state: .succeeded, raw: "SUCCESS", start: "2024-03-24T10:52:21.959Z", end: "2024-03-24T10:52:52.045Z",
      sha: "49359d217ea617c7e4771235979b56015172ba6c"),
    Fact(
      id: "feature-2-6", state: .cancelled, raw: "ABORTED", start: "2024-03-24T10:50:56.887Z", end: "2024-03-24T10:51:02.880Z",
      sha: "aba54481a73573c0587f26fbd4c9788eb2bf2398"),
    Fact(
      id: "feature-2-5", state: .failed, raw: "FAILURE", start: "2024-03-24T10:49:31.815Z", end: "2024-03-24T10:49:32.913Z"),
  ]

  @Test(arguments: branches)
  func aBuildOfABranch(fact: Fact) throws {
    let run = try #require(try set("devlake-builds-multibranch.jsonl").run("my-org/devlake-jenkins/" + fact.id))
    #expect(run.state == fact.state)
    #expect(run.stateRaw == fact.raw)
    #expect(run.startedAt == time(fact.start))
    #expect(run.finishedAt == fact.end.flatMap(time))
    #expect(run.commit?.sha == fact.sha)
    #expect(run.repository == "gustavobini/devlake-jenkins")
    #expect(run.actor == nil)
  }

  static let triggers: [(String, Trigger, Ref)] = [
    ("main-4", Trigger(type: .push, raw: "Push event to branch main"), Ref(name: "main", type: .branch)),
    ("main-1", Trigger(type: .unknown, raw: "Branch indexing"), Ref(name: "main", type: .branch)),
    (
      "PR-2-2", Trigger(type: .pullRequest, raw: "Pull request #2 updated"),
      Ref(name: "PR-2", type: .pullRequest, pullRequest: "2")
    ),
    ("feature-2-6", Trigger(type: .push, raw: "Push event to branch feature-2"), Ref(name: "feature-2", type: .branch)),
  ]

  @Test(arguments: triggers)
  func whatStartedABuildOfABranch(id: String, trigger: Trigger, ref: Ref) throws {
    let run = try #require(try set("devlake-builds-multibranch.jsonl").run("my-org/devlake-jenkins/" + id))
    #expect(run.trigger == trigger)
    #expect(run.ref == ref)
  }

  /// The folder is `my-org` where it is displayed and `github_org` in addresses.
  @Test func theStagesOfBranchesJoinTheirBuilds() throws {
    let set = try set("devlake-builds-multibranch.jsonl", "devlake-stages-multibranch.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 39, skipped: 15))
    #expect(set.diagnostics.isEmpty)
    let run = try #require(set.run("my-org/devlake-jenkins/main-4"))
    #expect(run.steps.map(\.name) == ["Declarative: Checkout SCM", "checkout", "test", "deploy"])
    #expect(run.steps.map(\.state) == [.succeeded, .succeeded, .succeeded, .succeeded])
    #expect(
      run.steps.map(\.startedAt) == [
        time("2024-03-24T10:52:33.013Z"), time("2024-03-24T10:52:35.275Z"), time("2024-03-24T10:52:46.345Z"),
        time("2024-03-24T10:52:58.791Z"),
      ])
    #expect(run.steps.last?.finishedAt == time("2024-03-24T10:53:02.342Z"))
    #expect(run.steps.last?.activeSeconds == 3.551)
    #expect(run.gates.isEmpty)
    let stopped = try #require(set.run("my-org/devlake-jenkins/feature-2-6"))
    #expect(stopped.steps.map(\.state) == [.succeeded, .cancelled, .cancelled, .cancelled])
    #expect(set.account.skipped.allSatisfy { $0.record?.hasPrefix("stage ") == true })
  }

  @Test func rulesMakeStagesDeployments() throws {
    var set = try set("devlake-builds-multibranch.jsonl", "devlake-stages-multibranch.jsonl")
    let rule = Configuration.RecordRule(
      files: "jenkins/**", values: ["provider": "jenkins", "pipeline": "*/main", "step": "deploy", "environment": "production"])
    applyRules([rule], to: &set)
    let deploying = set.runs.map(\.value).filter { !$0.deployments.isEmpty }
    #expect(deploying.map(\.id) == ["my-org/devlake-jenkins/main-4", "my-org/devlake-jenkins/main-1"])
    #expect(deploying.flatMap(\.deployments).map(\.environment.name) == ["production", "production"])
    #expect(deploying.flatMap(\.deployments).map(\.promotion) == [.automatic, .automatic])
    #expect(deploying.first?.deployments.first?.finishedAt == time("2024-03-24T10:53:02.342Z"))
  }

  @Test func stagesAloneAreSkippedAndContradictionsTold() throws {
    let set = try set("devlake-stages.jsonl")
    #expect(set.account.records == Account.Tally(skipped: 14))
    #expect(set.diagnostics.map(\.message.id) == ["contradiction"])
  }

  @Test func aJobListsBuildsWithoutResults() throws {
    let set = try set("faros-jobs.json")
    #expect(set.runs.map(\.value.id) == ["Faros-test-job-3", "Faros-test-job-2", "Faros-test-job-1"])
    #expect(set.runs.map(\.value.state) == [.unknown, .unknown, .unknown])
    #expect(set.runs.map(\.value.stateRaw) == [nil, nil, nil])
    #expect(set.runs.first?.value.url == "http://localhost:8080/job/Faros-test-job/3")
    #expect(set.account.records == Account.Tally(rendered: 3))
  }

  @Test func jobsWithoutTheirBuildsAreSkipped() throws {
    #expect(try set("devlake-jobs-multibranch.jsonl").account.records == Account.Tally(skipped: 4))
  }
}

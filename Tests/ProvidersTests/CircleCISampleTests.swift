import Diagnostics
import Providers
import Records
import Testing
import Time

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct CircleCISampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("circleci/" + $0) })
  }

  private func devlake() throws -> RecordSet {
    try set("devlake-pipelines.jsonl", "devlake-workflows.jsonl", "devlake-jobs.jsonl")
  }

  // MARK: Pipelines

  static let pipelines: [(String, State, String, String, String?, String?)] = [
    ("pipeline-10", .failed, "errored", "2023-03-25T18:13:43.446Z", "6ba0cdaf7e7791c5bc5aa89a13b9cd184f8ad296", nil),
    ("pipeline-8", .unknown, "created", "2023-03-25T18:06:13.404Z", "7fb6961080f03defe9b7abb35a111a560e6ab1cc", "master"),
    (
      "pipeline-2", .unknown, "created", "2023-03-25T17:12:18.747Z", "9fcceda0e9749bc63e6397b23531fb6bf83634df",
      "circleci-project-setup"
    ),
    (
      "pipeline-1", .unknown, "created", "2023-03-25T17:12:18.398Z", "9fcceda0e9749bc63e6397b23531fb6bf83634df",
      "circleci-project-setup"
    ),
  ]

  @Test(arguments: pipelines)
  func aPipelineAlone(id: String, state: State, raw: String, created: String, sha: String?, branch: String?) throws {
    let run = try #require(try set("devlake-pipelines.jsonl").run(id))
    #expect(run.state == state && run.stateRaw == raw)
    #expect(run.createdAt == time(created))
    #expect(run.commit?.sha == sha)
    #expect(run.ref == branch.map { Ref(name: $0, type: .branch) })
    #expect(run.repository == "coldgust/coldgust.github.io")
    #expect(run.attempt == 1)
  }

  @Test func thePipelinesOfDevlake() throws {
    let set = try set("devlake-pipelines.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 7))
    let errored = try #require(set.run("pipeline-10"))
    #expect(errored.steps.map(\.name) == ["config-fetch"])
    #expect(errored.steps.map(\.error) == ["Failed to fetch config.yml file."])
    #expect(errored.actor == nil)
    #expect(errored.trigger == Trigger(type: .unknown, raw: "Decoupled Ingestion System"))
    #expect(set.run("pipeline-8")?.title == "add circle")
    #expect(set.run("pipeline-8")?.trigger == Trigger(type: .push, raw: "webhook"))
    #expect(set.run("pipeline-8")?.actor?.name == "coldgust")
    #expect(set.run("pipeline-1")?.trigger == Trigger(type: .api, raw: "api"))
  }

  // MARK: Workflows

  static let workflows: [(String, State, String, String?, String?)] = [
    ("workflow-5", .failed, "failed", "2023-03-25T17:52:15Z", "2023-03-25T17:52:23Z"),
    ("workflow-4", .failed, "failed", "2023-03-25T17:50:20Z", "2023-03-25T17:50:25Z"),
    ("workflow-7", .failed, "failed", "2023-03-25T17:56:24Z", "2023-03-25T17:56:43Z"),
    ("say-hello-workflow-2", .succeeded, "success", "2023-03-25T17:12:18Z", "2023-03-25T17:12:23Z"),
    ("say-hello-workflow-1", .succeeded, "success", "2023-03-25T17:12:18Z", "2023-03-25T17:12:22Z"),
    // It stopped before it was created.
    ("workflow-8", .failed, "failed", "2023-03-25T18:06:13Z", "2023-03-25T18:06:13Z"),
    ("workflow-16", .failed, "failed", nil, nil),
  ]

  @Test(arguments: workflows)
  func aWorkflow(id: String, state: State, raw: String, created: String?, stopped: String?) throws {
    let run = try #require(try set("devlake-workflows.jsonl").run(id))
    #expect(run.state == state && run.stateRaw == raw)
    #expect(run.createdAt == created.flatMap(time))
    #expect(run.finishedAt == stopped.flatMap(time))
    #expect(run.pipeline == String(id[..<(id.lastIndex(of: "-") ?? id.endIndex)]))
    #expect(run.repository == "coldgust/coldgust.github.io")
    #expect(run.commit == nil)
    let joined = try #require(try devlake().run(id))
    #expect(joined.state == state)
    #expect((joined.commit != nil) == (id != "workflow-16"))
  }

  @Test func theWholeOfDevlake() throws {
    let set = try devlake()
    // The pipeline without a workflow is a run; three jobs fit two workflows or none.
    #expect(set.runs.count == 8)
    #expect(set.account.records == Account.Tally(rendered: 17, skipped: 3))
    let run = try #require(set.run("workflow-5"))
    #expect(run.number == 5)
    #expect(run.commit?.sha == "d65e36c3316c6350c0eeb2dcaa6411a49d2aa29d")
    #expect(run.title == "add circle")
    #expect(run.ref == Ref(name: "master", type: .branch))
    #expect(run.trigger == Trigger(type: .push, raw: "webhook"))
    #expect(run.actor?.name == "coldgust")
    #expect(
      run.url
        == "https://app.circleci.com/pipelines/gh/coldgust/coldgust.github.io/5/workflows/6731159f-5275-4bfa-ba70-39d343d63814")
    #expect(run.steps.map(\.key) == ["ab8c3282-0e74-4a41-834e-152a71280bed"])
    #expect(run.steps.map(\.name) == ["build"])
    #expect(run.steps.map(\.state) == [.failed])
    #expect(run.startedAt == time("2023-03-25T17:52:20Z"))
    #expect(set.run("workflow-7")?.steps.map(\.finishedAt) == [time("2023-03-25T17:56:43Z")])
    #expect(set.run("workflow-4")?.steps.map(\.key) == ["a4af3dd5-a3ae-48e8-b634-e2d63aafbb5b"])
    #expect(set.run("say-hello-workflow-1")?.steps.isEmpty == true)
    #expect(set.run("workflow-8")?.steps.isEmpty == true)
    #expect(set.run("pipeline-8") == nil)
  }

  @Test func theDocumentedPipelineAndWorkflow() throws {
    let set = try set("faros-pipeline_input.json", "faros-workflows_input.json", "faros-jobs_input.json")
    #expect(set.runs.count == 1)
    let run = try #require(set.run("build-and-test-25"))
    #expect(run.state == .succeeded && run.number == 25)
    #expect(run.ref == Ref(name: "v3.1.4159", type: .tag))
    #expect(run.trigger == Trigger(type: .schedule, raw: "scheduled_pipeline"))
    #expect(run.commit?.sha == "f454a02b5d10fcccfd7d9dd7608a76d6493a98b4")
    #expect(run.repository == "CircleCI-Public/api-preview-docs")
    #expect(run.finishedAt == time("2019-08-24T14:15:22Z"))
    #expect(run.steps.map(\.state) == [.succeeded])
  }

  // MARK: The command line

  @Test func theRunOfTheCommandLine() throws {
    let set = try set("cli-TestRunGet_ByID_JSON.json")
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.runs.first?.value)
    #expect(set.runs.count == 1)
    #expect(run.id == "build-5034460f-c7c4-4c43-9457-de07e2029e7b")
    #expect(run.state == .succeeded && run.stateRaw == "succeeded")
    #expect(run.pipeline == "build")
    #expect(run.repository == "testorg/testrepo")
    #expect(run.commit?.sha == "abc1234" && run.commit?.author == "Ada Lovelace")
    #expect(run.title == "Fix the widget")
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.createdAt == time("2020-01-01T12:00:00Z"))
    #expect(run.steps.map(\.name) == ["run-tests"])
    #expect(run.steps.map(\.state) == [.succeeded])
  }

  static let markers: [(String, String, String, State, DeploymentRecord.Action?, String, String)] = [
    (
      "a0000000-0000-4000-8000-000000000001", "web-frontend", "1.3.0", .succeeded, nil, "2026-04-28T14:30:00Z",
      "2026-04-28T14:35:00Z"
    ),
    (
      "a0000000-0000-4000-8000-000000000002", "api-server", "2.0.1", .failed, nil, "2026-04-27T09:15:00Z",
      "2026-04-27T09:25:00Z"
    ),
    (
      "a0000000-0000-4000-8000-000000000003", "web-frontend", "1.2.0", .succeeded, .rollback, "2026-04-20T10:00:00Z",
      "2026-04-20T10:05:00Z"
    ),
  ]

  @Test(arguments: markers)
  func aDeployMarker(
    id: String, service: String, version: String, state: State, action: DeploymentRecord.Action?, start: String, end: String
  ) throws {
    let set = try set("cli-TestDeployList_JSON.json")
    #expect(set.account.records == Account.Tally(rendered: 3))
    let deployment = try #require(set.deployments.first { $0.value.id == id }?.value)
    #expect(deployment.service == service)
    #expect(deployment.version == VersionLabel(name: version))
    #expect(deployment.state == state)
    #expect(deployment.stateRaw == (state == .succeeded ? "succeeded" : "failed"))
    #expect(deployment.action == action)
    #expect(deployment.startedAt == time(start) && deployment.finishedAt == time(end))
    #expect(deployment.environment.name == "default" && deployment.inferred == ["environment"])
    #expect(deployment.promotion == .unknown)
  }

  @Test func environmentsThatNothingUsesAreSkipped() throws {
    #expect(try set("cli-TestDeployEnvironmentList_JSON.json").account.records == Account.Tally(skipped: 2))
  }
}

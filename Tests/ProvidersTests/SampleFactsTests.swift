import Diagnostics
import Foundation
import Providers
import Records
import Testing
import Time

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct BitbucketSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("bitbucket/" + $0) })
  }

  private func whole() throws -> RecordSet {
    try set("devlake-pipelines.jsonl", "devlake-steps.jsonl", "devlake-deployments.jsonl")
  }

  static let pipelines: [(String, State, String)] = [
    ("{01fad871-cd21-4a80-bd59-74148dd5be8e}", .failed, "FAILED"),
    ("{ee91b6d3-7736-482c-892f-ad1e923d145e}", .failed, "FAILED"),
    ("{1e20072e-b22a-443f-ad92-3d9435393d5b}", .succeeded, "SUCCESSFUL"),
    ("{2d91d69f-d84b-423d-ae4d-c1d3f2c27166}", .succeeded, "SUCCESSFUL"),
    ("{02c4dfe8-70a6-442c-8bd8-19061979c2cf}", .waiting, "HALTED"),
    ("{b5d2ab02-2013-415e-b146-61ff3bf19502}", .cancelled, "STOPPED"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c50}", .succeeded, "SUCCESSFUL"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c51}", .unknown, "COMPLETED"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c52}", .succeeded, "SUCCESSFUL"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c53}", .succeeded, "PASSED"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c54}", .failed, "FAILED"), ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c55}", .failed, "ERROR"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c56}", .cancelled, "STOPPED"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c57}", .waiting, "HALTED"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c58}", .running, "IN_PROGRESS"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c59}", .waiting, "PAUSED"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c60}", .running, "RUNNING"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c61}", .queued, "PENDING"),
    ("{5decbbb2-f4e6-4f3a-aab0-f74c40497c62}", .failed, "EXPIRED"),
  ]

  @Test(arguments: pipelines)
  func aPipelineOfDevlake(id: String, state: State, raw: String) throws {
    let run = try #require(try set("devlake-pipelines.jsonl").run(id))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.attempt == 1)
    #expect((run.finishedAt == nil) == !state.isTerminal)
  }

  @Test func thePipelinesOfDevlakeAlone() throws {
    let set = try set("devlake-pipelines.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 19))
    let run = try #require(set.run("{1e20072e-b22a-443f-ad92-3d9435393d5b}"))
    #expect(run.createdAt == time("2023-02-20T09:11:30.890315Z"))
    #expect(run.finishedAt == time("2023-02-20T09:12:39.866514Z"))
    #expect(run.activeSeconds == 21)  // of 69 seconds on the wall
    #expect(run.commit == Change(sha: "83ed48081d1fad9dbd60948cfe9661f67aac2694"))
    #expect(run.ref == Ref(name: "0.5-alpha", type: .other))
    #expect(run.number == nil)
    let odd = try #require(set.run("{ee91b6d3-7736-482c-892f-ad1e923d145e}"))
    #expect(odd.createdAt == time("2023-02-20T09:09:50.315151Z"))
    #expect(odd.finishedAt == odd.createdAt)
  }

  /// State of the deployment with its steps, without them, and the pipeline's number.
  static let deployments: [(String, String, State, State)] = [
    ("{fcb46cbc-8733-5264-b362-c05a8f9eb2f8}", "Staging", .succeeded, .unknown),
    ("{6dca96ac-bd01-56a9-b681-919804eb8e18}", "Production", .succeeded, .unknown),
    ("{3ded5ffb-d61b-509d-bbdc-788806431302}", "Test", .succeeded, .unknown),
    ("{33e112b0-ff24-559c-a7b6-3ff24e7f49c4}", "Test", .cancelled, .unknown),
    ("{3014535b-b9f9-5501-a493-39f0457f02df}", "Test", .failed, .unknown),
    ("{af164a42-447c-5a7b-87fd-17f183075e60}", "Test", .waiting, .queued),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4101}", "Production", .unknown, .unknown),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4102}", "Production", .succeeded, .succeeded),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4103}", "Production", .failed, .failed),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4104}", "Production", .cancelled, .cancelled),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4105}", "Production", .unknown, .unknown),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4106}", "Production", .running, .running),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4107}", "Production", .skipped, .queued),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4108}", "Production", .queued, .queued),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4109}", "Production", .unknown, .unknown),
    ("{5c6b00c4-a848-5db6-b9e1-3912631d4110}", "Production", .unknown, .unknown),
  ]

  @Test(arguments: deployments)
  func aDeploymentOfDevlakeWithAndWithoutItsStep(id: String, environment: String, joined: State, alone: State) throws {
    let run = try #require(try whole().runs.first { $0.value.deployments.contains { $0.id == id } }?.value)
    let deployment = try #require(run.deployments.first { $0.id == id })
    #expect(deployment.state == joined)
    #expect(deployment.environment.name == environment)
    #expect(deployment.environment.tier?.rawValue == environment.lowercased())
    let lone = try #require(try set("devlake-deployments.jsonl").deployments.first { $0.value.id == id }?.value)
    #expect(lone.state == alone)
    #expect(lone.run == run.id)
    #expect(lone.repository == "likyh/likyhphp")
  }

  @Test func theWholeOfDevlake() throws {
    let set = try whole()
    #expect(set.account.records == Account.Tally(rendered: 57))
    #expect(set.deployments.isEmpty)
    // One run of three steps, all of them named Test.
    let run = try #require(set.run("{1e20072e-b22a-443f-ad92-3d9435393d5b}"))
    #expect(run.steps.map(\.name) == ["Test", "Test", "Test"])
    #expect(
      run.steps.map(\.key) == [
        "{caf86c6c-c60a-4e62-b838-6480ad110182}", "{a72dea81-cd04-45db-8af9-958ed814d050}",
        "{263500ac-4242-4996-95bd-739b5cafd3ef}",
      ])
    #expect(run.number == 7)
    #expect(run.repository == "likyh/likyhphp")
    #expect(run.url == "https://bitbucket.org/likyh/likyhphp/pipelines/results/7")
    #expect(run.startedAt == time("2023-02-20T09:11:43.393102Z"))
    let staging = try #require(run.deployment("Staging"))
    #expect(staging.step == "{a72dea81-cd04-45db-8af9-958ed814d050}")
    #expect(staging.startedAt == time("2023-02-20T09:12:04.411197Z"))
    #expect(staging.finishedAt == time("2023-02-20T09:12:10.347088Z"))
    #expect(staging.promotion == .automatic)
    #expect(staging.commit?.sha == "83ed48081d1fad9dbd60948cfe9661f67aac2694")

    let halted = try #require(set.run("{02c4dfe8-70a6-442c-8bd8-19061979c2cf}"))
    #expect(halted.gates.map(\.kind) == [.lock])
    #expect(halted.gates.map(\.environment) == ["Test"])
    #expect(halted.deployments.map(\.state) == [.waiting])

    let stopped = try #require(set.run("{b5d2ab02-2013-415e-b146-61ff3bf19502}"))
    #expect(stopped.steps.map(\.state) == [.cancelled, .skipped, .skipped])
    #expect(stopped.steps.map { $0.startedAt == nil } == [false, true, true])
  }

  @Test func aStepsFileAloneAndAnEnvironmentsFileAloneSayNothing() throws {
    #expect(try set("devlake-steps.jsonl").account.records == Account.Tally(skipped: 16))
    #expect(try set("faros-pipelineSteps.json").account.records == Account.Tally(skipped: 5))
    #expect(try set("faros-environments.json").account.records == Account.Tally(skipped: 3))
    #expect(try set("faros-deployments.json").account.records == Account.Tally(skipped: 2))
  }

  @Test func thePipelinesOfFarosWaitAtAGate() throws {
    let set = try set("faros-pipelines.json")
    let runs = set.runs.map(\.value)
    #expect(runs.map(\.number) == [2, 1])
    #expect(runs.map(\.state) == [.waiting, .waiting])
    #expect(runs.map(\.stateRaw) == ["PAUSED", "PAUSED"])
    #expect(runs.map(\.trigger) == [Trigger(type: .manual, raw: "MANUAL"), Trigger(type: .push, raw: "PUSH")])
    #expect(runs.map(\.createdAt) == [time("2021-12-06T07:20:41.045626Z"), time("2021-12-05T08:25:03.804846Z")])
    #expect(runs.map(\.finishedAt) == [nil, nil])
    let run = try #require(runs.first)
    #expect(run.actor == Actor(name: "Рома Кирнос", id: "5d95c51f65db480d8e5c891e", kind: .human))
    #expect(run.commit?.sha == "7dfd0e39462a812a2540acce9e3dea92e898fc9a")
    #expect(run.ref == Ref(name: "master", type: .branch))
    #expect(run.pipeline == "default")
    #expect(run.repository == "RomanKyrnis/geekhub2019")
    #expect(run.url == "https://bitbucket.org/RomanKyrnis/geekhub2019/pipelines/results/2")
    #expect(run.activeSeconds == 12)
    #expect(run.gates.isEmpty)
  }

  @Test func theWholeOfFaros() throws {
    let set = try set("faros-pipelines.json", "faros-pipelineSteps.json", "faros-deployments.json", "faros-environments.json")
    // The environment Test is used by nothing.
    #expect(set.account.records == Account.Tally(rendered: 11, skipped: 1))
    let run = try #require(set.run("{00cf862d-c393-430f-be94-be99d971d293}"))
    #expect(
      run.steps.map(\.name) == ["Build and Test", "Lint", "Security scan", "Deployment to Staging", "Deployment to Production"])
    #expect(run.steps.map(\.state) == [.succeeded, .succeeded, .succeeded, .succeeded, .waiting])
    let gate = try #require(run.gates.first)
    #expect(gate.kind == .human)
    #expect(gate.state == .waiting)
    #expect(gate.environment == "Production")
    #expect(gate.requestedAt == time("2021-12-05T08:25:38.867507Z"))
    #expect(gate.decisions.isEmpty)
    let staging = try #require(run.deployment("Staging"))
    #expect(staging.environment == .init(name: "Staging", tier: .staging, rank: 1))
    #expect(staging.state == .succeeded)
    #expect(staging.stateRaw == "SUCCESSFUL")
    #expect(staging.promotion == .automatic)
    let production = try #require(run.deployment("Production"))
    #expect(production.environment == .init(name: "Production", tier: .production, rank: 2))
    #expect(production.state == .waiting)
    #expect(production.stateRaw == "UNDEPLOYED")
    #expect(production.promotion == .manual)
    #expect(production.gate == gate.key)
    #expect(production.startedAt == nil)
    #expect(set.run("{27e63c0b-2997-43e1-ba1e-7c43a3b0d9ef}")?.deployments.isEmpty == true)
  }
}

@Suite(.enabled(if: Samples.exist)) struct GitHubSampleFacts {
  private func set(_ names: String...) throws -> RecordSet { joinRecords(try names.map { try Samples.read("github/" + $0) }) }

  static let runs: [(String, String, Int, State, String, String, String?, String?)] = [
    (
      "rest-workflow-runs-page.json", "2313468274", 1, .succeeded, "success", "2022-05-12T12:42:12Z", "2022-05-12T12:42:12Z",
      "2022-05-12T12:42:29Z"
    ),
    (
      "rest-workflow-runs-page.json", "660573025", 1, .succeeded, "success", "2021-03-17T09:33:36Z", "2021-03-17T09:33:36Z",
      "2021-03-17T09:33:57Z"
    ),
    (
      "rest-workflow-runs-action-required.json", "2874767916", 1, .waiting, "action_required", "2022-08-17T10:55:36Z",
      "2022-08-17T10:55:36Z", nil
    ),
    (
      "devlake-workflow-runs.jsonl", "2589885639", 2, .succeeded, "success", "2022-06-30T12:23:37Z", "2022-07-01T13:34:14Z",
      "2022-07-01T13:34:43Z"
    ),
    (
      "devlake-workflow-runs.jsonl", "2566218977", 1, .failed, "failure", "2022-06-27T01:29:54Z", "2022-06-27T01:29:54Z",
      "2022-06-27T01:30:28Z"
    ),
    (
      "devlake-workflow-runs.jsonl", "2566218975", 1, .running, "in_progress", "2022-06-27T01:29:54Z", "2022-06-27T01:29:54Z",
      nil
    ),
    (
      "devlake-workflow-runs.edited-states.jsonl", "2559400724", 2, .failed, "failure", "2022-06-25T04:17:45Z",
      "2022-06-26T12:35:50Z", "2022-06-26T12:36:58Z"
    ),
    (
      "devlake-workflow-runs.edited-states.jsonl", "2559400726", 2, .failed, "timed_out", "2022-06-25T04:17:45Z",
      "2022-06-26T12:35:50Z", "2022-06-26T12:36:58Z"
    ),
    (
      "devlake-workflow-runs.edited-states.jsonl", "2559400728", 2, .running, "IN_PROGRESS", "2022-06-25T04:17:45Z",
      "2022-06-26T12:35:50Z", nil
    ),
    (
      "devlake-workflow-runs.edited-states.jsonl", "2559400730", 2, .waiting, "WAITING", "2022-06-25T04:17:45Z",
      "2022-06-26T12:35:50Z", nil
    ),
    (
      "devlake-workflow-runs.edited-states.jsonl", "2559400732", 2, .succeeded, "neutral", "2022-06-25T04:17:45Z",
      "2022-06-26T12:35:50Z", "2022-06-26T12:36:58Z"
    ),
    (
      "webhook-workflow_run-completed.json", "289782451", 1, .succeeded, "success", "2020-10-05T16:33:24Z",
      "2020-10-05T16:33:49Z", "2020-10-05T16:33:49Z"
    ),
    ("webhook-workflow_run-requested.json", "289782451", 1, .queued, "queued", "2020-10-05T16:33:24Z", nil, nil),
    (
      "webhook-deployment_review-requested.json", "5453085689", 1, .waiting, "waiting", "2023-07-04T09:28:10Z",
      "2023-07-04T09:28:10Z", nil
    ),
  ]

  @Test(arguments: runs.map(RunFacts.init))
  func aRun(facts: RunFacts) throws {
    let run = try #require(try set(facts.file).run(facts.id, attempt: facts.attempt))
    #expect(run.state == facts.state)
    #expect(run.stateRaw == facts.raw)
    #expect(run.createdAt == time(facts.created))
    #expect(run.startedAt == facts.started.flatMap(time))
    #expect(run.finishedAt == facts.finished.flatMap(time))
    #expect(run.provider == "github")
  }

  struct RunFacts: Sendable {
    let file, id: String
    let attempt: Int
    let state: State
    let raw, created: String
    let started, finished: String?

    init(_ row: (String, String, Int, State, String, String, String?, String?)) {
      (file, id, attempt, state, raw, created, started, finished) = row
    }
  }

  @Test func aRunOfThePageHoldsWhoWhatAndWhy() throws {
    let run = try #require(try set("rest-workflow-runs-page.json").run("2313468274"))
    #expect(run.repository == "hub4j-test-org/GHWorkflowTest")
    #expect(run.pipeline == "test-workflow")
    #expect(run.number == 10)
    #expect(run.url == "https://github.com/hub4j-test-org/GHWorkflowTest/actions/runs/2313468274")
    #expect(run.trigger == Trigger(type: .manual, raw: "workflow_dispatch"))
    #expect(run.actor?.name == "gsmet")
    #expect(run.actor?.kind == .human)
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.commit?.sha.hasPrefix("ec736fab") == true)
    #expect(run.gates.isEmpty)
  }

  @Test func theReviewOfAWebhookIsAGateOfAPerson() throws {
    let set = try set("webhook-deployment_review-requested.json")
    let run = try #require(set.run("5453085689"))
    #expect(run.pipeline == "pr.yaml")
    #expect(run.title == "Build pull_request 3 by @ilmax")
    #expect(run.ref == Ref(name: "sample", type: .pullRequest, pullRequest: "3"))
    let gate = try #require(run.gates.first)
    #expect(gate.kind == .human)
    #expect(gate.state == .waiting)
    #expect(gate.environment == "TST")
    #expect(gate.allowed == ["admins"])
    #expect(gate.requestedBy == "ilmax")
    #expect(gate.requestedAt == time("2023-07-04T09:28:15Z"))
    let deployment = try #require(run.deployment("TST"))
    #expect(deployment.state == .waiting)
    #expect(deployment.promotion == .unknown)
    #expect(deployment.environment.tier == nil)
    #expect(run.steps.map(\.state) == [.waiting])
  }

  @Test func theDeploymentOfAWebhookSucceeded() throws {
    let set = try set("webhook-deployment_status-payload.json", "webhook-deployment-payload.json")
    let deployment = try #require(set.deployments.first?.value)
    #expect(set.deployments.count == 1)
    #expect(deployment.id == "145988746")
    #expect(deployment.state == .succeeded)
    #expect(deployment.environment.name == "production")
    #expect(deployment.environment.tier == nil)
    #expect(deployment.commit?.sha == "f95f852bd8fca8fcc58a9a2d6c842781e32a215e")
    #expect(deployment.startedAt == time("2019-05-15T15:20:53Z"))
    #expect(deployment.inferred == ["startedAt"])
    #expect(deployment.finishedAt == time("2019-05-15T15:20:55Z"))
    #expect(deployment.repository == "Codertocat/Hello-World")
    #expect(set.account.records == Account.Tally(rendered: 2, skipped: 1))
  }

  static let lone: [(String, String, String, String, String)] = [
    (
      "rest-deployment-string-payload.json", "178653229", "production", "3a09d2de4a9a1322a0ba2c3e2f54a919ca8fe353",
      "2019-10-30T00:03:34Z"
    ),
    ("rest-deployments-list.json", "315601563", "unittest", "e53a04ca0ba2fbe6ea3fd590e8ea1391ac61630f", "2021-01-23T05:30:28Z"),
    (
      "webhook-deployment-payload.json", "145988746", "production", "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
      "2019-05-15T15:20:53Z"
    ),
  ]

  @Test(arguments: lone)
  func aDeploymentWithoutStatusesIsUnknown(file: String, id: String, environment: String, sha: String, created: String) throws {
    let deployment = try #require(try set(file).deployments.first?.value)
    #expect(deployment.id == id)
    #expect(deployment.environment.name == environment)
    #expect(deployment.commit?.sha == sha)
    #expect(deployment.startedAt == time(created))
    #expect(deployment.state == .unknown)
    #expect(deployment.promotion == .unknown)
  }

  @Test func jobsOfARunThatIsNotThereAreSkipped() throws {
    #expect(
      try set("rest-jobs-page.json").account.skipped.map(\.reason)
        == Array(repeating: "its run 719643947 is not among the records", count: 2))
    #expect(try set("devlake-jobs.jsonl").account.records == Account.Tally(skipped: 13))
    #expect(try set("webhook-workflow_job-waiting.json").account.skipped.map(\.record) == ["job 12877621891"])
  }

  @Test func jobsBecomeTheStepsOfTheirRun() throws {
    let run =
      #"{"id":719643947,"run_number":1,"status":"completed","conclusion":"success","head_sha":"c7bd3b8db871bbde8629275631ea645622ae89d7","updated_at":"2021-04-05T15:43:30Z"}"#
    let set = joinRecords([try Samples.read("github/rest-jobs-page.json"), read(run, "run.json")])
    let steps = try #require(set.run("719643947")?.steps)
    #expect(steps.count == 8)
    #expect(steps.filter { $0.parent == nil }.map(\.name) == ["job2", "job1"])
    #expect(steps.map(\.name)[1...3] == ["Set up job", "Run a one-line script", "Complete job"])
    #expect(steps[2].finishedAt == time("2021-04-05T15:42:57Z"))
    #expect(set.run("719643947")?.finishedAt == time("2021-04-05T15:42:59Z"))
  }

  @Test func theEditedStatesOfJobs() throws {
    let run = #"{"id":613518923,"run_number":1,"status":"in_progress","head_sha":"5431f73492ade2e5b947a98f6032595c32cf730e"}"#
    let set = joinRecords([try Samples.read("github/devlake-jobs.edited-states.jsonl"), read(run, "run.json")])
    let jobs = try #require(set.run("613518923")).steps.filter { $0.parent == nil }
    #expect(jobs.map(\.state) == [.succeeded, .failed, .failed, .running, .waiting, .succeeded, .superseded, .queued])
    #expect(
      jobs.map(\.stateRaw) == ["SUCCESS", "FAILURE", "TIMED_OUT", "in_progress", "waiting", "NEUTRAL", "STALE", "requested"])
    #expect(jobs[0].startedAt == time("2021-03-02T09:24:49Z"))
    #expect(jobs[7].startedAt == nil)
  }

  @Test func releasesKeepTheirNotes() throws {
    let set = try set("rest-releases-with-notes.json")
    #expect(set.releases.count == 20)
    #expect(set.releases.allSatisfy { $0.value.repository == "github/hub" })
    let first = try #require(set.releases.first?.value)
    #expect(first.tag == "v2.12.8")
    #expect(first.publishedAt == time("2019-10-03T00:57:23Z"))
    #expect(first.markdown.utf8.count >= 242)
    let one = try #require(try self.set("rest-release-one.json").releases.first?.value)
    #expect(one.tag == "tag1")
    #expect(one.name == nil)
    #expect(one.markdown.isEmpty)
    #expect(one.author == "nikclayton")
    #expect(try self.set("faros-releases.json").releases.map(\.value.tag) == ["v0.0.1", "v0.0.2", "v0.0.3"])
    #expect(try self.set("webhook-release-edited.json", "webhook-release-published.json").releases.count == 1)
  }

  @Test func whatIsNotReadSaysSo() throws {
    #expect(
      try set("faros-workflows.json").account.skipped.map(\.reason)
        == Array(repeating: "a workflow is the plan of runs, no run", count: 2))
    #expect(
      try set("webhook-check_run-completed.json").account.skipped.map(\.reason) == ["checks are not read; runs and jobs are"])
    #expect(try set("docs-pending-deployments.json").account.skipped.map(\.record) == ["pending deployment to staging"])
  }

  @Test func deploymentsOfTheGraphQLInterface() throws {
    let set = try set("devlake-graphql-deployments.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 4))
    let found = Dictionary(uniqueKeysWithValues: set.deployments.map { ($0.value.id ?? "", $0.value) })
    // Written from the payload by eye: id, state, its word, start, end.
    let facts: [(String, State, String, String?, String?)] = [
      ("3881429895", .succeeded, "SUCCESS", "2026-02-20T00:30:40Z", "2026-02-20T00:30:59Z"),
      ("3839563910", .succeeded, "SUCCESS", "2026-02-14T00:32:20Z", "2026-02-14T00:32:36Z"),
      // It was live once, and its payload does not say when.
      ("1670973641", .succeeded, "INACTIVE", nil, nil),
      ("1693412381", .succeeded, "INACTIVE", nil, nil),
    ]
    for (id, state, word, start, end) in facts {
      let deployment = try #require(found[id])
      #expect(deployment.state == state)
      #expect(deployment.stateRaw == word)
      #expect(deployment.startedAt == start.flatMap(time))
      #expect(deployment.finishedAt == end.flatMap(time))
      #expect(deployment.repository == "facebook/OpenBIC")
      #expect(deployment.environment.name == "github-pages")
      #expect(deployment.environment.tier == nil)
      #expect(deployment.promotion == .unknown)
    }
    let newest = try #require(found["3881429895"]?.commit)
    #expect(newest.sha == "0916a0afdfa825779c892a8951bde706a054d352")
    #expect(newest.author == "facebook-github-bot")
    #expect(newest.committedAt == time("2026-02-20T00:29:49Z"))
  }
}

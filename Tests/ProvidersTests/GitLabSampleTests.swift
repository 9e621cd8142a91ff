import Diagnostics
import Providers
import Records
import Testing
import Time

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct GitLabSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("gitlab/" + $0) })
  }

  static let details: [(String, Int, State, Bool, Double, String, String, String)] = [
    ("1078343570", 36229, .succeeded, false, 1512, "2023-11-20T07:17:10.123Z", "2023-11-21T01:54:29.748Z", "sunlei.sam"),
    ("1079509085", 36243, .failed, false, 183, "2023-11-21T02:01:29.601Z", "2023-11-21T02:04:28.979Z", "chaojieyan"),
    ("1079558335", 36250, .succeeded, true, 1618, "2023-11-21T03:33:12.402Z", "2023-11-21T04:04:25.654Z", "zhangxiaoming2"),
    ("1079620249", 36255, .succeeded, false, 1363, "2023-11-21T05:13:38.637Z", "2023-11-21T05:36:26.218Z", "mlansdorf"),
  ]

  @Test(arguments: details)
  func aSinglePipeline(
    id: String, number: Int, state: State, warning: Bool, seconds: Double, start: String, end: String, actor: String
  ) throws {
    let run = try #require(try set("devlake-pipeline-details.jsonl").run(id))
    #expect(run.number == number)
    #expect(run.state == state)
    #expect(run.stateRaw == (state == .succeeded ? "success" : "failed"))
    #expect(run.warning == warning)
    #expect(run.activeSeconds == seconds)
    #expect(run.startedAt == time(start))
    #expect(run.finishedAt == time(end))
    #expect(run.actor?.name == actor)
    #expect(run.repository == "merico-dev/ee/vdev.co")
    #expect(run.trigger == Trigger(type: .pullRequest, raw: "merge_request_event"))
    #expect(run.ref?.type == .pullRequest)
    #expect(run.attempt == 1)
  }

  @Test func theDetailsOfDevlake() throws {
    let set = try set("devlake-pipeline-details.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 11))
    let run = try #require(set.run("1078343570"))
    #expect(run.createdAt == time("2023-11-20T07:17:08.753Z"))
    #expect(run.commit == Change(sha: "694ed6ede74c367f17c7fddb56de629354a27069"))
    #expect(run.ref == Ref(name: "refs/merge-requests/5394/head", type: .pullRequest, pullRequest: "5394"))
    #expect(run.url == "https://gitlab.com/merico-dev/ee/vdev.co/-/pipelines/1078343570")
    #expect(run.deployments.isEmpty && run.gates.isEmpty)
  }

  static let listed: [(String, State, String, String?)] = [
    ("457474837", .running, "running", nil), ("457474996", .failed, "failed", "2022-01-27T10:07:19.043Z"),
    ("485932863", .succeeded, "success", "2022-03-07T09:41:36.267Z"), ("485932865", .queued, "created", nil),
    ("485932866", .queued, "waiting_for_resource", nil), ("485932868", .queued, "pending", nil),
    ("485932869", .running, "running", nil), ("485932871", .queued, "scheduled", nil),
    ("485932872", .skipped, "skipped", "2022-03-07T09:41:36.267Z"),
  ]

  @Test(arguments: listed)
  func aPipelineOfAList(id: String, state: State, raw: String, end: String?) throws {
    let run = try #require(try set("devlake-pipelines.jsonl").run(id))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.startedAt == nil)  // `created_at` is not the start
    #expect(run.finishedAt == end.flatMap(time))
    #expect(run.activeSeconds == nil)
    #expect(run.repository == "merico-dev/ee/charts")
  }

  @Test func theListOfDevlake() throws {
    let set = try set("devlake-pipelines.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 20))
    let push = try #require(set.run("485811050"))
    #expect(push.ref == Ref(name: "EE-7121", type: .branch))
    #expect(push.trigger == Trigger(type: .push, raw: "push"))
    #expect(push.createdAt == time("2022-03-07T06:26:42.109Z"))
    #expect(try #require(set.run("457474837")).trigger == Trigger(type: .unknown, raw: "external"))
  }

  @Test func theJobsOfDevlakeTellOfTheirPipelines() throws {
    let set = try set("devlake-jobs.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 50))
    #expect(set.runs.count == 43)
    let run = try #require(set.run("37"))
    #expect(run.state == .succeeded)
    #expect(run.repository == "merico/pip_test")
    #expect(run.ref == Ref(name: "master", type: .branch))
    #expect(run.url == "https://gitlab.nddtf.com/merico/pip_test/-/pipelines/37")
    #expect(run.startedAt == time("2022-07-26T09:38:29.318Z"))
    #expect(run.finishedAt == time("2022-07-26T09:38:32.970Z"))
    let step = try #require(run.step("115"))
    #expect(run.steps == [step])
    #expect(step.name == "format" && step.stage == "test" && step.state == .succeeded && step.stateRaw == "success")
    #expect(step.activeSeconds == 3.651621)
    #expect(step.startedAt == time("2022-07-26T09:38:29.318Z"))
    #expect(step.finishedAt == time("2022-07-26T09:38:32.970Z"))
    #expect(step.url == "https://gitlab.nddtf.com/merico/pip_test/-/jobs/115")
    #expect(try #require(set.run("31")).ref == Ref(name: "test-ci-build-1.2", type: .tag))
    // A job that never ran.
    let stuck = try #require(set.run("73")?.step("152"))
    #expect(stuck.state == .failed && stuck.startedAt == nil && stuck.activeSeconds == nil)
    #expect(stuck.finishedAt == time("2022-08-25T23:00:08.594Z"))
  }

  @Test func jobsOfOneNameAreAttemptsAndNobodyIsAskedAboutAnOldOne() throws {
    let set = try set("devlake-jobs.jsonl")
    #expect(try #require(set.run("18")).steps.map(\.attempt) == [1, 2])
    let run = try #require(set.run("16"))
    #expect(run.steps.map(\.key) == ["60", "62", "63", "65", "66", "86"])
    #expect(run.steps.map(\.attempt) == [1, 2, 3, 4, 5, 6])
    #expect(run.steps.map(\.state) == [.queued, .queued, .queued, .waiting, .queued, .failed])
    #expect(run.steps.map { $0.startedAt == nil } == [true, true, true, true, true, false])
    #expect(run.gates.isEmpty)
    #expect(run.state == .failed)
  }

  static let deployments: [(String, String, State, String, String, String?, String, String)] = [
    // Its job failed.
    ("13426753", "staging", .unknown, "success", "51653436", "2019-03-13T14:17:33.559Z", "add237f6", "master"),
    ("13432654", "staging", .unknown, "completed", "51661712", "2019-03-13T14:57:46.441Z", "8373d207", "master"),
    ("13436532", "production", .cancelled, "canceled", "51667110", "2019-03-13T15:21:07.335Z", "35c3a3d8", "deploy"),
    ("13436763", "production", .queued, "created", "51667732", nil, "fc449afa", "deploy"),
    ("13436986", "production", .waiting, "blocked", "51668248", nil, "d8e7440f", "deploy"),
    ("13436915", "staging", .unknown, "undeployed", "51668124", nil, "d8e7440f", "master"),
  ]

  @Test(arguments: deployments)
  func aDeploymentOfDevlake(
    id: String, environment: String, state: State, raw: String, run: String, start: String?, sha: String, ref: String
  ) throws {
    let run = try #require(try set("devlake-deployments.jsonl").run(run))
    let deployment = try #require(run.deployments.first { $0.id == id })
    #expect(deployment.environment.name == environment)
    #expect(deployment.environment.tier == nil)
    #expect(deployment.state == state)
    #expect(deployment.stateRaw == raw)
    #expect(deployment.startedAt == start.flatMap(time))
    #expect(deployment.commit?.sha.hasPrefix(sha) == true)
    #expect(deployment.actor?.name == "hackwaly")
    #expect(deployment.promotion == (state == .waiting ? .unknown : .unknown))
    #expect(run.ref == Ref(name: ref, type: .branch))
    #expect(run.repository == "merico-dev/ee/vdev.co")
  }

  @Test func theDeploymentsOfDevlakeTellOfTheirJobsAndPipelines() throws {
    let set = try set("devlake-deployments.jsonl")
    #expect(set.account.records == Account.Tally(rendered: 6))
    #expect(set.deployments.isEmpty)
    let run = try #require(set.run("51653436"))
    #expect(run.number == 991)
    #expect(run.state == .failed)
    #expect(run.title == "Merge branch 'update-gitlab-ci' into 'master'")
    #expect(run.steps.map(\.error) == ["script_failure"])
    #expect(run.steps.map(\.stage) == ["deploy"])
    let deployment = try #require(run.deployments.first)
    #expect(deployment.step == "176919795")
    #expect(deployment.finishedAt == time("2019-03-13T14:17:47.640Z"))
    #expect(deployment.environment.url == "https://meri.dev")
    let blocked = try #require(set.run("51668248"))
    #expect(blocked.gates.map(\.state) == [.waiting])
    #expect(blocked.gates.map(\.environment) == ["production"])
    #expect(blocked.gates.map(\.requestedAt) == [time("2019-03-13T15:25:46.042Z")])
    #expect(blocked.deployments.first?.gate == "deployment-13436986")
  }

  @Test func theJobOfFaros() throws {
    let set = try set("faros-jobs.json")
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("301"))
    #expect(run.state == .succeeded && run.stateRaw == "success")
    #expect(run.title == "Add new feature")
    #expect(run.commit?.author == "John Doe")
    #expect(run.repository == "test-group/test-project")
    #expect(run.steps.map(\.name) == ["build"])
    #expect(run.startedAt == time("2023-01-15T10:26:00Z"))
    #expect(run.finishedAt == nil)  // only the last job that was read is known to have ended
  }

  @Test func theBridges() throws {
    let run = try #require(try set("gitlab4j-bridge.json").run("6"))
    #expect(run.state == .queued)
    #expect(run.repository == "foo/bar")
    #expect(run.title == "Test the CI integration.")
    #expect(run.steps.map(\.name) == ["teaspoon"])
    #expect(run.steps.map(\.state) == [.queued])
    #expect(run.steps.map(\.startedAt) == [nil])
    let failed = try #require(try set("devlake-bridge-jobs.jsonl").run("73"))
    #expect(failed.state == .failed)
    #expect(failed.steps.map(\.state) == [.succeeded])
    #expect(failed.finishedAt == time("2022-08-25T23:00:08.594Z"))
  }

  @Test func theDeploymentOfTheDocumentation() throws {
    let set = try set("gitlab4j-deployment.json")
    #expect(set.runs.isEmpty)  // its job names no pipeline
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.id == "42")
    #expect(deployment.state == .succeeded && deployment.stateRaw == "success")
    #expect(deployment.environment == .init(name: "production", url: "https://about.gitlab.com"))
    #expect(deployment.commit?.message?.hasPrefix("Merge branch 'rename-readme' into 'master'\r\n") == true)
    #expect(deployment.actor?.name == "root")
    #expect(deployment.startedAt == nil)
    #expect(deployment.finishedAt == time("2016-08-11T11:32:35.145Z"))
    #expect(deployment.promotion == .unknown)
  }

  @Test func theEnvironmentTellsOfItsLastDeployment() throws {
    let set = try set("gitlab4j-environment.json")
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("34"))
    #expect(run.repository == "Commit451/lab-coat")
    #expect(run.state == .succeeded)
    let deployment = try #require(run.deployments.first)
    #expect(deployment.id == "100" && deployment.state == .succeeded && deployment.stateRaw == "success")
    #expect(deployment.environment.name == "review/fix-foo")
    #expect(deployment.environment.tier == .test)
    #expect(deployment.environment.url == "https://review-fix-foo-dfjre3.example.gitlab.com")
    #expect(deployment.startedAt == time("2019-03-25T12:54:50.082Z"))
    #expect(deployment.finishedAt == time("2019-03-25T18:55:13.216Z"))
    #expect(deployment.step == "710")
  }

  @Test func theWebhookOfADeployment() throws {
    let set = try set("gitlab4j-deployment-event.json")
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.id == "15" && deployment.state == .succeeded && deployment.stateRaw == "success")
    #expect(deployment.environment == .init(name: "staging"))
    #expect(deployment.finishedAt == time("2021-04-28T19:50:00Z"))
    #expect(deployment.commit?.sha == "279484c09fbe69ededfced8c1bb6e6d24616b468")
    #expect(deployment.commit?.message == "Add new file")
    #expect(deployment.repository == "root/test-deployment-webhooks")
    #expect(deployment.actor?.name == "root")
  }

  @Test func theWebhookOfAPipeline() throws {
    let set = try set("gitlab4j-pipeline-event.json")
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("31"))
    #expect(run.state == .succeeded && run.stateRaw == "success")
    #expect(run.title == "Pipeline for branch: master")
    #expect(run.ref == Ref(name: "master", type: .pullRequest, pullRequest: "1"))
    #expect(run.createdAt == time("2016-08-12T15:23:28Z"))
    #expect(run.startedAt == time("2016-08-12T15:24:56Z"))
    #expect(run.finishedAt == time("2016-08-12T15:26:29Z"))
    #expect(run.activeSeconds == 63)
    #expect(run.commit?.message == "test")
    #expect(run.repository == "gitlab-org/gitlab-test")
    #expect(run.steps.map(\.key) == ["376", "377", "378", "379", "380"])
    #expect(run.steps.map(\.stage) == ["build", "test", "test", "deploy", "deploy"])
    #expect(run.steps.map(\.state) == [.succeeded, .succeeded, .failed, .queued, .skipped])
    #expect(
      run.deployments.map(\.environment) == [
        .init(name: "staging", tier: .staging), .init(name: "production", tier: .production),
      ])
    #expect(run.deployments.map(\.state) == [.queued, .skipped])
    #expect(run.deployments.map(\.promotion) == [.automatic, .manual])
    #expect(run.gates.map(\.state) == [.skipped])
    #expect(run.gates.map(\.environment) == ["production"])
  }

  @Test func theSinglePipelineOfTheDocumentation() throws {
    let run = try #require(try set("gitlab4j-pipeline.json").run("46"))
    #expect(run.number == 11 && run.state == .succeeded && run.activeSeconds == 123)
    #expect(run.finishedAt == time("2016-08-11T11:32:35.145Z"))
    #expect(run.startedAt == nil)
    #expect(run.repository == "foo/bar")
    #expect(run.actor == Actor(name: "root", id: "1"))
    #expect(run.title == "Custom pipeline name")
  }

  @Test func theReleases() throws {
    let set = try set("gitlab4j-releases.json")
    let releases = set.releases.map(\.value)
    #expect(releases.map(\.tag) == ["v0.2", "v0.1"])
    #expect(releases.map(\.name) == ["Awesome app v0.2 beta", "Awesome app v0.1 alpha"])
    #expect(releases.map(\.publishedAt) == [time("2019-01-03T01:56:19.539Z"), time("2019-01-03T01:55:18.203Z")])
    #expect(releases.map(\.repository) == ["root/awesome-app", "root/awesome-app"])
    #expect(releases.first?.markdown.hasPrefix("## CHANGELOG\r\n\r\n- Escape label") == true)
    #expect(releases.first?.author == "root")
    #expect(releases.first?.url == "https://gitlab.example.com/root/awesome-app/-/releases/v0.2")
  }

  @Test(arguments: ["gitlab4j-pipeline-variables.json", "gitlab4j-protected-tags.json", "gitlab4j-tag.json"])
  func whatIsNoRecordIsSkipped(name: String) throws {
    let set = try set(name)
    #expect(set.account.records.rendered == 0)
    #expect(set.account.records.skipped > 0)
  }
}

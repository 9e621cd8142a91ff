import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct BuildkiteGates {
  typealias Build = BuildkiteBuilds

  static func manual(_ state: String, _ rest: String = "") -> String {
    let members = rest.isEmpty ? "" : "," + rest
    return
      ##"{"id":"m","type":"manual","label":"Release?","state":"\##(state)","web_url":null,"unblockable":true,"unblock_url":"https://buildkite.com/acme/shop/builds/42#m"\##(members)}"##
  }

  static let test = Build.job("t", "Test", "passed", Build.times("10:01:00", "10:05:00"))
  static let deploy = Build.job("d", "Deploy to production", "waiting")
  static let unblocked = #""unblocked_by":{"id":"u2","name":"Bea"},"unblocked_at":"2026-03-02T11:00:00.000Z""#

  @Test func aBuildThatWaitsHasAGateBeforeItsNextJob() throws {
    let text = Build.build(#""passed""#, #""blocked":true"#, jobs: [Self.test, Self.manual("blocked"), Self.deploy])
    let run = try #require(join(text).run(Build.id))
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "m"
    gate.step = "d"
    gate.requestedAt = time("2026-03-02T10:05:00Z")
    #expect(run.gates == [gate])
    #expect(run.steps.map(\.key) == ["t", "d"])
    #expect(run.state == .waiting)
  }

  @Test func whoUnblockedApproved() throws {
    let done = Build.job("d", "Deploy to production", "passed", Build.times("11:00:10", "11:02:00"))
    let text = Build.build(#""passed""#, jobs: [Self.test, Self.manual("unblocked", Self.unblocked), done])
    let run = try #require(join(text).run(Build.id))
    #expect(run.gates.map(\.state) == [.approved])
    #expect(run.gates.first?.decisions == [.init(by: "Bea", at: time("2026-03-02T11:00:00Z"), decision: "approved")])
    #expect(run.gates.first?.waitSeconds == 3300)
  }

  static let states: [(String, Gate.State?)] = [
    ("blocked", .waiting), ("blocked_failed", .waiting), ("unblocked", .approved), ("unblocked_failed", .approved),
    ("canceled", .cancelled), ("skipped", .skipped), ("broken", .skipped), ("waiting_failed", .skipped), ("pending", nil),
    ("waiting", nil), ("odd", .unknown),
  ]

  @Test(arguments: states)
  func aGateIsWhatItsJobIs(word: String, state: Gate.State?) throws {
    let run = try #require(join(Build.build(#""running""#, jobs: [Self.manual(word)])).run(Build.id))
    #expect(run.gates.map(\.state) == [state].compactMap { $0 })
    #expect(run.steps.isEmpty)
  }

  @Test func aGateAloneJoinsItsBuildFromAnyFile() throws {
    let build = Build.build(#""passed""#)
    for files in [
      ["a": Self.manual("unblocked", Self.unblocked), "b": build], ["a": build, "b": Self.manual("unblocked", Self.unblocked)],
    ]
      as [KeyValuePairs<String, String>]
    {
      let set = join(files)
      #expect(try #require(set.run(Build.id)).gates.map(\.state) == [.approved])
      #expect(set.account.records == Account.Tally(rendered: 2))
    }
  }

  @Test func aGateThatWaitedWhenItWasReadDoesNotWaitOnceItsBuildIsOver() throws {
    for (word, state) in [("failed", Gate.State.unknown), ("canceled", .cancelled)] {
      let run = try #require(join(Build.build("\"\(word)\"", jobs: [Self.manual("blocked")])).run(Build.id))
      #expect(run.gates.map(\.state) == [state])
    }
  }

  @Test func theUnblockedGateOfALaterSnapshotWins() throws {
    let before = Build.build(#""passed""#, #""blocked":true"#, jobs: [Self.test, Self.manual("blocked"), Self.deploy])
    let done = Build.job("d", "Deploy to production", "passed", Build.times("11:00:10", "11:02:00"))
    let after = Build.build(#""passed""#, jobs: [Self.test, Self.manual("unblocked", Self.unblocked), done])
    for files in [["a": before, "b": after], ["a": after, "b": before]] as [KeyValuePairs<String, String>] {
      let run = try #require(join(files).run(Build.id))
      #expect(run.state == .succeeded)
      #expect(run.gates.map(\.state) == [.approved])
      #expect(run.steps.map(\.state) == [.succeeded, .succeeded])
    }
  }

  @Test func rulesTellWhatAGateHolds() throws {
    let staging = Build.job("s", "Deploy to staging", "passed", Build.times("10:06:00", "10:07:00"))
    var set = join(
      Build.build(#""passed""#, #""blocked":true"#, jobs: [Self.test, staging, Self.manual("blocked"), Self.deploy]))
    applyRules([Configuration.RecordRule(files: nil, values: ["step": "Deploy to {environment}"])], to: &set)
    let run = try #require(set.run(Build.id))
    #expect(run.deployments.map(\.environment.name) == ["staging", "production"])
    #expect(run.deployments.map(\.gate) == [nil, "m"])
    #expect(run.deployments.map(\.promotion) == [.automatic, nil])
    #expect(run.deployments.map(\.state) == [.succeeded, .waiting])
    #expect(run.gates.map(\.environment) == ["production"])
  }

  @Test func rulesReadItsEnvironmentAndMetaData() throws {
    var set = join(Build.build(#""passed""#, #""env":{"V":"1","W":"w","X":{}},"meta_data":{"V":"2"}"#))
    applyRules(
      [
        Configuration.RecordRule(
          files: nil, values: ["parameters.V": "{version}", "parameters.W": "w", "environment": "production"])
      ], to: &set)
    #expect(set.run(Build.id)?.version?.name == "2")
    #expect(set.run(Build.id)?.deployments.map(\.environment.name) == ["production"])
  }

  // MARK: The other interface

  static let node =
    #"{"uuid":"b-42","number":42,"state":"PASSED","url":"https://buildkite.com/acme/shop/builds/42","message":"One","commit":"HEAD","createdAt":"2026-03-02T10:00:00.000Z","startedAt":null,"finishedAt":"2026-03-02T10:10:00.000Z","branch":"main","source":{"name":"ui"},"createdBy":{"name":"Ana","uuid":"u1"},"pipeline":{"slug":"shop","organization":{"slug":"acme"},"repository":{"url":"https://git.example/acme/shop"}},"jobs":{"edges":[{"node":{"__typename":"JobTypeCommand","uuid":"t","label":"Test","state":"FINISHED","passed":true,"startedAt":"2026-03-02T10:01:00Z","finishedAt":"2026-03-02T10:05:00Z"}},{"node":{"__typename":"JobTypeCommand","uuid":"f","label":"Lint","state":"FINISHED","passed":false,"exitStatus":"1"}},{"node":{"__typename":"JobTypeWait","uuid":"w","state":"FINISHED"}},{"node":{"__typename":"JobTypeBlock","uuid":"m","label":"Go","state":"UNBLOCKED","unblockedBy":{"name":"Bea"},"unblockedAt":"2026-03-02T11:00:00Z"}}]}}"#

  static let wrapped: [String] = [
    node, #"{"node":\#(node),"cursor":"x"}"#, #"{"edges":[{"node":\#(node)}]}"#, #"{"data":{"build":\#(node)}}"#,
    #"{"data":{"pipeline":{"builds":{"count":1,"edges":[{"node":\#(node)}],"pageInfo":{"hasNextPage":false}}}}}"#,
    #"{"data":{"organization":{"pipelines":{"edges":[{"node":{"slug":"shop","builds":{"edges":[{"node":\#(node)}]}}}]}}}}"#,
    #"{"data":{"viewer":{"user":{"builds":{"nodes":[\#(node)]}}}}}"#,
  ]

  @Test(arguments: wrapped)
  func buildsAreFoundInAnswersOfAnyDepth(text: String) throws {
    let set = join(text)
    let run = try #require(set.run(Build.id))
    #expect(set.account.records == Account.Tally(rendered: 1))
    #expect(run.state == .succeeded)
    #expect(run.stateRaw == "PASSED")
    #expect(run.url == "https://buildkite.com/acme/shop/builds/42")
    #expect(run.repository == "acme/shop")
    #expect(run.trigger == Trigger(type: .manual, raw: "ui"))
    #expect(run.actor == Actor(name: "Ana", id: "u1", kind: .human))
    #expect(run.commit == nil)
    #expect(run.steps.map(\.name) == ["Test", "Lint"])
    #expect(run.steps.map(\.state) == [.succeeded, .failed])
    #expect(run.gates.first?.decisions.first?.by == "Bea")
  }

  @Test func anAnswerWithoutBuildsIsSkipped() {
    let set = join(#"{"data":{"pipeline":{"builds":{"count":0,"edges":[]}}}}"#)
    #expect(set.account.skipped.map(\.reason) == ["an answer without builds"])
  }

  @Test func theTwoInterfacesTellOfOneBuild() {
    let set = join(["a": Build.build(#""passed""#), "b": Self.node])
    #expect(set.runs.count == 1)
    #expect(set.runs.first?.value.commit?.sha == Build.sha)
  }

  @Test func webhooksTellOfBuildsAndJobs() throws {
    let build = Build.build(#""running""#)
    let finished =
      #"{"event":"build.finished","build":\#(Build.build(#""failed""#)),"pipeline":{"slug":"shop"},"sender":{"name":"x"}}"#
    let job =
      #"{"event":"job.finished","job":\#(Build.job("j", "Test", "failed")),"build":\#(build),"pipeline":{"slug":"shop"},"sender":{}}"#
    let set = join([job, finished].joined(separator: "\n"))
    let run = try #require(set.run(Build.id))
    #expect(run.state == .failed)
    #expect(run.steps.map(\.state) == [.failed])
    #expect(set.account.records == Account.Tally(rendered: 2))
    #expect(try #require(join(job).run(Build.id)).state == .running)
    #expect(join(job).account.records == Account.Tally(rendered: 1))
  }

  @Test func aPipelineIsSkipped() {
    let set = join(
      #"{"id":"p","slug":"shop","builds_url":"https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds"}"#)
    #expect(set.account.skipped.map(\.reason) == ["a pipeline is the plan of builds, no build"])
  }
}

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct BuildkiteSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("buildkite/" + $0) })
  }

  @Test func theBuildOfTheDocumentation() throws {
    let set = try set("docs-builds-list.json")
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("my-pipeline-1"))
    #expect(run.state == .succeeded)
    #expect(run.stateRaw == "passed")
    #expect(run.number == 1 && run.attempt == 1)
    #expect(run.createdAt == time("2015-05-09T21:05:59.874Z"))
    #expect(run.startedAt == time("2015-05-09T21:05:59.874Z"))
    #expect(run.finishedAt == time("2015-05-09T21:05:59.874Z"))
    #expect(run.commit?.sha == "abcd0b72a1e580e90712cdd9eb26d3fb41cd09c8")
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.title == "Bumping to version 0.2-beta.6")
    #expect(run.trigger == Trigger(type: .push, raw: "webhook"))
    #expect(run.actor?.name == "Keith Pitt")
    #expect(run.repository == "my-great-org/my-pipeline")
    #expect(run.url == "https://buildkite.com/my-great-org/my-pipeline/builds/1")
    #expect(run.gates.isEmpty && run.deployments.isEmpty)
    let step = try #require(run.steps.first)
    #expect(step.name == "RSpec")
    #expect(step.state == .succeeded)
    #expect(step.stage == "tests")
    #expect(step.startedAt == time("2015-05-09T21:07:59.874Z"))
    #expect(step.finishedAt == time("2015-05-09T21:08:59.874Z"))
    #expect(step.error == nil)
  }

  /// The example's answer is older than the end of its build.
  @Test func theJobOfTheDocumentationThatWasUnblocked() throws {
    #expect(try set("docs-job-unblocked.json").account.records == Account.Tally(skipped: 1))
    let set = try set("docs-builds-list.json", "docs-job-unblocked.json")
    #expect(set.account.records == Account.Tally(rendered: 2))
    let gate = try #require(set.run("my-pipeline-1")?.gates.first)
    #expect(gate.kind == .human)
    #expect(gate.state == .approved)
    #expect(gate.requestedAt == nil)
    #expect(gate.decisions == [.init(by: "Liam Neeson", at: time("2015-05-09T21:06:10.264Z"), decision: "approved")])
    #expect(set.run("my-pipeline-1")?.steps.map(\.name) == ["RSpec"])
  }

  /// Both examples have the job's id; the build tells the later end.
  @Test func thePageOfJobsOfTheDocumentation() throws {
    #expect(try set("docs-jobs-page.json").account.records == Account.Tally(skipped: 1))
    let set = try set("docs-jobs-page.json", "docs-builds-list.json")
    #expect(set.run("my-pipeline-1")?.steps.map(\.name) == ["RSpec"])
    #expect(set.account.records == Account.Tally(rendered: 1, skipped: 1))
    #expect(set.diagnostics.isEmpty)
  }

  static let queued: [(String, Int, String, String)] = [
    ("kelvin-test-2", 2, "test 1", "2021-12-20T03:37:40.894Z"), ("kelvin-test-1", 1, "Test build", "2021-12-20T03:28:25.066Z"),
  ]

  @Test(arguments: queued)
  func aBuildOfTheOtherInterface(id: String, number: Int, title: String, at: String) throws {
    let set = try set("faros-graphql-builds.json")
    #expect(set.account.records == Account.Tally(rendered: 2))
    let run = try #require(set.run(id))
    #expect(run.state == .queued)
    #expect(run.stateRaw == "SCHEDULED")
    #expect(run.number == number)
    #expect(run.title == title)
    #expect(run.createdAt == time(at))
    #expect(run.startedAt == nil && run.finishedAt == nil)
    #expect(run.commit == nil && run.ref == nil && run.trigger == nil)
    #expect(run.pipeline == "kelvin-test")
    #expect(run.repository == "huongtn/ECHTMen")
    #expect(run.url == "https://buildkite.com/devcube/kelvin-test/builds/\(number)")
  }
}

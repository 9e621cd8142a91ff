import Diagnostics
import Providers
import Records
import Testing
import Time

/// Facts written down by eye from the payloads, which are conformance files: all of one chain, and most of one moment.
@Suite(.enabled(if: Samples.exist)) struct CDEventsSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("cdevents/\($0).json") })
  }

  static let moment = time("2023-03-20T14:27:05.315384Z")
  static let artifact = "pkg:oci/myapp@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427"

  static let runs: [(String, State, String)] = [
    ("pipelinerun_queued", .queued, "queued"), ("pipelinerun_started", .running, "started"),
    ("pipelinerun_finished", .failed, "failure"),
  ]

  @Test(arguments: runs)
  func anEventOfARun(name: String, state: State, raw: String) throws {
    let set = try set(name)
    #expect(set.account.records == Account.Tally(rendered: 1))
    let run = try #require(set.run("mySubject123"))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.pipeline == "myPipeline")
    #expect(run.url == "https://www.example.com/mySubject123")
    #expect(run.createdAt == (state == .queued ? Self.moment : nil))
    #expect(run.startedAt == (state == .running ? Self.moment : nil))
    #expect(run.finishedAt == (state == .failed ? Self.moment : nil))
    #expect(run.commit == nil && run.actor == nil && run.attempt == 1)
  }

  @Test func theEventsOfARunTogether() throws {
    let set = try set("pipelinerun_started", "pipelinerun_finished", "pipelinerun_queued", "taskrun_finished")
    #expect(set.account.records == Account.Tally(rendered: 4))
    #expect(set.diagnostics.isEmpty)
    let run = try #require(set.run("mySubject123"))
    #expect(run.state == .failed)
    #expect([run.createdAt, run.startedAt, run.finishedAt] == [Self.moment, Self.moment, Self.moment])
    #expect(run.steps.map(\.name) == ["myTask"])
    #expect(run.steps.map(\.state) == [.failed])
    #expect(run.steps.first?.error == "Something went wrong\nWith some more details")
    #expect(run.steps.first?.finishedAt == Self.moment)
  }

  static let services: [(String, DeploymentRecord.Action, String)] = [
    ("service_deployed", .deploy, "deployed"), ("service_rolledback", .rollback, "rolledback"),
    ("v0.4.1-service_deployed", .deploy, "deployed"),
  ]

  @Test(arguments: services)
  func anEventOfAService(name: String, action: DeploymentRecord.Action, raw: String) throws {
    let set = try set(name)
    #expect(set.account.records == Account.Tally(rendered: 1))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.service == "mySubject123")
    #expect(deployment.environment == .init(name: "test123"))
    #expect(deployment.state == .succeeded)
    #expect(deployment.stateRaw == raw)
    #expect(deployment.action == action)
    #expect(deployment.finishedAt == Self.moment)
    #expect(deployment.promotion == .unknown)
    #expect(deployment.version?.name == "0b31b1c02ff4")
    #expect(deployment.version?.digest == "sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427")
    #expect(deployment.version?.artifact == Self.artifact)
    #expect(deployment.id == "271069a8-fc18-44f1-b38f-9d70a1695819-\(raw)")
  }

  @Test func oneEventInTwoVersionsOfTheSpecificationIsOne() throws {
    let set = try set("service_deployed", "v0.4.1-service_deployed", "service_rolledback")
    #expect(set.deployments.count == 2)
    #expect(set.account.skipped.map(\.reason) == ["exact duplicate of cdevents/service_deployed.json:1"])
  }

  @Test func anIncident() throws {
    let detected = try set("incident_detected")
    let open = try #require(detected.incidents.first?.value)
    #expect(open.id == "incident-123")
    #expect(open.title == "Response time above threshold of 100ms")
    #expect(open.state == .detected)
    #expect(open.startedAt == time("2022-11-11T13:52:20.079Z"))
    #expect(open.environment == "prod1")
    #expect(open.service == "myApp")
    let over = try #require(try set("incident_detected", "incident_resolved").incidents.first?.value)
    #expect(over.state == .resolved)
    #expect(over.title == open.title)
    #expect(over.resolvedAt == time("2022-11-11T13:52:20.079Z"))
    #expect(over.updates.count == 2)
  }

  @Test func anApprovalOfTheDraft() throws {
    #expect(try set("draft-0.6-approval_created", "draft-0.6-approval_updated").account.records == Account.Tally(skipped: 2))
    let set = try set("draft-0.6-approval_created", "draft-0.6-approval_updated", "pipelinerun_started")
    let run = try #require(set.run("mySubject123"))
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "approval-123"
    gate.requestedBy = "alice"
    gate.requestedAt = Self.moment
    gate.decisions = [.init(by: "bob", at: time("2023-03-20T14:28:05.315384Z"), decision: "approved")]
    #expect(run.gates == [gate])
    #expect(run.state == .waiting)
    #expect(set.account.records == Account.Tally(rendered: 3))
  }

  @Test(arguments: ["environment_created", "environment_modified"])
  func anEnvironmentThatNothingUses(name: String) throws {
    #expect(try set(name).account.skipped.map(\.reason) == ["nothing among the records uses it"])
  }

  @Test(arguments: [
    "artifact_packaged", "artifact_published", "build_finished", "build_started", "change_merged", "service_published",
    "testcaserun_finished", "testsuiterun_finished", "ticket_created",
  ])
  func anEventThatIsNotRead(name: String) throws {
    let reason = "events '\(name.replacing("_", with: " "))' are not read"
    #expect(try set(name).account.skipped.map(\.reason) == [reason])
  }
}

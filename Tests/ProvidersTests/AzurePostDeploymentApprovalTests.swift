import Diagnostics
import Providers
import Records
import Testing

/// Azure DevOps: approvals behind a deployment, and which of several gates a deployment waits at.
@Suite struct AzurePostDeploymentApprovals {
  typealias Payload = AzurePayload

  private static func approval(_ status: String, _ name: String, _ type: String, at time: String, id: Int) -> String {
    Payload.releaseApproval("\"\(status)\"", isAutomated: false, type, id: id)
      .replacing(#""createdOn":"2026-03-02T10:00:10Z""#, with: #""createdOn":"2026-03-02T\#(time)Z""#)
      .replacing(#""displayName":"Leads""#, with: #""displayName":"\#(name)""#)
  }
  private static let passed = approval("approved", "Vera", "preDeploy", at: "10:00:10", id: 1)
  private static let open = approval("pending", "Otto", "postDeploy", at: "10:16:00", id: 9)

  private static func run(_ texts: String...) throws -> RunRecord {
    try #require(join(texts.joined(separator: "\n")).run("release-5"))
  }

  private static func isHeldBehind(_ run: RunRecord) -> Bool {
    let deployment = run.deployment("PROD")
    let gate = run.gates.first { $0.key == deployment?.gate }
    return deployment?.state == .waiting && gate?.key == "release-5/51/1/after" && gate?.allowed == ["Otto"]
      && gate?.requestedAt == time("2026-03-02T10:16:00Z") && run.state == .waiting
  }

  @Test(arguments: [
    ("inProgress", "Pending"), ("succeeded", "Pending"), ("succeeded", "Approved"), ("inProgress", "PhaseSucceeded"),
    ("inProgress", "undefined"),
  ])
  func whatWasDeployedWaitsForWhoSaysThatItIsGood(status: String, operation: String) throws {
    let run = try Self.run(
      Payload.deployment("\"\(status)\"", "\"\(operation)\"", before: Self.passed, after: Self.open))
    #expect(Self.isHeldBehind(run))
    #expect(run.deployment("PROD")?.promotion == .manual)
  }

  @Test func theListOfApprovalsTellsOfItToo() throws {
    let deployment = Payload.deployment("\"inProgress\"", "\"pending\"", before: Self.passed)
    #expect(Self.isHeldBehind(try Self.run(deployment, Self.open)))
    #expect(Self.isHeldBehind(try Self.run(Self.open, deployment)))
    let done = Payload.deployment("\"succeeded\"", "\"approved\"", before: Self.passed)
    #expect(Self.isHeldBehind(try Self.run(done, Self.open)))
    // It ended after the list was made: whatever the answer was, it is given.
    let ended = Payload.deployment(
      "\"succeeded\"", "\"approved\"", before: Self.passed, #","completedOn":"2026-03-02T10:30:00Z""#)
    let run = try Self.run(ended, Self.open)
    #expect(run.deployment("PROD")?.state == .succeeded && run.state == .succeeded)
    #expect(!run.gates.contains { $0.state == .waiting })
  }

  @Test func nobodyIsAskedBehindWhatIsStillHeldBefore() throws {
    let before = Self.approval("pending", "Vera", "preDeploy", at: "10:00:10", id: 1)
    let run = try Self.run(Payload.deployment("\"notDeployed\"", "\"pending\"", before: before, after: Self.open))
    #expect(run.deployment("PROD")?.gate == "release-5/51/1")
    let failed = try Self.run(Payload.deployment("\"failed\"", "\"phaseFailed\"", before: Self.passed, after: Self.open))
    #expect(failed.deployment("PROD")?.state == .failed)
    #expect(!failed.gates.contains { $0.state == .waiting })
  }

  @Test func anInterventionThatWaitsIsWhatItWaitsFor() throws {
    let intervention =
      #"{"id":1,"status":"pending","taskInstanceId":"t","createdOn":"2026-03-02T10:11:00Z","approver":{"displayName":"Ana"},"release":{"id":5},"releaseEnvironment":{"id":51,"name":"PROD"}}"#
    let deployment = Payload.deployment("\"inProgress\"", "\"manualInterventionPending\"", before: Self.passed)
    for texts in [[deployment, intervention], [intervention, deployment]] {
      #expect(try Self.run(texts[0], texts[1]).deployment("PROD")?.gate == "intervention-1")
    }
  }

  // MARK: Approvals of YAML pipelines

  /// The checkpoint of a timeline knows only that things went on.
  @Test(arguments: [
    ("skipped", "succeeded", Gate.State.skipped), ("canceled", "succeeded", .cancelled), ("timedOut", "skipped", .expired),
    ("rejected", "skipped", .rejected), ("approved", "succeeded", .approved), ("pending", "succeeded", .approved),
  ])
  func theApprovalKnowsBetterThanItsCheckpoint(word: String, result: String, state: Gate.State) throws {
    let done = ("\"completed\"", "\"\(result)\"")
    let timeline = Payload.timeline([
      Payload.record("check", in: "live", "Checkpoint", "Checkpoint", done.0, done.1),
      Payload.record("gate", in: "check", "Checkpoint.Approval", "Checkpoint.Approval", done.0, done.1),
      Payload.record("live", in: nil, "Stage", "live", "\"completed\"", "\"succeeded\""),
    ])
    let skipped = #"{"assignedApprover":{"displayName":"Vera"},"status":"\#(word)","lastModifiedOn":"2026-03-02T10:20:00Z"}"#
    let older = Payload.approval(word, word == "approved" ? Payload.approved : skipped)
      .replacing(#""lastModifiedOn":"2026-03-02T11:00:00Z""#, with: #""lastModifiedOn":"2026-03-02T10:20:00Z""#)
    let build = Payload.build("\"completed\"", "\"succeeded\"")
    for texts in [[older, timeline], [timeline, older]] {
      let gates = try #require(join(["a.json": texts[0], "b.json": texts[1], "c.json": build]).run("7")).gates
      #expect(gates.map(\.state) == [state])
      if state != .approved { #expect(gates.flatMap(\.decisions).filter(\.isYes).isEmpty) }
    }
  }
}

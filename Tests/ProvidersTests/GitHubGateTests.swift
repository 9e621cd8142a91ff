import Diagnostics
import Providers
import Records
import Testing
import Time

/// Who lets a run go on, from the three payloads that tell of it.
extension GitHubJoin {
  static let pending =
    #"[{"environment":{"id":1,"name":"production","url":"https://api.github.com/repos/acme/web/environments/production"},"wait_timer":30,"wait_timer_started_at":"2026-03-02T10:05:00Z","current_user_can_approve":true,"reviewers":[{"type":"User","reviewer":{"login":"ana"}},{"type":"Team","reviewer":{"name":"Release managers"}},{"type":"Team","reviewer":{"slug":"ops"}}]}]"#
  static let approval =
    #"[{"state":"approved","comment":"Ship it","user":{"login":"ana"},"environments":[{"id":1,"name":"production","url":"https://api.github.com/repos/acme/web/environments/production"}]}]"#

  static func review(_ action: String, _ run: String, since: String, job: String = "waiting", by: String) -> String {
    #"{"action":"\#(action)","workflow_run":\#(run),"since":"2026-03-02T\#(since):00Z","workflow_job_run":{"id":10,"name":"ship","status":"\#(job)","conclusion":null,"created_at":"2026-03-02T10:04:00Z","updated_at":"2026-03-02T\#(since):00Z","environment":"production"},"environment":"production","reviewers":[{"type":"Team","reviewer":{"name":"admins"}}],\#(by),"repository":{"full_name":"acme/web"},"sender":{"login":"ana"}}"#
  }

  @Test func aPendingDeploymentIsTheGateOfTheOneRunThatWaits() throws {
    let set = join(["a": lines(Self.run(1, "waiting"), Self.run(2, "completed", "\"success\"")), "p": Self.pending])
    let run = try #require(set.run("1"))
    var person = Gate(kind: .human, state: .waiting)
    person.key = "production"
    person.environment = "production"
    person.requestedAt = time("2026-03-02T10:05:00Z")
    person.allowed = ["ana", "Release managers", "ops"]
    person.required = 1
    var timer = Gate(kind: .timer, state: .waiting)
    timer.key = "production-timer"
    timer.environment = "production"
    timer.requestedAt = time("2026-03-02T10:05:00Z")
    #expect(run.gates == [person, timer])
    let deployment = try #require(run.deployment("production"))
    #expect(deployment.state == .waiting)
    #expect(deployment.gate == "production")
    #expect(deployment.promotion == .unknown)
    #expect(set.account.records == Account.Tally(rendered: 3))
  }

  /// Two dumps of one run: on the first day it waited.
  @Test(arguments: [
    ("\"success\"", Gate.State.unknown, State.succeeded, State.unknown), ("\"cancelled\"", .cancelled, .cancelled, .cancelled),
  ])
  func aGateThatWaitedOnceDoesNotWaitWhenItsRunIsOver(
    conclusion: String, gate: Gate.State, job: State, deployment: State
  ) throws {
    let set = join([
      "a": lines(Self.run(1, "waiting"), Self.job(11, run: 1, "waiting", from: "10:01", to: nil)),
      "pending-1.json": Self.pending,
      "b": lines(
        Self.run(1, "completed", conclusion, updated: "10:40"),
        Self.job(11, run: 1, "completed", conclusion, from: "10:20", to: "10:40")),
    ])
    let run = try #require(set.run("1"))
    #expect(run.gates.map(\.state) == [gate, gate])
    #expect(run.deployments.map(\.state) == [deployment], "what waited there deployed or not")
    #expect(run.steps.first?.state == job)
  }

  @Test func whatSeemedToWaitWithItsRunIsNotKnownToHaveEndedWell() throws {
    let set = join([
      "a": lines(
        Self.run(1, "waiting"), Self.job(11, run: 1, "waiting", from: "10:01", to: nil), Self.deployment(5, "production"),
        Self.status(1, of: 5, "waiting", at: "10:05", log: "https://github.com/acme/web/actions/runs/1/job/11")),
      "pending-1.json": Self.pending, "b": Self.run(1, "completed", "\"success\"", updated: "10:40"),
    ])
    let run = try #require(set.run("1"))
    #expect(run.gates.map(\.state) == [.unknown, .unknown])
    #expect(run.deployments.map(\.state) == [.unknown] && run.steps.first?.state == .unknown)
  }

  @Test func aReviewThatIsOnlyPendingDoesNotHoldWhatWentOut() throws {
    let set = join([
      "a": lines(
        Self.run(1, "completed", "\"success\""), Self.job(11, run: 1, "completed", "\"success\"", from: "10:01", to: "10:10"),
        Self.deployment(5, "production"),
        Self.status(1, of: 5, "success", at: "10:10", log: "https://github.com/acme/web/actions/runs/1/job/11")),
      "approvals-1.json": Self.approval.replacing("approved", with: "pending"),
    ])
    let run = try #require(set.run("1"))
    #expect(run.gates.map(\.state) == [.unknown] && run.deployments.map(\.state) == [.succeeded])
  }

  @Test func aTimerAloneIsNobodysGate() throws {
    let timer = Self.pending.replacing(
      #"[{"type":"User","reviewer":{"login":"ana"}},{"type":"Team","reviewer":{"name":"Release managers"}},{"type":"Team","reviewer":{"slug":"ops"}}]"#,
      with: "[]")
    let run = try #require(join(["a": Self.run(1, "waiting"), "p": timer]).run("1"))
    #expect(run.gates.map(\.kind) == [.timer])
    #expect(run.deployment("production")?.gate == "production-timer")
  }

  @Test func aPendingDeploymentThatFitsSeveralRunsOrNoneIsSkipped() {
    let two = join(["a": lines(Self.run(1, "waiting"), Self.run(2, "waiting")), "p": Self.pending])
    #expect(two.account.skipped.map(\.reason) == ["it names no run, and 2 runs of its repository among the records fit it"])
    let none = join(["a": Self.run(1, "in_progress"), "p": Self.pending])
    #expect(none.account.skipped.map(\.reason) == ["it names no run, and no run of its repository among the records fits it"])
    let elsewhere = join(["a": Self.run(1, "waiting").replacing("acme/web", with: "acme/api"), "p": Self.pending])
    #expect(elsewhere.account.records == Account.Tally(rendered: 1, skipped: 1))
  }

  @Test func aFileNamedAfterItsRunSaysWhichOneWasAsked() throws {
    let runs = lines(Self.run(5453085689, "waiting"), Self.run(5453085690, "waiting"))
    let set = join(["a": runs, "approvals-5453085690.json": Self.approval, "runs/5453085689/pending.json": Self.pending])
    #expect(set.run("5453085690")?.gates.map(\.state) == [.approved])
    #expect(set.run("5453085689")?.gates.map(\.state) == [.waiting, .waiting])
  }

  @Test func anApprovalHasNoTimeAndMakesThePromotionManual() throws {
    let log = "https://github.com/acme/web/actions/runs/1/job/10"
    let text = lines(
      Self.run(1, "completed", "\"success\""), Self.deployment(5, "Production"),
      Self.status(51, of: 5, "success", at: "10:09", log: log))
    let set = join(["a": text, "b": Self.approval])
    let run = try #require(set.run("1"))
    #expect(run.gates.map(\.state) == [.approved])
    #expect(run.gates.first?.decisions == [.init(by: "ana", decision: "approved", comment: "Ship it")])
    let deployment = try #require(run.deployment("Production"))
    #expect(deployment.promotion == .manual)
    #expect(deployment.gate == "production")
  }

  @Test func aRejectionIsNoPromotion() throws {
    let log = "https://github.com/acme/web/actions/runs/1/job/10"
    let text = lines(
      Self.run(1, "completed", "\"failure\""), Self.deployment(5, "production"),
      Self.status(51, of: 5, "failure", at: "10:09", log: log))
    let run = try #require(join(["a": text, "b": Self.approval.replacing("approved", with: "rejected")]).run("1"))
    #expect(run.gates.map(\.state) == [.rejected])
    #expect(run.deployment("production")?.promotion == .unknown)
  }

  @Test func theWebhooksOfAReviewTellWhoWasAskedWhenAndWhoDecided() throws {
    let requested = Self.review(
      "requested", Self.run(1, "waiting", updated: "10:04"), since: "10:04", by: #""requestor":{"login":"bob"}"#)
    let approved = Self.review(
      "approved", Self.run(1, "queued", updated: "11:00"), since: "11:00", job: "queued",
      by: #""approver":{"login":"ana"},"comment":"Ship it""#)
    let done = lines(
      Self.run(1, "completed", "\"success\"", updated: "11:30"),
      Self.job(10, run: 1, "completed", "\"success\"", from: "11:05", to: "11:20"))
    let set = join(["1": requested, "2": approved, "3": done, "4": Self.approval])
    let run = try #require(set.run("1"))
    var gate = Gate(kind: .human, state: .approved)
    gate.key = "production"
    gate.environment = "production"
    gate.step = "10"
    gate.requestedBy = "bob"
    gate.requestedAt = time("2026-03-02T10:04:00Z")
    gate.allowed = ["admins"]
    gate.decisions = [.init(by: "ana", at: time("2026-03-02T11:00:00Z"), decision: "approved", comment: "Ship it")]
    #expect(run.gates == [gate])
    // The job of the review told its environment; the job that was read last tells how it went.
    let deployment = try #require(run.deployment("production"))
    #expect(deployment.state == .succeeded)
    #expect(deployment.step == "10")
    #expect(deployment.promotion == .manual)
    #expect(run.step("10")?.finishedAt == time("2026-03-02T11:20:00Z"))
    #expect(run.finishedAt == time("2026-03-02T11:20:00Z"))
    // The three objects of each webhook, the run, the job and the approval.
    #expect(set.account.records.total == 9)
  }

  @Test func anApprovalOfAnEarlierAttemptDoesNotOpenTheGateOfARunThatWaits() throws {
    let run = try #require(
      join(["a-1": Self.run(1, "waiting"), "approvals-1": Self.approval, "pending-1": Self.pending]).run("1"))
    #expect(run.gates.first { $0.kind == .human }?.state == .waiting)
    #expect(run.deployment("production")?.state == .waiting)
  }

  @Test func aDeploymentIsFoundByEnvironmentAndCommitWhereAJobNamesItsEnvironment() throws {
    let review = Self.review("requested", Self.run(1, "waiting"), since: "10:04", by: #""requestor":{"login":"bob"}"#)
    let set = join(["a": review, "b": lines(Self.deployment(5, "production"), Self.status(51, of: 5, "waiting", at: "10:05"))])
    #expect(set.deployments.isEmpty)
    let run = try #require(set.run("1"))
    #expect(run.deployments.map(\.id) == ["5"])
    #expect(run.deployments.map(\.step) == ["10"])
    #expect(run.deployments.map(\.gate) == ["production"])
  }
}

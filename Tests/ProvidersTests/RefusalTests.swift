import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

/// What a person did not let in has not begun, whatever word its provider ends it with.
@Suite struct Refusals {
  @Test func aRejectedDeploymentOfGitLabNeverBegan() throws {
    let never = #","started_at":null,"finished_at":null"#
    func deployment(_ job: String, _ word: String = "rejected") throws -> DeploymentRecord? {
      let rest = #","approvals":[{"user":{"username":"bruna"},"status":"\#(word)","created_at":"2026-03-02T10:10:00Z"}]"#
      let text = GitLabPayload.deployment(22, "production", "failed", job: job, rest)
      return try #require(join(text).run("7")).deployment("production")
    }
    let refused = try deployment(GitLabPayload.job(3, "live", "release", "failed", never))
    #expect(refused?.state == .cancelled && refused?.startedAt == nil && refused?.gate == "deployment-22")
    // It began and failed: somebody else had let it in, or it was another one that was refused.
    let ran = GitLabPayload.job(3, "live", "release", "failed", GitLabPayload.ran("11:00:00", "11:01:00"))
    #expect(try deployment(ran)?.state == .failed)
    #expect(try deployment(GitLabPayload.job(3, "live", "release", "failed", never), "approved")?.state == .failed)
    let alone = GitLabPayload.deployment(
      22, "production", "failed", #","approvals":[{"user":{"username":"bruna"},"status":"rejected","created_at":null}]"#)
    #expect(join(alone).deployments.map(\.value.state) == [.cancelled])
  }

  static let stages: [(word: String?, start: String, state: State)] = [
    ("rejected", "null", .cancelled), ("timedOut", "null", .cancelled), (nil, "null", .cancelled),
    ("rejected", #""2026-03-02T10:10:00Z""#, .failed), ("approved", "null", .failed),
  ]

  @Test(arguments: stages)
  func aStageThatNobodyLetInNeverBegan(word: String?, start: String, state: State) throws {
    typealias Payload = AzurePayload
    let failed = ("\"completed\"", "\"failed\"")
    let stage = Payload.record("live", in: nil, "Stage", "Live", failed.0, failed.1)
      .replacing(#""startTime":"2026-03-02T10:10:00Z""#, with: #""startTime":\#(start)"#)
    let timeline = Payload.timeline([
      stage, Payload.record("check", in: "live", "Checkpoint", "Checkpoint", failed.0, failed.1),
      Payload.record("gate", in: "check", "Checkpoint.Approval", "Checkpoint.Approval", failed.0, failed.1),
    ])
    let decision =
      #"{"assignedApprover":{"displayName":"Vera"},"status":"\#(word ?? "")","lastModifiedOn":"2026-03-02T11:00:00Z"}"#
    let approval = word.map { Payload.approval($0, decision) + "\n" } ?? ""
    var set = join(approval + timeline + "\n" + Payload.build("\"completed\"", "\"failed\""))
    applyRules([Configuration.RecordRule(files: nil, values: ["step": "Live", "environment": "production"])], to: &set)
    let run = try #require(set.run("7"))
    #expect(run.deployment("production")?.state == state)
    #expect(run.step("7/live")?.state == state)
    #expect(run.state == .failed)
  }

  private static func job(_ steps: String) -> String {
    #"{"id":2,"run_id":1,"run_attempt":1,"head_sha":"a1a1a1a1","status":"completed","conclusion":"failure","name":"Deploy to production","started_at":"2026-03-02T10:01:00Z","completed_at":"2026-03-02T10:30:00Z","steps":[\#(steps)],"html_url":"https://github.com/acme/web/actions/runs/1/job/2"}"#
  }
  private static func review(_ state: String) -> String {
    #"{"state":"\#(state)","comment":"","user":{"login":"vera"},"environments":[{"name":"production","url":"https://api.github.com/repos/acme/web/environments/production"}]}"#
  }
  private static let step =
    #"{"number":1,"name":"x","status":"completed","conclusion":"failure","started_at":"2026-03-02T10:20:00Z","completed_at":"2026-03-02T10:21:00Z"}"#

  @Test(arguments: [
    ("", ["rejected"], State.cancelled), (step, ["rejected"], .failed), ("", ["rejected", "approved"], .failed),
    ("", ["approved"], .failed),
  ])
  func aJobOfGitHubThatWasRefusedHasAStartAndNothingInIt(steps: String, words: [String], state: State) throws {
    let run = GitHubJoin.run(1, "completed", "\"failure\"")
    let log = "https://github.com/acme/web/actions/runs/1/job/2"
    let reviews = words.map(Self.review)
    let told = [
      GitHubJoin.deployment(5, "production"), GitHubJoin.status(51, of: 5, "waiting", at: "10:05", log: log),
      GitHubJoin.status(52, of: 5, "failure", at: "10:30", log: log),
    ]
    let joined = try #require(join(([run, Self.job(steps)] + reviews + told).joined(separator: "\n")).run("1"))
    #expect(joined.deployment("production")?.state == state)
    #expect(joined.deployment("production")?.startedAt == (state == .cancelled ? nil : joined.steps.first?.startedAt))
    // A rule makes the deployment of the job.
    var set = join(["a.json": run + "\n" + Self.job(steps), "approvals-1.json": reviews.joined(separator: "\n")])
    applyRules([Configuration.RecordRule(files: nil, values: ["step": "Deploy to {environment}"])], to: &set)
    let ruled = try #require(set.run("1")?.deployments.first)
    #expect(ruled.state == state && (ruled.startedAt == nil) == (state == .cancelled))
  }

  @Test func aRecordThatSaysFailedKeepsThat() {
    var set = join(
      #"{"id":"1","service":"a","state":"failed","provider":"gitlab","gates":[{"key":"g","kind":"human","state":"rejected","environment":"live"}],"deployments":[{"environment":"live","state":"failed","gate":"g"}]}"#
    )
    applyRules([], to: &set)
    #expect(set.runs.first?.value.deployments.map(\.state) == [.failed])
  }
}

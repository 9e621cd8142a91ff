import Diagnostics
import Providers
import Records
import Testing
import Time

/// The state tables of provider-formats.md, word by word.
@Suite struct States {
  static let bitbucketPipelines: [(String, State)] = [
    (#"{"name":"PENDING"}"#, .queued), (#"{"name":"BUILDING"}"#, .queued), (#"{"name":"IN_PROGRESS"}"#, .running),
    (#"{"name":"IN_PROGRESS","stage":{"name":"RUNNING"}}"#, .running),
    (#"{"name":"IN_PROGRESS","stage":{"name":"PAUSED"}}"#, .waiting),
    (#"{"name":"IN_PROGRESS","stage":{"name":"HALTED"}}"#, .waiting),
    (#"{"name":"IN_PROGRESS","stage":{"name":"NEW_WORD"}}"#, .unknown),
    (#"{"name":"COMPLETED","result":{"name":"SUCCESSFUL"}}"#, .succeeded),
    (#"{"name":"COMPLETED","result":{"name":"FAILED"}}"#, .failed),
    (#"{"name":"COMPLETED","result":{"name":"ERROR"}}"#, .failed),
    (#"{"name":"COMPLETED","result":{"name":"STOPPED"}}"#, .cancelled),
    (#"{"name":"COMPLETED","result":{"name":"EXPIRED"}}"#, .failed),
    (#"{"name":"COMPLETED","result":{"name":"GREEN"}}"#, .unknown),
    (#"{"name":"COMPLETED"}"#, .unknown), (#"{"name":"COMPLETED","result":{}}"#, .unknown),
    (#"{"name":"COMPLETED","result":{"name":"COMPLETED"}}"#, .unknown), (#"{"name":"PASSED"}"#, .succeeded),
    (#"{"name":"PAUSED"}"#, .waiting), (#"{"name":"HALTED"}"#, .waiting), (#"{"name":"SKIPPED"}"#, .skipped),
    (#"{"name":"completed","result":{"name":"successful"}}"#, .succeeded),
    (#"{"name":"inProgress","stage":{"name":"paused"}}"#, .waiting),
    (#"{"type":"pipeline_state_completed","result":{"type":"pipeline_state_completed_successful"}}"#, .succeeded),
    (#"{"type":"pipeline_state_completed","result":{"type":"pipeline_state_completed_failed"}}"#, .failed),
    (#"{"type":"pipeline_state_in_progress","stage":{"type":"pipeline_state_in_progress_paused"}}"#, .waiting),
    (#"{"type":"pipeline_state_pending"}"#, .queued), (#"{}"#, .unknown),
    // A result beside a live name is no end.
    (#"{"name":"IN_PROGRESS","result":{"name":"SUCCESSFUL"}}"#, .running),
    (#"{"name":"PENDING","result":{"name":"SUCCESSFUL"}}"#, .queued),
  ]

  @Test(arguments: bitbucketPipelines)
  func bitbucketPipeline(state: String, expected: State) throws {
    let run = try #require(join(#"{"uuid":"{p}","type":"pipeline","state":\#(state)}"#).run("{p}"))
    #expect(run.state == expected)
    if expected == .unknown, state.contains("NEW_WORD") { #expect(run.stateRaw == "NEW_WORD") }
  }

  static let bitbucketSteps: [(String, State)] = [
    (#"{"name":"READY"}"#, .queued), (#"{"name":"PENDING"}"#, .queued), (#"{"name":"IN_PROGRESS"}"#, .running),
    (#"{"name":"COMPLETED","result":{"name":"SUCCESSFUL"}}"#, .succeeded),
    (#"{"name":"COMPLETED","result":{"name":"FAILED"}}"#, .failed),
    (#"{"name":"COMPLETED","result":{"name":"ERROR"}}"#, .failed),
    (#"{"name":"COMPLETED","result":{"name":"STOPPED"}}"#, .cancelled),
    (#"{"name":"COMPLETED","result":{"name":"EXPIRED"}}"#, .failed),
    (#"{"name":"COMPLETED","result":{"name":"NOT_RUN"}}"#, .skipped),
    (#"{"name":"COMPLETED"}"#, .unknown), (#"{"name":"WHAT"}"#, .unknown),
    (#"{"type":"pipeline_step_state_completed","result":{"type":"pipeline_step_state_completed_not_run"}}"#, .skipped),
  ]

  @Test(arguments: bitbucketSteps)
  func bitbucketStep(state: String, expected: State) throws {
    let set = join(
      """
      {"uuid":"{p}","type":"pipeline","state":{"name":"IN_PROGRESS"}}
      {"uuid":"{s}","type":"pipeline_step","pipeline":{"uuid":"{p}"},"state":\(state),"trigger":{"type":"pipeline_step_trigger_automatic"}}
      """)
    #expect(try #require(set.run("{p}")?.step("{s}")).state == expected)
  }

  static let bitbucketDeployments: [(String, State)] = [
    (#"{"name":"UNDEPLOYED"}"#, .queued), (#"{"name":"UNDEPLOYED","status":{}}"#, .queued),
    (#"{"name":"IN_PROGRESS"}"#, .running),
    (#"{"name":"COMPLETED","status":{"name":"SUCCESSFUL"}}"#, .succeeded),
    (#"{"name":"COMPLETED","status":{"name":"FAILED"}}"#, .failed),
    (#"{"name":"COMPLETED","status":{"name":"STOPPED"}}"#, .cancelled), (#"{"name":"COMPLETED"}"#, .unknown),
    (#"{"name":"ROLLED_BACK"}"#, .unknown),
    (#"{"type":"deployment_state_completed","status":{"type":"deployment_state_completed_status_successful"}}"#, .succeeded),
    (#"{"type":"deployment_state_completed","status":{"type":"deployment_state_completed_successful"}}"#, .succeeded),
    (#"{"type":"deployment_state_undeployed"}"#, .queued),
  ]

  @Test(arguments: bitbucketDeployments)
  func bitbucketDeployment(state: String, expected: State) throws {
    let set = join(#"{"uuid":"{d}","type":"deployment","environment":{"name":"Production"},"state":\#(state)}"#)
    #expect(try #require(set.deployments.first?.value).state == expected)
  }

  static let gitHubRuns: [(String, String, State)] = [
    ("queued", "null", .queued), ("requested", "null", .queued), ("pending", "null", .queued),
    ("in_progress", "null", .running),
    ("waiting", "null", .waiting), ("completed", "\"success\"", .succeeded), ("completed", "\"neutral\"", .succeeded),
    ("completed", "\"failure\"", .failed), ("completed", "\"timed_out\"", .failed),
    ("completed", "\"startup_failure\"", .failed),
    ("completed", "\"cancelled\"", .cancelled), ("completed", "\"skipped\"", .skipped),
    ("completed", "\"action_required\"", .waiting),
    ("completed", "\"stale\"", .superseded), ("completed", "null", .unknown), ("completed", "\"\"", .unknown),
    ("completed", "\"excellent\"", .unknown), ("COMPLETED", "\"SUCCESS\"", .succeeded), ("IN_PROGRESS", "\"\"", .running),
    ("WAITING", "\"\"", .waiting), ("something", "null", .unknown), ("in_progress", "\"success\"", .running),
    ("queued", "\"success\"", .queued), ("stale", "\"STALE\"", .superseded), ("inProgress", "null", .running),
  ]

  @Test(arguments: gitHubRuns)
  func gitHubRun(status: String, conclusion: String, expected: State) throws {
    let set = join(
      #"{"id":1,"run_number":1,"head_sha":"abcdef0","status":"\#(status)","conclusion":\#(conclusion),"updated_at":"2026-01-01T00:00:00Z"}"#
    )
    let run = try #require(set.run("1"))
    #expect(run.state == expected)
    #expect((run.finishedAt != nil) == expected.isTerminal)
  }

  static let gitHubStatuses: [(String, State)] = [
    ("queued", .queued), ("pending", .queued), ("waiting", .waiting), ("in_progress", .running), ("success", .succeeded),
    ("failure", .failed),
    ("error", .failed), ("inactive", .succeeded), ("SUCCESS", .succeeded), ("destroyed", .unknown), ("", .unknown),
  ]

  @Test(arguments: gitHubStatuses)
  func gitHubDeploymentStatus(word: String, expected: State) throws {
    let set = join(
      """
      {"id":5,"sha":"abcdef0","environment":"production","task":"deploy"}
      {"id":6,"state":"\(word)","created_at":"2026-01-01T00:00:00Z","deployment_url":"https://api.github.com/repos/a/b/deployments/5"}
      """)
    #expect(try #require(set.deployments.first?.value).state == expected)
  }

  @Test(arguments: State.allCases)
  func theCanonicalWordsAreRecased(state: State) throws {
    for word in [
      state.rawValue, state.rawValue.uppercased(), state.rawValue.prefix(2) + "_" + state.rawValue.dropFirst(2),
      " " + state.rawValue,
    ] {
      #expect(try #require(join(#"{"id":"1","state":"\#(word)"}"#).run("1")).state == state)
    }
  }

  @Test func anUnknownWordOfAProviderIsNotedOnceAFile() {
    let lines = (1...9).map { #"{"uuid":"{\#($0)}","type":"pipeline","state":{"name":"NEW_WORD"}}"# }
    let file = read(lines.joined(separator: "\n"))
    #expect(file.diagnostics.map(\.severity) == [.note])
    #expect(file.diagnostics.first?.message.text.contains("\"NEW_WORD\"") == true)
  }
}

@Suite struct UntoldStates {
  @Test(arguments: [
    (#"{"kind":"deployment","environment":"production","version":"1.0.0"}"#, true),
    (#"{"kind":"deployment","environment":"production","version":"1.0.0","run":"9"}"#, true),
    (#"{"kind":"deployment","environment":"production","version":"1.0.0","run":"1"}"#, false),
    (#"{"kind":"deployment","environment":"production","version":"1.0.0","state":"failed"}"#, false),
    (#"{"kind":"deployment","id":"d","environment":"production","version":"1.0.0"}"#, false),
  ])
  func ofDeploymentsAreTold(text: String, isTold: Bool) {
    let others = #"{"kind":"deployment","id":"d","environment":"production","state":"failed"}"#
    let set = join([text, others, #"{"id":"1","state":"succeeded"}"#].joined(separator: "\n"))
    #expect(set.diagnostics.map(\.message.id) == (isTold ? ["deployment-without-status"] : []))
  }
}

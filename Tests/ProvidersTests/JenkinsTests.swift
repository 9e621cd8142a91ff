import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct JenkinsBuilds {
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static func build(_ job: String, _ number: Int, _ rest: String) -> String {
    let path = job.split(separator: "/").map { "job/\($0)/" }.joined()
    return
      #"{"_class":"hudson.model.FreeStyleBuild","number":\#(number),"url":"https://ci.example/\#(path)\#(number)/","timestamp":1772445600000,\#(rest)}"#
  }

  /// A class with no packages: only its end tells.
  static func caused(_ name: String, _ description: String, _ rest: String = "") -> String {
    #""result":"SUCCESS","actions":[{},{"causes":[{"_class":"a.b.\#(name)","shortDescription":"\#(description)"\#(rest)}]},{}]"#
  }

  static let states: [(String, State, String?, Bool)] = [
    (#""result":"SUCCESS""#, .succeeded, "SUCCESS", false), (#""result":"UNSTABLE""#, .succeeded, "UNSTABLE", true),
    (#""result":"FAILURE""#, .failed, "FAILURE", false), (#""result":"ABORTED""#, .cancelled, "ABORTED", false),
    (#""result":"NOT_BUILT""#, .skipped, "NOT_BUILT", false), (#""result":"NOT_BUILD""#, .unknown, "NOT_BUILD", false),
    (#""result":null"#, .unknown, nil, false), (#""result":null,"building":false"#, .unknown, nil, false),
    (#""result":"","building":false"#, .unknown, nil, false), (#""result":null,"building":true"#, .running, "building", false),
    (#""result":"SUCCESS","building":true"#, .running, "building", false),
    (#""result":"FAILURE","building":true"#, .running, "building", false),
    (#""result":null,"inProgress":true"#, .running, "building", false), (#""result":"success""#, .succeeded, "success", false),
    (#""result":"GREEN""#, .unknown, "GREEN", false), (#""result":7"#, .unknown, nil, false),
  ]

  @Test(arguments: states)
  func aBuildIsWhatItsResultSaysOnceItIsOver(members: String, state: State, raw: String?, warning: Bool) throws {
    let run = try #require(join(Self.build("deploy", 42, members + #","duration":1500"#)).run("deploy-42"))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.warning == warning)
    #expect((run.finishedAt == nil) == !state.isTerminal)
    #expect(run.startedAt == (state == .skipped ? nil : time("2026-03-02T10:00:00Z")))
  }

  @Test func aBuildHasTheNameOfItsJobAndItsNumber() throws {
    let run = try #require(
      join(Self.build("team/my%20app/main", 7, #""result":"SUCCESS","duration":61500"#)).run("team/my app/main-7"))
    #expect(run.provider == "jenkins")
    #expect(run.pipeline == "team/my app/main")
    #expect(run.number == 7)
    #expect(run.url == "https://ci.example/job/team/job/my%20app/job/main/7/")
    #expect(run.createdAt == time("2026-03-02T10:00:00Z"))
    #expect(run.finishedAt == time("2026-03-02T10:01:01.5Z"))
    #expect(run.activeSeconds == 61.5)
    #expect(run.attempt == 1)
  }

  @Test func oneNumberInTwoJobsIsTwoRuns() {
    let text = [Self.build("a/main", 1, #""result":"SUCCESS""#), Self.build("b/main", 1, #""result":"FAILURE""#)]
    let set = join(text.joined(separator: "\n"))
    #expect(set.runs.map(\.value.id) == ["a/main-1", "b/main-1"])
    #expect(set.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("https://ci.example/jenkins/view/all/job/job/job/main/3/", "job/main-3"), ("/job/deploy/3/?depth=1", "deploy-3"),
    ("https://ci.example/job/a%2Fb/3", "a/b-3"), ("https://ci.example/job/100%/3/", "100%-3"),
  ])
  func theJobIsInTheAddress(url: String, id: String) {
    let text = #"{"number":3,"result":"SUCCESS","timestamp":1,"url":"\#(url)"}"#
    #expect(join(text).runs.map(\.value.id) == [id])
  }

  @Test(arguments: [
    (#""fullDisplayName":"team » app » main #3""#, "team/app/main-3"),
    (#""fullDisplayName":"team » app 1.4.2","displayName":"1.4.2""#, "team/app-3"), (#""fullDisplayName":"app""#, "app-3"),
    // The space and the accent behind it are one character.
    (#""fullDisplayName":"a \u0301x","displayName":"\u0301x""#, "a-3"),
    (#""fullDisplayName":"app","displayName":"app""#, "app-3"),
  ])
  func withoutAnAddressTheDisplayedNameIsTheJobs(members: String, id: String) {
    #expect(join(#"{"number":3,"result":"SUCCESS",\#(members)}"#).runs.map(\.value.id) == [id])
  }

  @Test func aBuildThatNamesNoJobIsSkipped() {
    let set = join(#"{"number":3,"result":"SUCCESS","timestamp":1}"#)
    #expect(set.account.skipped.map(\.reason) == ["a build that names no job"])
  }

  @Test(arguments: [
    #""result":"ABORTED","duration":0"#, #""result":"FAILURE""#, #""result":"FAILURE","duration":-4"#,
    #""result":"FAILURE","duration":"long""#,
  ])
  func aBuildThatTookNoTimeHasNoEnd(members: String) throws {
    let run = try #require(join(Self.build("deploy", 1, members)).run("deploy-1"))
    #expect(run.finishedAt == nil)
    #expect(run.activeSeconds == nil)
  }

  @Test func theEpochIsNoTimeAndHugeTimesDoNotCrash() throws {
    let lost = #"{"number":1,"url":"/job/a/1","timestamp":0,"duration":0,"result":"ABORTED"}"#
    let run = try #require(join(lost).run("a-1"))
    #expect(run.createdAt == nil && run.startedAt == nil && run.finishedAt == nil)
    let huge =
      #"{"number":9223372036854775807,"url":"/job/a/1","timestamp":9223372036854775807,"duration":9223372036854775807,"result":"ABORTED"}"#
    #expect(join(huge).runs.count == 1)
  }

  static let causes: [(String, String, Trigger.Kind)] = [
    ("Cause$UserIdCause", "Started by user Ana", .manual), ("ReplayCause", "Replayed #4", .manual),
    ("TimerTrigger$TimerTriggerCause", "Started by timer", .schedule), ("SCMTrigger$SCMTriggerCause", "An SCM change", .push),
    ("BranchEventCause", "Push event to branch main", .push), ("BranchEventCause", "Pull request #2 updated", .pullRequest),
    ("Cause$UpstreamCause", "Started by upstream project x", .upstream), ("Cause$RemoteCause", "Started by remote host", .api),
    ("BranchIndexingCause", "Branch indexing", .unknown), ("GitHubPushCause", "Started by GitHub push", .push),
  ]

  @Test(arguments: causes)
  func theCauseIsTheTrigger(name: String, description: String, type: Trigger.Kind) throws {
    let run = try #require(join(Self.build("deploy", 1, Self.caused(name, description))).run("deploy-1"))
    #expect(run.trigger == Trigger(type: type, raw: description))
    #expect(run.actor == nil)
  }

  @Test func theUserOfACauseStartedIt() throws {
    let cause = Self.caused("UserIdCause", "Started by user Ana", #","userId":"ana","userName":"Ana A.""#)
    #expect(try #require(join(Self.build("d", 1, cause)).run("d-1")).actor == Actor(name: "Ana A.", id: "ana", kind: .human))
    let plain = #""result":"SUCCESS","actions":[{"causes":[{"userId":"ana"}]}]"#
    let run = try #require(join(Self.build("d", 1, plain)).run("d-1"))
    #expect(run.trigger == Trigger(type: .manual))
    #expect(run.actor == Actor(name: "ana", id: "ana", kind: .human))
  }

  @Test func aTimeoutIsNoCauseOfAStart() throws {
    let actions =
      #""result":"ABORTED","actions":[{"causes":[{"_class":"x.TimeoutStepExecution$ExceededTimeout","shortDescription":"Timeout"}]},{"causes":[{"_class":"x.TimerTriggerCause","shortDescription":"Started by timer"}]}]"#
    #expect(try #require(join(Self.build("d", 1, actions)).run("d-1")).trigger?.type == .schedule)
  }

  static func data(_ branch: String, _ remote: String = "git@git.example:acme/shop.git", sha: String = sha) -> String {
    #"{"lastBuiltRevision":{"SHA1":"\#(sha)","branch":[{"name":"\#(branch)"}]},"remoteUrls":["\#(remote)"]}"#
  }

  static let refs: [(String, Ref?)] = [
    ("refs/remotes/origin/main", Ref(name: "main", type: .branch)), ("origin/fix/a", Ref(name: "fix/a", type: .branch)),
    ("main", Ref(name: "main", type: .branch)), ("PR-2", Ref(name: "PR-2", type: .pullRequest, pullRequest: "2")),
    ("PR-x", Ref(name: "PR-x", type: .branch)), ("detached", nil), ("refs/tags/v1.4.0", Ref(name: "v1.4.0", type: .tag)),
    ("v1.4.0", Ref(name: "v1.4.0", type: .other)),
  ]

  @Test(arguments: refs)
  func theRevisionThatWasBuiltTellsCommitBranchAndRepository(branch: String, ref: Ref?) throws {
    let run = try #require(join(Self.build("d", 1, #""result":"SUCCESS","actions":[\#(Self.data(branch))]"#)).run("d-1"))
    #expect(run.ref == ref)
    #expect(run.commit == Change(sha: Self.sha))
    #expect(run.repository == "acme/shop")
  }

  @Test func theJobsOwnCheckoutIsToldFromThoseOfLibraries() throws {
    let library = Self.data("master", "https://git.example/acme/library.git", sha: String(repeating: "f", count: 40))
    let actions = #""result":"SUCCESS","actions":[\#(library),\#(Self.data("main"))]"#
    let run = try #require(join(Self.build("shop/main", 1, actions)).run("shop/main-1"))
    #expect(run.repository == "acme/shop")
    #expect(run.commit?.sha == Self.sha)
  }

  /// `repository`: of the rule.
  @Test(arguments: [
    ("house/attic", "house/attic", nil), ("ci/library", "ci/library", "f"), ("library", "ci/library", "f"),
    ("git.example/ci/library", "ci/library", "f"),
  ])
  func aRuleKnowsWhoseCheckoutTheCommitIs(repository: String, expected: String, commit: Character?) throws {
    let library = Self.data("master", "https://git.example/ci/library.git", sha: String(repeating: "f", count: 40))
    let config = Self.data("master", "https://git.example/ops/config.git", sha: String(repeating: "e", count: 40))
    for actions in [[library], [library, config], [config, library]] {
      let items = #""changeSets":[{"items":[{"commitId":"\#(String(repeating: "f", count: 40))","msg":"Of the library"}]}]"#
      var set = join(
        Self.build("attic/main", 1, #""result":"SUCCESS","actions":[\#(actions.joined(separator: ","))],"# + items))
      applyRules(
        [Configuration.RecordRule(files: nil, values: ["repository": repository, "environment": "production"])], to: &set)
      let run = try #require(set.run("attic/main-1"))
      #expect(run.repository == expected)
      #expect(run.commit?.sha == commit.map { String(repeating: $0, count: 40) })
      #expect(run.commit?.message == commit.map { _ in "Of the library" })
      #expect(run.changes.count == (commit == nil ? 0 : 1))
      #expect((run.ref == nil) == (commit == nil))
    }
  }

  @Test func buildsOfOneJobHaveOneRepository() {
    let text = [
      Self.build("deploy", 1, #""result":"SUCCESS","actions":[\#(Self.data("main"))]"#),
      Self.build("deploy", 2, #""result":"FAILURE","actions":[{}]"#), Self.build("other", 2, #""result":"FAILURE""#),
    ]
    #expect(join(text.joined(separator: "\n")).runs.map(\.value.repository) == ["acme/shop", "acme/shop", nil])
  }

  @Test func theChangesOfABuildAreItsAndTellItsCommit() throws {
    let items =
      #"{"items":[{"commitId":"aaaaaaaaaa","msg":"One","author":{"fullName":"Ana"},"timestamp":1772445500000},{"commitId":"\#(Self.sha)","comment":"Two\n\nmore\n"},{"msg":"none"},7]}"#
    for key in [#""changeSet":"# + items, #""changeSets":["# + items + "]"] {
      let members = #""result":"SUCCESS","actions":[\#(Self.data("main"))],"# + key
      let run = try #require(join(Self.build("d", 1, members)).run("d-1"))
      #expect(run.changes.map(\.sha) == ["aaaaaaaaaa", Self.sha])
      #expect(run.changes.first?.author == "Ana")
      #expect(run.changes.first?.committedAt == time("2026-03-02T09:58:20Z"))
      #expect(run.title == "Two")
    }
  }

  // MARK: Jobs

  @Test func theBuildsOfJobsInFoldersAreRead() {
    let text = #"""
      {"_class":"Folder","name":"team","url":"https://ci.example/job/team/","jobs":[{"_class":"WorkflowMultiBranchProject","name":"app",
      "url":"https://ci.example/job/team/job/app/","jobs":[{"_class":"WorkflowJob","name":"main","url":"https://ci.example/job/team/job/app/job/main/",
      "builds":[{"number":2,"building":false,"result":"SUCCESS","fullDisplayName":"x #2"},{"number":1,"url":"https://ci.example/job/team/job/app/job/main/1/"}]}]}]}
      """#
    let set = join(text)
    #expect(set.runs.map(\.value.id) == ["team/app/main-2"])
    #expect(set.account.records == Account.Tally(rendered: 1, skipped: 1))
    #expect(set.account.skipped.first?.reason.hasPrefix("it names a build and tells nothing of it") == true)
  }

  @Test func aJobWithoutBuildsIsSkipped() {
    let set = join(#"[{"_class":"WorkflowJob","name":"main","url":"https://ci.example/job/main/","builds":[],"color":"blue"}]"#)
    #expect(set.account.skipped.map(\.reason) == ["a job is the plan of builds, no build"])
  }

  @Test func foldersInFoldersWithoutEndAreLeft() {
    var text = #"{"_class":"J","name":"a","url":"/job/a/","builds":[{"number":2,"result":"SUCCESS","timestamp":1}]}"#
    for _ in 1...50 { text = #"{"_class":"F","name":"f","url":"/job/f/","jobs":[\#(text)]}"# }
    let set = join(text)
    #expect(set.runs.isEmpty)
    #expect(set.account.records == Account.Tally(skipped: 1))
  }
}

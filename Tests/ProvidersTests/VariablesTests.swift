import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

/// The record of a run from the variables of its CI system (record.md, rule 7; provider-formats.md, the variables of each).
@Suite struct Variables {
  static let now = Timestamp(seconds: 1_772_445_600)  // 2026-03-02T10:00:00Z
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static let bitbucket = [
    "CI": "true", "BITBUCKET_BUILD_NUMBER": "128", "BITBUCKET_PIPELINE_UUID": "{0b0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a11}",
    "BITBUCKET_STEP_UUID": "{1c0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a12}", "BITBUCKET_COMMIT": sha, "BITBUCKET_BRANCH": "main",
    "BITBUCKET_REPO_FULL_NAME": "acme/shop", "BITBUCKET_DEPLOYMENT_ENVIRONMENT": "production", "BITBUCKET_TAG": "",
    "BITBUCKET_STEP_TRIGGERER_UUID": "{2c0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a13}",
  ]
  static let github = [
    "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "30433642", "GITHUB_RUN_NUMBER": "562", "GITHUB_RUN_ATTEMPT": "1",
    "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_SHA": sha,
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_REF_NAME": "main", "GITHUB_REF_TYPE": "branch", "GITHUB_HEAD_REF": "", "GITHUB_EVENT_NAME": "push",
    "GITHUB_ACTOR": "ana", "GITHUB_TRIGGERING_ACTOR": "ana", "GITHUB_WORKFLOW": "Deploy", "GITHUB_JOB": "ship",
  ]
  static let gitlab = [
    "GITLAB_CI": "true", "CI_PIPELINE_ID": "1001", "CI_PIPELINE_IID": "17", "CI_PIPELINE_SOURCE": "push",
    "CI_PIPELINE_URL": "https://gitlab.com/acme/shop/-/pipelines/1001", "CI_PIPELINE_CREATED_AT": "2026-03-02T09:50:00Z",
    "CI_PROJECT_PATH": "acme/shop", "CI_COMMIT_SHA": sha, "CI_COMMIT_BRANCH": "main", "CI_COMMIT_REF_NAME": "main",
    "CI_COMMIT_MESSAGE": "Faster\n\nMuch.", "CI_COMMIT_AUTHOR": "Ana M <ana@example.com>",
    "CI_COMMIT_TIMESTAMP": "2026-03-02T10:40:00+01:00", "CI_JOB_ID": "77", "CI_JOB_NAME": "deploy", "CI_JOB_STAGE": "ship",
    "CI_JOB_STATUS": "running", "CI_JOB_STARTED_AT": "2026-03-02T09:58:00Z", "CI_ENVIRONMENT_NAME": "production",
    "CI_ENVIRONMENT_TIER": "production", "CI_ENVIRONMENT_URL": "https://shop.example.com", "GITLAB_USER_LOGIN": "ana",
    "GITLAB_USER_ID": "9",
  ]
  static let jenkins = [
    "JENKINS_URL": "https://ci.example.com/", "BUILD_NUMBER": "42",
    "BUILD_URL": "https://ci.example.com/job/acme/job/shop/job/main/42/",
    "BUILD_TAG": "jenkins-acme-shop-main-42", "JOB_NAME": "acme/shop/main", "GIT_COMMIT": sha, "GIT_BRANCH": "origin/main",
    "GIT_URL": "git@github.com:acme/shop.git", "BRANCH_NAME": "main", "STAGE_NAME": "Deploy",
  ]
  static let azure = [
    "TF_BUILD": "True", "BUILD_BUILDID": "2345", "BUILD_BUILDNUMBER": "20260302.4", "BUILD_SOURCEVERSION": sha,
    "BUILD_SOURCEBRANCH": "refs/heads/main", "BUILD_REPOSITORY_NAME": "shop", "BUILD_DEFINITIONNAME": "shop-ci",
    "BUILD_REASON": "IndividualCI", "BUILD_REQUESTEDFOR": "Ana M", "SYSTEM_TEAMPROJECT": "Acme Web",
    "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/", "BUILD_SOURCEVERSIONMESSAGE": "Faster",
    "SYSTEM_PIPELINESTARTTIME": "2026-03-02 09:50:00+00:00", "SYSTEM_STAGENAME": "Production", "SYSTEM_STAGEATTEMPT": "2",
    "AGENT_JOBNAME": "Ship", "AGENT_JOBSTATUS": "Succeeded", "ENVIRONMENT_NAME": "prod",
  ]
  static let circleCI = [
    "CIRCLECI": "true", "CIRCLE_WORKFLOW_ID": "5034460f-c7c4-4c43-9457-de07e2029e7b", "CIRCLE_PROJECT_USERNAME": "acme",
    "CIRCLE_PROJECT_REPONAME": "shop", "CIRCLE_SHA1": sha, "CIRCLE_BRANCH": "main", "CIRCLE_JOB": "ship",
    "CIRCLE_BUILD_URL": "https://circleci.com/gh/acme/shop/99", "CIRCLE_USERNAME": "ana", "CIRCLE_WORKFLOW_NAME": "release",
    "CIRCLE_WORKFLOW_JOB_ID": "77", "CIRCLE_PIPELINE_NUMBER": "5",
  ]
  static let buildkite = [
    "BUILDKITE": "true", "BUILDKITE_BUILD_NUMBER": "42", "BUILDKITE_PIPELINE_SLUG": "shop",
    "BUILDKITE_ORGANIZATION_SLUG": "acme",
    "BUILDKITE_BUILD_URL": "https://buildkite.com/acme/shop/builds/42", "BUILDKITE_COMMIT": sha, "BUILDKITE_BRANCH": "main",
    "BUILDKITE_TAG": "", "BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_MESSAGE": "Faster\n\nMuch.",
    "BUILDKITE_SOURCE": "webhook",
    "BUILDKITE_BUILD_CREATOR": "Ana", "BUILDKITE_REPO": "git@github.com:acme/shop.git", "BUILDKITE_JOB_ID": "aa-77",
    "BUILDKITE_LABEL": ":rocket: Ship",
  ]
  static let systems = [
    "bitbucket": bitbucket, "github": github, "gitlab": gitlab, "jenkins": jenkins, "azure-devops": azure, "circleci": circleCI,
    "buildkite": buildkite,
  ]

  private func record(
    _ variables: [String: String], with more: [String: String] = [:], without: String? = nil, steps: String? = nil,
    _ change: (inout RunFlags) -> Void = { _ in }
  ) -> Parsed<RunRecord?> {
    var all = variables.merging(more) { $1 }
    if let without { all[without] = nil }
    var flags = RunFlags(now: Variables.now)
    change(&flags)
    return runRecord(of: all, flags: flags, steps: steps.map { Source(file: "steps.json", bytes: Array($0.utf8)) })
  }

  private func run(
    _ variables: [String: String], with more: [String: String] = [:], without: String? = nil, steps: String? = nil,
    _ change: (inout RunFlags) -> Void = { _ in }
  ) throws -> RunRecord {
    let parsed = record(variables, with: more, without: without, steps: steps, change)
    #expect(parsed.diagnostics.isEmpty)
    return try #require(parsed.value)
  }

  // MARK: One run with its payload

  struct Twin: Sendable {
    let system: String
    let payload: String
  }

  static let twins = [
    Twin(
      system: "bitbucket",
      payload: #"""
        {"type":"pipeline","uuid":"{0b0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a11}","build_number":128,"repository":{"full_name":"acme/shop"},
         "state":{"name":"IN_PROGRESS"},"created_on":"2026-03-02T09:00:00Z"}
        """#),
    Twin(
      system: "github",
      payload: #"""
        {"id":30433642,"run_number":562,"event":"push","status":"in_progress","conclusion":null,"head_sha":"\#(sha)","run_attempt":1,
         "html_url":"https://github.com/acme/shop/actions/runs/30433642","repository":{"full_name":"acme/shop"},"workflow_id":1}
        """#),
    Twin(
      system: "gitlab",
      payload: #"""
        {"id":1001,"iid":17,"sha":"\#(sha)","ref":"main","status":"running","source":"push","before_sha":"\#(sha)",
         "web_url":"https://gitlab.com/acme/shop/-/pipelines/1001"}
        """#),
    Twin(
      system: "jenkins",
      payload: #"""
        {"_class":"org.jenkinsci.plugins.workflow.job.WorkflowRun","number":42,"building":true,"result":null,"timestamp":1772445000000,
         "url":"https://ci.example.com/job/acme/job/shop/job/main/42/","actions":[{"_class":"hudson.plugins.git.util.BuildData",
         "lastBuiltRevision":{"SHA1":"\#(sha)","branch":[{"SHA1":"\#(sha)","name":"main"}]},"remoteUrls":["git@github.com:acme/shop.git"]}]}
        """#),
    Twin(
      system: "azure-devops",
      payload: #"""
        {"id":2345,"buildNumber":"20260302.4","status":"inProgress","queueTime":"2026-03-02T09:50:00Z","sourceVersion":"\#(sha)",
         "definition":{"name":"shop-ci"},"project":{"name":"Acme Web"},"repository":{"id":"r","name":"shop","type":"TfsGit"},
         "url":"https://dev.azure.com/acme/x/_apis/build/Builds/2345"}
        """#),
    Twin(
      system: "circleci",
      payload: #"""
        {"id":"5034460f-c7c4-4c43-9457-de07e2029e7b","name":"release","status":"running","pipeline_id":"p","pipeline_number":5,
         "project_slug":"gh/acme/shop","created_at":"2026-03-02T09:50:00Z","stopped_at":null}
        """#),
    Twin(
      system: "buildkite",
      payload: #"""
        {"id":"b","number":42,"state":"running","blocked":false,"web_url":"https://buildkite.com/acme/shop/builds/42","commit":"\#(sha)",
         "branch":"main","pipeline":{"slug":"shop","repository":"git@github.com:acme/shop.git"},"jobs":[]}
        """#),
  ]

  @Test(arguments: twins)
  func theRecordAndThePayloadAreOneRun(twin: Twin) throws {
    let own = try run(try #require(Variables.systems[twin.system]))
    let told = try #require(join(twin.payload).runs.first?.value)
    #expect(own.provider == told.provider)
    #expect(own.repository == told.repository)
    #expect(own.id == told.id)
    #expect(own.attempt == told.attempt)
    #expect(CanonicalRecord(own, Configuration()).identity == CanonicalRecord(told, Configuration()).identity)
  }

  // MARK: Facts

  @Test func bitbucketTellsItsRunAndItsStep() throws {
    let run = try run(Variables.bitbucket)
    #expect((run.number, run.url) == (128, "https://bitbucket.org/acme/shop/pipelines/results/128"))
    #expect(run.commit?.sha == Variables.sha && run.ref == Ref(name: "main", type: .branch))
    #expect((run.state, run.startedAt, run.finishedAt) == (.running, Variables.now, nil))
    #expect(run.deployments.map(\.environment.name) == ["production"])
    #expect(run.deployments.map(\.state) == [.running])
    #expect(run.steps.map(\.key) == ["{1c0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a12}"])
    // A UUID is no name.
    #expect(run.actor == nil)
  }

  @Test func gitLabTellsCommitJobEnvironmentAndTimes() throws {
    let run = try run(Variables.gitlab)
    #expect((run.commit?.message, run.commit?.author) == ("Faster\n\nMuch.", "Ana M"))
    #expect(run.commit?.committedAt == time("2026-03-02T09:40:00Z"))
    #expect((run.createdAt, run.startedAt) == (time("2026-03-02T09:50:00Z"), nil))
    #expect(run.trigger == Trigger(type: .push, raw: "push"))
    #expect(run.actor == Actor(name: "ana", id: "9"))
    let step = try #require(run.steps.first)
    #expect((step.key, step.name, step.stage, step.state) == ("77", "deploy", "ship", .running))
    #expect(step.startedAt == time("2026-03-02T09:58:00Z"))
    let deployment = try #require(run.deployments.first)
    #expect(deployment.environment == .init(name: "production", tier: .production, url: "https://shop.example.com"))
    #expect((deployment.step, deployment.promotion) == ("77", nil))
  }

  @Test func azureDevOpsTellsItsRunWithTheAddressOfPeople() throws {
    let run = try run(Variables.azure)
    #expect(run.url == "https://dev.azure.com/acme/Acme%20Web/_build/results?buildId=2345")
    #expect((run.pipeline, run.createdAt) == ("shop-ci", time("2026-03-02T09:50:00Z")))
    #expect(run.steps.map(\.stage) == ["Production"] && run.steps.map(\.attempt) == [2])
    // The job so far has succeeded; the run goes on.
    #expect(
      (run.state, run.deployments.first?.state, run.deployments.first?.environment.name) == (.running, .succeeded, "prod"))
    #expect(run.deployments.first?.finishedAt == Variables.now)
  }

  @Test func jenkinsFallsBackToTheNameOfTheJob() throws {
    #expect(try run(Variables.jenkins, without: "BUILD_URL").id == "acme/shop/main-42")
    #expect(try run(Variables.jenkins, without: "BRANCH_NAME").ref == Ref(name: "main", type: .branch))
  }

  @Test func buildkiteTellsWhoPressedTheButton() throws {
    let run = try run(Variables.buildkite, with: ["BUILDKITE_UNBLOCKER": "Bea"]) { $0.environments = ["live"] }
    #expect(run.title == "Faster" && run.steps.map(\.name) == [":rocket: Ship"])
    #expect(run.deployments.map(\.promotion) == [.manual])
    #expect(try self.run(Variables.buildkite) { $0.environments = ["live"] }.deployments.map(\.promotion) == [nil])
  }

  @Test func aManualJobOfGitLabIsAManualPromotion() throws {
    #expect(try run(Variables.gitlab, with: ["CI_JOB_MANUAL": "true"]).deployments.map(\.promotion) == [.manual])
  }

  @Test(arguments: [("stop", DeploymentRecord.Action.remove, 1), ("start", nil, 1), ("verify", nil, 0), ("access", nil, 0)])
  func onlyJobsThatStartOrStopAnEnvironmentDeploy(word: String, action: DeploymentRecord.Action?, count: Int) throws {
    let deployments = try run(Variables.gitlab, with: ["CI_ENVIRONMENT_ACTION": word]).deployments
    #expect(deployments.count == count)
    #expect(deployments.first?.action == action)
  }

  // MARK: Kinds of builds

  @Test(arguments: [
    ("bitbucket", ["BITBUCKET_TAG": "v1.4.0", "BITBUCKET_BRANCH": ""]),
    ("github", ["GITHUB_REF": "refs/tags/v1.4.0", "GITHUB_REF_NAME": "v1.4.0", "GITHUB_REF_TYPE": "tag"]),
    ("gitlab", ["CI_COMMIT_TAG": "v1.4.0", "CI_COMMIT_BRANCH": "", "CI_COMMIT_REF_NAME": "v1.4.0"]),
    ("jenkins", ["TAG_NAME": "v1.4.0", "BRANCH_NAME": "v1.4.0"]),
    ("azure-devops", ["BUILD_SOURCEBRANCH": "refs/tags/v1.4.0"]),
    ("circleci", ["CIRCLE_TAG": "v1.4.0", "CIRCLE_BRANCH": ""]),
    ("buildkite", ["BUILDKITE_TAG": "v1.4.0", "BUILDKITE_BRANCH": "v1.4.0"]),
  ])
  func aTagBuildHasTheTag(system: String, more: [String: String]) throws {
    let run = try run(try #require(Variables.systems[system]), with: more)
    #expect(run.ref == Ref(name: "v1.4.0", type: .tag))
    // The tag is the version by the rule of records; nothing has to say it twice.
    #expect(run.version == nil)
    #expect(run.trigger == nil || run.trigger?.type == .tag)
  }

  @Test(arguments: [
    ("bitbucket", ["BITBUCKET_PR_ID": "7", "BITBUCKET_BRANCH": "feature"]),
    (
      "github",
      [
        "GITHUB_REF": "refs/pull/7/merge", "GITHUB_REF_NAME": "7/merge", "GITHUB_HEAD_REF": "feature",
        "GITHUB_EVENT_NAME": "pull_request",
      ]
    ),
    (
      "gitlab",
      [
        "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature",
        "CI_PIPELINE_SOURCE": "merge_request_event",
      ]
    ),
    ("jenkins", ["CHANGE_ID": "7", "CHANGE_BRANCH": "feature", "BRANCH_NAME": "PR-7"]),
    (
      "azure-devops",
      [
        "SYSTEM_PULLREQUEST_PULLREQUESTID": "7", "SYSTEM_PULLREQUEST_SOURCEBRANCH": "refs/heads/feature",
        "BUILD_REASON": "PullRequest",
      ]
    ),
    ("circleci", ["CIRCLE_PULL_REQUEST": "https://github.com/acme/shop/pull/7", "CIRCLE_BRANCH": "feature"]),
    ("buildkite", ["BUILDKITE_PULL_REQUEST": "7", "BUILDKITE_BRANCH": "feature"]),
  ])
  func aPullRequestHasItsNumber(system: String, more: [String: String]) throws {
    let run = try run(try #require(Variables.systems[system]), with: more)
    #expect(run.ref == Ref(name: "feature", type: .pullRequest, pullRequest: "7"))
    #expect(run.trigger == nil || run.trigger?.type == .pullRequest)
  }

  @Test func anotherAttemptIsToldByWhoeverStartedIt() throws {
    let run = try run(Variables.github, with: ["GITHUB_RUN_ATTEMPT": "2", "GITHUB_TRIGGERING_ACTOR": "renovate[bot]"])
    #expect((run.attempt, run.actor) == (2, Actor(name: "renovate[bot]", kind: .bot)))
    #expect(try self.run(Variables.bitbucket) { $0.attempt = 3 }.attempt == 3)
  }

  // MARK: States

  @Test(arguments: [
    ("bitbucket", ["BITBUCKET_EXIT_CODE": "0"], State.succeeded, State.running),
    ("bitbucket", ["BITBUCKET_EXIT_CODE": "127"], .failed, .failed),
    ("bitbucket", ["BITBUCKET_EXIT_CODE": "2"], .failed, .failed),
    ("bitbucket", [:], .running, .running), ("gitlab", ["CI_JOB_STATUS": "success"], .succeeded, .running),
    ("gitlab", ["CI_JOB_STATUS": "failed"], .failed, .failed),
    ("gitlab", ["CI_JOB_STATUS": "canceled"], .cancelled, .cancelled),
    ("azure-devops", ["AGENT_JOBSTATUS": "Failed"], .failed, .failed),
    ("azure-devops", ["AGENT_JOBSTATUS": "SucceededWithIssues"], .succeeded, .running),
    ("buildkite", ["BUILDKITE_COMMAND_EXIT_STATUS": "-1"], .failed, .failed), ("github", [:], .running, .running),
    ("jenkins", [:], .running, .running), ("circleci", [:], .running, .running), ("buildkite", [:], .running, .running),
  ])
  func theJobsOutcomeDecidesItsDeploymentAndOnlyAFailureTheRun(
    system: String, more: [String: String], deployment: State, state: State
  ) throws {
    let run = try run(try #require(Variables.systems[system]), with: more) { $0.environments = ["live"] }
    #expect(run.deployments.map(\.state) == [deployment])
    #expect(run.state == state)
    #expect((run.finishedAt != nil) == state.isTerminal)
    #expect(run.deployments.allSatisfy { ($0.finishedAt != nil) == deployment.isTerminal })
  }

  @Test(arguments: [
    ("succeeded", State.succeeded, false), ("success", .succeeded, false), ("SUCCESS", .succeeded, false),
    ("UNSTABLE", .succeeded, true),
    ("failure", .failed, false), ("ABORTED", .cancelled, false), ("cancelled", .cancelled, false),
    ("NOT_BUILT", .skipped, false),
    ("in_progress", .running, false),
  ])
  func theFlagDecidesTheRun(word: String, state: State, warning: Bool) throws {
    let run = try run(Variables.jenkins) { ($0.state, $0.environments) = (word, ["live"]) }
    #expect((run.state, run.stateRaw, run.warning) == (state, word, warning))
    #expect(run.deployments.map(\.state) == [state])
  }

  @Test func theFlagOutweighsTheVariable() throws {
    let run = try run(Variables.bitbucket, with: ["BITBUCKET_EXIT_CODE": "1"]) { $0.state = "succeeded" }
    #expect((run.state, run.deployments.first?.state) == (.succeeded, .succeeded))
  }

  @Test func flagsSayWhatNoVariableHolds() throws {
    let run = try run(Variables.github) {
      ($0.environments, $0.version, $0.service, $0.actor) = (["staging", "live"], "1.4.0", "checkout", "Bea")
      ($0.action, $0.reason, $0.isHotfix, $0.pipeline) = ("rollback", "it broke", true, "Ship")
    }
    #expect(run.deployments.map(\.environment.name) == ["staging", "live"])
    #expect(run.deployments.map(\.action) == [.rollback, .rollback] && run.deployments.map(\.hotfix) == [true, true])
    #expect(run.deployments.map(\.reason) == ["it broke", "it broke"])
    #expect((run.version?.name, run.service, run.actor?.name, run.pipeline) == ("1.4.0", "checkout", "Bea", "Ship"))
  }

  @Test func aFlagForTheVariablesEnvironmentKeepsWhatElseIsKnownOfIt() throws {
    let run = try run(Variables.gitlab) { $0.environments = ["Production", "other"] }
    #expect(run.deployments.map(\.environment.tier) == [.production, nil])
  }

  // MARK: Faults

  @Test(arguments: [
    ("bitbucket", "BITBUCKET_PIPELINE_UUID"), ("github", "GITHUB_RUN_ID"), ("github", "GITHUB_REPOSITORY"),
    ("gitlab", "CI_PIPELINE_ID"),
    ("jenkins", "BUILD_NUMBER"), ("azure-devops", "BUILD_BUILDID"), ("circleci", "CIRCLE_WORKFLOW_ID"),
    ("circleci", "CIRCLE_WORKFLOW_NAME"), ("circleci", "CIRCLE_PIPELINE_NUMBER"), ("buildkite", "BUILDKITE_BUILD_NUMBER"),
    ("buildkite", "BUILDKITE_PIPELINE_SLUG"),
  ])
  func aMissingVariableIsNamed(system: String, variable: String) throws {
    let variables = try #require(Variables.systems[system])
    for more in [[:], [variable: "  "]] {
      let parsed = record(more.isEmpty ? variables : variables.merging(more) { $1 }, without: more.isEmpty ? variable : nil)
      #expect(parsed.value == nil)
      let message = try #require(parsed.diagnostics.first?.message)
      #expect(message.id == "missing-variable")
      #expect((message.text + (message.suggestion ?? "")).contains(variable))
    }
  }

  @Test func allThatIsMissingIsToldAtOnce() {
    #expect(record(["BUILDKITE": "true"]).diagnostics.count == 2)
  }

  @Test(arguments: [
    ("bitbucket", "BITBUCKET_EXIT_CODE", "one"), ("github", "GITHUB_RUN_ATTEMPT", "-1"),
    ("jenkins", "BUILD_NUMBER", "99999999999999999999"),
    ("bitbucket", "BITBUCKET_BUILD_NUMBER", "1e3"),
  ])
  func aNumberThatIsNoneIsNamed(system: String, variable: String, value: String) throws {
    let parsed = record(try #require(Variables.systems[system]), with: [variable: value])
    #expect(parsed.value == nil)
    #expect(parsed.diagnostics.map(\.message.id) == ["wrong-variable"])
    #expect(parsed.diagnostics.first?.message.text.contains(variable) == true)
  }

  @Test func withoutAPipelineOrWithTwoTheSystemMustBeSaid() throws {
    #expect(record([:]).diagnostics.map(\.message.id) == ["no-pipeline"])
    let both = Variables.jenkins.merging(Variables.gitlab) { $1 }
    #expect(record(both).diagnostics.map(\.message.id) == ["several-pipelines"])
    #expect(try run(both) { $0.provider = "jenkins" }.provider == "jenkins")
    #expect(record(both) { $0.provider = "hudson" }.diagnostics.map(\.message.id) == ["unknown-option-value"])
  }

  @Test func aWordThatIsNoStateIsAnError() throws {
    let parsed = record(Variables.github) { ($0.state, $0.action) = ("sucess", "rolback") }
    #expect(parsed.value == nil)
    #expect(parsed.diagnostics.map(\.message.suggestion) == ["success", "rollback"])
  }

  @Test func hostileValuesAreOnlyText() throws {
    let text = "\u{202E}<script>\u{0}\n" + String(repeating: "x", count: 100_000)
    for (system, variables) in Variables.systems.sorted(by: { $0.key < $1.key }) {
      let names = Set([
        "BITBUCKET_BUILD_NUMBER", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "CIRCLECI", "BUILDKITE",
      ])
      for name in variables.keys.sorted() where !names.contains(name) {
        let parsed = record(variables, with: [name: text])
        if let run = parsed.value {
          let line = canonicalJSON(run)
          #expect(readRecords(Source(file: "a.json", bytes: line)).runs.map(\.value.id) == [run.id], "\(system) \(name)")
        } else {
          #expect(!parsed.diagnostics.isEmpty, "\(system) \(name)")
        }
      }
    }
  }

  // MARK: Steps

  @Test func stepsOfTheProvidersPayloadAreThoseOfTheRun() throws {
    let jobs = #"""
      {"total_count":3,"jobs":[
       {"id":1,"run_id":30433642,"run_attempt":1,"name":"build","status":"completed","conclusion":"success","head_sha":"\#(Variables.sha)",
        "started_at":"2026-03-02T09:51:00Z","completed_at":"2026-03-02T09:55:00Z","steps":[]},
       {"id":2,"run_id":30433642,"run_attempt":1,"name":"ship","status":"in_progress","conclusion":null,"head_sha":"\#(Variables.sha)",
        "started_at":"2026-03-02T09:56:00Z","completed_at":null,"steps":[]},
       {"id":3,"run_id":99,"run_attempt":1,"name":"other","status":"completed","conclusion":"success","head_sha":"\#(Variables.sha)",
        "started_at":"2026-03-02T09:56:00Z","completed_at":"2026-03-02T09:57:00Z","steps":[]}]}
      """#
    let run = try #require(record(Variables.github, steps: jobs) { ($0.state, $0.environments) = ("success", ["live"]) }.value)
    #expect(run.steps.map(\.name).sorted() == ["build", "ship"])
    #expect(run.steps.first { $0.name == "ship" }?.state == .succeeded)
    #expect((run.state, run.deployments.map(\.state)) == (.succeeded, [.succeeded]))
  }

  /// The variables of a job that is run again within its run, and what its step and its deployment count.
  @Test(
    arguments: [
      (azure, ["SYSTEM_STAGEATTEMPT": "2", "SYSTEM_JOBATTEMPT": "1"], 2, 2),
      (azure, ["SYSTEM_STAGEATTEMPT": "1", "SYSTEM_JOBATTEMPT": "2"], 2, 1),
      (azure, ["SYSTEM_STAGEATTEMPT": "1", "SYSTEM_JOBATTEMPT": "2", "AGENT_JOBNAME": ""], nil, 2),
      (bitbucket, ["BITBUCKET_STEP_RUN_NUMBER": "2"], 2, 2), (bitbucket, [:], 1, nil),
      (buildkite, ["BUILDKITE_RETRY_COUNT": "1", "BUILDKITE_JOB_ID": "j2"], 2, nil),
    ] as [([String: String], [String: String], Int?, Int?)])
  func aJobThatIsRunAgainCountsOn(variables: [String: String], more: [String: String], step: Int?, deployment: Int?) throws {
    let run = try run(variables, with: more) { ($0.state, $0.environments) = ("success", ["production"]) }
    #expect(run.attempt == 1)
    #expect(run.steps.first?.attempt == step)
    #expect(run.deployments.map(\.attempt) == [deployment])
  }

  @Test func aRunIsNotOverWhileItsPayloadSaysThatItWaits() throws {
    let steps = #"""
      {"values":[
       {"type":"pipeline_step","uuid":"{1c0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a12}","pipeline":{"uuid":"{0b0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a11}"},
        "name":"Staging","state":{"name":"IN_PROGRESS"},"trigger":{"type":"pipeline_step_trigger_automatic"}},
       {"type":"pipeline_step","uuid":"{3c0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a12}","pipeline":{"uuid":"{0b0a2f5d-7a8e-4d57-8d6d-0f7f4a8f3a11}"},
        "name":"Production","state":{"name":"PENDING","stage":{"name":"PAUSED"}},"trigger":{"type":"pipeline_step_trigger_manual"}}]}
      """#
    let run = try #require(record(Variables.bitbucket, steps: steps) { $0.state = "succeeded" }.value)
    #expect(run.gates.map(\.state) == [.waiting])
    #expect((run.state, run.finishedAt) == (.waiting, nil))
    #expect(run.steps.map(\.state).contains(.succeeded))
  }

  @Test func aListOfCanonicalStepsIsTakenAsItIs() throws {
    let run = try run(
      Variables.github, steps: #"[{"name":"build","state":"succeeded"},{"name":"lint","state":"failed","optional":true}]"#)
    #expect(run.steps.map(\.name) == ["build", "lint", "ship"])
    #expect(run.steps.map(\.optional) == [false, true, false])
  }

  @Test func aPayloadWithoutStepsOfThisRunIsTold() throws {
    let parsed = record(Variables.github, steps: #"{"total_count":0,"jobs":[]}"#)
    #expect(parsed.value != nil)
    #expect(parsed.diagnostics.map(\.message.id).contains("no-steps"))
    let unread = record(Variables.github, steps: "{")
    #expect(unread.value != nil)
    #expect(unread.diagnostics.allSatisfy { $0.severity == .warning })
    #expect(unread.diagnostics.map(\.message.id).contains("no-steps"))
  }
}

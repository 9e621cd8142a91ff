import Records

extension RunVariables {
  /// https://docs.gitlab.com/ci/variables/predefined_variables/: the job's outcome is there in `after_script` only.
  static let gitlab = RunVariables(provider: "gitlab", markers: ["GITLAB_CI"]) { reader in
    guard let id = reader.required("CI_PIPELINE_ID") else { return nil }
    var run = RunRecord(id: id, state: .running)
    run.provider = "gitlab"
    run.url = reader.text("CI_PIPELINE_URL")
    run.repository = GitLab.repository(run.url) ?? reader.text("CI_PROJECT_PATH")
    run.number = reader.whole("CI_PIPELINE_IID")
    run.title = reader.text("CI_PIPELINE_NAME")
    run.createdAt = reader.time("CI_PIPELINE_CREATED_AT")
    run.commit = reader.text("CI_COMMIT_SHA").flatMap(makeChange)
    run.commit?.message = reader.text("CI_COMMIT_MESSAGE")
    // `Name <address>`: the address is nobody's business here.
    run.commit?.author = reader.text("CI_COMMIT_AUTHOR").map { author in
      let name = author.prefix { $0 != "<" }.split(separator: " ").joined(separator: " ")
      return name.isEmpty ? author : name
    }
    run.commit?.committedAt = reader.time("CI_COMMIT_TIMESTAMP")
    if let request = reader.text("CI_MERGE_REQUEST_IID") {
      let branch = reader.text("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME") ?? request
      run.ref = Ref(name: branch, type: .pullRequest, pullRequest: request)
    } else if let tag = reader.text("CI_COMMIT_TAG") {
      run.ref = Ref(name: tag, type: .tag)
    } else {
      run.ref = reader.text("CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME").map { Ref(name: $0, type: .branch) }
    }
    run.trigger = reader.text("CI_PIPELINE_SOURCE").map { GitLab.trigger($0, run.ref) }
    run.actor = reader.text("GITLAB_USER_LOGIN", "GITLAB_USER_NAME").map { Actor(name: $0, id: reader.text("GITLAB_USER_ID")) }
    var facts = RunFacts(run, key: GitLab.key(run.repository, id))
    if let name = reader.text("CI_JOB_NAME") {
      var job = Step(name: name, state: .running)
      (job.key, job.stage, job.url) = (reader.text("CI_JOB_ID"), reader.text("CI_JOB_STAGE"), reader.text("CI_JOB_URL"))
      job.startedAt = reader.time("CI_JOB_STARTED_AT")
      facts.job = job
    }
    facts.outcome = reader.text("CI_JOB_STATUS").flatMap(JobOutcome.init(word:))
    if reader.flag("CI_JOB_MANUAL") { facts.promotion = .manual }
    // A job that only looks at an environment (`prepare`, `verify`, `access`) deploys nothing.
    switch reader.text("CI_ENVIRONMENT_ACTION") ?? "start" {
    case "start": break
    case "stop": facts.action = .remove
    default: return facts
    }
    facts.environment = reader.text("CI_ENVIRONMENT_NAME").map {
      .init(
        name: $0, tier: reader.text("CI_ENVIRONMENT_TIER").flatMap { GitLab.tiers[$0] }, url: reader.text("CI_ENVIRONMENT_URL"))
    }
    return facts
  }
}

import Records

extension RunVariables {
  /// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/: no variable has a person's name, a time, or how the run was
  /// started; the exit code is there in `after-script` only. A step that is run again keeps its pipeline, and counts on.
  static let bitbucket = RunVariables(provider: "bitbucket", markers: ["BITBUCKET_BUILD_NUMBER"]) { reader in
    guard let id = reader.required("BITBUCKET_PIPELINE_UUID") else { return nil }
    var run = RunRecord(id: id, state: .running)
    run.provider = "bitbucket"
    run.repository = reader.text("BITBUCKET_REPO_FULL_NAME")
    run.number = reader.whole("BITBUCKET_BUILD_NUMBER")
    if let repository = run.repository, let number = run.number {
      run.url = "https://bitbucket.org/\(repository)/pipelines/results/\(number)"
    }
    run.commit = reader.text("BITBUCKET_COMMIT").flatMap(makeChange)
    if let request = reader.text("BITBUCKET_PR_ID") {
      run.ref = Ref(name: reader.text("BITBUCKET_BRANCH") ?? request, type: .pullRequest, pullRequest: request)
    } else if let tag = reader.text("BITBUCKET_TAG") {
      run.ref = Ref(name: tag, type: .tag)
    } else {
      run.ref = reader.text("BITBUCKET_BRANCH").map { Ref(name: $0, type: .branch) }
    }
    var facts = RunFacts(run, key: id)
    facts.attempt = reader.whole("BITBUCKET_STEP_RUN_NUMBER").map { min(max(1, $0), 1000) }
    facts.outcome = reader.exitCode("BITBUCKET_EXIT_CODE")
    if let key = reader.text("BITBUCKET_STEP_UUID") {
      facts.job = Step(name: reader.text("BITBUCKET_STEP_NAME") ?? "", state: .running)
      facts.job?.key = key
    }
    facts.environment = reader.text("BITBUCKET_DEPLOYMENT_ENVIRONMENT").map { .init(name: $0) }
    return facts
  }
}

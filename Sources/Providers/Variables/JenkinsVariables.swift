import Records

extension RunVariables {
  /// https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables: how the build ended is only in Groovy
  /// (`currentBuild.currentResult`), and so are its times.
  static let jenkins = RunVariables(provider: "jenkins", markers: ["JENKINS_URL", "JENKINS_HOME"]) { reader in
    guard let number = reader.required("BUILD_NUMBER"), reader.whole("BUILD_NUMBER") != nil else { return nil }
    let url = reader.text("BUILD_URL")
    guard let job = url.flatMap(Jenkins.path) ?? reader.required("JOB_NAME") else { return nil }
    var run = RunRecord(id: "\(job)-\(number)", state: .running)
    run.provider = "jenkins"
    run.pipeline = job
    run.number = Int(number)
    run.url = url
    run.repository = reader.text("GIT_URL", "GIT_URL_1").flatMap(repositoryName)
    run.commit = reader.text("GIT_COMMIT").flatMap(makeChange)
    if let request = reader.text("CHANGE_ID") {
      run.ref = Ref(name: reader.text("CHANGE_BRANCH", "BRANCH_NAME") ?? request, type: .pullRequest, pullRequest: request)
    } else if let tag = reader.text("TAG_NAME") {
      run.ref = Ref(name: tag, type: .tag)
    } else if let branch = reader.text("BRANCH_NAME", "GIT_LOCAL_BRANCH") {
      run.ref = Ref(name: branch, type: .branch)
    } else if let branch = reader.text("GIT_BRANCH") {
      // As Git sees it: with the name of the remote before it.
      run.ref = Ref(name: branch.hasPrefix("origin/") ? String(branch.dropFirst(7)) : branch, type: .branch)
    }
    // Of the plugin that is installed for it.
    run.actor = reader.text("BUILD_USER").map { name in
      Actor(name: name, id: reader.text("BUILD_USER_ID"), kind: reader.text("BUILD_USER_ID") == nil ? .unknown : .human)
    }
    var facts = RunFacts(run, key: run.id)
    facts.job = reader.text("STAGE_NAME").map { Step(name: $0, state: .running) }
    return facts
  }
}

import Documents
import Records

extension RunVariables {
  /// https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables: `AGENT_JOBSTATUS` is the state so far, which counts in a
  /// step that always runs.
  static let azureDevOps = RunVariables(provider: AzureDevOps.provider, markers: ["TF_BUILD"]) { reader in
    guard let id = reader.required("BUILD_BUILDID") else { return nil }
    var run = RunRecord(id: id, state: .running)
    run.provider = AzureDevOps.provider
    let project = reader.text("SYSTEM_TEAMPROJECT")
    if let name = reader.text("BUILD_REPOSITORY_NAME") {
      // A repository of Azure Repos goes by its own name; the payloads have its project before it.
      run.repository = name.contains("/") ? name : project.map { "\($0)/\(name)" } ?? name
    }
    run.number = Int(id)
    run.pipeline = reader.text("BUILD_DEFINITIONNAME")
    if let collection = reader.text("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"), let project {
      let slash = collection.hasSuffix("/") ? "" : "/"
      run.url = "\(collection)\(slash)\(percentEncoded(project))/_build/results?buildId=\(id)"
    }
    run.createdAt = reader.time("SYSTEM_PIPELINESTARTTIME")
    run.commit = reader.text("BUILD_SOURCEVERSION").flatMap(makeChange)
    run.commit?.message = reader.text("BUILD_SOURCEVERSIONMESSAGE")
    run.commit?.author = reader.text("BUILD_SOURCEVERSIONAUTHOR")
    if let request = reader.text("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "SYSTEM_PULLREQUEST_PULLREQUESTID") {
      let branch = reader.text("SYSTEM_PULLREQUEST_SOURCEBRANCH").flatMap(Ref.init(written:))?.name ?? request
      run.ref = Ref(name: branch, type: .pullRequest, pullRequest: request)
    } else {
      run.ref = reader.text("BUILD_SOURCEBRANCH").flatMap(Ref.init(written:))
    }
    run.trigger = reader.text("BUILD_REASON").flatMap { AzureDevOps.trigger($0, run.ref) }
    run.actor = reader.text("BUILD_REQUESTEDFOR").map { name in
      Actor(
        name: name, id: reader.text("BUILD_REQUESTEDFORID"),
        kind: name.hasPrefix("Microsoft.VisualStudio.Services.") ? .system : .unknown)
    }
    var facts = RunFacts(run, key: id)
    // Payloads count the attempts of a stage; a job of it that is run again is told apart by its step.
    let (ofStage, ofJob) = (reader.attempt("SYSTEM_STAGEATTEMPT"), reader.attempt("SYSTEM_JOBATTEMPT"))
    let count = ofStage.map { $0 + (ofJob ?? 1) - 1 } ?? ofJob
    facts.attempt = count
    if let name = reader.text("SYSTEM_JOBDISPLAYNAME", "AGENT_JOBNAME", "SYSTEM_JOBNAME") {
      facts.attempt = ofStage ?? ofJob
      var job = Step(name: name, state: .running)
      (job.key, job.stage) = (reader.text("SYSTEM_JOBID"), reader.text("SYSTEM_STAGEDISPLAYNAME", "SYSTEM_STAGENAME"))
      job.attempt = count ?? 1
      facts.job = job
    }
    facts.outcome = reader.text("AGENT_JOBSTATUS").flatMap(JobOutcome.init(word:))
    facts.environment = reader.text("ENVIRONMENT_NAME").map { .init(name: $0) }
    return facts
  }
}

extension VariableReader {
  fileprivate mutating func attempt(_ name: String) -> Int? { whole(name).map { min(max(1, $0), 1000) } }
}

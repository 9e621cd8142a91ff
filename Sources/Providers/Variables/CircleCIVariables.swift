import Diagnostics
import Records

extension RunVariables {
  /// https://circleci.com/docs/reference/variables/: no variable has the number of the pipeline and the name of the workflow, by which its
  /// attempts are told to be one run, nor how the job ended. The first two are values in the configuration of a pipeline, which a job
  /// can set as variables.
  static let circleCI = RunVariables(provider: CircleCI.provider, markers: ["CIRCLECI"]) { reader in
    let workflow = reader.required("CIRCLE_WORKFLOW_ID")
    let number = reader.whole("CIRCLE_PIPELINE_NUMBER")
    if number == nil, reader.text("CIRCLE_PIPELINE_NUMBER") == nil { reader.missing(.missingPipelineNumber) }
    let name = reader.flags.pipeline ?? reader.text("CIRCLE_WORKFLOW_NAME")
    if name == nil { reader.missing(.missingWorkflowName) }
    guard let workflow, let number, let name else { return nil }
    var run = RunRecord(id: "\(name)-\(number)", state: .running)
    run.provider = CircleCI.provider
    run.pipeline = name
    run.number = number
    if let owner = reader.text("CIRCLE_PROJECT_USERNAME"), let project = reader.text("CIRCLE_PROJECT_REPONAME") {
      run.repository = "\(owner)/\(project)"
    }
    run.url = "https://app.circleci.com/pipelines/workflows/\(workflow)"
    run.commit = reader.text("CIRCLE_SHA1").flatMap(makeChange)
    let request = reader.text("CIRCLE_PULL_REQUEST")?.split(separator: "/").last.map(String.init)
    if let tag = reader.text("CIRCLE_TAG") {
      run.ref = Ref(name: tag, type: .tag)
    } else if let branch = reader.text("CIRCLE_BRANCH") {
      run.ref = request == nil ? Ref(written: branch) : Ref(name: branch, type: .pullRequest, pullRequest: request)
    }
    run.actor = reader.text("CIRCLE_USERNAME").map { Actor(name: $0) }
    var facts = RunFacts(run, key: workflow)
    if let job = reader.text("CIRCLE_JOB") {
      facts.job = Step(name: job, state: .running)
      facts.job?.key = reader.text("CIRCLE_WORKFLOW_JOB_ID")
      facts.job?.url = reader.text("CIRCLE_BUILD_URL")
    }
    return facts
  }
}

import Documents
import Records

/// What does not come from the interface: webhooks, and the command line with its deploy markers.
extension CircleCI {
  // MARK: Webhooks

  @Sendable static func isWebhook(_ node: Node) -> Bool {
    node["happened_at"] != nil && node.object("workflow") != nil && node.object("pipeline") != nil
  }

  /// A job, a workflow or both have ended; all three objects are smaller than those of the interface.
  @Sendable static func readWebhook(_ node: Node, _ reader: inout FileReader) {
    guard let workflow = node.object("workflow"), let pipeline = node.object("pipeline"), let id = workflow.identifier("id")
    else {
      return reader.skip(node, "a webhook without the id of a workflow")
    }
    let job = node.object("job")
    let slug = node.object("project")?.text("slug")
    addPipeline(pipeline, &reader, project: slug, isImplied: true)
    addWorkflow(
      workflow, &reader, pipeline: pipeline.identifier("id"), number: number(pipeline["number"]), project: slug,
      isImplied: job != nil)
    if let job { addJob(job, &reader, of: id) }
  }

  // MARK: The command line

  private static let phases = Words<State>([
    "pending": .queued, "queued": .queued, "created": .queued, "started": .running, "running": .running, "on_hold": .waiting,
  ])

  /// A pipeline with its workflows and their jobs: `circleci run get`.
  @Sendable static func readCommandLine(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a pipeline without 'id'") }
    let (state, raw) = state(node, outcome: "current_outcome", &reader)
    var run = RunRecord(id: "pipeline-\(id)", state: state)
    run.provider = provider
    run.stateRaw = raw
    let commit = node.object("commit")
    run.createdAt = reader.time(node, "created_at")
    run.commit = node.text("revision").flatMap(makeChange)
    run.commit?.message = commit?.text("subject")
    run.commit?.author = commit?.text("author_name")
    run.repository = commit?.text("url").flatMap {
      $0.firstRange(of: "/commit/").map { [url = $0] in String(url[..<$0.lowerBound]) }
    }
    .flatMap(repositoryName)
    run.ref = node.text("tag").map { Ref(name: $0, type: .tag) } ?? node.text("branch").flatMap(Ref.init(written:))
    var piece = RunPiece(key: id, record: run)
    piece.isParent = true
    reader.add(.run(piece), provider: provider, named: "pipeline \(id)", at: node)
    for workflow in node.list("workflows")?.elements ?? [] where workflow.kind == .object {
      addWorkflow(ofCommandLine: workflow, id, &reader)
    }
  }

  private static func addWorkflow(ofCommandLine node: Node, _ pipeline: String, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return }
    let (state, raw) = state(node, outcome: "outcome", &reader)
    let name = node.text("name") ?? "workflow"
    var run = RunRecord(id: "\(name)-\(id)", state: state)
    run.provider = provider
    run.stateRaw = raw
    run.pipeline = name
    var piece = RunPiece(key: id, record: run)
    piece.parentKey = pipeline
    piece.attemptName = name
    reader.add(.run(piece), provider: provider, named: "workflow \(id)", at: node, isImplied: true)
    for (index, job) in (node.list("jobs")?.elements ?? []).enumerated() {
      guard let key = job.identifier("id") else { continue }
      let (state, raw) = self.state(job, outcome: "outcome", &reader)
      var step = Step(name: job.text("name") ?? "", state: state)
      step.key = key
      step.stateRaw = raw
      var piece = StepPiece(runKey: id, step: step)
      piece.order = index
      piece.isScoped = true
      reader.add(.step(piece), provider: provider, named: "job \(key)", at: job, isImplied: true)
    }
  }

  /// The outcome of what has ended, else the phase.
  private static func state(_ node: Node, outcome: String, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let phase = node.text("phase") else { return (.unknown, nil) }
    if plainWord(phase) != "ended" { return (reader.state(phase, phases, of: "CircleCI", at: node["phase"] ?? node), phase) }
    guard let word = node.text(outcome) else { return (.unknown, phase) }
    return (reader.state(word, states, of: "CircleCI", at: node[outcome] ?? node), word)
  }

  // MARK: Deploy markers

  /// Where a marker names no environment, it is in the one that CircleCI makes for it; a rule of the configuration knows better.
  private static let unnamed = "default"

  @Sendable static func readMarker(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let word = node.text("status") else {
      return reader.skip(node, "a deploy marker without 'id' or 'status'")
    }
    let environment = node.text("environment_name") ?? node.object("environment")?.text("name")
    let key = node.identifier("environment_id") ?? node.object("environment")?.identifier("id")
    var record = DeploymentRecord(environment: .init(name: environment ?? (key == nil ? unnamed : "")))
    if environment == nil, key == nil { record.inferred = ["environment"] }
    record.provider = provider
    record.id = id
    record.service = node.text("component_name")
    record.version = node.identifier("version").map { VersionLabel(name: $0) }
    let state = reader.state(word, states, of: "CircleCI", at: node["status"] ?? node)
    (record.state, record.stateRaw) = (state, word)
    record.action = node.flag("is_rollback") ? .rollback : nil
    let createdAt = reader.time(node, "created_at")
    // A marker is planned and deployed in one go.
    if state == .running || (state.isTerminal && state != .skipped) { record.startedAt = createdAt }
    if state.isTerminal { record.finishedAt = reader.time(node, "ended_at") }
    var piece = DeploymentPiece(key: id, record: record, outcome: .told)
    piece.environmentKey = key
    piece.runKey = node.identifier("workflow_id")
    piece.createdAt = createdAt
    piece.updatedAt = record.finishedAt ?? reader.time(node, "updated_at") ?? createdAt
    reader.add(.deployment(piece), provider: provider, named: "deploy marker \(id)", at: node)
  }

  @Sendable static func readEnvironment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let name = node.text("name") else {
      return reader.skip(node, "an environment without 'id' or 'name'")
    }
    let piece = EnvironmentPiece(key: id, reference: .init(name: name))
    reader.add(.environment(piece), provider: provider, named: "environment \(name)", at: node)
  }
}

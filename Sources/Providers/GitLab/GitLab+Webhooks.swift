import Documents
import Records
import Time

/// Webhooks of pipelines, jobs, deployments and releases. They alone say whether a job that ran was started by hand, and to which
/// environment a job deploys.
extension GitLab {
  static let webhooks = [
    Format.Shape(fits: { isWebhook($0, "pipeline") && $0.object("object_attributes") != nil }, read: inProject(readPipeline)),
    Format.Shape(fits: { isWebhook($0, "build") && $0["build_id"] != nil }, read: inProject(readBuild)),
    Format.Shape(fits: { isWebhook($0, "deployment") && $0["deployment_id"] != nil }, read: inProject(readDeployment)),
    Format.Shape(
      fits: { isWebhook($0, "release") && $0["tag"] != nil },
      read: inProject { addRelease($0, &$1, isDeleted: $0.text("action") == "delete") }),
    Format.Shape(
      fits: { $0.text("object_kind") != nil && ($0.object("project") ?? $0.object("object_attributes")) != nil },
      read: { $1.skip($0, "a webhook about nothing that is read: pipelines, jobs, deployments and releases are") }),
  ]

  private static func isWebhook(_ node: Node, _ kind: String) -> Bool { node["object_kind"]?.string == kind }

  /// Reads with the repository that a webhook names.
  private static func inProject(
    _ read: @escaping @Sendable (Node, inout FileReader) -> Void
  ) -> @Sendable (Node, inout FileReader) -> Void {
    { node, reader in
      let context = reader.context
      let project = node.object("project")
      let address = project?.text("web_url") ?? node.object("repository")?.text("homepage")
      reader.context.repository =
        project?.text("path_with_namespace") ?? address.flatMap { repository($0 + "/-/") } ?? context.repository
      read(node, &reader)
      reader.context = context
    }
  }

  // MARK: Pipelines

  @Sendable private static func readPipeline(_ node: Node, _ reader: inout FileReader) {
    guard let attributes = node.object("object_attributes"), let id = attributes.identifier("id") else {
      return reader.skip(node, "a webhook of a pipeline without 'id'")
    }
    let (state, raw) = state(attributes["status"], &reader)
    var run = RunRecord(id: id, state: state)
    run.provider = "gitlab"
    run.stateRaw = raw
    run.repository = reader.context.repository
    run.url = attributes.text("url")
    run.number = attributes.whole("iid")
    run.title = attributes.text("name")
    run.warning = attributes.text("detailed_status") == "passed with warnings"
    run.createdAt = reader.time(attributes, "created_at")
    run.finishedAt = state.isTerminal ? reader.time(attributes, "finished_at") : nil
    run.activeSeconds = attributes.seconds("duration")
    run.commit = attributes.text("sha").flatMap(makeChange)
    if let commit = node.object("commit") { describe(commit, &run.commit, &reader) }
    run.ref = attributes.text("ref").flatMap { ref($0, isTag: attributes["tag"]?.bool) }
    run.trigger = attributes.text("source").map { trigger($0, run.ref) }
    if run.trigger?.type == .pullRequest, let number = node.object("merge_request")?.identifier("iid") {
      run.ref = Ref(name: run.ref?.name ?? "merge request \(number)", type: .pullRequest, pullRequest: number)
    }
    run.actor = node.object("user").flatMap(actor)
    let jobs = (node.list("builds") ?? node.list("jobs"))?.elements.filter { $0.kind == .object } ?? []
    let key = key(run.repository, id)
    var piece = RunPiece(key: key, record: run, endIsBound: run.finishedAt == nil)
    piece.repositoryKey = node.object("project")?.identifier("id")
    piece.updatedAt = run.finishedAt
    for job in jobs {
      let step = addJob(job, of: key, &reader)
      piece.updatedAt = max(piece.updatedAt ?? .distantPast, step?.updatedAt ?? .distantPast)
    }
    reader.add(.run(piece), provider: "gitlab", named: "pipeline \(id)", at: node)
  }

  private static func addJob(_ node: Node, of pipeline: String, _ reader: inout FileReader) -> StepPiece? {
    guard let id = node.identifier("id") else { return nil }
    var piece = StepPiece(runKey: pipeline, step: step(node, &reader))
    piece.step.key = id
    finish(&piece, node, createdAt: reader.time(node, "created_at"))
    reader.add(.step(piece), provider: "gitlab", named: "job \(id)", at: node, isImplied: true)
    return piece
  }

  // MARK: Jobs

  /// The keys of a job here begin with `build_`; `commit.id` is the number of the pipeline.
  @Sendable private static func readBuild(_ node: Node, _ reader: inout FileReader) {
    let commit = node.object("commit")
    guard let id = node.identifier("build_id"), let run = node.identifier("pipeline_id") ?? commit?.identifier("id") else {
      return reader.skip(node, "a webhook of a job without 'build_id' or 'pipeline_id'")
    }
    let (state, raw) = state(node["build_status"], &reader)
    var step = Step(name: node.text("build_name") ?? "", state: state)
    step.key = id
    step.stateRaw = raw
    step.stage = node.text("build_stage")
    step.optional = node.flag("build_allow_failure")
    step.warning = step.optional && state == .failed
    step.error = state == .failed ? node.text("build_failure_reason") : nil
    if state == .running || (state.isTerminal && state != .skipped) {
      step.startedAt = reader.time(node, "build_started_at", "build_started_at_iso")
      step.finishedAt = state.isTerminal ? reader.time(node, "build_finished_at", "build_finished_at_iso") : nil
      step.activeSeconds = node.seconds("build_duration")
    }
    var piece = StepPiece(runKey: key(reader.context.repository, run), step: step)
    finish(&piece, node, createdAt: reader.time(node, "build_created_at", "build_created_at_iso"))
    reader.add(.step(piece), provider: "gitlab", named: "job \(id)", at: node)
    addPipeline(ofBuild: node, run, &reader)
  }

  private static func addPipeline(ofBuild node: Node, _ id: String, _ reader: inout FileReader) {
    let commit = node.object("commit")
    let (state, raw) = state(commit?["status"], &reader)
    var run = RunRecord(id: id, state: state)
    run.provider = "gitlab"
    run.stateRaw = raw
    run.repository = reader.context.repository
    run.commit = (node.text("sha") ?? commit?.text("sha")).flatMap(makeChange)
    run.commit?.message = commit?.text("message")
    run.commit?.author = commit?.text("author_name")
    run.ref = node.text("ref").flatMap { ref($0, isTag: node["tag"]?.bool) }
    if state != .queued { run.startedAt = commit.flatMap { reader.time($0, "started_at") } }
    run.finishedAt = state.isTerminal ? commit.flatMap { reader.time($0, "finished_at") } : nil
    var piece = RunPiece(
      key: key(run.repository, id), record: run, updatedAt: run.finishedAt ?? run.startedAt, endIsBound: run.finishedAt == nil)
    piece.repositoryKey = node.identifier("project_id")
    reader.add(.run(piece), provider: "gitlab", named: "pipeline \(id)", at: node, isImplied: true)
  }

  // MARK: Deployments

  /// One change of a deployment: its time is the start, the end or that of a decision.
  @Sendable private static func readDeployment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("deployment_id"), let name = node.text("environment") else {
      return reader.skip(node, "a webhook of a deployment without 'deployment_id' or 'environment'")
    }
    var record = DeploymentRecord(environment: .init(name: name, tier: node.text("environment_tier").flatMap { tiers[$0] }))
    record.environment.url = node.text("environment_external_url")
    record.provider = "gitlab"
    record.id = id
    record.repository = reader.context.repository
    record.url = node.text("deployable_url")
    record.stateRaw = node.text("status")
    record.state =
      record.stateRaw.map { reader.state($0, deploymentStates, of: "GitLab", at: node["status"] ?? node) } ?? .unknown
    record.actor = node.object("user").flatMap(actor)
    let sha = node.text("commit_url").flatMap {
      $0.firstRange(of: "/commit/").map { [url = $0] in String(url[$0.upperBound...]) }
    }
    record.commit = (sha ?? node.text("short_sha")).flatMap(makeChange)
    record.commit?.message = node.text("commit_title")
    var piece = DeploymentPiece(key: id, record: record, outcome: .told)
    piece.stepKey = node.identifier("deployable_id")
    piece.updatedAt = reader.time(node, "status_changed_at")
    piece.ref = node.text("ref")
    apply(piece.updatedAt, to: &piece, by: node.object("user").flatMap(actor)?.name)
    reader.add(.deployment(piece), provider: "gitlab", named: "deployment \(id)", at: node)
  }

  private static func apply(_ time: Timestamp?, to piece: inout DeploymentPiece, by actor: String?) {
    guard let state = piece.record.state, let word = piece.record.stateRaw.map(plainWord) else { return }
    if state == .running { piece.record.startedAt = time }
    if state.isTerminal, state != .skipped { piece.record.finishedAt = time }
    guard ["blocked", "approved", "rejected"].contains(word) else { return }
    var gate = Gate(kind: .human, state: word == "rejected" ? .rejected : .waiting)
    gate.key = "deployment-\(piece.key)"
    gate.environment = piece.record.environment.name
    gate.step = piece.stepKey
    if word == "blocked" {
      gate.requestedAt = time
      gate.requestedBy = actor
    } else {
      gate.decisions = [Gate.Decision(by: actor, at: time, decision: word)]
      piece.record.actor = nil  // who decided is not who deploys
    }
    piece.gates = [gate]
  }
}

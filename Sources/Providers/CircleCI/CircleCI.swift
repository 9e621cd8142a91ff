import Documents
import Records
import Time

/// CircleCI, API v2 (provider-formats.md, 6): a workflow is a run, and the pipeline it belongs to tells what was built and why. A second
/// workflow of one name in one pipeline is another attempt. A pipeline without workflows among the records is a run of its own.
enum CircleCI {
  static let provider = "circleci"

  static let format = Format(
    provider: provider,
    runNoun: "workflow",
    endsItsSteps: true,
    tellsWaiting: true,
    tellsParameters: true,
    page: { $0["next_page_token"] != nil || $0.members.count == 1 ? $0.list("items") : nil },
    extent: { ListExtent(goesOn: $0.text("next_page_token") != nil) },
    wholeList: "ask again with ?page-token= and 'next_page_token' until that is null, and store every page",
    shapes: [
      Format.Shape(fits: isWebhook, read: readWebhook),
      Format.Shape(
        fits: { $0["phase"] != nil && $0.list("workflows") != nil && $0["revision"] != nil }, read: readCommandLine),
      Format.Shape(fits: { $0["component_name"] != nil && $0["status"] != nil }, read: readMarker),
      Format.Shape(fits: { $0["pipeline_id"] != nil && $0["status"] != nil && $0["name"] != nil }, read: readWorkflow),
      Format.Shape(
        fits: { $0["latest_workflow"] != nil && $0["status"] != nil },
        read: { $1.skip($0, "the details of a job; the list of the jobs of a workflow is read") }),
      Format.Shape(fits: isJob, read: readJob),
      Format.Shape(fits: isPipeline, read: { addPipeline($0, &$1) }),
      Format.Shape(fits: isEnvironment, read: readEnvironment),
    ],
    inferences: ["environment": "the one that CircleCI makes where a marker names none"],
    joining: [.beforeNewest: { $0.findRunsOfSteps() }, .beforeRuns: { $0.followParents() }],
    inOrder: inOrderOfNeeds)

  /// One table for pipelines, workflows, jobs and markers. That a pipeline was created says nothing of how it went.
  static let states = Words<State>([
    "setup-pending": .queued, "setup": .queued, "pending": .queued, "queued": .queued, "not_running": .queued,
    "blocked": .queued, "running": .running, "failing": .running, "on_hold": .waiting, "success": .succeeded,
    "succeeded": .succeeded, "failed": .failed, "error": .failed, "errored": .failed, "unauthorized": .failed,
    "timedout": .failed, "infrastructure_fail": .failed, "canceled": .cancelled, "not_run": .skipped, "retried": .superseded,
    "created": .unknown,
  ])
  private static let triggers = Words<Trigger.Kind>([
    "webhook": .push, "api": .api, "schedule": .schedule, "scheduled_pipeline": .schedule, "explicit": .manual,
  ])

  @Sendable private static func isPipeline(_ node: Node) -> Bool {
    node["id"] != nil && node["state"] != nil && node["number"] != nil
      && (node["trigger"] ?? node["vcs"] ?? node["errors"]) != nil
      && node["project_slug"] != nil
  }

  @Sendable private static func isJob(_ node: Node) -> Bool {
    node["id"] != nil && node["status"] != nil && node["name"] != nil && node.list("dependencies") != nil
      && (node["project_slug"] ?? node["job_number"] ?? node["approval_request_id"]) != nil
  }

  @Sendable private static func isEnvironment(_ node: Node) -> Bool {
    node["id"] != nil && node["name"] != nil && node["org_id"] != nil && node.members.count <= 8
  }

  // MARK: Pipelines

  /// `project`: the slug, where it stands elsewhere. A pipeline is the parent of its workflows.
  static func addPipeline(_ node: Node, _ reader: inout FileReader, project: String? = nil, isImplied: Bool = false) {
    guard let id = node.identifier("id") else {
      if !isImplied { reader.skip(node, "a pipeline without 'id'") }
      return
    }
    let (state, raw) = state(node["state"], &reader)
    var run = RunRecord(id: "pipeline-\(id)", state: state)
    run.provider = provider
    run.stateRaw = raw
    run.number = number(node["number"])
    if let number = run.number { run.id = "pipeline-\(number)" }
    let vcs = node.object("vcs")
    let git = node["trigger_parameters", "git"]
    run.repository = repository(node.text("project_slug") ?? project)
    run.repository = run.repository ?? vcs?.text("target_repository_url", "origin_repository_url").flatMap(repositoryName)
    run.createdAt = reader.time(node, "created_at")
    if state.isTerminal, state != .unknown { run.finishedAt = reader.time(node, "updated_at") }
    run.commit = (vcs?.text("revision") ?? git?.text("checkout_sha")).flatMap(makeChange)
    describe(vcs?.object("commit"), git, &run.commit, &reader)
    run.ref = ref(vcs, git)
    run.trigger = node.object("trigger")?.text("type").flatMap { trigger($0, run.ref) }
    run.actor = node["trigger", "actor"]?.text("login").map { Actor(name: $0) }
    var piece = RunPiece(key: id, record: run, updatedAt: reader.time(node, "updated_at"))
    piece.isParent = true
    piece.parameters = parameters(node)
    reader.add(.run(piece), provider: provider, named: "pipeline \(id)", at: node, isImplied: isImplied)
    for (index, error) in (node.list("errors")?.elements ?? []).enumerated() where error.kind == .object {
      var step = Step(name: error.text("type") ?? "error", state: .failed)
      step.key = "\(id)/error-\(index + 1)"
      step.error = error.text("message")
      let piece = StepPiece(runKey: id, step: step)
      reader.add(.step(piece), provider: provider, named: "error of pipeline \(id)", at: error, isImplied: true)
    }
  }

  private static func describe(_ commit: Node?, _ git: Node?, _ change: inout Change?, _ reader: inout FileReader) {
    let subject = commit?.text("subject") ?? git?.text("commit_message", "commit_title")
    change?.message = subject.map { subject in commit?.text("body").map { subject + "\n\n" + $0 } ?? subject }
    change?.author = commit?.object("author")?.text("name") ?? commit?.text("author_name") ?? git?.text("commit_author_name")
    change?.committedAt =
      commit.flatMap { reader.time($0, "committed_at") } ?? git.flatMap { reader.time($0, "commit_timestamp") }
  }

  /// Pull requests of forks have a branch of their own name.
  private static func ref(_ vcs: Node?, _ git: Node?) -> Ref? {
    if let tag = vcs?.text("tag") ?? git?.text("tag") { return Ref(name: tag, type: .tag) }
    guard let branch = vcs?.text("branch") ?? git?.text("branch", "ref") else { return nil }
    let parts = branch.split(separator: "/")
    if parts.count == 2, parts[0] == "pull", parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Ref(name: branch, type: .pullRequest, pullRequest: String(parts[1]))
    }
    return Ref(written: branch)
  }

  private static func trigger(_ word: String, _ ref: Ref?) -> Trigger {
    let type = triggers[word] ?? .unknown
    return Trigger(type: type == .push && ref?.type == .tag ? .tag : type, raw: word)
  }

  private static func parameters(_ node: Node) -> [String: String] {
    var found: [String: String] = [:]
    for member in node.object("trigger_parameters")?.members ?? [] { found[member.key] = member.value.identifier }
    return found
  }

  // MARK: Workflows

  @Sendable private static func readWorkflow(_ node: Node, _ reader: inout FileReader) {
    guard node.identifier("id") != nil else { return reader.skip(node, "a workflow without 'id'") }
    addWorkflow(node, &reader, pipeline: node.identifier("pipeline_id"), number: number(node["pipeline_number"]))
  }

  static func addWorkflow(
    _ node: Node, _ reader: inout FileReader, pipeline: String?, number: Int?, project: String? = nil, isImplied: Bool = false
  ) {
    guard let id = node.identifier("id") else { return }
    let (state, raw) = state(node["status"], &reader)
    let name = node.text("name") ?? "workflow"
    let slug = node.text("project_slug") ?? project
    var run = RunRecord(id: "\(name)-\(id)", state: state)
    run.provider = provider
    run.stateRaw = raw
    run.pipeline = name
    run.number = number
    run.repository = repository(slug)
    run.url = node.text("url") ?? address(slug, number, id)
    run.createdAt = reader.time(node, "created_at")
    let stoppedAt = reader.time(node, "stopped_at")
    if state.isTerminal { run.finishedAt = end(stoppedAt, notBefore: run.createdAt) }
    var piece = RunPiece(key: id, record: run, updatedAt: stoppedAt)
    piece.parentKey = pipeline
    piece.attemptName = name
    piece.projectKey = slug
    reader.add(.run(piece), provider: provider, named: "workflow \(id)", at: node, isImplied: isImplied)
  }

  private static func end(_ end: Timestamp?, notBefore start: Timestamp?) -> Timestamp? {
    guard let end, let start else { return end }
    return max(end, start)
  }

  // MARK: Jobs

  /// A job does not name its workflow: that is in the address that was asked. Who collects may have added it.
  @Sendable private static func readJob(_ node: Node, _ reader: inout FileReader) {
    addJob(node, &reader, of: node.identifier("workflow_id", "workflowId"))
  }

  static func addJob(_ node: Node, _ reader: inout FileReader, of workflow: String?, isImplied: Bool = false) {
    guard let id = node.identifier("id") else {
      if !isImplied { reader.skip(node, "a job without 'id'") }
      return
    }
    let (state, raw) = state(node["status"], &reader)
    var step = Step(name: node.text("name") ?? "", state: state)
    step.key = id
    step.stateRaw = raw
    step.url = node.text("web_url")
    let startedAt = reader.time(node, "started_at")
    let stoppedAt = reader.time(node, "stopped_at")
    if state == .running || (state.isTerminal && state != .skipped) {
      step.startedAt = startedAt
      step.finishedAt = state.isTerminal ? end(stoppedAt, notBefore: startedAt) : nil
    }
    var piece = StepPiece(runKey: workflow ?? "", step: step)
    piece.needs = node.list("dependencies").map { $0.elements.compactMap(\.identifier) }
    piece.projectKey = node.text("project_slug")
    piece.group = reader.context.group
    piece.isScoped = true
    piece.updatedAt = stoppedAt ?? startedAt
    if node.text("type") == "approval" {
      piece.isApproval = true
      piece.gate = gate(node, state, startedAt, stoppedAt)
    } else if piece.needs != nil {
      piece.trigger = .automatic
    }
    reader.add(.step(piece), provider: provider, named: "job \(id)", at: node, isImplied: isImplied)
  }

  /// Nobody is asked yet about an approval that is blocked by what comes before it.
  private static func gate(_ node: Node, _ state: State, _ startedAt: Timestamp?, _ stoppedAt: Timestamp?) -> Gate? {
    let found: Gate.State? =
      switch state {
      case .waiting: .waiting
      case .succeeded: .approved
      case .cancelled: .cancelled
      case .skipped: .skipped
      case .failed, .superseded, .unknown: .unknown
      case .queued, .running: nil
      }
    guard let found else { return nil }
    var gate = Gate(kind: .human, state: found)
    gate.requestedAt = startedAt
    if found == .approved {
      gate.decisions = [Gate.Decision(by: node.text("approved_by"), at: stoppedAt, decision: "approved")]
    }
    return gate
  }

  // MARK: Parts

  static func state(_ node: Node?, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let node, let word = node.string, !word.isBlank else { return (.unknown, nil) }
    return (reader.state(word, states, of: "CircleCI", at: node), word)
  }

  /// A number in live payloads, a string in documented ones.
  static func number(_ node: Node?) -> Int? {
    guard let number = node?.int ?? node?.string.flatMap(Int.init) else { return nil }
    return number >= 0 ? number : nil
  }

  /// `owner/name` of `gh/owner/name`; projects of other hosts have numbers there, which say nothing.
  static func repository(_ slug: String?) -> String? {
    guard let parts = slug?.split(separator: "/"), parts.count == 3 else { return nil }
    guard ["gh", "github", "bb", "bitbucket"].contains(parts[0].lowercased()) else { return nil }
    return "\(parts[1])/\(parts[2])"
  }

  private static func address(_ slug: String?, _ number: Int?, _ id: String) -> String? {
    guard let slug, let number else { return nil }
    let isPlain = (slug + id).utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "-_./".utf8.contains(byte)
    }
    return isPlain ? "https://app.circleci.com/pipelines/\(slug)/\(number)/workflows/\(id)" : nil
  }
}

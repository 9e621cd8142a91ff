import Documents
import Records
import Time

/// GitLab CI, REST v4 (provider-formats.md, 3): pipelines, jobs and bridges, deployments, environments and releases, which come alone
/// or in lists. A job tells of its pipeline, and a deployment of its job, so each of these files says much alone.
enum GitLab {
  static let format = Format(
    provider: "gitlab",
    runNoun: "pipeline",
    waitsBeyondEnd: true,
    tellsWaiting: true,
    shapes: webhooks + [
      Format.Shape(fits: isDeployment, read: { addDeployment($0, &$1) }),
      Format.Shape(fits: isJob, read: { addJob($0, &$1) }),
      Format.Shape(fits: isPipeline, read: { addPipeline($0, &$1) }),
      Format.Shape(fits: isEnvironment, read: addEnvironment),
      Format.Shape(
        fits: { $0["tag_name"] != nil && ($0["released_at"] ?? $0["description"] ?? $0["_links"]) != nil },
        read: { addRelease($0, &$1, isDeleted: false) }),
      Format.Shape(
        fits: { $0.object("release")?["tag_name"] != nil && $0.object("commit") != nil },
        read: { $1.skip($0, "a tag is no release; the list of releases is read") }),
    ])

  /// One table for pipelines and jobs. `manual` waits for a person.
  static let states = Words<State>([
    "created": .queued, "waiting_for_resource": .queued, "waiting_for_callback": .queued, "preparing": .queued,
    "pending": .queued, "scheduled": .queued, "running": .running, "canceling": .running, "manual": .waiting,
    "success": .succeeded, "failed": .failed, "canceled": .cancelled, "skipped": .skipped,
  ])
  /// Other sources keep their name and no meaning.
  static let sources = Words<Trigger.Kind>([
    "push": .push, "webide": .push, "web": .manual, "chat": .manual, "schedule": .schedule, "api": .api, "trigger": .api,
    "pipeline": .upstream, "parent_pipeline": .upstream, "merge_request_event": .pullRequest,
    "external_pull_request_event": .pullRequest,
  ])

  @Sendable private static func isPipeline(_ node: Node) -> Bool {
    guard node["sha"] != nil, node["ref"] != nil, node["status"] != nil, node["id"] != nil, node["stage"] == nil else {
      return false
    }
    return node["before_sha"] != nil || node["detailed_status"] != nil || node.text("web_url")?.contains("/pipelines/") == true
  }

  @Sendable private static func isJob(_ node: Node) -> Bool {
    node["id"] != nil && node["stage"] != nil && node["status"] != nil && node["name"] != nil
      && (node.object("pipeline") ?? node["pipeline_id"]) != nil
  }

  // MARK: Pipelines

  /// `job`: the job that tells of it in passing.
  static func addPipeline(_ node: Node, _ reader: inout FileReader, of job: Node? = nil) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a pipeline without 'id'") }
    let (state, raw) = state(node["status"], &reader)
    var run = RunRecord(id: id, state: state)
    run.provider = "gitlab"
    run.stateRaw = raw
    run.url = node.text("web_url", "url")
    run.repository = repository(run.url) ?? repository(job?.text("web_url")) ?? reader.context.repository
    run.number = node.whole("iid")
    run.title = node.text("name")
    // `success` with a failed job that may fail.
    run.warning = node.object("detailed_status")?.text("group") == "success-with-warnings"
    run.createdAt = reader.time(node, "created_at")
    if state != .queued { run.startedAt = reader.time(node, "started_at") }
    let updatedAt = reader.time(node, "updated_at")
    let finishedAt = reader.time(node, "finished_at")
    if state.isTerminal { run.finishedAt = finishedAt ?? updatedAt }
    run.activeSeconds = node.seconds("duration")
    run.commit = node.text("sha").flatMap(makeChange)
    if let commit = job?.object("commit") { describe(commit, &run.commit, &reader) }
    run.ref = node.text("ref").flatMap { ref($0, isTag: node["tag"]?.bool ?? job?["tag"]?.bool) }
    run.trigger = node.text("source").map { trigger($0, run.ref) }
    run.actor = node.object("user").flatMap(actor)
    var piece = RunPiece(
      key: key(run.repository, id), record: run, updatedAt: updatedAt ?? finishedAt, endIsBound: finishedAt == nil)
    piece.repositoryKey = node.identifier("project_id")
    reader.add(.run(piece), provider: "gitlab", named: "pipeline \(id)", at: node, isImplied: job != nil)
  }

  /// Fills in what a commit object says of the commit of that hash.
  static func describe(_ node: Node, _ change: inout Change?, _ reader: inout FileReader) {
    guard let sha = node.text("id", "sha"), change?.sha == sha else { return }
    change?.message = node.text("message") ?? node.text("title")
    change?.author = node.text("author_name") ?? node.object("author")?.text("name")
    change?.committedAt = reader.time(node, "committed_date", "timestamp", "created_at")
  }

  static func trigger(_ source: String, _ ref: Ref?) -> Trigger {
    let type = sources[source] ?? .unknown
    return Trigger(type: type == .push && ref?.type == .tag ? .tag : type, raw: source)
  }

  /// A tag where the payload says so. Without a word of it a name that looks like a version may be either.
  static func ref(_ name: String, isTag: Bool?) -> Ref? {
    guard var ref = Ref(written: name), ref.type == .branch else { return Ref(written: name) }
    if isTag == true { ref.type = .tag }
    if isTag == nil, name.drop(while: { $0 == "v" }).first?.isNumber == true { ref.type = .other }
    return ref
  }

  // MARK: Jobs and bridges

  /// A bridge is a job that starts a pipeline elsewhere.
  static func addJob(_ node: Node, _ reader: inout FileReader, isImplied: Bool = false) {
    let pipeline = node.object("pipeline")
    guard let id = node.identifier("id"), let run = pipelineKey(ofJob: node, reader) else {
      if !isImplied { reader.skip(node, "a job without 'id' or a pipeline") }
      return
    }
    var piece = StepPiece(runKey: run, step: step(node, &reader))
    piece.step.key = id
    piece.step.url = node.text("web_url")
    finish(&piece, node, createdAt: reader.time(node, "created_at"))
    reader.add(.step(piece), provider: "gitlab", named: "job \(id)", at: node, isImplied: isImplied)
    if let pipeline { addPipeline(pipeline, &reader, of: node) }
  }

  /// Ids are unique in their instance of GitLab only; its projects tell instances apart.
  static func key(_ repository: String?, _ id: String) -> String { repository.map { "\($0)#\(id)" } ?? id }

  static func pipelineKey(ofJob node: Node, _ reader: FileReader) -> String? {
    let pipeline = node.object("pipeline")
    let repository = repository(pipeline?.text("web_url", "url")) ?? repository(node.text("web_url"))
    guard let id = pipeline?.identifier("id") ?? node.identifier("pipeline_id") else { return nil }
    return key(repository ?? reader.context.repository, id)
  }

  /// The step of a job, of a job in a webhook of its pipeline, or of a bridge.
  static func step(_ node: Node, _ reader: inout FileReader) -> Step {
    var (state, raw) = state(node["status"], &reader)
    let failure = state == .failed ? node.text("failure_reason") : nil
    // Whoever should have let it in refused, and it never ran.
    if failure.map(plainWord) == "deploymentrejected" { state = .cancelled }
    var step = Step(name: node.text("name") ?? "", state: state)
    step.stateRaw = raw
    step.stage = node.text("stage")
    step.optional = node.flag("allow_failure")
    step.warning = step.optional && state == .failed
    step.error = failure
    guard state == .running || state.isTerminal, state != .skipped else { return step }
    step.startedAt = reader.time(node, "started_at")
    step.finishedAt = state.isTerminal ? reader.time(node, "finished_at") : nil
    step.activeSeconds = node.seconds("duration")
    return step
  }

  /// What the join wants to know of a job. One that is `manual` now is a person's; whether one that ran was, only webhooks say.
  static func finish(_ piece: inout StepPiece, _ node: Node, createdAt: Timestamp?) {
    piece.order = piece.step.key.flatMap(Int.init) ?? 0
    piece.repeatsByName = true
    piece.isScoped = true
    // Until somebody plays it, its user is who made the pipeline.
    if piece.hasBegun { piece.startedBy = node.object("user").flatMap(actor)?.name }
    piece.updatedAt = piece.step.finishedAt ?? piece.step.startedAt ?? createdAt
    if piece.step.state == .waiting || node.flag("manual") {
      piece.trigger = .manual
    } else if node["manual"]?.bool == false {
      piece.trigger = .automatic
    }
    guard let environment = node.object("environment"), let name = environment.text("name") else { return }
    switch environment.text("action") {
    case "prepare", "verify", "access": return  // these do not deploy
    case "stop":
      // The button to take an environment down is no release that waits.
      if piece.step.startedAt == nil { return }
      piece.action = .remove
    default: break
    }
    piece.environment = name
    piece.tier = environment.text("deployment_tier").flatMap { tiers[$0] }
  }

  // MARK: Parts

  static func state(_ node: Node?, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let node, let word = node.string, !word.isBlank else { return (.unknown, nil) }
    return (reader.state(word, states, of: "GitLab", at: node), word)
  }

  static func actor(_ node: Node) -> Actor? {
    guard let name = node.text("username") ?? node.text("name") else { return nil }
    let isBot = node["bot"]?.bool ?? (isTokenBot(name) ? true : nil)
    return Actor(name: name, id: node.identifier("id"), kind: isBot.map { $0 ? .bot : .human } ?? .unknown)
  }

  /// The users of access tokens are named `project_7_bot_…` and `group_7_bot_…`.
  private static func isTokenBot(_ name: String) -> Bool {
    let parts = name.split(separator: "_", maxSplits: 3)
    return parts.count >= 3 && (parts[0] == "project" || parts[0] == "group") && parts[2].hasPrefix("bot")
  }

  /// `group/project` of an address of something in it: `https://host/group/project/-/jobs/7`, and without `/-` before 2019.
  static func repository(_ url: String?) -> String? {
    guard let url, let scheme = url.firstRange(of: "://") else { return nil }
    let path = url[scheme.upperBound...].drop { $0 != "/" }
    for mark in ["/-/", "/pipelines/", "/jobs/", "/commit/"] {
      guard let range = path.firstRange(of: mark) else { continue }
      let name = path[..<range.lowerBound].dropFirst()
      return name.isEmpty ? nil : String(name)
    }
    return nil
  }
}

import Documents
import Records
import Time

/// Bitbucket Pipelines, REST 2.0 (provider-formats.md, 1): pipelines, steps, deployments and environments, which name each other by
/// uuid. Old dumps are in camel case, and narrow `fields=` leave much out.
enum Bitbucket {
  static let format = Format(
    provider: "bitbucket",
    status: .init(name: "steps", request: "GET /2.0/repositories/OWNER/NAME/pipelines/UUID/steps/"),
    runNoun: "pipeline",
    page: { node in
      let isPage = ["pagelen", "page", "next", "previous", "size"].contains { node[$0] != nil } || node.members.count == 1
      return isPage ? node.list("values") : nil
    },
    pageNumber: "page",
    extent: { ListExtent(total: $0.whole("size"), goesOn: $0.text("next") != nil) },
    wholeList: "follow 'next' until a page has none, and store every page",
    shapes: [
      Format.Shape(fits: { has($0, "pipeline_step") || ($0.object("pipeline") != nil && hasState($0)) }, read: readStep),
      Format.Shape(
        fits: { has($0, "pipeline") || (($0["build_number"] ?? $0["buildNumber"] ?? $0["target"]) != nil && hasState($0)) },
        read: readRun),
      Format.Shape(fits: { has($0, "deployment") || ($0.object("environment") != nil && hasState($0)) }, read: readDeployment),
      Format.Shape(
        fits: { has($0, "deployment_environment") || ($0["uuid"] != nil && $0["environment_type"] != nil) },
        read: readEnvironment),
    ])

  /// One table for pipelines, steps and deployments: the words do not contradict each other, and the filters know them all.
  static let states = Words<State>([
    "PENDING": .queued, "READY": .queued, "BUILDING": .queued, "UNDEPLOYED": .queued, "IN_PROGRESS": .running,
    "RUNNING": .running,
    "PAUSED": .waiting, "HALTED": .waiting, "SUCCESSFUL": .succeeded, "PASSED": .succeeded, "FAILED": .failed, "ERROR": .failed,
    "EXPIRED": .failed, "STOPPED": .cancelled, "NOT_RUN": .skipped, "SKIPPED": .skipped,
  ])
  private static let triggers = Words<Trigger.Kind>([
    "PUSH": .push, "MANUAL": .manual, "SCHEDULE": .schedule, "SCHEDULED": .schedule, "PULL_REQUEST": .pullRequest,
  ])
  private static let stepTriggers = Words<StepPiece.Trigger>([
    "automatic": .automatic, "manual": .manual, "redeploy": .redeploy,
  ])
  private static let environmentTypes = Words<Tier>(["Test": .test, "Staging": .staging, "Production": .production])

  private static func has(_ node: Node, _ type: String) -> Bool { node["type"]?.string == type && node.text("uuid") != nil }
  private static func hasState(_ node: Node) -> Bool {
    node.text("uuid") != nil && node["type"] == nil && node.object("state") != nil
  }

  // MARK: Objects

  private static func readRun(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("uuid") else { return }
    let (state, raw) = state(node, &reader)
    var run = RunRecord(id: id, state: state)
    run.provider = "bitbucket"
    run.stateRaw = raw
    run.repository = node.object("repository")?.text("full_name", "fullName")
    run.number = node.whole("build_number", "buildNumber")
    run.attempt = max(1, node.whole("run_number", "runNumber") ?? 1)
    run.createdAt = reader.time(node, "created_on", "createdOn")
    if state.isTerminal { run.finishedAt = end(reader.time(node, "completed_on", "completedOn"), notBefore: run.createdAt) }
    run.activeSeconds = node.seconds("duration_in_seconds", "durationInSeconds")
    let target = node.object("target")
    run.commit = target?.object("commit").flatMap { commit($0, &reader) }
    run.ref = target.flatMap(ref)
    run.pipeline = target?.object("selector").flatMap {
      $0.text("pattern") ?? $0.text("type") ?? $0.object("type")?.text("type")
    }
    run.trigger = node.object("trigger").flatMap { trigger($0) }
    run.actor = node.object("creator").flatMap(actor)
    var piece = RunPiece(key: id, record: run, isHeld: state == .waiting)
    piece.repositoryKey = node.object("repository")?.text("uuid") ?? node["links", "self"]?.text("href").flatMap(repositoryKey)
    // `links.self` can point at an internal host.
    piece.urlPattern = "https://bitbucket.org/{repository}/pipelines/results/{number}"
    reader.add(.run(piece), provider: "bitbucket", named: "pipeline \(id)", at: node)
  }

  private static func readStep(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("uuid") else { return }
    guard let run = node.object("pipeline")?.text("uuid") else {
      return reader.skip(node, named: "step \(id)", "it names no pipeline")
    }
    let (state, raw) = state(node, &reader)
    var step = Step(name: node.text("name") ?? "", state: state)
    step.key = id
    step.stateRaw = raw
    step.attempt = max(1, node.whole("run_number", "runNumber") ?? 1)
    // A step that was never run carries the time at which that was decided.
    if state != .skipped {
      step.startedAt = reader.time(node, "started_on", "startedOn", "start_date")
      let completedAt = reader.time(node, "completed_on", "completedOn", "completion_date")
      step.finishedAt = state.isTerminal ? end(completedAt, notBefore: step.startedAt) : nil
      step.activeSeconds = node.seconds("duration_in_seconds", "durationInSeconds")
    }
    step.error = node["state", "result", "error"]?.text("message")
    var piece = StepPiece(runKey: run, step: step)
    piece.trigger = node.object("trigger").flatMap { stepTriggers[$0.suffix("pipeline_step_trigger_") ?? ""] }
    piece.isPending = state == .queued
    piece.updatedAt = step.finishedAt ?? step.startedAt
    reader.add(.step(piece), provider: "bitbucket", named: "step \(id)", at: node)
  }

  private static func readDeployment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("uuid") else { return }
    let environment = node.object("environment")
    let release = node.object("release") ?? node.object("deployable")
    let status = node.object("state")
    let (state, raw) = state(node, &reader)
    var record = DeploymentRecord(environment: environment.map(reference) ?? .init(name: ""))
    record.provider = "bitbucket"
    record.id = id
    record.state = state
    record.stateRaw = raw
    record.commit = (node.object("commit") ?? release?.object("commit")).flatMap { commit($0, &reader) }
    record.url = status?.text("url")
    record.repository = [status?.text("url"), release?.text("url")].lazy.compactMap { $0.flatMap(repository) }.first
    record.startedAt = status.flatMap { reader.time($0, "started_on", "startedOn", "start_date") }
    let updatedAt = reader.time(node, "last_update_time", "lastUpdateTime")
    let completedAt = status.flatMap { reader.time($0, "completed_on", "completedOn", "completion_date") }
    record.finishedAt = state.isTerminal ? end(completedAt ?? updatedAt, notBefore: record.startedAt) : nil
    var piece = DeploymentPiece(key: id, record: record, outcome: .told)
    switch raw.map(plainWord) {
    case "completed": piece.outcome = .ofStep
    case "undeployed": piece.outcome = .notStarted
    default: break
    }
    piece.environmentKey = environment?.text("uuid")
    piece.runKey = release?.object("pipeline")?.text("uuid")
    piece.stepKey = node.object("step")?.text("uuid")
    piece.createdAt = release.flatMap { reader.time($0, "created_on", "createdOn") }
    piece.updatedAt = updatedAt ?? record.finishedAt
    piece.runNumber = release?.text("name").flatMap { $0.first == "#" ? Int($0.dropFirst()) : nil }
    reader.add(.deployment(piece), provider: "bitbucket", named: "deployment \(id)", at: node)
  }

  private static func readEnvironment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("uuid") else { return }
    var reference = reference(node)
    reference.rank = node.whole("rank")
    let piece = EnvironmentPiece(key: id, reference: reference)
    reader.add(.environment(piece), provider: "bitbucket", named: "environment \(id)", at: node)
  }

  // MARK: Parts

  /// The word that tells most, and what it means: the result of what is completed, the stage of what is in progress, else the state.
  private static func state(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let state = node.object("state"), let name = word(state) else { return (.unknown, nil) }
    let inner: Node? =
      switch plainWord(name) {
      case "completed": state.object("result") ?? state.object("status")
      case "inprogress": state.object("stage")
      default: nil
      }
    let raw = inner.flatMap(word) ?? name
    // Whether it went well is then said elsewhere, or nowhere.
    if plainWord(raw) == "completed" { return (.unknown, raw) }
    return (reader.state(raw, states, of: "Bitbucket", at: state), raw)
  }

  /// A state's name; where a dump has only its type (`deployment_state_completed_status_successful`), the end of that.
  private static func word(_ node: Node) -> String? {
    if let name = node.text("name") { return name }
    guard let type = node.text("type"), let range = type.firstRange(of: "state_") else { return nil }
    var word = type[range.upperBound...]
    for prefix in ["completed_", "in_progress_", "status_"] where word.hasPrefix(prefix) { word = word.dropFirst(prefix.count) }
    return String(word)
  }

  private static func reference(_ node: Node) -> DeploymentRecord.EnvironmentReference {
    let type = node.object("environment_type", "environmentType") ?? node.object("category")
    return .init(name: node.text("name") ?? "", tier: type?.text("name").flatMap { environmentTypes[$0] })
  }

  private static func commit(_ node: Node, _ reader: inout FileReader) -> Change? {
    guard var change = node.text("hash").flatMap(makeChange) else { return nil }
    change.message = node.text("message")
    change.author = node.object("author").flatMap { $0.object("user")?.text("display_name") ?? $0.text("raw") }
    change.committedAt = reader.time(node, "date")
    return change
  }

  private static func ref(_ target: Node) -> Ref? {
    if let number = target.object("pullrequest")?.identifier("id") {
      return Ref(name: target.text("source") ?? "pull request \(number)", type: .pullRequest, pullRequest: number)
    }
    guard let name = target.text("ref_name", "refName") else { return nil }
    switch target.text("ref_type", "refType") {
    case "branch", "named_branch", "bookmark": return Ref(name: name, type: .branch)
    case "tag", "annotated_tag": return Ref(name: name, type: .tag)
    default: return Ref(name: name, type: .other)
    }
  }

  private static func trigger(_ node: Node) -> Trigger? {
    guard let raw = node.text("name") ?? node.suffix("pipeline_trigger_") else { return nil }
    return Trigger(type: triggers[raw] ?? .unknown, raw: raw)
  }

  private static func actor(_ node: Node) -> Actor? {
    guard let name = node.text("display_name", "displayName") ?? node.text("nickname") else { return nil }
    let kind: Actor.Kind =
      switch node.text("type") {
      case "user": .human
      case "team", "app_user": .bot
      default: .unknown
      }
    return Actor(name: name, id: node.text("account_id", "accountId") ?? node.text("uuid"), kind: kind)
  }

  /// The provider can end a run milliseconds before it began (two clocks); nothing takes less than no time.
  private static func end(_ end: Timestamp?, notBefore start: Timestamp?) -> Timestamp? {
    guard let end, let start else { return end }
    return max(end, start)
  }

  /// The uuid in `…/repositories/{…}/pipelines/…`: all that narrow dumps say of the repository.
  private static func repositoryKey(_ url: String) -> String? {
    guard let range = url.firstRange(of: "/repositories/{") else { return nil }
    return "{" + url[range.upperBound...].prefix { $0 != "/" }
  }

  /// `owner/name` of an address such as `https://bitbucket.org/owner/name/addon/…`.
  private static func repository(_ url: String) -> String? {
    let parts = url.split(separator: "/", maxSplits: 5)
    guard parts.count >= 4, parts[0] == "https:", parts[1] == "bitbucket.org" else { return nil }
    return "\(parts[2])/\(parts[3])"
  }
}

extension Node {
  /// What follows `prefix` in the `type` of a discriminated object.
  fileprivate func suffix(_ prefix: String) -> String? {
    guard let type = text("type"), type.hasPrefix(prefix) else { return nil }
    return String(type.dropFirst(prefix.count))
  }
}

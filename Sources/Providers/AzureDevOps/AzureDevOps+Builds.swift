import Diagnostics
import Documents
import Records

/// Builds, and the runs of the newer interface, which are the same things with fewer fields.
extension AzureDevOps {
  private static let buildStatus = [
    0: "none", 1: "inProgress", 2: "completed", 4: "cancelling", 8: "postponed", 32: "notStarted",
  ]
  private static let buildResult = [0: "none", 2: "succeeded", 4: "partiallySucceeded", 8: "failed", 32: "canceled"]
  private static let buildReason = [
    0: "none", 1: "manual", 2: "individualCI", 4: "batchedCI", 8: "schedule", 16: "scheduleForced", 32: "userCreated",
    64: "validateShelveset", 128: "checkInShelveset", 256: "pullRequest", 512: "buildCompletion", 1024: "resourceTrigger",
    1967: "triggered",
  ]
  private static let runState = [0: "unknown", 1: "inProgress", 2: "canceling", 4: "completed"]
  private static let runResult = [0: "none", 1: "succeeded", 2: "failed", 4: "canceled"]
  private static let reasons = Words<Trigger.Kind>([
    "manual": .manual, "userCreated": .manual, "individualCI": .push, "batchedCI": .push, "checkInShelveset": .push,
    "schedule": .schedule, "scheduleForced": .schedule, "pullRequest": .pullRequest, "buildCompletion": .upstream,
    "resourceTrigger": .upstream,
  ])

  @Sendable static func readBuild(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a build without 'id'") }
    let (state, raw) = state(
      word(node["status"], buildStatus), result: word(node["result"], buildResult), at: node, &reader)
    var run = RunRecord(id: id, state: state)
    run.provider = provider
    run.stateRaw = raw
    run.warning = isWarning(raw)
    run.repository = repository(node)
    run.number = Int(id)
    run.pipeline = node.object("definition")?.text("name")
    run.url = webURL(node) ?? address(of: id, node.text("url"))
    run.createdAt = reader.time(node, "queueTime")
    if state != .queued { run.startedAt = reader.time(node, "startTime") }
    if state.isTerminal { run.finishedAt = reader.time(node, "finishTime") }
    run.commit = node.text("sourceVersion").flatMap(makeChange)
    let change = node.object("triggerInfo")
    run.commit?.message = change?.text("ci.message")
    // The name of a run is the day and a counter, unless people chose one.
    run.title = change?.text("pr.title") ?? (run.commit?.message == nil ? node.text("buildNumber") : nil)
    run.ref = node.text("sourceBranch").flatMap(Ref.init(written:))
    run.trigger = word(node["reason"], buildReason).flatMap { trigger($0, run.ref) }
    run.actor = actor(node.object("requestedFor") ?? node.object("requestedBy"))
    var piece = RunPiece(key: id, record: run, updatedAt: reader.time(node, "lastChangedDate") ?? run.finishedAt)
    piece.repositoryKey = node.object("repository")?.identifier("id") ?? node.object("project")?.identifier("id")
    piece.parameters = parameters(node)
    reader.add(.run(piece), provider: provider, named: "build \(id)", at: node)
    for job in node.list("jobs")?.elements ?? [] where isTimelineRecord(job) {
      readRecord(job, &reader, of: id, isImplied: true)
    }
  }

  @Sendable static func readRun(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a run without 'id'") }
    let (state, raw) = state(word(node["state"], runState), result: word(node["result"], runResult), at: node, &reader)
    let pipeline = node.object("pipeline")
    let source = node["resources", "repositories", "self"]
    var run = RunRecord(id: id, state: state)
    run.provider = provider
    run.stateRaw = raw
    run.warning = isWarning(raw)
    run.repository = source?.object("repository")?.text("fullName") ?? place(node.text("url"), project: nil)
    run.number = Int(id)
    run.pipeline = pipeline?.text("name")
    run.title = node.text("name")
    run.url = webURL(node)
    run.createdAt = reader.time(node, "createdDate")
    if state.isTerminal { run.finishedAt = reader.time(node, "finishedDate") }
    run.commit = source?.text("version").flatMap(makeChange)
    run.ref = source?.text("refName").flatMap(Ref.init(written:))
    var piece = RunPiece(key: id, record: run, updatedAt: run.finishedAt)
    piece.parameters = parameters(node)
    reader.add(.run(piece), provider: provider, named: "run \(id)", at: node)
  }

  static func trigger(_ word: String, _ ref: Ref?) -> Trigger? {
    if plainWord(word) == "none" { return nil }
    let type = reasons[word] ?? .unknown
    return Trigger(type: type == .push && ref?.type == .tag ? .tag : type, raw: word)
  }

  /// `owner/name` where the repository has it, `project/name` of one in Azure Repos, else the project.
  private static func repository(_ node: Node) -> String? {
    let repository = node.object("repository")
    let project = node.object("project")?.text("name")
    if let name = repository?.text("name") ?? repository?.text("id"), name.contains("/"), !name.contains("://") { return name }
    if let name = repository?.text("name"), let project { return "\(project)/\(name)" }
    return place(node.text("url"), project: project)
  }

  /// Of people, made of that of the interface.
  private static func address(of id: String, _ url: String?) -> String? {
    guard let url, let range = url.firstRange(of: "/_apis/"), id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return "\(url[..<range.lowerBound])/_build/results?buildId=\(id)"
  }

  /// What a run was started with: template parameters, variables, and the parameters of a build, which are JSON in a string.
  private static func parameters(_ node: Node) -> [String: String] {
    var found: [String: String] = [:]
    if let text = node.text("parameters"), text.utf8.count < 100_000 {
      let inner = readJSON(Source(file: "", bytes: Array(text.utf8))).value.first
      for member in inner?.members ?? [] { found[member.key] = member.value.identifier }
    }
    for member in node.object("variables")?.members ?? [] { found[member.key] = member.value["value"]?.identifier }
    for member in node.object("templateParameters")?.members ?? [] { found[member.key] = member.value.identifier }
    return found
  }
}

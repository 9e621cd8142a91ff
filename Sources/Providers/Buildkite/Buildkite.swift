import Documents
import Records

/// Buildkite (provider-formats.md, 7): builds and jobs of the REST interface, in lists, pages and webhooks. `Buildkite+GraphQL.swift`
/// finds the same objects in answers of the other interface, which has their keys in camel case and their words in capitals. A build is
/// known by its address: ids repeat in the published examples, and a job that blocks names its build in nothing but addresses.
enum Buildkite {
  static let format = Format(
    provider: "buildkite",
    runNoun: "build",
    endsItsSteps: true,
    tellsParameters: true,
    extent: { node in
      node.object("links").map { ListExtent(goesOn: $0.text("next") != nil) } ?? ListExtent(ofConnectionsIn: node)
    },
    wholeList: "ask for the pages that follow until one is the last, and store them all",
    shapes: [
      Format.Shape(fits: { isWebhook($0) }, read: readWebhook),
      Format.Shape(fits: { isJobPage($0) }, read: readJobs),
      Format.Shape(fits: { isBuild($0) }, read: { addBuild($0, &$1, isImplied: false) }),
      Format.Shape(fits: { isJob($0) }, read: { addJob($0, &$1, build: nil, isImplied: false) }),
      Format.Shape(
        fits: { $0["builds_url"] != nil && $0["slug"] != nil }, read: skip("a pipeline is the plan of builds, no build")),
    ] + graphQL)

  /// One table for builds and jobs: the words do not contradict each other.
  private static let states = Words<State>([
    "creating": .queued, "scheduled": .queued, "waiting": .queued, "pending": .queued, "limiting": .queued, "limited": .queued,
    "platform_limiting": .queued, "platform_limited": .queued, "reserved": .queued, "assigned": .queued, "accepted": .queued,
    "running": .running, "failing": .running, "canceling": .running,
    "timing_out": .running, "blocked": .waiting, "blocked_failed": .waiting, "passed": .succeeded, "unblocked": .succeeded,
    "failed": .failed, "waiting_failed": .failed, "unblocked_failed": .failed, "timed_out": .failed, "expired": .failed,
    "canceled": .cancelled, "skipped": .skipped, "not_run": .skipped,
    // What it needs did not pass, or its condition did not hold: it never ran.
    "broken": .skipped,
  ])
  static let sources = Words<Trigger.Kind>([
    "webhook": .push, "ui": .manual, "api": .api, "schedule": .schedule, "trigger_job": .upstream,
  ])

  // MARK: Shapes

  private static func isBuild(_ node: Node) -> Bool {
    guard node.whole("number") != nil, node.text("state") != nil else { return false }
    return place(of: node) != nil || (node.object("pipeline")?["slug"] != nil && (node["id"] ?? node["uuid"]) != nil)
  }

  private static func isJob(_ node: Node) -> Bool {
    isJobOfBuild(node) && ["build_url", "unblock_url", "web_url", "step_key", "graphql_id"].contains { node[$0] != nil }
  }

  /// What lies among the jobs of a build need not name it.
  private static func isJobOfBuild(_ node: Node) -> Bool {
    guard let type = node.text("type"), node.text("state") != nil, node.identifier("id", "uuid") != nil else { return false }
    return ["script", "waiter", "manual", "trigger"].contains(type)
  }

  private static func isJobPage(_ node: Node) -> Bool {
    node.list("items") != nil && (node["links", "self"] ?? node["links", "next"])?.string.flatMap(Place.init) != nil
  }

  private static func isWebhook(_ node: Node) -> Bool {
    guard let event = node.text("event"), node.object("build").map(isBuild) == true else { return false }
    return event.hasPrefix("build.") || event.hasPrefix("job.")
  }

  @Sendable private static func readJobs(_ node: Node, _ reader: inout FileReader) {
    guard reader.context.depth <= FileReader.deepest, let items = node.list("items") else {
      return reader.skip(node, .anArray)
    }
    let build = (node["links", "self"] ?? node["links", "next"])?.string.flatMap(Place.init)
    format.takePage(of: node, count: items.elements.count, &reader) { reader in
      for job in items.elements {
        if isJobOfBuild(job) { addJob(job, &reader, build: build?.key, isImplied: false) } else { reader.take(job) }
      }
    }
  }

  /// Each tells of a build, or of a job and in passing of its build, without the jobs.
  @Sendable private static func readWebhook(_ node: Node, _ reader: inout FileReader) {
    guard let build = node.object("build") else { return }
    let job = node.object("job").flatMap { isJobOfBuild($0) ? $0 : nil }
    addBuild(build, &reader, isImplied: job != nil, pipeline: node.object("pipeline"))
    if let job { addJob(job, &reader, build: place(of: build)?.key, isImplied: false) }
  }

  // MARK: Builds

  static func addBuild(_ node: Node, _ reader: inout FileReader, isImplied: Bool, pipeline outer: Node? = nil) {
    guard let number = node.whole("number") else { return }
    let pipeline = node.object("pipeline") ?? outer
    let place = place(of: node) ?? Place(pipeline: pipeline, number: number)
    guard let key = place?.key ?? node.identifier("uuid", "id") else {
      return reader.skip(node, "a build that names no pipeline")
    }
    let (state, raw) = buildState(node, &reader)
    var run = RunRecord(id: place.map { "\($0.pipeline)-\(number)" } ?? key, state: state)
    run.provider = "buildkite"
    run.stateRaw = raw
    run.pipeline = place?.pipeline ?? pipeline?.text("slug", "name")
    run.number = number
    run.url = node.text("web_url", "webUrl") ?? (place.map { $0.isForPeople } == true ? node.text("url") : nil)
    run.title = node.text("message").flatMap { $0.split(whereSeparator: \.isNewline).first.map(String.init) }
    run.createdAt = reader.time(node, "created_at", "createdAt")
    run.startedAt = reader.time(node, "started_at", "startedAt")
    if state.isTerminal { run.finishedAt = reader.time(node, "finished_at", "finishedAt") }
    run.commit = node.text("commit").flatMap { isHash($0) ? makeChange($0) : nil }
    run.commit?.author = node.object("author")?.text("name")
    run.ref = ref(node)
    run.trigger = trigger(node, run.ref)
    run.actor = (node.object("creator") ?? node.object("createdBy")).flatMap { actor($0, run.trigger) }
    let repository = pipeline?.text("repository") ?? pipeline?.object("repository")?.text("url")
    run.repository = repository.flatMap(repositoryName)
    var piece = RunPiece(key: key, record: run)
    piece.repositoryKey = place.map { "\($0.organization)/\($0.pipeline)" }
    piece.longID = key
    piece.parameters = parameters(node)
    reader.add(.run(piece), provider: "buildkite", named: "build \(run.id)", at: node, isImplied: isImplied)
    addJobs(of: node, key, &reader)
  }

  private static func addJobs(of node: Node, _ key: String, _ reader: inout FileReader) {
    for job in node.list("jobs")?.elements ?? [] where job.kind == .object && job["type"]?.string != "waiter" {
      guard isJobOfBuild(job) else {
        reader.skip(job, "a job without 'id', 'state' or a 'type' that is known")
        continue
      }
      addJob(job, &reader, build: key, isImplied: true)
    }
    for job in nodes(node.object("jobs")) where job.text("state") != nil { addJob(job, &reader, build: key, isImplied: true) }
  }

  /// The interface keeps the last state (`passed`) of a build that waits at a gate, and says so beside it.
  private static func buildState(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let word = node.text("state") else { return (.unknown, nil) }
    let state = reader.state(word, states, of: "Buildkite", at: node["state"] ?? node)
    let isOver = state == .cancelled || state == .skipped
    return node.flag("blocked") && !isOver ? (.waiting, "blocked") : (state, word)
  }

  private static func ref(_ node: Node) -> Ref? {
    if let tag = node.text("tag") { return Ref(name: tag, type: .tag) }
    guard let branch = node.text("branch") else { return nil }
    if let number = node.object("pull_request")?.identifier("id") {
      return Ref(name: branch, type: .pullRequest, pullRequest: number)
    }
    return Ref(written: branch)
  }

  private static func trigger(_ node: Node, _ ref: Ref?) -> Trigger? {
    guard let raw = node.text("source") ?? node.object("source")?.text("name") else { return nil }
    let type = sources[raw] ?? .unknown
    switch ref?.type {
    case .tag where type == .push: return Trigger(type: .tag, raw: raw)
    case .pullRequest where type == .push: return Trigger(type: .pullRequest, raw: raw)
    default: return Trigger(type: type, raw: raw)
    }
  }

  private static func actor(_ node: Node, _ trigger: Trigger?) -> Actor? {
    guard let name = node.text("name") else { return nil }
    return Actor(name: name, id: node.identifier("uuid", "id"), kind: trigger?.type == .manual ? .human : .unknown)
  }

  /// A build can be asked for with the word `HEAD`, a branch or a tag for its commit.
  static func isHash(_ text: String) -> Bool { text.utf8.count >= 7 && text.utf8.allSatisfy(\.isHexadecimal) }

  /// What its environment and its meta-data say; of one name the latter.
  private static func parameters(_ node: Node) -> [String: String] {
    var found: [String: String] = [:]
    for key in ["env", "meta_data"] {
      for member in node.object(key)?.members ?? [] { found[member.key] = member.value.identifier ?? found[member.key] }
    }
    return found
  }

  // MARK: Jobs

  static func addJob(_ node: Node, _ reader: inout FileReader, build: String?, isImplied: Bool) {
    let told = ["build_url", "web_url", "url", "unblock_url"].lazy.compactMap { node.text($0).flatMap(Place.init)?.key }.first
    guard let id = node.identifier("uuid", "id"), let build = build ?? told else {
      return isImplied ? () : reader.skip(node, "a job that names no build")
    }
    let type = node.text("type", "__typename")?.lowercased() ?? ""
    if type == "waiter" || type == "jobtypewait" {
      return isImplied ? () : reader.skip(node, named: "job \(id)", "it only waits for the jobs before it")
    }
    let (state, raw) = jobState(node, &reader)
    var step = Step(name: node.text("name", "label") ?? node.text("step_key") ?? "", state: state)
    step.key = id
    step.stateRaw = raw
    step.stage = node.text("group_key")
    step.warning = node.flag("soft_failed") || node.flag("softFailed")
    step.optional = step.warning
    step.attempt = 1 + min(node.whole("retries_count") ?? 0, 1000)
    if state != .queued, state != .skipped { step.startedAt = reader.time(node, "started_at", "startedAt") }
    if state.isTerminal, state != .skipped { step.finishedAt = reader.time(node, "finished_at", "finishedAt") }
    step.url = node.text("web_url") ?? node.object("triggered_build")?.text("web_url")
    if state == .failed, let code = node.first(["exit_status", "exitStatus"])?.identifier, code != "0" {
      step.error = "exit status \(code)"
    }
    var piece = StepPiece(runKey: build, step: step)
    piece.updatedAt = step.finishedAt ?? step.startedAt
    if type == "manual" || type == "jobtypeblock" {
      piece.isOnlyGate = true
      piece.gate = gate(node, raw, &reader)
      piece.updatedAt = piece.gate?.decisions.first?.at
    } else if isImplied {
      // All jobs of the build stand beside it: a gate before it would, too.
      piece.trigger = .automatic
    }
    reader.add(.step(piece), provider: "buildkite", named: "job \(id)", at: node, isImplied: isImplied)
  }

  /// `FINISHED` is a word of the other interface: whether it passed stands beside it.
  private static func jobState(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let word = node.text("state") else { return (.unknown, nil) }
    guard plainWord(word) == "finished" else {
      return (reader.state(word, states, of: "Buildkite", at: node["state"] ?? node), word)
    }
    guard let passed = node["passed"]?.bool else { return (.unknown, word) }
    return passed ? (.succeeded, "passed") : (.failed, "failed")
  }

  /// nil while the build has not come to it. When it did is not told.
  private static func gate(_ node: Node, _ word: String?, _ reader: inout FileReader) -> Gate? {
    let state: Gate.State
    switch word.map(plainWord) {
    case "blocked", "blockedfailed": state = .waiting
    case "unblocked", "unblockedfailed", "finished": state = .approved
    case "canceled": state = .cancelled
    case "skipped", "broken", "notrun", "waitingfailed": state = .skipped
    case "pending", "waiting", "scheduled", "limiting", "limited", "platformlimiting", "platformlimited", "reserved": return nil
    default: state = .unknown
    }
    var gate = Gate(kind: .human, state: state)
    let by = (node.object("unblocked_by") ?? node.object("unblockedBy"))?.text("name")
    let at = reader.time(node, "unblocked_at", "unblockedAt")
    if state == .approved { gate.decisions = [Gate.Decision(by: by, at: at, decision: "approved")] }
    return gate
  }

  static func skip(_ reason: SkipReason) -> @Sendable (Node, inout FileReader) -> Void { { $1.skip($0, reason) } }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
  }
}

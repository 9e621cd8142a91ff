import Documents
import Records
import Time

/// CDEvents (provider-formats.md, 9), versions 0.3 to 0.5.1 and the approvals of the draft of 0.6: events, bare or in the envelope of
/// CloudEvents. One event tells one moment; the events of one subject are one object, and those of one chain one story. An event is known
/// by its subject, since one identifier stands in many of them. `CDEvents+Deployments.swift` reads what is about services.
enum CDEvents {
  static let format = Format(
    provider: "cdevents",
    endsItsSteps: true,
    waitsBeyondEnd: true,
    shapes: [
      Format.Shape(fits: { isEvent($0) }, read: readEvent),
      Format.Shape(fits: { isEnvelope($0) && $0.object("data").map(isEvent) == true }, read: readEnvelope),
      Format.Shape(
        fits: { isEnvelope($0) }, read: skip("its 'data' is no JSON object: events in other encodings are not read")),
    ],
    joining: [.beforeRuns: { $0.followChains() }, .beforeReviews: { $0.placeReviews() }])

  static let outcomes = Words<State>(["success": .succeeded, "failure": .failed, "error": .failed, "cancel": .cancelled])

  /// What every event says.
  struct Event {
    /// `service` and `deployed` of `dev.cdevents.service.deployed.0.3.0`.
    let noun: String
    let verb: String
    let node: Node
    let content: Node?
    /// What it is about, and where that is known by its id.
    let id: String
    let source: String
    let context: Node
    let at: Timestamp?

    var key: String { "\(source) \(id)" }
    var name: String { "\(noun) \(verb) \(id)" }
    var chain: String? { context.text("chainId") }
  }

  // MARK: Shapes

  private static func isEvent(_ node: Node) -> Bool {
    node.object("context")?.text("type")?.hasPrefix("dev.cdevents.") == true && node["subject"] != nil
  }

  private static func isEnvelope(_ node: Node) -> Bool {
    node.text("specversion") != nil && node.text("type")?.hasPrefix("dev.cdevents.") == true
  }

  @Sendable private static func readEnvelope(_ node: Node, _ reader: inout FileReader) {
    if let event = node.object("data") { readEvent(event, &reader) }
  }

  @Sendable private static func readEvent(_ node: Node, _ reader: inout FileReader) {
    guard let context = node.object("context"), let subject = node.object("subject"), let id = subject.identifier("id") else {
      return reader.skip(node, "an event without the 'id' of a subject")
    }
    let parts = (context.text("type") ?? "").lowercased().split(separator: ".").map(String.init)
    guard parts.count >= 4 else { return reader.skip(node, "its type names no subject and predicate") }
    let event = Event(
      noun: parts[2], verb: parts[3], node: node, content: subject.object("content"), id: id,
      source: subject.text("source") ?? context.text("source") ?? "", context: context, at: reader.time(context, "timestamp"))
    read(event, &reader)
  }

  private static func read(_ event: Event, _ reader: inout FileReader) {
    switch (event.noun, event.verb) {
    case ("pipelinerun", "queued"), ("pipelinerun", "started"), ("pipelinerun", "finished"): addRun(event, &reader)
    case ("taskrun", "started"), ("taskrun", "finished"): addStep(event, &reader)
    case ("service", "deployed"), ("service", "upgraded"), ("service", "rolledback"), ("service", "removed"):
      addDeployment(event, &reader)
    case ("environment", "created"), ("environment", "modified"), ("environment", "deleted"): addEnvironment(event, &reader)
    case ("incident", "detected"), ("incident", "reported"), ("incident", "resolved"): addIncident(event, &reader)
    case ("approval", "created"), ("approval", "updated"), ("approval", "closed"): addApproval(event, &reader)
    default: reader.skip(event.node, named: event.name, "events '\(cut(event.noun)) \(cut(event.verb))' are not read")
    }
  }

  // MARK: Runs and tasks

  private static func addRun(_ event: Event, _ reader: inout FileReader) {
    let (state, raw) = state(event, &reader)
    let pipeline = event.content?.text("pipelineName")
    // A number is unique in its pipeline at most.
    let isNumber = event.id.utf8.allSatisfy { (0x30...0x39).contains($0) }
    var run = RunRecord(id: isNumber ? pipeline.map { "\($0)-\(event.id)" } ?? event.id : event.id, state: state)
    run.provider = "cdevents"
    run.stateRaw = raw
    run.pipeline = pipeline
    run.number = isNumber ? Int(event.id) : nil
    // Prose and conformance files call it by two names.
    run.url = event.content?.text("uri", "url")
    switch event.verb {
    case "queued": run.createdAt = event.at
    case "started": run.startedAt = event.at
    default: run.finishedAt = event.at
    }
    var piece = RunPiece(key: event.key, record: run, updatedAt: event.at)
    piece.longID = (event.source.split(separator: "/").map(String.init) + [run.id]).joined(separator: "/")
    reader.add(.run(piece), provider: "cdevents", named: event.name, at: event.node, chain: event.chain)
  }

  private static func addStep(_ event: Event, _ reader: inout FileReader) {
    let (state, raw) = state(event, &reader)
    var step = Step(name: event.content?.text("taskName") ?? event.id, state: state)
    step.key = event.key
    step.stateRaw = raw
    step.url = event.content?.text("uri", "url")
    if event.verb == "started" { step.startedAt = event.at } else { step.finishedAt = event.at }
    if state == .failed { step.error = event.content?.text("errors") }
    let run = event.content?.object("pipelineRun").flatMap { reference($0, in: event) }
    var piece = StepPiece(runKey: run ?? "", step: step)
    piece.updatedAt = event.at
    piece.order = event.at.map { Int(clamping: $0.seconds) } ?? 0
    reader.add(.step(piece), provider: "cdevents", named: event.name, at: event.node, chain: event.chain ?? "")
  }

  /// The word of an outcome is free text up to 0.4.1; without one nothing is said.
  private static func state(_ event: Event, _ reader: inout FileReader) -> (State, raw: String?) {
    switch event.verb {
    case "queued": return (.queued, "queued")
    case "started": return (.running, "started")
    default: break
    }
    guard let word = event.content?.text("outcome") else { return (.unknown, nil) }
    return (reader.state(word, outcomes, of: "CDEvents", at: event.content?["outcome"] ?? event.node), word)
  }

  /// The key of another subject; its source is that of the context where it has none of its own.
  static func reference(_ node: Node, in event: Event) -> String? {
    node.identifier("id").map { "\(node.text("source") ?? event.context.text("source") ?? event.source) \($0)" }
  }

  static func skip(_ reason: SkipReason) -> @Sendable (Node, inout FileReader) -> Void { { $1.skip($0, reason) } }
}

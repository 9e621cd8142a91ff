import Documents
import Records

/// The timeline of a build: a tree of stages, phases, jobs and tasks, with the checkpoints before the stages. Ids repeat in every build of
/// a pipeline, so keys have the build before them; a record that stands alone is of the build whose log it names.
extension AzureDevOps {
  private static let recordState = [0: "pending", 1: "inProgress", 2: "completed"]
  static let taskResult = [
    0: "succeeded", 1: "succeededWithIssues", 2: "failed", 3: "canceled", 4: "skipped", 5: "abandoned",
    6: "manuallyQueued", 7: "dependentOnManualQueue",
  ]

  @Sendable static func isTimelineRecord(_ node: Node) -> Bool {
    node["parentId"] != nil && node["type"] != nil && node["state"] != nil
      && ["identifier", "changeId", "previousAttempts", "workerName"].contains { node[$0] != nil }
  }

  @Sendable static func isTimeline(_ node: Node) -> Bool {
    guard let records = node.list("records"), (node["changeId"] ?? node["lastChangedBy"]) != nil else { return false }
    return records.elements.first.map(isTimelineRecord) ?? true
  }

  @Sendable static func readTimeline(_ node: Node, _ reader: inout FileReader) {
    let records = node.list("records")?.elements ?? []
    if records.isEmpty { return reader.skip(node, "a timeline without records") }
    let build = component(after: "builds", of: node.text("url")) ?? records.lazy.compactMap(build(of:)).first
    for record in records {
      if isTimelineRecord(record) {
        readRecord(record, &reader, of: build)
      } else {
        reader.skip(record, "no record of a timeline")
      }
    }
  }

  private static func build(of record: Node) -> String? {
    component(after: "builds", of: record.object("log")?.text("url") ?? record.text("url"))
  }

  /// `build`: the one that the record is found in, where that is known.
  static func readRecord(_ node: Node, _ reader: inout FileReader, of build: String?, isImplied: Bool = false) {
    let name = node.text("name") ?? node.text("identifier") ?? "record"
    guard let id = node.identifier("id"), let build = build ?? self.build(of: node) else {
      if !isImplied { reader.skip(node, named: "\(name)", "it names no build; the timeline that holds it does") }
      return
    }
    let type = node.text("type").map(plainWord) ?? ""
    let key = "\(build)/\(id)"
    let parent = node.identifier("parentId").map { "\(build)/\($0)" }
    var step = step(node, name: name, &reader)
    if type.hasPrefix("checkpoint."), let gate = gate(type, step) {
      var review = ReviewPiece(runKey: build, gates: [gate])
      review.gates[0].key = id
      review.gates[0].step = parent
      review.gates[0].requestedAt = reader.time(node, "startTime")
      review.key = id
      review.isOutline = true
      review.updatedAt = step.finishedAt ?? step.startedAt
      return reader.add(.review(review), provider: provider, named: "checkpoint \(id)", at: node, isImplied: isImplied)
    }
    step.key = key
    step.parent = parent
    var piece = StepPiece(runKey: build, step: step)
    // A phase is the plan of the jobs in it, and a checkpoint only holds its checks.
    piece.isFolded = type == "phase" || type.hasPrefix("checkpoint")
    piece.path = node.text("identifier")
    piece.order = node.whole("order") ?? 0
    piece.updatedAt = step.finishedAt ?? step.startedAt ?? reader.time(node, "lastModified")
    reader.add(.step(piece), provider: provider, named: "\(name) of build \(build)", at: node, isImplied: isImplied)
  }

  private static func step(_ node: Node, name: String, _ reader: inout FileReader) -> Step {
    let result = word(node["result"], taskResult)
    let (state, raw) = state(word(node["state"], recordState), result: result, at: node, &reader)
    var step = Step(name: name, state: state)
    step.stateRaw = raw
    step.warning = isWarning(raw)
    step.attempt = min(max(1, node.whole("attempt") ?? 1), 1_000_000)
    let errors = (node.list("issues")?.elements ?? []).lazy.filter { $0.text("type") == "error" || $0["type"]?.int == 1 }
    step.error = state == .failed ? errors.compactMap { $0.text("message") }.first : nil
    guard state == .running || state.isTerminal, state != .skipped else { return step }
    step.startedAt = reader.time(node, "startTime")
    step.finishedAt = state.isTerminal ? reader.time(node, "finishTime") : nil
    return step
  }

  /// The gate that a checkpoint is. A permission that was there all along held nobody up. Whether who failed an approval refused it or
  /// let the time run out, only the approval itself tells.
  private static func gate(_ type: String, _ step: Step) -> Gate? {
    let kind: Gate.Kind =
      switch type {
      case "checkpoint.approval": .human
      case "checkpoint.exclusivelock": .lock
      case "checkpoint.authorization", "checkpoint.extendscheck": .policy
      default: .check
      }
    let state: Gate.State =
      switch step.state {
      case .queued, .running, .waiting: .waiting
      case .succeeded: .approved
      case .cancelled: .cancelled
      case .skipped: .skipped
      case .failed: kind == .human ? .unknown : .rejected
      case .superseded, .unknown: .unknown
      }
    if kind == .policy, state == .approved { return nil }
    var gate = Gate(kind: kind, state: state)
    if state == .approved { gate.decisions = [Gate.Decision(at: step.finishedAt, decision: "approved")] }
    return gate
  }

  // MARK: Environments

  @Sendable static func isEnvironment(_ node: Node) -> Bool {
    node["id"] != nil && node["name"] != nil && ["createdBy", "createdOn", "lastModifiedBy"].allSatisfy { node[$0] != nil }
      && (node["project"] ?? node["resources"]) != nil
  }

  @Sendable static func readEnvironment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let name = node.text("name") else {
      return reader.skip(node, "an environment without 'id' or 'name'")
    }
    var piece = EnvironmentPiece(key: id, reference: .init(name: name))
    piece.updatedAt = reader.time(node, "lastModifiedOn", "createdOn")
    reader.add(.environment(piece), provider: provider, named: "environment \(name)", at: node)
    for resource in node.list("resources")?.elements ?? [] {
      guard let number = resource.identifier("id"), let name = resource.text("name") else { continue }
      let named = NamePiece(key: resourceKey(environment: id, number), name: name)
      reader.add(.name(named), provider: provider, named: "resource \(name)", at: resource, isImplied: true)
    }
  }

  /// Also what a resource is called whose name nothing tells.
  private static func resourceKey(environment: String, _ id: String) -> String {
    "resource \(id) of environment \(environment)"
  }

  /// A job of a build that deployed to an environment, which it names by its id.
  @Sendable static func readEnvironmentRecord(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let environment = node.identifier("environmentId") else {
      return reader.skip(node, "a deployment without 'id' or 'environmentId'")
    }
    var record = DeploymentRecord(environment: .init(name: ""))
    record.provider = provider
    record.id = "environment-\(environment)-\(id)"
    record.url = node.object("owner").flatMap(webURL)
    // Jobs count anew in each attempt of their stage; those of one such attempt are told apart by their step and times.
    record.attempt = (node.whole("stageAttempt") ?? node.whole("jobAttempt")).map { min(max(1, $0), 1000) }
    record.startedAt = reader.time(node, "startTime")
    record.finishedAt = reader.time(node, "finishTime")
    if let word = word(node["result"], taskResult) {
      record.state = reader.state(word, states, of: "Azure DevOps", at: node["result"] ?? node)
      record.stateRaw = word
    } else {
      record.state = record.finishedAt != nil ? .unknown : record.startedAt != nil ? .running : .queued
    }
    if record.state?.isTerminal != true { record.finishedAt = nil }
    var piece = DeploymentPiece(key: record.id ?? id, record: record, outcome: .told)
    piece.environmentKey = environment
    piece.targetKey = node.identifier("resourceId").map { resourceKey(environment: environment, $0) }
    piece.runKey = node.object("owner")?.identifier("id")
    piece.createdAt = reader.time(node, "queueTime")
    piece.updatedAt = record.finishedAt ?? record.startedAt ?? piece.createdAt
    // A pipeline without stages has one that nobody named.
    let names = [node.text("stageName"), node.text("jobName")].compactMap { $0 }.filter { $0 != "__default" }
    piece.stepPath = names.isEmpty ? nil : names.joined(separator: ".")
    reader.add(.deployment(piece), provider: provider, named: "deployment \(id)", at: node)
  }
}

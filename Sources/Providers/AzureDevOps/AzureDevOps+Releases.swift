import Documents
import Records
import Time

/// Classic releases: a release is a run, and each attempt at one of its stages a step and a deployment.
extension AzureDevOps {
  private static let deploymentStatus = [
    0: "undefined", 1: "notDeployed", 2: "inProgress", 4: "succeeded", 8: "partiallySucceeded", 16: "failed",
  ]
  private static let operationStatus = [
    0: "undefined", 1: "queued", 2: "scheduled", 4: "pending", 8: "approved", 16: "rejected", 32: "deferred",
    64: "queuedForAgent", 128: "phaseInProgress", 256: "phaseSucceeded", 512: "phasePartiallySucceeded",
    1024: "phaseFailed", 2048: "canceled", 4096: "phaseCanceled", 8192: "manualInterventionPending",
    16384: "queuedForPipeline", 32768: "cancelling", 65536: "evaluatingGates", 131072: "gateFailed",
  ]
  private static let deploymentReason = [0: "none", 1: "manual", 2: "automated", 4: "scheduled", 8: "redeployTrigger"]

  /// What an operation says beyond the status of its deployment. The others leave it to that: approved, phaseInProgress, phaseSucceeded.
  private static let operations = Words<State>([
    "pending": .waiting, "manualInterventionPending": .waiting, "evaluatingGates": .waiting, "deferred": .waiting,
    "queued": .queued, "queuedForAgent": .queued, "queuedForPipeline": .queued, "scheduled": .queued, "rejected": .failed,
    "gateFailed": .failed, "phaseFailed": .failed, "canceled": .cancelled, "phaseCanceled": .cancelled,
  ])

  // MARK: Releases

  @Sendable static func readRelease(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a release without 'id'") }
    addRelease(node, of: node.object("releaseDefinition"), &reader, isImplied: false)
    for stage in node.list("environments")?.elements ?? [] where stage.kind == .object {
      if let key = stageKey(stage), let name = stage.text("name") {
        let reference = DeploymentRecord.EnvironmentReference(name: name, rank: stage.whole("rank"))
        reader.add(
          .environment(EnvironmentPiece(key: key, reference: reference)), provider: provider, named: "environment \(name)",
          at: stage, isImplied: true)
      }
      for attempt in stage.list("deploySteps")?.elements ?? [] {
        addDeployment(attempt, of: stage, release: node, id, id: attempt.identifier("deploymentId"), &reader, isImplied: true)
      }
    }
  }

  /// The run that a release is. Its state is that of its deployments; without any it is `abandoned` or has yet to start.
  static func addRelease(_ node: Node, of definition: Node?, _ reader: inout FileReader, isImplied: Bool) {
    guard let id = node.identifier("id") else { return }
    let status = node.text("status")
    let isOver = status.map { plainWord($0) == "abandoned" } ?? false
    var run = RunRecord(id: "release-\(id)", state: isOver ? .cancelled : .queued)
    run.provider = provider
    run.stateRaw = status
    run.number = Int(id)
    run.title = node.text("name")
    run.pipeline = definition?.text("name")
    run.url = webURL(node) ?? node.text("webAccessUri")
    run.createdAt = reader.time(node, "createdOn")
    // The hand that made a release starts none of its deployments: each of them says what did.
    run.trigger = node.text("reason").flatMap { plainWord($0) == "none" ? nil : Trigger(type: .unknown, raw: $0) }
    run.actor = actor(node.object("createdBy"))
    let artifact = primaryArtifact(of: node)
    let source = artifact?.object("definitionReference")
    run.version = version(artifact)
    run.commit = source?.object("sourceVersion")?.text("id", "name").flatMap(makeChange)
    run.ref = (source?.object("branch")?.text("name", "id")).flatMap(Ref.init(written:))
    let name = source?.object("repository")?.text("name")
    let project = source?.object("project")?.text("name")
    run.repository = name.flatMap { $0.contains("/") ? $0 : nil } ?? place(node.text("url"), project: project)
    var piece = RunPiece(key: run.id, record: run, updatedAt: reader.time(node, "modifiedOn"))
    piece.isSumOfDeployments = true
    reader.add(.run(piece), provider: provider, named: "release \(id)", at: node, isImplied: isImplied)
  }

  private static func primaryArtifact(of release: Node?) -> Node? {
    let artifacts = release?.list("artifacts")?.elements ?? []
    return artifacts.first { $0.flag("isPrimary") } ?? artifacts.first
  }

  private static func version(_ artifact: Node?) -> VersionLabel? {
    guard let name = artifact?.object("definitionReference")?.object("version")?.text("name", "id") else { return nil }
    return VersionLabel(name: name, artifact: artifact?.text("alias"))
  }

  // MARK: Deployments

  @Sendable static func isClassicDeployment(_ node: Node) -> Bool {
    (node["deploymentStatus"] ?? node["operationStatus"]) != nil && node.object("release") != nil
      && node.object("releaseEnvironment") != nil
  }

  @Sendable static func readClassicDeployment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let release = node.object("release"), let run = release.identifier("id"),
      let stage = node.object("releaseEnvironment"), stage.text("name") != nil
    else { return reader.skip(node, "a deployment without 'id', 'release' or 'releaseEnvironment'") }
    addRelease(release, of: node.object("releaseDefinition"), &reader, isImplied: true)
    addDeployment(node, of: stage, release: release, run, id: id, &reader, isImplied: false)
  }

  /// One attempt at a stage: `node` has its state; `stage` the rest, where the release is read and not the deployment.
  private static func addDeployment(
    _ node: Node, of stage: Node, release: Node, _ run: String, id: String?, _ reader: inout FileReader, isImplied: Bool
  ) {
    guard let id, let name = stage.text("name") else { return }
    let attempt = min(max(1, node.whole("attempt") ?? 1), 1_000_000)
    let key = stepKey(release: run, stage: stage, attempt: attempt)
    let before = approvals("preDeployApprovals", node, stage, attempt)
    let after = approvals("postDeployApprovals", node, stage, attempt)
    let gates = [
      gate(of: Approvals(list: before ?? [], required: required("pre", stage)), key: key, name, isAfter: false, &reader),
      gate(of: Approvals(list: after ?? [], required: required("post", stage)), key: key, name, isAfter: true, &reader),
    ].compactMap { $0 }
    let step = step(node, key: key, name, attempt, after: gates.first { $0.environment != nil }, &reader)

    var record = DeploymentRecord(environment: .init(name: name))
    record.provider = provider
    record.repository = place(release.text("url"), project: nil)
    record.id = id
    record.attempt = attempt
    (record.state, record.stateRaw) = (step.state, step.stateRaw)
    (record.startedAt, record.finishedAt) = (step.startedAt, step.finishedAt)
    record.version = version(primaryArtifact(of: release))
    record.url = webURL(release) ?? release.text("webAccessUri")
    record.actor = actor(node.object("requestedFor") ?? node.object("requestedBy"))
    let reason = word(node["reason"], deploymentReason).map(plainWord)
    record.promotion = promotion(reason, before)
    record.action = reason == "redeploytrigger" ? .redeploy : nil
    var piece = DeploymentPiece(key: id, record: record, outcome: .told)
    piece.environmentKey = node.identifier("definitionEnvironmentId").map { "stage-\($0)" } ?? stageKey(stage)
    piece.runKey = "release-\(run)"
    piece.stepKey = key
    piece.createdAt = reader.time(node, "queuedOn") ?? reader.time(node, "startedOn")
    piece.updatedAt = reader.time(node, "lastModifiedOn")
    piece.gates = gates
    reader.add(.deployment(piece), provider: provider, named: "deployment \(id)", at: node, isImplied: isImplied)

    var stepPiece = StepPiece(runKey: "release-\(run)", step: step)
    stepPiece.order = Int(id) ?? 0
    stepPiece.updatedAt = piece.updatedAt
    stepPiece.gateBehind = afterKey(step: key)
    stepPiece.isHeldBehind = gates.contains { $0.key == stepPiece.gateBehind && $0.state == .waiting }
    reader.add(.step(stepPiece), provider: provider, named: "stage \(name)", at: node, isImplied: true)
  }

  /// `startedOn` is when the first approval was asked for: the deployment itself begins when the last has been given.
  private static func step(
    _ node: Node, key: String, _ name: String, _ attempt: Int, after gate: Gate?, _ reader: inout FileReader
  ) -> Step {
    var (state, raw) = state(node, &reader)
    let hasBegun = hasBegun(node, after: gate)
    if !hasBegun, state == .failed { state = .cancelled }
    var step = Step(name: name, state: state)
    step.key = key
    step.stateRaw = raw
    step.warning = isWarning(raw)
    step.attempt = attempt
    guard state == .running || state.isTerminal, state != .skipped else { return step }
    let startedAt = hasBegun ? reader.time(node, "startedOn", "queuedOn") : nil
    step.startedAt = max(startedAt ?? .distantPast, (hasBegun ? approval(gate) : nil) ?? .distantPast)
    if step.startedAt == .distantPast { step.startedAt = nil }
    step.finishedAt = state.isTerminal ? reader.time(node, "completedOn") ?? reader.time(node, "lastModifiedOn") : nil
    if let end = step.finishedAt, let start = step.startedAt, end < start { step.startedAt = startedAt }
    return step
  }

  /// Whether anything was deployed. What was rejected, or held up by its gates, before it began is `notDeployed`, or even `failed`.
  private static func hasBegun(_ node: Node, after gate: Gate?) -> Bool {
    if gate?.state == .rejected { return false }
    let status = word(node["deploymentStatus"] ?? node["status"], deploymentStatus).map(plainWord)
    let operation = word(node["operationStatus"], operationStatus).map(plainWord) ?? ""
    return status != "notdeployed" || operation.hasPrefix("phase")
  }

  /// The operation where it says more, else the status. One that is no success is never overruled by one that is.
  private static func state(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    let status = word(node["deploymentStatus"] ?? node["status"], deploymentStatus)
    if let operation = word(node["operationStatus"], operationStatus), let state = operations[operation] {
      return (state, operation)
    }
    guard let status, plainWord(status) != "undefined" else { return (.unknown, status) }
    return (reader.state(status, states, of: "Azure DevOps", at: node["deploymentStatus"] ?? node["status"] ?? node), status)
  }

  private static func approvals(_ name: String, _ node: Node, _ stage: Node, _ attempt: Int) -> [Node]? {
    if let own = node.list(name) { return own.elements }
    return stage.list(name)?.elements.filter { ($0.whole("attempt") ?? attempt) == attempt }
  }

  /// The approvals of one stage, and how many of them were enough where that is told; else all of them, as far as they were needed.
  struct Approvals {
    let list: [Node]
    let required: Int?
  }

  /// 0 stands for all.
  private static func required(_ side: String, _ stage: Node) -> Int? {
    let options = stage.object(side + "ApprovalsSnapshot")?.object("approvalOptions")
    return options?.whole("requiredApproverCount").flatMap { (1..<1000).contains($0) ? $0 : nil }
  }

  private static func approval(_ gate: Gate?) -> Timestamp? {
    gate?.state == .approved ? gate?.decidedAt : nil
  }

  /// `automated` does not mean that nobody approved; a person's approval is a gate, and gates decide first.
  private static func promotion(_ reason: String?, _ before: [Node]?) -> DeploymentRecord.Promotion? {
    switch reason {
    case "manual": return .manual
    case "automated", "scheduled", "redeploytrigger":
      guard let before else { return nil }
      let isOpen = before.allSatisfy {
        $0.flag("isAutomated") && word($0["status"], approvalStatus).map(plainWord) == "approved"
      }
      return isOpen ? .automatic : nil
    default: return nil
    }
  }

  // MARK: Keys

  /// One attempt at a stage of a release; its approvals know it by the same.
  static func stepKey(release: String, stage: Node, attempt: Int?) -> String {
    "release-\(release)/\(stage.identifier("id") ?? stage.text("name") ?? "")/\(max(1, attempt ?? 1))"
  }

  /// The gate behind that attempt.
  static func afterKey(step: String) -> String { step + "/after" }

  /// A stage of the definition: the same in all its releases.
  private static func stageKey(_ stage: Node) -> String? { stage.identifier("definitionEnvironmentId").map { "stage-\($0)" } }
}

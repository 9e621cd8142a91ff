import Documents
import Records

/// Deployments with their jobs, pipelines and approvals, environments with their last deployment, and releases.
extension GitLab {
  /// A deployment that is approved goes on waiting until somebody presses play (gitlab-org/gitlab!125659); one that is rejected
  /// never ran.
  static let deploymentStates = Words<State>([
    "created": .queued, "blocked": .waiting, "approved": .waiting, "running": .running, "success": .succeeded,
    "failed": .failed, "rejected": .cancelled, "canceled": .cancelled, "skipped": .skipped,
  ])
  static let tiers = Words<Tier>([
    "production": .production, "staging": .staging, "testing": .test, "development": .development, "other": .other,
  ])

  @Sendable static func isDeployment(_ node: Node) -> Bool {
    node["id"] != nil && node["sha"] != nil && node.object("environment")?["name"] != nil
      && ((node["iid"] != nil && node["status"] != nil) || node.object("deployable") != nil)
  }

  @Sendable static func isEnvironment(_ node: Node) -> Bool {
    node["id"] != nil && node["name"] != nil && node["slug"] != nil
      && ["external_url", "last_deployment", "auto_stop_at", "tier"].contains { node[$0] != nil }
  }

  // MARK: Deployments

  /// `environment`: the environment that tells of it as its last.
  static func addDeployment(_ node: Node, _ reader: inout FileReader, environment outer: Node? = nil) {
    guard let id = node.identifier("id"), let environment = node.object("environment") ?? outer else {
      if outer == nil { reader.skip(node, "a deployment without 'id' or 'environment'") }
      return
    }
    let job = node.object("deployable")
    var record = DeploymentRecord(environment: reference(environment, &reader))
    record.provider = "gitlab"
    record.id = id
    record.url = job?.text("web_url")
    record.repository = repository(record.url) ?? repository(job?.object("pipeline")?.text("web_url"))
    record.repository = record.repository ?? reader.context.repository
    record.commit = node.text("sha").flatMap(makeChange)
    if let commit = job?.object("commit") { describe(commit, &record.commit, &reader) }
    record.actor = node.object("user").flatMap(actor) ?? job?.object("user").flatMap(actor)
    settle(&record, node, job, &reader)
    var piece = DeploymentPiece(key: id, record: record, outcome: .told)
    piece.environmentKey = environment.identifier("id")
    piece.runKey = job.flatMap { pipelineKey(ofJob: $0, reader) }
    piece.stepKey = job?.identifier("id")
    piece.createdAt = reader.time(node, "created_at")
    piece.updatedAt = reader.time(node, "updated_at") ?? record.finishedAt ?? piece.createdAt
    piece.ref = node.text("ref").map { job?.flag("tag") == true ? "refs/tags/" + $0 : $0 }
    piece.gates = gate(node, piece, &reader).map { [$0] } ?? []
    reader.add(.deployment(piece), provider: "gitlab", named: "deployment \(id)", at: node, isImplied: outer != nil)
    if let job { addJob(job, &reader, isImplied: true) }
  }

  /// State and times. The times of a deployment are when its record was made and changed; those of its job tell more.
  private static func settle(_ record: inout DeploymentRecord, _ node: Node, _ job: Node?, _ reader: inout FileReader) {
    let status = node["status"] ?? job?["status"] ?? node
    let state: State
    if let word = node.text("status") {
      record.stateRaw = word
      state = reader.state(word, deploymentStates, of: "GitLab", at: status)
    } else {
      // GitLab before 12.2 leaves it to the job.
      (state, record.stateRaw) = self.state(job?["status"], &reader)
    }
    record.state = state
    if state == .succeeded, let word = record.stateRaw, let other = job?.text("status"), states[other] != .succeeded {
      reader.warn(.contradictoryOutcome(deployment: word, job: other), at: status)
      record.state = .unknown
    }
    guard state == .running || state.isTerminal, state != .skipped else { return }
    record.startedAt = job.flatMap { reader.time($0, "started_at") }
    guard state.isTerminal else { return }
    record.finishedAt = job.flatMap { reader.time($0, "finished_at") } ?? reader.time(node, "updated_at")
  }

  static func reference(_ node: Node, _ reader: inout FileReader) -> DeploymentRecord.EnvironmentReference {
    let tier = node.text("tier").flatMap { tiers[$0] }
    var reference = DeploymentRecord.EnvironmentReference(
      name: node.text("name") ?? "", tier: tier, url: node.text("external_url"))
    // What is available then will not be any more when that has come; what was stopped before is.
    reference.stopsAt = reader.time(node, "auto_stop_at")
    if reference.stopsAt != nil { reference.isShortLived = true }
    // What is available is so until something else is said: only the end is worth a word.
    if node.text("state").map(plainWord) == "stopped" { reference.availability = .stopped }
    return reference
  }

  // MARK: Approvals

  /// The approvals that a protected environment asks for, if it does.
  private static func gate(_ node: Node, _ piece: DeploymentPiece, _ reader: inout FileReader) -> Gate? {
    let rules = node.object("approval_summary")?.list("rules")?.elements ?? []
    var approvals = node.list("approvals")?.elements ?? []
    if approvals.isEmpty { approvals = rules.flatMap { $0.list("deployment_approvals")?.elements ?? [] } }
    let pending = node.whole("pending_approval_count")
    let isBlocked = piece.record.stateRaw.map(plainWord) == "blocked"
    guard isBlocked || !approvals.isEmpty || (pending ?? 0) > 0 else { return nil }

    var gate = Gate(kind: .human, state: .unknown)
    gate.key = "deployment-\(piece.key)"
    gate.environment = piece.record.environment.name
    gate.step = piece.stepKey
    gate.requestedAt = piece.createdAt
    gate.requestedBy = piece.record.actor?.name
    gate.allowed = rules.compactMap {
      $0.text("access_level_description") ?? $0.object("user", "group")?.text("username", "name")
    }
    gate.decisions = approvals.compactMap { approval in
      guard let word = approval.text("status") else { return nil }
      return Gate.Decision(
        by: approval.object("user").flatMap(actor)?.name, at: reader.time(approval, "created_at"), decision: word,
        comment: approval.text("comment"))
    }
    let asked = rules.compactMap { $0.whole("required_approvals") }.filter { $0 < 1000 }
    let given = gate.decisions.count(where: \.isYes)
    gate.required = asked.isEmpty ? pending.flatMap { $0 < 1000 ? $0 + given : nil } : asked.reduce(0) { $0 + min($1, 1000) }
    gate.state = state(of: gate, piece.record.state, pending: pending ?? 0)
    return gate
  }

  static func state(of gate: Gate, _ deployment: State?, pending: Int) -> Gate.State {
    if gate.decisions.contains(where: { $0.meaning == .no }) { return .rejected }
    let isApproved = gate.decisions.contains(where: \.isYes) && pending == 0
    switch deployment {
    case .waiting: return .waiting
    case .cancelled: return isApproved ? .approved : .cancelled
    case .skipped: return .skipped
    case .queued, .running, .succeeded, .failed, .superseded, .unknown, nil: return isApproved ? .approved : .unknown
    }
  }

  // MARK: Environments and releases

  static func addEnvironment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let name = node.text("name") else {
      return reader.skip(node, "an environment without 'id' or 'name'")
    }
    var piece = EnvironmentPiece(key: id, reference: reference(node, &reader))
    piece.updatedAt = reader.time(node, "updated_at", "created_at")
    reader.add(.environment(piece), provider: "gitlab", named: "environment \(name)", at: node)
    if let last = node.object("last_deployment") { addDeployment(last, &reader, environment: node) }
  }

  static func addRelease(_ node: Node, _ reader: inout FileReader, isDeleted: Bool) {
    guard let tag = node.text("tag_name", "tag") else { return reader.skip(node, "a release without 'tag_name'") }
    var record = ReleaseRecord(tag: tag, markdown: node["description"]?.string ?? "")
    record.url = node.object("_links")?.text("self") ?? node.text("url")
    record.repository = repository(record.url) ?? reader.context.repository
    record.name = node.text("name")
    record.publishedAt = reader.time(node, "released_at", "created_at")
    record.author = node.object("author").flatMap(actor)?.name
    let key = "\(record.repository ?? "") \(tag)"
    let piece = ReleasePiece(key: key, record: record, updatedAt: record.publishedAt, isDeleted: isDeleted)
    reader.add(.release(piece), provider: "gitlab", named: "release \(tag)", at: node)
  }
}

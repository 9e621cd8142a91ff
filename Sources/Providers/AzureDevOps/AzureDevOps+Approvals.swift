import Documents
import Records

/// Approvals of YAML pipelines, which are checkpoints in the timeline of the build; approvals of classic releases; and the manual
/// interventions in their deployments.
extension AzureDevOps {
  static let approvalStatus = [
    0: "undefined", 1: "pending", 2: "approved", 4: "rejected", 6: "reassigned", 7: "canceled", 8: "skipped",
  ]
  private static let interventionStatus = [0: "unknown", 1: "pending", 2: "rejected", 4: "approved", 8: "canceled"]
  static let decisions = Words<Gate.State>([
    "pending": .waiting, "uninitiated": .waiting, "deferred": .waiting, "reassigned": .waiting, "approved": .approved,
    "rejected": .rejected, "canceled": .cancelled, "skipped": .skipped, "timedOut": .expired,
  ])

  // MARK: YAML pipelines

  @Sendable static func readApproval(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return reader.skip(node, "an approval without 'id'") }
    let steps = node.list("steps")?.elements ?? []
    var gate = Gate(kind: .human, state: node.text("status").flatMap { decisions[$0] } ?? .unknown)
    gate.key = id
    gate.requestedAt = reader.time(node, "createdOn")
    let asked = steps.filter { !isPassedOn($0.text("status")) }
    gate.required = required(node, of: asked.count)
    gate.allowed = asked.compactMap { actor($0.object("assignedApprover"))?.name }
    gate.decisions = asked.compactMap { step in
      guard let word = step.text("status"), isDecision(word) else { return nil }
      return Gate.Decision(
        by: actor(step.object("actualApprover"))?.name, at: reader.time(step, "lastModifiedOn"), decision: word,
        comment: step.text("comment"))
    }
    let owner = node["pipeline", "owner"]
    var piece = ReviewPiece(runKey: owner?.identifier("id"), repository: nil, gates: [gate])
    piece.key = id
    piece.updatedAt = reader.time(node, "lastModifiedOn")
    reader.add(.review(piece), provider: provider, named: "approval \(id)", at: node)
  }

  /// Of approvers in any order as many as it says, 0 standing for all of them; one after the other all of them.
  private static func required(_ node: Node, of asked: Int) -> Int? {
    if let told = node.whole("minRequiredApprovers"), told > 0 { return told < 1000 ? told : nil }
    let isInSequence = node.text("executionOrder").map { plainWord($0) == "insequence" } ?? false
    return (isInSequence || node["minRequiredApprovers"]?.int == 0) && (1..<1000).contains(asked) ? asked : nil
  }

  /// Somebody else was asked in the place of who is named.
  private static func isPassedOn(_ word: String?) -> Bool { word.map { plainWord($0) == "reassigned" } ?? false }

  /// Whether somebody decided, or the time ran out; who was not needed any more did not.
  private static func isDecision(_ word: String) -> Bool {
    switch decisions[word] {
    case .approved, .rejected, .expired: true
    case .waiting, .cancelled, .skipped, .unknown: false
    // A word of tomorrow is shown as it is written; it is no approval.
    case nil: plainWord(word) != "undefined"
    }
  }

  // MARK: Classic releases

  /// What a classic approval says alone; its release, its stage and the attempt are in it.
  @Sendable static func readClassicApproval(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let release = node.object("release"), let run = release.identifier("id"),
      let stage = node.object("releaseEnvironment"), let name = stage.text("name")
    else { return reader.skip(node, "an approval without 'id', 'release' or 'releaseEnvironment'") }
    addRelease(release, of: node.object("releaseDefinition"), &reader, isImplied: true)
    if node.flag("isAutomated") { return reader.skip(node, named: "approval \(id)", "nobody was asked: it is automated") }
    let isAfter = node.text("approvalType").map { plainWord($0) == "postdeploy" } ?? false
    let step = stepKey(release: run, stage: stage, attempt: node.whole("attempt"))
    let told = Approvals(list: [node], required: nil)
    guard var gate = gate(of: told, key: step, name, isAfter: isAfter, &reader) else { return }
    // The others of its stage are asked for elsewhere.
    gate.required = nil
    var piece = ReviewPiece(runKey: "release-\(run)", gates: [gate])
    piece.key = "approval \(id)"
    piece.updatedAt = reader.time(node, "modifiedOn")
    reader.add(.review(piece), provider: provider, named: "approval \(id)", at: node)
  }

  /// The gate that some approvals of one stage make together, those that nobody gives left out. One behind a deployment holds what comes
  /// next, so it is none of this environment.
  static func gate(
    of approvals: Approvals, key: String, _ name: String, isAfter: Bool, _ reader: inout FileReader
  ) -> Gate? {
    let people = approvals.list.filter { !$0.flag("isAutomated") }
    let current = people.filter { !isPassedOn(word($0["status"], approvalStatus)) }
    let asked = current.isEmpty ? people : current
    if asked.isEmpty { return nil }
    var gate = Gate(kind: .human, state: .unknown)
    gate.key = isAfter ? afterKey(step: key) : key
    gate.environment = isAfter ? nil : name
    gate.step = isAfter ? nil : key
    let words = asked.map { word($0["status"], approvalStatus) ?? "" }
    let states = words.map { decisions[$0] ?? .unknown }
    // Who was no longer needed shows that not all were.
    let needed = approvals.required.map { min($0, asked.count) } ?? asked.count - states.count { $0 == .skipped }
    gate.state = state(of: states, required: needed)
    gate.requestedAt = asked.compactMap { reader.time($0, "createdOn") }.min()
    gate.required = needed > 0 ? needed : nil
    gate.allowed = asked.compactMap { actor($0.object("approver"))?.name }
    gate.decisions = zip(asked, words).compactMap { approval, word in
      guard isDecision(word), !word.isEmpty else { return nil }
      return Gate.Decision(
        by: actor(approval.object("approvedBy") ?? approval.object("approver"))?.name,
        at: reader.time(approval, "modifiedOn"), decision: word, comment: approval.text("comments"))
    }
    return gate
  }

  private static func state(of states: [Gate.State], required: Int) -> Gate.State {
    if states.contains(.rejected) { return .rejected }
    if required > 0, states.count(where: { $0 == .approved }) >= required { return .approved }
    let order: [Gate.State] = [.waiting, .unknown, .expired, .cancelled, .approved, .skipped]
    return order.first(where: states.contains) ?? .unknown
  }

  /// A step of a deployment that waits for a person.
  @Sendable static func readIntervention(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let release = node.object("release"), let run = release.identifier("id"),
      let name = node.object("releaseEnvironment")?.text("name")
    else { return reader.skip(node, "an intervention without 'id', 'release' or 'releaseEnvironment'") }
    addRelease(release, of: node.object("releaseDefinition"), &reader, isImplied: true)
    let word = word(node["status"], interventionStatus) ?? ""
    var gate = Gate(kind: .human, state: decisions[word] ?? .unknown)
    gate.key = "intervention-\(id)"
    gate.environment = name
    gate.requestedAt = reader.time(node, "createdOn")
    let changedAt = reader.time(node, "modifiedOn")
    if gate.state != .waiting, gate.state != .unknown {
      gate.decisions = [
        Gate.Decision(by: actor(node.object("approver"))?.name, at: changedAt, decision: word, comment: node.text("comments"))
      ]
    }
    var piece = ReviewPiece(runKey: "release-\(run)", gates: [gate])
    piece.key = "intervention \(id)"
    piece.updatedAt = changedAt
    reader.add(.review(piece), provider: provider, named: "intervention \(id)", at: node)
  }
}

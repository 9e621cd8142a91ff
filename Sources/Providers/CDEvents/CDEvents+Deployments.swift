import Documents
import Records
import Time

/// Services, environments, incidents and approvals. Only here, and in the markers of CircleCI, a rollback says that it is one.
extension CDEvents {
  /// The final states of an approval; what somebody decided on the way is no state.
  private static let approvals = Words<Gate.State>([
    "approved": .approved, "rejected": .rejected, "cancelled": .cancelled, "expired": .expired,
  ])

  // MARK: Services

  /// The event comes when it is done: it has no outcome, and no start.
  static func addDeployment(_ event: Event, _ reader: inout FileReader) {
    guard let environment = event.content?.object("environment"), let name = environment.identifier("id") else {
      return reader.skip(event.node, named: event.name, .noEnvironment(nil))
    }
    var record = DeploymentRecord(environment: .init(name: name))
    record.provider = "cdevents"
    record.service = event.id
    record.state = .succeeded
    record.stateRaw = event.verb
    record.finishedAt = event.at
    record.version = event.content?.text("artifactId").flatMap(version)
    switch event.verb {
    case "rolledback": record.action = .rollback
    case "removed": record.action = .remove
    default: record.action = .deploy
    }
    // One identifier can stand in events of several types.
    let identifier = event.context.identifier("id")
    record.id = identifier.map { "\($0)-\(event.verb)" }
    let source = event.context.text("source") ?? ""
    var piece = DeploymentPiece(
      key: "\(source) \(identifier ?? "") \(event.key) \(event.verb) \(identifier == nil ? event.at?.description ?? "" : "")",
      record: record, outcome: .told)
    piece.environmentKey = reference(environment, in: event)
    piece.updatedAt = event.at
    reader.add(.deployment(piece), provider: "cdevents", named: event.name, at: event.node, chain: event.chain)
  }

  /// The version in the address of a package: `pkg:oci/shop@sha256%3A…?tag=1.4.0`, `pkg:golang/acme/shop@v1.4.0`.
  static func version(_ address: String) -> VersionLabel? {
    let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let body = parts[0].prefix { $0 != "#" }
    let qualifiers = parts.count > 1 ? parts[1].prefix { $0 != "#" }.split(separator: "&") : []
    let tag = qualifiers.first { $0.hasPrefix("tag=") }.map { percentDecoded($0.dropFirst(4)) }
    let written = body.lastIndex(of: "@").map { percentDecoded(body[body.index(after: $0)...]) }
    let digest = written.flatMap { $0.hasPrefix("sha256:") || $0.hasPrefix("sha512:") ? $0 : nil }
    // A digest is no name for people: as of a commit, its beginning is.
    guard
      let name = [tag, digest.map { String($0.dropFirst(7).prefix(12)) }, written].lazy.compactMap({ $0 }).first(where: {
        !$0.isBlank
      })
    else { return nil }
    return VersionLabel(name: name, artifact: address, digest: digest)
  }

  // MARK: Environments

  static func addEnvironment(_ event: Event, _ reader: inout FileReader) {
    let name = event.content?.text("name") ?? event.id
    var reference = DeploymentRecord.EnvironmentReference(name: name, url: event.content?.text("uri", "url"))
    if event.verb == "deleted" { reference.availability = .stopped }
    var piece = EnvironmentPiece(key: event.key, reference: reference)
    piece.id = event.id
    piece.updatedAt = event.at
    reader.add(.environment(piece), provider: "cdevents", named: event.name, at: event.node)
  }

  // MARK: Incidents

  static func addIncident(_ event: Event, _ reader: inout FileReader) {
    let isResolved = event.verb == "resolved"
    var record = IncidentRecord(id: event.id, state: isResolved ? .resolved : .detected)
    let environment = event.content?.object("environment")
    let description = event.content?.text("description")
    record.title = isResolved ? nil : description
    record.environment = environment?.identifier("id")
    record.service = event.content?.object("service")?.identifier("id")
    record.url = event.content?.text("ticketURI", "uri", "url")
    if let at = event.at {
      if isResolved { record.resolvedAt = at } else { record.startedAt = at }
      record.updates = [.init(at: at, state: record.state, text: .text(description ?? ""))]
    }
    let key = environment.flatMap { reference($0, in: event) }
    let piece = IncidentPiece(key: event.key, record: record, environmentKey: key, updatedAt: event.at)
    reader.add(.incident(piece), provider: "cdevents", named: event.name, at: event.node)
  }

  // MARK: Approvals

  static func addApproval(_ event: Event, _ reader: inout FileReader) {
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = event.id
    switch event.verb {
    case "created":
      gate.requestedAt = event.at
      gate.requestedBy = event.content?.text("requestor").map(person)
    case "closed": gate.state = event.content?.text("status").flatMap { approvals[$0] } ?? .unknown
    default: break
    }
    if event.verb != "created", let decision = event.content?.text("decision") {
      let by = event.content?.text("responder").map(person)
      gate.decisions = [Gate.Decision(by: by, at: event.at, decision: decision)]
    }
    var piece = ReviewPiece(runKey: nil, gates: [gate])
    piece.key = event.key
    piece.updatedAt = event.at
    piece.target = event.content?.text("resourceTargetUrl")
    reader.add(.review(piece), provider: "cdevents", named: event.name, at: event.node, chain: event.chain ?? "")
  }

  /// `alice` of `urn:user:alice`.
  private static func person(_ urn: String) -> String {
    let parts = urn.split(separator: ":", maxSplits: 2)
    return parts.count == 3 && parts[0].lowercased() == "urn" ? String(parts[2]) : urn
  }
}

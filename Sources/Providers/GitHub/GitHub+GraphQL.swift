import Documents
import Records
import Time

/// Deployments of the GraphQL interface: alone, as rows of a collector that marshalled them again (`CommitOid`, `DatabaseId`), or in
/// the answer of a query (`data.repository.deployments.nodes`, `edges[].node`). Their `databaseId` is the `id` of the REST interface.
extension GitHub {
  static let graphQL = [
    Format.Shape(fits: isGraphQLDeployment, read: addGraphQLDeployment),
    Format.Shape(fits: { isAnswer($0) }, read: readAnswer),
  ]

  /// A deployment has these states itself too; of the statuses the last that it says it has.
  private static let liveStates = Words<State>([
    "active": .succeeded, "inactive": .superseded, "destroyed": .superseded, "abandoned": .cancelled,
  ])

  // MARK: Answers

  private static func isAnswer(_ node: Node) -> Bool {
    let inner = node.object("data") ?? node
    return ["repository", "node", "organization", "viewer"].contains { name in
      inner.object(name).map { !deployments(in: $0).isEmpty || $0.object("deployments") != nil } ?? false
    }
  }

  @Sendable private static func readAnswer(_ node: Node, _ reader: inout FileReader) {
    let found = deployments(in: node)
    if found.isEmpty { return reader.skip(node, "an answer without deployments") }
    format.takePage(of: node, count: found.count, &reader) { reader in
      for deployment in found {
        guard isGraphQLDeployment(deployment.node) else {
          reader.skip(deployment.node, "a deployment without 'databaseId' or 'environment'")
          continue
        }
        let context = reader.context
        reader.context.repository = deployment.repository ?? context.repository
        addGraphQLDeployment(deployment.node, &reader)
        reader.context = context
      }
    }
  }

  /// The deployments of an answer, with the repository they lie in. No deeper than queries go: organization, repositories, deployments.
  private static func deployments(in node: Node, repository: String? = nil, depth: Int = 0) -> [(
    node: Node, repository: String?
  )] {
    guard depth < 8, node.kind == .object else { return [] }
    let repository = node.text("nameWithOwner") ?? repository
    var found: [(node: Node, repository: String?)] = []
    if let connection = node.object("deployments") {
      found = nodes(connection).map { ($0, repository) }
    }
    let inner = ["data", "repository", "node", "organization", "viewer"].compactMap { node.object($0) }
    for next in inner + (node.object("repositories").map(nodes) ?? []) {
      found += deployments(in: next, repository: repository, depth: depth + 1)
    }
    return found
  }

  /// The nodes of a connection.
  private static func nodes(_ connection: Node) -> [Node] {
    if let list = member("nodes", of: connection), list.kind == .array { return list.elements.filter { $0.kind == .object } }
    return (connection.list("edges")?.elements ?? []).compactMap { $0.object("node") }
  }

  // MARK: Deployments

  @Sendable private static func isGraphQLDeployment(_ node: Node) -> Bool {
    guard (node["databaseId"] ?? node["DatabaseId"]) != nil, (node["environment"] ?? node["Environment"])?.string != nil else {
      return false
    }
    return ["commitOid", "commit", "latestStatus", "statuses"].contains { member($0, of: node) != nil }
  }

  @Sendable private static func addGraphQLDeployment(_ node: Node, _ reader: inout FileReader) {
    guard let id = identifier("databaseId", of: node), let environment = text("environment", of: node) else {
      return reader.skip(node, "a deployment without 'databaseId' or 'environment'")
    }
    var record = DeploymentRecord(environment: .init(name: environment))
    record.provider = "github"
    record.repository = repository(of: node) ?? reader.context.repository
    record.id = id
    record.commit = commit(of: node, &reader)
    record.actor = member("creator", of: node).flatMap { creator in
      text("login", of: creator).map { login in
        let kind: Actor.Kind =
          switch text("__typename", of: creator) {
          case "Bot": .bot
          case "User": login.hasSuffix("[bot]") ? .bot : .human
          default: .unknown
          }
        return Actor(name: login, kind: kind)
      }
    }
    var piece = DeploymentPiece(key: id, record: record, outcome: .ofStatuses)
    piece.environmentKey = environmentKey(record.repository, environment)
    piece.createdAt = time("createdAt", of: node, &reader)
    piece.updatedAt = time("updatedAt", of: node, &reader)
    piece.ref = member("ref", of: node).flatMap { text("name", of: $0) }
    let name = "deployment \(id)"
    reader.add(.deployment(piece), provider: "github", named: name, at: node)
    for status in statuses(of: node, deployment: id, &reader) {
      reader.add(.status(status), provider: "github", named: "status of \(name)", at: node, isImplied: true)
    }
  }

  /// The history, if it was asked for, and the last one; without either the state of the deployment itself. `latestStatus` has an id
  /// and the history in it often none, so that what they say and when tells them apart.
  private static func statuses(of node: Node, deployment: String, _ reader: inout FileReader) -> [StatusPiece] {
    var found: [StatusPiece] = []
    for status in (member("statuses", of: node).map(nodes) ?? []) + [member("latestStatus", of: node)].compactMap(\.self) {
      guard let piece = self.status(status, deployment: deployment, &reader), !found.contains(where: { $0.key == piece.key })
      else { continue }
      found.append(piece)
    }
    guard found.isEmpty, let state = member("state", of: node), let word = state.string, !word.isBlank else { return found }
    let meaning = liveStates[word] ?? reader.state(word, deploymentStates, of: "GitHub", at: state)
    var piece = StatusPiece(key: "\(deployment) \(plainWord(word))", deploymentKey: deployment, state: meaning, raw: word)
    piece.at = time("updatedAt", of: node, &reader)
    return [piece]
  }

  private static func status(_ node: Node, deployment: String, _ reader: inout FileReader) -> StatusPiece? {
    guard let word = text("state", of: node) else { return nil }
    let state = reader.state(word, deploymentStates, of: "GitHub", at: node)
    let at = time("createdAt", of: node, &reader) ?? time("updatedAt", of: node, &reader)
    var piece = StatusPiece(
      key: "\(deployment) \(plainWord(word)) \(at.map(String.init(describing:)) ?? "")", deploymentKey: deployment,
      state: state, raw: word)
    piece.at = at
    piece.environmentURL = text("environmentUrl", of: node)
    piece.url = text("logUrl", of: node)
    piece.runKey = piece.url.flatMap { component(after: "actions/runs", of: $0) }
    piece.stepKey = piece.url.flatMap { component(after: "job", of: $0) }
    return piece
  }

  private static func commit(of node: Node, _ reader: inout FileReader) -> Change? {
    let commit = member("commit", of: node)
    guard let sha = text("commitOid", of: node) ?? commit.flatMap({ text("oid", of: $0) }), var change = makeChange(sha) else {
      return nil
    }
    guard let commit else { return change }
    change.message = text("message", of: commit)
    change.author = member("author", of: commit).flatMap { text("name", of: $0) }
    change.committedAt = time("committedDate", of: commit, &reader)
    return change
  }

  private static func repository(of node: Node) -> String? {
    guard let repository = member("repository", of: node) else { return nil }
    return text("nameWithOwner", of: repository) ?? text("url", of: repository).flatMap(repositoryName)
  }

  // MARK: Keys

  /// A member by its name in any case: `databaseId`, `DatabaseId`, `ID`.
  private static func member(_ name: String, of node: Node) -> Node? {
    if let exact = node[name] { return exact.isNull ? nil : exact }
    let wanted = name.lowercased()
    return node.members.first { $0.key.lowercased() == wanted && !$0.value.isNull }?.value
  }

  private static func text(_ name: String, of node: Node) -> String? {
    guard let text = member(name, of: node)?.string, !text.isBlank else { return nil }
    return text
  }

  private static func identifier(_ name: String, of node: Node) -> String? {
    guard let text = member(name, of: node)?.identifier, !text.isBlank else { return nil }
    return text
  }

  private static func time(_ name: String, of node: Node, _ reader: inout FileReader) -> Timestamp? {
    let wanted = name.lowercased()
    guard let key = node.members.first(where: { $0.key.lowercased() == wanted })?.key else { return nil }
    return reader.time(node, key)
  }
}

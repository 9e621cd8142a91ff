import Documents
import Records

/// Answers of the GraphQL interface: builds in connections (`edges[].node`) at different depths, dumped whole or in parts.
extension Buildkite {
  static let graphQL = [
    Format.Shape(fits: { !builds(in: $0).isEmpty }, read: readBuilds),
    Format.Shape(fits: { isEmptyAnswer($0) }, read: skip("an answer without builds")),
  ]

  /// The nodes of a connection.
  static func nodes(_ connection: Node?) -> [Node] {
    guard let connection else { return [] }
    if let list = connection.list("nodes") { return list.elements.filter { $0.kind == .object } }
    return (connection.list("edges")?.elements ?? []).compactMap { $0.object("node") }
  }

  @Sendable private static func readBuilds(_ node: Node, _ reader: inout FileReader) {
    let builds = builds(in: node)
    format.takePage(of: node, count: builds.count, &reader) { reader in
      for build in builds { addBuild(build, &reader, isImplied: false) }
    }
  }

  /// Every build of an answer, of a part of one, or of one edge. No deeper than answers are: organization, pipelines, builds.
  private static func builds(in node: Node, depth: Int = 0) -> [Node] {
    if isNode(node) { return [node] }
    guard depth < 8, node.kind == .object else { return [] }
    let inner = ["data", "node", "build", "pipeline", "organization", "viewer", "user"].compactMap { node.object($0) }
    let connections = ["builds", "pipelines", "organizations"].compactMap { node.object($0) }
    let isConnection = (node["edges"] ?? node["nodes"]) != nil
    let next = inner + connections + (isConnection ? nodes(node) : [])
    return next.flatMap { builds(in: $0, depth: depth + 1) }
  }

  private static func isNode(_ node: Node) -> Bool {
    guard node.whole("number") != nil, node.text("state") != nil, node["createdAt"] != nil || node["uuid"] != nil else {
      return false
    }
    return node.object("pipeline")?["slug"] != nil || node.text("url").flatMap(Place.init) != nil
  }

  private static func isEmptyAnswer(_ node: Node) -> Bool {
    let inner = node.object("data") ?? node
    return ["organization", "pipeline"].contains { inner.object($0)?.object("builds")?["edges"] != nil }
  }
}

extension Node {
  static func text(_ text: some Collection<UInt8>) -> Node {
    let node = Node(.text)
    node.setLiteral(text)
    return node
  }

  /// Markup of our own around what the node will hold. `kind`: a custom block or a custom inline.
  static func markup(_ kind: Kind, _ start: String, _ end: String = "") -> Node {
    let node = Node(kind)
    node.setMarkup(start, end)
    return node
  }

  func remove() {
    unlink()
    free()
  }

  func replace(by other: Node) {
    other.insert(before: self)
    remove()
  }

  /// Leaves what it holds in its place.
  func unwrap() {
    while let child = firstChild, child.insert(before: self) {}
    remove()
  }

  /// Everything that the node holds becomes the last of what another one does.
  func moveChildren(into other: Node) {
    while let child = firstChild, other.append(child) {}
  }

  /// What stands behind the node and before `end`, among the children of one parent, becomes the last of what another one holds; all
  /// behind it without an `end`.
  func moveFollowing(upTo end: Node?, into other: Node) {
    while let node = next, node != end, other.append(node) {}
  }

  func insertText(_ text: ArraySlice<UInt8>) {
    if !text.isEmpty { Node.text(text).insert(before: self) }
  }

  /// The parents of the nodes of a kind below this one, each once, in order.
  func parents(of kind: Kind) -> [Node] {
    var parents: [Node] = []
    var seen: Set<Node> = []
    let steps = steps
    while let step = steps.next() {
      guard step.node.kind == kind, let parent = step.node.parent else { continue }
      if seen.insert(parent).inserted { parents.append(parent) }
    }
    return parents
  }
}

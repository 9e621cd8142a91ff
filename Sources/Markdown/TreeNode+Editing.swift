extension TreeNode {
  static func text(_ text: some Collection<UInt8>) -> TreeNode {
    let node = TreeNode(.text)
    node.setLiteral(text)
    return node
  }

  /// What stands in a line and is none of cmark's own.
  static func inline(_ role: Role, _ start: String = "", _ end: String = "") -> TreeNode {
    let node = TreeNode(.customInline)
    node.setCustom(role, start, end)
    return node
  }

  static func block(_ role: Role, _ start: String = "", _ end: String = "") -> TreeNode {
    let node = TreeNode(.customBlock)
    node.setCustom(role, start, end)
    return node
  }

  func remove() {
    unlink()
    free()
  }

  func replace(by other: TreeNode) {
    other.insert(before: self)
    remove()
  }

  /// Leaves what it holds in its place.
  func unwrap() {
    while let child = firstChild, child.insert(before: self) {}
    remove()
  }

  /// Everything that the node holds becomes the last of what another one does.
  func moveChildren(into other: TreeNode) {
    while let child = firstChild, other.append(child) {}
  }

  /// What stands behind the node and before `end`, among the children of one parent, becomes the last of what another one holds; all
  /// behind it without an `end`.
  func moveFollowing(upTo end: TreeNode?, into other: TreeNode) {
    while let node = next, node != end, other.append(node) {}
  }

  func insertText(_ text: ArraySlice<UInt8>) {
    if !text.isEmpty { TreeNode.text(text).insert(before: self) }
  }

  /// The parents of the nodes of a kind below this one, each once, in order.
  func parents(of kind: Kind) -> [TreeNode] {
    var parents: [TreeNode] = []
    var seen: Set<TreeNode> = []
    let steps = steps
    while let step = steps.next() {
      guard step.node.kind == kind, let parent = step.node.parent else { continue }
      if seen.insert(parent).inserted { parents.append(parent) }
    }
    return parents
  }
}

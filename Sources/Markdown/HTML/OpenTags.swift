/// The tags whose ends are yet to come, inner ones last.
struct OpenTags {
  struct Element {
    /// Stands where the tag does.
    let node: TreeNode
    let tag: HTMLToken.Tag
  }

  private var elements: [Element] = []
  /// An end without a tag is found without a walk: there may be very many of both.
  private var counts: [String: Int] = [:]

  var last: Element? { elements.last }

  func holds(_ name: String) -> Bool { counts[name, default: 0] > 0 }

  mutating func push(_ tag: HTMLToken.Tag, at node: TreeNode) {
    elements.append(Element(node: node, tag: tag))
    counts[tag.name, default: 0] += 1
  }

  mutating func pop() -> Element? {
    guard let last = elements.popLast() else { return nil }
    counts[last.tag.name, default: 1] -= 1
    return last
  }
}

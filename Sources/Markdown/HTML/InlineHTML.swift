// Tags in a line of text. What lies between a tag and its end, among the children of one node, moves into a node of its own, so that
// whatever is rendered is well formed. A tag without an end is the text that it was.

extension MarkdownTree {
  /// Makes nodes of the tags below `top` that may stand there.
  func extendInlineHTML(in top: TreeNode) {
    // What is left out may hold other parents: it is freed at the end.
    let leftOut = TreeNode(.customBlock)
    defer { leftOut.free() }
    for parent in top.parents(of: .htmlInline) {
      var elements = InlineElements(leftOut: leftOut)
      elements.run(in: parent)
    }
  }
}

private struct InlineElements {
  /// Holds what is left out.
  let leftOut: TreeNode
  private var open = OpenTags()

  init(leftOut: TreeNode) { self.leftOut = leftOut }

  mutating func run(in parent: TreeNode) {
    for node in parent.children where node.kind == .htmlInline {
      var tokens = HTMLTokens(Array(node.literal))
      switch tokens.next() {
      case .open(let tag): begin(tag, node)
      case .close(let tag): end(tag, node)
      case .comment: node.remove()
      case .text, nil: break
      }
    }
    while let last = open.pop() {
      if last.tag.name == "a" { leaveAnchor(last) }
    }
  }

  private mutating func begin(_ tag: HTMLToken.Tag, _ node: TreeNode) {
    switch tag.name {
    case "br": node.replace(by: TreeNode(.lineBreak))
    case "wbr": node.replace(by: .inline(.markup, "<wbr>"))
    case "hr", "source": node.remove()
    case "img": node.replace(by: image(tag, line: node.writtenLine))
    case "a" where tag.isSelfClosing: leaveAnchor(OpenTags.Element(node: node, tag: tag))
    default:
      if InlineElements.isKnown(tag.name) { open.push(tag, at: node) }
    }
  }

  private static func isKnown(_ name: String) -> Bool {
    name == "a" || ["b", "strong", "i", "em"].contains(name) || SafeHTML.inline[name] != nil || SafeHTML.bare.contains(name)
      || SafeHTML.block[name] != nil || SafeHTML.dropped.contains(name)
  }

  private mutating func end(_ tag: HTMLToken.Tag, _ node: TreeNode) {
    if tag.name == "source" || tag.name == "img" { return node.remove() }
    guard open.holds(tag.name) else { return }
    while let last = open.pop() {
      if last.tag.name == tag.name {
        wrap(last, upTo: node)
        return
      }
      if last.tag.name == "a" { leaveAnchor(last) }
    }
  }

  private func wrap(_ start: OpenTags.Element, upTo end: TreeNode) {
    if SafeHTML.dropped.contains(start.tag.name) {
      start.node.moveFollowing(upTo: end, into: leftOut)
    } else {
      anchor(start.tag, before: start.node)
      if let element = element(start) {
        start.node.moveFollowing(upTo: end, into: element)
        element.insert(before: start.node)
      }
    }
    start.node.remove()
    end.remove()
  }

  /// nil: the words are enough.
  private func element(_ start: OpenTags.Element) -> TreeNode? {
    switch start.tag.name {
    case "b", "strong": return TreeNode(.strong)
    case "i", "em": return TreeNode(.emphasis)
    case "a":
      guard let address = start.tag["href"] else { return nil }
      let link = TreeNode(.link)
      link.setURL(String(decoding: repairedText(address), as: UTF8.self))
      if let title = start.tag["title"] { link.setTitle(String(decoding: repairedText(title), as: UTF8.self)) }
      link.setWrittenLine(start.node.writtenLine)
      return link
    default:
      return SafeHTML.inline[start.tag.name].map {
        .inline(SafeHTML.code.contains($0) ? .code : .markup, SafeHTML.start($0, start.tag), "</\($0)>")
      }
    }
  }

  private func image(_ tag: HTMLToken.Tag, line: Int) -> TreeNode {
    let words = TreeNode.text(repairedText(tag["alt"] ?? []))
    guard let address = tag["src"] else { return words }
    let image = TreeNode(.image)
    image.setURL(String(decoding: repairedText(address), as: UTF8.self))
    if let title = tag["title"] { image.setTitle(String(decoding: repairedText(title), as: UTF8.self)) }
    image.append(words)
    image.setWrittenLine(line)
    return image
  }

  /// An anchor needs no end.
  private func leaveAnchor(_ start: OpenTags.Element) {
    guard !start.tag.has("href"), SafeHTML.anchor(start.tag) != nil else { return }
    anchor(start.tag, before: start.node)
    start.node.remove()
  }

  private func anchor(_ tag: HTMLToken.Tag, before node: TreeNode) {
    anchorNode(tag)?.insert(before: node)
  }
}

/// A place that links lead to.
func anchorNode(_ tag: HTMLToken.Tag) -> TreeNode? {
  SafeHTML.anchor(tag).map { .inline(.anchor, $0) }
}

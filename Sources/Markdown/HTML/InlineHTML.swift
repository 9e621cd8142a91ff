import CCmark

// Tags in a line of text. What lies between a tag and its end, among the children of one node, moves into a node of its own, so that
// whatever is rendered is well formed. A tag without an end is the text that it was.

extension MarkdownTree {
  /// Makes nodes of the tags below `top` that may stand there.
  func extendInlineHTML(in top: OpaquePointer) {
    // What is left out may hold other parents: it is freed at the end.
    guard let leftOut = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    defer { cmark_node_free(leftOut) }
    for parent in parents(of: CMARK_NODE_HTML_INLINE, below: top) {
      var elements = InlineElements(leftOut: leftOut)
      elements.run(in: parent)
    }
  }
}

private struct InlineElements {
  /// Holds what is left out.
  let leftOut: OpaquePointer
  private var open = OpenTags()

  init(leftOut: OpaquePointer) { self.leftOut = leftOut }

  mutating func run(in parent: OpaquePointer) {
    for node in ChildNodes(of: parent) where cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE {
      var tokens = HTMLTokens(Array(bytes(cmark_node_get_literal(node))))
      switch tokens.next() {
      case .open(let tag): begin(tag, node)
      case .close(let tag): end(tag, node)
      case .comment: remove(node)
      case .text, nil: break
      }
    }
    while let last = open.pop() {
      if last.tag.name == "a" { leaveAnchor(last) }
    }
  }

  private mutating func begin(_ tag: HTMLToken.Tag, _ node: OpaquePointer) {
    switch tag.name {
    case "br": if let line = cmark_node_new(CMARK_NODE_LINEBREAK) { replace(node, by: line) }
    case "wbr": if let mark = markupNode(CMARK_NODE_CUSTOM_INLINE, "<wbr>") { replace(node, by: mark) }
    case "hr", "source": remove(node)
    case "img": if let image = image(tag, line: writtenLine(of: node)) { replace(node, by: image) }
    case "a" where tag.isSelfClosing: leaveAnchor(OpenTags.Element(node: node, tag: tag))
    default:
      if InlineElements.isKnown(tag.name) { open.push(tag, at: node) }
    }
  }

  private static func isKnown(_ name: String) -> Bool {
    name == "a" || ["b", "strong", "i", "em"].contains(name) || SafeHTML.inline[name] != nil || SafeHTML.bare.contains(name)
      || SafeHTML.block[name] != nil || SafeHTML.dropped.contains(name)
  }

  private mutating func end(_ tag: HTMLToken.Tag, _ node: OpaquePointer) {
    if tag.name == "source" || tag.name == "img" { return remove(node) }
    guard open.holds(tag.name) else { return }
    while let last = open.pop() {
      if last.tag.name == tag.name {
        wrap(last, upTo: node)
        return
      }
      if last.tag.name == "a" { leaveAnchor(last) }
    }
  }

  private func wrap(_ start: OpenTags.Element, upTo end: OpaquePointer) {
    if SafeHTML.dropped.contains(start.tag.name) {
      moveNodes(between: start.node, and: end, into: leftOut)
    } else {
      anchor(start.tag, before: start.node)
      if let element = element(start) {
        moveNodes(between: start.node, and: end, into: element)
        cmark_node_insert_before(start.node, element)
      }
    }
    remove(start.node)
    remove(end)
  }

  /// nil: the words are enough.
  private func element(_ start: OpenTags.Element) -> OpaquePointer? {
    switch start.tag.name {
    case "b", "strong": return cmark_node_new(CMARK_NODE_STRONG)
    case "i", "em": return cmark_node_new(CMARK_NODE_EMPH)
    case "a":
      guard let address = start.tag["href"], let link = cmark_node_new(CMARK_NODE_LINK) else { return nil }
      cmark_node_set_url(link, String(decoding: repairedText(address), as: UTF8.self))
      if let title = start.tag["title"] { cmark_node_set_title(link, String(decoding: repairedText(title), as: UTF8.self)) }
      setWrittenLine(writtenLine(of: start.node), of: link)
      return link
    default:
      return SafeHTML.inline[start.tag.name].flatMap {
        markupNode(CMARK_NODE_CUSTOM_INLINE, SafeHTML.start($0, start.tag), "</\($0)>")
      }
    }
  }

  private func image(_ tag: HTMLToken.Tag, line: Int) -> OpaquePointer? {
    let words = textNode(repairedText(tag["alt"] ?? []))
    guard let address = tag["src"], let image = cmark_node_new(CMARK_NODE_IMAGE) else { return words }
    cmark_node_set_url(image, String(decoding: repairedText(address), as: UTF8.self))
    if let title = tag["title"] { cmark_node_set_title(image, String(decoding: repairedText(title), as: UTF8.self)) }
    cmark_node_append_child(image, words)
    setWrittenLine(line, of: image)
    return image
  }

  /// An anchor needs no end.
  private func leaveAnchor(_ start: OpenTags.Element) {
    guard !start.tag.has("href"), SafeHTML.anchor(start.tag) != nil else { return }
    anchor(start.tag, before: start.node)
    remove(start.node)
  }

  private func anchor(_ tag: HTMLToken.Tag, before node: OpaquePointer) {
    guard let anchor = anchorNode(tag) else { return }
    cmark_node_insert_before(node, anchor)
  }
}

/// A place that links lead to.
func anchorNode(_ tag: HTMLToken.Tag) -> OpaquePointer? {
  guard let id = SafeHTML.anchor(tag) else { return nil }
  return markupNode(CMARK_NODE_CUSTOM_INLINE, "<a id=\"\(escaped(id.utf8))\">", "</a>")
}

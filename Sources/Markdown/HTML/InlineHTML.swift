import CCmark

// Tags in a line of text. What lies between a tag and its end, among the children of one node, moves into a node of its own, so that
// whatever is rendered is well formed. A tag without an end is the text that it was.

extension MarkdownTree {
  /// Makes nodes of the tags below `top` that may stand there.
  func extendInlineHTML(in top: OpaquePointer) {
    guard let steps = TreeSteps(top) else { return }
    var parents: [OpaquePointer] = []
    var seen: Set<OpaquePointer> = []
    while let step = steps.next() {
      guard cmark_node_get_type(step.node) == CMARK_NODE_HTML_INLINE, let parent = cmark_node_parent(step.node) else {
        continue
      }
      if seen.insert(parent).inserted { parents.append(parent) }
    }
    // What is left out may hold other parents: it is freed at the end.
    guard let leftOut = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    defer { cmark_node_free(leftOut) }
    for parent in parents {
      var elements = InlineElements(leftOut: leftOut)
      elements.run(in: parent)
    }
  }
}

private struct InlineElements {
  private struct Open {
    let node: OpaquePointer
    let tag: HTMLToken.Tag
  }

  /// Holds what is left out.
  let leftOut: OpaquePointer
  private var open: [Open] = []
  private var openNames: [String: Int] = [:]

  init(leftOut: OpaquePointer) { self.leftOut = leftOut }

  mutating func run(in parent: OpaquePointer) {
    var next = cmark_node_first_child(parent)
    while let node = next {
      next = cmark_node_next(node)
      guard cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE else { continue }
      var tokens = HTMLTokens(Array(bytes(cmark_node_get_literal(node))))
      switch tokens.next() {
      case .open(let tag): begin(tag, node)
      case .close(let tag): end(tag, node)
      case .comment: remove(node)
      case .text, nil: break
      }
    }
    for element in open where element.tag.name == "a" { leaveAnchor(element) }
  }

  private mutating func begin(_ tag: HTMLToken.Tag, _ node: OpaquePointer) {
    switch tag.name {
    case "br": if let line = cmark_node_new(CMARK_NODE_LINEBREAK) { replace(node, by: line) }
    case "wbr": if let mark = custom(CMARK_NODE_CUSTOM_INLINE, "<wbr>", "") { replace(node, by: mark) }
    case "hr", "source": remove(node)
    case "img": if let image = image(tag, line: writtenLine(of: node)) { replace(node, by: image) }
    case "a" where tag.isSelfClosing: leaveAnchor(Open(node: node, tag: tag))
    default:
      guard InlineElements.isKnown(tag.name) else { return }
      open.append(Open(node: node, tag: tag))
      openNames[tag.name, default: 0] += 1
    }
  }

  private static func isKnown(_ name: String) -> Bool {
    name == "a" || ["b", "strong", "i", "em"].contains(name) || SafeHTML.inline[name] != nil || SafeHTML.bare.contains(name)
      || SafeHTML.block[name] != nil || SafeHTML.dropped.contains(name)
  }

  private mutating func end(_ tag: HTMLToken.Tag, _ node: OpaquePointer) {
    if tag.name == "source" || tag.name == "img" { return remove(node) }
    guard openNames[tag.name, default: 0] > 0 else { return }
    while let last = open.popLast() {
      openNames[last.tag.name, default: 1] -= 1
      if last.tag.name == tag.name {
        wrap(last, upTo: node)
        return
      }
      if last.tag.name == "a" { leaveAnchor(last) }
    }
  }

  private func wrap(_ start: Open, upTo end: OpaquePointer) {
    if SafeHTML.dropped.contains(start.tag.name) {
      while let node = cmark_node_next(start.node), node != end { cmark_node_append_child(leftOut, node) }
    } else {
      anchor(start.tag, before: start.node)
      if let element = element(start) {
        while let node = cmark_node_next(start.node), node != end { cmark_node_append_child(element, node) }
        cmark_node_insert_before(start.node, element)
      }
    }
    remove(start.node)
    remove(end)
  }

  /// nil: the words are enough.
  private func element(_ start: Open) -> OpaquePointer? {
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
        custom(CMARK_NODE_CUSTOM_INLINE, SafeHTML.start($0, start.tag), "</\($0)>")
      }
    }
  }

  private func image(_ tag: HTMLToken.Tag, line: Int) -> OpaquePointer? {
    let words = cmark_node_new(CMARK_NODE_TEXT)
    cmark_node_set_literal(words, String(decoding: repairedText(tag["alt"] ?? []), as: UTF8.self))
    guard let address = tag["src"], let image = cmark_node_new(CMARK_NODE_IMAGE) else { return words }
    cmark_node_set_url(image, String(decoding: repairedText(address), as: UTF8.self))
    if let title = tag["title"] { cmark_node_set_title(image, String(decoding: repairedText(title), as: UTF8.self)) }
    cmark_node_append_child(image, words)
    setWrittenLine(line, of: image)
    return image
  }

  /// An anchor needs no end.
  private func leaveAnchor(_ start: Open) {
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
  return custom(CMARK_NODE_CUSTOM_INLINE, "<a id=\"\(escaped(id.utf8))\">", "</a>")
}

func custom(_ type: cmark_node_type, _ start: String, _ end: String) -> OpaquePointer? {
  guard let node = cmark_node_new(type) else { return nil }
  cmark_node_set_on_enter(node, start)
  cmark_node_set_on_exit(node, end)
  return node
}

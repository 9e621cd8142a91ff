import CCmark

// `- <table> rows wrap`: people begin an item with the name of a tag that they write about. cmark reads a block of HTML there, in which
// the tag and the Markdown behind it would be lost.

extension MarkdownTree {
  /// The text with a `\` before each such tag: one without attributes that words follow in its line, and that nothing in the item ends.
  func escapingTagsThatOpenItems(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "<")), let steps = TreeSteps(root) else { return text }
    var places: [(line: Int, column: Int)] = []
    while let step = steps.next() {
      guard step.isEntering, cmark_node_get_type(step.node) == CMARK_NODE_ITEM, let block = cmark_node_first_child(step.node)
      else { continue }
      switch cmark_node_get_type(block) {
      case CMARK_NODE_HTML_BLOCK where isNameOfTag(block, in: step.node): places.append(place(of: block))
      case CMARK_NODE_PARAGRAPH:
        if let first = cmark_node_first_child(block), isVoidTag(first) { places.append(place(of: block)) }
      default: break
      }
    }
    return places.isEmpty ? text : escaping(places, in: text)
  }

  private func place(of block: OpaquePointer) -> (line: Int, column: Int) {
    (Int(cmark_node_get_start_line(block)), Int(cmark_node_get_start_column(block)))
  }

  private func escaping(_ places: [(line: Int, column: Int)], in text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + places.count)
    var index = 0
    for place in places {
      guard let offset = source.offset(ofLine: place.line, column: place.column), offset >= index,
        text[offset] == UInt8(ascii: "<")
      else { continue }
      result += text[index..<offset] + [UInt8(ascii: "\\")]
      index = offset
    }
    return result + text[index...]
  }

  private func isNameOfTag(_ block: OpaquePointer, in item: OpaquePointer) -> Bool {
    let html = Array(bytes(cmark_node_get_literal(block)))
    var tokens = HTMLTokens(html)
    let tag: HTMLToken.Tag
    switch tokens.next() {
    case .open(let open):
      tag = open
      if !SafeHTML.void.contains(tag.name), isEnded(tag.name, in: item) { return false }
    case .close(let close): tag = close
    case .text, .comment, nil: return false
    }
    return tag.attributes.isEmpty && isFollowedByWords(html.dropFirst(tag.source.count))
  }

  /// A tag that has no end, before words: as a line break or a rule it would mean nothing there.
  private func isVoidTag(_ node: OpaquePointer) -> Bool {
    guard cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE, let next = cmark_node_next(node),
      cmark_node_get_type(next) == CMARK_NODE_TEXT
    else { return false }
    var tokens = HTMLTokens(Array(bytes(cmark_node_get_literal(node))))
    guard case .open(let tag) = tokens.next(), SafeHTML.void.contains(tag.name), tag.attributes.isEmpty else { return false }
    return isFollowedByWords(bytes(cmark_node_get_literal(next)))
  }

  /// A blank or a mark, and words behind it: `<p>Words` is meant as HTML.
  private func isFollowedByWords(_ text: some Collection<UInt8>) -> Bool {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard let first = line.first, first != UInt8(ascii: "<"), !isWordByte(first), first < 0x80,
      let next = line.first(where: { $0 > 0x20 })
    else { return false }
    return next != UInt8(ascii: "<") && line.contains { isWordByte($0) || $0 >= 0x80 }
  }

  private func isEnded(_ name: String, in item: OpaquePointer) -> Bool {
    guard let steps = TreeSteps(item) else { return false }
    while let step = steps.next() {
      switch cmark_node_get_type(step.node) {
      case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE:
        var tokens = HTMLTokens(Array(bytes(cmark_node_get_literal(step.node))))
        while let token = tokens.next() {
          if case .close(let tag) = token, tag.name == name { return true }
        }
      default: break
      }
    }
    return false
  }
}

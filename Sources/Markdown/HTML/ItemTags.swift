// `- <table> rows wrap`: people begin an item with the name of a tag that they write about. cmark reads a block of HTML there, in which
// the tag and the Markdown behind it would be lost.

extension MarkdownTree {
  /// The text with a `\` before each such tag: one without attributes that words follow in its line, and that nothing in the item ends.
  func escapingTagsThatOpenItems(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "<")) else { return text }
    let steps = root.steps
    var places: [(line: Int, column: Int)] = []
    while let step = steps.next() {
      guard step.isEntering, step.node.kind == .item, let block = step.node.firstChild else { continue }
      let begins = block.kind == .paragraph ? isVoidTag(block.firstChild) : isNameOfTag(block, in: step.node)
      if begins { places.append((block.startLine, block.startColumn)) }
    }
    return places.isEmpty ? text : escaping(places, in: text)
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

  private func isNameOfTag(_ block: TreeNode, in item: TreeNode) -> Bool {
    guard block.kind == .htmlBlock else { return false }
    let html = Array(block.literal)
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
  private func isVoidTag(_ node: TreeNode?) -> Bool {
    guard let node, node.kind == .htmlInline, let next = node.next, next.kind == .text else { return false }
    var tokens = HTMLTokens(Array(node.literal))
    guard case .open(let tag) = tokens.next(), SafeHTML.void.contains(tag.name), tag.attributes.isEmpty else { return false }
    return isFollowedByWords(next.literal)
  }

  /// A blank or a mark, and words behind it: `<p>Words` is meant as HTML.
  private func isFollowedByWords(_ text: some Collection<UInt8>) -> Bool {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard let first = line.first, first != UInt8(ascii: "<"), !isWordByte(first), first < 0x80,
      let next = line.first(where: { $0 > 0x20 })
    else { return false }
    return next != UInt8(ascii: "<") && line.contains { isWordByte($0) || $0 >= 0x80 }
  }

  private func isEnded(_ name: String, in item: TreeNode) -> Bool {
    let steps = item.steps
    while let step = steps.next() {
      guard step.node.kind == .htmlBlock || step.node.kind == .htmlInline else { continue }
      var tokens = HTMLTokens(Array(step.node.literal))
      while let token = tokens.next() {
        if case .close(let tag) = token, tag.name == name { return true }
      }
    }
    return false
  }
}

/// The headings of the top level as they were written, in order.
func topHeadings(of root: TreeNode) -> [(node: TreeNode, heading: MarkdownHeading)] {
  var headings: [(node: TreeNode, heading: MarkdownHeading)] = []
  var isFirst = true
  var items = 0
  for node in root.children {
    if node.kind == .list { items += node.children.count(where: isMoreThanLinks) }
    if node.kind == .heading {
      var words = HeadingWords()
      words.read(node)
      var heading = MarkdownHeading(
        level: node.headingLevel, text: words.text, link: words.link,
        line: node.startLine, isFirst: isFirst)
      heading.itemsAbove = items
      items = 0
      headings.append((node, heading))
    }
    if !isEdge(node) { isFirst = false }
  }
  return headings
}

/// The headings of the top level that are written as HTML (`<h2>2.0.0</h2>`): they divide nothing.
package func htmlHeadings(in text: [UInt8]) -> [MarkdownHeading] {
  let marks = ["<h".utf8, "<H".utf8].map(Array.init)
  guard marks.contains(where: { text.firstRange(of: $0) != nil }), text.count <= MarkdownLimits.bytes, isReadInLinearTime(text)
  else { return [] }
  let tree = MarkdownTree(text)
  var headings: [MarkdownHeading] = []
  for node in tree.root.children where node.kind == .htmlBlock {
    let html = repairedText(node.literal)
    var tokens = HTMLTokens(html)
    var (line, counted) = (node.startLine, 0)
    var open: (level: Int, line: Int, text: [UInt8])?
    while true {
      line += html[counted..<tokens.index].count { $0 == 0x0A }
      counted = tokens.index
      guard let token = tokens.next() else { break }
      switch token {
      case .open(let tag): if let level = headingLevel(tag.name) { open = (level, line, []) }
      case .close(let tag):
        guard headingLevel(tag.name) != nil, let heading = open else { break }
        let words = String(decoding: resolvingReferences(heading.text), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        headings.append(
          MarkdownHeading(level: heading.level, text: words.joined(separator: " "), line: heading.line, isFirst: false))
        open = nil
      case .text(let text): open?.text += text
      case .comment: break
      }
    }
  }
  return headings
}

/// 1 to 6 of `h1` to `h6`.
private func headingLevel(_ tag: String) -> Int? {
  guard tag.utf8.count == 2, tag.utf8.first == UInt8(ascii: "h"), let level = Int(tag.dropFirst()), (1...6).contains(level)
  else {
    return nil
  }
  return level
}

/// Whether an item holds a letter outside of its links.
private func isMoreThanLinks(_ item: TreeNode) -> Bool {
  let steps = item.steps
  var links = 0
  while let step = steps.next() {
    if step.node.kind == .link { links += step.isEntering ? 1 : -1 }
    guard links == 0, step.node.kind == .text || step.node.kind == .code else { continue }
    if String(decoding: repairedText(step.node.literal), as: UTF8.self).contains(where: \.isLetter) { return true }
  }
  return false
}

/// The headings that open a section.
struct SectionOpeners {
  var headings: [TreeNode: MarkdownHeading] = [:]
  /// Those that stand above a footnote.
  var footnotes: Set<TreeNode> = []
  /// The releases that links to them from other sections lead to, by their names as places of the whole document.
  private var releases: [String: String] = [:]

  /// `opening`: places in `all`. What stands between a section and the heading of the next, and belongs to neither, is removed.
  init(_ all: [(node: TreeNode, heading: MarkdownHeading)], _ opening: [Int], release: (Int) -> String?) {
    let opening = Set(opening)
    var names = Anchors()
    for (index, (node, heading)) in all.enumerated() {
      let name = names.unique(slug(of: heading.text))
      guard opening.contains(index) else { continue }
      headings[node] = heading
      let anchors = anchorNames(below: node) + removeEdge(before: node)
      guard let release = release(index) else { continue }
      for name in anchors + [name] where releases[name] == nil { releases[name] = release }
    }
  }

  func release(ofFragment fragment: String) -> String? {
    releases.isEmpty ? nil : namesMeant(by: fragment).lazy.compactMap { releases[$0] }.first
  }
}

/// The words of a heading, without tags, and its first link.
private struct HeadingWords {
  private var words: [UInt8] = []
  private(set) var link: String?

  mutating func read(_ heading: TreeNode) {
    let steps = heading.steps
    while let step = steps.next() {
      guard step.isEntering else { continue }
      switch step.node.kind {
      case .text, .code: words += repairedText(step.node.literal)
      case .softBreak, .lineBreak: words.append(0x20)
      case .link:
        let address = step.node.url
        if link == nil, !address.isEmpty, isSafeAddress(address) {
          link = String(decoding: repairedText(address), as: UTF8.self)
        }
      case .document, .blockQuote, .list, .item, .codeBlock, .htmlBlock, .customBlock, .paragraph, .heading, .thematicBreak:
        break
      case .htmlInline, .customInline, .emphasis, .strong, .image: break
      }
    }
  }

  var text: String {
    words.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}

/// Whether a block at the edge of a section says nothing by itself: a rule, a comment, an anchor on its own line.
private func isEdge(_ node: TreeNode) -> Bool {
  switch node.kind {
  case .thematicBreak: return true
  case .htmlBlock: return isAnchor(node.literal)
  case .paragraph:
    return node.children.allSatisfy { child in
      child.kind == .softBreak || child.kind == .customInline && child.role == .anchor
    }
  case .document, .blockQuote, .list, .item, .codeBlock, .customBlock, .heading: return false
  case .text, .softBreak, .lineBreak, .code, .htmlInline, .customInline, .emphasis, .strong, .link, .image: return false
  }
}

/// Whether HTML is nothing but comments and anchors (`<a name="1.4.0"></a>`).
private func isAnchor(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
  var rest = withoutComments(Array(html))[...]
  while let first = rest.first {
    if first <= 0x20 {
      rest = rest.dropFirst()
      continue
    }
    guard rest.starts(with: "<a ".utf8) || rest.starts(with: "</a>".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">"))
    else {
      return false
    }
    rest = rest[(end + 1)...]
  }
  return true
}

/// Removes what stands between a section and the heading of the next, and belongs to neither. The names of its anchors.
private func removeEdge(before heading: TreeNode) -> [String] {
  var names: [String] = []
  while let edge = heading.previous, isEdge(edge) {
    names += anchorNames(below: edge)
    edge.remove()
  }
  return names
}

/// The names of the anchors that a block is or holds.
private func anchorNames(below block: TreeNode) -> [String] {
  let steps = block.steps
  var names: [String] = []
  while let step = steps.next() {
    guard step.isEntering else { continue }
    if step.node.kind == .customInline, step.node.role == .anchor {
      names.append(String(decoding: step.node.start, as: UTF8.self))
    }
    guard step.node.kind == .htmlBlock else { continue }
    var tokens = HTMLTokens(repairedText(step.node.literal))
    while let token = tokens.next() {
      if case .open(let tag) = token, let name = SafeHTML.anchor(tag) { names.append(name) }
    }
  }
  return names
}

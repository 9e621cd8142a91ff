// Tags between blocks of text. The raw HTML of a block is taken apart into tags of blocks and lines of text; what lies between such a
// tag and its end, among the children of one node, moves into a node of its own, Markdown and all. A block that is not ended ends
// where what it stands in does.

extension MarkdownTree {
  /// Makes nodes of the raw HTML that may stand on a page. No element reaches over a heading of `barriers`.
  func extendBlockHTML(_ links: MarkdownLinks, barriers: Set<TreeNode>) {
    // What is left out may hold other parents, and what has been built: it is freed at the end.
    let leftOut = TreeNode(.customBlock)
    defer { leftOut.free() }
    for parent in root.parents(of: .htmlBlock) {
      var blocks = BlockElements(barriers: barriers, leftOut: leftOut)
      blocks.takeApart(in: parent)
      for line in blocks.lines {
        extendInlineHTML(in: line)
        extendInlines(links, in: line)
      }
      blocks.build(in: parent)
    }
  }
}

private struct BlockElements {
  private enum Mark {
    case open(HTMLToken.Tag)
    case close(String)
  }

  let barriers: Set<TreeNode>
  /// Paragraphs made of the text in raw HTML.
  private(set) var lines: [TreeNode] = []
  private var marks: [TreeNode: Mark] = [:]
  private var open = OpenTags()
  /// What has been built, and its name; inner ones first.
  private var built: [(node: TreeNode, name: String)] = []
  private var names: [TreeNode: String] = [:]
  /// Holds what is left out.
  let leftOut: TreeNode

  init(barriers: Set<TreeNode>, leftOut: TreeNode) {
    self.barriers = barriers
    self.leftOut = leftOut
  }

  // MARK: Taking apart

  mutating func takeApart(in parent: TreeNode) {
    for node in parent.children where node.kind == .htmlBlock { takeApart(node) }
  }

  private mutating func takeApart(_ block: TreeNode) {
    var tokens = HTMLTokens(repairedText(block.literal))
    let line = block.writtenLine
    var text: TreeNode?
    while let token = tokens.next() {
      switch token {
      case .open(let tag) where tag.name == "hr":
        end(&text)
        TreeNode(.thematicBreak).insert(before: block)
      case .open(let tag) where tag.name == "pre":
        end(&text)
        addCode(&tokens, before: block)
      case .open(let tag) where SafeHTML.dropped.contains(tag.name) && tokens.skip(behind: tag.name) != nil: break
      case .open(let tag) where BlockElements.isBlock(tag.name):
        end(&text)
        add(.open(tag), before: block, line)
      case .close(let tag) where BlockElements.isBlock(tag.name):
        end(&text)
        add(.close(tag.name), before: block, line)
      case .open(let tag), .close(let tag): append(.htmlInline, tag.source, to: &text, before: block, line)
      case .text(let words):
        let shown = text == nil ? Array(words.drop { $0 <= 0x20 }) : words
        if !shown.isEmpty { append(.text, resolvingReferences(shown), to: &text, before: block, line) }
      case .comment: break
      }
    }
    end(&text)
    block.remove()
  }

  private static func isBlock(_ name: String) -> Bool { SafeHTML.block[name] != nil || SafeHTML.dropped.contains(name) }

  private mutating func add(_ mark: Mark, before block: TreeNode, _ line: Int) {
    let node = TreeNode(.customBlock)
    node.setWrittenLine(line)
    marks[node] = mark
    node.insert(before: block)
  }

  private func append(
    _ kind: TreeNode.Kind, _ literal: [UInt8], to text: inout TreeNode?, before block: TreeNode, _ line: Int
  ) {
    if text == nil {
      let paragraph = TreeNode(.paragraph)
      paragraph.setWrittenLine(line)
      paragraph.insert(before: block)
      text = paragraph
    }
    let node = TreeNode(kind)
    node.setLiteral(literal)
    text?.append(node)
  }

  private mutating func end(_ text: inout TreeNode?) {
    guard let line = text else { return }
    lines.append(line)
    text = nil
    guard let last = line.lastChild, last.kind == .text else { return }
    let words = last.literal
    let end = words.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    last.setLiteral(words[..<end])
  }

  /// `<pre>`: its words, as they stand.
  private func addCode(_ tokens: inout HTMLTokens, before block: TreeNode) {
    var words: [UInt8] = []
    reading: while let token = tokens.next() {
      switch token {
      case .close(let tag) where tag.name == "pre": break reading
      case .text(let text): words += resolvingReferences(text)
      case .open(let tag), .close(let tag): if tag.name != "code" { words += tag.source }
      case .comment: break
      }
    }
    let code = TreeNode(.codeBlock)
    if words.first == 0x0A { words.removeFirst() }
    code.setLiteral(words)
    code.insert(before: block)
  }

  // MARK: Building

  mutating func build(in parent: TreeNode) {
    for line in lines where isEmpty(line) { line.remove() }
    for node in parent.children {
      if barriers.contains(node) { endAll(before: node) }
      guard let mark = marks[node] else { continue }
      switch mark {
      case .open(let tag):
        endWhatEnds(at: tag.name, node)
        open.push(tag, at: node)
      case .close(let name):
        if open.holds(name) { end(name, before: node) }
        node.remove()
      }
    }
    endAll(before: nil)
    settle()
  }

  private func isEmpty(_ line: TreeNode) -> Bool {
    line.children.allSatisfy { node in node.kind == .text && node.literal.allSatisfy { $0 <= 0x20 } }
  }

  /// `<li>` ends the item before it, and so on.
  private mutating func endWhatEnds(at name: String, _ node: TreeNode) {
    while let last = open.last, SafeHTML.endedBy[last.tag.name]?.contains(name) == true {
      endLast(before: node, isEnded: true)
    }
  }

  private mutating func end(_ name: String, before node: TreeNode) {
    while let last = open.last {
      endLast(before: node, isEnded: last.tag.name == name)
      if last.tag.name == name { return }
    }
  }

  private mutating func endAll(before node: TreeNode?) {
    while open.last != nil { endLast(before: node, isEnded: false) }
  }

  private mutating func endLast(before end: TreeNode?, isEnded: Bool) {
    guard let last = open.pop() else { return }
    let mark = last.node
    defer { mark.remove() }
    if let anchor = anchorNode(last.tag) {
      let place = TreeNode(.customBlock)
      place.append(anchor)
      place.insert(before: mark)
    }
    if SafeHTML.dropped.contains(last.tag.name) {
      if isEnded { return mark.moveFollowing(upTo: end, into: leftOut) }
      return insertParagraph(last.tag.source, before: mark)
    }
    guard let element = element(last.tag) else { return }
    while let node = mark.next, node != end { move(node, into: element, last.tag.name, mark) }
    if element.firstChild == nil, last.tag.name != "td", last.tag.name != "th" { return element.free() }
    element.insert(before: mark)
    built.append((element, last.tag.name))
    names[element] = last.tag.name
  }

  /// What cannot stand in an element stands before it.
  private func move(_ node: TreeNode, into element: TreeNode, _ name: String, _ mark: TreeNode) {
    if let allowed = SafeHTML.block[name] ?? nil, !allowed.contains(names[node] ?? "") {
      node.insert(before: mark)
    } else {
      element.append(node)
    }
  }

  private func insertParagraph(_ text: [UInt8], before node: TreeNode) {
    let paragraph = TreeNode(.paragraph)
    paragraph.append(TreeNode.text(text))
    paragraph.insert(before: node)
  }

  /// nil: what it holds is enough.
  private func element(_ tag: HTMLToken.Tag) -> TreeNode? {
    switch tag.name {
    case "center", "div", "p": return nil
    case "blockquote": return TreeNode(.blockQuote)
    case "table": return .block(.table)
    default: return .block(.markup, SafeHTML.start(tag.name, tag), "</\(tag.name)>")
    }
  }

  // MARK: Settling

  /// Outer elements first: what stands in the wrong place is what it holds, and lines that stand alone are no paragraphs.
  private mutating func settle() {
    for (node, name) in built.reversed() {
      if let parents = SafeHTML.parents[name], !isPlaced(node, name, in: parents) {
        names[node] = nil
        node.unwrap()
        continue
      }
      switch name {
      case "summary": if !hasOnlyLines(node) { node.unwrap() } else { joinLines(of: node) }
      case "h1", "h2", "h3", "h4", "h5", "h6": makeHeading(node, name)
      case "td", "th", "li", "dt", "dd":
        if hasOnlyLines(node), node.firstChild?.next == nil { joinLines(of: node) }
      default: break
      }
    }
  }

  private func isPlaced(_ node: TreeNode, _ name: String, in parents: Set<String>) -> Bool {
    guard let parent = node.parent, let outer = names[parent], parents.contains(outer) else { return false }
    return name != "summary" || node.previous == nil
  }

  private func hasOnlyLines(_ node: TreeNode) -> Bool {
    node.firstChild != nil && node.children.allSatisfy { $0.kind == .paragraph }
  }

  /// The words of the paragraphs in `node`, without the paragraphs.
  private func joinLines(of node: TreeNode) {
    for line in node.children {
      if line.next != nil { line.append(TreeNode(.softBreak)) }
      line.unwrap()
    }
  }

  private func makeHeading(_ node: TreeNode, _ name: String) {
    guard hasOnlyLines(node), let level = name.last?.wholeNumberValue else { return node.unwrap() }
    let heading = TreeNode(.heading)
    heading.setHeadingLevel(level)
    heading.setWrittenLine(node.writtenLine)
    joinLines(of: node)
    node.moveChildren(into: heading)
    node.replace(by: heading)
  }
}

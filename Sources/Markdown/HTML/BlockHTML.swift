import CCmark

// Tags between blocks of text. The raw HTML of a block is taken apart into tags of blocks and lines of text; what lies between such a
// tag and its end, among the children of one node, moves into a node of its own, Markdown and all. A block that is not ended ends
// where what it stands in does.

extension MarkdownTree {
  /// Makes nodes of the raw HTML that may stand on a page. No element reaches over a heading of `barriers`.
  func extendBlockHTML(_ links: MarkdownLinks, barriers: Set<OpaquePointer>) {
    // What is left out may hold other parents, and what has been built: it is freed at the end.
    guard let leftOut = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    defer { cmark_node_free(leftOut) }
    for parent in parents(of: CMARK_NODE_HTML_BLOCK, below: root) {
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

  let barriers: Set<OpaquePointer>
  /// Paragraphs made of the text in raw HTML.
  private(set) var lines: [OpaquePointer] = []
  private var marks: [OpaquePointer: Mark] = [:]
  private var open = OpenTags()
  /// What has been built, and its name; inner ones first.
  private var built: [(node: OpaquePointer, name: String)] = []
  private var names: [OpaquePointer: String] = [:]
  /// Holds what is left out.
  let leftOut: OpaquePointer

  init(barriers: Set<OpaquePointer>, leftOut: OpaquePointer) {
    self.barriers = barriers
    self.leftOut = leftOut
  }

  // MARK: Taking apart

  mutating func takeApart(in parent: OpaquePointer) {
    for node in ChildNodes(of: parent) where cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK { takeApart(node) }
  }

  private mutating func takeApart(_ block: OpaquePointer) {
    var tokens = HTMLTokens(repairedText(bytes(cmark_node_get_literal(block))))
    let line = writtenLine(of: block)
    var text: OpaquePointer?
    while let token = tokens.next() {
      switch token {
      case .open(let tag) where tag.name == "hr":
        end(&text)
        if let rule = cmark_node_new(CMARK_NODE_THEMATIC_BREAK) { cmark_node_insert_before(block, rule) }
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
      case .open(let tag), .close(let tag): append(CMARK_NODE_HTML_INLINE, tag.source, to: &text, before: block, line)
      case .text(let words):
        let shown = text == nil ? Array(words.drop { $0 <= 0x20 }) : words
        if !shown.isEmpty { append(CMARK_NODE_TEXT, resolvingReferences(shown), to: &text, before: block, line) }
      case .comment: break
      }
    }
    end(&text)
    remove(block)
  }

  private static func isBlock(_ name: String) -> Bool { SafeHTML.block[name] != nil || SafeHTML.dropped.contains(name) }

  private mutating func add(_ mark: Mark, before block: OpaquePointer, _ line: Int) {
    guard let node = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    setWrittenLine(line, of: node)
    marks[node] = mark
    cmark_node_insert_before(block, node)
  }

  private func append(
    _ type: cmark_node_type, _ literal: [UInt8], to text: inout OpaquePointer?, before block: OpaquePointer, _ line: Int
  ) {
    if text == nil, let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) {
      setWrittenLine(line, of: paragraph)
      cmark_node_insert_before(block, paragraph)
      text = paragraph
    }
    guard let node = cmark_node_new(type) else { return }
    cmark_node_set_literal(node, String(decoding: literal, as: UTF8.self))
    cmark_node_append_child(text, node)
  }

  private mutating func end(_ text: inout OpaquePointer?) {
    guard let line = text else { return }
    lines.append(line)
    text = nil
    guard let last = cmark_node_last_child(line), cmark_node_get_type(last) == CMARK_NODE_TEXT else { return }
    let words = bytes(cmark_node_get_literal(last))
    let end = words.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    cmark_node_set_literal(last, String(decoding: words[..<end], as: UTF8.self))
  }

  /// `<pre>`: its words, as they stand.
  private func addCode(_ tokens: inout HTMLTokens, before block: OpaquePointer) {
    var words: [UInt8] = []
    reading: while let token = tokens.next() {
      switch token {
      case .close(let tag) where tag.name == "pre": break reading
      case .text(let text): words += resolvingReferences(text)
      case .open(let tag), .close(let tag): if tag.name != "code" { words += tag.source }
      case .comment: break
      }
    }
    guard let code = cmark_node_new(CMARK_NODE_CODE_BLOCK) else { return }
    if words.first == 0x0A { words.removeFirst() }
    cmark_node_set_literal(code, String(decoding: words, as: UTF8.self))
    cmark_node_insert_before(block, code)
  }

  // MARK: Building

  mutating func build(in parent: OpaquePointer) {
    for line in lines where isEmpty(line) { remove(line) }
    for node in ChildNodes(of: parent) {
      if barriers.contains(node) { endAll(before: node) }
      guard let mark = marks[node] else { continue }
      switch mark {
      case .open(let tag):
        endWhatEnds(at: tag.name, node)
        open.push(tag, at: node)
      case .close(let name):
        if open.holds(name) { end(name, before: node) }
        remove(node)
      }
    }
    endAll(before: nil)
    settle()
  }

  private func isEmpty(_ line: OpaquePointer) -> Bool {
    ChildNodes(of: line).allSatisfy { node in
      cmark_node_get_type(node) == CMARK_NODE_TEXT && bytes(cmark_node_get_literal(node)).allSatisfy { $0 <= 0x20 }
    }
  }

  /// `<li>` ends the item before it, and so on.
  private mutating func endWhatEnds(at name: String, _ node: OpaquePointer) {
    while let last = open.last, SafeHTML.endedBy[last.tag.name]?.contains(name) == true {
      endLast(before: node, isEnded: true)
    }
  }

  private mutating func end(_ name: String, before node: OpaquePointer) {
    while let last = open.last {
      endLast(before: node, isEnded: last.tag.name == name)
      if last.tag.name == name { return }
    }
  }

  private mutating func endAll(before node: OpaquePointer?) {
    while open.last != nil { endLast(before: node, isEnded: false) }
  }

  private mutating func endLast(before end: OpaquePointer?, isEnded: Bool) {
    guard let last = open.pop() else { return }
    let mark = last.node
    defer { remove(mark) }
    if let anchor = anchorNode(last.tag), let place = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) {
      cmark_node_append_child(place, anchor)
      cmark_node_insert_before(mark, place)
    }
    if SafeHTML.dropped.contains(last.tag.name) {
      if isEnded { return moveNodes(between: mark, and: end, into: leftOut) }
      return insertText(last.tag.source, before: mark)
    }
    guard let element = element(last.tag) else { return }
    while let node = cmark_node_next(mark), node != end { move(node, into: element, last.tag.name, mark) }
    if cmark_node_first_child(element) == nil, last.tag.name != "td", last.tag.name != "th" { return cmark_node_free(element) }
    cmark_node_insert_before(mark, element)
    built.append((element, last.tag.name))
    names[element] = last.tag.name
  }

  /// What cannot stand in an element stands before it.
  private func move(_ node: OpaquePointer, into element: OpaquePointer, _ name: String, _ mark: OpaquePointer) {
    if let allowed = SafeHTML.block[name] ?? nil, !allowed.contains(names[node] ?? "") {
      cmark_node_insert_before(mark, node)
    } else {
      cmark_node_append_child(element, node)
    }
  }

  private func insertText(_ text: [UInt8], before node: OpaquePointer) {
    guard let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) else { return }
    cmark_node_append_child(paragraph, textNode(text))
    cmark_node_insert_before(node, paragraph)
  }

  /// nil: what it holds is enough.
  private func element(_ tag: HTMLToken.Tag) -> OpaquePointer? {
    switch tag.name {
    case "center", "div", "p": return nil
    case "blockquote": return cmark_node_new(CMARK_NODE_BLOCK_QUOTE)
    case "table": return markupNode(CMARK_NODE_CUSTOM_BLOCK, TableMarkup.start, TableMarkup.end)
    default: return markupNode(CMARK_NODE_CUSTOM_BLOCK, SafeHTML.start(tag.name, tag), "</\(tag.name)>")
    }
  }

  // MARK: Settling

  /// Outer elements first: what stands in the wrong place is what it holds, and lines that stand alone are no paragraphs.
  private mutating func settle() {
    for (node, name) in built.reversed() {
      if let parents = SafeHTML.parents[name], !isPlaced(node, name, in: parents) {
        names[node] = nil
        unwrap(node)
        continue
      }
      switch name {
      case "summary": if !hasOnlyLines(node) { unwrap(node) } else { joinLines(of: node) }
      case "h1", "h2", "h3", "h4", "h5", "h6": makeHeading(node, name)
      case "td", "th", "li", "dt", "dd":
        if hasOnlyLines(node), cmark_node_next(cmark_node_first_child(node)) == nil { joinLines(of: node) }
      default: break
      }
    }
  }

  private func isPlaced(_ node: OpaquePointer, _ name: String, in parents: Set<String>) -> Bool {
    guard let parent = cmark_node_parent(node), let outer = names[parent], parents.contains(outer) else { return false }
    return name != "summary" || cmark_node_previous(node) == nil
  }

  private func hasOnlyLines(_ node: OpaquePointer) -> Bool {
    cmark_node_first_child(node) != nil
      && ChildNodes(of: node).allSatisfy { cmark_node_get_type($0) == CMARK_NODE_PARAGRAPH }
  }

  /// The words of the paragraphs in `node`, without the paragraphs.
  private func joinLines(of node: OpaquePointer) {
    for line in ChildNodes(of: node) {
      if cmark_node_next(line) != nil { cmark_node_append_child(line, cmark_node_new(CMARK_NODE_SOFTBREAK)) }
      unwrap(line)
    }
  }

  private func makeHeading(_ node: OpaquePointer, _ name: String) {
    guard hasOnlyLines(node), let level = name.last?.wholeNumberValue, let heading = cmark_node_new(CMARK_NODE_HEADING) else {
      return unwrap(node)
    }
    cmark_node_set_heading_level(heading, Int32(level))
    setWrittenLine(writtenLine(of: node), of: heading)
    joinLines(of: node)
    moveChildren(of: node, into: heading)
    replace(node, by: heading)
  }
}

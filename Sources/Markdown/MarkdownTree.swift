/// The syntax tree of one document: it owns all nodes that hang in it.
struct MarkdownTree: ~Copyable {
  let root: Node
  let source: SourceLines

  init(_ text: [UInt8]) {
    source = SourceLines(text)
    root = Node(document: text)
  }

  deinit { root.free() }

  /// Makes the tree safe in one walk, cuts it at the headings that open a section, and lets cmark render the pieces. nil where it is
  /// nested beyond `MarkdownLimits.treeDepth`.
  func sections(
    headingBase: Int, _ links: MarkdownLinks, _ openers: SectionOpeners, footnotes: Int
  ) -> [MarkdownSection]? {
    let steps = root.steps
    var walk = TreeWalk(root: root, headingBase: headingBase, links: links, openers: openers)
    while let step = steps.next() {
      walk.take(step)
      if walk.depth > MarkdownLimits.treeDepth { return nil }
    }
    walk.endSection(before: nil)
    let labels = walk.sections.suffix(footnotes).map { $0.heading?.text ?? "" }
    return placingFootnotes(walk.sections, of: walk.references, labels: labels)
  }
}

private struct TreeWalk {
  let root: Node
  let headingBase: Int
  let links: MarkdownLinks
  let openers: SectionOpeners
  private(set) var depth = 0
  private(set) var sections: [MarkdownSection] = []
  private var found = Findings()
  /// The heading that opened the section being read.
  private var opener: MarkdownHeading?
  /// Of each link and image around this place: how many words there were before it.
  private var linkStarts: [Int] = []
  private var anchors = Anchors()
  private var footnotes = FootnoteReferences()
  /// Of each section: the footnotes that it refers to.
  private(set) var references: [[String]] = []
  /// Links to places of the same text.
  private var fragments: [Node] = []
  /// How many of them, and of those that lead nowhere, stand before the heading.
  private var beforeHeading = (fragments: 0, relative: 0)

  init(root: Node, headingBase: Int, links: MarkdownLinks, openers: SectionOpeners) {
    self.root = root
    self.headingBase = headingBase
    self.links = links
    self.openers = openers
  }

  mutating func take(_ step: TreeSteps.Step) {
    if step.isEntering {
      enter(step.node)
    } else {
      depth -= 1
      leave(step.node)
    }
  }

  private mutating func enter(_ node: Node) {
    switch node.kind {
    case .text: readText(node)
    case .code: found.add(node.literal)
    case .softBreak: found.add(" ".utf8)
    case .lineBreak: found.add("\n".utf8)
    case .htmlInline: showHTML(node)
    case .codeBlock: replaceCode(node)
    case .thematicBreak: break
    // What our own extensions put in: the words of it that are none of the author's text are not his.
    case .customInline where node.firstChild == nil:
      depth += 1
      readMark(node)
    case .document, .blockQuote, .list, .item, .htmlBlock, .customBlock, .paragraph, .heading, .customInline, .emphasis,
      .strong,
      .link, .image:
      depth += 1
      open(node)
    }
  }

  /// A character that was escaped; markup has no words.
  private mutating func readMark(_ node: Node) {
    let text = node.start
    if text.count == 1 { found.add(text) }
    if let name = anchorName(of: node) { readAnchor(node, name) }
    if text.starts(with: "[^".utf8) {
      node.setMarkup(footnotes.add(String(decoding: text.dropFirst(2), as: UTF8.self)))
    }
    if text.starts(with: "</tr>".utf8) { found.add("\n".utf8) }
  }

  private mutating func readAnchor(_ node: Node, _ name: String) {
    if links.hasAnchors, anchors.add(name) { return }
    node.setMarkup("")
  }

  /// What can hold other nodes.
  private mutating func open(_ node: Node) {
    switch node.kind {
    case .item: found.enterItem(place: anchors.openItem())
    case .paragraph: found.enterBlock()
    case .customBlock:
      found.enterBlock()
      if node.start.starts(with: "<li".utf8) { _ = anchors.openItem() }
    case .heading:
      found.enterBlock()
      beforeHeading = (fragments.count, found.relativeLinks.count)
    case .strong: found.enterStrong()
    case .emphasis: found.enterEmphasis()
    case .link, .image: linkStarts.append(found.plain.count)
    case .document, .blockQuote, .list, .htmlBlock, .customInline: break
    case .codeBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline: break
    }
  }

  private mutating func leave(_ node: Node) {
    switch node.kind {
    case .item:
      guard let item = found.leaveItem(), links.hasAnchors else { break }
      anchors.nameItem(at: item.place, item.text)
    case .paragraph: found.leaveParagraph()
    case .strong: found.leaveStrong()
    case .emphasis: found.leaveEmphasis()
    case .heading: leaveHeading(node)
    case .link, .image: leaveLink(node)
    // The cells of a table.
    case .customInline: if node.end.starts(with: "</t".utf8) { found.add(" ".utf8) }
    case .document, .blockQuote, .list, .customBlock: break
    case .codeBlock, .htmlBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline: break
    }
  }

  private mutating func leaveHeading(_ node: Node) {
    let level = node.headingLevel
    if let heading = openers.headings[node] {
      // Its links are no part of any section.
      fragments.removeSubrange(beforeHeading.fragments...)
      found.dropRelativeLinks(after: beforeHeading.relative)
      endSection(before: node)
      node.remove()
      opener = heading
      return
    }
    // Below a heading that opens a section, the levels begin as they do below a title of the first level.
    let top = opener?.level ?? 1
    let lowest = opener == nil ? 1 : headingBase
    node.setHeadingLevel(min(max(level + headingBase - top, lowest), 6))
    var group: ChangeGroup?
    if node.parent == root {
      group = found.leaveHeading(
        MarkdownHeading(
          level: level, text: found.headingText, line: node.writtenLine,
          isFirst: sections.isEmpty && node.previous == nil))
    }
    anchors.addHeading(found.headingText, group)
  }

  /// Renders everything before `heading`, or all that is left.
  mutating func endSection(before heading: Node?) {
    for link in fragments { place(fragment: link) }
    fragments = []
    guard let heading else { return append(html: root.rendered(), isBeforeHeading: false) }
    let piece = Node(.document)
    while let first = root.firstChild, first != heading { piece.append(first) }
    append(html: piece.rendered(), isBeforeHeading: true)
    piece.free()
  }

  private mutating func append(html: [UInt8], isBeforeHeading: Bool) {
    let body = found.takeSection(
      html: links.hasAnchors ? addingAnchors(anchors.tags, to: html) : html, isBeforeHeading: isBeforeHeading)
    anchors = Anchors()
    references.append(footnotes.labels)
    footnotes = FootnoteReferences()
    sections.append(MarkdownSection(heading: opener, body: body))
  }
}

// MARK: - What makes the tree safe

extension TreeWalk {
  private mutating func readText(_ node: Node) {
    let text = node.literal
    guard needsRepair(text) else { return found.add(text) }
    let repaired = repairedText(text)
    found.add(repaired)
    node.setLiteral(repaired)
  }

  /// A tag that may not stand on the page becomes the text that it is.
  private mutating func showHTML(_ node: Node) {
    let shown = withoutComments(repairedText(node.literal))
    guard !shown.isEmpty else { return node.remove() }
    node.replace(by: .text(shown))
    found.add(shown)
  }

  /// A block of code can be scrolled by keyboard, and says its language.
  private mutating func replaceCode(_ node: Node) {
    let code = node.literal
    found.enterBlock()
    found.add(code)
    var html = Array("<pre tabindex=\"0\"><code".utf8)
    if let language = languageName(node.fenceInfo) {
      html += Array(" class=\"language-\(language)\"".utf8)
    }
    html.append(UInt8(ascii: ">"))
    appendEscaped(code, to: &html)
    html += Array("</code></pre>".utf8)
    node.replace(by: .markup(.customBlock, String(decoding: html, as: UTF8.self)))
  }

  /// An image asks another host for something, so it is a link. A link in a link, and one to an unsafe address, is its words.
  private mutating func leaveLink(_ node: Node) {
    let start = linkStarts.popLast() ?? 0
    if node.kind == .image, showImage(node, words: found.plain[start...]) { return }
    let isOfFile = place(ofFile: node)
    let isPlaced = isOfFile || place(node)
    readPerson(node, found.plain[start...])
    let address = node.url
    let isSafe = isOfFile || isPlaced && isSafeAddress(address)
    if isSafe, !address.isEmpty, !found.plain[start...].contains(where: { $0 > 0x20 }) { name(node, by: address) }
    guard isSafe, linkStarts.isEmpty else { return node.unwrap() }
    let title = node.title
    if needsRepair(title) { node.setTitle(String(decoding: repairedText(title), as: UTF8.self)) }
    var shown = node
    if node.kind == .image {
      let link = Node(.link)
      link.setURL(String(decoding: node.url, as: UTF8.self))
      link.setTitle(String(decoding: node.title, as: UTF8.self))
      link.setWrittenLine(node.writtenLine)
      node.moveChildren(into: link)
      node.replace(by: link)
      shown = link
    }
    if links.hasAnchors, shown.url.first == UInt8(ascii: "#") { fragments.append(shown) }
  }

  /// A picture of the content folder is shown, at its own size, when it comes into sight. False where it is none.
  private func showImage(_ node: Node, words: ArraySlice<UInt8>) -> Bool {
    let address = node.url
    guard isRelativeAddress(address), let image = links.images.image(at: String(decoding: address, as: UTF8.self)) else {
      return false
    }
    let title = node.title
    let more = title.isEmpty ? "" : " title=\"\(escaped(repairedText(title)))\""
    let html =
      "<img src=\"\(escaped(image.path.utf8))\" alt=\"\(escaped(words))\"\(more) width=\"\(image.width)\" height=\"\(image.height)\" loading=\"lazy\">"
    let shown = Node.markup(.customInline, html)
    node.replace(by: shown)
    return true
  }

  private mutating func readPerson(_ link: Node, _ words: ArraySlice<UInt8>) {
    let name = words.dropFirst()
    guard words.first == UInt8(ascii: "@"), !name.isEmpty, name.count <= 64,
      name.allSatisfy({ isWordByte($0) || "-_.[]".utf8.contains($0) })
    else { return }
    let address = link.url
    if isSafeAddress(address) { found.addPerson(name, address: address) }
  }

  /// Leads a link to another text of the content folder to its page. False where it leads to none.
  private func place(ofFile node: Node) -> Bool {
    let address = node.url
    guard node.kind == .link, links.relative != .kept, isRelativeAddress(address),
      let text = links.images.text(at: String(decoding: repairedText(address), as: UTF8.self))
    else { return false }
    node.setURL(text)
    return true
  }

  /// Gives a relative address its base. False where it has none to lead anywhere with.
  private mutating func place(_ node: Node) -> Bool {
    let address = node.url
    guard links.relative != .kept, isRelativeAddress(address) else { return true }
    let text = String(decoding: repairedText(address), as: UTF8.self)
    guard case .base(let base) = links.relative else {
      let isImage = node.kind == .image
      found.add(RelativeLink(address: text, isImage: isImage, line: node.writtenLine))
      return false
    }
    node.setURL(base + (base.hasSuffix("/") ? "" : "/") + text.drop { $0 == "/" })
    return true
  }

  /// Leads a link to the place of its section that it means, else to the section that has the name.
  private mutating func place(fragment link: Node) {
    let text = String(decoding: repairedText(link.url), as: UTF8.self)
    let fragment = String(text.dropFirst())
    if let name = anchors.name(ofFragment: fragment) {
      link.setURL("#" + name)
    } else if let address = openers.address(ofFragment: fragment) {
      link.setURL(address)
    } else {
      found.add(RelativeLink(address: text, line: link.writtenLine))
      link.unwrap()
    }
  }

  /// A link without words could not be heard.
  private mutating func name(_ node: Node, by address: UnsafeBufferPointer<UInt8>) {
    let shown = repairedText(address)
    node.append(Node.text(shown))
    found.add(shown)
  }
}

import CCmark

/// The syntax tree of one document: the only owner of cmark's pointers.
struct MarkdownTree: ~Copyable {
  let root: OpaquePointer
  let source: SourceLines

  /// nil where memory is short.
  init?(_ text: [UInt8]) {
    source = SourceLines(text)
    let parsed = text.withUnsafeBytes { bytes in
      cmark_parse_document(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, CMARK_OPT_DEFAULT)
    }
    guard let parsed else { return nil }
    root = parsed
  }

  deinit { cmark_node_free(root) }

  /// Makes the tree safe in one walk, cuts it at the headings that open a section, and lets cmark render the pieces. nil where it is
  /// nested beyond `MarkdownLimits.treeDepth`.
  func sections(
    headingBase: Int, _ links: MarkdownLinks, _ openers: SectionOpeners, footnotes: Int
  ) -> [MarkdownSection]? {
    guard let steps = TreeSteps(root) else { return nil }
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

/// cmark's own walk, which survives the removal of the node it has just left.
struct TreeSteps: ~Copyable {
  struct Step {
    let isEntering: Bool
    let node: OpaquePointer
  }

  private let iterator: OpaquePointer

  init?(_ root: OpaquePointer) {
    guard let made = cmark_iter_new(root) else { return nil }
    iterator = made
  }

  deinit { cmark_iter_free(iterator) }

  func next() -> Step? {
    let event = cmark_iter_next(iterator)
    guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return nil }
    return Step(isEntering: event == CMARK_EVENT_ENTER, node: node)
  }
}

private struct TreeWalk {
  let root: OpaquePointer
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
  private var fragments: [OpaquePointer] = []
  /// How many of them, and of those that lead nowhere, stand before the heading.
  private var beforeHeading = (fragments: 0, relative: 0)

  init(root: OpaquePointer, headingBase: Int, links: MarkdownLinks, openers: SectionOpeners) {
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

  private mutating func enter(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: readText(node)
    case CMARK_NODE_CODE: found.add(bytes(cmark_node_get_literal(node)))
    case CMARK_NODE_SOFTBREAK: found.add(" ".utf8)
    case CMARK_NODE_LINEBREAK: found.add("\n".utf8)
    case CMARK_NODE_HTML_INLINE: showHTML(node)
    case CMARK_NODE_CODE_BLOCK: replaceCode(node)
    case CMARK_NODE_THEMATIC_BREAK: break
    // What our own extensions put in: the words of it that are none of the author's text are not his.
    case CMARK_NODE_CUSTOM_INLINE where cmark_node_first_child(node) == nil:
      depth += 1
      readMark(node)
    default:
      depth += 1
      open(node)
    }
  }

  /// A character that was escaped; markup has no words.
  private mutating func readMark(_ node: OpaquePointer) {
    let text = bytes(cmark_node_get_on_enter(node))
    if text.count == 1 { found.add(text) }
    if let name = anchorName(of: node) { readAnchor(node, name) }
    if text.starts(with: "[^".utf8) {
      cmark_node_set_on_enter(node, footnotes.add(String(decoding: text.dropFirst(2), as: UTF8.self)))
    }
    if text.starts(with: "</tr>".utf8) { found.add("\n".utf8) }
  }

  private mutating func readAnchor(_ node: OpaquePointer, _ name: String) {
    if links.hasAnchors, anchors.add(name) { return }
    cmark_node_set_on_enter(node, "")
    cmark_node_set_on_exit(node, "")
  }

  /// What can hold other nodes.
  private mutating func open(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_ITEM: found.enterItem(place: anchors.openItem())
    case CMARK_NODE_PARAGRAPH: found.enterBlock()
    case CMARK_NODE_CUSTOM_BLOCK:
      found.enterBlock()
      if bytes(cmark_node_get_on_enter(node)).starts(with: "<li".utf8) { _ = anchors.openItem() }
    case CMARK_NODE_HEADING:
      found.enterBlock()
      beforeHeading = (fragments.count, found.relativeLinks.count)
    case CMARK_NODE_STRONG: found.enterStrong()
    case CMARK_NODE_EMPH: found.enterEmphasis()
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: linkStarts.append(found.plain.count)
    default: break
    }
  }

  private mutating func leave(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_ITEM:
      guard let item = found.leaveItem(), links.hasAnchors else { break }
      anchors.nameItem(at: item.place, item.text)
    case CMARK_NODE_PARAGRAPH: found.leaveParagraph()
    case CMARK_NODE_STRONG: found.leaveStrong()
    case CMARK_NODE_EMPH: found.leaveEmphasis()
    case CMARK_NODE_HEADING: leaveHeading(node)
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: leaveLink(node)
    // The cells of a table.
    case CMARK_NODE_CUSTOM_INLINE where bytes(cmark_node_get_on_exit(node)).starts(with: "</t".utf8): found.add(" ".utf8)
    default: break
    }
  }

  private mutating func leaveHeading(_ node: OpaquePointer) {
    let level = Int(cmark_node_get_heading_level(node))
    if let heading = openers.headings[node] {
      // Its links are no part of any section.
      fragments.removeSubrange(beforeHeading.fragments...)
      found.dropRelativeLinks(after: beforeHeading.relative)
      endSection(before: node)
      remove(node)
      opener = heading
      return
    }
    // Below a heading that opens a section, the levels begin as they do below a title of the first level.
    let top = opener?.level ?? 1
    let lowest = opener == nil ? 1 : headingBase
    cmark_node_set_heading_level(node, Int32(min(max(level + headingBase - top, lowest), 6)))
    var group: ChangeGroup?
    if cmark_node_parent(node) == root {
      group = found.leaveHeading(
        MarkdownHeading(
          level: level, text: found.headingText, line: writtenLine(of: node),
          isFirst: sections.isEmpty && cmark_node_previous(node) == nil))
    }
    anchors.addHeading(found.headingText, group)
  }

  /// Renders everything before `heading`, or all that is left.
  mutating func endSection(before heading: OpaquePointer?) {
    for link in fragments { place(fragment: link) }
    fragments = []
    guard let heading else { return append(html: rendered(root), isBeforeHeading: false) }
    guard let piece = cmark_node_new(CMARK_NODE_DOCUMENT) else { return }
    while let first = cmark_node_first_child(root), first != heading { cmark_node_append_child(piece, first) }
    append(html: rendered(piece), isBeforeHeading: true)
    cmark_node_free(piece)
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
  private mutating func readText(_ node: OpaquePointer) {
    let text = bytes(cmark_node_get_literal(node))
    guard needsRepair(text) else { return found.add(text) }
    let repaired = repairedText(text)
    found.add(repaired)
    cmark_node_set_literal(node, String(decoding: repaired, as: UTF8.self))
  }

  /// A tag that may not stand on the page becomes the text that it is.
  private mutating func showHTML(_ node: OpaquePointer) {
    let shown = withoutComments(repairedText(bytes(cmark_node_get_literal(node))))
    guard !shown.isEmpty, let text = textNode(shown) else { return remove(node) }
    replace(node, by: text)
    found.add(shown)
  }

  /// A block of code can be scrolled by keyboard, and says its language.
  private mutating func replaceCode(_ node: OpaquePointer) {
    let code = bytes(cmark_node_get_literal(node))
    found.enterBlock()
    found.add(code)
    var html = Array("<pre tabindex=\"0\"><code".utf8)
    if let language = languageName(bytes(cmark_node_get_fence_info(node))) {
      html += Array(" class=\"language-\(language)\"".utf8)
    }
    html.append(UInt8(ascii: ">"))
    appendEscaped(code, to: &html)
    html += Array("</code></pre>".utf8)
    guard let block = markupNode(CMARK_NODE_CUSTOM_BLOCK, String(decoding: html, as: UTF8.self)) else { return }
    replace(node, by: block)
  }

  /// An image asks another host for something, so it is a link. A link in a link, and one to an unsafe address, is its words.
  private mutating func leaveLink(_ node: OpaquePointer) {
    let start = linkStarts.popLast() ?? 0
    if cmark_node_get_type(node) == CMARK_NODE_IMAGE, showImage(node, words: found.plain[start...]) { return }
    let isOfFile = place(ofFile: node)
    let isPlaced = isOfFile || place(node)
    readPerson(node, found.plain[start...])
    let address = bytes(cmark_node_get_url(node))
    let isSafe = isOfFile || isPlaced && isSafeAddress(address)
    if isSafe, !address.isEmpty, !found.plain[start...].contains(where: { $0 > 0x20 }) { name(node, by: address) }
    guard isSafe, linkStarts.isEmpty else { return unwrap(node) }
    let title = bytes(cmark_node_get_title(node))
    if needsRepair(title) { cmark_node_set_title(node, String(decoding: repairedText(title), as: UTF8.self)) }
    var shown = node
    if cmark_node_get_type(node) == CMARK_NODE_IMAGE, let link = cmark_node_new(CMARK_NODE_LINK) {
      cmark_node_set_url(link, cmark_node_get_url(node))
      cmark_node_set_title(link, cmark_node_get_title(node))
      setWrittenLine(writtenLine(of: node), of: link)
      moveChildren(of: node, into: link)
      replace(node, by: link)
      shown = link
    }
    if links.hasAnchors, bytes(cmark_node_get_url(shown)).first == UInt8(ascii: "#") { fragments.append(shown) }
  }

  /// A picture of the content folder is shown, at its own size, when it comes into sight. False where it is none.
  private func showImage(_ node: OpaquePointer, words: ArraySlice<UInt8>) -> Bool {
    let address = bytes(cmark_node_get_url(node))
    guard isRelativeAddress(address), let image = links.images.image(at: String(decoding: address, as: UTF8.self)) else {
      return false
    }
    let title = bytes(cmark_node_get_title(node))
    let more = title.isEmpty ? "" : " title=\"\(escaped(repairedText(title)))\""
    let html =
      "<img src=\"\(escaped(image.path.utf8))\" alt=\"\(escaped(words))\"\(more) width=\"\(image.width)\" height=\"\(image.height)\" loading=\"lazy\">"
    guard let shown = markupNode(CMARK_NODE_CUSTOM_INLINE, html) else { return false }
    replace(node, by: shown)
    return true
  }

  private mutating func readPerson(_ link: OpaquePointer, _ words: ArraySlice<UInt8>) {
    let name = words.dropFirst()
    guard words.first == UInt8(ascii: "@"), !name.isEmpty, name.count <= 64,
      name.allSatisfy({ isWordByte($0) || "-_.[]".utf8.contains($0) })
    else { return }
    let address = bytes(cmark_node_get_url(link))
    if isSafeAddress(address) { found.addPerson(name, address: address) }
  }

  /// Leads a link to another text of the content folder to its page. False where it leads to none.
  private func place(ofFile node: OpaquePointer) -> Bool {
    let address = bytes(cmark_node_get_url(node))
    guard cmark_node_get_type(node) == CMARK_NODE_LINK, links.relative != .kept, isRelativeAddress(address),
      let text = links.images.text(at: String(decoding: repairedText(address), as: UTF8.self))
    else { return false }
    cmark_node_set_url(node, text)
    return true
  }

  /// Gives a relative address its base. False where it has none to lead anywhere with.
  private mutating func place(_ node: OpaquePointer) -> Bool {
    let address = bytes(cmark_node_get_url(node))
    guard links.relative != .kept, isRelativeAddress(address) else { return true }
    let text = String(decoding: repairedText(address), as: UTF8.self)
    guard case .base(let base) = links.relative else {
      let isImage = cmark_node_get_type(node) == CMARK_NODE_IMAGE
      found.add(RelativeLink(address: text, isImage: isImage, line: writtenLine(of: node)))
      return false
    }
    cmark_node_set_url(node, base + (base.hasSuffix("/") ? "" : "/") + text.drop { $0 == "/" })
    return true
  }

  /// Leads a link to the place of its section that it means, else to the section that has the name.
  private mutating func place(fragment link: OpaquePointer) {
    let text = String(decoding: repairedText(bytes(cmark_node_get_url(link))), as: UTF8.self)
    let fragment = String(text.dropFirst())
    if let name = anchors.name(ofFragment: fragment) {
      cmark_node_set_url(link, "#" + name)
    } else if let address = openers.address(ofFragment: fragment) {
      cmark_node_set_url(link, address)
    } else {
      found.add(RelativeLink(address: text, line: writtenLine(of: link)))
      unwrap(link)
    }
  }

  /// A link without words could not be heard.
  private mutating func name(_ node: OpaquePointer, by address: UnsafeBufferPointer<UInt8>) {
    let shown = repairedText(address)
    cmark_node_append_child(node, textNode(shown))
    found.add(shown)
  }
}

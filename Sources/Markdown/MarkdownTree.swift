import CCmark

/// The syntax tree of one document: the only owner of cmark's pointers.
struct MarkdownTree: ~Copyable {
  private let root: OpaquePointer

  /// nil where memory is short.
  init?(_ text: [UInt8]) {
    let parsed = text.withUnsafeBytes { bytes in
      cmark_parse_document(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, CMARK_OPT_DEFAULT)
    }
    guard let parsed else { return nil }
    root = parsed
  }

  deinit { cmark_node_free(root) }

  /// Makes the tree safe in one walk, cuts it at each heading for which `opens` is true, and lets cmark render the pieces.
  /// nil where it is nested beyond `MarkdownLimits.treeDepth`.
  func sections(headingBase: Int, opens: (MarkdownHeading) -> Bool) -> [MarkdownSection]? {
    guard let steps = TreeSteps(root) else { return nil }
    var walk = TreeWalk(root: root, headingBase: headingBase)
    while let step = steps.next() {
      walk.take(step, opens: opens)
      if walk.depth > MarkdownLimits.treeDepth { return nil }
    }
    walk.endSection(before: nil)
    return walk.sections
  }
}

/// cmark's own walk, which survives the removal of the node it has just left.
private struct TreeSteps: ~Copyable {
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
  private(set) var depth = 0
  private(set) var sections: [MarkdownSection] = []
  private var found = Findings()
  /// The heading that opened the section being read.
  private var opener: MarkdownHeading?
  /// Of each link and image around this place: how many words there were before it.
  private var linkStarts: [Int] = []

  init(root: OpaquePointer, headingBase: Int) {
    self.root = root
    self.headingBase = headingBase
  }

  mutating func take(_ step: TreeSteps.Step, opens: (MarkdownHeading) -> Bool) {
    if step.isEntering {
      enter(step.node)
    } else {
      depth -= 1
      leave(step.node, opens: opens)
    }
  }

  private mutating func enter(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: readText(node)
    case CMARK_NODE_CODE: found.add(bytes(cmark_node_get_literal(node)))
    case CMARK_NODE_SOFTBREAK: found.add(" ".utf8)
    case CMARK_NODE_LINEBREAK: found.add("\n".utf8)
    case CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK: showHTML(node)
    case CMARK_NODE_CODE_BLOCK: replaceCode(node)
    case CMARK_NODE_THEMATIC_BREAK: break
    default:
      depth += 1
      open(node)
    }
  }

  /// What can hold other nodes.
  private mutating func open(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_ITEM: found.enterItem()
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: found.enterBlock()
    case CMARK_NODE_STRONG: found.enterStrong()
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: linkStarts.append(found.plain.count)
    default: break
    }
  }

  private mutating func leave(_ node: OpaquePointer, opens: (MarkdownHeading) -> Bool) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_ITEM: found.leaveItem()
    case CMARK_NODE_PARAGRAPH: found.leaveParagraph()
    case CMARK_NODE_STRONG: found.leaveStrong()
    case CMARK_NODE_HEADING: leaveHeading(node, opens: opens)
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: leaveLink(node)
    default: break
    }
  }

  private mutating func leaveHeading(_ node: OpaquePointer, opens: (MarkdownHeading) -> Bool) {
    let level = Int(cmark_node_get_heading_level(node))
    cmark_node_set_heading_level(node, Int32(min(max(level + headingBase - 1, 1), 6)))
    guard cmark_node_parent(node) == root else { return }
    let heading = MarkdownHeading(
      level: level, text: found.headingText, line: Int(cmark_node_get_start_line(node)),
      isFirst: sections.isEmpty && cmark_node_previous(node) == nil)
    guard opens(heading) else { return found.leaveHeading(heading) }
    endSection(before: node)
    remove(node)
    opener = heading
  }

  /// Renders everything before `heading`, or all that is left.
  mutating func endSection(before heading: OpaquePointer?) {
    guard let heading else { return append(html: rendered(root), isBeforeHeading: false) }
    guard let piece = cmark_node_new(CMARK_NODE_DOCUMENT) else { return }
    while let first = cmark_node_first_child(root), first != heading { cmark_node_append_child(piece, first) }
    append(html: rendered(piece), isBeforeHeading: true)
    cmark_node_free(piece)
  }

  private mutating func append(html: [UInt8], isBeforeHeading: Bool) {
    let body = found.takeSection(html: html, isBeforeHeading: isBeforeHeading)
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

  /// Raw HTML becomes the text that it is; comments vanish.
  private mutating func showHTML(_ node: OpaquePointer) {
    let isBlock = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK
    let shown = withoutComments(repairedText(bytes(cmark_node_get_literal(node))))
    guard !shown.isEmpty, let text = cmark_node_new(CMARK_NODE_TEXT) else { return remove(node) }
    cmark_node_set_literal(text, String(decoding: shown, as: UTF8.self))
    if isBlock, let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) {
      found.enterBlock()
      cmark_node_append_child(paragraph, text)
      replace(node, by: paragraph)
    } else {
      replace(node, by: text)
    }
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
    guard let block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    cmark_node_set_on_enter(block, String(decoding: html, as: UTF8.self))
    replace(node, by: block)
  }

  /// An image asks another host for something, so it is a link. A link in a link, and one to an unsafe address, is its words.
  private mutating func leaveLink(_ node: OpaquePointer) {
    let start = linkStarts.popLast() ?? 0
    let address = bytes(cmark_node_get_url(node))
    let isSafe = isSafeAddress(address)
    if isSafe, !address.isEmpty, !found.plain[start...].contains(where: { $0 > 0x20 }) { name(node, by: address) }
    guard isSafe, linkStarts.isEmpty else { return unwrap(node) }
    let title = bytes(cmark_node_get_title(node))
    if needsRepair(title) { cmark_node_set_title(node, String(decoding: repairedText(title), as: UTF8.self)) }
    guard cmark_node_get_type(node) == CMARK_NODE_IMAGE, let link = cmark_node_new(CMARK_NODE_LINK) else { return }
    cmark_node_set_url(link, cmark_node_get_url(node))
    cmark_node_set_title(link, cmark_node_get_title(node))
    while let child = cmark_node_first_child(node) { cmark_node_append_child(link, child) }
    replace(node, by: link)
  }

  /// A link without words could not be heard.
  private mutating func name(_ node: OpaquePointer, by address: UnsafeBufferPointer<UInt8>) {
    guard let text = cmark_node_new(CMARK_NODE_TEXT) else { return }
    let shown = repairedText(address)
    cmark_node_set_literal(text, String(decoding: shown, as: UTF8.self))
    cmark_node_append_child(node, text)
    found.add(shown)
  }
}

// MARK: - Nodes

private func remove(_ node: OpaquePointer) {
  cmark_node_unlink(node)
  cmark_node_free(node)
}

private func replace(_ node: OpaquePointer, by other: OpaquePointer) {
  cmark_node_insert_before(node, other)
  remove(node)
}

private func unwrap(_ node: OpaquePointer) {
  while let child = cmark_node_first_child(node) { cmark_node_insert_before(node, child) }
  remove(node)
}

private func rendered(_ node: OpaquePointer) -> [UInt8] {
  guard let html = cmark_render_html(node, CMARK_OPT_DEFAULT) else { return [] }
  let result = Array(bytes(html))
  cmark_get_default_mem_allocator()?.pointee.free(html)
  return result
}

/// The bytes of a C string; they live as long as the node that owns them is not changed.
private func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
  guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
  var end = text
  while end.pointee != 0 { end += 1 }
  return UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: end - text)
}

/// One walk over a tree: it makes the nodes safe, and keeps what the pieces are written with.
struct TreeWalk {
  let root: TreeNode
  let headingBase: Int
  let links: MarkdownLinks
  let openers: SectionOpeners
  private(set) var depth = 0
  private(set) var sections: [MarkdownSection] = []
  var found = Findings()
  /// The heading that opened the section being read, and whether that is a footnote.
  private var opener: MarkdownHeading?
  private var isFootnote = false
  /// Of each link and image around this place: how many words there were before it.
  var linkStarts: [Int] = []
  private(set) var anchors = Anchors()
  private var footnotes = FootnoteReferences()
  /// Of each section: the footnotes that it refers to.
  private(set) var references: [[String]] = []
  /// Links to places of the same text.
  var placeLinks: [TreeNode] = []
  /// How many of them, and of those that lead nowhere, stand before the heading.
  private var beforeHeading = (placeLinks: 0, relative: 0)
  /// Of the nodes of the section.
  var annotations = NodeAnnotations()

  init(root: TreeNode, headingBase: Int, links: MarkdownLinks, openers: SectionOpeners) {
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

  private mutating func enter(_ node: TreeNode) {
    switch node.kind {
    case .text: readText(node)
    case .code: found.add(node.literal)
    case .softBreak: found.add(" ".utf8)
    case .lineBreak: found.add("\n".utf8)
    case .htmlInline: showHTML(node)
    case .codeBlock: readCode(node)
    case .thematicBreak: break
    // What our own extensions put in: the words of it that are none of the author's text are not his.
    case .customInline where node.firstChild == nil:
      depth += 1
      readMark(node)
    case .document, .blockQuote, .list, .item, .htmlBlock, .customBlock, .paragraph, .heading,
      .customInline, .emphasis, .strong, .link, .image:
      depth += 1
      open(node)
    }
  }

  /// A character that was escaped; markup has no words.
  private mutating func readMark(_ node: TreeNode) {
    switch node.role {
    case .character: found.add(node.start)
    case .anchor:
      if !links.hasAnchors || !anchors.add(String(decoding: node.start, as: UTF8.self)) { node.setCustom(.markup, "", "") }
    case .footnoteReference:
      let (number, place) = footnotes.add(String(decoding: node.start, as: UTF8.self))
      node.setCustom(.footnoteReference, String(number), place)
    case .rowEnd: found.add("\n".utf8)
    case .markup, .code, .picture, .task, .alert, .table, .cell: break
    }
  }

  /// What can hold other nodes.
  private mutating func open(_ node: TreeNode) {
    switch node.kind {
    case .item: found.enterItem()
    case .paragraph, .customBlock: found.enterBlock()
    case .heading:
      found.enterBlock()
      beforeHeading = (placeLinks.count, found.relativeLinks.count)
    case .strong: found.enterStrong()
    case .emphasis: found.enterEmphasis()
    case .link, .image: linkStarts.append(found.plain.count)
    case .document, .blockQuote, .list, .htmlBlock, .customInline: break
    case .codeBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline: break
    }
  }

  private mutating func leave(_ node: TreeNode) {
    switch node.kind {
    case .item:
      guard let text = found.leaveItem(), links.hasAnchors else { break }
      annotations.names[node] = anchors.nameItem(text)
    case .paragraph: found.leaveParagraph()
    case .strong: found.leaveStrong()
    case .emphasis: found.leaveEmphasis()
    case .heading: leaveHeading(node)
    case .link, .image: leaveLink(node)
    case .customInline: if node.role == .cell { found.add(" ".utf8) }
    case .document, .blockQuote, .list, .customBlock: break
    case .codeBlock, .htmlBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline: break
    }
  }

  private mutating func leaveHeading(_ node: TreeNode) {
    let level = node.headingLevel
    if let heading = openers.headings[node] {
      // Its links are no part of any section.
      placeLinks.removeSubrange(beforeHeading.placeLinks...)
      found.dropRelativeLinks(after: beforeHeading.relative)
      endSection(before: node)
      isFootnote = openers.footnotes.contains(node)
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
    guard links.hasAnchors else { return }
    annotations.names[node] = anchors.nameHeading(found.headingText)
    annotations.groups[node] = group
  }

  /// Writes everything before `heading`, or all that is left.
  mutating func endSection(before heading: TreeNode?) {
    for link in placeLinks { leadToPlace(link) }
    placeLinks = []
    guard let heading else { return addSection(root, isBeforeHeading: false) }
    let piece = TreeNode(.document)
    while let first = root.firstChild, first != heading { piece.append(first) }
    addSection(piece, isBeforeHeading: true)
    piece.free()
  }

  private mutating func addSection(_ document: TreeNode, isBeforeHeading: Bool) {
    var writer = FragmentWriter(annotations, unended: isFootnote ? document.lastChild : nil)
    let body = found.takeSection(writer.fragment(of: document), isBeforeHeading: isBeforeHeading)
    annotations = NodeAnnotations()
    anchors = Anchors()
    references.append(footnotes.labels)
    footnotes = FootnoteReferences()
    sections.append(MarkdownSection(heading: opener, body: body))
  }
}

// MARK: - What makes words safe

extension TreeWalk {
  private mutating func readText(_ node: TreeNode) {
    let text = node.literal
    guard needsRepair(text) else { return found.add(text) }
    let repaired = repairedText(text)
    found.add(repaired)
    node.setLiteral(repaired)
  }

  /// A tag that may not stand on the page becomes the text that it is.
  private mutating func showHTML(_ node: TreeNode) {
    let shown = withoutComments(repairedText(node.literal))
    guard !shown.isEmpty else { return node.remove() }
    node.replace(by: .text(shown))
    found.add(shown)
  }

  private mutating func readCode(_ node: TreeNode) {
    found.enterBlock()
    found.add(node.literal)
  }
}

/// The syntax tree of one document: it owns all nodes that hang in it.
struct MarkdownTree: ~Copyable {
  let root: TreeNode
  let source: SourceLines

  init(_ text: [UInt8]) {
    source = SourceLines(text)
    root = TreeNode(document: text)
  }

  deinit { root.free() }

  /// Makes the tree safe in one walk, cuts it at the headings that open a section, and writes the pieces. nil where it is nested beyond
  /// `MarkdownLimits.treeDepth`.
  func sections(headingBase: Int, _ links: MarkdownLinks, _ openers: SectionOpeners) -> [MarkdownSection]? {
    let steps = root.steps
    var walk = TreeWalk(root: root, headingBase: headingBase, links: links, openers: openers)
    while let step = steps.next() {
      walk.take(step)
      if walk.depth > MarkdownLimits.treeDepth { return nil }
    }
    walk.endSection(before: nil)
    let labels = walk.sections.suffix(openers.footnotes.count).map { $0.heading?.text ?? "" }
    return placingFootnotes(walk.sections, of: walk.references, labels: labels)
  }
}

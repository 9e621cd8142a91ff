// What stands in text nodes beyond CommonMark: struck text, bare addresses, references. The nodes are changed before the walk that
// makes the tree safe, so that it sees links as links.

extension MarkdownTree {
  /// Gives text nodes below `top` and outside links what `links` says of them.
  func extendInlines(_ links: MarkdownLinks, in top: TreeNode) {
    for node in textNodes(in: top).all { shield(node) }
    for parent in textNodes(in: top).parents { strike(in: parent) }
    for node in textNodes(in: top).outsideLinks { link(node, links) }
  }

  /// The text below a node, in order.
  struct TextNodes {
    var all: [TreeNode] = []
    /// Neither in links nor in code that is written as HTML.
    var outsideLinks: [TreeNode] = []
    /// Of those that hold `~~`, each once, in order.
    var parents: [TreeNode] = []
  }

  func textNodes(in top: TreeNode) -> TextNodes {
    var nodes = TextNodes()
    let steps = top.steps
    var links = 0
    while let step = steps.next() {
      let kind = step.node.kind
      if kind == .link || kind == .image || kind == .customInline && step.node.role == .code {
        links += step.isEntering ? 1 : -1
      }
      guard kind == .text else { continue }
      nodes.all.append(step.node)
      if links == 0 { nodes.outsideLinks.append(step.node) }
      if let parent = step.node.parent, nodes.parents.last != parent, holdsTildes(step.node) { nodes.parents.append(parent) }
    }
    return nodes
  }

  private func holdsTildes(_ node: TreeNode) -> Bool {
    var last: UInt8 = 0
    for byte in node.literal {
      if byte == UInt8(ascii: "~"), last == byte { return true }
      last = byte
    }
    return false
  }

  /// An escaped `~ # @ :` means nothing: it becomes a node of its own. cmark has joined it with the text around it, so that only the
  /// source tells; where that does not fit the node, nothing was escaped that is known.
  private func shield(_ node: TreeNode) {
    let text = Array(node.literal)
    let (start, end) = (node.startColumn, node.endColumn)
    guard end - start + 1 > text.count, text.contains(where: { "~#@:".utf8.contains($0) }) else { return }
    let places = escapedPlaces(text, in: source.columns(start...end, ofLine: node.startLine))
    guard !places.isEmpty else { return }
    var behind = 0
    for place in places {
      node.insertText(text[behind..<place])
      TreeNode.inline(.character, String(UnicodeScalar(text[place]))).insert(before: node)
      behind = place + 1
    }
    node.insertText(text[behind...])
    node.remove()
  }

  private func escapedPlaces(_ text: [UInt8], in written: ArraySlice<UInt8>) -> [Int] {
    var places: [Int] = []
    var index = written.startIndex
    for (place, byte) in text.enumerated() {
      guard index < written.endIndex else { return [] }
      let isEscaped = written[index] == UInt8(ascii: "\\") && index + 1 < written.endIndex && written[index + 1] == byte
      if isEscaped {
        index += 1
        if "~#@:".utf8.contains(byte) { places.append(place) }
      }
      // An entity: what follows cannot be laid side by side.
      if written[index] != byte { return places }
      index += 1
    }
    return places
  }

  // MARK: Links

  private func link(_ node: TreeNode, _ links: MarkdownLinks) {
    let text = Array(node.literal)
    let spans = TextSpans.find(in: text, links)
    guard !spans.isEmpty else { return }
    var start = 0
    for span in spans {
      node.insertText(text[start..<span.range.lowerBound])
      let shown = span.shown.map { Array($0.utf8)[...] } ?? text[span.range]
      if let address = span.address {
        let link = TreeNode(.link)
        link.setURL(address)
        link.append(TreeNode.text(shown))
        link.insert(before: node)
      } else {
        node.insertText(shown)
      }
      start = span.range.upperBound
    }
    node.insertText(text[start...])
    node.remove()
  }

  // MARK: Struck text

  /// Two tildes on both sides (GFM, Strikethrough), among the children of one node. A single one stays: `~5 ms` is written often.
  private func strike(in parent: TreeNode) {
    var runs: [TildeRun] = []
    var pairs: [TildeRun] = []
    for node in parent.children where node.kind == .text {
      for run in TildeRun.find(in: node) {
        if run.closes, let opener = runs.popLast() {
          pairs += [opener, TildeRun(node: run.node, offset: run.offset, opens: false, closes: true)]
        } else if run.opens {
          runs.append(TildeRun(node: run.node, offset: run.offset, opens: true, closes: false))
        }
      }
    }
    var marks: [TreeNode: [TildeRun]] = [:]
    for run in pairs { marks[run.node, default: []].append(run) }
    for (node, runs) in marks { split(node, at: runs.sorted { $0.offset < $1.offset }) }
  }

  private func split(_ node: TreeNode, at runs: [TildeRun]) {
    let text = Array(node.literal)
    var start = 0
    for run in runs {
      node.insertText(text[start..<run.offset])
      TreeNode.inline(.markup, run.opens ? "<del>" : "</del>").insert(before: node)
      start = run.offset + 2
    }
    node.insertText(text[start...])
    node.remove()
  }
}

/// Exactly two tildes, and whether text may be struck from or up to them.
private struct TildeRun {
  let node: TreeNode
  let offset: Int
  let opens: Bool
  let closes: Bool

  static func find(in node: TreeNode) -> [TildeRun] {
    let text = node.literal
    var runs: [TildeRun] = []
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "~") else {
        index += 1
        continue
      }
      let start = index
      while index < text.count, text[index] == UInt8(ascii: "~") { index += 1 }
      guard index - start == 2 else { continue }
      let before = start > 0 ? text[start - 1] : edge(node.previous)
      let after = index < text.count ? text[index] : edge(node.next)
      runs.append(TildeRun(node: node, offset: start, opens: after > 0x20, closes: before > 0x20))
    }
    return runs
  }

  /// What a neighbour counts as: a blank at the edges of a line, else a letter.
  private static func edge(_ neighbour: TreeNode?) -> UInt8 {
    guard let neighbour else { return 0x20 }
    return neighbour.kind == .softBreak || neighbour.kind == .lineBreak ? 0x20 : UInt8(ascii: "a")
  }
}

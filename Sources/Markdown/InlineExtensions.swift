import CCmark

// What stands in text nodes beyond CommonMark: struck text, bare addresses, references. The nodes are changed before the walk that
// makes the tree safe, so that it sees links as links.

extension MarkdownTree {
  /// Gives text nodes below `top` and outside links what `links` says of them.
  func extendInlines(_ links: MarkdownLinks, in top: OpaquePointer) {
    for node in textNodes(in: top).all { shield(node) }
    for parent in textNodes(in: top).parents { strike(in: parent) }
    for node in textNodes(in: top).outsideLinks { link(node, links) }
  }

  private static let code: Set<String> = ["<code>", "<kbd>", "<samp>", "<var>"]

  /// The text below a node, in order.
  struct TextNodes {
    var all: [OpaquePointer] = []
    /// Neither in links nor in code that is written as HTML.
    var outsideLinks: [OpaquePointer] = []
    /// Of those that hold `~~`, each once, in order.
    var parents: [OpaquePointer] = []
  }

  func textNodes(in top: OpaquePointer) -> TextNodes {
    var nodes = TextNodes()
    guard let steps = TreeSteps(top) else { return nodes }
    var links = 0
    while let step = steps.next() {
      switch cmark_node_get_type(step.node) {
      case CMARK_NODE_LINK, CMARK_NODE_IMAGE: links += step.isEntering ? 1 : -1
      // Code that is written as HTML.
      case CMARK_NODE_CUSTOM_INLINE where Self.code.contains(String(cString: cmark_node_get_on_enter(step.node))):
        links += step.isEntering ? 1 : -1
      case CMARK_NODE_TEXT:
        nodes.all.append(step.node)
        if links == 0 { nodes.outsideLinks.append(step.node) }
        if let parent = cmark_node_parent(step.node), nodes.parents.last != parent, holdsTildes(step.node) {
          nodes.parents.append(parent)
        }
      default: break
      }
    }
    return nodes
  }

  private func holdsTildes(_ node: OpaquePointer) -> Bool {
    var last: UInt8 = 0
    for byte in bytes(cmark_node_get_literal(node)) {
      if byte == UInt8(ascii: "~"), last == byte { return true }
      last = byte
    }
    return false
  }

  /// An escaped `~ # @ :` means nothing: it becomes a node of its own. cmark has joined it with the text around it, so that only the
  /// source tells; where that does not fit the node, nothing was escaped that is known.
  private func shield(_ node: OpaquePointer) {
    let text = Array(bytes(cmark_node_get_literal(node)))
    let (start, end) = (Int(cmark_node_get_start_column(node)), Int(cmark_node_get_end_column(node)))
    guard end - start + 1 > text.count, text.contains(where: { "~#@:".utf8.contains($0) }) else { return }
    let places = escapedPlaces(text, in: source.columns(start...end, ofLine: Int(cmark_node_get_start_line(node))))
    guard !places.isEmpty else { return }
    var behind = 0
    for place in places {
      insertText(text[behind..<place], before: node)
      cmark_node_insert_before(node, markupNode(CMARK_NODE_CUSTOM_INLINE, String(UnicodeScalar(text[place]))))
      behind = place + 1
    }
    insertText(text[behind...], before: node)
    remove(node)
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

  private func link(_ node: OpaquePointer, _ links: MarkdownLinks) {
    let text = Array(bytes(cmark_node_get_literal(node)))
    let spans = TextSpans.find(in: text, links)
    guard !spans.isEmpty else { return }
    var start = 0
    for span in spans {
      insertText(text[start..<span.range.lowerBound], before: node)
      let shown = span.shown.map { Array($0.utf8)[...] } ?? text[span.range]
      if let address = span.address, let link = cmark_node_new(CMARK_NODE_LINK) {
        cmark_node_set_url(link, address)
        cmark_node_append_child(link, textNode(shown))
        cmark_node_insert_before(node, link)
      } else {
        insertText(shown, before: node)
      }
      start = span.range.upperBound
    }
    insertText(text[start...], before: node)
    remove(node)
  }

  func insertText(_ text: ArraySlice<UInt8>, before node: OpaquePointer) {
    if !text.isEmpty { cmark_node_insert_before(node, textNode(text)) }
  }

  // MARK: Struck text

  /// Two tildes on both sides (GFM, Strikethrough), among the children of one node. A single one stays: `~5 ms` is written often.
  private func strike(in parent: OpaquePointer) {
    var runs: [TildeRun] = []
    var pairs: [TildeRun] = []
    for node in ChildNodes(of: parent) where cmark_node_get_type(node) == CMARK_NODE_TEXT {
      for run in TildeRun.find(in: node) {
        if run.closes, let opener = runs.popLast() {
          pairs += [opener, TildeRun(node: run.node, offset: run.offset, opens: false, closes: true)]
        } else if run.opens {
          runs.append(TildeRun(node: run.node, offset: run.offset, opens: true, closes: false))
        }
      }
    }
    var marks: [OpaquePointer: [TildeRun]] = [:]
    for run in pairs { marks[run.node, default: []].append(run) }
    for (node, runs) in marks { split(node, at: runs.sorted { $0.offset < $1.offset }) }
  }

  private func split(_ node: OpaquePointer, at runs: [TildeRun]) {
    let text = Array(bytes(cmark_node_get_literal(node)))
    var start = 0
    for run in runs {
      insertText(text[start..<run.offset], before: node)
      cmark_node_insert_before(node, markupNode(CMARK_NODE_CUSTOM_INLINE, run.opens ? "<del>" : "</del>"))
      start = run.offset + 2
    }
    insertText(text[start...], before: node)
    remove(node)
  }
}

/// Exactly two tildes, and whether text may be struck from or up to them.
private struct TildeRun {
  let node: OpaquePointer
  let offset: Int
  let opens: Bool
  let closes: Bool

  static func find(in node: OpaquePointer) -> [TildeRun] {
    let text = bytes(cmark_node_get_literal(node))
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
      let before = start > 0 ? text[start - 1] : edge(cmark_node_previous(node))
      let after = index < text.count ? text[index] : edge(cmark_node_next(node))
      runs.append(TildeRun(node: node, offset: start, opens: after > 0x20, closes: before > 0x20))
    }
    return runs
  }

  /// What a neighbour counts as: a blank at the edges of a line, else a letter.
  private static func edge(_ neighbour: OpaquePointer?) -> UInt8 {
    guard let neighbour else { return 0x20 }
    let type = cmark_node_get_type(neighbour)
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ? 0x20 : UInt8(ascii: "a")
  }
}

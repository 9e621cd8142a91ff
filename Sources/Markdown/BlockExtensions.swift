import CCmark

// Alerts and tasks: what GitHub makes of a quote that begins with `[!NOTE]`, and of an item that begins with `[x]`.

extension MarkdownTree {
  private static let alerts = [
    "note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution",
  ]

  func extendBlocks() {
    guard let steps = TreeSteps(root) else { return }
    var quotes: [OpaquePointer] = []
    var items: [OpaquePointer] = []
    while let step = steps.next() {
      guard step.isEntering else { continue }
      switch cmark_node_get_type(step.node) {
      case CMARK_NODE_BLOCK_QUOTE: quotes.append(step.node)
      case CMARK_NODE_ITEM: items.append(step.node)
      default: break
      }
    }
    for item in items { makeTask(item) }
    for quote in quotes { makeAlert(quote) }
  }

  private func firstText(_ block: OpaquePointer) -> OpaquePointer? {
    guard let paragraph = cmark_node_first_child(block), cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH,
      let text = cmark_node_first_child(paragraph), cmark_node_get_type(text) == CMARK_NODE_TEXT
    else { return nil }
    return text
  }

  /// A mark that is read aloud, and no box: nobody can tick it on a page of what has happened.
  private func makeTask(_ item: OpaquePointer) {
    guard let text = firstText(item) else { return }
    let words = Array(bytes(cmark_node_get_literal(text)))
    guard words.count > 3, words[0] == UInt8(ascii: "["), words[2] == UInt8(ascii: "]"), words[3] == 0x20,
      " xX".utf8.contains(words[1]),
      words[4...].contains(where: { $0 > 0x20 }) || cmark_node_next(text) != nil
    else { return }
    let (name, box) = words[1] == 0x20 ? ("to do", "☐") : ("done", "☑")
    let mark = markupNode(
      CMARK_NODE_CUSTOM_INLINE, "<span class=\"task\" role=\"img\" aria-label=\"\(name)\">\(box)</span> ")
    cmark_node_insert_before(text, mark)
    cmark_node_set_literal(text, String(decoding: words[4...], as: UTF8.self))
  }

  private func makeAlert(_ quote: OpaquePointer) {
    guard let text = firstText(quote), let paragraph = cmark_node_parent(text) else { return }
    let words = String(decoding: bytes(cmark_node_get_literal(text)), as: UTF8.self).lowercased()
    let kind = String(words.dropFirst(2).dropLast())
    guard words.hasPrefix("[!"), words.hasSuffix("]"), let title = Self.alerts[kind] else { return }
    let line = cmark_node_next(text)
    // The mark stands alone in its line, and something below it.
    guard line.map({ cmark_node_get_type($0) == CMARK_NODE_SOFTBREAK }) ?? (cmark_node_next(paragraph) != nil),
      let alert = markupNode(
        CMARK_NODE_CUSTOM_BLOCK, "<div class=\"alert \(kind)\">\n<p class=\"alert-title\">\(title)</p>", "</div>")
    else { return }
    if let line { remove(line) }
    remove(text)
    if cmark_node_first_child(paragraph) == nil { remove(paragraph) }
    moveChildren(of: quote, into: alert)
    replace(quote, by: alert)
  }
}

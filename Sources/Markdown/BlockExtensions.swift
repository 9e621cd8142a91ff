import Documents

// Alerts and tasks: what GitHub makes of a quote that begins with `[!NOTE]`, and of an item that begins with `[x]`.

extension MarkdownTree {
  func extendBlocks() {
    let steps = root.steps
    var quotes: [TreeNode] = []
    var items: [TreeNode] = []
    while let step = steps.next() {
      guard step.isEntering else { continue }
      if step.node.kind == .blockQuote { quotes.append(step.node) }
      if step.node.kind == .item { items.append(step.node) }
    }
    for item in items { makeTask(item) }
    for quote in quotes { makeAlert(quote) }
  }

  private func firstText(_ block: TreeNode) -> TreeNode? {
    guard let paragraph = block.firstChild, paragraph.kind == .paragraph, let text = paragraph.firstChild, text.kind == .text
    else { return nil }
    return text
  }

  /// A mark that is read aloud, and no box: nobody can tick it on a page of what has happened.
  private func makeTask(_ item: TreeNode) {
    guard let text = firstText(item) else { return }
    let words = Array(text.literal)
    guard words.count > 3, words[0] == UInt8(ascii: "["), words[2] == UInt8(ascii: "]"), words[3] == 0x20,
      " xX".utf8.contains(words[1]),
      words[4...].contains(where: { $0 > 0x20 }) || text.next != nil
    else { return }
    TreeNode.inline(.task, words[1] == 0x20 ? "" : "x").insert(before: text)
    text.setLiteral(words[4...])
  }

  private func makeAlert(_ quote: TreeNode) {
    guard let text = firstText(quote), let paragraph = text.parent else { return }
    let words = String(decoding: text.literal, as: UTF8.self).lowercased()
    let kind = String(words.dropFirst(2).dropLast())
    guard words.hasPrefix("[!"), words.hasSuffix("]"), Alert(rawValue: kind) != nil else { return }
    let line = text.next
    // The mark stands alone in its line, and something below it.
    guard line.map({ $0.kind == .softBreak }) ?? (paragraph.next != nil) else { return }
    let alert = TreeNode.block(.alert, kind)
    line?.remove()
    text.remove()
    if paragraph.firstChild == nil { paragraph.remove() }
    quote.moveChildren(into: alert)
    quote.replace(by: alert)
  }
}

/// What GitHub knows, as it is written in the brackets.
enum Alert: String {
  case note, tip, important, warning, caution

  var title: Fragment.Phrase {
    switch self {
    case .note: .note
    case .tip: .tip
    case .important: .important
    case .warning: .warning
    case .caution: .caution
    }
  }
}

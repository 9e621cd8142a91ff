import Documents

// Footnotes, as GitHub has them: `[^label]` in the text, and a line `[^label]: words` somewhere in the document. The words become
// sections of their own at the end of the tree, so that they go through the same walk as all else; each section that refers to them
// gets those that it names.

extension MarkdownTree {
  /// Marks the references, and moves what they mean to the end. The answer: by the heading that opens each, its label. What nothing
  /// refers to stays as it was written.
  func extendFootnotes() -> [TreeNode: String] {
    var drafts = footnoteDrafts()
    var used: Set<String> = []
    // What a footnote says refers to no other.
    let own = Set(drafts.values.flatMap { $0.nodes })
    for link in footnoteLinks() where !isInside(link, own) { mark(link, &drafts, &used) }
    guard !drafts.isEmpty else { return [:] }
    for node in textNodes(in: root).outsideLinks where !isInside(node, own) { mark(node, drafts, &used) }
    var openers: [TreeNode: String] = [:]
    var emptied: Set<TreeNode> = []
    for (label, draft) in drafts.sorted(by: { $0.key < $1.key }) where used.contains(label) {
      let (heading, paragraph) = (TreeNode(.heading), TreeNode(.paragraph))
      openers[heading] = label
      root.append(heading)
      root.append(paragraph)
      if let old = draft.nodes.first?.parent { emptied.insert(old) }
      take(draft, into: paragraph)
    }
    for paragraph in emptied {
      trimEnd(of: paragraph)
      if paragraph.firstChild == nil { paragraph.remove() }
    }
    return openers
  }

  /// A footnote of one word is a definition of a link to cmark, and its references are links.
  private func footnoteLinks() -> [TreeNode] {
    let steps = root.steps
    var links: [TreeNode] = []
    while let step = steps.next() {
      guard step.isEntering, step.node.kind == .link, let text = step.node.firstChild, text.next == nil, text.kind == .text
      else { continue }
      let words = text.literal
      if words.count > 1, words[0] == UInt8(ascii: "^"), !words.contains(0x20) { links.append(step.node) }
    }
    return links
  }

  private func isInside(_ node: TreeNode, _ nodes: Set<TreeNode>) -> Bool {
    var next: TreeNode? = node
    while let place = next {
      if nodes.contains(place) { return true }
      next = place.parent
    }
    return false
  }

  private func mark(_ link: TreeNode, _ drafts: inout [String: FootnoteDraft], _ used: inout Set<String>) {
    guard let text = link.firstChild else { return }
    let label = String(decoding: text.literal.dropFirst(), as: UTF8.self).lowercased()
    TreeNode.inline(.footnoteReference, label).insert(before: link)
    used.insert(label)
    let title = String(decoding: link.title, as: UTF8.self)
    let told = String(decoding: link.url, as: UTF8.self) + (title.isEmpty ? "" : " \"\(title)\"")
    guard drafts[label] == nil else { return link.remove() }
    let words = TreeNode.text(told.utf8)
    link.unlink()
    // The address is what is told, and where it leads if it can.
    let isAddress = String(decoding: link.url, as: UTF8.self).contains("://")
    if isAddress {
      text.remove()
      link.append(words)
      link.setTitle("")
    } else {
      link.free()
    }
    drafts[label] = FootnoteDraft(label: label, nodes: [isAddress ? link : words])
  }

  private func take(_ draft: FootnoteDraft, into paragraph: TreeNode) {
    guard let first = draft.nodes.first else { return }
    if draft.mark > 0 {
      let words = first.literal.dropFirst(draft.mark).drop { $0 == 0x20 || $0 == 0x09 }
      first.setLiteral(words)
    }
    for node in draft.nodes { paragraph.append(node) }
    trimEnd(of: paragraph)
  }

  private func trimEnd(of paragraph: TreeNode) {
    while let edge = paragraph.lastChild, edge.kind == .softBreak { edge.remove() }
  }

  private func footnoteDrafts() -> [String: FootnoteDraft] {
    var drafts: [String: FootnoteDraft] = [:]
    for block in root.children where block.kind == .paragraph {
      var label: String?
      var beginsLine = true
      for node in block.children {
        if beginsLine, let draft = FootnoteDraft(node) {
          // Told twice: the first is meant.
          label = drafts[draft.label] == nil ? draft.label : nil
          if let label { drafts[label] = draft }
        } else if let label {
          drafts[label]?.nodes.append(node)
        }
        beginsLine = node.kind == .softBreak
      }
    }
    return drafts
  }

  /// Puts a node for the walk in the place of each reference.
  private func mark(_ node: TreeNode, _ drafts: [String: FootnoteDraft], _ used: inout Set<String>) {
    let text = Array(node.literal)
    var start = 0
    var index = 0
    while let open = text[index...].firstIndex(of: UInt8(ascii: "[")) {
      index = open + 1
      guard let label = FootnoteDraft.label(text[open...]), drafts[label.name] != nil else { continue }
      // Told a second time.
      if open == 0, isAtLineStart(node), open + label.count < text.count, text[open + label.count] == UInt8(ascii: ":") {
        continue
      }
      node.insertText(text[start..<open])
      TreeNode.inline(.footnoteReference, label.name).insert(before: node)
      used.insert(label.name)
      start = open + label.count
      index = start
    }
    guard start > 0 else { return }
    node.insertText(text[start...])
    node.remove()
  }
}

private func isAtLineStart(_ node: TreeNode) -> Bool {
  node.previous.map { $0.kind == .softBreak } ?? true
}

/// The words of a footnote where they were written.
private struct FootnoteDraft {
  let label: String
  /// Bytes of the first text that are the label.
  let mark: Int
  var nodes: [TreeNode]

  init(label: String, nodes: [TreeNode]) {
    self.label = label
    self.nodes = nodes
    mark = 0
  }

  init?(_ node: TreeNode) {
    guard node.kind == .text else { return nil }
    let text = Array(node.literal.prefix(80))
    guard let found = FootnoteDraft.label(text[...]), found.count < text.count, text[found.count] == UInt8(ascii: ":") else {
      return nil
    }
    label = found.name
    mark = found.count + 1
    nodes = [node]
  }

  /// `[^label]` at the start of a text: the label in lower case, and how many bytes it takes.
  static func label(_ text: ArraySlice<UInt8>) -> (name: String, count: Int)? {
    guard text.starts(with: "[^".utf8) else { return nil }
    let name = text.dropFirst(2).prefix(64).prefix { $0 > 0x20 && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[") }
    guard !name.isEmpty, name.endIndex < text.endIndex, text[name.endIndex] == UInt8(ascii: "]") else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), name.count + 3)
  }
}

/// The references of one section, in their order.
struct FootnoteReferences {
  private(set) var labels: [String] = []
  private var seen: [String: (number: Int, count: Int)] = [:]

  /// The number of one more, and the name of its place.
  mutating func add(_ label: String) -> (number: Int, place: String) {
    if seen[label] == nil { labels.append(label) }
    let (number, before) = seen[label] ?? (labels.count, 0)
    let count = before + 1
    seen[label] = (number, count)
    return (number, count == 1 ? "fnref-\(number)" : "fnref-\(number)-\(count)")
  }
}

/// Puts the footnotes that a section refers to behind it. The last sections are the footnotes, by `labels`: one paragraph each, whose end
/// is not yet written.
func placingFootnotes(_ sections: [MarkdownSection], of references: [[String]], labels: [String]) -> [MarkdownSection] {
  let notes = Dictionary(zip(labels, sections.suffix(labels.count).map(\.body))) { first, _ in first }
  return zip(sections.dropLast(labels.count), references).map { section, references in
    guard !references.isEmpty else { return section }
    var section = section
    section.body.fragment.append("<section class=\"footnotes\" aria-label=\"\(.phrase(.footnotes))\">\n<ol>\n")
    for (index, label) in references.enumerated() {
      guard let note = notes[label] else { continue }
      let back: Fragment = "<a\(.place("fnref-\(index + 1)")) aria-label=\"\(.phrase(.backToText))\">↩</a></p>"
      section.body.fragment.append("<li\(.anchor("fn-\(index + 1)"))>\n\(note.fragment) \(back)\n</li>\n")
      section.body.plain += "\n" + note.plain
      section.body.relativeLinks += note.relativeLinks
    }
    section.body.fragment.append("</ol>\n</section>\n")
    return section
  }
}

import CCmark

// Footnotes, as GitHub has them: `[^label]` in the text, and a line `[^label]: words` somewhere in the document. The words become
// sections of their own at the end of the tree, so that they go through the same walk as all else; each section that refers to them
// gets those that it names.

extension MarkdownTree {
  /// Marks the references, and moves what they mean to the end. The answer: by the heading that opens each, its label. What nothing
  /// refers to stays as it was written.
  func extendFootnotes() -> [OpaquePointer: String] {
    var drafts = footnoteDrafts()
    var used: Set<String> = []
    // What a footnote says refers to no other.
    let own = Set(drafts.values.flatMap { $0.nodes })
    for link in footnoteLinks() where !isInside(link, own) { mark(link, &drafts, &used) }
    guard !drafts.isEmpty else { return [:] }
    for node in textNodes(in: root).outsideLinks where !isInside(node, own) { mark(node, drafts, &used) }
    var openers: [OpaquePointer: String] = [:]
    var emptied: Set<OpaquePointer> = []
    for (label, draft) in drafts.sorted(by: { $0.key < $1.key }) where used.contains(label) {
      guard let heading = cmark_node_new(CMARK_NODE_HEADING), let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) else {
        continue
      }
      openers[heading] = label
      cmark_node_append_child(root, heading)
      cmark_node_append_child(root, paragraph)
      if let old = draft.nodes.first.flatMap({ cmark_node_parent($0) }) { emptied.insert(old) }
      take(draft, into: paragraph)
    }
    for paragraph in emptied {
      trimEnd(of: paragraph)
      if cmark_node_first_child(paragraph) == nil { remove(paragraph) }
    }
    return openers
  }

  /// A footnote of one word is a definition of a link to cmark, and its references are links.
  private func footnoteLinks() -> [OpaquePointer] {
    guard let steps = TreeSteps(root) else { return [] }
    var links: [OpaquePointer] = []
    while let step = steps.next() {
      guard step.isEntering, cmark_node_get_type(step.node) == CMARK_NODE_LINK, let text = cmark_node_first_child(step.node),
        cmark_node_next(text) == nil, cmark_node_get_type(text) == CMARK_NODE_TEXT
      else { continue }
      let words = bytes(cmark_node_get_literal(text))
      if words.count > 1, words[0] == UInt8(ascii: "^"), !words.contains(0x20) { links.append(step.node) }
    }
    return links
  }

  private func isInside(_ node: OpaquePointer, _ nodes: Set<OpaquePointer>) -> Bool {
    var next: OpaquePointer? = node
    while let place = next {
      if nodes.contains(place) { return true }
      next = cmark_node_parent(place)
    }
    return false
  }

  private func mark(_ link: OpaquePointer, _ drafts: inout [String: FootnoteDraft], _ used: inout Set<String>) {
    let name = bytes(cmark_node_get_literal(cmark_node_first_child(link))).dropFirst()
    let label = String(decoding: name, as: UTF8.self).lowercased()
    guard let reference = markupNode(CMARK_NODE_CUSTOM_INLINE, "[^" + label) else { return }
    cmark_node_insert_before(link, reference)
    used.insert(label)
    let title = String(cString: cmark_node_get_title(link))
    let told = String(cString: cmark_node_get_url(link)) + (title.isEmpty ? "" : " \"\(title)\"")
    guard drafts[label] == nil, let words = textNode(told.utf8) else { return remove(link) }
    cmark_node_unlink(link)
    // The address is what is told, and where it leads if it can.
    let isAddress = String(cString: cmark_node_get_url(link)).contains("://")
    if isAddress {
      remove(cmark_node_first_child(link))
      cmark_node_append_child(link, words)
      cmark_node_set_title(link, "")
    } else {
      cmark_node_free(link)
    }
    drafts[label] = FootnoteDraft(label: label, nodes: [isAddress ? link : words])
  }

  private func take(_ draft: FootnoteDraft, into paragraph: OpaquePointer) {
    guard let first = draft.nodes.first else { return }
    if draft.mark > 0 {
      let words = bytes(cmark_node_get_literal(first)).dropFirst(draft.mark).drop { $0 == 0x20 || $0 == 0x09 }
      cmark_node_set_literal(first, String(decoding: words, as: UTF8.self))
    }
    for node in draft.nodes { cmark_node_append_child(paragraph, node) }
    trimEnd(of: paragraph)
  }

  private func trimEnd(of paragraph: OpaquePointer) {
    while let edge = cmark_node_last_child(paragraph), cmark_node_get_type(edge) == CMARK_NODE_SOFTBREAK { remove(edge) }
  }

  private func footnoteDrafts() -> [String: FootnoteDraft] {
    var drafts: [String: FootnoteDraft] = [:]
    for block in ChildNodes(of: root) where cmark_node_get_type(block) == CMARK_NODE_PARAGRAPH {
      var label: String?
      var beginsLine = true
      for node in ChildNodes(of: block) {
        if beginsLine, let draft = FootnoteDraft(node) {
          // Told twice: the first is meant.
          label = drafts[draft.label] == nil ? draft.label : nil
          if let label { drafts[label] = draft }
        } else if let label {
          drafts[label]?.nodes.append(node)
        }
        beginsLine = cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK
      }
    }
    return drafts
  }

  /// Puts a node for the walk in the place of each reference.
  private func mark(_ node: OpaquePointer, _ drafts: [String: FootnoteDraft], _ used: inout Set<String>) {
    let text = Array(bytes(cmark_node_get_literal(node)))
    var start = 0
    var index = 0
    while let open = text[index...].firstIndex(of: UInt8(ascii: "[")) {
      index = open + 1
      guard let label = FootnoteDraft.label(text[open...]), drafts[label.name] != nil else { continue }
      // Told a second time.
      if open == 0, isAtLineStart(node), open + label.count < text.count, text[open + label.count] == UInt8(ascii: ":") {
        continue
      }
      insertText(text[start..<open], before: node)
      cmark_node_insert_before(node, markupNode(CMARK_NODE_CUSTOM_INLINE, "[^" + label.name))
      used.insert(label.name)
      start = open + label.count
      index = start
    }
    guard start > 0 else { return }
    insertText(text[start...], before: node)
    remove(node)
  }
}

private func isAtLineStart(_ node: OpaquePointer) -> Bool {
  cmark_node_previous(node).map { cmark_node_get_type($0) == CMARK_NODE_SOFTBREAK } ?? true
}

/// The words of a footnote where they were written.
private struct FootnoteDraft {
  let label: String
  /// Bytes of the first text that are the label.
  let mark: Int
  var nodes: [OpaquePointer]

  init(label: String, nodes: [OpaquePointer]) {
    self.label = label
    self.nodes = nodes
    mark = 0
  }

  init?(_ node: OpaquePointer) {
    guard cmark_node_get_type(node) == CMARK_NODE_TEXT else { return nil }
    let text = Array(bytes(cmark_node_get_literal(node)).prefix(80))
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

  /// The markup of one more.
  mutating func add(_ label: String) -> String {
    if seen[label] == nil { labels.append(label) }
    let (number, before) = seen[label] ?? (labels.count, 0)
    let count = before + 1
    seen[label] = (number, count)
    let id = count == 1 ? "fnref-\(number)" : "fnref-\(number)-\(count)"
    return "<sup><a href=\"#fn-\(number)\" id=\"\(id)\" aria-label=\"Footnote \(number)\">\(number)</a></sup>"
  }
}

/// Puts the footnotes that a section refers to behind it. The last sections are the footnotes, by `labels`.
func placingFootnotes(_ sections: [MarkdownSection], of references: [[String]], labels: [String]) -> [MarkdownSection] {
  let notes = Dictionary(zip(labels, sections.suffix(labels.count).map(\.body))) { first, _ in first }
  return zip(sections.dropLast(labels.count), references).map { section, references in
    guard !references.isEmpty else { return section }
    var section = section
    section.body.html += "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n".utf8
    for (index, label) in references.enumerated() {
      guard let note = notes[label] else { continue }
      let back = " <a href=\"#fnref-\(index + 1)\" aria-label=\"Back to the text\">↩</a>"
      let end = Array("</p>\n".utf8)
      let words = note.html.suffix(end.count).elementsEqual(end) ? note.html.dropLast(end.count) : note.html[...]
      section.body.html += Array("<li id=\"fn-\(index + 1)\">\n".utf8) + words + Array("\(back)</p>\n</li>\n".utf8)
      section.body.plain += "\n" + note.plain
      section.body.relativeLinks += note.relativeLinks
    }
    section.body.html += "</ol>\n</section>\n".utf8
    return section
  }
}

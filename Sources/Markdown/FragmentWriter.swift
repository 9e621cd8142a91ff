import Documents

/// What the walk over a section found out about its nodes, beyond what cmark can keep.
struct NodeAnnotations {
  /// Of headings and items: their names as places.
  var names: [TreeNode: String] = [:]
  /// What headings announce.
  var groups: [TreeNode: ChangeGroup] = [:]
  /// Where links lead whose address only a page knows.
  var targets: [TreeNode: Fragment.Hole] = [:]
}

/// Writes a tree that was made safe as markup with holes. What cmark has, it writes as cmark does (html.c of 0.30), byte for byte but for
/// titles of links that are empty: they are left out.
struct FragmentWriter {
  private let annotations: NodeAnnotations
  /// A paragraph whose end is left to who adds to it.
  private let unended: TreeNode?
  private var html: [UInt8] = []
  private var holes: [Fragment.PlacedHole] = []

  init(_ annotations: NodeAnnotations, unended: TreeNode?) { (self.annotations, self.unended) = (annotations, unended) }

  mutating func fragment(of document: TreeNode) -> Fragment {
    let steps = document.steps
    while let step = steps.next() {
      if step.isEntering { enter(step.node) } else { leave(step.node) }
    }
    return Fragment(literal: html, holes: holes)
  }

  // MARK: Nodes

  private mutating func enter(_ node: TreeNode) {
    switch node.kind {
    case .document: break
    case .blockQuote: writeLine("<blockquote>\n")
    case .list: startList(node)
    case .item: startItem(node)
    case .heading: startHeading(node)
    case .codeBlock: writeCode(node)
    case .paragraph: if !isBare(node) { writeLine("<p>") }
    case .thematicBreak: writeLine("<hr />\n")
    case .text: appendEscaped(node.literal, to: &html)
    case .softBreak: write("\n")
    case .lineBreak: write("<br />\n")
    case .code:
      write("<code>")
      appendEscaped(node.literal, to: &html)
      write("</code>")
    case .emphasis: write("<em>")
    case .strong: write("<strong>")
    case .link: startLink(node)
    case .customInline: start(node)
    case .customBlock:
      endLine()
      start(node)
      endLine()
    // The walk has made links and text of them.
    case .htmlBlock, .htmlInline, .image: break
    }
  }

  private mutating func leave(_ node: TreeNode) {
    switch node.kind {
    case .blockQuote: writeLine("</blockquote>\n")
    case .list: write(node.isOrdered ? "</ol>\n" : "</ul>\n")
    case .item: write("</li>\n")
    case .heading:
      write("</h")
      write(.headingEnd(level: node.headingLevel))
      write(">\n")
    case .paragraph: if !isBare(node), node != unended { write("</p>\n") }
    case .emphasis: write("</em>")
    case .strong: write("</strong>")
    case .link: write("</a>")
    case .customInline: end(node)
    case .customBlock:
      endLine()
      end(node)
      endLine()
    case .document, .image: break
    case .codeBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlBlock, .htmlInline: break
    }
  }

  private mutating func startList(_ list: TreeNode) {
    guard list.isOrdered else { return writeLine("<ul>\n") }
    writeLine(list.firstNumber == 1 ? "<ol>\n" : "<ol start=\"\(list.firstNumber)\">\n")
  }

  private mutating func startItem(_ item: TreeNode) {
    writeLine("<li")
    if let name = annotations.names[item] { write(.anchor(name)) }
    write(">")
  }

  private mutating func startHeading(_ heading: TreeNode) {
    writeLine("<h")
    write(.headingStart(level: heading.headingLevel))
    if let name = annotations.names[heading] { write(.anchor(name)) }
    if let group = annotations.groups[heading] { write(" class=\"group group-\(group.rawValue)\"") }
    write(">")
  }

  /// A block of code can be scrolled by keyboard, and says its language.
  private mutating func writeCode(_ code: TreeNode) {
    writeLine("<pre tabindex=\"0\"><code")
    if let language = languageName(code.fenceInfo) { write(" class=\"language-\(language)\"") }
    write(">")
    appendEscaped(code.literal, to: &html)
    write("</code></pre>\n")
  }

  /// Whether a paragraph is the words of an item in a tight list.
  private func isBare(_ paragraph: TreeNode) -> Bool {
    guard let list = paragraph.parent?.parent, list.kind == .list else { return false }
    return list.isTight
  }

  private mutating func startLink(_ link: TreeNode) {
    write("<a")
    if let target = annotations.targets[link] {
      write(target)
    } else {
      write(" href=\"")
      appendAddress(link.url, to: &html)
      write("\"")
    }
    if !link.title.isEmpty {
      write(" title=\"")
      appendEscaped(link.title, to: &html)
      write("\"")
    }
    write(">")
  }
}

// MARK: - Nodes of our own

extension FragmentWriter {
  private mutating func start(_ node: TreeNode) {
    switch node.role {
    case .markup, .code, .character, .rowEnd, .cell: html += node.start
    case .anchor:
      write("<a")
      write(.anchor(String(decoding: node.start, as: UTF8.self)))
      write(">")
    case .footnoteReference: writeReference(node)
    case .picture:
      write("<img src=\"")
      write(.picture(String(decoding: node.start, as: UTF8.self)))
      html += node.end
    case .task: writeMark(isDone: !node.start.isEmpty)
    case .alert: startAlert(String(decoding: node.start, as: UTF8.self))
    // One that is wider than the page is scrolled, also by keyboard.
    case .table:
      write("<div class=\"table\" role=\"group\" aria-label=\"")
      write(.phrase(.table))
      write("\" tabindex=\"0\">\n<table>")
    }
  }

  private mutating func end(_ node: TreeNode) {
    switch node.role {
    case .markup, .code, .cell: html += node.end
    case .anchor: write("</a>")
    case .alert: write("</div>")
    case .table: write("</table>\n</div>")
    case .character, .footnoteReference, .picture, .task, .rowEnd: break
    }
  }

  private mutating func writeReference(_ node: TreeNode) {
    let number = Int(String(decoding: node.start, as: UTF8.self)) ?? 0
    write("<sup><a")
    write(.place("fn-\(number)"))
    write(.anchor(String(decoding: node.end, as: UTF8.self)))
    write(" aria-label=\"")
    write(.phrase(.footnote(number)))
    write("\">\(number)</a></sup>")
  }

  /// A mark that is read aloud, and no box: nobody can tick it on a page of what has happened.
  private mutating func writeMark(isDone: Bool) {
    write("<span class=\"task\" role=\"img\" aria-label=\"")
    write(.phrase(isDone ? .done : .toDo))
    write("\">\(isDone ? "☑" : "☐")</span> ")
  }

  private mutating func startAlert(_ word: String) {
    write("<div class=\"alert \(word)\">\n<p class=\"alert-title\">")
    if let alert = Alert(rawValue: word) { write(.phrase(alert.title)) }
    write("</p>")
  }
}

// MARK: - Bytes

extension FragmentWriter {
  private mutating func write(_ markup: String) { html += markup.utf8 }

  private mutating func write(_ hole: Fragment.Hole) { holes.append(.init(offset: html.count, hole: hole)) }

  private mutating func writeLine(_ markup: String) {
    endLine()
    write(markup)
  }

  private mutating func endLine() {
    if let last = html.last, last != 0x0A { html.append(0x0A) }
  }
}

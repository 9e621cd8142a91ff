// Tables (GFM, Tables): cmark reads one as a paragraph, in whose nodes `\|` and `|` are alike. Its rows are read from the lines of the
// source, and their cells as headings of one more document, where nothing but inline content can stand.

extension MarkdownTree {
  func extendTables(_ links: MarkdownLinks) {
    let drafts = tableDrafts()
    guard !drafts.isEmpty else { return }
    var text: [UInt8] = []
    for cell in drafts.flatMap({ $0.rows.joined() }) { text += Array("# ".utf8) + cell + Array(" #\n".utf8) }
    text += [0x0A] + linkDefinitions()
    let cells = MarkdownTree(text)
    cells.extendInlineHTML(in: cells.root)
    cells.extendInlines(links, in: cells.root)
    let headings = Array(cells.root.children.prefix { $0.kind == .heading })
    guard headings.count == drafts.reduce(0, { $0 + $1.rows.count * $1.alignments.count }) else { return }
    var rest = headings[...]
    for draft in drafts {
      let count = draft.rows.count * draft.alignments.count
      fill(draft, cells: Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
  }

  // MARK: Finding

  private func tableDrafts() -> [TableDraft] {
    let steps = root.steps
    var drafts: [TableDraft] = []
    while let step = steps.next() {
      guard step.isEntering, step.node.kind == .paragraph else { continue }
      let lines = lines(of: step.node)
      if lines.count > 1, let draft = TableDraft(step.node, lines) { drafts.append(draft) }
    }
    return drafts
  }

  /// The lines of a paragraph without what its lists and quotes put before them.
  private func lines(of paragraph: TreeNode) -> [ArraySlice<UInt8>] {
    let (first, last) = (paragraph.startLine, paragraph.endLine)
    guard first >= 1, last > first else { return [] }
    let isNested = paragraph.parent != root
    return (first...last).map { number in
      let line = source.line(number)
      if number == first { return line.dropFirst(max(0, paragraph.startColumn - 1)) }
      return line.drop { $0 == 0x20 || $0 == 0x09 || (isNested && $0 == UInt8(ascii: ">")) }
    }
  }

  /// The lines that look like definitions of links and stand in no block of code: the cells may use them.
  private func linkDefinitions() -> [UInt8] {
    var code: Set<Int> = []
    let steps = root.steps
    while let step = steps.next() {
      guard step.isEntering, step.node.kind == .codeBlock else { continue }
      let (first, last) = (step.node.startLine, step.node.endLine)
      if first <= last { code.formUnion(first...last) }
    }
    var definitions: [UInt8] = []
    for number in 1...source.count where !code.contains(number) {
      let line = source.line(number).drop { $0 == 0x20 }
      guard line.first == UInt8(ascii: "["), line.contains(UInt8(ascii: "]")), line.contains(UInt8(ascii: ":")) else {
        continue
      }
      definitions += Array(line) + [0x0A, 0x0A]
    }
    return definitions
  }

  // MARK: Building

  private func fill(_ draft: TableDraft, cells: [TreeNode]) {
    guard leave(draft.leading, linesIn: draft.paragraph) else { return }
    let table = TreeNode.block(.table)
    let columns = draft.alignments.count
    let firstLine = draft.paragraph.startLine + draft.leading
    for row in draft.rows.indices {
      table.append(.inline(.markup, row == 0 ? "<thead>\n<tr>\n" : row == 1 ? "<tbody>\n<tr>\n" : "<tr>\n"))
      for column in 0..<columns {
        let tag = row == 0 ? "th" : "td"
        let start = "<\(tag)\(draft.alignments[column].map { " class=\"\($0)\"" } ?? "")>"
        let cell = TreeNode.inline(.cell, start, "</\(tag)>\n")
        // Below the head stands the line of alignments.
        cell.setWrittenLine(firstLine + row + (row == 0 ? 0 : 1))
        cells[row * columns + column].moveChildren(into: cell)
        table.append(cell)
      }
      let end = row == 0 ? "</tr>\n</thead>\n" : row == draft.rows.count - 1 ? "</tr>\n</tbody>\n" : "</tr>\n"
      table.append(.inline(.rowEnd, end))
    }
    if draft.leading > 0 { table.insert(after: draft.paragraph) } else { draft.paragraph.replace(by: table) }
  }

  /// Leaves the first lines of a paragraph and removes the rest. False, and nothing changed, where a line ends inside of markup.
  private func leave(_ count: Int, linesIn paragraph: TreeNode) -> Bool {
    guard count > 0 else { return true }
    var breaks = 0
    var next = paragraph.firstChild
    while let node = next, breaks < count {
      if node.kind == .softBreak || node.kind == .lineBreak { breaks += 1 }
      next = breaks == count ? node : node.next
    }
    guard breaks == count else { return false }
    while let node = next {
      next = node.next
      node.remove()
    }
    return true
  }
}

/// A table as its source has it. Every row has as many cells as the first.
struct TableDraft {
  let paragraph: TreeNode
  /// Lines of the paragraph before the table.
  let leading: Int
  /// `left`, `right`, `center`; nil for none.
  let alignments: [String?]
  let rows: [[ArraySlice<UInt8>]]

  init?(_ paragraph: TreeNode, _ lines: [ArraySlice<UInt8>]) {
    for index in 1..<lines.count {
      guard let alignments = TableDraft.alignments(lines[index]) else { continue }
      let head = TableDraft.cells(lines[index - 1])
      guard head.count == alignments.count, TableDraft.hasBar(lines[index - 1]) || TableDraft.hasBar(lines[index]) else {
        continue
      }
      self.paragraph = paragraph
      leading = index - 1
      self.alignments = alignments
      let rows = lines[(index + 1)...].map { line in
        let cells = TableDraft.cells(line).prefix(alignments.count)
        return Array(cells) + [ArraySlice<UInt8>](repeating: [], count: alignments.count - cells.count)
      }
      self.rows = [head] + rows
      return
    }
    return nil
  }

  private static func hasBar(_ line: ArraySlice<UInt8>) -> Bool { line.contains(UInt8(ascii: "|")) }

  /// `| :-- | --: |`.
  private static func alignments(_ line: ArraySlice<UInt8>) -> [String?]? {
    guard line.allSatisfy({ "|:- \t".utf8.contains($0) }), line.contains(UInt8(ascii: "-")) else { return nil }
    var alignments: [String?] = []
    for cell in cells(line) {
      let (isLeft, isRight) = (cell.first == UInt8(ascii: ":"), cell.last == UInt8(ascii: ":"))
      let dashes = cell.dropFirst(isLeft ? 1 : 0).dropLast(isRight && cell.count > 1 ? 1 : 0)
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
      alignments.append(isLeft && isRight ? "center" : isRight ? "right" : isLeft ? "left" : nil)
    }
    return alignments
  }

  /// The cells of a row, trimmed; `\|` is a bar in one.
  private static func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let bar = UInt8(ascii: "|")
    var cells: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in trimmed(line) {
      if byte == bar, isEscaped {
        cells[cells.count - 1].removeLast()
        cells[cells.count - 1].append(bar)
      } else if byte == bar {
        cells.append([])
      } else {
        cells[cells.count - 1].append(byte)
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    var result = cells.map { trimmed($0[...]) }
    if result.count > 1, result[0].isEmpty { result.removeFirst() }
    if result.count > 1, result[result.count - 1].isEmpty { result.removeLast() }
    return result
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let end = text.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? text.startIndex
    return text[..<end].drop(while: isBlank)
  }
}

/// A Markdown text as one group of readers gets it.
package struct AudienceText: Hashable, Sendable {
  /// Of a mark that is written: for whom, and where.
  package struct Mark: Hashable, Sendable {
    package var names: [String]
    /// From 1, in the bytes that were given.
    package var line: Int
  }

  /// The text without the parts that are for others. Their lines are empty, so that all others keep their numbers.
  package fileprivate(set) var bytes: [UInt8]
  package fileprivate(set) var marks: [Mark] = []
  /// The lines of marks that stand where they hide nothing: inside of a list, a quote or a line of text.
  package fileprivate(set) var misplaced: [Int] = []
}

/// Takes out of a text what others are to read. `audience`: who reads it; nil: everybody, who gets what has no mark.
///
/// A part is marked by its heading, `### Internals (audience: staff, partners)`, up to the next heading of its level or a higher one; or
/// by comments on lines of their own, `<!-- audience: staff -->` up to `<!-- /audience -->`, else up to where the section around it ends.
package func textFor(_ audience: String?, of text: [UInt8]) -> AudienceText {
  var result = AudienceText(bytes: text)
  // Nearly every text has no mark: it is not parsed for that.
  guard mentionsAudience(text) else { return result }
  guard text.count <= MarkdownLimits.bytes, isReadInLinearTime(text) else {
    result.misplaced = [1]
    return result
  }
  let tree = MarkdownTree(text)
  var parts = AudienceParts(audience: audience, lines: tree.source)
  for block in tree.root.children { parts.read(block) }
  if !parts.marks.isEmpty { result.bytes = parts.finish() }
  result.marks = parts.marks
  result.misplaced = parts.misplaced
  return result
}

private func mentionsAudience(_ text: [UInt8]) -> Bool {
  let word = Array("audience".utf8)
  var rest = text[...]
  while let start = rest.firstIndex(where: { $0 | 0x20 == word[0] }) {
    if rest[start...].prefix(word.count).elementsEqual(word, by: { $0 | 0x20 == $1 }) { return true }
    rest = rest[(start + 1)...]
  }
  return false
}

/// Walks over the blocks of a text and keeps the lines that are to be read.
private struct AudienceParts {
  let audience: String?
  let lines: SourceLines
  private(set) var marks: [AudienceText.Mark] = []
  private(set) var misplaced: [Int] = []
  /// The headings above, outer ones first, and whether what stands below them is to be read.
  private var headings: [(level: Int, isShown: Bool)] = []
  /// The headings that the comment stands under, and whether what follows it is to be read.
  private var comment: (level: Int, depth: Int, isShown: Bool)?
  /// Lines that are not to be read, and those that are written anew.
  private var hidden: Set<Int> = []
  private var rewritten: [Int: [UInt8]] = [:]
  /// The first line of those that follow as the last block has it.
  private var next = 1

  init(audience: String?, lines: SourceLines) {
    self.audience = audience
    self.lines = lines
  }

  private var isShown: Bool { headings.allSatisfy(\.isShown) && comment?.isShown != false }

  mutating func read(_ block: TreeNode) {
    let line = block.startLine
    if block.kind == .heading {
      close(before: line)
      enter(block, line)
    } else if block.kind == .htmlBlock, let mark = AudienceMark(comment: block.literal) {
      close(before: line)
      take(mark, line...endOfComment(from: line))
    } else {
      findMisplaced(in: block)
    }
  }

  /// What stands above is settled.
  private mutating func close(before line: Int) {
    if !isShown, next < line { hidden.formUnion(next..<line) }
    next = line
  }

  /// cmark says that a comment over several lines ends above its last one.
  private func endOfComment(from line: Int) -> Int {
    (line...lines.count).first { lines.line($0).firstRange(of: Array("-->".utf8)) != nil } ?? line
  }

  private mutating func enter(_ heading: TreeNode, _ line: Int) {
    let level = heading.headingLevel
    headings.removeAll { $0.level >= level }
    if let outer = comment, level <= outer.level { comment = nil }
    let written = lines.line(line)
    guard let mark = AudienceMark(heading: written) else {
      findMisplaced(in: heading)
      headings.append((level, true))
      return
    }
    marks.append(.init(names: mark.names, line: line))
    headings.append((level, includes(mark.names)))
    rewritten[line] = mark.rest
  }

  private mutating func take(_ mark: AudienceMark, _ written: ClosedRange<Int>) {
    hidden.formUnion(written)
    next = written.upperBound + 1
    // Headings in the part are over with it.
    if let comment { headings.removeLast(headings.count - comment.depth) }
    comment = nil
    guard !mark.isEnd else { return }
    marks.append(.init(names: mark.names, line: written.lowerBound))
    comment = (headings.last?.level ?? 0, headings.count, includes(mark.names))
  }

  private func includes(_ names: [String]) -> Bool { audience.map { names.contains($0) } ?? false }

  private mutating func findMisplaced(in block: TreeNode) {
    let steps = block.steps
    while let step = steps.next() {
      guard step.isEntering, [.htmlInline, .htmlBlock, .text].contains(step.node.kind) else { continue }
      if AudienceMark.isMeant(in: step.node.literal) { misplaced.append(step.node.startLine) }
    }
  }

  mutating func finish() -> [UInt8] {
    close(before: lines.count + 1)
    var text: [UInt8] = []
    for line in 1...lines.count {
      if line > 1 { text.append(0x0A) }
      if !hidden.contains(line) { text += rewritten[line] ?? Array(lines.line(line)) }
    }
    return text
  }
}

/// `audience: a, b`, in a comment or behind a heading.
private struct AudienceMark {
  var names: [String] = []
  /// `/audience`.
  var isEnd = false
  /// A heading's line without the mark.
  var rest: [UInt8] = []

  /// nil for everything else than one comment.
  init?(comment: some Collection<UInt8>) {
    let text = String(decoding: comment, as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
    guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.count >= 7 else { return nil }
    let words = text.dropFirst(4).dropLast(3)
    guard !words.contains("-->") else { return nil }
    let trimmed = words.split(separator: " ").joined(separator: " ")
    isEnd = trimmed.lowercased() == "/audience"
    guard !isEnd else { return }
    guard let names = AudienceMark.names(in: trimmed) else { return nil }
    self.names = names
  }

  /// At the end of the line, before closing hashes.
  init?(heading line: ArraySlice<UInt8>) {
    let text = String(decoding: line, as: UTF8.self)
    let end = text.lastIndex { $0 != "#" && !$0.isWhitespace }
    guard let end, text[end] == ")", let start = text[..<end].lastIndex(of: "("),
      let names = AudienceMark.names(in: String(text[text.index(after: start)..<end]))
    else { return nil }
    self.names = names
    rest = Array(text[..<start].utf8)
    while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
  }

  /// The names behind `audience:`; nil where the word is another.
  private static func names(in text: String) -> [String]? {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased().split(separator: " ") == ["audience"] else { return nil }
    return parts[1].split { $0 == "," || $0 == " " }.map(String.init)
  }

  /// Whether words or HTML would be a mark at another place.
  static func isMeant(in text: some Collection<UInt8>) -> Bool {
    let words = String(decoding: text, as: UTF8.self).lowercased().split { $0.isWhitespace }.joined(separator: "")
    return ["<!--audience", "<!--/audience", "(audience:"].contains { words.contains($0) }
  }
}

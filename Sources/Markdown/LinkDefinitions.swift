/// A definition of a link: `[label]: https://… "title"`.
package struct LinkDefinition: Hashable, Sendable {
  /// As labels are compared: without case, blanks as one.
  package let label: String
  /// As it was written, without what quotes and lists put before its lines.
  package let source: [UInt8]
  /// From 1.
  package let lines: ClosedRange<Int>
}

/// The definitions of a whole text, of each label the first, which is the one that counts (CommonMark, Link reference definitions). cmark
/// takes them out of its tree, so they are the lines that no block of it has; a line of code or of a paragraph is none, whatever it
/// looks like.
package func linkDefinitions(in text: [UInt8]) -> [LinkDefinition] {
  guard text.firstRange(of: Array("]:".utf8)) != nil, text.count <= MarkdownLimits.bytes, isReadInLinearTime(text) else {
    return []
  }
  var finder = DefinitionFinder(MarkdownTree(text))
  finder.run()
  return finder.definitions
}

/// The labels that stand in brackets anywhere in a text, as they are compared.
package func bracketedLabels(in text: [UInt8]) -> Set<String> {
  var labels: Set<String> = []
  var open: [Int] = []
  var isEscaped = false
  for (index, byte) in text.enumerated() {
    switch byte {
    case UInt8(ascii: "[") where !isEscaped: open.append(index + 1)
    case UInt8(ascii: "]") where !isEscaped:
      // A label has at most 999 characters.
      if let start = open.popLast(), index > start, index - start < 1000 { labels.insert(comparedLabel(text[start..<index])) }
    default: break
    }
    isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
  }
  return labels
}

private func comparedLabel(_ label: ArraySlice<UInt8>) -> String {
  label.split { $0 <= 0x20 }.map { folded(String(decoding: $0, as: UTF8.self)) }.joined(separator: " ")
}

/// A text as Unicode folds its case: `STRASSE` is `Straße`, which lower case alone does not say.
private func folded(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
  var folded = ""
  for scalar in text.unicodeScalars {
    // The one letter whose capital is that of another.
    guard scalar != "ı" else {
      folded.unicodeScalars.append(scalar)
      continue
    }
    // By scalars: lower case of a word knows a sigma at its end.
    for lower in scalar.properties.lowercaseMapping.unicodeScalars {
      for upper in lower.properties.uppercaseMapping.unicodeScalars { folded += upper.properties.lowercaseMapping }
    }
  }
  return folded
}

private struct DefinitionFinder {
  /// A definition that takes more lines is not looked for.
  private static let mostLines = 8

  private let lines: SourceLines
  /// Lines of blocks that hold no definition.
  private var taken: Set<Int> = []
  private(set) var definitions: [LinkDefinition] = []
  private var labels: Set<String> = []

  init(_ tree: borrowing MarkdownTree) {
    lines = tree.source
    let steps = tree.root.steps
    while let step = steps.next() {
      let (first, last) = (step.node.startLine, step.node.endLine)
      guard step.isEntering, first <= last else { continue }
      if step.node.kind == .paragraph { take(first, last) }
      if [.codeBlock, .htmlBlock, .heading, .thematicBreak].contains(step.node.kind) { taken.formUnion(first...last) }
    }
  }

  /// Definitions may stand at the start of a paragraph.
  private mutating func take(_ first: Int, _ last: Int) {
    var line = first
    while line <= last, let found = definition(at: line, until: last) { line = found.lines.upperBound + 1 }
    if line <= last { taken.formUnion(line...last) }
  }

  mutating func run() {
    var line = 1
    while line <= lines.count {
      guard !taken.contains(line), let found = definition(at: line, until: lines.count) else {
        line += 1
        continue
      }
      if labels.insert(found.label).inserted { definitions.append(found) }
      line = found.lines.upperBound + 1
    }
  }

  private func definition(at first: Int, until last: Int) -> LinkDefinition? {
    guard written(first).first == UInt8(ascii: "[") else { return nil }
    var text: [UInt8] = []
    var found: LinkDefinition?
    for line in first...min(last, first + DefinitionFinder.mostLines - 1) {
      let next = written(line)
      if taken.contains(line) || next.isEmpty { break }
      // Below a definition that is whole only its title may stand, which may end some lines further down.
      if let found, line == found.lines.upperBound + 1, !"\"'(".utf8.contains(next[next.startIndex]) { break }
      text += (text.isEmpty ? [] : [0x0A]) + next
      guard DefinitionFinder.isDefinition(text), let label = DefinitionFinder.label(of: text) else { continue }
      let isTitled = found != nil
      found = LinkDefinition(label: label, source: text, lines: first...line)
      if isTitled { break }
    }
    return found
  }

  /// A line without what quotes and lists put before it.
  private func written(_ line: Int) -> ArraySlice<UInt8> {
    var rest = lines.line(line).drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
    if let first = rest.first, "-*+".utf8.contains(first), rest.dropFirst().first == 0x20 {
      rest = rest.dropFirst().drop { $0 == 0x20 }
    }
    while let last = rest.last, last <= 0x20 { rest = rest.dropLast() }
    return rest
  }

  /// Whether cmark makes nothing of a text: it is definitions, and nothing but them.
  private static func isDefinition(_ text: [UInt8]) -> Bool {
    let tree = MarkdownTree(text)
    return tree.root.firstChild == nil
  }

  private static func label(of text: [UInt8]) -> String? {
    var isEscaped = false
    for index in text.indices.dropFirst() {
      if text[index] == UInt8(ascii: "]"), !isEscaped { return index > 1 ? comparedLabel(text[1..<index]) : nil }
      isEscaped = text[index] == UInt8(ascii: "\\") && !isEscaped
    }
    return nil
  }
}

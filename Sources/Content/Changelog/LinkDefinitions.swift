/// The definitions of links of a whole changelog (`[1.4.0]: https://…`): a section that is told alone needs those that it uses.
struct LinkDefinitions {
  private struct Definition {
    let label: String
    /// Without its end.
    let line: ArraySlice<UInt8>
  }

  private var definitions: [Definition] = []

  init(_ text: [UInt8]) {
    var seen: Set<String> = []
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let label = LinkDefinitions.label(definedIn: line), seen.insert(label).inserted else { continue }
      definitions.append(Definition(label: label, line: line))
    }
  }

  /// The section, and behind it the definitions that it uses and does not hold itself.
  func completing(_ section: [UInt8]) -> [UInt8] {
    guard !definitions.isEmpty else { return section }
    var own: Set<String> = []
    for line in section.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      if let label = LinkDefinitions.label(definedIn: line) { own.insert(label) }
    }
    let used = LinkDefinitions.labels(in: section).subtracting(own)
    let missing = definitions.filter { used.contains($0.label) }
    guard !missing.isEmpty else { return section }
    let end = section.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    return section[..<end] + "\n\n".utf8 + missing.map { Array($0.line) }.joined(separator: [0x0A]) + [0x0A]
  }

  /// The label of a line that defines one (CommonMark, Link reference definitions; those over several lines are rare).
  private static func label(definedIn line: ArraySlice<UInt8>) -> String? {
    let start = line.prefix(4).prefix { $0 == 0x20 }
    let rest = line[start.endIndex...]
    guard start.count < 4, rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")),
      end > rest.startIndex + 1,
      end + 2 < rest.endIndex, rest[end + 1] == UInt8(ascii: ":")
    else { return nil }
    return normal(rest[(rest.startIndex + 1)..<end])
  }

  /// What stands in brackets, at any depth of them.
  private static func labels(in text: [UInt8]) -> Set<String> {
    var labels: Set<String> = []
    var open: [Int] = []
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "["): open.append(index + 1)
      case UInt8(ascii: "]"):
        // A label has at most 999 characters.
        if let start = open.popLast(), index > start, index - start < 1000 { labels.insert(normal(text[start..<index])) }
      default: break
      }
    }
    return labels
  }

  private static func normal(_ label: ArraySlice<UInt8>) -> String {
    label.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self).lowercased() }.joined(separator: " ")
  }
}

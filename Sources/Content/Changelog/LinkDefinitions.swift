import Markdown

extension LinkDefinition {
  /// A section of a changelog, told alone: behind it stand the definitions of the whole file that it uses and does not hold itself.
  /// `lines`: those of the section in the file.
  static func completing(_ section: [UInt8], at lines: Range<Int>, with definitions: [LinkDefinition]) -> [UInt8] {
    guard !definitions.isEmpty else { return section }
    let used = bracketedLabels(in: section)
    let missing = definitions.filter { !lines.contains($0.lines.lowerBound) && used.contains($0.label) }
    guard !missing.isEmpty else { return section }
    let end = section.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    return section[..<end] + "\n\n".utf8 + missing.map(\.source).joined(separator: [0x0A]) + [0x0A]
  }
}

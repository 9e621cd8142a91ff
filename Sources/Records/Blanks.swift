// Blanks around a name, and how many stand within it, are seen on no page: two names that differ in them alone would be twins.
// There is one notion of a blank for all of them: `Unicode.Scalar.isBlank`.
extension String {
  /// Empty or nothing but blanks.
  package var isBlank: Bool {
    guard let first = utf8.first else { return true }
    return !first.isPlain && unicodeScalars.allSatisfy(\.isBlank)
  }

  /// Without the blanks around it, which are no part of a name or a word.
  package var withoutOuterBlanks: String {
    guard let first = utf8.first, let last = utf8.last, !(first.isPlain && last.isPlain) else { return self }
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.isBlank }), let end = scalars.lastIndex(where: { !$0.isBlank }) else {
      return ""
    }
    return String(scalars[start...end])
  }

  /// As the name of an environment: without the blanks around it, and with one space for the blanks between two words.
  package var asEnvironmentName: String {
    if utf8.allSatisfy(\.isPlain) { return self }
    var name = UnicodeScalarView()
    var isBehindSpace = false
    for scalar in withoutOuterBlanks.unicodeScalars {
      let isSpace = scalar.properties.generalCategory != .format && scalar.isBlank
      if !isSpace { name.append(scalar) } else if !isBehindSpace { name.append(" ") }
      isBehindSpace = isSpace
    }
    return String(name)
  }
}

extension UInt8 {
  /// Whether it is a visible character of ASCII, as nearly all are.
  fileprivate var isPlain: Bool { self > 0x20 && self < 0x7F }
}

extension Unicode.Scalar {
  /// White space and control characters of any sort, and what has no width.
  fileprivate var isBlank: Bool {
    switch properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: true
    // The joiners are parts of words and of pictures.
    case .format: value == 0x200B || value == 0x2060 || value == 0xFEFF
    default: false
    }
  }
}

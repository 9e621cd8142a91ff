/// The places of one section that links lead to, no two of the same name.
struct Anchors {
  private var names: Set<String> = []
  /// Of each slug: the next number behind it.
  private var numbers: [String: Int] = [:]

  /// False where another place has the name.
  mutating func add(_ name: String) -> Bool { names.insert(name).inserted }

  mutating func nameHeading(_ text: String) -> String { unique(slug(of: text)) }

  /// By a short hash of its words, so that a link to it lives as long as they do (rules.md, Changelog, rule 9).
  mutating func nameItem(_ text: some Collection<UInt8>) -> String {
    let hash = stableHash(text)
    let digits = String(hash >> 32 ^ hash & 0xFFFF_FFFF, radix: 16)
    return unique("i" + String(repeating: "0", count: 8 - digits.count) + digits)
  }

  /// `slug`, or with a number behind it where another place has that name.
  mutating func unique(_ slug: String) -> String {
    var name = slug
    while name.isEmpty || !names.insert(name).inserted {
      let number = numbers[slug, default: 0] + 1
      numbers[slug] = number
      name = "\(slug)-\(number)"
    }
    return name
  }

  /// The name that a fragment means.
  func name(ofFragment fragment: String) -> String? { namesMeant(by: fragment).first { names.contains($0) } }
}

/// What a fragment may mean, the likeliest first; GitHub's own prefix is none of it.
func namesMeant(by fragment: String) -> [String] {
  let written = fragment.hasPrefix("user-content-") ? String(fragment.dropFirst("user-content-".count)) : fragment
  return [written, resolvingPercents(written)].flatMap { [$0, $0.lowercased()] }
}

/// As GitHub makes the anchor of a heading: lower case, blanks become hyphens, and of the rest letters, marks, digits, `-` and `_` stay.
func slug(of heading: String) -> String {
  var slug = ""
  for scalar in heading.lowercased().unicodeScalars {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
      .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation:
      slug.unicodeScalars.append(scalar)
    default: if scalar == " " || scalar == "-" { slug.append("-") }
    }
  }
  return slug
}

/// `%20` and the like as the characters that they are.
func resolvingPercents(_ text: String) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(code)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: repairedText(bytes), as: UTF8.self)
}

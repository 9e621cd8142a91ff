/// A version, taken apart once for comparing (rules.md, Version order). Precedence only: `+build` and a `v` before a digit take no part.
package struct Version: Sendable {
  /// As written, without a `v` before a digit: how pages and paths name it.
  package let text: String
  let semantic: SemanticVersion?
  package let words: VersionWords
  let debian: DebianVersion?
  /// Whether it has a place among versions at all; see `isOpaque`.
  package let isComparable: Bool

  package init(_ written: String, order: Configuration.VersionOrder = .semver) {
    text = Version.display(written)
    let bytes = Array(text.utf8)
    isComparable = !Version.isOpaque(bytes)
    debian = order == .debian ? DebianVersion(bytes) : nil
    semantic = order == .semver ? SemanticVersion(bytes) : nil
    words = semantic.map(VersionWords.init) ?? VersionWords(debian?.upstream ?? bytes)
  }

  /// `written` without the `v` that people put before a number.
  package static func display(_ written: String) -> String {
    let bytes = written.utf8
    guard let first = bytes.first, first | 0x20 == UInt8(ascii: "v"), let second = bytes.dropFirst().first, second.isDigit
    else {
      return written
    }
    return String(written.dropFirst())
  }

  /// Whether it comes before the final version of its number.
  package var isPrerelease: Bool {
    if let semantic { return !semantic.prerelease.isEmpty }
    return (words.tail.first?.stage ?? .end) < .end
  }

  /// Its maintained line: major and minor.
  package var line: VersionLine {
    VersionLine(epoch: debian?.epoch ?? .zero, major: words.core.first ?? .zero, minor: words.core.dropFirst().first ?? .zero)
  }

  /// Where `self` stands to `other`: by SemVer 2.0.0 where both are semantic versions, else by numbers and words; by Debian's order
  /// where both were read so. nil: they cannot be compared, or only the order of the file could tell them apart.
  package func compared(to other: Version) -> VersionComparison? {
    guard isComparable, other.isComparable else { return text == other.text ? .same : nil }
    if let debian, let theirs = other.debian { return VersionComparison(debian, theirs) }
    if let semantic, let theirs = other.semantic { return VersionComparison(semantic, theirs) }
    let comparison = VersionComparison(words, other.words)
    return comparison == .same && words.others != other.words.others ? nil : comparison
  }

  /// A text without a place among versions: no digit in it (`main`), a UUID, or a hash, which is 7 to 40 or 64 hexadecimal digits
  /// with a letter among them.
  static func isOpaque(_ bytes: [UInt8]) -> Bool {
    guard bytes.contains(where: \.isDigit) else { return true }
    let core = bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}") ? bytes[1..<(bytes.count - 1)] : bytes[...]
    let hasLetter = core.contains(where: \.isLetter)
    if hasLetter, (7...40).contains(core.count) || core.count == 64, core.allSatisfy(\.isHexDigit) { return true }
    return core.count == 36
      && core.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(\.count) == [8, 4, 4, 4, 12]
      && core.allSatisfy { $0.isHexDigit || $0 == UInt8(ascii: "-") }
  }
}

/// How one version stands to another.
package enum VersionComparison: Hashable, Sendable {
  case lower, same, higher

  package init<Value: Comparable>(_ left: Value, _ right: Value) {
    self = left < right ? .lower : right < left ? .higher : .same
  }
}

/// A maintained line of releases: those that share major and minor.
package struct VersionLine: Hashable, Sendable {
  let epoch: Numeral
  let major: Numeral
  let minor: Numeral
}

extension UInt8 {
  package var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }
  var isLowerLetter: Bool { UInt8(ascii: "a") <= self && self <= UInt8(ascii: "z") }
  package var isUpperLetter: Bool { UInt8(ascii: "A") <= self && self <= UInt8(ascii: "Z") }
  var isLetter: Bool { isLowerLetter || isUpperLetter }
  var isHexDigit: Bool { isDigit || (UInt8(ascii: "a") <= self | 0x20 && self | 0x20 <= UInt8(ascii: "f")) }
  /// ASCII only: other letters have no order that everybody knows.
  var lowercased: UInt8 { isUpperLetter ? self | 0x20 : self }
}

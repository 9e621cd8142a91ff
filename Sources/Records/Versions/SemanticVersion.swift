/// A version that follows Semantic Versioning 2.0.0 (semver.org), without its build metadata.
struct SemanticVersion: Hashable, Sendable, Comparable {
  /// A dot-separated part of the pre-release; numbers come before texts, texts in ASCII order (item 11.4).
  enum Identifier: Hashable, Sendable, Comparable {
    case number(Numeral)
    case text([UInt8])

    static func < (left: Identifier, right: Identifier) -> Bool {
      switch (left, right) {
      case (.number(let left), .number(let right)): left < right
      case (.number, .text): true
      case (.text, .number): false
      case (.text(let left), .text(let right)): left.lexicographicallyPrecedes(right)
      }
    }
  }

  /// Major, minor, patch.
  let core: [Numeral]
  /// Empty for a final version.
  let prerelease: [Identifier]
  /// The bytes of the pre-release, for reading its words.
  let prereleaseText: [UInt8]

  /// nil where the text is no semantic version. A leading `v` must be off already.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if let plus = rest.firstIndex(of: UInt8(ascii: "+")) {
      guard SemanticVersion.areIdentifiers(rest[(plus + 1)...]) else { return nil }
      rest = rest[..<plus]
    }
    let dash = rest.firstIndex(of: UInt8(ascii: "-"))
    let numbers = rest[..<(dash ?? rest.endIndex)].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy(SemanticVersion.isNumber) else { return nil }
    core = numbers.map(Numeral.init)
    guard let dash else {
      prerelease = []
      prereleaseText = []
      return
    }
    let text = rest[(dash + 1)...]
    guard SemanticVersion.areIdentifiers(text) else { return nil }
    let parts = text.split(separator: UInt8(ascii: "."))
    guard parts.allSatisfy({ SemanticVersion.isNumber($0) || !$0.allSatisfy(\.isDigit) }) else { return nil }
    prerelease = parts.map { SemanticVersion.isNumber($0) ? .number(Numeral(digits: $0)) : .text(Array($0)) }
    prereleaseText = Array(text)
  }

  /// Digits without a leading zero (items 2 and 9).
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy(\.isDigit) && (bytes.count == 1 || bytes.first != UInt8(ascii: "0"))
  }

  private static func areIdentifiers(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") }
    }
  }

  static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    if left.core != right.core { return left.core.lexicographicallyPrecedes(right.core) }
    return precedes(left.prerelease, right.prerelease)
  }

  /// A final version comes after its pre-releases; a larger set of parts after a smaller one that it begins with (item 11).
  static func precedes(_ left: [Identifier], _ right: [Identifier]) -> Bool {
    if left.isEmpty || right.isEmpty { return right.isEmpty && !left.isEmpty }
    return left.lexicographicallyPrecedes(right)
  }
}

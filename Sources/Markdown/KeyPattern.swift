/// What the keys of an issue tracker look like, such as `SHOP-[0-9]+`: characters, `.`, `\d`, `\w`, classes, and how often each of them
/// comes (`?`, `+`, `*`, `{2}`, `{2,4}`). Each takes as much as it can and gives nothing back, so that no text takes long.
package struct KeyPattern: Hashable, Sendable {
  private struct Part: Hashable {
    /// By byte, ASCII only.
    var bytes: Set<UInt8>
    var least = 1
    var most = 1
  }

  private var parts: [Part] = []
  /// Where a key leads, with `{key}`.
  package let address: String

  /// nil for what is no such pattern, or matches nothing.
  package init?(_ pattern: String, address: String) {
    self.address = address
    var rest = Array(pattern.utf8)[...]
    while let first = rest.first {
      guard let bytes = KeyPattern.set(&rest, first) else { return nil }
      var part = Part(bytes: bytes)
      guard KeyPattern.quantify(&part, &rest) else { return nil }
      parts.append(part)
    }
    guard parts.contains(where: { $0.least > 0 }) else { return nil }
  }

  /// How a key may begin.
  var first: Set<UInt8> {
    var bytes: Set<UInt8> = []
    for part in parts {
      bytes.formUnion(part.bytes)
      if part.least > 0 { break }
    }
    return bytes
  }

  /// The end of a key that begins at `start`.
  func end(in text: [UInt8], from start: Int) -> Int? {
    var index = start
    for part in parts {
      var count = 0
      while count < part.most, index < text.count, part.bytes.contains(text[index]) {
        index += 1
        count += 1
      }
      if count < part.least { return nil }
    }
    return index > start ? index : nil
  }

  // MARK: Reading

  private static let digits = Set(UInt8(ascii: "0")...UInt8(ascii: "9"))
  private static let words = Set((0..<128).filter(isWordByte)).union([UInt8(ascii: "_")])
  private static let printable = Set<UInt8>(0x21...0x7E)

  private static func set(_ rest: inout ArraySlice<UInt8>, _ first: UInt8) -> Set<UInt8>? {
    rest.removeFirst()
    switch first {
    case UInt8(ascii: "\\"):
      guard let next = rest.popFirst() else { return nil }
      return escaped(next)
    case UInt8(ascii: "["): return charClass(&rest)
    case UInt8(ascii: "."): return printable
    case let byte where "()|^$*+?{}]".utf8.contains(byte) || byte >= 0x80: return nil
    default: return [first]
    }
  }

  private static func escaped(_ byte: UInt8) -> Set<UInt8>? {
    switch byte {
    case UInt8(ascii: "d"): digits
    case UInt8(ascii: "w"): words
    case let byte where isWordByte(byte): nil
    default: [byte]
    }
  }

  private static func charClass(_ rest: inout ArraySlice<UInt8>) -> Set<UInt8>? {
    var bytes: Set<UInt8> = []
    while let byte = rest.popFirst(), byte < 0x80 {
      if byte == UInt8(ascii: "]") { return bytes.isEmpty ? nil : bytes }
      if byte == UInt8(ascii: "\\") {
        guard let next = rest.popFirst(), let set = escaped(next) else { return nil }
        bytes.formUnion(set)
      } else if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
        guard byte <= end, end < 0x80 else { return nil }
        bytes.formUnion(byte...end)
        rest = rest.dropFirst(2)
      } else {
        bytes.insert(byte)
      }
    }
    return nil
  }

  private static func quantify(_ part: inout Part, _ rest: inout ArraySlice<UInt8>) -> Bool {
    switch rest.first {
    case UInt8(ascii: "?"): part.least = 0
    case UInt8(ascii: "+"): part.most = 64
    case UInt8(ascii: "*"): (part.least, part.most) = (0, 64)
    case UInt8(ascii: "{"):
      guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else { return false }
      let numbers = String(decoding: rest[(rest.startIndex + 1)..<close], as: UTF8.self).split(
        separator: ",", omittingEmptySubsequences: false)
      guard numbers.count <= 2, let least = Int(numbers[0]),
        let most = numbers.count == 1 ? least : numbers[1].isEmpty ? 64 : Int(numbers[1]),
        (0...64).contains(least), least <= most, most <= 64
      else { return false }
      (part.least, part.most) = (least, most)
      rest = rest[close...]
    default: return true
    }
    rest.removeFirst()
    return true
  }
}

/// A key of an issue as a text names it.
package struct IssueKey: Hashable, Sendable {
  package let key: String
  package let address: String

  /// Each key of a plain text once, in order; as a word of its own: `SHOP-12`, not `WORKSHOP-12` and not `SHOP-12-x`.
  package static func all(in text: String, _ patterns: [KeyPattern]) -> [IssueKey] {
    guard !patterns.isEmpty else { return [] }
    let bytes = Array(text.utf8)
    var seen: Set<String> = []
    return TextSpans.keys(in: bytes, patterns).compactMap { span in
      let key = String(decoding: bytes[span.range], as: UTF8.self)
      return seen.insert(key).inserted ? span.address.map { IssueKey(key: key, address: $0) } : nil
    }
  }
}

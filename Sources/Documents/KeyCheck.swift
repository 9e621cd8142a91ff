/// Finds keys that an object has twice. Small objects are compared by numbers made of their keys' ends, large ones and those with
/// escapes by their text, so that no input makes it slow.
struct KeyCheck {
  private static let small = 32
  private var digests = Array(repeating: UInt64(0), count: small)

  /// Whether the object whose token is `object`, the last of the tape, may have a key twice.
  mutating func mayRepeat(_ object: Int, _ tape: [Token], _ bytes: borrowing Span<UInt8>) -> Bool {
    var count = 0
    var place = object + 1
    while place < tape.count {
      let key = tape[place]
      guard count < KeyCheck.small, !key.flags.contains(.escaped) else { return true }
      let digest = KeyCheck.digest(key, bytes)
      for index in 0..<count where digests[index] == digest { return true }
      digests[count] = digest
      count += 1
      place = KeyCheck.nextKey(after: place, tape)
    }
    return false
  }

  /// Pairs of tape indices: a key, and the next one that has the same text.
  func repeated(_ object: Int, _ tape: [Token], _ bytes: borrowing Span<UInt8>) -> [(earlier: Int, later: Int)] {
    var last: [[UInt8]: Int] = [:]
    var pairs: [(earlier: Int, later: Int)] = []
    var place = object + 1
    while place < tape.count {
      if let earlier = last.updateValue(place, forKey: KeyCheck.text(of: tape[place], bytes)) { pairs.append((earlier, place)) }
      place = KeyCheck.nextKey(after: place, tape)
    }
    return pairs
  }

  private static func nextKey(after key: Int, _ tape: [Token]) -> Int {
    let value = tape[key + 1]
    return value.isContainer ? Int(value.extent) : key + 2
  }

  private static func text(of key: Token, _ bytes: borrowing Span<UInt8>) -> [UInt8] {
    let start = Int(key.start) + 1
    var text: [UInt8] = []
    for place in start..<start + Int(key.extent) { text.append(bytes[place]) }
    return key.flags.contains(.escaped) ? Array(EscapedText(bytes: text, range: 0..<text.count)) : text
  }

  /// Length, first and last bytes of a key mixed; equal keys have equal digests.
  private static func digest(_ key: Token, _ bytes: borrowing Span<UInt8>) -> UInt64 {
    let start = Int(key.start) + 1
    let length = Int(key.extent)
    let raw = bytes.bytes
    guard length >= 8 else {
      var value = UInt64(length)
      for place in start..<start + length { value = value << 8 | UInt64(bytes[place]) }
      return value
    }
    let first = raw.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    let last = raw.unsafeLoadUnaligned(fromByteOffset: start + length - 8, as: UInt64.self)
    return (first &* 0x9E37_79B9_7F4A_7C15) ^ (last &* 0xC2B2_AE3D_27D4_EB4F) ^ UInt64(length)
  }
}

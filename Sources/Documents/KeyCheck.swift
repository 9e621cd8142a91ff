/// Finds keys that an object has twice. Small objects are compared by numbers made of their keys' ends, large ones and those with
/// escapes by their text, so that no input makes it slow.
struct KeyCheck {
  private struct Entry {
    let digest: UInt64
    let index: Int
  }

  private static let small = 32
  private var entries: [Entry] = []
  private(set) var mayRepeat = false

  /// Looks at the keys of the object whose token is `object`, the last of the tape.
  mutating func gather(_ object: Int, _ tape: [Token], _ bytes: borrowing Span<UInt8>) {
    entries.removeAll(keepingCapacity: true)
    mayRepeat = false
    var place = object + 1
    while place < tape.count {
      let key = tape[place]
      let digest = KeyCheck.digest(key, bytes)
      if key.flags.contains(.escaped) || entries.count >= KeyCheck.small {
        mayRepeat = true
      } else if !mayRepeat {
        for entry in entries where entry.digest == digest { mayRepeat = true }
      }
      entries.append(Entry(digest: digest, index: place))
      let value = tape[place + 1]
      place = value.isContainer ? Int(value.extent) : place + 2
    }
  }

  /// Pairs of tape indices: a key, and the next one that has the same text.
  func repeated(_ tape: [Token], _ bytes: borrowing Span<UInt8>) -> [(earlier: Int, later: Int)] {
    var last: [[UInt8]: Int] = [:]
    var pairs: [(earlier: Int, later: Int)] = []
    for entry in entries {
      let key = tape[entry.index]
      var text: [UInt8] = []
      for place in Int(key.start) + 1..<Int(key.start) + 1 + Int(key.extent) { text.append(bytes[place]) }
      if key.flags.contains(.escaped) { text = Array(EscapedText(bytes: text, range: 0..<text.count)) }
      if let earlier = last.updateValue(entry.index, forKey: text) { pairs.append((earlier, entry.index)) }
    }
    return pairs
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

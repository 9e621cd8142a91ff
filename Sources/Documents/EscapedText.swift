/// The bytes that a JSON string with escapes stands for. The text has been read without a fault before: what is malformed is passed on
/// as it is, never trapped on.
struct EscapedText: Sequence {
  let bytes: [UInt8]
  let range: Range<Int>

  func makeIterator() -> Iterator { Iterator(bytes: bytes, place: range.lowerBound, end: range.upperBound) }

  struct Iterator: IteratorProtocol {
    let bytes: [UInt8]
    var place: Int
    let end: Int
    /// Bytes of a decoded scalar still to be handed out, the next one lowest.
    var pending: UInt32 = 0

    init(bytes: [UInt8], place: Int, end: Int) {
      self.bytes = bytes
      self.place = place
      self.end = end
    }

    mutating func next() -> UInt8? {
      if pending != 0 {
        let byte = UInt8(truncatingIfNeeded: pending)
        pending >>= 8
        return byte
      }
      guard place < end else { return nil }
      let byte = bytes[place]
      place += 1
      guard byte == UInt8(ascii: "\\"), place < end else { return byte }
      let letter = bytes[place]
      place += 1
      return letter == UInt8(ascii: "u") ? scalar() : EscapedText.plain(letter)
    }

    /// Reads the four digits behind `\u`, and those of a second half, and gives the first byte of the scalar.
    private mutating func scalar() -> UInt8 {
      var value = hex(at: place)
      place = Swift.min(place + 4, end)
      if value & 0xFC00 == 0xD800 {
        value = 0x10000 + ((value & 0x3FF) << 10 | hex(at: place + 2) & 0x3FF)
        place = Swift.min(place + 6, end)
      }
      guard let scalar = Unicode.Scalar(value) else { return UInt8(ascii: "?") }
      var units = UTF8.encode(scalar)?.makeIterator()
      let first = units?.next() ?? UInt8(ascii: "?")
      var shift: UInt32 = 0
      while let unit = units?.next() {
        pending |= UInt32(unit) << shift
        shift += 8
      }
      return first
    }

    private func hex(at start: Int) -> UInt32 {
      var value: UInt32 = 0
      var index = start
      while index < start + 4, index < end {
        value = value << 4 | UInt32(hexDigit(bytes[index]) ?? 0)
        index += 1
      }
      return value
    }
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case let other: other
    }
  }
}

func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

private let ones: UInt64 = 0x0101_0101_0101_0101
private let highs: UInt64 = 0x8080_8080_8080_8080

/// Gives the offset of the quote that ends a string whose text begins at `start`.
func endOfString(_ bytes: borrowing Span<UInt8>, at start: Int, escaped: inout Bool) throws(Fault) -> Int {
  var place = start
  while true {
    place = skipPlain(bytes, place)
    guard place < bytes.count else { throw Fault(.unterminatedString, at: place) }
    let byte = bytes[place]
    if byte == UInt8(ascii: "\"") { return place }
    if byte == UInt8(ascii: "\\") {
      escaped = true
      place = try skipEscape(bytes, place)
    } else if byte < 0x20 {
      let isLineEnd = byte == 0x0A || byte == 0x0D
      throw Fault(isLineEnd ? .unterminatedString : .controlCharacter, at: place)
    } else {
      place = try skipSequence(bytes, place)
    }
  }
}

/// Skips a run of printable ASCII but `"` and `\`, eight bytes at a time.
private func skipPlain(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
  let raw = bytes.bytes
  var place = start
  while place &+ 8 <= raw.byteCount {
    let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    let quote = word ^ (ones &* 0x22)
    let slash = word ^ (ones &* 0x5C)
    // Each term has the high bit of a byte set where that byte ends the run; bits above the lowest one set may be wrong.
    let stops = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word) | word
    let found = stops & highs
    if found != 0 { return place &+ found.trailingZeroBitCount >> 3 }
    place &+= 8
  }
  while place < bytes.count {
    let byte = bytes[place]
    if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return place }
    place &+= 1
  }
  return place
}

private func skipEscape(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(Fault) -> Int {
  guard start + 1 < bytes.count else { throw Fault(.unterminatedString, at: bytes.count) }
  switch bytes[start + 1] {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
    UInt8(ascii: "r"), UInt8(ascii: "t"):
    return start + 2
  case UInt8(ascii: "u"):
    let unit = try hexUnit(bytes, start)
    guard unit & 0xF800 == 0xD800 else { return start + 6 }
    let hasSecond = start + 7 < bytes.count && bytes[start + 6] == UInt8(ascii: "\\") && bytes[start + 7] == UInt8(ascii: "u")
    guard unit < 0xDC00, hasSecond else { throw Fault(.surrogate, at: start) }
    guard try hexUnit(bytes, start + 6) & 0xFC00 == 0xDC00 else { throw Fault(.surrogate, at: start) }
    return start + 12
  default: throw Fault(.escape, at: start)
  }
}

/// The number of the `\u0000` that begins at `start`.
private func hexUnit(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(Fault) -> UInt32 {
  var unit: UInt32 = 0
  for index in start + 2..<start + 6 {
    guard index < bytes.count else { throw Fault(.unterminatedString, at: bytes.count) }
    guard let digit = hexDigit(bytes[index]) else { throw Fault(.unicodeEscape, at: start) }
    unit = unit << 4 | UInt32(digit)
  }
  return unit
}

/// Skips well-formed multi-byte sequences (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
private func skipSequence(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(Fault) -> Int {
  var place = start
  while place < bytes.count, bytes[place] >= 0x80 {
    let length = sequenceLength(bytes, place)
    guard length > 0 else { throw Fault(.invalidUTF8, at: place) }
    place += length
  }
  return place
}

/// The length of the UTF-8 sequence that begins at `start`; 0 where it is none.
func sequenceLength(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
  let first = bytes[start]
  let rest = bytes.count - start
  func follows(_ index: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool { range.contains(bytes[start + index]) }
  switch first {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: return rest > 1 && follows(1) ? 2 : 0
  case 0xE0...0xEF:
    let second: ClosedRange<UInt8> = first == 0xE0 ? 0xA0...0xBF : first == 0xED ? 0x80...0x9F : 0x80...0xBF
    return rest > 2 && follows(1, second) && follows(2) ? 3 : 0
  case 0xF0...0xF4:
    let second: ClosedRange<UInt8> = first == 0xF0 ? 0x90...0xBF : first == 0xF4 ? 0x80...0x8F : 0x80...0xBF
    return rest > 3 && follows(1, second) && follows(2) && follows(3) ? 4 : 0
  default: return 0
  }
}

/// Skips space, tabs and line ends.
func skipSpace(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
  var place = start
  while place < bytes.count, isSpace(bytes[place]) {
    place &+= 1
    // Indentation comes in runs.
    let raw = bytes.bytes
    while place &+ 8 <= raw.byteCount,
      raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self) == ones &* 0x20
    {
      place &+= 8
    }
  }
  return place
}

func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// A letter, digit or underscore: what would go on with a word such as `true`.
func isWordByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
}

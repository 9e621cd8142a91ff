/// What stands at an offset, as messages name it.
func found(_ bytes: borrowing Span<UInt8>, at offset: Int) -> String {
  guard offset < bytes.count else { return "the end of the file" }
  let byte = bytes[offset]
  let word = word(bytes, at: offset)
  switch byte {
  case 0x0A, 0x0D: return "the end of the line"
  case 0x00: return "a NUL byte"
  case 0x01..<0x20, 0x7F: return "the control character U+00\(hex(byte))"
  case 0x20..<0x7F: return word.isEmpty ? "'\(Character(Unicode.Scalar(byte)))'" : "'\(word)'"
  default:
    let length = sequenceLength(bytes, offset)
    guard length > 0 else { return "the byte 0x\(hex(byte))" }
    var units: [UInt8] = []
    for place in offset..<offset + length { units.append(bytes[place]) }
    let text = String(decoding: units, as: UTF8.self)
    guard let scalar = text.unicodeScalars.first, !isVisible(scalar) else { return "'\(text)'" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "the invisible character U+" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}

/// The word at an offset, cut to twenty letters; empty where there is none.
func word(_ bytes: borrowing Span<UInt8>, at offset: Int) -> String {
  var text = ""
  var place = offset
  while place < bytes.count, isWordByte(bytes[place]), text.utf8.count < 20 {
    text.unicodeScalars.append(Unicode.Scalar(bytes[place]))
    place += 1
  }
  return text
}

/// A string of the file as it was written, with its quotes, cut to a length that can be read.
func quotedText(_ bytes: borrowing Span<UInt8>, at start: Int) -> String {
  var units: [UInt8] = []
  var place = start + 1
  while place < bytes.count, bytes[place] != UInt8(ascii: "\""), units.count < 60 {
    units.append(bytes[place])
    if bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count {
      place += 1
      units.append(bytes[place])
    }
    place += 1
  }
  return "\"" + String(decoding: units, as: UTF8.self) + "\""
}

private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
  default: true
  }
}

/// Whether a file is UTF-16: by its byte order mark, or because every other of its first bytes is zero.
func isUTF16(_ bytes: [UInt8]) -> Bool {
  guard bytes.count >= 2 else { return false }
  let (first, second) = (bytes[0], bytes[1])
  return (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF) || (first == 0) != (second == 0)
}

private func hex(_ byte: UInt8) -> String {
  let text = String(byte, radix: 16, uppercase: true)
  return text.count < 2 ? "0" + text : text
}

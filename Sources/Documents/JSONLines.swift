package import Diagnostics

/// The values of a text that `readJSON` takes without an error, each without the white space that means nothing: a value a line makes
/// JSON Lines. Everything else stays as it is written, so no number loses a digit and no key its place.
package func jsonLines(_ source: Source) -> [[UInt8]] {
  var lines: [[UInt8]] = []
  var line: [UInt8] = []
  var depth = 0
  var isInString = false
  var isEscaped = false
  func end() {
    if !line.isEmpty { lines.append(line) }
    line = []
  }
  for byte in source.bytes.drop(while: { [0xEF, 0xBB, 0xBF].contains($0) }) {
    if isInString {
      line.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      if !isInString, depth == 0 { end() }
      continue
    }
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D:
      // Between numbers and words at the top it is all that parts them.
      if depth == 0 { end() }
      continue
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    line.append(byte)
    if depth == 0, byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { end() }
  }
  end()
  return lines
}

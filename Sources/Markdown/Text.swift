/// `bytes` as UTF-8 that may stand in HTML and XML: what is no UTF-8, and every control character but tab and line ends, becomes
/// U+FFFD; a byte order mark at the start is dropped.
func repairedText(_ bytes: some Collection<UInt8>) -> [UInt8] {
  var text = Array(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...])
  if text.allSatisfy(isPlainASCII) { return text }
  text = Array(String(decoding: text, as: UTF8.self).utf8)
  return needsRepair(text) ? replacingControls(text) : text
}

/// Whether valid UTF-8 holds a character that `repairedText` replaces. cmark turns `&#1;` into such a character.
func needsRepair(_ text: some BidirectionalCollection<UInt8>) -> Bool {
  var beforeLast: UInt8 = 0
  var last: UInt8 = 0
  for byte in text {
    if byte < 0x80, !isPlainASCII(byte) { return true }
    if isRefused(beforeLast, last, byte) { return true }
    (beforeLast, last) = (last, byte)
  }
  return false
}

/// Appends `text` with the four characters escaped that HTML reserves, as cmark does.
func appendEscaped(_ text: some Collection<UInt8>, to html: inout [UInt8]) {
  var start = text.startIndex
  var index = start
  while index < text.endIndex {
    let reference: StaticString? =
      switch text[index] {
      case UInt8(ascii: "&"): "&amp;"
      case UInt8(ascii: "<"): "&lt;"
      case UInt8(ascii: ">"): "&gt;"
      case UInt8(ascii: "\""): "&quot;"
      default: nil
      }
    let next = text.index(after: index)
    if let reference {
      html += text[start..<index]
      reference.withUTF8Buffer { html += $0 }
      start = next
    }
    index = next
  }
  html += text[start...]
}

/// `text` as it may stand in a page and in the value of an attribute.
func escaped(_ text: some Collection<UInt8>) -> String {
  var html: [UInt8] = []
  appendEscaped(text, to: &html)
  return String(decoding: html, as: UTF8.self)
}

/// Appends the name of a place to the value of the attribute that names it.
package func appendPlaceName(_ name: String, to html: inout [UInt8]) { appendEscaped(name.utf8, to: &html) }

/// 64 bits that a text has on every machine and in every version (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/): addresses are
/// made of them.
package func stableHash(_ text: some Sequence<UInt8>) -> UInt64 {
  text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

private func isPlainASCII(_ byte: UInt8) -> Bool {
  (byte >= 0x20 && byte < 0x7F) || byte == 0x09 || byte == 0x0A || byte == 0x0D
}

/// The end of a C1 control (C2 80 to C2 9F), or of U+FFFE or U+FFFF (EF BF BE, EF BF BF), which XML forbids.
private func isRefused(_ beforeLast: UInt8, _ last: UInt8, _ byte: UInt8) -> Bool {
  (last == 0xC2 && byte < 0xA0 && byte >= 0x80) || (beforeLast == 0xEF && last == 0xBF && byte >= 0xBE)
}

private func replacingControls(_ text: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.count)
  for byte in text {
    let last = result.last ?? 0
    let beforeLast = result.count > 1 ? result[result.count - 2] : 0
    if byte < 0x80 {
      if isPlainASCII(byte) { result.append(byte) } else { result += [0xEF, 0xBF, 0xBD] }
    } else if !isRefused(beforeLast, last, byte) {
      result.append(byte)
    } else if last == 0xC2 {
      result.removeLast()
      result += [0xEF, 0xBF, 0xBD]
    } else {
      result.append(0xBD)
    }
  }
  return result
}

extension JSONWriter {
  /// What was written, for people to read: each member and element on a line of its own, a space further in than what holds it.
  package var indented: [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(4 * bytes.count)
    var depth = 0
    var isText = false
    var isEscaped = false
    var hasJustOpened = false
    func breakLine() {
      lines.append(0x0A)
      lines.append(contentsOf: repeatElement(0x20, count: depth))
    }
    for byte in bytes {
      if isText {
        lines.append(byte)
        if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      let isClosing = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      if isClosing { depth -= 1 }
      // What is empty stands on one line.
      if isClosing != hasJustOpened { breakLine() }
      lines.append(byte)
      hasJustOpened = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
      if hasJustOpened { depth += 1 }
      switch byte {
      case UInt8(ascii: ","): breakLine()
      case UInt8(ascii: ":"): lines.append(0x20)
      default: isText = byte == UInt8(ascii: "\"")
      }
    }
    return lines
  }
}

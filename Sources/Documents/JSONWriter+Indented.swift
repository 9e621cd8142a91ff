extension JSONWriter {
  /// What was written, for people to read: each member and element on a line of its own, a space further in than what holds it.
  package var indented: [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(4 * bytes.count)
    var depth = 0
    var isText = false
    var isEscaped = false
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
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        lines.append(byte)
        depth += 1
        breakLine()
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        breakLine()
        lines.append(byte)
      case UInt8(ascii: ","):
        lines.append(byte)
        breakLine()
      case UInt8(ascii: ":"):
        lines.append(byte)
        lines.append(0x20)
      default:
        lines.append(byte)
        isText = byte == UInt8(ascii: "\"")
      }
    }
    return lines
  }
}

/// What a byte needs in HTML text and quoted attributes: 0 nothing, 1 to 5 a reference, 6 replacement, 7 a look at the next byte
/// (C1 control characters begin with C2).
private let classes: [UInt8] = {
  var classes = [UInt8](repeating: 0, count: 256)
  for byte in 0..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D { classes[byte] = 6 }
  classes[0x7F] = 6
  for (index, byte) in "&<>\"'".utf8.enumerated() { classes[Int(byte)] = UInt8(index + 1) }
  classes[0xC2] = 7
  return classes
}()

private let references = ["", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "\u{FFFD}"].map { Array($0.utf8) }

/// Appends text so that it stays text in HTML and XML content and in quoted attributes. Control characters but tab, line feed and
/// carriage return become U+FFFD: no parser takes them.
package func appendEscaped(_ text: String, to output: inout [UInt8]) {
  var text = text
  text.withUTF8 { bytes in
    var runStart = 0
    var at = 0
    while at < bytes.count {
      var kind = classes[Int(bytes[at])]
      var width = 1
      if kind == 7 {
        let isControl = at + 1 < bytes.count && bytes[at + 1] < 0xA0
        kind = isControl ? 6 : 0
        width = 2
      }
      if kind != 0 {
        output.append(contentsOf: bytes[runStart..<at])
        output.append(contentsOf: references[Int(kind)])
        runStart = at + width
      }
      at += width
    }
    output.append(contentsOf: bytes[runStart..<bytes.count])
  }
}

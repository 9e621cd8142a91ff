/// Writes XML front to back into one buffer. Markup is our own (`StaticString`); text is always escaped and holds no character that
/// XML 1.0 forbids.
struct XMLWriter {
  private(set) var bytes: [UInt8]

  init(into bytes: [UInt8] = []) { self.bytes = bytes }

  /// Our own markup, as it is.
  mutating func markup(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Text of any origin, for content and for quoted attribute values.
  mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "\"": bytes.append(contentsOf: "&quot;".utf8)
      case "'": bytes.append(contentsOf: "&#39;".utf8)
      case "\u{9}", "\u{A}": bytes.append(UInt8(scalar.value))
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": bytes.append(contentsOf: "\u{FFFD}".utf8)
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }

  /// Bytes of UTF-8 that hold markup as data: escaped once more, for feeds.
  mutating func text(_ markup: [UInt8]) { text(String(decoding: markup, as: UTF8.self)) }

  /// Markup that the Markdown room made in safe mode.
  mutating func safe(_ markup: [UInt8]) { bytes += markup }

  /// `<name>text</name>`.
  mutating func element(_ name: StaticString, _ text: String) {
    markup("<")
    markup(name)
    markup(">")
    self.text(text)
    markup("</")
    markup(name)
    markup(">")
  }
}

/// Writes JSON front to back into one buffer: compact, keys in the order in which they are written, characters escaped so that the
/// text stays inert wherever it is pasted (`<`, `>`, `&`, U+2028 and U+2029 as escapes).
package struct JSONWriter {
  package private(set) var bytes: [UInt8]
  private var needsComma = false

  package init(into bytes: [UInt8] = []) { self.bytes = bytes }

  package mutating func object(_ body: (inout JSONWriter) -> Void) { nested("{", "}", body) }
  package mutating func array(_ body: (inout JSONWriter) -> Void) { nested("[", "]", body) }

  /// The elements of an array, each written by `body`.
  package mutating func array<Element>(_ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void) {
    array { writer in
      for element in elements { body(&writer, element) }
    }
  }

  package mutating func strings(_ values: some Sequence<String>) { array(values) { $0.string($1) } }

  private mutating func nested(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: open))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// The name of the next member.
  package mutating func key(_ name: String) {
    separate()
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// The name of a member that is written many times: its bytes, made once.
  package struct Key: Sendable {
    fileprivate let bytes: [UInt8]

    package init(_ name: String) {
      var writer = JSONWriter()
      writer.key(name)
      bytes = writer.bytes
    }
  }

  /// The name of the next member.
  package mutating func key(_ key: Key) {
    separate()
    bytes.append(contentsOf: key.bytes)
    needsComma = false
  }

  package mutating func null() { raw("null") }
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func int(_ value: Int) { raw(String(value)) }
  package mutating func int(_ value: Int?) { if let value { int(value) } else { null() } }

  /// Whole numbers without a fraction; what is no number is null.
  package mutating func double(_ value: Double?) {
    guard let value, value.isFinite else { return null() }
    if value == value.rounded(), abs(value) < 1e15 { int(Int(value)) } else { raw(String(value)) }
  }

  /// A figure that was reckoned, without the noise of binary fractions: rounded to so many parts of one.
  package mutating func double(_ value: Double?, parts: Double) {
    double(value.map { abs($0) < 1e15 / parts ? ($0 * parts).rounded() / parts : $0 })
  }

  package mutating func string(_ value: String) {
    separate()
    quoted(value)
  }

  package mutating func string(_ value: String?) { if let value { string(value) } else { null() } }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: "\\\"".utf8)
      case "\\": bytes.append(contentsOf: "\\\\".utf8)
      case "\n": bytes.append(contentsOf: "\\n".utf8)
      case "\r": bytes.append(contentsOf: "\\r".utf8)
      case "\t": bytes.append(contentsOf: "\\t".utf8)
      case "<", ">", "&", "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        escaped(scalar.value)
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ value: UInt32) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: "\\u".utf8)
    for shift in [12, 8, 4, 0] { bytes.append(digits[Int(value >> UInt32(shift)) & 15]) }
  }
}

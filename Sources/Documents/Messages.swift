import Diagnostics

extension Diagnostic.Message {
  static func fileTooLarge(_ bytes: Int) -> Self {
    Self(
      id: "file-too-large", "the file has \(bytes) bytes; at most 4 GiB can be read", suggestion: "split it into several files")
  }

  static func textBeforeValue(_ text: String, lines: Int) -> Self {
    let line = String(text.unicodeScalars.prefix(60).map { Character($0.value < 0x20 ? " " : $0) })
    return Self(
      id: "text-before-value",
      (lines == 1 ? "a line of text stands" : "\(lines) lines of text stand") + " before the JSON and is left out: \"\(line)\"",
      suggestion: "keep the messages of the command out of the file: 2>/dev/null")
  }

  static let noValue = Self(id: "no-value", "the file holds no JSON value")

  static let utf16 = Self(id: "utf-16", "the file is UTF-16 text; files must be saved as UTF-8", suggestion: "save it as UTF-8")

  static let restNotRead = Self(id: "rest-not-read", "the rest of the file was not read: nothing in it could be told apart")

  static func duplicateKey(_ key: String) -> Self {
    Self(id: "duplicate-key", "the key \(key) stands twice in this object; the last one counts")
  }

  /// The wording of a fault in JSON.
  static func json(_ fault: Fault, _ bytes: borrowing Span<UInt8>) -> Self {
    let found = found(bytes, at: fault.offset)
    if fault.isStructural, isComment(bytes, fault.offset) {
      return Self(id: "json-comment", "JSON has no comments, found \(found)", suggestion: "remove the comment")
    }
    switch fault.reason {
    case .value: return value(found, bytes, fault.offset)
    case .trailingComma:
      return Self(id: "json-trailing-comma", "a comma stands before the closing bracket", suggestion: "remove the comma")
    case .key: return key(found, bytes, fault.offset)
    case .colon: return Self(id: "json-expected-colon", "expected ':' behind the key, found \(found)")
    case .elementEnd: return Self(id: "json-expected-comma", "expected ',' or ']' behind the element, found \(found)")
    case .memberEnd: return Self(id: "json-expected-comma", "expected ',' or '}' behind the member, found \(found)")
    case .valueEnd: return Self(id: "json-text-behind-value", "expected the end of the line behind the value, found \(found)")
    case .unterminatedString, .controlCharacter, .invalidUTF8, .escape, .unicodeEscape, .surrogate:
      return string(fault.reason, found)
    case .leadingZero:
      return Self(id: "json-number", "a number does not begin with a zero", suggestion: "remove the zero, or put it in quotes")
    case .digit: return Self(id: "json-number", "expected a digit, found \(found)")
    case .depth:
      return Self(id: "json-depth", "brackets are nested deeper than \(JSONScanner.maximumDepth) levels")
    }
  }

  private static func string(_ reason: Fault.Reason, _ found: String) -> Self {
    switch reason {
    case .controlCharacter:
      Self(id: "json-control-character", "\(found) in a string; it must be written as an escape such as \\n or \\u0000")
    case .invalidUTF8: invalidUTF8(found)
    case .escape:
      Self(id: "json-escape", "unknown escape; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits")
    case .unicodeEscape: Self(id: "json-escape", "\\u must be followed by four hexadecimal digits")
    case .surrogate:
      Self(id: "json-surrogate", "half of a surrogate pair; \\uD800 to \\uDBFF and \\uDC00 to \\uDFFF come in pairs")
    default: Self(id: "json-unterminated-string", "the string is not closed: expected '\"', found \(found)")
    }
  }

  private static func value(_ found: String, _ bytes: borrowing Span<UInt8>, _ offset: Int) -> Self {
    let text = "expected a value, found \(found)"
    guard offset < bytes.count else { return Self(id: "json-expected-value", text) }
    switch bytes[offset] {
    case UInt8(ascii: "'"):
      return Self(id: "json-single-quotes", "strings stand in double quotes, found \(found)", suggestion: "use \" instead of '")
    case UInt8(ascii: "+"), UInt8(ascii: "."):
      return Self(id: "json-number", "a number begins with a digit or '-', found \(found)")
    default:
      let isQuote = found == "'“'" || found == "'”'"
      let suggestion = isQuote ? "use \" instead of “" : meant(word(bytes, at: offset))
      return Self(id: "json-expected-value", text, suggestion: suggestion)
    }
  }

  private static func key(_ found: String, _ bytes: borrowing Span<UInt8>, _ offset: Int) -> Self {
    let text = "expected a key in double quotes, found \(found)"
    guard offset < bytes.count else { return Self(id: "json-expected-key", text) }
    switch bytes[offset] {
    case UInt8(ascii: "'"):
      return Self(id: "json-single-quotes", "keys stand in double quotes, found \(found)", suggestion: "use \" instead of '")
    default:
      let word = word(bytes, at: offset)
      return Self(id: "json-expected-key", text, suggestion: word.isEmpty ? nil : "\"\(word)\"")
    }
  }

  private static func isComment(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Bool {
    guard offset < bytes.count else { return false }
    if bytes[offset] == UInt8(ascii: "#") { return true }
    guard bytes[offset] == UInt8(ascii: "/"), offset + 1 < bytes.count else { return false }
    return bytes[offset + 1] == UInt8(ascii: "/") || bytes[offset + 1] == UInt8(ascii: "*")
  }

  /// What other languages write for the three words.
  private static func meant(_ word: String) -> String? {
    switch word.lowercased() {
    case "true", "yes", "on": "true"
    case "false", "no", "off": "false"
    case "null", "none", "nil", "undefined", "nan", "infinity": "null"
    default: word.isEmpty ? nil : nearMiss(word, among: ["true", "false", "null"]) ?? "\"\(word)\""
    }
  }
}

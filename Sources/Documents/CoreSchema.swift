/// The kinds that plain scalars have by the core schema of YAML 1.2 (section 10.3.2). `yes`, `no`, `on` and `off` are strings, and so is
/// a date; `010` is ten.
enum CoreSchema {
  /// The kind of a plain scalar.
  static func kind(of text: [UInt8]) -> (kind: Token.Kind, flags: Token.Flags) {
    switch String(decoding: text.prefix(6), as: UTF8.self) {
    case "", "~", "null", "Null", "NULL": return (.null, [])
    case "true", "True", "TRUE": return (.yes, [])
    case "false", "False", "FALSE": return (.no, [])
    default: break
    }
    if isWhole(text) { return (.number, .whole) }
    return (isFraction(text) ? .number : .string, [])
  }

  /// The number that the text of a whole number writes, also `0o17` and `0x1F`; nil where it does not fit.
  static func int(_ text: String) -> Int? {
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
    return Int(text)
  }

  private static func isWhole(_ text: [UInt8]) -> Bool {
    if text.starts(with: "0x".utf8) { return text.count > 2 && text.dropFirst(2).allSatisfy { hexDigit($0) != nil } }
    if text.starts(with: "0o".utf8) { return text.count > 2 && text.dropFirst(2).allSatisfy { $0 &- UInt8(ascii: "0") < 8 } }
    let digits = unsigned(text)
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  /// Digits with a point, an exponent or both; infinity and not-a-number.
  private static func isFraction(_ text: [UInt8]) -> Bool {
    var rest = unsigned(text)
    switch String(decoding: rest.prefix(5), as: UTF8.self) {
    case ".inf", ".Inf", ".INF": return true
    case ".nan", ".NaN", ".NAN": return rest.count == text.count
    default: break
    }
    let whole = dropDigits(&rest)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = dropDigits(&rest)
    }
    guard whole + fraction > 0 else { return false }
    guard let first = rest.first else { return true }
    guard first | 0x20 == UInt8(ascii: "e") else { return false }
    rest = unsigned(rest.dropFirst())
    return dropDigits(&rest) > 0 && rest.isEmpty
  }

  private static func unsigned(_ text: some Collection<UInt8>) -> ArraySlice<UInt8> {
    let rest = ArraySlice(text)
    return rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") ? rest.dropFirst() : rest
  }

  private static func dropDigits(_ text: inout ArraySlice<UInt8>) -> Int {
    let digits = text.prefix(while: isDigit).count
    text.removeFirst(digits)
    return digits
  }
}

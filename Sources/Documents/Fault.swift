/// What stopped the reading of a JSON value, and where. It is small and carries no text: the message is worded only when it is reported.
struct Fault: Error, Equatable {
  enum Reason: Equatable {
    /// Something else than a value where a value must begin.
    case value
    /// As `value`, but it is the closing bracket behind a comma.
    case trailingComma
    case key
    case colon
    /// Neither a comma nor the closing bracket behind an element.
    case elementEnd
    /// Neither a comma nor the closing brace behind a member.
    case memberEnd
    /// More text behind the value on the same line.
    case valueEnd
    case unterminatedString
    case controlCharacter
    case invalidUTF8
    case escape
    case unicodeEscape
    case surrogate
    case leadingZero
    case digit
    case depth
  }

  let reason: Reason
  let offset: Int

  /// Whether it lies between values, not inside of one.
  var isStructural: Bool {
    switch reason {
    case .value, .key, .colon, .elementEnd, .memberEnd, .valueEnd: true
    case .trailingComma, .unterminatedString, .controlCharacter, .invalidUTF8, .escape, .unicodeEscape, .surrogate,
      .leadingZero,
      .digit, .depth:
      false
    }
  }

  init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

package import Diagnostics

/// One parsed JSON or YAML document: a flat tape of nodes over its bytes, so that every node knows its place.
package final class Document: Sendable {
  package let source: Source
  let tape: [Token]
  /// Where the text of scalars stands: the source itself (JSON), or the decoded text of all scalars one after another (YAML).
  let text: [UInt8]
  /// For each token the start of its text in `text`; empty where that follows from the token (JSON).
  let textStarts: [UInt32]
  let lines: LineIndex

  init(source: Source, tape: [Token]) {
    self.source = source
    self.tape = tape
    text = source.bytes
    textStarts = []
    lines = LineIndex(source)
  }

  init(source: Source, tape: [Token], text: [UInt8], textStarts: [UInt32]) {
    self.source = source
    self.tape = tape
    self.text = text
    self.textStarts = textStarts
    lines = LineIndex(source)
  }

  /// The token behind that one and all it holds.
  func next(after index: Int) -> Int {
    let token = tape[index]
    return token.isContainer ? Int(token.extent) : index + 1
  }

  /// The bytes of a scalar in `text`, without quotes, escapes not decoded.
  func textRange(of index: Int) -> Range<Int> {
    let token = tape[index]
    let start: Int
    if textStarts.isEmpty {
      start = Int(token.start) + (token.kind == .string || token.kind == .cutOff ? 1 : 0)
    } else {
      start = Int(textStarts[index])
    }
    return start..<start + Int(token.extent)
  }

  func string(at index: Int) -> String {
    let range = textRange(of: index)
    guard tape[index].flags.contains(.escaped) else { return String(decoding: text[range], as: UTF8.self) }
    return String(decoding: Array(EscapedText(bytes: text, range: range)), as: UTF8.self)
  }

  func isKey(_ index: Int, equalTo key: String) -> Bool {
    let range = textRange(of: index)
    if tape[index].flags.contains(.escaped) { return EscapedText(bytes: text, range: range).elementsEqual(key.utf8) }
    let wanted = key.utf8.span
    guard range.count == wanted.count else { return false }
    let text = text
    let bytes = text.span
    for place in 0..<wanted.count where bytes[range.lowerBound + place] != wanted[place] { return false }
    return true
  }
}

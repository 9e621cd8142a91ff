import Diagnostics

/// A stretch of a template: text up to the end of a line, or a tag.
struct Token {
  enum Kind: Equatable {
    case text
    case variable(isEscaped: Bool)
    case open(inverted: Bool)
    case close, partial, parent, block, comment, delimiters
  }

  let kind: Kind
  /// All of it in the source, with its delimiters.
  let range: Range<Int>
  /// What stands in a tag, without sigil and outer white space.
  let name: String

  /// Whether it may disappear with its line (specification: standalone tags).
  var canStandAlone: Bool {
    switch kind {
    case .text, .variable: false
    case .open, .close, .partial, .parent, .block, .comment, .delimiters: true
    }
  }
}

/// Cuts a template into tokens. Text is cut behind each line feed.
struct Tokenizer {
  private let source: Source
  private var bytes: [UInt8] { source.bytes }
  private var opening = Array("{{".utf8)
  private var closing = Array("}}".utf8)
  private var at = 0
  private(set) var tokens: [Token] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: Source) {
    self.source = source
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  mutating func tokenize() {
    while at < bytes.count {
      if starts(with: opening, at: at) { tag() } else { text() }
    }
  }

  private func starts(with part: [UInt8], at offset: Int) -> Bool {
    offset + part.count <= bytes.count && bytes[offset..<(offset + part.count)].elementsEqual(part)
  }

  private mutating func text() {
    let start = at
    while at < bytes.count, !starts(with: opening, at: at) {
      at += 1
      if bytes[at - 1] == UInt8(ascii: "\n") { break }
    }
    tokens.append(Token(kind: .text, range: start..<at, name: ""))
  }

  private mutating func tag() {
    let start = at
    var inner = at + opening.count
    let sigil = inner < bytes.count ? bytes[inner] : 0
    let isTriple = sigil == UInt8(ascii: "{")
    let isDelimiters = sigil == UInt8(ascii: "=")
    let end = (isTriple ? [UInt8(ascii: "}")] : isDelimiters ? [UInt8(ascii: "=")] : []) + closing
    let kind = Tokenizer.kind(sigil)
    if kind.takesSigil { inner += 1 }
    guard let close = (inner..<max(inner, bytes.count)).first(where: { starts(with: end, at: $0) }) else {
      diagnostics.append(source.diagnostic(.error, .unclosedTag(String(decoding: end, as: UTF8.self)), at: start))
      at = bytes.count
      return
    }
    at = close + end.count
    let name = Tokenizer.trimmed(bytes[inner..<close])
    tokens.append(Token(kind: kind.kind, range: start..<at, name: name))
    if isDelimiters { changeDelimiters(name, offset: start) }
  }

  private static func kind(_ sigil: UInt8) -> (kind: Token.Kind, takesSigil: Bool) {
    switch sigil {
    case UInt8(ascii: "{"), UInt8(ascii: "&"): (.variable(isEscaped: false), true)
    case UInt8(ascii: "#"): (.open(inverted: false), true)
    case UInt8(ascii: "^"): (.open(inverted: true), true)
    case UInt8(ascii: "/"): (.close, true)
    case UInt8(ascii: ">"): (.partial, true)
    case UInt8(ascii: "<"): (.parent, true)
    case UInt8(ascii: "$"): (.block, true)
    case UInt8(ascii: "!"): (.comment, true)
    case UInt8(ascii: "="): (.delimiters, true)
    default: (.variable(isEscaped: true), false)
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let front = bytes.drop(while: isSpace)
    let end = front.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? front.startIndex
    return String(decoding: front[front.startIndex..<end], as: UTF8.self)
  }

  private mutating func changeDelimiters(_ text: String, offset: Int) {
    let parts = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard parts.count == 2, !text.contains("=") else {
      diagnostics.append(source.diagnostic(.error, .badDelimiters(text), at: offset))
      return
    }
    opening = Array(parts[0].utf8)
    closing = Array(parts[1].utf8)
  }
}

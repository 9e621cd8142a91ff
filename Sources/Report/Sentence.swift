package import Template

/// Words of the interface with the names, links and times that stand in them.
///
/// It is written as an interpolated literal. The literal parts are our own words; what is put in decides by its type how it is shown,
/// so a text from outside cannot stand in a sentence without being isolated from the direction of the words around it.
/// ```swift
/// let why: Sentence = "from \(entry.from), waited \(words: Format.duration(wait)), by \(wording.run(service, run))"
/// ```
/// A literal is one phrase: the table of another language has it whole, as `from {}, waited {}, by {}`, and is asked when the page is
/// written. What a literal holds is therefore the English that a translator reads. Where the same English needs two translations,
/// `\(context: "targets")` tells them apart: it stands in the key alone, as `{} on {} [targets]`.
package struct Sentence: Hashable, Sendable {
  package indirect enum Piece: Hashable, Sendable {
    case words(String)
    /// A number with a decimal point.
    case decimal(String)
    /// A text from outside: shown in `bdi`.
    case name(String)
    /// A word from outside that is one of ours most times, as `approved`: shown in `bdi` too.
    case said(String)
    case code(String)
    /// The name of a branch or another ref.
    case branch(String)
    case strong(String)
    case link(LinkText)
    case time(TimeText)
    case mark(Mark)
    /// A literal with values in it, until the page is written.
    case phrase([Part])
  }

  package enum Part: Hashable, Sendable {
    case literal(String)
    case value([Piece])
    case context(String)
  }

  private(set) var pieces: [Piece]

  package init(_ pieces: [Piece] = []) { self.pieces = pieces }

  package var isEmpty: Bool { pieces.isEmpty }

  /// In English, as for the files that are the same in every language.
  package var plain: String { plain(in: .english) }

  /// The words alone, as for a title or a description.
  package func plain(in book: Phrasebook) -> String {
    resolved(in: book).reduce(into: "") { text, piece in
      switch piece {
      case .words(let part), .decimal(let part), .name(let part), .code(let part), .branch(let part), .strong(let part):
        text += part
      case .link(let link): text += link.plain(in: book)
      case .time(let time): text += time.text(in: book)
      case .mark, .said, .phrase: break
      }
    }
  }

  package static func + (left: Sentence, right: Sentence) -> Sentence { Sentence(left.pieces + right.pieces) }
  package static func += (left: inout Sentence, right: Sentence) { left.pieces += right.pieces }

  package enum Conjunction { case and, or }

  /// `a`, `a and b`, `a, b and c`, each a part of its own.
  package static func list(_ parts: [Sentence], conjunction: Conjunction = .and) -> Sentence {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? Sentence() }
    let front = joined(Array(parts.dropLast()), separator: ", ")
    switch conjunction {
    case .and: return "\(front) and \(last)"
    case .or: return "\(front) or \(last)"
    }
  }

  package static func joined(_ parts: [Sentence], separator: String) -> Sentence {
    var result = Sentence()
    for (index, part) in parts.enumerated() {
      if index > 0 { result.pieces.append(.words(separator)) }
      result += part
    }
    return result
  }
}

extension Sentence {
  /// The pieces in a language, with no phrase among them any more.
  package func resolved(in book: Phrasebook) -> [Piece] {
    if book.isEnglish, pieces.allSatisfy(\.isFinal) { return pieces }
    var resolved: [Piece] = []
    resolved.reserveCapacity(pieces.count + 8)
    for piece in pieces { piece.append(to: &resolved, in: book) }
    return resolved
  }
}

extension Sentence.Piece {
  fileprivate var isFinal: Bool {
    switch self {
    case .said, .phrase: false
    case .words, .decimal, .name, .code, .branch, .strong, .link, .time, .mark: true
    }
  }

  fileprivate func append(to pieces: inout [Sentence.Piece], in book: Phrasebook) {
    switch self {
    case .words(let words): pieces.append(.words(book.text(words)))
    case .decimal(let text):
      pieces.append(.words(book.isEnglish ? text : text.replacing(".", with: book.text("decimal point"))))
    case .said(let word): pieces.append(.name(book.text(word)))
    case .phrase(let parts): Sentence.Piece.append(parts, to: &pieces, in: book)
    case .name, .code, .branch, .strong, .link, .time, .mark: pieces.append(self)
    }
  }

  private static func append(_ parts: [Sentence.Part], to pieces: inout [Sentence.Piece], in book: Phrasebook) {
    guard !book.isEnglish, let translation = book.parts(key(parts)) else {
      for part in parts {
        switch part {
        case .literal(let words): pieces.append(.words(words))
        case .value(let values): for value in values { value.append(to: &pieces, in: book) }
        case .context: break
        }
      }
      return
    }
    let values = parts.compactMap { if case .value(let pieces) = $0 { pieces } else { nil } }
    for part in translation {
      switch part {
      case .words(let words): pieces.append(.words(words))
      case .value(let index): if index < values.count { for value in values[index] { value.append(to: &pieces, in: book) } }
      }
    }
  }

  /// The phrase as a table has it.
  private static func key(_ parts: [Sentence.Part]) -> String {
    parts.reduce(into: "") { key, part in
      switch part {
      case .literal(let words): key += words
      case .value: key += "{}"
      case .context(let words): key += " [\(words)]"
      }
    }
  }
}

extension Sentence: ExpressibleByStringInterpolation {
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(2 * interpolationCount + 1) }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.literal(literal)) }
    }

    /// A text from outside.
    package mutating func appendInterpolation(_ name: String) { append(.name(name), unless: name.isEmpty) }
    /// Our own words, from a table of them.
    package mutating func appendInterpolation(words: String) { append(.words(words), unless: words.isEmpty) }
    /// A word from a record, which may be one of ours.
    package mutating func appendInterpolation(said: String) { append(.said(said), unless: said.isEmpty) }
    /// Where a phrase stands, for the table alone.
    package mutating func appendInterpolation(context: String) { parts.append(.context(context)) }
    package mutating func appendInterpolation(code: String) { append(.code(code), unless: code.isEmpty) }
    package mutating func appendInterpolation(branch: String) { append(.branch(branch), unless: branch.isEmpty) }
    package mutating func appendInterpolation(strong: String) { append(.strong(strong), unless: strong.isEmpty) }
    package mutating func appendInterpolation(decimal: Double) { parts.append(.value([.decimal(Format.decimal(decimal))])) }
    package mutating func appendInterpolation(_ number: Int) { parts.append(.value([.words(Format.grouped(number))])) }
    package mutating func appendInterpolation(_ link: LinkText) { append(.link(link), unless: link.isEmpty) }
    package mutating func appendInterpolation(_ time: TimeText) { parts.append(.value([.time(time)])) }
    package mutating func appendInterpolation(_ mark: Mark) { parts.append(.value([.mark(mark)])) }
    package mutating func appendInterpolation(_ sentence: Sentence) { parts.append(.value(sentence.pieces)) }

    private mutating func append(_ piece: Piece, unless isEmpty: Bool) { parts.append(.value(isEmpty ? [] : [piece])) }
  }

  package init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [.words(value)] }

  package init(stringInterpolation: StringInterpolation) {
    let parts = stringInterpolation.parts
    let isPhrase = parts.contains {
      switch $0 {
      case .literal(let words): words.utf8.contains { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
      case .context: true
      case .value: false
      }
    }
    if isPhrase, parts.count > 1 {
      pieces = [.phrase(parts)]
    } else {
      // Nothing to translate but, maybe, the values.
      pieces = parts.flatMap { part -> [Piece] in
        switch part {
        case .literal(let words): [.words(words)]
        case .value(let pieces): pieces
        case .context: []
        }
      }
    }
  }
}

extension String.StringInterpolation {
  // A sentence has no text before the language is known; its description would reach a page unnoticed.
  @available(*, deprecated, message: "write plain(in:)")
  package mutating func appendInterpolation(_ sentence: Sentence) { appendLiteral(sentence.plain) }
  @available(*, deprecated, message: "write plain(in:)")
  package mutating func appendInterpolation(_ sentence: Sentence?) { appendLiteral(sentence?.plain ?? "") }
  @available(*, deprecated, message: "write text(in:)")
  package mutating func appendInterpolation(_ time: TimeText) { appendLiteral(time.text(in: .english)) }
}

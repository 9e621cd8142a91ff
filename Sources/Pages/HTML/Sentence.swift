import Template

/// A sentence with the names, links and times that stand in it, for `partials/sentence`.
///
/// It is written as an interpolated literal. The literal parts are our own words; what is put in decides by its type how it is shown,
/// so a text from outside cannot stand in a sentence without being isolated from the direction of the words around it.
/// ```swift
/// let why: Sentence = "from \(entry.from), waited \(words: Format.duration(wait)), by \(view.run(service, run))"
/// ```
struct Sentence: Model, Hashable {
  enum Piece: Model, Hashable {
    case words(String)
    /// A text from outside: shown in `bdi`.
    case name(String)
    case code(String)
    /// The name of a branch or another ref.
    case branch(String)
    case strong(String)
    case link(LinkText)
    case time(TimeText)
    case mark(Mark)

    static let fields = Fields<Piece>(
      .text("words") { $0.words },
      .text("name") { $0.name },
      .text("code") { $0.code },
      .text("branch") { $0.branch },
      .text("strong") { $0.strong },
      .object("link") { $0.link },
      .object("time") { $0.time },
      .object("mark") { $0.mark }
    )

    private var words: String? { if case .words(let text) = self { text } else { nil } }
    private var name: String? { if case .name(let text) = self { text } else { nil } }
    private var code: String? { if case .code(let text) = self { text } else { nil } }
    private var branch: String? { if case .branch(let text) = self { text } else { nil } }
    private var strong: String? { if case .strong(let text) = self { text } else { nil } }
    private var link: LinkText? { if case .link(let link) = self { link } else { nil } }
    private var time: TimeText? { if case .time(let time) = self { time } else { nil } }
    private var mark: Mark? { if case .mark(let mark) = self { mark } else { nil } }
  }

  private(set) var pieces: [Piece]

  static let fields = Fields<Sentence>(
    .list("pieces") { $0.pieces }
  )

  init(_ pieces: [Piece] = []) { self.pieces = pieces }

  var isEmpty: Bool { pieces.isEmpty }

  /// The words alone, as for a title or a description.
  var plain: String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .words(let part), .name(let part), .code(let part), .branch(let part), .strong(let part): text += part
      case .link(let link): text += link.plain
      case .time(let time): text += time.text
      case .mark: break
      }
    }
  }

  static func + (left: Sentence, right: Sentence) -> Sentence { Sentence(left.pieces + right.pieces) }
  static func += (left: inout Sentence, right: Sentence) { left.pieces += right.pieces }

  /// `a`, `a and b`, `a, b and c`, each a part of its own.
  static func list(_ parts: [Sentence], conjunction: String = "and") -> Sentence {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? Sentence() }
    return joined(Array(parts.dropLast()), separator: ", ") + " \(words: conjunction) " + last
  }

  static func joined(_ parts: [Sentence], separator: String) -> Sentence {
    var result = Sentence()
    for (index, part) in parts.enumerated() {
      if index > 0 { result.pieces.append(.words(separator)) }
      result += part
    }
    return result
  }
}

extension Sentence: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(2 * interpolationCount + 1) }

    mutating func appendLiteral(_ literal: String) { append(.words(literal), unless: literal.isEmpty) }

    /// A text from outside.
    mutating func appendInterpolation(_ name: String) { append(.name(name), unless: name.isEmpty) }
    /// Our own words, from a table of them.
    mutating func appendInterpolation(words: String) { append(.words(words), unless: words.isEmpty) }
    mutating func appendInterpolation(code: String) { append(.code(code), unless: code.isEmpty) }
    mutating func appendInterpolation(branch: String) { append(.branch(branch), unless: branch.isEmpty) }
    mutating func appendInterpolation(strong: String) { append(.strong(strong), unless: strong.isEmpty) }
    mutating func appendInterpolation(_ number: Int) { pieces.append(.words(Format.grouped(number))) }
    mutating func appendInterpolation(_ link: LinkText) { append(.link(link), unless: link.plain.isEmpty) }
    mutating func appendInterpolation(_ time: TimeText) { pieces.append(.time(time)) }
    mutating func appendInterpolation(_ mark: Mark) { pieces.append(.mark(mark)) }
    mutating func appendInterpolation(_ sentence: Sentence) { pieces += sentence.pieces }

    private mutating func append(_ piece: Piece, unless isEmpty: Bool) {
      if !isEmpty { pieces.append(piece) }
    }
  }

  init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [.words(value)] }
  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }
}

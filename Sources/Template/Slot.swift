/// One value of a model, laid flat: what an instruction of a template addresses. A list names a stretch of the same arena.
enum Slot {
  case absent
  case text(String)
  case markup([UInt8])
  case flag(Bool)
  /// `count` elements of `stride` slots each, from `start`. An object is a list of one.
  case list(start: Int, count: Int, stride: Int)

  /// Whether a section over it is shown (Mustache: anything but false, nothing and the empty list).
  var isTruthy: Bool {
    switch self {
    case .absent: false
    case .text(let text): !text.isEmpty
    case .markup(let bytes): !bytes.isEmpty
    case .flag(let flag): flag
    case .list(_, let count, _): count > 0
    }
  }
}

/// The values of a page, laid flat, the language in which they are written and where their links lead.
struct Arena {
  var slots: [Slot] = []
  let phrasebook: Phrasebook
  let addresses: Addresses
}

/// The names that a context offers, and what each is. One for each model type; the nested ones are found when they are needed,
/// so that a model may hold itself.
final class Shape: Sendable {
  struct Entry: Sendable {
    let name: String
    let kind: Kind
  }

  indirect enum Kind: Sendable {
    /// `isPlain`: may be printed unescaped; of the specification's tests alone.
    case text(isPlain: Bool)
    case markup, url, flag
    case list(Element)
    case object(Element)
  }

  enum Element: Sendable {
    case shape(@Sendable () -> Shape)
    /// One slot, reached by `{{.}}`.
    case scalar(Kind)
  }

  let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries }

  func index(of name: Substring) -> Int? { entries.firstIndex { $0.name == name } }
}

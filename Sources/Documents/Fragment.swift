/// What a text of a person became: the markup that is the same on every page, and holes for what only a page knows.
///
/// The Markdown room writes fragments, pages fill them. Nobody reads the markup to find a heading or a link: what anybody asks for is a
/// hole. It stands here since records carry it (`Prose`) and know nothing of Markdown. What people wrote is literal and escaped
/// before it gets in; a hole is a value of its own and no mark in the bytes, so that no text can hold one.
///
/// `[Fixes](#fixes)` is `<p><a`, the hole `place("fixes")`, and `>Fixes</a></p>`.
package struct Fragment: Hashable, Sendable {
  package enum Hole: Hashable, Sendable {
    /// The digit of a heading's level, 1 to 6 as the text has it, in its start tag and in its end tag.
    case headingStart(level: Int)
    case headingEnd(level: Int)
    /// The attribute that names a place of the text, with the blank before it.
    case anchor(String)
    /// The attribute that leads a link to a place of the text, by its name, with the blank before it.
    case place(String)
    /// The address of a picture, by its path on the site.
    case picture(String)
    /// The same, to another release of the service. A page has none where the release has no page: the words are then no link.
    case release(version: String)
    /// The same, to another text of the content folder by its path there; the place in it is percent-encoded.
    case file(path: String, place: String?)
    /// Words of ours, for people.
    case phrase(Phrase)
  }

  package enum Phrase: Hashable, Sendable {
    case note, tip, important, warning, caution
    case table, done, toDo
    case footnotes, footnote(Int), backToText
  }

  package struct PlacedHole: Hashable, Sendable {
    /// How many bytes of the literal markup stand before it.
    package let offset: Int
    package let hole: Hole

    package init(offset: Int, hole: Hole) {
      self.offset = offset
      self.hole = hole
    }
  }

  private var literal: [UInt8]
  private var placed: [PlacedHole]
  /// About how many bytes it takes on a page.
  package private(set) var weight: Int

  /// `literal`: trusted markup. `holes`: in the order in which they stand.
  package init(literal: [UInt8] = [], holes: [PlacedHole] = []) {
    self.literal = literal
    placed = holes
    weight = literal.count + holes.reduce(0) { $0 + $1.hole.weight }
  }

  /// In the order in which they stand.
  package var holes: some RandomAccessCollection<Hole> { placed.lazy.map(\.hole) }

  /// Whether there is nothing to be seen.
  package var isBlank: Bool { placed.isEmpty && !literal.contains { $0 > 0x20 } }

  /// The paths on the site of the pictures that it shows.
  package var pictures: [String] {
    placed.compactMap { if case .picture(let path) = $0.hole { path } else { nil } }
  }

  /// Writes the markup. `fill` writes what stands in each hole.
  package func write(into output: inout [UInt8], fill: (Hole, inout [UInt8]) -> Void) {
    var start = 0
    for place in placed {
      output += literal[start..<place.offset]
      fill(place.hole, &output)
      start = place.offset
    }
    output += literal[start...]
  }

  package mutating func append(_ other: Fragment) {
    let offset = literal.count
    literal += other.literal
    placed += other.placed.map { PlacedHole(offset: offset + $0.offset, hole: $0.hole) }
    weight += other.weight
  }
}

// MARK: - Two texts on one page

extension Fragment {
  /// Adds another text behind this one, on a line of its own. Names of places that both have get a number in the other one, with the links
  /// to them there, so that none leads from one text into the other.
  package mutating func join(_ other: Fragment) {
    append("\n")
    append(other.renamingPlaces(of: self))
  }

  private var names: Set<String> {
    placed.reduce(into: []) { names, place in
      if case .anchor(let name) = place.hole { names.insert(name) }
    }
  }

  private func renamingPlaces(of first: Fragment) -> Fragment {
    let (taken, own) = (first.names, names)
    var renamed: [String: String] = [:]
    for name in own where taken.contains(name) {
      var number = 2
      while taken.contains("\(name)-\(number)") || own.contains("\(name)-\(number)") { number += 1 }
      renamed[name] = "\(name)-\(number)"
    }
    guard !renamed.isEmpty else { return self }
    return Fragment(
      literal: literal, holes: placed.map { PlacedHole(offset: $0.offset, hole: $0.hole.renamed { renamed[$0] }) })
  }
}

extension Fragment.Hole {
  /// `new`: the new name of a place; nil where it keeps its own.
  fileprivate func renamed(_ new: (String) -> String?) -> Fragment.Hole {
    switch self {
    case .anchor(let name): .anchor(new(name) ?? name)
    case .place(let name): .place(new(name) ?? name)
    case .headingStart, .headingEnd, .picture, .release, .file, .phrase: self
    }
  }
}

// MARK: - As literals

/// Markup of ours with holes: `"<li\(.anchor("a"))>"`. There is no way to put a text into one.
extension Fragment: ExpressibleByStringInterpolation {
  package init(stringLiteral markup: String) { self.init(literal: Array(markup.utf8)) }
  package init(stringInterpolation: Interpolation) { self = stringInterpolation.fragment }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var fragment = Fragment()

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ markup: String) { fragment.append(Fragment(literal: Array(markup.utf8))) }
    package mutating func appendInterpolation(_ hole: Hole) {
      fragment.append(Fragment(holes: [PlacedHole(offset: 0, hole: hole)]))
    }
    package mutating func appendInterpolation(_ other: Fragment) { fragment.append(other) }
    package mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }
  }
}

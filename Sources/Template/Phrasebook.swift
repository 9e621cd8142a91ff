/// The words of the interface in another language, by the English phrase that stands in a template or in code. `{}` stands where a
/// value goes; a translation names the values by number, `{1}`, so that it can put them in an order of its own.
package struct Phrasebook: Sendable {
  /// A translation, cut where its values go.
  package enum Part: Hashable, Sendable {
    case words(String)
    /// Counted from 0.
    case value(Int)
  }

  /// Every phrase as it is written.
  package static let english = Phrasebook([:])

  private let translations: [String: [Part]]

  package init(_ translations: [String: String]) { self.translations = translations.mapValues(Phrasebook.parts) }

  package var isEnglish: Bool { translations.isEmpty }

  /// The words in this language; the English ones where the table has none. Spaces around them stay: they belong to what stands beside.
  package func text(_ english: String) -> String {
    if translations.isEmpty { return english }
    let inner = Phrasebook.core(english)
    guard case .words(let translation)? = translations[String(inner)]?.first else { return english }
    return english[..<inner.startIndex] + translation + english[inner.endIndex...]
  }

  /// The translation of a phrase with values in it; nil where the table has none.
  package func parts(_ english: String) -> [Part]? {
    if translations.isEmpty { return nil }
    let inner = Phrasebook.core(english)
    guard let parts = translations[String(inner)] else { return nil }
    if inner.count == english.count { return parts }
    return [.words(String(english[..<inner.startIndex]))] + parts + [.words(String(english[inner.endIndex...]))]
  }

  /// Without the spaces around it.
  private static func core(_ phrase: String) -> Substring {
    let inner = phrase.drop { $0 == " " }
    return inner[..<(inner.lastIndex { $0 != " " }.map(inner.index(after:)) ?? inner.startIndex)]
  }

  private static func parts(_ translation: String) -> [Part] {
    var parts: [Part] = []
    var rest = translation[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      guard let number = Int(rest[rest.index(after: open)..<close]), number > 0 else { break }
      if open > rest.startIndex { parts.append(.words(String(rest[..<open]))) }
      parts.append(.value(number - 1))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty || parts.isEmpty { parts.append(.words(String(rest))) }
    return parts
  }
}

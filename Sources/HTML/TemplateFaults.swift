import Diagnostics

/// What is wrong with the templates of all pages, each mistake once: a partial or the layout is a part of many pages, and what is never
/// closed makes everything after it look wrong.
struct TemplateFaults {
  private struct Place: Hashable {
    let file: String?
    let position: Position?
    let id: String
  }

  private static let nesting: Set<String> = ["template-unclosed", "template-wrong-close", "template-unexpected-close"]
  private static let syntax: Set<String> = nesting.union(["template-unclosed-tag", "template-delimiters", "template-bad-name"])

  private var order: [Place] = []
  private var first: [Place: Diagnostic] = [:]
  private var pages: [Place: Int] = [:]

  /// What one page's template has.
  mutating func add(_ diagnostics: [Diagnostic]) {
    var own: Set<Place> = []
    for diagnostic in diagnostics {
      let place = Place(file: diagnostic.file, position: diagnostic.position, id: diagnostic.message.id)
      guard own.insert(place).inserted else { continue }
      pages[place, default: 0] += 1
      guard first[place] == nil else { continue }
      first[place] = diagnostic
      order.append(place)
    }
  }

  /// While the syntax of a template is wrong, its names mean nothing; and of its sections that do not fit together only the first tells.
  var diagnostics: [Diagnostic] {
    let isBroken = order.contains { TemplateFaults.syntax.contains($0.id) }
    var nested: Set<String?> = []
    let places = order.sorted { ($0.position ?? Position(line: 0, column: 0)) < ($1.position ?? Position(line: 0, column: 0)) }
    return places.compactMap { place in
      guard var diagnostic = first[place], !isBroken || TemplateFaults.syntax.contains(place.id) else { return nil }
      if TemplateFaults.nesting.contains(place.id), !nested.insert(place.file).inserted { return nil }
      let more = pages[place, default: 1] - 1
      if more > 0 { diagnostic.message.text += more == 1 ? " (and on 1 page more)" : " (and on \(more) pages more)" }
      return diagnostic
    }
  }
}

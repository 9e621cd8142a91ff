package import Records
package import Releases

/// An item of a note that stands on top, with a badge.
package struct Lifted: Hashable, Sendable {
  /// `breaking`, `security`.
  package let badge: String
  package let text: String
  /// The releases that say it, where there are several to choose from.
  package let versions: Sentence?

  /// How many of a kind a page names, and how many characters of each.
  private static let limit = (items: 200, characters: 1_000)

  /// Of a changelog entry or of a comparison: an item that is both stands once, as breaking.
  package static func all(breaking: [LiftedItem], security: [LiftedItem], namesVersions: Bool) -> [Lifted] {
    let known = Set(breaking.map(\.text))
    let kinds = [("breaking", breaking), ("security", security.filter { !known.contains($0.text) })]
    return kinds.flatMap { badge, items in
      items.prefix(limit.items).map { item in
        Lifted(
          badge: badge, text: Words.cut(item.text, to: limit.characters),
          versions: namesVersions ? .list(item.versions.map { "\(Version.display($0))" }) : nil)
      }
    }
  }

  /// Of one note.
  package static func all(_ note: ReleaseNote) -> [Lifted] {
    let items: ([String]) -> [LiftedItem] = { $0.map { LiftedItem(text: $0, versions: []) } }
    return all(breaking: items(note.breaking), security: items(note.security), namesVersions: false)
  }
}

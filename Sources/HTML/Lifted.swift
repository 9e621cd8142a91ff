import Records
import Releases
import Report
import Template

/// An item of a note that stands on top, with a badge. For `partials/lifted`.
struct Lifted: Model {
  /// `breaking`, `security`.
  let badge: String
  let text: String
  /// The releases that say it, where there are several to choose from.
  let versions: Sentence?

  static let fields = Fields<Lifted>(
    .words("badge") { $0.badge },
    .text("text") { $0.text },
    .words("versions") { $0.versions }
  )

  /// How many of a kind a page names, and how many characters of each.
  private static let limit = (items: 200, characters: 1_000)

  static func all(breaking: [LiftedItem], security: [LiftedItem], namesVersions: Bool) -> [Lifted] {
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

  static func all(_ note: ReleaseNote) -> [Lifted] {
    let items: ([String]) -> [LiftedItem] = { $0.map { LiftedItem(text: $0, versions: []) } }
    return all(breaking: items(note.breaking), security: items(note.security), namesVersions: false)
  }
}

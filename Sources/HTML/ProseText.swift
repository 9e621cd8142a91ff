import Documents
import Plan
import Records
import Report
import Template

/// Words of a person for `partials/prose`: markup from Markdown, else text as it was written.
package struct ProseText: Model {
  let markup: Markup?
  let text: String?

  static let fields = Fields<ProseText>(
    .markup("markup") { $0.markup },
    .text("text") { $0.text }
  )

  /// `headings`: the level of the highest heading, one below the heading that the words stand under. `ids`: what stands before every
  /// anchor of the words, so that no two notes of a page share one. `service`: whose releases the words may lead to.
  init?(_ prose: Prose?, headings: Int, ids: String, _ view: Viewpoint, service: Int? = nil) {
    switch prose {
    case nil: return nil
    case .text(let words):
      guard words.utf8.contains(where: { $0 > 0x20 }) else { return nil }
      text = words
      markup = nil
    case .markdown(let fragment, _):
      guard !fragment.isBlank else { return nil }
      text = nil
      markup = Markup(trusted: view.placed(fragment, headings: headings, ids: ids, service: service))
    }
  }
}

package import Documents

/// Words of a person, ready for a page: plain text from a record, or safe markup that was rendered from Markdown.
package enum Prose: Hashable, Sendable {
  /// Untrusted text; every page escapes it.
  case text(String)
  /// What the Markdown room made in safe mode; the only text that is not escaped.
  case markdown(Fragment, plain: String)

  /// The words without markup.
  package var plain: String {
    switch self {
    case .text(let text): text
    case .markdown(_, let plain): plain
    }
  }

  /// About how many bytes the words take on a page.
  package var weight: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .markdown(let fragment, _): fragment.weight
    }
  }
}

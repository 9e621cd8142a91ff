import Plan
import Releases
import Report
import Template

/// What a chat or a social site shows of a link to a page: Open Graph (ogp.me). Text only: a picture would have to be asked for.
struct LinkPreview: Model {
  /// What the page says in short.
  enum Text {
    case words(Sentence)
    case verdict(VerdictFacts)
  }

  /// `article` for what was written once, a release or an incident; else `website`.
  let kind: String
  let title: Sentence
  /// Where the address of the site is known.
  let address: String?
  private let text: Text?
  /// What the site says of itself, for a page that says nothing.
  private let site: String?

  static let fields = Fields<LinkPreview>(
    .text("kind") { $0.kind },
    .words("title") { $0.title },
    .text("text") { $0.text(in: $1) },
    .url("address") { $0.address }
  )

  private static let limit = 200

  init(isArticle: Bool, title: Sentence, text: Text?, site: String?, address: String?) {
    kind = isArticle ? "article" : "website"
    (self.title, self.text, self.site, self.address) = (title, text, site, address)
  }

  /// Never empty, and one line.
  func text(in book: Phrasebook) -> String {
    let own: String =
      switch text {
      case .words(let words)?: words.plain(in: book)
      case .verdict(let facts)?: facts.headline(in: book)
      case nil: ""
      }
    let lines = [own, site ?? ""].lazy.map(LinkPreview.line)
    return lines.first { !$0.isEmpty } ?? book.text("What runs where, what waits, and what changed.")
  }

  /// Cut where nobody reads on; only the beginning of a long text is looked at.
  private static func line(_ text: String) -> String {
    let words = text.unicodeScalars.prefix(limit * 8).split(whereSeparator: \.properties.isWhitespace).map { String($0) }
    return Words.cut(words.joined(separator: " "), to: limit)
  }
}

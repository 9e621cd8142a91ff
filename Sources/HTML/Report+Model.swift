package import Report
package import Template

/// What is said, as templates take it: for `partials/sentence`.
extension Sentence: Model {
  package static let fields = Fields<Sentence>(
    .list("pieces") { $0.resolved(in: $1) }
  )
}

extension Sentence.Piece: Model {
  package static let fields = Fields<Sentence.Piece>(
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

/// For `partials/link`.
extension LinkText: Model {
  package static let fields = Fields<LinkText>(
    .text("text") { $0.text },
    .url("url") { $0.destination.flatMap($1.address) },
    .words("before") { $0.before },
    .words("after") { $0.after }
  )
}

/// For `partials/time`.
extension TimeText: Model {
  package static let fields = Fields<TimeText>(
    .text("machine") { $0.machine },
    .text("text") { $0.text(in: $1) }
  )
}

/// For `partials/mark`.
extension Mark: Model {
  package static let fields = Fields<Mark>(
    .text("symbol") { $0.symbol },
    .words("word") { $0.word }
  )
}

/// For `partials/facts`.
extension Fact: Model {
  package static let fields = Fields<Fact>(
    .words("name") { $0.name },
    .object("code") { $0.code },
    .object("value") { $0.value }
  )
}

extension Field {
  /// Words of the interface, in the language of the page.
  static func words(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field {
    .text(name) { root, book in get(root).map(book.text) }
  }

  static func words(_ name: String, _ get: @escaping @Sendable (Root) -> Sentence?) -> Field {
    .text(name) { root, book in get(root)?.plain(in: book) }
  }

  static func words(_ name: String, _ get: @escaping @Sendable (Root) -> [Sentence]) -> Field {
    .texts(name) { root, book in get(root).map { $0.plain(in: book) } }
  }
}

/// For `partials/commits`.
extension CommitNotesText: Model {
  package static let fields = Fields<CommitNotesText>(
    .text("version") { $0.version },
    .list("groups") { $0.groups },
    .words("more") { $0.more }
  )
}

extension CommitNotesText.Group: Model {
  package static let fields = Fields<CommitNotesText.Group>(
    .words("title") { $0.title },
    .list("items") { $0.items }
  )
}

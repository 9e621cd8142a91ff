import Plan
import Records
import Report
import Template

/// Commits, for `partials/changes`.
struct ChangeList: Model, Hashable {
  struct Item: Model, Hashable {
    let commit: LinkText
    let subject: String?
    let by: Sentence

    static let fields = Fields<Item>(
      .object("commit") { $0.commit },
      .text("subject") { $0.subject },
      .object("by") { $0.by.isEmpty ? nil : $0.by }
    )
  }

  let count: String
  let items: [Item]
  /// What a page cannot hold.
  let more: Sentence?

  static let fields = Fields<ChangeList>(
    .text("count") { $0.count },
    .list("items") { $0.items },
    .object("more") { $0.more }
  )

  /// nil without changes. At most `limit` of them; `rest` leads to all, where there is such a page.
  init?(_ view: Viewpoint, _ changes: [Change], of service: Int, limit: Int = 200, rest: Destination? = nil) {
    guard !changes.isEmpty else { return nil }
    count = Format.grouped(changes.count)
    items = changes.prefix(limit).map { change in
      let parts: [Sentence?] = [
        change.author.map { "\($0)" }, change.committedAt.map { "\(view.wording.long($0))" },
        change.pullRequest.map { "pull request \($0)" },
        view.map.whereabouts(service, sha: change.sha).map { _ in
          "\(view.wording.own("where it is", .commit(service: service, change.sha)))"
        },
      ]
      return Item(
        commit: view.wording.commit(change.sha), subject: Words.subject(change.message),
        by: .joined(parts.compactMap { $0 }, separator: ", "))
    }
    more = changes.count > limit ? "\(view.wording.own("\(changes.count - limit) more", rest))" : nil
  }
}

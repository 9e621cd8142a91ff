import Releases
import Report
import Template

/// The commits that stand for the notes of a version, said to be commits; for `partials/commits`.
struct CommitNotesText: Model, Hashable {
  struct Group: Model, Hashable {
    /// nil where the commits are of one group.
    let title: String?
    let items: [LinkText]

    static let fields = Fields<Group>(
      .words("title") { $0.title },
      .list("items") { $0.items }
    )
  }

  let version: String
  let groups: [Group]
  /// What a page cannot hold.
  let more: Sentence?

  static let fields = Fields<CommitNotesText>(
    .text("version") { $0.version },
    .list("groups") { $0.groups },
    .words("more") { $0.more }
  )

  private static let limit = 50

  /// Of one entry: lists of commits beyond so many would make a page, or a feed, too heavy.
  private static let mostOfEntry = 5

  /// The commits of the first versions that have some, and the versions of which there is nothing to tell, or no room for it.
  /// `besides`: how many lists the entry has already.
  static func standing(
    for undescribed: [String], _ view: Viewpoint, service: Int, besides: Int = 0
  ) -> (texts: [CommitNotesText], bare: [String]) {
    var texts: [CommitNotesText] = []
    var bare: [String] = []
    for version in undescribed {
      if besides + texts.count < mostOfEntry, let text = CommitNotesText(view, service: service, version: version) {
        texts.append(text)
      } else {
        bare.append(version)
      }
    }
    return (texts, bare)
  }

  /// nil where the version has notes, or no commit of it is known.
  init?(_ view: Viewpoint, service: Int, version: String) {
    guard let notes = view.catalog.commitNotes(version, service) else { return nil }
    self.version = version
    var left = CommitNotesText.limit
    var groups: [Group] = []
    for group in notes.groups where left > 0 {
      let items = group.items.prefix(left).map { item in
        LinkText(
          text: Words.cut(item.text, to: 300), to: view.map.whereabouts(service, sha: item.sha).map(Destination.site))
      }
      left -= items.count
      groups.append(Group(title: notes.hasTitles ? group.kind.title : nil, items: items))
    }
    self.groups = groups
    let rest = notes.items.count - groups.reduce(0) { $0 + $1.items.count }
    more = rest > 0 ? Format.count(rest, "more commit") : nil
  }
}

package import Releases

/// The commits that stand for the notes of a version, said to be commits.
package struct CommitNotesText: Hashable {
  package struct Group: Hashable {
    /// nil where the commits are of one group.
    package let title: String?
    package let items: [LinkText]
  }

  package let version: String
  package let groups: [Group]
  /// What a page cannot hold.
  package let more: Sentence?

  private static let limit = 50

  /// Of one entry: lists of commits beyond so many would make a page, or a feed, too heavy.
  private static let mostOfEntry = 5

  /// The commits of the first versions that have some, and the versions of which there is nothing to tell, or no room for it.
  /// `besides`: how many lists the entry has already.
  package static func standing(
    for undescribed: [String], _ catalog: Catalog, service: Int, besides: Int = 0
  ) -> (texts: [CommitNotesText], bare: [String]) {
    var texts: [CommitNotesText] = []
    var bare: [String] = []
    for version in undescribed {
      if besides + texts.count < mostOfEntry, let text = CommitNotesText(catalog, service: service, version: version) {
        texts.append(text)
      } else {
        bare.append(version)
      }
    }
    return (texts, bare)
  }

  /// nil where the version has notes, or no commit of it is known.
  package init?(_ catalog: Catalog, service: Int, version: String) {
    guard let notes = catalog.commitNotes(version, service) else { return nil }
    self.version = version
    var left = CommitNotesText.limit
    var groups: [Group] = []
    for group in notes.groups where left > 0 {
      let items = group.items.prefix(left).map { item in
        LinkText(
          text: Words.cut(item.text, to: 300), to: .commit(service: service, item.sha))
      }
      left -= items.count
      groups.append(Group(title: notes.hasTitles ? group.kind.title : nil, items: items))
    }
    self.groups = groups
    let rest = notes.items.count - groups.reduce(0) { $0 + $1.items.count }
    more = rest > 0 ? Format.count(rest, "more commit") : nil
  }
}

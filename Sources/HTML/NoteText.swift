import Plan
import Records
import Releases
import Report
import Template
import Time

/// A release as a part of another page: its name, its title and what its note says. For `partials/note`.
struct NoteText: Model {
  let release: LinkText
  let title: String?
  let date: TimeText?
  /// `again`, `yanked`, `pre-release`: in this order.
  let marks: [String]
  let body: ProseText?
  /// Why there is no body.
  let absence: String?
  /// What stands for a note that nobody wrote.
  let commits: CommitNotesText?

  static let fields = Fields<NoteText>(
    .object("release") { $0.release },
    .text("title") { $0.title },
    .object("date") { $0.date },
    .texts("marks") { $0.marks.map($1.text) },
    .object("body") { $0.body },
    .words("absence") { $0.absence },
    .object("commits") { $0.commits }
  )

  /// What a page still holds: bytes of notes before it only names releases, and how many it names.
  struct Room {
    fileprivate var weight = 200_000
    fileprivate var count = 200
  }

  /// The notes of `versions`, headings from level 4. `prefix` keeps the anchors of one list apart from those of another.
  static func all(_ view: Viewpoint, service: Int, versions: [String], again: [String] = [], prefix: String) -> [NoteText] {
    var room = Room()
    return all(view, service: service, versions: versions, again: again, prefix: prefix, room: &room)
  }

  /// Of several lists that share the room of a page.
  static func all(
    _ view: Viewpoint, service: Int, versions: [String], again: [String] = [], prefix: String, room: inout Room
  ) -> [NoteText] {
    let named = versions.prefix(room.count)
    room.count -= named.count
    return named.enumerated().map { number, version in
      let note = view.note(of: version, service: service)
      let cost = note.map { $0.body.weight } ?? 0
      let fits = cost <= room.weight
      if fits { room.weight -= cost }
      let body = fits ? ProseText(note?.body, headings: 4, ids: "\(prefix)\(number)-", view, service: service) : nil
      let commits = note == nil && number < 10 ? CommitNotesText(view.catalog, service: service, version: version) : nil
      let absence: String? =
        switch (note, fits, body) {
        case (nil, _, _): commits == nil ? "Nobody has described this release." : nil
        case (_, false, _): "Its notes stand on its own page."
        case (_, true, nil): "Its note is empty."
        case (_, true, _?): nil
        }
      return NoteText(
        release: view.wording.release(service, version), title: note?.title, date: note?.date.map(view.day),
        marks: (again.contains { Version.display($0) == Version.display(version) } ? ["again"] : []) + (note?.marks ?? []),
        body: body, absence: absence, commits: commits)
    }
  }

  /// How many more there are than the page names.
  static func omitted(_ versions: [String], shown: [NoteText]) -> Sentence? {
    versions.count > shown.count ? Format.count(versions.count - shown.count, "more release") : nil
  }
}

extension Viewpoint {
  func note(of version: String, service: Int) -> ReleaseNote? {
    catalog.services[service].release(version: version).flatMap { catalog.services[service].releases[$0].note?.value }
  }

  /// A day that has no time.
  func day(_ date: CivilDate) -> TimeText { TimeText(date) }
}

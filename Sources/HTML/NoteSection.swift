import Plan
import Records
import Releases
import Report
import Template

/// What a release says of itself, within a changelog entry.
struct NoteSection: Model {
  let id: String
  /// nil where the entry is about this release alone and its heading says so.
  let heading: LinkText?
  let title: String?
  let isAgain: Bool
  let isYanked: Bool
  /// `breaking`, `security`.
  let badges: [String]
  /// Whether a rollback took it away again.
  let isStruck: Bool
  let prose: ProseText?
  /// Where the notes can be read, if they are too long for this page.
  let elsewhere: LinkText?

  static let fields = Fields<NoteSection>(
    .text("id") { $0.id },
    .object("heading") { $0.heading },
    .text("noteTitle") { $0.title },
    .flag("again") { $0.isAgain },
    .flag("yanked") { $0.isYanked },
    .texts("badges") { $0.badges.map($1.text) },
    .flag("struck") { $0.isStruck },
    .object("prose") { $0.prose },
    .object("elsewhere") { $0.elsewhere }
  )
}

/// Makes the notes of one page and keeps the page within its weight: what does not fit is a link to the release's own page.
struct NoteWriter {
  /// Bytes of notes on one page; with everything around them a page stays under 500 kB (site.md, Look).
  private static let limit = 240_000

  private let view: Viewpoint
  private var left = NoteWriter.limit

  init(_ view: Viewpoint) { self.view = view }

  /// The notes of `versions`, those with a note only. `alone`: whether the entry's heading stands for the only one of them.
  mutating func sections(
    of versions: [String], _ service: Int, id: String, alone: String?, again: [String] = [], struck: Set<String> = []
  ) -> [NoteSection] {
    let isAlone = versions.count == 1 && alone.map(Version.display) == versions.first.map(Version.display)
    return versions.compactMap { version -> NoteSection? in
      guard let index = view.catalog.services[service].release(version: version),
        let note = view.catalog.services[service].releases[index].note?.value
      else { return nil }
      let fits = note.body.weight <= left
      if fits { left -= note.body.weight }
      let anchor = id + "/" + view.map.releaseSlug(service, index)
      return NoteSection(
        id: anchor, heading: isAlone ? nil : view.wording.release(service, version), title: note.title,
        isAgain: again.contains(version), isYanked: note.yanked, badges: note.badges,
        isStruck: struck.contains(Version.display(version)),
        prose: fits ? ProseText(note.body, headings: isAlone ? 3 : 4, ids: anchor + "/", view, service: service) : nil,
        elsewhere: fits ? nil : view.wording.release(service, version, named: true))
    }
  }
}

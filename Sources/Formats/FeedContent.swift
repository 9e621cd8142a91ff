import Documents
import Plan
import Records
import Releases
import Report
import Template
import Time

/// What an entry of a feed says in full, as HTML that needs no style sheet. A reader shows many entries in one page and knows none of ours:
/// names of places are those of the entry alone, and links to them lead to the page that has them.
struct FeedContent {
  /// Bytes of notes in an entry; of what does not fit there is the start, and a link.
  private static let limit = 32_000
  /// Characters of that start.
  private static let start = 600

  private static let mostTargets = 12

  private let view: Viewpoint
  /// What stands before the names of all places of the entry.
  private let ids: String
  private var left = FeedContent.limit
  private var html = XMLWriter()

  static func html(_ entry: ChangelogEntry, _ service: Int, _ view: Viewpoint, environment: Int) -> [UInt8] {
    let name = view.map.entryID(service, deployment: entry.deployment)
    var content = FeedContent(view: view, ids: view.map.environments[environment] + "/" + name + "/")
    content.write(entry, service)
    return content.html.bytes
  }

  static func html(_ record: IncidentRecord, _ index: Int, _ view: Viewpoint) -> [UInt8] {
    let path = view.map.incident(index)
    var content = FeedContent(view: view, ids: path + "/")
    content.write(record, page: view.url(path))
    return content.html.bytes
  }

  private init(view: Viewpoint, ids: String) { (self.view, self.ids) = (view, ids) }

  private mutating func write(_ entry: ChangelogEntry, _ service: Int) {
    let deployment = view.catalog.services[service].deployments[entry.deployment]
    let before: Sentence = entry.from.map { " from \($0)" } ?? ""
    let by: Sentence = deployment.by.map { ", by \($0)" } ?? ""
    var others = entry.targets.prefix(FeedContent.mostTargets).map { target -> Sentence in
      "\(target.name) \(view.wording.when(target.at))"
    }
    if entry.targets.count > others.count { others.append("\(entry.targets.count - others.count) more") }
    let on: Sentence = others.isEmpty ? "" : ", on \(Sentence.joined(others, separator: ", "))"
    let what: Sentence = "\(words: entry.kind.rawValue)\(before) to \(entry.to)\(on)\(by)"
    html.element("p", what.plain(in: view.book))
    if let reason = deployment.reason { html.element("p", reason) }
    list("Removed", entry.removes)
    list("Fixes of the old line that are missing", entry.missingFixes)
    let (commits, bare) = CommitNotesText.standing(for: entry.missingNotes, view.catalog, service: service)
    for text in commits { write(text) }
    list("Without notes", bare)
    for version in entry.includes {
      let marks = [entry.again.contains(version) ? ", again" : "", entry.yanked.contains(version) ? ", yanked" : ""]
      html.element("h3", version + marks.map(view.book.text).joined())
      guard let index = view.catalog.services[service].release(version: version),
        let note = view.catalog.services[service].releases[index].note?.value, let path = view.map.release(service, index)
      else { continue }
      prose(
        note.body, ids: view.map.releaseSlug(service, index) + "/", page: view.url(path), places: "note-", service: service)
    }
  }

  private mutating func write(_ record: IncidentRecord, page: String) {
    if let description = record.description { prose(description, ids: "description/", page: page, places: "description/") }
    // As its page counts them.
    for (number, update) in record.updates.enumerated().reversed() {
      html.element("h3", update.at.description + (update.state.map { " " + view.book.text($0.rawValue) } ?? ""))
      prose(update.text, ids: "\(number + 1)/", page: page, places: "update-\(number + 1)/")
    }
  }

  /// What stands for the notes of a version that has none.
  private mutating func write(_ text: CommitNotesText) {
    html.element("h3", text.version)
    html.element("p", ("Nobody wrote notes for \(text.version). These are its commits:" as Sentence).plain(in: view.book))
    for group in text.groups {
      if let title = group.title { html.element("h4", view.book.text(title)) }
      html.markup("<ul>")
      for item in group.items { html.element("li", item.text) }
      html.markup("</ul>")
    }
    if let more = text.more { html.element("p", more.plain(in: view.book)) }
  }

  private mutating func list(_ title: String, _ versions: [String]) {
    if !versions.isEmpty { html.element("p", "\(view.book.text(title)): \(versions.joined(separator: ", "))") }
  }

  /// `ids`: what tells the text from others of the entry. `page`: where it stands too, `places`: what stands before the names of its places
  /// there.
  private mutating func prose(_ prose: Prose, ids: String, page: String, places: String, service: Int? = nil) {
    let weight = prose.weight
    guard weight <= left else { return cut(prose, page: page) }
    left -= weight
    switch prose {
    case .text(let text): html.element("p", text)
    case .markdown(let fragment, _):
      html.safe(view.placed(fragment, ids: self.ids + ids, service: service, page: page + "#" + places))
    }
  }

  private mutating func cut(_ prose: Prose, page: String) {
    html.element("p", Words.cut(prose.plain, to: FeedContent.start))
    html.markup("<p><a href=\"")
    html.text(page)
    html.markup("\">")
    html.text(view.book.text("Its notes stand on its own page."))
    html.markup("</a></p>")
  }
}

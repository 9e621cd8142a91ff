import Documents
import Records
package import Releases
import Report

extension BroughtNotes {
  package enum Format: String, CaseIterable, Sendable { case markdown, json, text }

  /// All of them in one text.
  package static func write(_ all: [BroughtNotes], of catalog: Catalog, as format: Format) -> [UInt8] {
    switch format {
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.key("schema")
        json.string("tidemark/notes/1")
        json.key("notes")
        json.array(all) { $1.write(catalog, to: &$0) }
      }
      return json.bytes + [0x0A]
    case .markdown: return Array(all.map { $0.markdown(catalog) }.joined(separator: "\n").utf8)
    case .text: return Array(all.map { $0.text(catalog) }.joined(separator: "\n").utf8)
    }
  }

  private func note(_ version: String, _ catalog: Catalog) -> ReleaseNote? {
    let service = catalog.services[service]
    return service.release(version: version).flatMap { service.releases[$0].note?.value }
  }

  // MARK: Text

  /// `Checkout 1.5.0 in Production, after 1.4.0`.
  private func heading(_ catalog: Catalog) -> String {
    let place = environment.map { (isPending ? " for " : " in ") + catalog.environments[$0].name } ?? ""
    let before = from.map { (isRollback ? ", back from " : ", after ") + $0 } ?? ""
    guard let to else { return "\(catalog.services[service].name): what comes next" }
    return "\(catalog.services[service].name) \(to)\(place)\(before)"
  }

  /// What stands before the notes of the releases.
  private func remarks(_ catalog: Catalog) -> [String] {
    var remarks: [String] = []
    if isRollback { remarks.append("Takes away: " + removes.joined(separator: ", ")) }
    if !again.isEmpty { remarks.append("Here again: " + again.joined(separator: ", ")) }
    let bare = releases.filter { note($0, catalog) == nil && catalog.commitNotes($0, service) == nil }
    if !bare.isEmpty { remarks.append("Without notes: " + bare.joined(separator: ", ")) }
    if releases.isEmpty, !isRollback, unreleased.isEmpty { remarks.append("No release with notes.") }
    return remarks
  }

  /// What a note says as it was written, without the blank lines around it; nil where that is nothing.
  private static func markdown(of note: ReleaseNote) -> String? {
    let body = String(decoding: note.markdown, as: UTF8.self)
    let lines = body.split(whereSeparator: \.isNewline).isEmpty ? "" : body
    let trimmed = lines.drop(while: \.isNewline)
    return trimmed.isEmpty ? nil : String(trimmed.reversed().drop { $0.isWhitespace }.reversed())
  }

  private func markdown(_ catalog: Catalog) -> String {
    var parts = ["# " + heading(catalog)] + remarks(catalog)
    for note in unreleased {
      if let version = note.version { parts.append("## " + BroughtNotes.title(of: note, version)) }
      if let text = BroughtNotes.markdown(of: note) { parts.append(text) }
    }
    for version in releases {
      guard let note = note(version, catalog) else {
        parts += catalog.commitNotes(version, service).map { ["## " + version] + BroughtNotes.markdown($0) } ?? []
        continue
      }
      parts.append("## " + BroughtNotes.title(of: note, version))
      if let text = BroughtNotes.markdown(of: note) { parts.append(text) }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func title(of note: ReleaseNote, _ version: String) -> String {
    let words = [note.title, note.date.map { Report.Format.machineDay($0) }].compactMap(\.self) + note.marks
    return ([Version.display(version)] + words).joined(separator: " – ")
  }

  private static let ofCommits = "Nobody wrote notes. These are its commits:"

  /// Subjects are nobody's Markdown: what could be markup is escaped.
  private static func markdown(_ commits: CommitNotes) -> [String] {
    [ofCommits]
      + commits.groups.flatMap { group in
        (commits.hasTitles ? ["### " + group.kind.title] : [])
          + [group.items.map { "- " + StatusReport.escaped($0.text) }.joined(separator: "\n")]
      }
  }

  private static func text(_ commits: CommitNotes) -> [String] {
    [ofCommits]
      + commits.groups.flatMap { group in
        (commits.hasTitles ? [group.kind.title + ":"] : []) + group.items.map { "- " + StatusText.plain($0.text) }
      }
  }

  private func text(_ catalog: Catalog) -> String {
    var lines = [heading(catalog)] + remarks(catalog)
    for note in unreleased {
      if let version = note.version.map(Version.display) {
        lines += ["", ([version, note.title].compactMap(\.self) + note.marks).joined(separator: " – ")]
      }
      lines += note.breaking.map { "! " + $0.replacing("\n", with: " ") } + [note.body.plain]
    }
    for version in releases {
      guard let note = note(version, catalog) else {
        lines += catalog.commitNotes(version, service).map { ["", version] + BroughtNotes.text($0) } ?? []
        continue
      }
      lines.append("")
      lines.append(([version, note.title].compactMap(\.self) + note.marks).joined(separator: " – "))
      lines += note.breaking.map { "! " + $0.replacing("\n", with: " ") }
      lines.append(note.body.plain)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: JSON

  private func commitItems(_ version: String, _ catalog: Catalog) -> [(kind: String, text: String, sha: String)] {
    (catalog.commitNotes(version, service)?.groups ?? []).flatMap { group in
      group.items.map { (group.kind.rawValue, $0.text, $0.sha) }
    }
  }

  private func write(_ catalog: Catalog, to json: inout JSONWriter) {
    json.object { json in
      json.key("service")
      json.string(catalog.services[service].key)
      json.key("environment")
      json.string(environment.map { catalog.environments[$0].key })
      json.key("from")
      json.string(from)
      json.key("to")
      json.string(to)
      json.key("pending")
      json.bool(isPending)
      json.key("rollback")
      json.bool(isRollback)
      json.key("removes")
      json.strings(removes)
      json.key("again")
      json.strings(again)
      json.key("releases")
      let all =
        unreleased.map { (version: $0.version.map(Version.display), note: ReleaseNote?.some($0)) }
        + releases.map { (version: $0, note: note($0, catalog)) }
      json.array(all) { json, release in
        let note = release.note
        json.object { json in
          json.key("version")
          json.string(release.version)
          json.key("title")
          json.string(note?.title)
          json.key("date")
          json.string(note?.date.map { Report.Format.machineDay($0) })
          json.key("yanked")
          json.bool(note?.yanked ?? false)
          json.key("breaking")
          json.strings(note?.breaking ?? [])
          json.key("text")
          json.string(note?.body.plain)
          json.key("markdown")
          json.string(note.map { String(decoding: $0.markdown, as: UTF8.self) })
          // What stands for the notes of a version that has none; empty where it has some.
          json.key("commits")
          json.array(release.version.map { commitItems($0, catalog) } ?? []) { json, item in
            json.object { json in
              json.member("kind", item.kind)
              json.member("text", item.text)
              json.member("sha", item.sha)
            }
          }
        }
      }
    }
  }
}

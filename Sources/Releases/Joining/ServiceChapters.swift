import Diagnostics

/// Changelogs of several services that give each a heading, of the first level or of the second: those of which at least one such
/// heading is a service.
struct ServiceChapters {
  private struct Division {
    let level: Int
    let services: [String: Int]
  }

  private var ofFile: [String: Division] = [:]

  /// `notes`: those that say nothing of their service.
  init(_ notes: [Located<ReleaseNote>], _ services: ServiceNames) {
    for (file, notes) in Dictionary(grouping: notes, by: \.file) {
      let chapters = notes.flatMap(\.value.chapters)
      for level in Set(chapters.map(\.level)).sorted() where ofFile[file] == nil {
        let names = Set(chapters.filter { $0.level == level }.map(\.name))
        let known = names.compactMap { name in services.existing(product: name[...]).map { (name, $0) } }
        if !known.isEmpty { ofFile[file] = Division(level: level, services: Dictionary(uniqueKeysWithValues: known)) }
      }
    }
  }

  /// The heading that tells the service of a note, and that service; nil where it is none.
  func chapter(of note: Located<ReleaseNote>) -> (chapter: ReleaseNote.Chapter, service: Int?)? {
    guard let division = ofFile[note.file] else { return nil }
    return note.value.chapters.first { $0.level == division.level }.map { ($0, division.services[$0.name]) }
  }
}

/// Releases below a heading that is no service, beside headings that are. Nobody knows whose they are.
struct StrayReleases {
  private var ofHeading: [RecordPlace: (name: String, notes: [Located<ReleaseNote>])] = [:]

  mutating func add(_ note: Located<ReleaseNote>, below chapter: ReleaseNote.Chapter) {
    let place = RecordPlace(file: note.file, position: Position(line: chapter.line, column: 1))
    ofHeading[place, default: (chapter.name, [])].notes.append(note)
  }

  var leftOut: [LeftOut] {
    ofHeading.values.flatMap { name, notes in
      notes.map { LeftOut($0, "it stands below '\(name)', which is no service") }
    }
  }

  /// One for each such heading.
  func warnings(_ services: ServiceNames) -> [Diagnostic] {
    ofHeading.sorted { $0.key < $1.key }.map { place, stray in
      Diagnostic(
        .warning, .unknownChapter(stray.name, releases: stray.notes.count, services.keys), file: place.file,
        position: place.position)
    }
  }
}

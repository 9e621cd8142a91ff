import Diagnostics
import Records

/// Changelogs of several services that give each a heading, of the first level or of the second: those of which at least one such
/// heading is a service, and of a file that says whose it is, another one.
struct ServiceChapters {
  private struct Division {
    let level: Int
    let services: [String: Int]
  }

  private var ofFile: [String: Division] = [:]
  /// Of the files with several innermost chapters of which none is a service.
  private var undivided: Set<String> = []

  /// `homes`: of each note the service that it says it is of.
  init(_ notes: [Located<ReleaseNote>], homes: [Int?], _ services: ServiceNames) {
    for (file, ofOne) in Dictionary(grouping: zip(notes, homes), by: { $0.0.file }) {
      let chapters = ofOne.flatMap { $0.0.value.chapters }
      let home = ofOne.lazy.compactMap { $0.1 }.first
      for level in Set(chapters.map(\.level)).sorted() where ofFile[file] == nil {
        let names = Set(chapters.filter { $0.level == level }.map(\.name))
        let known = names.compactMap { name in services.existing(product: name[...]).map { (name, $0) } }
        if known.contains(where: { home == nil || $0.1 != home }) {
          ofFile[file] = Division(level: level, services: Dictionary(uniqueKeysWithValues: known))
        }
      }
      if ofFile[file] == nil, Set(ofOne.compactMap { $0.0.value.chapters.last?.name }).count > 1 { undivided.insert(file) }
    }
  }

  /// The heading that tells the service of a note, and that service; nil where it is none.
  func chapter(of note: Located<ReleaseNote>) -> (chapter: ReleaseNote.Chapter, service: Int?)? {
    guard let division = ofFile[note.file] else { return nil }
    return note.value.chapters.first { $0.level == division.level }.map { ($0, division.services[$0.name]) }
  }

  /// What was meant to be a service and is none, where nobody knows whose a note is.
  func unknownName(above note: Located<ReleaseNote>, _ services: ServiceNames) -> String? {
    let near = note.value.chapters.last { nearMiss($0.name, among: services.keys) != nil }
    return near?.name ?? (undivided.contains(note.file) ? note.value.chapters.last?.name : nil)
  }
}

extension ReleaseNote.Chapter {
  /// `Older`, `2.x`, `Release history`: it tells of the age of releases, not whose they are.
  var isOfAge: Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return name.contains(where: \.isNumber) || words.contains { ReleaseNote.Chapter.ages.contains(String($0)) }
  }

  private static let ages: Set<String> = [
    "archive", "archived", "changelog", "earlier", "history", "legacy", "old", "older", "past", "previous", "releases",
    "versions",
    "alte", "archiv", "frühere", "historie", "versionen", "ältere",
  ]
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

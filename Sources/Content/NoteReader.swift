import Diagnostics
import Documents
import Markdown
import Records
import Time

/// Reads one note of `releases/`.
struct NoteReader {
  static let keys = ["version", "date", "service", "title", "yanked", "includes", "audience", "draft"]

  let source: Source
  let path: NotePath
  let configuration: Configuration
  let images: ContentImages
  var reader: FieldReader
  /// Its headings are those of releases, and neither its name nor its front matter says of which it is.
  private(set) var isChangelog = false

  /// nil where the file is left out; the first diagnostic is the reason, or an error says what is wrong.
  mutating func read(_ matter: FrontMatter) -> ReleaseNote? {
    let fields = matter.node.flatMap { reader.fields($0, name: "", known: Self.keys) }
    let version = fields.flatMap { reader.text($0, "version") }
    let service = fields.flatMap { reader.text($0, "service") }
    let isDraft = fields.flatMap { reader.flag($0, "draft") } ?? false
    var note = ReleaseNote(
      version: nil, service: service ?? path.service, body: .text(""),
      markdown: withoutGaps(matter.body.bytes, of: matter.written))
    if let fields { readFields(fields, into: &note) }
    let audience = fields.map { reader.audience($0, configuration) } ?? []
    if reader.hasErrors, !isDraft { return nil }
    if let reason = reasonToSkip(isDraft: isDraft, audience, hasVersion: version != nil) {
      // A draft may still be faulty.
      let others = reader.diagnostics.filter { $0.severity < .error }
      reader = FieldReader([source.diagnostic(reason.severity, reason.message, at: 0)] + others, of: "the front matter")
      return nil
    }
    if path.isTooDeep, version == nil || service == nil {
      reader.report(source.diagnostic(.error, .notePath(path.text), at: 0))
      return nil
    }
    let name = NoteFileName(path.stem, setting(of: note))
    let written = version ?? name.version ?? path.stem
    let isNext = version == nil && ReleaseHeading.isNext(fileName: path.stem)
    note.version = isNext || written.lowercased() == "unreleased" ? nil : written
    note.isNamedByFile = version == nil && note.version != nil && !name.isCertain
    if version == nil, let cut = note.version, cut != path.stem { note.otherVersions = [path.stem] }
    let isNamed = version != nil || note.version == nil || VersionText.first(in: path.stem, setting(of: note)) != nil
    readBody(matter.body, into: &note, isNamed: isNamed, mayBeTitled: !isNamed && name.version == nil)
    // What is written in the note is nearer to it.
    note.date = note.date ?? name.day
    return note
  }

  private mutating func readFields(_ fields: Fields, into note: inout ReleaseNote) {
    if let node = fields["date"], let text = reader.text(fields, "date") {
      // Other generators write times; the day is that of the site's zone.
      note.date = CivilDate(text) ?? Timestamp(rfc3339: text).map { configuration.zone.civil($0).date }
      if note.date == nil, let date = WrittenDate(startOf: text[...], zone: configuration.zone), date.rest.isEmpty,
        !date.isImpossible, !date.isSwapped
      {
        note.date = date.day
      }
      if note.date == nil { reader.report(.error, .notADay("date", text), at: node) }
    }
    note.title = reader.text(fields, "title")
    note.yanked = reader.flag(fields, "yanked") ?? false
    note.includes = reader.texts(fields, "includes")
  }

  private func reasonToSkip(
    isDraft: Bool, _ audience: [String], hasVersion: Bool
  ) -> (severity: Diagnostic.Severity, message: Diagnostic.Message)? {
    if isDraft { return (.note, .draft) }
    if !configuration.isReadBy(audience) { return (.note, .otherReaders(audience)) }
    if hasVersion { return nil }
    return path.isReadme ? (.note, .noRelease) : nil
  }

  private func setting(of note: ReleaseNote) -> ReleaseHeading.Setting { .init(configuration, service: note.service) }

  private mutating func readBody(_ source: Source, into note: inout ReleaseNote, isNamed: Bool, mayBeTitled: Bool) {
    let links = MarkdownLinks(configuration, service: note.service, file: source.file, images: images)
    let setting = setting(of: note)
    var read = note
    let stem = path.stem
    let parsed = Body.read(
      source, links,
      seeing: { headings in
        guard mayBeTitled, let found = NoteReader.version(titling: headings, setting) else { return }
        (read.version, read.otherVersions, read.isNamedByFile) = (found, [stem], false)
      },
      isTitle: { isTitle($0, of: read, setting) })
    note = read
    for diagnostic in parsed.diagnostics { reader.report(diagnostic) }
    note.take(parsed.value, setting)
    lookForReleases(parsed.value.outline, in: source, of: note, isNamed: isNamed)
  }

  /// The version that the first heading is certain to name, where no other heading is that of another release.
  private static func version(titling headings: [MarkdownHeading], _ setting: ReleaseHeading.Setting) -> String? {
    let named = headings.compactMap { ReleaseHeading(naming: $0.text, setting)?.versions }
    guard let first = headings.first, first.isFirst, named.count >= 1, Set(named).count == 1, named[0].count == 1,
      ReleaseHeading(naming: first.text, setting) != nil
    else { return nil }
    return named[0][0]
  }

  /// Headings of several releases make a changelog of a note that is of no version. Where it is of one, or where it is not certain
  /// that they are releases, that is said: their changes are told as those of one release.
  private mutating func lookForReleases(
    _ headings: [MarkdownHeading], in source: Source, of note: ReleaseNote, isNamed: Bool
  ) {
    guard headings.count > 1 else { return }
    let setting = setting(of: note)
    let own = note.version.flatMap { VersionText.first(in: $0, setting) }
    let releases = ChangelogOutline(headings, setting).releases.filter { release in
      guard let version = release.heading.versions.first, VersionText.isWhole(version, setting) else { return false }
      return own.map { !VersionText.isPart(version, of: $0) } ?? true
    }
    let certain = releases.filter { release in
      ReleaseHeading(naming: headings[release.index].text, setting) != nil
    }
    if !isNamed, Set(certain.map(\.heading.versions[0])).count > 1 {
      isChangelog = true
      return
    }
    let told = isNamed ? certain : releases
    guard Set(told.map(\.heading.versions[0])).count > 1 else { return }
    let line = headings[told[0].index].line + source.precedingLines
    reader.report(
      Diagnostic(
        .warning, .releasesInNote(told.map(\.heading.versions[0])), file: source.file,
        position: Position(line: line, column: 1)))
  }
}

extension FieldReader {
  /// For whom a whole note is; empty: for everybody.
  mutating func audience(_ fields: Fields, _ configuration: Configuration) -> [String] {
    guard let node = fields["audience"], let names = texts(fields, "audience") else { return [] }
    for message in configuration.unknownAudiences(names) { report(.warning, message, at: node) }
    return names
  }
}

/// Where a note lies below `releases/`.
struct NotePath {
  let text: String
  /// The file's name without its ending.
  let stem: String
  /// The folder that it lies in; nil at the top.
  let service: String?
  let isTooDeep: Bool

  init(_ path: String) {
    text = path
    let parts = path.split(separator: "/").map(String.init)
    stem = parts.last.map(withoutEnding) ?? ""
    service = parts.count == 2 ? parts[0] : nil
    isTooDeep = parts.count > 2
  }

  /// Words that people call such a file by, in any case and with any marks between them, before the language that it may name.
  private static let changelogs: Set<String> = [
    "changes", "history", "news", "releases", "releasenotes", "releaselog", "releasehistory", "relnotes", "whatsnew",
    "versions",
    "versionhistory", "versionlog", "updates",
    "änderungen", "aenderungen", "änderungsprotokoll", "aenderungsprotokoll", "versionshinweise", "versionsgeschichte",
    "versionshistorie", "versionen", "neuigkeiten", "neuerungen",
    "historique", "notesdeversion", "nouveautés", "nouveautes", "journaldesmodifications",
    "cambios", "historial", "historialdecambios", "registrodecambios", "notasdelaversión", "notasdelaversion", "notasdeversión",
    "notasdeversion", "novedades", "versiones",
  ]

  var isChangelog: Bool {
    let words = String(stem.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." })
    return words.hasPrefix("changelog") || NotePath.changelogs.contains(String(words.prefix { $0 != "." }))
  }

  var isReadme: Bool { ["readme", "index"].contains(stem.lowercased()) }
}

/// A file's name without `.md` or `.markdown`; as it is where it has another ending.
package func withoutEnding(_ name: String) -> String {
  for ending in [".markdown", ".md"] where name.lowercased().hasSuffix(ending) { return String(name.dropLast(ending.count)) }
  return name
}

/// The name under which a file would be a note, which looks like one and has another ending or none: `1.3.0.txt`, `CHANGELOG`.
package func nearNoteName(_ name: String) -> String? {
  if withoutEnding(name) != name || ["readme", "index", "license"].contains(name.prefix { $0 != "." }.lowercased()) {
    return nil
  }
  if NotePath(name).isChangelog || VersionText.isWhole(name), !name.contains(".") || VersionText.isWhole(name) {
    return name + ".md"
  }
  guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
  let ending = name[name.index(after: dot)...].lowercased()
  guard noteEndings.contains(ending) || nearMiss(ending, among: ["markdown"]) != nil else { return nil }
  return withoutEnding(String(name[..<dot])) + ".md"
}

/// Of texts that people write notes as.
private let noteEndings: Set<String> = [
  "txt", "text", "mdown", "mdwn", "mkd", "mkdn", "mdtxt", "mdtext", "mdx", "rmd", "qmd", "rst", "rest", "adoc", "asciidoc",
  "textile",
  "org", "wiki", "mediawiki", "html", "htm",
]

/// Whether the first heading of a note says what stands above it on the page anyway.
func isTitle(_ heading: String, of note: ReleaseNote, _ setting: ReleaseHeading.Setting) -> Bool {
  guard let title = note.title else { return true }
  let said = NoteHeading(heading, version: note.version, setting).title
  return said == nil || said == title || heading == title
}

extension ReleaseNote {
  /// Sets what the body says. Its heading gives title and date where nothing else does.
  mutating func take(_ read: Body, _ setting: ReleaseHeading.Setting) {
    if let text = read.title {
      let heading = NoteHeading(text, version: version, setting)
      title = title ?? heading.title
      date = date ?? heading.date
      yanked = yanked || heading.isYanked
      isMarkedUnreleased = isMarkedUnreleased || heading.isUnreleased
    }
    take(read.text)
  }

  mutating func take(_ text: RenderedMarkdown) {
    body = Prose(text)
    breaking = text.breaking
    security = text.security
    contributors = text.contributors.map { Contributor(name: $0.name, url: $0.address) }
  }
}

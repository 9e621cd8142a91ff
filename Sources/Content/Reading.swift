package import Diagnostics
import Documents
import Markdown
package import Records
package import Time

/// `tidemark.yml`. An unknown key is a warning with the near miss; a wrong value is an error at its place and keeps the default.
/// `zone` gives the bytes of a time zone's TZif file, nil if it is not installed.
package func readConfiguration(_ source: Source, zone: @escaping (String) -> [UInt8]?) -> Parsed<Configuration> {
  let parsed = readYAML(source)
  var reader = ConfigurationReader(FieldReader(parsed.diagnostics, of: "the file"), tzif: zone)
  var configuration = Configuration()
  configuration.file = source.file
  if let node = parsed.value, !node.isNull { reader.read(node, into: &configuration) }
  configuration.isUsable = reader.reader.errors == reader.errorsOfRules
  return Parsed(configuration, reader.reader.diagnostics)
}

/// One note of `releases/`: front matter and Markdown. `path` is relative to `releases/`: `<service>/<version>.md` or `<version>.md`;
/// what the front matter says wins over it.
///
/// nil where the note is left out. With an error among the diagnostics it is faulty; without one it is skipped, and the first
/// diagnostic says why (a draft, a file that is no release).
package func readReleaseNote(
  _ source: Source, path: String, _ configuration: Configuration = Configuration(), images: ContentImages = ContentImages()
) -> Parsed<
  Located<ReleaseNote>?
> {
  readNote(source, path: path, configuration, images).note
}

private func readNote(
  _ source: Source, path: String, _ configuration: Configuration, _ images: ContentImages
) -> (note: Parsed<Located<ReleaseNote>?>, isChangelog: Bool) {
  let matter = readFrontMatter(source, configuration)
  guard let parts = matter.value else { return (Parsed(nil, matter.diagnostics), false) }
  var reader = NoteReader(
    source: source, path: NotePath(path), configuration: configuration, images: images,
    reader: FieldReader(matter.diagnostics, of: "the front matter"))
  let note = reader.read(parts)
  return (Parsed(note.map { located($0, in: source) }, reader.reader.diagnostics), reader.isChangelog)
}

/// What a file of `releases/` holds.
package enum NoteFile: Sendable {
  case note(Parsed<Located<ReleaseNote>?>)
  case changelog(Parsed<[Located<ReleaseNote>]>)
}

/// A file of `releases/`: a changelog by its name, or because its headings are those of several releases; else one note.
package func readNoteFile(
  _ source: Source, path: String, _ configuration: Configuration = Configuration(), images: ContentImages = ContentImages()
) -> NoteFile {
  if !isChangelog(path: path) {
    let (note, isChangelog) = readNote(source, path: path, configuration, images)
    if !isChangelog { return .note(note) }
  }
  return .changelog(readChangelog(source, path: path, configuration, images: images))
}

/// Whether a file of `releases/` is a changelog by its name: `CHANGELOG.md`, `CHANGES.md`, `HISTORY.md`, `CHANGELOG-3.0.md`.
package func isChangelog(path: String) -> Bool { NotePath(path).isChangelog }

/// A changelog of `releases/`, split into its releases (changelogs.md, 3), in the order of the file. Empty where it is left out: with an
/// error among the diagnostics it is faulty, without one the first diagnostic says why.
package func readChangelog(
  _ source: Source, path: String, _ configuration: Configuration = Configuration(), images: ContentImages = ContentImages()
) -> Parsed<
  [Located<ReleaseNote>]
> {
  let matter = readFrontMatter(source, configuration)
  guard let parts = matter.value else { return Parsed([], matter.diagnostics) }
  var reader = ChangelogReader(
    path: NotePath(path), configuration: configuration, images: images,
    reader: FieldReader(matter.diagnostics, of: "the front matter"))
  let notes = reader.read(parts)
  return Parsed(notes, reader.reader.diagnostics)
}

/// One incident of `incidents/`: front matter, description and updates (record.md, Incident). `path` gives the id where none is said.
/// nil where an error says what is wrong.
package func readIncident(
  _ source: Source, path: String, _ configuration: Configuration = Configuration(), images: ContentImages = ContentImages()
) -> Parsed<
  Located<IncidentRecord>?
> {
  let matter = readFrontMatter(source, configuration)
  guard let parts = matter.value else { return Parsed(nil, matter.diagnostics) }
  var reader = IncidentReader(
    path: path, links: MarkdownLinks(configuration, file: source.file, images: images),
    reader: FieldReader(matter.diagnostics, of: "the front matter"))
  let incident = reader.read(parts)
  return Parsed(incident.map { located($0, in: source) }, reader.reader.diagnostics)
}

/// A text of the site itself: `index.md`, an extra page.
package struct TextPage: Hashable, Sendable {
  /// From the front matter, else the first-level heading that the text begins with; that is then no part of the body.
  package var title: String?
  package var body: Prose

  package init(title: String?, body: Prose) {
    self.title = title
    self.body = body
  }
}

/// A page of Markdown with an optional `title` and `audience` in its front matter. nil, with the reason first, where there is nothing in it, or an
/// error says what is wrong.
package func readTextPage(
  _ source: Source, _ configuration: Configuration = Configuration(), images: ContentImages = ContentImages()
) -> Parsed<TextPage?> {
  let matter = readFrontMatter(source, configuration)
  guard let parts = matter.value else { return Parsed(nil, matter.diagnostics) }
  var reader = FieldReader(matter.diagnostics, of: "the front matter")
  let fields = parts.node.flatMap { reader.fields($0, name: "", known: ["title", "audience"]) }
  let title = fields.flatMap { reader.text($0, "title") }
  let audience = fields.map { reader.audience($0, configuration) } ?? []
  if reader.hasErrors { return Parsed(nil, reader.diagnostics) }
  if !configuration.isReadBy(audience) {
    return Parsed(nil, [source.diagnostic(.note, .otherReaders(audience), at: 0)] + reader.diagnostics)
  }
  let body = Body.read(parts.body, MarkdownLinks(configuration, file: source.file, images: images)) {
    title == nil || title == $0
  }
  // A heading without words, a picture alone, names nothing.
  let named = [title, body.value.title].compactMap { $0 }.map(trim).first { !$0.isEmpty }
  let page = TextPage(title: named, body: Prose(body.value.text))
  if page.title == nil, page.body.plain.isEmpty {
    return Parsed(nil, [source.diagnostic(.note, .emptyPage, at: 0)] + reader.diagnostics)
  }
  return Parsed(page, reader.diagnostics + body.diagnostics)
}

/// A release that a provider describes (GitHub) as a note, and what is wrong with its text; that has neither file nor place. A title
/// that only repeats the tag is none.
package func makeReleaseNote(
  tag: String, title: String?, markdown: String, date: CivilDate?, service: String?,
  _ configuration: Configuration = Configuration()
) -> Parsed<ReleaseNote> {
  let setting = ReleaseHeading.Setting(configuration, service: service)
  var note = ReleaseNote(version: tag, service: service, body: .text(""), markdown: Array(markdown.utf8))
  note.date = date
  note.title = title.flatMap { NoteHeading(trim($0), version: tag, setting).title }
  let readers = bodyForReaders(Source(file: "", bytes: note.markdown), configuration)
  let text = readers.value ?? Source(file: "", bytes: [])
  note.markdown = withoutGaps(text.bytes, of: note.markdown)
  let body = Body.read(text, MarkdownLinks(configuration, service: service)) { [note] in
    isTitle($0, of: note, setting)
  }
  note.take(body.value, setting)
  return Parsed(note, readers.diagnostics + body.diagnostics)
}

private func located<Value>(_ value: Value, in source: Source) -> Located<Value> {
  Located(value, file: source.file, position: source.position(at: 0))
}

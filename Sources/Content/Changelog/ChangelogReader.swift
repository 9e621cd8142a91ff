import Diagnostics
import Documents
import Markdown
import Releases

/// Reads a changelog: a file of many releases, newest first or not.
struct ChangelogReader {
  let path: NotePath
  let configuration: Configuration
  let images: ContentImages
  var reader: FieldReader
  private var notes: [Located<ReleaseNote>] = []
  /// By version, for those that are told twice.
  private var places: [String: Int] = [:]

  init(path: NotePath, configuration: Configuration, images: ContentImages, reader: FieldReader) {
    self.path = path
    self.configuration = configuration
    self.images = images
    self.reader = reader
  }

  /// Empty where the file is left out; the first diagnostic is the reason, or an error says what is wrong.
  mutating func read(_ matter: FrontMatter) -> [Located<ReleaseNote>] {
    var template = ReleaseNote(version: nil, service: path.service, body: .text(""), markdown: [])
    var version: String?
    if let node = matter.node, let fields = reader.fields(node, name: "", known: NoteReader.keys) {
      if reader.flag(fields, "draft") == true {
        reader.report(matter.body.diagnostic(.note, .draft, at: 0))
        return []
      }
      let audience = reader.audience(fields, configuration)
      guard configuration.isReadBy(audience) else {
        reader.report(matter.body.diagnostic(.note, .otherReaders(audience), at: 0))
        return []
      }
      template.service = reader.text(fields, "service") ?? path.service
      version = reader.text(fields, "version")
    }
    if path.isTooDeep, template.service == nil || template.service == path.service {
      reader.report(matter.body.diagnostic(.error, .notePath(path.text), at: 0))
      return []
    }
    if reader.hasErrors { return [] }
    split(matter, template, version: version)
    return notes
  }

  // MARK: Splitting

  private mutating func split(_ matter: FrontMatter, _ template: ReleaseNote, version: String?) {
    let source = matter.body
    let links = MarkdownLinks(configuration, service: template.service, file: source.file, images: images)
    var headings: [MarkdownHeading] = []
    var outline = ChangelogOutline([])
    let sections = renderMarkdownSections(
      source.bytes, headingBase: Body.headingBase, links: links,
      opening: { found in
        headings = found
        outline = ChangelogOutline(found)
        return outline.releases.map(\.index)
      },
      address: { index in
        outline.releases.first { $0.index == index }?.heading.versions.first.flatMap(Prose.address(ofRelease:))
      })
    // What stands before the releases is not shown.
    let shown = outline.releases.isEmpty ? sections : Array(sections.dropFirst())
    for diagnostic in Body.faults(of: source, shown) { reader.report(diagnostic) }
    guard !outline.releases.isEmpty, sections.count == outline.releases.count + 1 else {
      return readWhole(source, template, headings, version: version)
    }
    let lines = TextLines(source.bytes)
    let written = TextLines(matter.written)
    let definitions = LinkDefinitions(source.bytes)
    for (number, release) in outline.releases.enumerated() {
      let opening = headings[release.index]
      let next = outline.releases.dropFirst(number + 1).first.map { headings[$0.index].line } ?? lines.count + 1
      let text = withoutGaps(
        lines.text(behindHeading: opening.line, before: next), of: written.text(behindHeading: opening.line, before: next))
      let markdown = definitions.completing(text)
      add(release.heading, opening, sections[number + 1].body, markdown, template, source)
    }
  }

  /// No heading names a release: the file is one.
  private mutating func readWhole(_ source: Source, _ template: ReleaseNote, _ headings: [MarkdownHeading], version: String?) {
    let title = headings.first { $0.isFirst }.flatMap { ChangelogReader.version(in: $0.text) }
    guard let version = version ?? title ?? ChangelogReader.version(in: path.stem) else {
      reader.report(source.diagnostic(.warning, .noReleaseInChangelog, at: 0))
      return
    }
    var note = template
    note.version = version
    note.markdown = source.bytes
    note.take(
      Body.render(source.bytes, MarkdownLinks(configuration, service: template.service, file: source.file, images: images)) {
        _ in true
      }.body)
    notes = [Located(note, file: source.file, position: Position(line: source.precedingLines + 1, column: 1))]
  }

  /// The first version in a text: `Release notes for v3.0.0`, `CHANGELOG-3.0`.
  private static func version(in text: String) -> String? {
    for part in text.split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "_" }) {
      var rest = part
      if let version = ReleaseHeading.version(&rest), rest.isEmpty { return version }
    }
    return nil
  }

  private mutating func add(
    _ form: ReleaseHeading, _ opening: MarkdownHeading, _ body: RenderedMarkdown, _ markdown: [UInt8], _ template: ReleaseNote,
    _ source: Source
  ) {
    var form = form
    let firstLine = body.plain.prefix { $0 != "\n" }
    form.readDate(in: firstLine)
    let position = Position(line: opening.line + source.precedingLines, column: 1)
    if let text = form.swappedDate, let day = form.day { warn(.swappedDate(text, String(describing: day)), position, source) }
    if let text = form.unclearDate { warn(.unclearDate(text), position, source) }
    var note = template
    note.date = form.day
    note.title = form.title
    note.yanked = form.isYanked
    note.url = opening.link
    note.take(body)
    note.markdown = markdown
    for version in form.versions.isEmpty ? [nil] : form.versions.map(Optional.some) {
      note.version = version
      add(note, position, source)
    }
  }

  /// What is told twice is told once, in the order of the file.
  private mutating func add(_ note: ReleaseNote, _ position: Position, _ source: Source) {
    let key = note.version.map { $0.lowercased() } ?? ""
    guard let place = places[key] else {
      places[key] = notes.count
      notes.append(Located(note, file: source.file, position: position))
      return
    }
    let first = notes[place]
    warn(.releaseTwice(note.version ?? "Unreleased", first: first.position.line), position, source)
    notes[place].value.append(note)
  }

  private mutating func warn(_ message: Diagnostic.Message, _ position: Position, _ source: Source) {
    reader.report(Diagnostic(.warning, message, file: source.file, position: position))
  }
}

extension ReleaseNote {
  fileprivate mutating func append(_ other: ReleaseNote) {
    if case .markdown(let html, let plain) = body, case .markdown(let more, let morePlain) = other.body {
      body = .markdown(html: html + more, plain: plain + "\n" + morePlain)
    }
    markdown += other.markdown
    breaking += other.breaking
    security += other.security
    contributors += other.contributors.filter { !contributors.contains($0) }
    date = date ?? other.date
    title = title ?? other.title
    url = url ?? other.url
    yanked = yanked || other.yanked
  }
}

/// The lines of a text, from 1.
private struct TextLines {
  private let bytes: [UInt8]
  private var starts = [0]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
  }

  var count: Int { starts.count }

  private func start(_ line: Int) -> Int { line <= starts.count ? starts[max(line, 1) - 1] : bytes.count }

  /// What stands below the heading in `line`, which may be underlined.
  func text(behindHeading line: Int, before next: Int) -> [UInt8] {
    var first = line + 1
    let below = bytes[start(first)..<max(start(first), start(first + 1))].filter { $0 > 0x20 }
    let isHash = bytes[start(line)...].first { $0 != 0x20 } == UInt8(ascii: "#")
    if !isHash, let mark = below.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"), below.allSatisfy({ $0 == mark })
    {
      first += 1
    }
    return Array(bytes[min(start(first), start(next))..<start(next)])
  }
}

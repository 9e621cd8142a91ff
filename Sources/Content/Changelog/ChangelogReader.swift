import Diagnostics
import Documents
import Markdown
import Records

/// Reads a changelog: a file of many releases, newest first or not.
struct ChangelogReader {
  let path: NotePath
  let configuration: Configuration
  let images: ContentImages
  var reader: FieldReader
  private var notes: [Located<ReleaseNote>] = []

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
    let setting = ReleaseHeading.Setting(configuration, service: template.service)
    let texts = SectionTexts(matter)
    let isUnnamed = version == nil && VersionText.first(in: path.stem, setting) == nil
    var headings: [MarkdownHeading] = []
    var outline = ChangelogOutline([])
    var plan = SectionPlan()
    let sections = renderMarkdownSections(
      source.bytes, headingBase: Body.headingBase, links: links,
      opening: { found in
        headings = found
        outline = ChangelogOutline(found, setting, mayBeNext: isUnnamed)
        plan = SectionPlan(outline, found, isDivided: template.service == nil, isEmpty: texts.areBare)
        return plan.openers
      },
      release: { index in
        plan.releases[index].flatMap { outline.releases[$0].heading.versions.first }
      })
    guard !outline.releases.isEmpty, sections.count == plan.openers.count + 1 else {
      return readWhole(matter, template, headings, setting, version: version)
    }
    // An introduction is not shown.
    let shown = Array(sections.dropFirst(outline.unreleased == .file ? 0 : 1))
    for diagnostic in Body.faults(of: source, shown) { reader.report(diagnostic) }
    if let beginning = outline.unreleased {
      let place = outline.place(of: beginning, headings)
      let body = sections[beginning == .file ? 0 : 1].body
      let end = headings[outline.releases[0].index].line
      var note = template
      note.take(body)
      note.chapters = chapters(above: outline.releases[0].index, plan, headings, source)
      note.markdown =
        place.isHeading ? texts.text(behindHeading: place.line, before: end) : texts.text(from: place.line, before: end)
      add(note, line: place.line, source)
    }
    for release in outline.releases {
      guard let place = plan.places[release.index] else { continue }
      let opening = headings[release.index]
      let next = plan.openers.dropFirst(place + 1).first.map { headings[$0].line }
      let markdown = texts.text(behindHeading: opening.line, before: next)
      var note = template
      note.chapters = chapters(above: release.index, plan, headings, source)
      add(release.heading, opening, sections[place + 1].body, markdown, note, source)
    }
    warn(of: outline, headings, source)
    warn(of: plan, sections, headings, source)
  }

  /// About what stands between chapters and their releases, or beside them, and is shown nowhere.
  private mutating func warn(
    of plan: SectionPlan, _ sections: [MarkdownSection], _ headings: [MarkdownHeading], _ source: Source
  ) {
    for index in plan.inner where headings.dropFirst(index + 1).first.map({ $0.itemsAbove > 0 }) ?? false {
      warn(.unreadChapter(headings[index].text), at: headings[index].line, source)
    }
    for index in plan.asides where plan.places[index].map({ !sections[$0 + 1].body.plain.isEmpty }) ?? false {
      warn(.textOfNoRelease(headings[index].text), at: headings[index].line, source)
    }
  }

  private func chapters(
    above release: Int, _ plan: SectionPlan, _ headings: [MarkdownHeading], _ source: Source
  ) -> [ReleaseNote.Chapter] {
    plan.chapters(above: release).map { index in
      ReleaseNote.Chapter(
        name: headings[index].text, level: headings[index].level, line: headings[index].line + source.precedingLines)
    }
  }

  /// About headings that hold a version and were not taken, and lists that are shown nowhere.
  private mutating func warn(of outline: ChangelogOutline, _ headings: [MarkdownHeading], _ source: Source) {
    for index in outline.passedOver { warn(.headingPassedOver(headings[index].text), at: headings[index].line, source) }
    for index in outline.unread { warn(.unreadSection(headings[index].text), at: headings[index].line, source) }
    for heading in releasesInHTML(source) { warn(.htmlPassedOver(heading.text), at: heading.line, source) }
  }

  /// Headings of releases that are written as HTML, which divide nothing.
  private func releasesInHTML(_ source: Source) -> [MarkdownHeading] {
    let setting = ReleaseHeading.Setting(configuration, service: path.service)
    return htmlHeadings(in: source.bytes).filter { ReleaseHeading(naming: $0.text, setting) != nil }
  }

  /// No heading names a release: the file is one.
  private mutating func readWhole(
    _ matter: FrontMatter, _ template: ReleaseNote, _ headings: [MarkdownHeading], _ setting: ReleaseHeading.Setting,
    version: String?
  ) {
    let source = matter.body
    let title = headings.first { $0.isFirst }.flatMap { VersionText.first(in: $0.text, setting) }
    let named = headings.filter { VersionText.first(in: $0.text, setting) != nil }
    guard let version = version ?? title ?? VersionText.first(in: path.stem, setting) else {
      let debian = setting.isDebian ? nil : headings.first { VersionText.isDebian(in: $0.text) }
      let html = debian == nil && named.isEmpty ? releasesInHTML(source).first : nil
      let message: Diagnostic.Message =
        debian.map { .debianHeading($0.text) } ?? named.first.map { .noHeadingUnderstood($0.text) }
        ?? html.map { .htmlHeading($0.text) } ?? .noReleaseInChangelog
      let line = (debian ?? named.first ?? html).map { $0.line + source.precedingLines }
      reader.report(
        Diagnostic(
          .warning, message, file: source.file,
          position: line.map { Position(line: $0, column: 1) } ?? source.position(at: 0)))
      return
    }
    var note = template
    note.version = version
    note.markdown = source.bytes
    let read = Body.read(source, MarkdownLinks(configuration, service: template.service, file: source.file, images: images)) {
      _ in true
    }
    for diagnostic in read.diagnostics { reader.report(diagnostic) }
    note.take(read.value, setting)
    // Others may be releases that nobody finds in it.
    let level = named.first?.level
    let others = named.filter { heading in
      heading.level == level && heading.line != named.first?.line && ReleasePhrase(heading.text, setting) != nil
        && VersionText.first(in: heading.text, setting) != version
    }
    for heading in others { warn(.headingPassedOver(heading.text), at: heading.line, source) }
    notes = [Located(note, file: source.file, position: Position(line: source.precedingLines + 1, column: 1))]
  }

  private mutating func add(
    _ form: ReleaseHeading, _ opening: MarkdownHeading, _ body: RenderedMarkdown, _ markdown: [UInt8], _ template: ReleaseNote,
    _ source: Source
  ) {
    var form = form
    let firstLine = body.plain.prefix { $0 != "\n" }
    form.readDate(in: firstLine)
    if let text = form.swappedDate, let day = form.day {
      warn(.swappedDate(text, String(describing: day)), at: opening.line, source)
    }
    if let text = form.unclearDate { warn(.unclearDate(text), at: opening.line, source) }
    if let text = form.impossibleDate { warn(.impossibleDate(text), at: opening.line, source) }
    var note = template
    note.version = form.versions.first
    note.otherVersions = Array(form.versions.dropFirst())
    note.product = form.product
    note.date = form.day
    note.title = form.title
    note.yanked = form.isYanked
    note.isMarkedUnreleased = form.isUnreleased && note.version != nil
    note.url = opening.link
    note.take(body)
    note.markdown = markdown
    add(note, line: opening.line, source)
  }

  private mutating func add(_ note: ReleaseNote, line: Int, _ source: Source) {
    notes.append(Located(note, file: source.file, position: Position(line: line + source.precedingLines, column: 1)))
  }

  private mutating func warn(_ message: Diagnostic.Message, at line: Int, _ source: Source) {
    let position = Position(line: line + source.precedingLines, column: 1)
    reader.report(Diagnostic(.warning, message, file: source.file, position: position))
  }
}

extension ReleaseHeading.Setting {
  /// `service`: whose the text is, where that is known.
  init(_ configuration: Configuration, service: String?) {
    let services = configuration.services
    let own = services.first { $0.key == service } ?? (services.count == 1 ? services[0] : nil)
    let all: [String] = services.map(\.key) + services.compactMap(\.name)
    let names = all.filter { $0.contains(" ") }
    self.init(
      zone: configuration.zone, isDebian: own?.versions == .debian,
      names: Set(names.map { $0.lowercased() }).sorted { ($1.count, $0) < ($0.count, $1) },
      own: Set([service, own?.key, own?.name].compactMap { $0?.lowercased() }))
  }
}

extension ChangelogOutline {
  fileprivate func place(of beginning: Beginning, _ headings: [MarkdownHeading]) -> (line: Int, isHeading: Bool) {
    switch beginning {
    case .file: (1, false)
    case .heading(let index): (headings[index].line, true)
    }
  }
}

/// The Markdown of each section as it was written, with the definitions of links that it uses.
private struct SectionTexts {
  private let lines: TextLines
  private let written: TextLines
  private let definitions: [LinkDefinition]

  init(_ matter: FrontMatter) {
    lines = TextLines(matter.body.bytes)
    written = TextLines(matter.written)
    definitions = linkDefinitions(in: matter.body.bytes)
  }

  /// What stands below the heading in `line`, before the line `next`; nil: to the end.
  func text(behindHeading line: Int, before next: Int?) -> [UInt8] { text(from: lines.lineBehind(heading: line), before: next) }

  /// Whether nothing but blanks stands between two headings.
  func areBare(_ heading: MarkdownHeading, _ next: MarkdownHeading) -> Bool {
    lines.text(from: lines.lineBehind(heading: heading.line), before: next.line).allSatisfy { $0 <= 0x20 }
  }

  func text(from line: Int, before next: Int?) -> [UInt8] {
    let next = next ?? lines.count + 1
    let text = withoutGaps(lines.text(from: line, before: next), of: written.text(from: line, before: next))
    return LinkDefinition.completing(text, at: line..<max(line, next), with: definitions)
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

  /// The first line below the heading in `line`, which may be underlined.
  func lineBehind(heading line: Int) -> Int {
    let first = line + 1
    let below = bytes[start(first)..<max(start(first), start(first + 1))].filter { $0 > 0x20 }
    let isHash = bytes[start(line)...].first { $0 != 0x20 } == UInt8(ascii: "#")
    guard !isHash, let mark = below.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"),
      below.allSatisfy({ $0 == mark })
    else { return first }
    return first + 1
  }

  func text(from line: Int, before next: Int) -> [UInt8] {
    Array(bytes[min(start(line), start(next))..<start(next)])
  }
}

import Content
import Diagnostics
import Documents
import Plan
import Providers
import Records
import Releases
import Time

/// Gathers what the files hold, and accounts for every one of them.
struct Reading {
  private(set) var account: Account
  private(set) var diagnostics: [Diagnostic]
  private var input = CatalogInput()
  private var records: [RecordFile] = []
  private var testReports: [Located<TestCounts>] = []
  /// A note each: how much the rules of the configuration matched.
  private(set) var rules: [Diagnostic] = []
  /// Pictures that lie in the content folder; after `finish` those that some text shows.
  private(set) var media: [MediaFile] = []
  private var images = ContentImages()
  /// Every object of the records, for who asks.
  private(set) var found: [FoundRecord] = []
  private let keepsStories: Bool

  /// `keepsStories`: what is read tells how it came about (`tidemark explain`).
  init(account: Account = Account(), diagnostics: [Diagnostic] = [], keepsStories: Bool = false) {
    self.account = account
    self.diagnostics = diagnostics
    self.keepsStories = keepsStories
  }

  /// Reads the files at `paths`, relative to `folder`. `progress` is called from any thread with how many more are read.
  mutating func read(
    _ paths: [String], in folder: String, _ configuration: Configuration, width: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async {
    let roles = paths.map { (path: $0, role: ContentFolder.role(of: $0)) }
    // Texts are read when it is known what they may show.
    for file in roles where file.role == .image { readImage(file.path, in: folder) }
    for file in roles where ContentFolder.hasPage(file.role) { images.add(textAt: file.path) }
    takeUnnamable(in: folder)
    let texts = roles.filter { $0.role != .image }
    progress(paths.count - texts.count)
    let files = await parallelMap(texts, width: width) { [images, keepsStories] texts in
      let read = texts.map {
        InputFile.read($0.path, as: $0.role, in: folder, configuration, images: images, keepsStories: keepsStories)
      }
      progress(texts.count)
      return read
    }
    for file in files { take(file) }
  }

  private mutating func takeUnnamable(in folder: String) {
    // A folder that cannot be listed has been reported by the list of all files.
    for name in (try? ContentFolder.unnamable(folder)) ?? [] {
      account.files.error += 1
      diagnostics.append(Diagnostic(.error, .nameIsNoText, file: name))
    }
  }

  private mutating func readImage(_ path: String, in folder: String) {
    do throws(FileSystem.Failure) {
      let bytes = try FileSystem.read(folder + "/" + path)
      guard bytes.count <= MediaFile.limit else { return skip(path, "a picture may have \(MediaFile.limit >> 20) MiB at most") }
      guard let image = ImageFile(bytes) else {
        return skip(path, "it is no PNG, JPEG, GIF or WebP picture, whatever its name says")
      }
      images.add(image, at: path)
      media.append(MediaFile(source: path, path: ContentImages.published(path), bytes: bytes))
    } catch {
      take(.unreadable(file: path, reason: error.reason))
    }
  }

  /// Keeps the pictures that some text shows, and accounts for all.
  private mutating func keepShownMedia() {
    guard !media.isEmpty else { return }
    let incidents = input.incidents.flatMap { [$0.value.description].compactMap(\.self) + $0.value.updates.map(\.text) }
    let texts = input.notes.map(\.value.body) + incidents + [input.introduction].compactMap(\.self) + input.pages.map(\.body)
    let shown = texts.reduce(into: Set<String>()) { $0.formUnion(Reading.pictures(in: $1)) }
    for file in media where !shown.contains(file.path) { skip(file.source, "no text shows it") }
    media = media.filter { shown.contains($0.path) }
    account.files.rendered += media.count
  }

  /// The paths on the site of the pictures that a text shows.
  private static func pictures(in prose: Prose) -> [String] {
    switch prose {
    case .text: []
    case .markdown(let fragment, _): fragment.pictures
    }
  }

  private mutating func take(_ file: InputFile) {
    switch file {
    case .configuration: break  // counted when it was read
    case .records(let records, let file): take(records, file)
    case .testReport(let parsed, let file): if let report = take(parsed, file, isRecord: false) { testReports.append(report) }
    case .note(let parsed, let file):
      account.notes += 1
      if let note = take(parsed, file) { input.notes.append(told(note, \.story, "a note in a file of its own")) }
    case .changelog(let parsed, let file):
      account.notes += max(1, parsed.value.count)
      take(parsed, file)
    case .incident(let parsed, let file):
      account.incidents += 1
      if let incident = take(parsed, file) {
        input.incidents.append(told(incident, \.story, "an incident in a file of its own"))
      }
    case .introduction(_, let file) where input.introduction != nil: skip(file, "another file is the introduction already")
    case .introduction(let parsed, let file): input.introduction = take(parsed, file, isRecord: false)?.body
    case .page(let parsed, let file):
      guard let page = take(parsed, file, isRecord: false) else { break }
      let name = withoutEnding(String(file.dropFirst("pages/".count)))
      input.pages.append(ExtraPage(name: name, title: page.title ?? name, body: page.body, file: file))
    case .skipped(let file, let reason):
      skip(file, reason)
      guard ContentFolder.nearNote(file) != nil else { break }
      if file.hasPrefix("incidents/") { account.incidents += 1 } else { account.notes += 1 }
      skip(file, reason, record: "note")
    case .unreadable(let file, let reason):
      account.files.error += 1
      diagnostics.append(Diagnostic(.error, .unreadable(reason), file: file))
    }
  }

  private mutating func take(_ file: RecordFile, _ name: String) {
    records.append(file)
    found += file.found
    diagnostics += file.diagnostics
    if file.diagnostics.contains(where: { $0.severity == .error }) {
      account.files.error += 1
    } else {
      account.files.rendered += 1
    }
  }

  /// A file that holds one value: rendered, in error, or skipped with the reason that its diagnostic states.
  private mutating func take<Value>(_ parsed: Parsed<Value?>, _ file: String, isRecord: Bool = true) -> Value? {
    diagnostics += parsed.diagnostics
    if parsed.value != nil {
      account.files.rendered += 1
      if isRecord { account.records.rendered += 1 }
    } else if parsed.diagnostics.contains(where: { $0.severity == .error }) {
      account.files.error += 1
      if isRecord { account.records.error += 1 }
    } else {
      let message = parsed.diagnostics.first?.message
      let reason = message?.text ?? "it is empty"
      skip(file, reason, remedy: message?.suggestion)
      if isRecord { skip(file, reason, record: "note", remedy: message?.suggestion) }
    }
    return parsed.value
  }

  /// A file that holds many notes.
  private mutating func take(_ parsed: Parsed<[Located<ReleaseNote>]>, _ file: String) {
    guard !parsed.value.isEmpty else {
      _ = take(Parsed<ReleaseNote?>(nil, parsed.diagnostics), file)
      return
    }
    diagnostics += parsed.diagnostics
    account.files.rendered += 1
    account.records.rendered += parsed.value.count
    input.notes += parsed.value.map { told($0, \.story, "a section of a changelog, which begins with that heading") }
  }

  /// Begins its story, if anybody asks.
  private func told<Value>(
    _ located: Located<Value>, _ story: WritableKeyPath<Value, Story>, _ words: String
  ) -> Located<Value> {
    guard keepsStories else { return located }
    var located = located
    located.value[keyPath: story].join(
      Story(at: RecordPlace(file: located.file, position: located.position), words))
    return located
  }

  private mutating func skip(_ file: String, _ reason: String, record: String? = nil, remedy: String? = nil) {
    if record == nil { account.files.skipped += 1 } else { account.records.skipped += 1 }
    account.skipped.append(Account.Skipped(file: file, record: record, reason: reason, remedy: remedy))
  }

  /// Joins the pieces of all files and completes the account.
  mutating func finish(_ configuration: Configuration) -> CatalogInput {
    var set = joinRecords(records)
    let fitted = set.countOfAsked
    let uses = applyRules(configuration.records, to: &set)
    diagnostics += warnings(about: configuration.records, uses: uses, records: fitted, file: configuration.file)
    rules = Providers.account(of: configuration.records, uses: uses, records: fitted, file: configuration.file)
    records = []
    addTests(to: &set.runs)
    account += set.account
    diagnostics += set.diagnostics
    input.runs += set.runs
    input.deployments += set.deployments
    input.incidents += set.incidents
    for release in set.releases {
      let note = Reading.note(release.value, configuration)
      input.notes.append(Located(note.value, file: release.file, position: release.position))
      diagnostics += note.diagnostics.map {
        Diagnostic($0.severity, $0.message, file: release.file, position: release.position)
      }
    }
    keepShownMedia()
    input.account = account
    return input
  }

  /// A report counts as rendered until no run takes it.
  private mutating func addTests(to runs: inout [Located<RunRecord>]) {
    let (lost, found) = TestsBesideRuns.add(testReports, to: &runs)
    diagnostics += found
    account.files.rendered -= lost.count
    for report in lost { skip(report.file, "no run of the records beside it is its own") }
    testReports = []
  }

  private static func note(_ release: ReleaseRecord, _ configuration: Configuration) -> Parsed<ReleaseNote> {
    let date = release.publishedAt.map { configuration.zone.civil($0).date }
    var note = makeReleaseNote(
      tag: release.version ?? release.tag, title: release.name, markdown: release.markdown, date: date, service: nil,
      configuration)
    note.value.story = release.story
    note.value.repository = release.repository
    note.value.draft = release.draft
    note.value.prerelease = release.prerelease
    note.value.url = release.url
    return note
  }
}

import Content
import Diagnostics
import Providers
import Records
import TestReports

/// One file of the content folder, read but not yet joined.
enum InputFile: Sendable {
  case configuration
  case records(RecordFile, file: String)
  case testReport(Parsed<Located<TestCounts>?>, file: String)
  case note(Parsed<Located<ReleaseNote>?>, file: String)
  case changelog(Parsed<[Located<ReleaseNote>]>, file: String)
  case incident(Parsed<Located<IncidentRecord>?>, file: String)
  case introduction(Parsed<TextPage?>, file: String)
  case page(Parsed<TextPage?>, file: String)
  case skipped(file: String, reason: String)
  case unreadable(file: String, reason: String)

  /// Files are named relative to the content folder.
  static func read(
    _ path: String, as role: ContentFolder.Role, in folder: String, _ configuration: Configuration, images: ContentImages,
    keepsStories: Bool
  ) -> InputFile {
    if case .skipped(let reason) = role { return .skipped(file: path, reason: reason) }
    if role == .configuration { return .configuration }
    do throws(FileSystem.Failure) {
      let source = Source(file: path, bytes: try FileSystem.read(folder + "/" + path))
      return read(source, as: role, path: path, configuration, images, keepsStories)
    } catch {
      return .unreadable(file: path, reason: error.reason)
    }
  }

  private static func read(
    _ source: Source, as role: ContentFolder.Role, path: String, _ configuration: Configuration,
    _ images: ContentImages, _ keepsStories: Bool
  ) -> InputFile {
    // The path below `releases/` or `incidents/`.
    let inner = path.firstIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    switch role {
    case .record:
      let said = saidProvider(of: path, configuration.records)
      let stories = keepsStories ? StoryTelling.kept(saidBy: said?.speaker) : .none
      return .records(readRecords(source, provider: said?.name, stories: stories), file: source.file)
    case .testReport: return .testReport(readTestReport(source), file: source.file)
    case .note:
      switch readNoteFile(source, path: inner, configuration, images: images) {
      case .note(let note): return .note(note, file: source.file)
      case .changelog(let notes): return .changelog(notes, file: source.file)
      }
    case .incident: return .incident(readIncident(source, path: inner, configuration, images: images), file: source.file)
    case .introduction: return .introduction(readTextPage(source, configuration, images: images), file: source.file)
    case .page: return .page(readTextPage(source, configuration, images: images), file: source.file)
    case .configuration, .image: return .configuration
    case .skipped(let reason): return .skipped(file: source.file, reason: reason)
    }
  }
}

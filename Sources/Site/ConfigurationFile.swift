import Content
import Diagnostics
import Records

/// `tidemark.yml` of a content folder.
enum ConfigurationFile {
  private static let name = "tidemark.yml"

  /// nil where there is none. Diagnostics name the file relative to the folder.
  static func read(in content: String) throws(FileSystem.Failure) -> Parsed<Configuration>? {
    let path = content + "/" + name
    guard FileSystem.kindFollowingLinks(path) == .file else { return nil }
    var parsed = Content.readConfiguration(Source(file: name, bytes: try FileSystem.read(path)), zone: Zones.tzif)
    parsed.value.file = name
    return parsed
  }
}

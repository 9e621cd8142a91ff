import Diagnostics

/// The files of the theme: those in the program, replaced by those of the same path in a templates folder.
enum ThemeFiles {
  /// Keyed by their path relative to the templates folder. `folder` may be missing: then the built-in theme is whole.
  static func load(overriddenBy folder: String?) throws(FileSystem.Failure) -> [String: Source] {
    var files = embedded()
    guard let folder, FileSystem.kindFollowingLinks(folder) == .folder else { return files }
    for path in try ContentFolder.list(folder)
    where files[path] != nil || path.hasSuffix(".mustache") || path.hasPrefix("assets/") {
      files[path] = Source(file: folder + "/" + path, bytes: try FileSystem.read(folder + "/" + path))
    }
    return files
  }

  private static func embedded() -> [String: Source] {
    var files: [String: Source] = [:]
    for file in Embedded.theme { files[file.path] = Source(file: "<built-in>/" + file.path, bytes: file.bytes) }
    return files
  }
}

import Diagnostics
import HTML

/// The files of the theme: those in the program, replaced by those of the same path in a templates folder.
enum ThemeFiles {
  /// Keyed by their path relative to the templates folder. `folder` may be missing: then the built-in theme is whole.
  static func load(overriddenBy folder: String?) throws(FileSystem.Failure) -> [String: Source] {
    var files = embedded()
    guard let folder, FileSystem.kindFollowingLinks(folder) == .folder else { return files }
    for path in try overrides(folder) {
      let own = try FileSystem.read(folder + "/" + path)
      // A token that is not in the own file keeps its value, since the built-in ones go before.
      let base = files[path].flatMap { path == Theme.tokens && $0.bytes != own ? $0.bytes : nil } ?? []
      files[path] = Source(file: folder + "/" + path, bytes: base + own)
    }
    return files
  }

  /// The files of a templates folder that are part of the theme, in their order.
  static func overrides(_ folder: String) throws(FileSystem.Failure) -> [String] {
    let known = Set(Embedded.theme.map(\.path))
    return try ContentFolder.list(folder).filter { path in
      known.contains(path) || path.hasSuffix(".mustache") || path.hasPrefix("assets/") || path.hasPrefix("languages/")
    }
  }

  /// Warnings about own files that do nothing: neither in the theme nor included by any template.
  static func unused(_ folder: String) throws(FileSystem.Failure) -> [Diagnostic] {
    guard FileSystem.kindFollowingLinks(folder) == .folder else { return [] }
    let known = Embedded.theme.map(\.path)
    let own = try ContentFolder.list(folder).filter { !($0.split(separator: "/").last ?? "").hasPrefix(".") }
    let candidates = own.filter { path in
      !known.contains(path) && !path.hasPrefix("assets/") && !path.hasPrefix("languages/")
    }
    guard !candidates.isEmpty else { return [] }
    let texts = try own.filter { $0.hasSuffix(".mustache") }.map { path throws(FileSystem.Failure) in
      String(decoding: try FileSystem.read(folder + "/" + path), as: UTF8.self)
    }
    return candidates.compactMap { path in
      let near = nearMiss(path, among: known) ?? known.first { $0.hasSuffix("/" + path) }
      if path.hasSuffix(".mustache") {
        let name = path.dropLast(".mustache".count)
        if texts.contains(where: { $0.contains(">" + name) || $0.contains("> " + name) || $0.contains("<" + name) }) {
          return nil
        }
      } else if near == nil {
        return nil
      }
      return Diagnostic(.warning, .unusedTemplate(near: near), file: folder + "/" + path)
    }
  }

  private static func embedded() -> [String: Source] {
    var files: [String: Source] = [:]
    for file in Embedded.theme { files[file.path] = Source(file: "<built-in>/" + file.path, bytes: file.bytes) }
    return files
  }
}

import Diagnostics
import HTML
package import Template

/// A file of the theme and where it comes from.
package struct ThemeFile: Sendable {
  /// Relative to the templates folder.
  package let path: String
  package let isBuiltIn: Bool
  /// The file in the templates folder that is used in its place, or beside the built-in ones; nil if there is none.
  package let own: String?
  /// What a template of a page may use; empty for partials, which may use what stands around them, and for assets.
  package let names: [OfferedName]
}

package enum TemplateFault: Error {
  case unknown(String, suggestion: String?)
  case exists(String)
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)

  package var description: String {
    switch self {
    case .unknown(let name, let suggestion):
      "there is no built-in template '\(name)'"
        + (suggestion.map { "; did you mean '\($0)'?" } ?? "; 'tidemark templates' lists them")
    case .exists(let path): "'\(path)' is there already and was left as it is"
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
    case .unwritable(let path, let reason): "'\(path)' cannot be written: \(reason)"
    }
  }
}

/// Every file of the theme in the order of the paths, with those that only `folder` has.
package func themeFiles(overriddenBy folder: String) -> Result<[ThemeFile], TemplateFault> {
  do throws(FileSystem.Failure) {
    let own = FileSystem.kindFollowingLinks(folder) == .folder ? Set(try ThemeFiles.overrides(folder)) : []
    let builtIn = Set(Embedded.theme.map(\.path))
    let names = Dictionary(PageTemplate.all.map { ($0.path, $0.names) }, uniquingKeysWith: { first, _ in first })
    return .success(
      own.union(builtIn).sorted().map { path in
        ThemeFile(
          path: path, isBuiltIn: builtIn.contains(path), own: own.contains(path) ? folder + "/" + path : nil,
          names: names[path] ?? [])
      })
  } catch {
    return .failure(.unreadable(path: error.path, reason: error.reason))
  }
}

/// Writes a built-in file of the theme into `folder`, to be edited there, and returns its path. `name` may be without `.mustache`.
/// Replaces nothing.
package func ejectTemplate(_ name: String, into folder: String) -> Result<String, TemplateFault> {
  guard let file = Embedded.theme.first(where: { $0.path == name || $0.path == name + ".mustache" }) else {
    let known = Embedded.theme.map { $0.path.hasSuffix(".mustache") ? String($0.path.dropLast(9)) : $0.path }
    return .failure(.unknown(name, suggestion: nearMiss(name, among: known)))
  }
  let path = folder + "/" + file.path
  guard FileSystem.kind(path) == nil else { return .failure(.exists(path)) }
  do throws(FileSystem.Failure) {
    if let slash = path.lastIndex(of: "/") { try FileSystem.makeFolder(String(path[..<slash])) }
    try FileSystem.replace(path, with: file.bytes)
    return .success(path)
  } catch {
    return .failure(.unwritable(path: error.path, reason: error.reason))
  }
}

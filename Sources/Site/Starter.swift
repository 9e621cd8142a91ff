/// Why no starter was written.
package enum StarterFault: Error {
  /// There is content already; nothing was written.
  case exists(String)
  case unwritable(path: String, reason: String)

  package var description: String {
    switch self {
    case .exists(let path): "'\(path)' is there already and nothing was written; name another folder: tidemark init DIR"
    case .unwritable(let path, let reason): "'\(path)' cannot be written: \(reason)"
    }
  }
}

/// Writes a first content folder into `directory`/content and returns the files. Replaces nothing: where there is content, it stops.
package func writeStarter(to directory: String) -> Result<[String], StarterFault> {
  let content = directory == "." ? "content" : directory + "/content"
  guard FileSystem.kind(content) == nil else { return .failure(.exists(content)) }
  do throws(FileSystem.Failure) {
    var written: [String] = []
    for file in Embedded.starter {
      let path = content + "/" + file.path
      if let slash = path.lastIndex(of: "/") { try FileSystem.makeFolder(String(path[..<slash])) }
      try FileSystem.replace(path, with: file.bytes)
      written.append(path)
    }
    return .success(written)
  } catch {
    return .failure(.unwritable(path: error.path, reason: error.reason))
  }
}

import Content
import Diagnostics

/// The input: every file below the content folder, and what it is by its place.
enum ContentFolder {
  enum Role: Hashable {
    case configuration, record, testReport, note, incident, introduction, page, image
    /// Left out, with the reason that the account states.
    case skipped(String)
  }

  /// Every file below `folder`, relative to it, in the order of their paths' bytes. Links to folders are not followed, so that a loop
  /// of links cannot keep the build.
  static func list(_ folder: String) throws(FileSystem.Failure) -> [String] {
    var files: [String] = []
    try list(folder, below: "", into: &files)
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func list(_ folder: String, below prefix: String, into files: inout [String]) throws(FileSystem.Failure) {
    for name in try FileSystem.names(in: folder) {
      switch FileSystem.kind(folder + "/" + name) {
      case .folder:
        if !name.hasPrefix(".") { try list(folder + "/" + name, below: prefix + name + "/", into: &files) }
      case .file, .other:
        files.append(prefix + name)
      case nil: break
      }
    }
  }

  /// Files and folders below `folder` whose names are no UTF-8, relative to it, as `FileSystem` shows them: nothing of them can be read,
  /// since no text can name them.
  static func unnamable(_ folder: String, below prefix: String = "") throws(FileSystem.Failure) -> [String] {
    var found = try FileSystem.namesThatAreNoText(in: folder).filter { !$0.hasPrefix(".") }.map { prefix + $0 }
    for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
      guard FileSystem.kind(folder + "/" + name) == .folder else { continue }
      found += try unnamable(folder + "/" + name, below: prefix + name + "/")
    }
    return found
  }

  /// What the file at `path` (relative to the content folder) is.
  static func role(of path: String) -> Role {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return .skipped("it has no name") }
    if name.hasPrefix(".") || name.hasSuffix("~") { return .skipped("hidden files and backups are no content") }
    if path == "tidemark.yml" { return .configuration }
    let isMarkdown = withoutEnding(String(name)) != name
    if parts.count == 1, isMarkdown, withoutEnding(path) == "index" { return .introduction }
    if parts.count > 1, ["releases", "incidents", "pages", "media"].contains(parts.first), isImage(name) { return .image }
    switch parts.first {
    case "runs":
      if isRecord(name) { return .record }
      if name.lowercased().hasSuffix(".xml") { return .testReport }
      return .skipped("records are .json, .jsonl, .ndjson, .yml or .yaml files, and test reports .xml files")
    case "releases" where parts.count > 1: return isMarkdown ? .note : .skipped("notes are .md or .markdown files")
    case "incidents" where parts.count == 2: return isMarkdown ? .incident : .skipped("incidents are .md or .markdown files")
    case "pages" where parts.count == 2: return isMarkdown ? .page : .skipped("extra pages are .md or .markdown files")
    case "pages" where parts.count > 2: return .skipped("extra pages lie in pages/ itself, not in a folder of it")
    default:
      return .skipped(
        "nothing is expected here; content is tidemark.yml, index.md, runs/, releases/, incidents/, pages/ and pictures in media/"
      )
    }
  }

  /// Names that people give to what content calls otherwise.
  private static let synonyms = ["notes": "releases", "changelogs": "releases", "records": "runs"]

  /// The name that a file would be read under which lies where notes or incidents do, looks like one and is skipped.
  static func nearNote(_ path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count > 1, ["releases", "incidents"].contains(parts[0]), case .skipped = role(of: path), let name = parts.last,
      !name.hasPrefix("."), !name.hasSuffix("~")
    else { return nil }
    return nearNoteName(name).map { path.dropLast(name.count) + $0 }
  }

  /// Warnings about files that lie where nothing is expected, under a name that is nearly one of content, one for each folder; and
  /// about texts among the notes whose names have another ending.
  static func mistakes(_ paths: [String]) -> [Diagnostic] {
    let folders = ["runs", "releases", "incidents", "pages", "media"]
    var told: Set<String> = []
    return paths.compactMap { path in
      let parts = path.split(separator: "/").map(String.init)
      guard let first = parts.first, !first.hasPrefix("."), case .skipped = role(of: path) else { return nil }
      if let near = nearNote(path) { return Diagnostic(.warning, .misnamed(path, near: near), file: path) }
      if parts.count > 1 {
        guard !folders.contains(first), let near = synonyms[first.lowercased()] ?? nearMiss(first, among: folders) else {
          return nil
        }
        return told.insert(first).inserted ? Diagnostic(.warning, .misnamed(first + "/", near: near + "/"), file: first) : nil
      }
      return near(first).map { Diagnostic(.warning, .misnamed(first, near: $0), file: first) }
    }
  }

  /// Where a file that lies at the top of the content folder was probably meant to be.
  private static func near(_ name: String) -> String? {
    let lower = name.lowercased()
    if let near = nearMiss(name, among: ["tidemark.yml", "tidemark.yaml", "index.md"]) {
      return near == "tidemark.yaml" ? "tidemark.yml" : near
    }
    if lower == "tidemark.yaml" { return "tidemark.yml" }
    if [".json", ".jsonl", ".ndjson"].contains(where: lower.hasSuffix) { return "runs/" + name }
    if lower.hasPrefix("readme") || lower.hasPrefix("license") { return nil }
    return withoutEnding(name) != name ? "releases/" + name : nearNoteName(name).map { "releases/" + $0 }
  }

  /// Whether what such a file holds is a page, or a part of one, that links can lead to.
  static func hasPage(_ role: Role) -> Bool {
    switch role {
    case .note, .incident, .introduction, .page: true
    case .configuration, .record, .testReport, .image, .skipped: false
    }
  }

  private static func isImage(_ name: Substring) -> Bool {
    ImageFile.endings.contains { name.lowercased().hasSuffix("." + $0) }
  }

  private static func isRecord(_ name: Substring) -> Bool {
    [".json", ".jsonl", ".ndjson", ".yml", ".yaml"].contains { name.lowercased().hasSuffix($0) }
  }
}

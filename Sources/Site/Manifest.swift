/// The list of what Tidemark wrote into an output folder: what it may replace and remove there. Paths only, sorted, one a line.
struct Manifest {
  static let name = ".tidemark-manifest"
  private static let head = "# What Tidemark wrote here. It replaces and removes these files and no others."

  var paths: Set<String>

  /// Reads the manifest of a folder; an empty one where there is none. A line that is no safe path is passed over: the file lies in
  /// a folder that others can write to.
  init(folder: String) throws(FileSystem.Failure) {
    let path = folder + "/" + Manifest.name
    guard FileSystem.kind(path) == .file else {
      paths = []
      return
    }
    let lines = try FileSystem.read(path).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    paths = Set(lines.filter(Manifest.isSafe))
  }

  func write(to folder: String) throws(FileSystem.Failure) {
    let lines = [Manifest.head] + paths.sorted()
    try FileSystem.replace(folder + "/" + Manifest.name, with: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// Relative, inside the folder, and of the characters that page paths are made of.
  static func isSafe(_ path: String) -> Bool {
    guard !path.isEmpty, path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return false }
    return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
  }
}

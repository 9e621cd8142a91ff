import CTheme

/// The files that the program carries, each folder in the order of its table.
enum Embedded {
  struct File: Sendable {
    /// Relative to its folder.
    let path: String
    let bytes: [UInt8]
  }

  static var theme: [File] { (0..<theme_file_count()).map { File(theme_file_at($0)) } }
  static var starter: [File] { (0..<starter_file_count()).map { File(starter_file_at($0)) } }
}

extension Embedded.File {
  fileprivate init(_ file: embedded_file) {
    path = String(cString: file.path)
    bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }
}

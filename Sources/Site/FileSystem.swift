import Glibc

/// The calls to the operating system, with errors as values. Paths are UTF-8 as given; nothing here follows a link at the end of a
/// path that it writes or removes.
enum FileSystem {
  /// Why a call failed, in the system's words.
  struct Failure: Error, Hashable {
    let path: String
    let code: Int32

    /// The code for a path that is taken.
    static let exists = EEXIST

    var reason: String { String(cString: strerror(code)) }
  }

  enum Kind { case file, folder, other }

  /// The whole content of a file.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    return try read(descriptor, expecting: Int(status.st_size), path)
  }

  /// All that comes until its end.
  static func readStandardInput() throws(Failure) -> [UInt8] { try read(STDIN_FILENO, expecting: 65_535, "standard input") }

  private static func read(_ descriptor: Int32, expecting size: Int, _ path: String) throws(Failure) -> [UInt8] {
    // One byte more than the size, so that a file of the expected length needs no second reading.
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw Failure(path: path, code: errno)
      }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Replaces or makes a file in one step: a reader sees the old bytes or the new ones.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let temporary = path + ".tidemark-new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let code = errno
        close(descriptor)
        unlink(temporary)
        throw Failure(path: path, code: code)
      }
      written += count
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw Failure(path: path, code: code)
    }
  }

  /// What stands at a path, links not followed; nil if nothing does.
  static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return kind(of: status)
  }

  /// What stands at a path, links followed; nil if nothing does.
  static func kindFollowingLinks(_ path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return kind(of: status)
  }

  private static func kind(of status: stat) -> Kind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Makes a folder and those above it. One that is there already, also behind a link, is fine.
  static func makeFolder(_ path: String) throws(Failure) {
    if path.isEmpty || mkdir(path, 0o755) == 0 { return }
    let code = errno
    if code == EEXIST, kindFollowingLinks(path) == .folder { return }
    guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw Failure(path: path, code: code)
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw Failure(path: path, code: errno) }
  }

  static func removeFile(_ path: String) throws(Failure) {
    guard unlink(path) == 0 || errno == ENOENT else { throw Failure(path: path, code: errno) }
  }

  /// Removes a folder if it is empty.
  static func removeEmptyFolder(_ path: String) -> Bool { rmdir(path) == 0 }

  /// The names in a folder, sorted by their bytes; not those that are no UTF-8.
  static func names(in folder: String) throws(Failure) -> [String] {
    try rawNames(in: folder).compactMap { String(validating: $0, as: UTF8.self) }
  }

  /// The names in a folder that are no UTF-8, with the bytes that are none as `\xFC`.
  static func namesThatAreNoText(in folder: String) throws(Failure) -> [String] {
    try rawNames(in: folder).filter { String(validating: $0, as: UTF8.self) == nil }.map(shown)
  }

  private static func rawNames(in folder: String) throws(Failure) -> [[UInt8]] {
    guard let directory = opendir(folder) else { throw Failure(path: folder, code: errno) }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func shown(_ name: [UInt8]) -> String {
    var text = ""
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = name.makeIterator()
    var index = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        text += String(decoding: name[index..<(index + scalar.count)], as: UTF8.self)
        index += scalar.count
      case .error(let length):
        for byte in name[index..<(index + length)] {
          text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        index += length
      case .emptyInput: return text
      }
    }
  }

  /// The absolute path without links; nil if it does not exist.
  static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// The same for a path that may not be there yet.
  static func resolvedAhead(_ path: String) -> String {
    if let path = resolved(path) { return path }
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let name = parts.last else { return path }
    let above = (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
    let parent = resolvedAhead(above.isEmpty ? "." : above)
    switch name {
    case ".": return parent
    case "..": return parent.lastIndex(of: "/").map { String(parent[..<$0]) } ?? parent
    default: return parent + "/" + name
    }
  }
}

/// A lock on a folder, held until the value goes. Two builds into one folder would mix their sites.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// nil if another build holds it.
  init?(_ folder: String) throws(FileSystem.Failure) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.Failure(path: folder, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw FileSystem.Failure(path: folder, code: code)
    }
  }

  /// Waits until nobody else holds it.
  init(waitingFor folder: String) throws(FileSystem.Failure) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.Failure(path: folder, code: errno) }
    while flock(descriptor, LOCK_EX) != 0 {
      let code = errno
      if code == EINTR { continue }
      close(descriptor)
      throw FileSystem.Failure(path: folder, code: code)
    }
  }

  /// Ends the lock here and not wherever the compiler sees its last use.
  consuming func release() {}

  deinit { close(descriptor) }
}

import ArgumentParser
import Glibc
import Time

/// What the program takes from its surroundings. Clock and environment enter here only.
enum System {
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec))
  }

  /// What an option says is now, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock.
  static func time(_ option: String, _ text: String?) throws -> Timestamp {
    if let text {
      guard let time = Timestamp(rfc3339: text) else {
        throw ValidationError("\(option) takes a time such as 2026-03-31T09:40:00Z, not '\(text)'")
      }
      return time
    }
    if let epoch = environment("SOURCE_DATE_EPOCH"), !epoch.isEmpty {
      guard let seconds = Int64(epoch), (0...253_402_300_799).contains(seconds) else {
        throw ValidationError("SOURCE_DATE_EPOCH takes the seconds since 1970, not '\(epoch)'")
      }
      return Timestamp(seconds: seconds)
    }
    return now
  }

  /// All variables; of two with one name the first.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, variables[String(parts[0])] == nil { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Whether standard error is a terminal that takes colours and cursor movements.
  static var hasTerminal: Bool { isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb" }

  /// A path without the slashes after it.
  static func trimmed(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

  static func write(_ all: [UInt8], to descriptor: Int32) {
    var bytes = all[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}

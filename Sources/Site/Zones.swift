/// The time zones that the system has installed.
enum Zones {
  private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]

  /// The TZif file of a zone such as `Europe/Berlin`; nil if it is not installed or the name is none.
  static func tzif(_ name: String) -> [UInt8]? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty && !part.hasPrefix(".")
        && part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    }
    guard isName else { return nil }
    for folder in folders {
      if let bytes = try? FileSystem.read(folder + "/" + name) { return bytes }
    }
    return nil
  }
}

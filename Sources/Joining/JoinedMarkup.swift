/// Two texts of one release stand on one page: names of places that both have must not lead from one into the other.
enum JoinedMarkup {
  private static let id = Array(" id=\"".utf8)
  private static let link = Array(" href=\"#".utf8)

  /// `html` with other names for those of its places that `first` has too, and its links to them. Both come from the Markdown room.
  static func renaming(_ html: [UInt8], behind first: [UInt8]) -> [UInt8] {
    let taken = names(in: first)
    let own = names(in: html)
    let shared = own.filter(taken.contains)
    guard !shared.isEmpty else { return html }
    var renamed: [[UInt8]: [UInt8]] = [:]
    for name in shared {
      var number = 2
      while taken.contains(name + Array("-\(number)".utf8)) || own.contains(name + Array("-\(number)".utf8)) { number += 1 }
      renamed[name] = name + Array("-\(number)".utf8)
    }
    var result: [UInt8] = []
    result.reserveCapacity(html.count + 64)
    var rest = html[...]
    while let space = rest.firstIndex(of: 0x20) {
      result += rest[..<space]
      rest = rest[space...]
      guard let mark = [id, link].first(where: { rest.starts(with: $0) }) else {
        result.append(0x20)
        rest = rest.dropFirst()
        continue
      }
      let name = Array(rest.dropFirst(mark.count).prefix { $0 != UInt8(ascii: "\"") })
      result += mark + (renamed[name] ?? name)
      rest = rest.dropFirst(mark.count + name.count)
    }
    return result + rest
  }

  private static func names(in html: [UInt8]) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    var rest = html[...]
    while let found = rest.firstRange(of: id) {
      rest = rest[found.upperBound...]
      names.insert(Array(rest.prefix { $0 != UInt8(ascii: "\"") }))
    }
    return names
  }
}

/// A version as it stands in a line of text.
enum VersionText {
  /// Takes one from the start of `text`: two to four numbers, SemVer's or Python's tail; not `5.4.x`.
  static func take(_ text: inout Substring, _ setting: ReleaseHeading.Setting = .init()) -> String? {
    if setting.isDebian, let version = takeDebian(&text) { return version }
    var rest = text
    if rest.first == "v" || rest.first == "V" { rest = rest.dropFirst() }
    var numbers = 0
    while true {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
      numbers += 1
      let behind = rest.dropFirst().first
      guard numbers < 4, rest.first == ".", behind.map({ ("0"..."9").contains($0) }) == true else { break }
      rest = rest.dropFirst()
    }
    guard numbers >= 2 else { return nil }
    var tail = rest.prefix { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "-.+_".contains($0) }
    while let last = tail.last, ".-_+".contains(last) { tail = tail.dropLast() }
    guard isTail(tail) else { return nil }
    rest = rest[tail.endIndex...]
    guard isEnd(rest) else { return nil }
    let version = String(text[..<rest.startIndex])
    text = rest
    return version
  }

  /// Whether a text is a version and nothing else.
  static func isWhole(_ text: String, _ setting: ReleaseHeading.Setting = .init()) -> Bool {
    var rest = text[...]
    return take(&rest, setting) != nil && rest.isEmpty
  }

  /// Whether a version is that one or a step on the way to it: `1.4.0-rc.1`, `1.4.0`, `v1.4.0` of `1.4.0`.
  static func isPart(_ version: String, of whole: String) -> Bool {
    func plain(_ text: String) -> Substring { text.first == "v" || text.first == "V" ? text.dropFirst() : text[...] }
    let (version, whole) = (plain(version), plain(whole))
    guard version.hasPrefix(whole) else { return false }
    return version.dropFirst(whole.count).first.map { !$0.isNumber && $0 != "." } ?? true
  }

  /// The first version in a text: `Release notes for v3.0.0`, `CHANGELOG-3.0`.
  static func first(in text: String, _ setting: ReleaseHeading.Setting = .init()) -> String? {
    // `NAME-1.0` is cut only where nothing is a version as it stands: what follows a `-` belongs to one.
    for separators in [" ([@/", " -_([@/"] {
      for part in text.split(whereSeparator: separators.contains) {
        var rest = part
        if let version = take(&rest, setting) { return version }
      }
    }
    return nil
  }

  /// Whether a text holds a version that only Debian writes: one with an epoch, `2:1.0-1`.
  static func isDebian(in text: String) -> Bool {
    text.split { " ([@/".contains($0) }.contains { part in
      var rest = part
      return takeDebian(&rest)?.contains(":") == true
    }
  }

  /// `[epoch:]upstream[-revision]` (Debian Policy 5.6.12); a single number alone is none.
  private static func takeDebian(_ text: inout Substring) -> String? {
    let isPart: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || ".+~-:".contains($0)) }
    var version = text.prefix(while: isPart)
    while let last = version.last, ".+~-:".contains(last) { version = version.dropLast() }
    let upstream = version.firstIndex(of: ":").map { version[version.index(after: $0)...] } ?? version
    guard version.first?.isNumber == true, upstream.first?.isNumber == true, version.contains(where: { ".:-".contains($0) }),
      version.prefix(while: { $0 != ":" }).allSatisfy(\.isNumber) || !version.contains(":"),
      version.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil
    else { return nil }
    let rest = text[version.endIndex...]
    guard isEnd(rest) else { return nil }
    text = rest
    return String(version)
  }

  private static func isEnd(_ rest: Substring) -> Bool { rest.first.map { " ])},/:;|–—(-&\"".contains($0) } ?? true }

  private static func isTail(_ tail: Substring) -> Bool {
    guard let first = tail.first else { return true }
    if first == "-" || first == "+" { return tail.count > 1 }
    let word = tail.drop { $0 == "." || $0 == "_" }.prefix(while: \.isLetter).lowercased()
    return [
      "a", "b", "c", "rc", "alpha", "beta", "dev", "post", "pre", "preview", "final", "release", "ga", "m", "p", "r", "sp",
      "patch",
    ]
    .contains(word)
  }
}

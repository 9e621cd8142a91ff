/// What a list of changes is about (changelogs.md, section 2), as heading or first word of an item say it in many ways.
enum ChangeGroup: String {
  case breaking, security, added, changed, deprecated, removed, fixed, performance, docs, dependencies, contributors
  case `internal`
  case knownIssues = "known-issues"

  /// What a heading announces: `### 🐛 Bug Fixes:`, `## Added in 2.0`.
  init?(heading: some Collection<UInt8>) {
    if announcesBreaking(heading) {
      self = .breaking
      return
    }
    let title = heading.prefix { !":(".utf8.contains($0) }
    let words = lowerWords(title.isEmpty ? heading[...] : heading[..<title.endIndex])
    let group = words.isEmpty ? ChangeGroup.byEmoji(heading) : ChangeGroup.named(words)
    guard let group else { return nil }
    self = group
  }

  /// What the first word of an item says: `[BUGFIX] …`, `fix(core): …`, `**Security:** …`.
  init?(item: some Collection<UInt8>) {
    let start = item.drop { "[*_ ".utf8.contains($0) }.prefix(40)
    let name = start.prefix { isWordByte($0) || $0 == 0x20 }
    var rest = start[name.endIndex...]
    if rest.first == UInt8(ascii: "(") { rest = rest.drop { $0 != UInt8(ascii: ")") }.dropFirst() }
    if rest.first == UInt8(ascii: "!") { rest = rest.dropFirst() }
    let isBracketed = item.first == UInt8(ascii: "[") && rest.first == UInt8(ascii: "]")
    guard isBracketed || rest.first == UInt8(ascii: ":"), let group = ChangeGroup.named(lowerWords(name)) else { return nil }
    self = group
  }

  private static func named(_ words: String) -> ChangeGroup? {
    if let group = names[words] { return group }
    if isBreakingTitle(words.utf8) { return .breaking }
    for joint in [" in ", " for ", " since "] {
      if let range = words.firstRange(of: joint), let group = names[String(words[..<range.lowerBound])] { return group }
    }
    return nil
  }

  private static func byEmoji(_ heading: some Collection<UInt8>) -> ChangeGroup? {
    let text = String(decoding: heading, as: UTF8.self).unicodeScalars.filter { $0.value != 0xFE0F && $0.value > 0x20 }
    return text.count == 1 ? text.first.flatMap { emoji[$0] } : nil
  }

  private static let names: [String: ChangeGroup] = {
    let lists: [(ChangeGroup, [String])] = [
      (
        .security, ["security", "security fix", "security fixes", "security updates", "security advisories", "vulnerabilities"]
      ),
      (
        .added,
        [
          "add", "added", "additions", "feat", "feature", "features", "enhancement", "enhancements", "minor changes", "new",
          "new feature", "new features", "what s new",
        ]
      ),
      (
        .changed,
        [
          "change", "changed", "changes", "behavior changes", "improved", "improvement", "improvements", "major changes",
          "other changes", "updated", "updates",
        ]
      ),
      (.deprecated, ["deprecated", "deprecation", "deprecations"]), (.removed, ["removal", "removals", "removed"]),
      (
        .fixed,
        ["bug", "bug fix", "bug fixes", "bugfix", "bugfixes", "bugs", "bugs fixed", "fix", "fixed", "fixes", "patch changes"]
      ),
      (.performance, ["optimization", "optimizations", "perf", "performance", "performance improvements"]),
      (.docs, ["docs", "documentation", "documentation changes"]),
      (
        .internal,
        [
          "build", "build system", "chore", "chores", "ci", "code refactoring", "continuous integration", "housekeeping",
          "internal",
          "internal changes", "maintenance", "misc", "miscellaneous", "miscellaneous chores", "refactor", "refactoring",
          "style",
          "styles", "test", "tests", "under the hood",
        ]
      ),
      (.dependencies, ["dependencies", "dependency updates", "dependency upgrades", "deps"]),
      (.knownIssues, ["known issue", "known issues"]),
      (
        .contributors,
        [
          "acknowledgements", "authors", "committers", "contributors", "credits", "first time contributors", "new contributors",
          "thanks",
        ]
      ),
    ]
    return lists.reduce(into: [:]) { names, list in
      for name in list.1 { names[name] = list.0 }
    }
  }()

  private static let emoji: [Unicode.Scalar: ChangeGroup] = [
    "💥": .breaking, "🔒": .security, "🔐": .security, "🛡": .security, "✨": .added, "🚀": .added, "🎉": .added, "💅": .changed,
    "🗑": .deprecated, "🔥": .removed, "🐛": .fixed, "🩹": .fixed, "🚑": .fixed, "⚡": .performance, "🏎": .performance, "📝": .docs,
    "📚": .docs, "🏠": .internal, "🧹": .internal, "♻": .internal, "🔧": .internal, "🔨": .internal, "⬆": .dependencies,
    "📦": .dependencies, "👥": .contributors, "❤": .contributors,
  ]
}

/// Whether a text names a published vulnerability: `CVE-2026-1234`, `GHSA-xxxx-xxxx-xxxx`.
func namesVulnerability(_ text: some Collection<UInt8>) -> Bool {
  var rest = text[...]
  while let start = rest.firstIndex(where: { $0 == UInt8(ascii: "C") || $0 == UInt8(ascii: "G") }) {
    let found = rest[start...].prefix(32)
    if found.starts(with: "CVE-".utf8), digits(found.dropFirst(4)) == 4, found.dropFirst(8).first == UInt8(ascii: "-"),
      digits(found.dropFirst(9)) >= 4
    {
      return true
    }
    if found.starts(with: "GHSA-".utf8), found.dropFirst(5).prefix(14).count == 14,
      found.dropFirst(5).prefix(14).allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: "-") })
    {
      return true
    }
    rest = rest[rest.index(after: start)...]
  }
  return false
}

private func digits(_ text: some Collection<UInt8>) -> Int { text.prefix { (0x30...0x39).contains($0) }.count }

extension MarkdownHeading {
  /// Whether it announces a group of changes of any kind, such as "Added" or "🐛 Bug Fixes".
  package var opensGroup: Bool { ChangeGroup(heading: text.utf8) != nil }
}

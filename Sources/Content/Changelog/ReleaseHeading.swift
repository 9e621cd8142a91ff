import Releases

/// What a heading of a changelog says of a release (changelogs.md, 3, rules 2, 6 and 7).
struct ReleaseHeading {
  /// None: what is not released yet.
  private(set) var versions: [String] = []
  private(set) var day: CivilDate?
  /// A date that names no day for certain, as it was written.
  private(set) var unclearDate: String?
  /// A date that was written year, day, month.
  private(set) var swappedDate: String?
  private(set) var isYanked = false
  /// It says that it is not released, besides its version.
  private(set) var isUnreleased = false
  private(set) var title: String?
  /// It is a release wherever it stands; else only among others of its level.
  private(set) var isStrict = true
  /// A word stands before the version that may be the product's name.
  private(set) var namesProduct = false

  private static let noProducts: Set<String> = [
    "changelog", "changes", "notes", "since", "for", "migration", "upgrade", "downloads",
  ]
  private static let yanked = [
    "yanked", "withdrawn", "retracted", "pulled", "unlisted", "broken", "do not use", "not published",
  ]
  private static let unreleased = ["unreleased", "tbd", "tbc", "tba", "not yet released"]
  private static let next: Set<String> = [
    "unreleased", "unreleased changes", "latest changes", "latest", "next", "next release", "next version", "upcoming",
    "upcoming release",
    "upcoming changes", "tbd",
  ]
  private static let branches: Set<String> = ["main", "master", "dev", "develop", "development", "head", "trunk"]
  private static let separators: Set<Character> = ["-", "–", "—", ":", "/", "|", ",", "·"]

  init?(_ text: String) {
    let start = text.drop { !$0.isLetter && !$0.isNumber && $0 != "[" && $0 != "(" }
    if readNext(start) || readDateFirst(start) { return }
    (versions, day, unclearDate, swappedDate, title) = ([], nil, nil, nil, nil)
    var rest = start
    guard readVersions(&rest) else { return nil }
    readTail(rest)
  }

  // MARK: Forms

  /// `[Unreleased]`, `master (unreleased)`, `Latest Changes`.
  private mutating func readNext(_ text: Substring) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let first = words.first else { return false }
    let isBranch = Self.branches.contains(first) && words.contains("unreleased") && words.count <= 3
    let isWord = Self.next.contains(words.joined(separator: " "))
    // `[Unreleased] - 2026-08-20`, but not a version that is unreleased.
    let isMarked = first == "unreleased" && text.count <= 60 && !words.contains("since")
    isUnreleased = isBranch || isWord || isMarked
    return isUnreleased
  }

  /// `2018-10-03 Version 1.5.0, @who`.
  private mutating func readDateFirst(_ text: Substring) -> Bool {
    guard let date = WrittenDate(startOf: text) else { return false }
    var rest = date.rest.drop { $0 == " " || Self.separators.contains($0) }
    skipWord(["version", "release"], &rest)
    guard let version = Self.version(&rest) else { return false }
    versions = [version]
    take(date)
    if rest.first != ",", !rest.isEmpty { readTail(rest) }
    return true
  }

  /// `[Version] 1.4.0`, `product-1.4.0`, `Product v1.4.0`, `[1.4.0, 1.3.9]`.
  private mutating func readVersions(_ rest: inout Substring) -> Bool {
    if readList(&rest) { return true }
    skipWord(["version", "release"], &rest)
    if readList(&rest) { return true }
    let word = rest.prefix { $0 != " " }
    let lower = word.lowercased()
    if Self.noProducts.contains(lower.filter(\.isLetter)) { return false }
    if Self.yanked.contains(lower) {
      (isYanked, isStrict) = (true, false)
      // `Unlisted see #2004 - 3.15.1`: the first version behind it.
      for start in rest.indices where rest[start] == " " {
        var behind = rest[rest.index(after: start)...]
        guard readList(&behind) else { continue }
        rest = behind
        return true
      }
      return false
    }
    // A name that ends in `-` or `@`.
    for index in word.indices.reversed() where word[index] == "-" || word[index] == "@" {
      var behind = rest[word.index(after: index)...]
      guard index > word.startIndex, readList(&behind) else { continue }
      rest = behind
      return true
    }
    guard word.contains(where: \.isLetter) else { return false }
    var behind = rest[word.endIndex...].drop { $0 == " " }
    skipWord(["version", "release"], &behind)
    guard readList(&behind) else { return false }
    namesProduct = true
    rest = behind
    return true
  }

  private mutating func readList(_ text: inout Substring) -> Bool {
    var rest = text
    let isBracketed = rest.first == "["
    if isBracketed { rest = rest.dropFirst() }
    guard let first = Self.version(&rest) else { return false }
    var found = [first]
    while true {
      var behind = rest.drop { $0 == " " }
      guard behind.first == "/" || behind.first == "," else { break }
      behind = behind.dropFirst().drop { $0 == " " }
      guard WrittenDate(startOf: behind) == nil, let next = Self.version(&behind) else { break }
      found.append(next)
      rest = behind
    }
    if isBracketed {
      guard rest.first == "]" else { return false }
      rest = rest.dropFirst()
    }
    (versions, text) = (found, rest)
    return true
  }

  // MARK: What follows the version

  private mutating func readTail(_ text: Substring) {
    var rest = text
    var isSeparated = false
    while true {
      rest = rest.drop { $0 == " " }
      guard let first = rest.first else { return }
      if Self.separators.contains(first) {
        isSeparated = true
        rest = rest.dropFirst()
      } else if let (inner, behind) = Self.enclosed(rest), readPart(inner) {
        (rest, isSeparated) = (behind, true)
      } else if let date = WrittenDate(startOf: rest) {
        take(date)
        rest = date.rest
      } else if readPart(rest) {
        return
      } else {
        title = String(rest)
        if !isSeparated { isStrict = false }
        return
      }
    }
  }

  /// A date or a mark that is all of `text`.
  private mutating func readPart(_ text: Substring) -> Bool {
    let plain = text.lowercased().filter { $0 != "*" && $0 != "_" && $0 != "!" }.split(separator: " ").joined(separator: " ")
    let isMark: (String) -> Bool = {
      plain == $0 || plain.hasPrefix($0 + " ") || plain.hasPrefix($0 + ":") || plain.hasPrefix($0 + ",")
    }
    if Self.yanked.contains(where: isMark) {
      isYanked = true
    } else if Self.unreleased.contains(where: isMark) {
      isUnreleased = true
    } else if let date = WrittenDate(startOf: Self.withoutLead(text)),
      !date.rest.contains(where: { $0.isLetter || $0.isNumber })
    {
      take(date)
    } else {
      return false
    }
    return true
  }

  private mutating func take(_ date: WrittenDate) {
    day = date.day ?? day
    if date.day == nil { unclearDate = date.text }
    if date.isSwapped { swappedDate = date.text }
  }

  /// A date at the start of a text of its own, such as the first line of a release.
  mutating func readDate(in text: Substring) {
    guard day == nil, unclearDate == nil, let date = WrittenDate(startOf: Self.withoutLead(text)) else { return }
    take(date)
  }

  private static func withoutLead(_ text: Substring) -> Substring {
    var rest = text.drop { $0 == " " || $0 == "*" || $0 == "_" }
    for lead in ["released on ", "released: ", "released ", "release date: ", "date: ", "on "]
    where rest.lowercased().hasPrefix(lead) {
      rest = rest.dropFirst(lead.count)
    }
    return rest
  }

  // MARK: Parts

  /// Two to four numbers, SemVer's or Python's tail; not `5.4.x`.
  static func version(_ text: inout Substring) -> String? {
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
    guard rest.first.map({ " ])},/:;|–—(-".contains($0) }) ?? true else { return nil }
    let version = String(text[..<rest.startIndex])
    text = rest
    return version
  }

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

  private static func enclosed(_ text: Substring) -> (inner: Substring, behind: Substring)? {
    let ends: [Character: Character] = ["(": ")", "[": "]"]
    guard let first = text.first, let end = ends[first], let close = text.firstIndex(of: end) else { return nil }
    return (text[text.index(after: text.startIndex)..<close], text[text.index(after: close)...])
  }

  private func skipWord(_ words: [String], _ text: inout Substring) {
    let word = text.prefix { $0 != " " }
    if words.contains(word.lowercased()) { text = text[word.endIndex...].drop { $0 == " " } }
  }
}

extension ReleaseHeading {
  /// What stands behind the version is short, and no guide from one to the next.
  var isPlain: Bool {
    guard !isStrict, let title else { return true }
    let words = title.lowercased()
    return title.count <= 60 && !["migration", "migrating", "upgrade", "upgrading", "guide"].contains { words.contains($0) }
  }
}

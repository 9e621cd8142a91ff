import Records
import Time

/// What a heading of a changelog says of a release (changelogs.md, 3, rules 2, 6 and 7).
struct ReleaseHeading {
  /// What the words of a heading are read with.
  struct Setting {
    /// Whose day it is where a heading tells a time.
    var zone = Zone.utc
    /// Whatever begins with a number is a version; it may have an epoch and a revision, and be enclosed behind the name of a package.
    var isDebian = false
    /// Keys and names of services that are several words, in lower case, the longest first.
    var names: [String] = []
    /// Those of the service that the text is of, in lower case.
    var own: Set<String> = []
  }

  /// None: what is not released yet. The first is the release, the others are further names of it.
  private(set) var versions: [String] = []
  /// What stands behind the version.
  private var tail = ReleaseTail()
  /// What stands before the version, or in it, and may be the product's name.
  private(set) var product: String?
  /// The product is a word of its own, which may be any word: `Swift 5.9`.
  private(set) var namesProduct = false
  /// Brackets stand around version and product.
  private(set) var isBracketed = false

  private let setting: Setting

  var day: CivilDate? { tail.day }
  /// A date that names no day for certain, as it was written.
  var unclearDate: String? { tail.unclearDate }
  /// A day or a time that does not exist, as it was written.
  var impossibleDate: String? { tail.impossibleDate }
  /// A date that was written year, day, month.
  var swappedDate: String? { tail.swappedDate }
  var isYanked: Bool { tail.isYanked }
  /// It says that it is not released, besides its version.
  var isUnreleased: Bool { tail.isUnreleased }
  var title: String? { tail.title }
  /// It is a release wherever it stands; else only among others of its level.
  var isStrict: Bool { tail.isStrict }

  private static let noProducts: Set<String> = [
    "changelog", "changes", "notes", "since", "for", "migration", "upgrade", "downloads",
  ]
  /// Words of a sentence, not of a name.
  private static let noNameWords: Set<String> = noProducts.union([
    "to", "from", "in", "with", "of", "on", "and", "or", "the", "a", "is", "support", "supports", "requires", "until", "before",
    "after", "upgrading", "migrating", "what's", "new", "news",
  ])
  private static let branches: Set<String> = [
    "main", "master", "dev", "develop", "development", "head", "trunk", "edge", "nightly", "wip", "future", "current",
  ]

  init?(_ text: String, _ setting: Setting = Setting()) {
    self.setting = setting
    let start = text.drop { !$0.isLetter && !$0.isNumber && $0 != "[" && $0 != "(" && $0 != "@" }
    if readNext(start) || readDateFirst(start) { return }
    (versions, tail) = ([], ReleaseTail())
    var rest = start
    guard readVersions(&rest) else { return nil }
    readTail(rest)
    readDateOfVersion()
    // A name of several words is one only where the rest of the heading is a release's.
    if namesProduct, !isBracketed, product?.contains(" ") == true, day == nil || !isStrict { return nil }
  }

  /// `14.4.2026` is a version by its form, and a day.
  private mutating func readDateOfVersion() {
    guard day == nil, versions.count == 1, let date = WrittenDate(startOf: versions[0][...]), date.rest.isEmpty,
      versions[0].split(separator: ".").last?.count == 4
    else { return }
    tail.day = date.day
  }

  /// A heading at the level of releases whose words alone would not be one. `product`: the name that stands before the version.
  init?(behind product: String?, _ text: Substring, _ setting: Setting) {
    self.setting = setting
    self.product = product
    var rest = text
    if readNext(text) { return }
    guard readList(&rest) else { return nil }
    readTail(rest)
  }

  /// A release that is named by its day or its number.
  init(named names: [String], day: CivilDate?, tail: Substring, _ setting: Setting) {
    self.setting = setting
    readTail(tail)
    versions = names
    self.tail.day = day ?? self.tail.day
  }

  // MARK: Forms

  /// A branch's name alone: only before the first release it says what is to come (rule 6b).
  static func isBranch(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.count == 1 && words.contains(where: branches.contains)
  }

  /// `unreleased.md`, `next.md`, `next-release.md`: a note of what is to come.
  static func isNext(fileName stem: String) -> Bool {
    ReleaseTail.next.contains(stem.lowercased().split { !$0.isLetter }.joined(separator: " "))
  }

  /// `[Unreleased]`, `master (unreleased)`, `Latest Changes`.
  private mutating func readNext(_ text: Substring) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let first = words.first else { return false }
    let isBranch = Self.branches.contains(first) && words.contains("unreleased") && words.count <= 3
    // `Next 2`.
    let isNumbered = ["next", "upcoming", "coming"].contains(first)
    let named = isNumbered ? words.filter { !$0.drop { $0 == "v" }.allSatisfy(\.isNumber) } : words
    let phrase = named.joined(separator: " ")
    // Behind a version, "latest" is said of one that is released.
    let isWord = ReleaseTail.next.contains(phrase) || phrase == "latest" || phrase == "latest changes"
    // `[Unreleased] - 2026-08-20`, but not a version that is unreleased.
    let isMarked = first == "unreleased" && text.count <= 60 && !words.contains("since")
    tail.isUnreleased = isBranch || isWord || isMarked
    if isUnreleased { readNextVersion(text) }
    return isUnreleased
  }

  /// `Unreleased 2.1.0`, `[Unreleased] - 2.1.0`, `Next (2.2.0)`: it is `2.1.0 (unreleased)`.
  private mutating func readNextVersion(_ text: Substring) {
    let isNumber: (Character) -> Bool = { $0.isASCII && $0.isNumber }
    guard var start = text.firstIndex(where: isNumber) else { return }
    if start > text.startIndex, "vV".contains(text[text.index(before: start)]) { start = text.index(before: start) }
    let words = text[..<start].lowercased().split { !$0.isLetter }.filter { $0 != "version" && $0 != "release" }
    var rest = text[start...]
    guard words.count == 1, ["unreleased", "next", "upcoming", "coming"].contains(words[0]),
      WrittenDate(startOf: rest, zone: setting.zone) == nil, readList(&rest)
    else { return }
    readTail(rest.drop { ")]".contains($0) })
    tail.isUnreleased = true
  }

  /// `2018-10-03 Version 1.5.0, @who`.
  private mutating func readDateFirst(_ text: Substring) -> Bool {
    guard let date = WrittenDate(startOf: text, zone: setting.zone), !date.isImpossible else { return false }
    var rest = date.rest.drop { $0 == " " || ReleaseTail.separators.contains($0) }
    skipWord(["version", "release"], &rest)
    guard let version = VersionText.take(&rest, setting) else { return false }
    versions = [version]
    tail.take(date)
    if rest.first != ",", !rest.isEmpty { readTail(rest) }
    return true
  }

  /// `[Version] 1.4.0`, `product-1.4.0`, `Product v1.4.0`, `[1.4.0, 1.3.9]`.
  private mutating func readVersions(_ rest: inout Substring) -> Bool {
    if readList(&rest) || readService(&rest) { return true }
    skipWord(["version", "release"], &rest)
    if readList(&rest) { return true }
    if rest.first == "[", let close = rest.firstIndex(of: "]") {
      var inner = rest[rest.index(after: rest.startIndex)..<close]
      guard readService(&inner) || readJoinedName(&inner) || readNames(&inner, upTo: 3), inner.isEmpty else { return false }
      isBracketed = true
      rest = rest[rest.index(after: close)...]
      return true
    }
    let word = rest.prefix { $0 != " " }
    let lower = word.lowercased()
    if Self.noProducts.contains(lower.filter(\.isLetter)) { return false }
    if ReleaseTail.yanked.contains(lower) || isMarkedWithdrawn(rest) { return readWithdrawn(&rest) }
    return readJoinedName(&rest) || readNames(&rest, upTo: 3)
  }

  /// `Retracted: 2.1.0`.
  private func isMarkedWithdrawn(_ text: Substring) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    return ReleaseTail.yanked.contains(text[..<colon].lowercased())
  }

  /// `Unlisted see #2004 - 3.15.1`: the first version behind it.
  private mutating func readWithdrawn(_ rest: inout Substring) -> Bool {
    (tail.isYanked, tail.isStrict) = (true, false)
    for start in rest.indices where rest[start] == " " {
      var behind = rest[rest.index(after: start)...]
      guard readList(&behind) else { continue }
      rest = behind
      return true
    }
    return false
  }

  /// The name of a service: it may be any words.
  private mutating func readService(_ rest: inout Substring) -> Bool {
    for name in setting.names {
      let written = rest.prefix(name.count)
      guard written.lowercased() == name else { continue }
      var behind = rest[written.endIndex...]
      guard let mark = behind.first, " -@/_:".contains(mark) else { continue }
      behind = behind.drop { $0 == " " || ReleaseTail.separators.contains($0) || "@_".contains($0) }
      skipWord(["version", "release"], &behind)
      guard readList(&behind) || readEnclosed(&behind) else { continue }
      product = String(written)
      rest = behind
      return true
    }
    return false
  }

  /// A name that ends in `-`, `@`, `/`, `_` or `:`.
  private mutating func readJoinedName(_ rest: inout Substring) -> Bool {
    let word = rest.prefix { $0 != " " }
    for index in word.indices.reversed() where "-@/_:".contains(word[index]) {
      var behind = rest[word.index(after: index)...]
      guard word[..<index].contains(where: \.isLetter), readList(&behind) else { continue }
      product = String(word[..<index])
      rest = behind
      return true
    }
    return false
  }

  /// A name of up to so many words.
  private mutating func readNames(_ rest: inout Substring, upTo most: Int) -> Bool {
    var behind = rest
    var words: [Substring] = []
    while words.count < most {
      let word = behind.prefix { $0 != " " }
      let isName =
        word.contains(where: \.isLetter)
        && (words.isEmpty || !Self.noNameWords.contains(words[0].lowercased()) && !Self.noNameWords.contains(word.lowercased()))
      guard isName else { return false }
      words.append(word)
      behind = behind[word.endIndex...].drop { $0 == " " }
      var next = behind
      skipWord(["version", "release"], &next)
      guard readList(&next) || readEnclosed(&next) else { continue }
      product = words.joined(separator: " ")
      namesProduct = true
      rest = next
      return true
    }
    return false
  }

  /// `tank (2:1.0-1) unstable; urgency=medium` (deb-changelog), which nothing else looks like.
  private mutating func readEnclosed(_ rest: inout Substring) -> Bool {
    guard rest.first == "(", let (inner, behind) = ReleaseTail.enclosed(rest) else { return false }
    let isEntry = behind.contains("; urgency=") || behind.contains(";urgency=")
    guard setting.isDebian || isEntry else { return false }
    var version = inner
    var debian = setting
    debian.isDebian = true
    guard readList(&version, debian), version.isEmpty else { return false }
    isBracketed = true
    rest = isEntry || behind.contains(";") ? "" : behind
    return true
  }

  private mutating func readList(_ text: inout Substring, _ other: Setting? = nil) -> Bool {
    let setting = other ?? self.setting
    var rest = text
    let isBracketed = rest.first == "["
    if isBracketed { rest = rest.dropFirst() }
    guard let first = VersionText.take(&rest, setting) else { return false }
    var found = [first]
    while true {
      var behind = rest.drop { $0 == " " }
      guard Self.skipJoint(&behind) else { break }
      guard WrittenDate(startOf: behind, isNoVersion: !Self.isOfYear(first)) == nil,
        let next = VersionText.take(&behind, setting)
      else { break }
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

  /// What stands between two versions of a list: a mark, or "and".
  private static func skipJoint(_ text: inout Substring) -> Bool {
    guard let first = text.first, "/,&+".contains(first) else { return skipAnd(&text) }
    text = text.dropFirst().drop { $0 == " " }
    // `1.4.0, and 1.3.9`.
    if first == "," { _ = skipAnd(&text) }
    return true
  }

  private static func skipAnd(_ text: inout Substring) -> Bool {
    let word = text.prefix { $0 != " " }
    guard ["and", "und"].contains(word.lowercased()) else { return false }
    text = text[word.endIndex...].drop { $0 == " " }
    return true
  }

  /// `2026.13.1`.
  private static func isOfYear(_ version: String) -> Bool { version.prefixMatch(of: /[vV]?(?:19|20)[0-9]{2}\./) != nil }

  /// What is read behind a version depends on it.
  private mutating func readTail(_ text: Substring) {
    prepareTail()
    tail.read(text)
  }

  /// A date at the start of a text of its own, such as the first line of a release.
  mutating func readDate(in text: Substring) {
    prepareTail()
    tail.readDate(in: text)
  }

  /// Of a version that is a year and more, another one may follow.
  private mutating func prepareTail() {
    tail.zone = setting.zone
    tail.isNoVersion = versions.first.map { !Self.isOfYear($0) } ?? false
  }

  private func skipWord(_ words: [String], _ text: inout Substring) {
    let word = text.prefix { $0 != " " }
    if words.contains(word.lowercased()) { text = text[word.endIndex...].drop { $0 == " " } }
  }
}

extension ReleaseHeading {
  /// Words of what tells how to come from one release to the next.
  static let guides: Set<String> = ["migration", "migrating", "upgrade", "upgrading", "guide"]

  /// What stands behind the version is short, and no guide from one to the next.
  var isPlain: Bool {
    guard !isStrict, let title else { return true }
    let words = title.lowercased()
    return title.count <= 60 && !Self.guides.contains { words.contains($0) }
  }

  /// A heading that is certain to be of a release, wherever it stands: by its form, or by the words before its version.
  init?(naming text: String, _ setting: Setting) {
    if let form = ReleaseHeading(text, setting), form.isCertain || form.isOfOwn {
      self = form
    } else if let phrase = ReleasePhrase(text, setting), phrase.hasLead, !phrase.heading.versions.isEmpty {
      self = phrase.heading
    } else {
      return nil
    }
  }

  /// A release by this form alone, and not a word that a number happens to follow (`Swift 5.9`).
  var isCertain: Bool { isStrict && !versions.isEmpty && (!namesProduct || isBracketed || day != nil) }

  private var isOfOwn: Bool {
    isStrict && !versions.isEmpty && (product.map { setting.own.contains($0.lowercased()) } ?? false)
  }
}

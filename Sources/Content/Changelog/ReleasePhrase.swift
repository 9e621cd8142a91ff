/// A heading that says in words that it is of a release: `Changelog for NAME 1.4.0 (DATE)`, `Changes in 1.4.0`, `NAME 1.4.0`.
struct ReleasePhrase {
  /// What all such headings of a file begin with; the name where there is nothing else.
  let key: String
  /// The key of all names of one word together.
  static let anyName = "|"

  /// Whether a key is a name of one word, or of any.
  static func isName(_ key: String) -> Bool { key.hasPrefix("|") && !key.contains(" ") }

  var isOneName: Bool { ReleasePhrase.isName(key) }

  /// Whether words that announce notes stand before the version, and not a name alone.
  let hasLead: Bool
  let heading: ReleaseHeading

  private static let leads = [
    "changelog for", "changelog of", "changelog", "change log for", "change log", "changes in", "changes for", "changes to",
    "changes", "release notes for", "release notes of", "release notes", "releasenotes", "notes for",
    "what's new in", "what’s new in", "what is new in", "new in", "news in", "news for", "news", "new features in",
    "highlights of", "summary of changes in", "version", "release", "änderungen in", "änderungen", "neu in", "neuerungen in",
    "neues in", "neuigkeiten in", "versionshinweise für", "versionshinweise zu", "versionshinweise", "ausgabe", "fassung",
  ]

  /// nil where no version stands behind at most six words, or what is behind it is no release's.
  init?(_ text: String, _ setting: ReleaseHeading.Setting) {
    var rest = text.drop { !$0.isLetter && !$0.isNumber }
    var words: [Substring] = []
    while words.count <= 6 {
      let prefix = words.joined(separator: " ")
      if let found = ReleaseHeading(behind: ReleasePhrase.product(in: prefix), rest, setting),
        found.isPlain, !words.isEmpty, !words.contains(where: ReleasePhrase.isOther)
      {
        let lead = ReleasePhrase.lead(of: prefix)
        (key, hasLead, heading) = (lead ?? "|" + prefix.lowercased(), lead != nil, found)
        return
      }
      let word = rest.prefix { $0 != " " }
      guard !word.isEmpty else { return nil }
      words.append(word)
      rest = rest[word.endIndex...].drop { $0 == " " || $0 == ":" || $0 == "–" || $0 == "—" }
    }
    return nil
  }

  /// "Changelog since v2.2.2" and a guide from one version to another are of no release.
  private static func isOther(_ word: Substring) -> Bool {
    ["since", "migration", "migrating", "upgrade", "upgrading", "downloads", "between", "from", "seit", "zwischen", "von"]
      .contains(word.lowercased())
  }

  private static func lead(of prefix: String) -> String? {
    let words = prefix.lowercased().filter { $0 != ":" }
    return leads.first { words == $0 || words.hasPrefix($0 + " ") }
  }

  /// The name between the lead and the version; nil where there is none.
  private static func product(in prefix: String) -> String? {
    let rest = lead(of: prefix).map { prefix.dropFirst($0.count) } ?? prefix[...]
    var words = rest.split(separator: " ")
    while let last = words.last?.lowercased(), ["version", "release"].contains(last) { words.removeLast() }
    return words.isEmpty || words.count > 3 ? nil : words.joined(separator: " ")
  }
}

/// A heading that is a day or a running number, which then is the version, as it is written.
struct NumberedHeading {
  let heading: ReleaseHeading
  private static let words: Set<String> = [
    "build", "release", "version", "revision", "rev", "number", "no", "nr", "b", "r", "v",
  ]

  /// A number that may just as well be a year.
  let isYear: Bool

  init?(_ text: String, _ setting: ReleaseHeading.Setting) {
    var start = text.drop { !$0.isLetter && !$0.isNumber && $0 != "#" }
    if text.first == "[", let close = text.firstIndex(of: "]") {
      start = text[text.index(after: text.startIndex)..<close] + text[text.index(after: close)...]
    }
    let word = start.prefix(while: \.isLetter)
    let behind = NumberedHeading.words.contains(word.lowercased()) ? start[word.endIndex...].drop { " :-".contains($0) } : start
    if let date = WrittenDate(startOf: behind, zone: setting.zone), !date.isImpossible, NumberedHeading.isTail(date.rest) {
      let whole = String(start[..<date.rest.startIndex])
      heading = ReleaseHeading(
        named: whole == date.text ? [whole] : [whole, date.text], day: date.day, tail: date.rest, setting)
      isYear = false
      return
    }
    guard let (names, rest) = NumberedHeading.number(start), NumberedHeading.isTail(rest) else { return nil }
    heading = ReleaseHeading(named: names, day: nil, tail: rest, setting)
    isYear = names[0].count == 4 && (1970...2100).contains(Int(names[0]) ?? 0)
  }

  /// A title needs a mark between.
  private static func isTail(_ rest: Substring) -> Bool {
    // `2:1.0-1` is no second number.
    if rest.first == ":", rest.dropFirst().first?.isNumber == true { return false }
    let text = rest.drop { $0 == " " }
    guard let first = text.first else { return true }
    return ReleaseTail.separators.contains(first) || "(\"“„".contains(first)
      || WrittenDate(startOf: text) != nil
  }

  /// `1458`, `Build 1458`, `#1458`, `20240203-110809-5046fc22`. With a word before it, the number alone is a further name.
  private static func number(_ text: Substring) -> (names: [String], rest: Substring)? {
    var rest = text
    let word = rest.prefix(while: \.isLetter)
    guard word.isEmpty || words.contains(word.lowercased()) else { return nil }
    rest = rest[word.endIndex...].drop { " .#-".contains($0) }
    // A month or a week.
    if let month = rest.prefixMatch(of: /[0-9]{4}-(?:[0-9]{2}|W[0-9]{2}|Q[1-4])(?![0-9A-Za-z-])/) {
      return ([String(text[..<month.range.upperBound])], rest[month.range.upperBound...])
    }
    let number = rest.prefix { $0.isHexDigit || $0 == "-" || $0 == "." }
    let digits = number.prefix(while: \.isNumber)
    guard !digits.isEmpty, digits.count <= 18, number.last != "-", number.last != ".",
      digits.count == number.count || (digits.count >= 6 && "-.".contains(number[digits.endIndex]))
    else { return nil }
    rest = rest[number.endIndex...]
    guard rest.first.map({ !$0.isLetter && !$0.isNumber }) ?? true else { return nil }
    let whole = String(text[..<rest.startIndex])
    return (whole == number ? [whole] : [whole, String(number)], rest)
  }
}

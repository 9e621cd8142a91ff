import Records
import Time

/// What a heading says behind the version of its release: dates, marks and a title (changelogs.md, 3, rules 6 and 7).
struct ReleaseTail {
  var day: CivilDate?
  private(set) var unclearDate: String?
  private(set) var impossibleDate: String?
  private(set) var swappedDate: String?
  var isYanked = false
  var isUnreleased = false
  private(set) var title: String?
  var isStrict = true

  /// Whose day it is where a time is told.
  var zone = Zone.utc
  /// What looks like a version is a date.
  var isNoVersion = false

  static let yanked = [
    "yanked", "withdrawn", "retracted", "pulled", "unlisted", "broken", "do not use", "not published",
  ]
  /// Words that say why a release was withdrawn.
  private static let reasons: Set<String> = ["due", "because", "see", "wegen"]
  private static let unreleased = ["unreleased", "tbd", "tbc", "tba", "not yet released", "unveröffentlicht"]
  static let next: Set<String> = [
    "unreleased", "unreleased changes", "next", "next release", "next version", "upcoming", "upcoming release",
    "upcoming changes", "tbd", "not yet released", "not released", "to be released", "coming", "coming soon", "coming next",
    "coming up", "in development", "under development", "in progress", "work in progress", "pending changes",
    "development version", "unveröffentlicht", "noch nicht veröffentlicht", "nächste version", "demnächst", "kommende version",
    "in entwicklung", "in arbeit",
  ]
  static let separators: Set<Character> = ["-", "–", "—", ":", "/", "|", ",", "·", "•"]

  /// Reads all that stands behind the version.
  mutating func read(_ text: Substring) {
    var rest = text
    var isSeparated = false
    while true {
      rest = rest.drop { $0 == " " }
      guard let first = rest.first else { return }
      if Self.separators.contains(first) {
        isSeparated = true
        rest = rest.dropFirst()
      } else if let (inner, behind) = Self.quoted(rest) {
        title = String(inner)
        (rest, isSeparated) = (behind, true)
      } else if let (inner, behind) = Self.enclosed(rest), readPart(inner) {
        (rest, isSeparated) = (behind, true)
      } else if let date = writtenDate(rest) {
        take(date)
        rest = date.rest
      } else if let behind = readMark(rest) {
        (rest, isSeparated) = (behind, true)
      } else if readPart(rest) {
        return
      } else {
        title = withoutDate(rest)
        if !isSeparated { isStrict = false }
        return
      }
    }
  }

  /// A title, without the date or mark that ends it: `Summer (2026-03-02)`, `Summer – 2026-03-02`.
  private mutating func withoutDate(_ text: Substring) -> String {
    if day == nil, text.last == ")" || text.last == "]", let open = text.lastIndex(where: { $0 == "(" || $0 == "[" }),
      let (inner, behind) = Self.enclosed(text[open...]), behind.isEmpty, open > text.startIndex, readPart(inner)
    {
      return Self.trimmed(text[..<open])
    }
    for index in text.indices.reversed() where day == nil && "-–—,".contains(text[index]) {
      let behind = text[text.index(after: index)...].drop { $0 == " " }
      guard index > text.startIndex, text[text.index(before: index)] == " " || text[index] == ",",
        let date = WrittenDate(startOf: behind, zone: zone), date.rest.isEmpty
      else { continue }
      take(date)
      return Self.trimmed(text[..<index])
    }
    if let (inner, behind) = Self.enclosed(text), text.first == "(", behind.isEmpty { return String(inner) }
    return String(text)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last == " " || separators.contains(last) { text = text.dropLast() }
    return String(quoted(text).map(\.inner) ?? text)
  }

  /// A date or a mark that is all of `text`.
  private mutating func readPart(_ text: Substring) -> Bool {
    let plain = text.lowercased().filter { $0 != "*" && $0 != "_" && $0 != "!" }.split(separator: " ").joined(separator: " ")
    if let behind = readMark(text) {
      let rest = behind.drop { $0 == " " || Self.separators.contains($0) }
      if let date = date(behindLead: rest) { take(date) } else if !rest.isEmpty { title = String(rest) }
    } else if Self.next.contains(plain) {
      isUnreleased = true
    } else if let date = date(behindLead: text), !date.rest.contains(where: { $0.isLetter || $0.isNumber }) {
      take(date)
    } else {
      return false
    }
    return true
  }

  /// A mark at the start of `text`, and what stands behind it: nothing, a date, or something that is set apart. Other words make a title
  /// of it, as in "Unreleased features removed".
  private mutating func readMark(_ text: Substring) -> Substring? {
    let start = text.drop { " *_".contains($0) }
    for mark in Self.yanked + Self.unreleased where start.prefix(mark.count).lowercased() == mark {
      let rest = start.dropFirst(mark.count).drop { " *_!.".contains($0) }
      let isYank = Self.yanked.contains(mark)
      let isReason = isYank && Self.reasons.contains(rest.prefix { $0 != " " }.lowercased())
      let isApart = rest.first.map { Self.separators.contains($0) || "([;".contains($0) } ?? true
      guard isApart || isReason || writtenDate(rest) != nil else { continue }
      if isYank { isYanked = true } else { isUnreleased = true }
      if !isReason { return rest }
      title = String(start)
      return ""
    }
    return nil
  }

  mutating func take(_ date: WrittenDate) {
    day = date.day ?? day
    if date.isImpossible { impossibleDate = date.text } else if date.day == nil { unclearDate = date.text }
    if date.isSwapped { swappedDate = date.text }
  }

  /// A date at the start of a text of its own, such as the first line of a release.
  mutating func readDate(in text: Substring) {
    guard day == nil, unclearDate == nil, impossibleDate == nil, let date = date(behindLead: text) else { return }
    take(date)
  }

  /// Behind words such as "Released on" or "Current stable, released".
  private func date(behindLead text: Substring) -> WrittenDate? {
    var rest = text.drop { $0 == " " || $0 == "*" || $0 == "_" }
    if let date = writtenDate(rest) { return date }
    for lead in [
      "release date", "released", "published", "date", "on", "veröffentlicht am", "veröffentlicht", "vom", "am", "stand",
    ] {
      guard let range = Self.wordRange(of: lead, in: rest.prefix(60)) else { continue }
      // Only "released" may have words before it.
      guard range.lowerBound == rest.startIndex || lead == "released" else { continue }
      rest = rest[range.upperBound...].drop { " :*_".contains($0) }
      for word in ["on ", "at ", "am "] where rest.lowercased().hasPrefix(word) { rest = rest.dropFirst(word.count) }
      return writtenDate(rest)
    }
    return nil
  }

  /// A date behind the version.
  private func writtenDate(_ text: Substring) -> WrittenDate? {
    WrittenDate(startOf: text, zone: zone, isNoVersion: isNoVersion)
  }

  private static func wordRange(of word: String, in text: Substring) -> Range<Substring.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      let rest = text[start...]
      if rest.lowercased().hasPrefix(word), let end = text.index(start, offsetBy: word.count, limitedBy: text.endIndex),
        end == text.endIndex || !text[end].isLetter
      {
        return start..<end
      }
      guard let space = rest.firstIndex(of: " ") else { return nil }
      start = text.index(after: space)
    }
    return nil
  }

  static func enclosed(_ text: Substring) -> (inner: Substring, behind: Substring)? {
    enclosed(text, in: ["(": ")", "[": "]"])
  }

  private static func quoted(_ text: Substring) -> (inner: Substring, behind: Substring)? {
    enclosed(text, in: ["\"": "\"", "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’", "`": "`"])
  }

  private static func enclosed(
    _ text: Substring, in ends: [Character: Character]
  ) -> (inner: Substring, behind: Substring)? {
    guard let first = text.first, let end = ends[first], let close = text.dropFirst().firstIndex(of: end) else { return nil }
    return (text[text.index(after: text.startIndex)..<close], text[text.index(after: close)...])
  }
}

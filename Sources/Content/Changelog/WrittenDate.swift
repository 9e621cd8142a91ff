import Releases

/// A date as people write it in a heading (changelogs.md, 3, rule 6), at the start of a text.
struct WrittenDate {
  /// nil where the text names no day for certain: a month only, or `8/2/2014`.
  var day: CivilDate?
  /// As it was written.
  let text: String
  /// It was written year, day, month: there is no other way to read it.
  var isSwapped = false
  /// What follows it.
  let rest: Substring

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  ]

  init?(startOf text: Substring) {
    var scan = Scan(rest: text)
    guard let found = WrittenDate.numbers(&scan) ?? WrittenDate.named(&scan) else { return nil }
    // A longer number or word is no date.
    guard scan.rest.first.map({ !$0.isLetter && !$0.isNumber }) ?? true else { return nil }
    (day, isSwapped) = found
    self.text = String(text[..<scan.rest.startIndex])
    rest = scan.rest
  }

  private typealias Found = (day: CivilDate?, isSwapped: Bool)

  /// `2026-08-05`, `2026.8.5`, `7/22/2014`.
  private static func numbers(_ scan: inout Scan) -> Found? {
    let start = scan
    guard let first = scan.number(upTo: 4), let mark = scan.take({ "-./".contains($0) }), let second = scan.number(upTo: 2),
      scan.take({ $0 == mark }) != nil, let third = scan.number(upTo: 4)
    else {
      scan = start
      return nil
    }
    if first.digits == 4, third.digits <= 2 {
      if let day = CivilDate(year: first.value, month: second.value, day: third.value) { return (day, false) }
      if let day = CivilDate(year: first.value, month: third.value, day: second.value) { return (day, true) }
    } else if first.digits <= 2, third.digits == 4 {
      let monthFirst = CivilDate(year: third.value, month: first.value, day: second.value)
      let dayFirst = CivilDate(year: third.value, month: second.value, day: first.value)
      if monthFirst != nil || dayFirst != nil {
        let isClear = monthFirst == nil || dayFirst == nil || monthFirst == dayFirst
        return (isClear ? monthFirst ?? dayFirst : nil, false)
      }
    }
    scan = start
    return nil
  }

  /// `July 20th, 2026`, `20 Jul 2026`, `August 2026`.
  private static func named(_ scan: inout Scan) -> Found? {
    let start = scan
    if let month = month(&scan) {
      scan.skip { " .".contains($0) }
      let behindMonth = scan
      if let day = scan.number(upTo: 2), day.digits <= 2 {
        ordinal(&scan)
        scan.skip { ", ".contains($0) }
        if let year = scan.number(upTo: 4), year.digits == 4 {
          return (CivilDate(year: year.value, month: month, day: day.value), false)
        }
      }
      scan = behindMonth
      scan.skip { ", ".contains($0) }
      if let year = scan.number(upTo: 4), year.digits == 4 { return (nil, false) }
    } else if let day = scan.number(upTo: 2) {
      ordinal(&scan)
      scan.skip { $0 == " " }
      if let month = month(&scan) {
        scan.skip { "., ".contains($0) }
        if let year = scan.number(upTo: 4), year.digits == 4 {
          return (CivilDate(year: year.value, month: month, day: day.value), false)
        }
      }
    }
    scan = start
    return nil
  }

  private static func month(_ scan: inout Scan) -> Int? {
    let word = scan.rest.prefix(while: \.isLetter)
    let lower = word.lowercased()
    guard lower.count >= 3,
      let index = months.firstIndex(where: { $0.hasPrefix(lower) || (lower == "sept" && $0 == "september") })
    else { return nil }
    scan.rest = scan.rest[word.endIndex...]
    return index + 1
  }

  private static func ordinal(_ scan: inout Scan) {
    for ending in ["st", "nd", "rd", "th"] where scan.rest.lowercased().hasPrefix(ending) {
      scan.rest = scan.rest.dropFirst(2)
      return
    }
  }
}

/// Reads a text from its start.
private struct Scan {
  var rest: Substring

  mutating func take(_ fits: (Character) -> Bool) -> Character? {
    guard let first = rest.first, fits(first) else { return nil }
    rest = rest.dropFirst()
    return first
  }

  mutating func skip(_ fits: (Character) -> Bool) { rest = rest.drop(while: fits) }

  mutating func number(upTo digits: Int) -> (value: Int, digits: Int)? {
    let text = rest.prefix { ("0"..."9").contains($0) }
    guard !text.isEmpty, text.count <= digits, let value = Int(text) else { return nil }
    rest = rest[text.endIndex...]
    return (value, text.count)
  }
}

import Records
import Time

/// A date as people write it in a heading (changelogs.md, 3, rule 6), at the start of a text: after a weekday, and with a time behind it.
struct WrittenDate {
  /// nil where the text names no day for certain: a month only, or `8/2/2014`; and where there is no such day.
  private(set) var day: CivilDate?
  /// As it was written.
  let text: String
  /// It was written year, day, month: there is no other way to read it.
  private(set) var isSwapped = false
  /// It is written as a day or a time that does not exist.
  private(set) var isImpossible = false
  /// What follows it.
  let rest: Substring

  /// `zone`: whose day it is where a time with an offset stands behind it. `isNoVersion`: `2026.13.1` can be none here.
  init?(startOf text: Substring, zone: Zone = .utc, isNoVersion: Bool = false) {
    var scan = Scan(rest: text)
    scan.skipWeekday()
    guard let found = WrittenDate.numbers(&scan, isNoVersion: isNoVersion) ?? WrittenDate.named(&scan) else { return nil }
    (day, isSwapped, isImpossible) = (found.day, found.isSwapped, found.isImpossible)
    if !found.isMonth, let time = WrittenTime(behind: &scan) {
      if !time.exists { (day, isImpossible) = (nil, true) }
      if let date = day { day = time.day(of: date, in: zone) }
    }
    // A longer number or word is no date.
    guard scan.rest.first.map({ !$0.isLetter && !$0.isNumber }) ?? true else { return nil }
    self.text = String(text[..<scan.rest.startIndex])
    rest = scan.rest
  }

  private struct Found {
    var day: CivilDate?
    var isSwapped = false
    var isImpossible = false
    var isMonth = false

    /// A day as it was written; impossible where it does not exist.
    init(year: Int, month: Int, day: Int) {
      self.day = CivilDate(year: year, month: month, day: day)
      isImpossible = self.day == nil
    }

    init(_ day: CivilDate?, isSwapped: Bool = false, isMonth: Bool = false) {
      (self.day, self.isSwapped, self.isMonth) = (day, isSwapped, isMonth)
    }
  }

  /// `2026-08-05`, `2026.8.5`, `7/22/2014`.
  private static func numbers(_ scan: inout Scan, isNoVersion: Bool) -> Found? {
    let start = scan
    guard let first = scan.number(upTo: 4), let mark = scan.take({ "-./".contains($0) }), let second = scan.number(upTo: 2),
      scan.take({ $0 == mark }) != nil, let third = scan.number(upTo: 4)
    else {
      scan = start
      return nil
    }
    if first.digits == 4, third.digits <= 2 {
      if let day = CivilDate(year: first.value, month: second.value, day: third.value) { return Found(day) }
      if let day = CivilDate(year: first.value, month: third.value, day: second.value) { return Found(day, isSwapped: true) }
      // `2026.13.1` is a version, unless one stands before it.
      if mark != "." || (isNoVersion && (1970...2100).contains(first.value)) {
        return Found(year: first.value, month: second.value, day: third.value)
      }
    } else if first.digits <= 2, third.digits == 4 {
      let monthFirst = CivilDate(year: third.value, month: first.value, day: second.value)
      let dayFirst = CivilDate(year: third.value, month: second.value, day: first.value)
      let isClear = monthFirst == nil || dayFirst == nil || monthFirst == dayFirst
      if monthFirst != nil || dayFirst != nil { return Found(isClear ? monthFirst ?? dayFirst : nil) }
      return Found(year: third.value, month: second.value, day: first.value)
    }
    scan = start
    return nil
  }

  /// `July 20th, 2026`, `20 Jul 2026`, `4. Mai 2026`, `August 2026`.
  private static func named(_ scan: inout Scan) -> Found? {
    let start = scan
    if let month = scan.month() {
      scan.skip { " .".contains($0) }
      let behindMonth = scan
      if let day = scan.number(upTo: 2) {
        scan.skipOrdinal()
        scan.skip { ", ".contains($0) }
        if let year = scan.number(upTo: 4), year.digits == 4 {
          return Found(year: year.value, month: month, day: day.value)
        }
      }
      scan = behindMonth
      scan.skip { ", ".contains($0) }
      if let year = scan.number(upTo: 4), year.digits == 4 { return Found(nil, isMonth: true) }
    } else if let day = scan.number(upTo: 2) {
      scan.skipOrdinal()
      scan.skip { " .-".contains($0) }
      if scan.rest.lowercased().hasPrefix("of ") { scan.rest = scan.rest.dropFirst(3) }
      if let month = scan.month() {
        scan.skip { "., -".contains($0) }
        if let year = scan.number(upTo: 4), year.digits == 4 {
          return Found(year: year.value, month: month, day: day.value)
        }
      }
    }
    scan = start
    return nil
  }
}

/// A time of day behind a date: `T23:30:00Z`, ` 23:30 +0200`, `, 11:30 PM UTC`.
private struct WrittenTime {
  private var hour: Int
  private let minute: Int
  private let second: Int
  /// Seconds east of UTC; nil: the clock of the reader.
  private var offset: Int?
  private(set) var exists: Bool

  init?(behind scan: inout Scan) {
    let start = scan
    scan.skip { " ,".contains($0) }
    if scan.rest == start.rest { _ = scan.take { $0 == "T" || $0 == "t" } }
    if scan.rest.lowercased().hasPrefix("at ") { scan.rest = scan.rest.dropFirst(3) }
    guard scan.rest != start.rest, let hour = scan.number(upTo: 2), scan.take({ $0 == ":" }) != nil,
      let minute = scan.number(upTo: 2), minute.digits == 2
    else {
      scan = start
      return nil
    }
    (self.hour, self.minute) = (hour.value, minute.value)
    var seconds = 0
    if scan.rest.first == ":" {
      scan.rest = scan.rest.dropFirst()
      seconds = scan.number(upTo: 2)?.value ?? 99
      if scan.take({ $0 == "." }) != nil { scan.skip { ("0"..."9").contains($0) } }
    }
    second = seconds
    exists = hour.value < 24 && minute.value < 60 && seconds <= 60
    let behind = scan
    scan.skip { $0 == " " }
    readHalf(&scan)
    let beforeOffset = scan
    scan.skip { $0 == " " }
    if !readOffset(&scan) { scan = beforeOffset.rest.startIndex > behind.rest.startIndex ? beforeOffset : behind }
  }

  private mutating func readHalf(_ scan: inout Scan) {
    let word = scan.rest.prefix { $0.isLetter || $0 == "." }.lowercased().filter(\.isLetter)
    guard word == "am" || word == "pm", (1...12).contains(hour) else { return }
    scan.skip { $0.isLetter || $0 == "." }
    hour = hour % 12 + (word == "pm" ? 12 : 0)
  }

  private mutating func readOffset(_ scan: inout Scan) -> Bool {
    let word = scan.rest.prefix(while: \.isLetter)
    if ["z", "utc", "gmt"].contains(word.lowercased()) {
      scan.rest = scan.rest[word.endIndex...]
      offset = 0
      // `UTC+2` is rare; then the number counts.
      if scan.rest.first != "+", scan.rest.first != "-" { return true }
    }
    guard let sign = scan.take({ $0 == "+" || $0 == "-" }), let first = scan.number(upTo: 4) else { return offset != nil }
    var (hours, minutes) = first.digits > 2 ? (first.value / 100, first.value % 100) : (first.value, 0)
    if first.digits <= 2, scan.rest.first == ":", let digits = scan.rest.dropFirst().first, digits.isNumber {
      scan.rest = scan.rest.dropFirst()
      minutes = scan.number(upTo: 2)?.value ?? 99
    }
    if hours > 24 || minutes > 59 { (hours, minutes, exists) = (0, 0, false) }
    offset = (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    return true
  }

  func day(of date: CivilDate, in zone: Zone) -> CivilDate {
    guard let offset else { return date }
    let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
    return zone.civil(Timestamp(seconds: Int64(seconds))).date
  }
}

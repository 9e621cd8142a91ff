package import Template
package import Time

/// How numbers, times and durations read on pages. Absolute times, one zone a site, always the same words. The names of months and days
/// and the order of a date are phrases: `March`, `Mar`, `Thu`, and `day of the month`.
package enum Format {
  package static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
  ]
  private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// `value` with leading zeros up to `digits`.
  package static func padded(_ value: Int, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// `26 Mar 10:31`: for pages about now; the year only where it is not that of as-of.
  package static func short(_ time: CivilTime, thisYear: Int, in book: Phrasebook = .english) -> String {
    let date = time.date.year == thisYear ? dayOfMonth(time.date, in: book) : day(time.date, in: book)
    return date + " " + clock(time)
  }

  /// `Thu 26 Mar 2026 10:31`: for every page.
  package static func long(_ time: CivilTime, in book: Phrasebook = .english) -> String {
    weekday(time, in: book) + " " + day(time.date, in: book) + " " + clock(time)
  }

  /// `Thu 26 Mar 10:31`: as `short`, with the day of the week.
  package static func dated(_ time: CivilTime, thisYear: Int, in book: Phrasebook = .english) -> String {
    weekday(time, in: book) + " " + short(time, thisYear: thisYear, in: book)
  }

  /// `26 Mar 2026`.
  package static func day(_ date: CivilDate, in book: Phrasebook = .english) -> String {
    dayOfMonth(date, in: book) + " " + String(date.year)
  }

  /// `26 Mar`. Where a full stop belongs behind the day, the table says so: `day of the month` is `{1}. {2}`.
  package static func dayOfMonth(_ date: CivilDate, in book: Phrasebook) -> String {
    let values = [String(date.day), book.text(String(monthNames[date.month - 1].prefix(3)))]
    guard let parts = book.parts("day of the month") else { return values.joined(separator: " ") }
    return parts.reduce(into: "") { text, part in
      switch part {
      case .words(let words): text += words
      case .value(let index): text += index < values.count ? values[index] : ""
      }
    }
  }

  private static func weekday(_ time: CivilTime, in book: Phrasebook) -> String { book.text(dayNames[time.weekday - 1]) }

  /// `2026-03-26`.
  package static func machineDay(_ date: CivilDate) -> String {
    padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
  }

  /// `10:31`.
  package static func clock(_ time: CivilTime) -> String { padded(time.hour, 2) + ":" + padded(time.minute, 2) }

  /// The two greatest units that matter: `4 d 23 h`, `1 h 30 min`, `5 min 12 s`, `12 s`; `under 1 s` and nothing negative.
  package static func duration(_ seconds: Double) -> String {
    guard seconds >= 1 else { return seconds > 0 ? "under 1 s" : "0 s" }
    let whole = Int(min(seconds, 1e15))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min" + (whole % 60 == 0 ? "" : " \(whole % 60) s") }
    if whole < 86_400 { return "\(whole / 3_600) h" + (whole % 3_600 < 60 ? "" : " \(whole % 3_600 / 60) min") }
    return "\(whole / 86_400) d \(whole % 86_400 / 3_600) h"
  }

  /// `1.6`: one decimal.
  package static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0.0" }
    let tenths = Int((value * 10).rounded())
    return (tenths < 0 ? "-" : "") + grouped(Int(tenths.magnitude) / 10) + "." + String(Int(tenths.magnitude) % 10)
  }

  /// `10.0 %`; 0.0 and 100.0 for none and all alone (rules.md, Metrics).
  package static func percent(_ count: Int, of all: Int) -> Sentence {
    percent(Double(count) / Double(max(all, 1)))
  }

  /// Of a share from 0 to 1.
  package static func percent(_ share: Double) -> Sentence {
    "\(decimal: share == 0 || share >= 1 ? 100 * share : min(max(100 * share, 0.1), 99.9)) %"
  }

  /// `1 release`, `2 releases`, `1 248 tests`: a count with its noun.
  /// The phrases are `{} release` and `{} releases`.
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> Sentence {
    let name = number == 1 ? noun : plural ?? noun + "s"
    return Sentence([.phrase([.value([.words(grouped(number))]), .literal(" " + name)])])
  }

  /// Thousands apart by a narrow no-break space.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return text
  }

  /// `a`, `a and b`, `a, b and c`.
  package static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A commit as people write it: the first seven digits.
  package static func shortSHA(_ sha: String) -> String { String(sha.prefix(7)) }
}

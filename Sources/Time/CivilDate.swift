/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable, Comparable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// nil for a day that does not exist.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= CivilDate.daysIn(month: month, of: year) else { return nil }
    self.init(unchecked: year, month, day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  package static func daysIn(month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate {
  /// 0001-01-01 and 9999-12-31 as days since 1970-01-01: what RFC 3339 can write.
  static let firstDay = -719_162
  static let lastDay = 2_932_896

  /// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil).
  /// Years beyond ±1,000,000 count as those.
  package var daysSince1970: Int {
    let shifted = Swift.min(Swift.max(year, -1_000_000), 1_000_000) - (month <= 2 ? 1 : 0)
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day that many days after 1970-01-01, at the earliest 0001-01-01 and at the latest 9999-12-31 (civil_from_days).
  package init(daysSince1970 days: Int) {
    let shifted = Swift.min(Swift.max(days, CivilDate.firstDay), CivilDate.lastDay) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 1 Monday to 7 Sunday (ISO 8601).
  package var weekday: Int {
    let days = daysSince1970 + 3
    return days - (days >= 0 ? days : days - 6) / 7 * 7 + 1
  }

  /// The day so many days later, within the years 1 to 9999.
  package func adding(days: Int) -> CivilDate {
    CivilDate(daysSince1970: daysSince1970 + Swift.min(Swift.max(days, -4_000_000), 4_000_000))
  }

  /// A day written `2026-03-01`; nil for anything else and for days that do not exist.
  package init?(_ text: String) {
    let bytes = text.utf8.span
    guard bytes.count == 10 else { return nil }
    self.init(rfc3339: bytes)
  }

  /// Reads `2026-03-01` at the start of at least ten bytes.
  init?(rfc3339 bytes: borrowing Span<UInt8>) {
    guard bytes.count >= 10, let digits = EightCharacters(bytes, at: 0).digits(of: .yearAndMonth), let day = twoDigits(bytes, 8)
    else {
      return nil
    }
    self.init(year: digits.pair(0) * 100 + digits.pair(2), month: digits.pair(5), day: day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// As RFC 3339 writes it: `2026-03-01`.
  package var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `2026-03-01`.
  package func write(to bytes: inout [UInt8]) {
    let shown = Swift.min(Swift.max(year, 0), 9999)
    appendTwoDigits(shown / 100, to: &bytes)
    appendTwoDigits(shown % 100, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwoDigits(month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwoDigits(day, to: &bytes)
  }
}

/// Eight bytes of a text as one number, the first lowest: checked against a pattern at once, since a site reads a million of them.
struct EightCharacters {
  private let word: UInt64

  init(_ bytes: borrowing Span<UInt8>, at place: Int) {
    word = UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// What the eight characters must be: a digit or one character exactly.
  struct Pattern {
    /// The text with a zero for each digit.
    fileprivate let text: UInt64
    /// All bits of the other characters.
    fileprivate let exact: UInt64

    /// `0000-00-`
    static let yearAndMonth = Pattern(text: 0x2D30_302D_3030_3030, exact: 0xFF00_00FF_0000_0000)
    /// `00:00:00`
    static let time = Pattern(text: 0x3030_3A30_303A_3030, exact: 0x0000_FF00_00FF_0000)
  }

  /// The values of the digits; nil if the text is not like the pattern.
  func digits(of pattern: Pattern) -> Digits? {
    let values = word ^ pattern.text
    // A byte above nine carries into its high bit when 118 is added, or has it set already.
    let tooLarge = ((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | values
    guard tooLarge & 0x8080_8080_8080_8080 == 0, values & pattern.exact == 0 else { return nil }
    return Digits(values: values)
  }

  struct Digits {
    fileprivate let values: UInt64

    /// The number that the digits at `index` and behind it write.
    func pair(_ index: Int) -> Int {
      let pair = values &>> UInt64(truncatingIfNeeded: index &* 8)
      return Int(truncatingIfNeeded: (pair & 0xF) &* 10 &+ (pair &>> 8 & 0xF))
    }
  }
}

/// The number that two digits at `place` write; nil if they are none.
func twoDigits(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Int? {
  let tens = bytes[place] &- UInt8(ascii: "0")
  let units = bytes[place + 1] &- UInt8(ascii: "0")
  guard tens < 10, units < 10 else { return nil }
  return Int(tens &* 10 &+ units)
}

package func appendTwoDigits(_ number: Int, to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10 % 10))
  bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
}

extension Timestamp {
  /// Reads a time of RFC 3339 with its offset: 0 to 9 fraction digits, `t`, `z` and a blank for `T` included. A second 60 is the first of
  /// the next minute. nil for anything else, such as a time without offset, a day that does not exist or an hour 24.
  package init?(rfc3339 text: String) {
    self.init(rfc3339: text.utf8.span)
  }

  /// As `init(rfc3339:)` of a string, from UTF-8 bytes and without allocation.
  package init?(rfc3339 bytes: borrowing Span<UInt8>) {
    guard bytes.count >= 20, let date = CivilDate(rfc3339: bytes), let second = Timestamp.secondOfDay(bytes) else { return nil }
    var place = 19
    guard let nanoseconds = Timestamp.fraction(bytes, &place), let offset = Timestamp.offset(bytes, place) else { return nil }
    self.init(seconds: Int64(date.daysSince1970 * 86_400 + second - offset), nanoseconds: nanoseconds)
  }

  /// The start of a day in UTC, written `2026-03-01`; nil for anything else.
  package init?(date text: String) {
    guard let date = CivilDate(text) else { return nil }
    self.init(date: date)
  }

  /// The start of a day in UTC.
  package init(date: CivilDate) {
    self.init(seconds: Int64(date.daysSince1970) * 86_400)
  }

  /// Reads `T10:00:00` at 10.
  private static func secondOfDay(_ bytes: borrowing Span<UInt8>) -> Int? {
    guard bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
      let digits = EightCharacters(bytes, at: 11).digits(of: .time)
    else { return nil }
    let (hour, minute, second) = (digits.pair(0), digits.pair(3), digits.pair(6))
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Reads `.123` if it is there, as nanoseconds, and moves `place` behind it.
  private static func fraction(_ bytes: borrowing Span<UInt8>, _ place: inout Int) -> UInt32? {
    guard bytes[place] == UInt8(ascii: ".") else { return 0 }
    var value: UInt32 = 0
    var scale: UInt32 = 1_000_000_000
    place += 1
    while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 {
      guard scale > 1 else { return nil }
      scale /= 10
      value += UInt32(bytes[place] &- UInt8(ascii: "0")) * scale
      place += 1
    }
    return scale < 1_000_000_000 && place < bytes.count ? value : nil
  }

  /// Reads `Z` or `+02:00`, which must end the text, as seconds east.
  private static func offset(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Int? {
    if bytes[place] | 0x20 == UInt8(ascii: "z") { return bytes.count == place + 1 ? 0 : nil }
    guard bytes.count == place + 6, bytes[place + 3] == UInt8(ascii: ":"),
      let hours = twoDigits(bytes, place + 1), let minutes = twoDigits(bytes, place + 4), hours < 24, minutes < 60
    else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC: `2026-03-02T10:00:00Z`, with a fraction only where there is one and without its trailing zeros.
  /// Times outside the years 1 to 9999, which the format cannot write, are shown as the first or last moment it can.
  package var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(30)
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The basic form of ISO 8601 in UTC, without a fraction: `20260302T100000Z`.
  package var compact: String { Timestamp(seconds: seconds).description.filter { $0 != "-" && $0 != ":" } }

  /// Appends what `description` gives.
  package func write(to bytes: inout [UInt8]) {
    let (days, second, nanoseconds) = clampedParts
    CivilDate(daysSince1970: days).write(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    appendTwoDigits(second / 3600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwoDigits(second / 60 % 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwoDigits(second % 60, to: &bytes)
    Timestamp.appendFraction(nanoseconds, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Days since 1970, second of the day and nanoseconds, within the years 1 to 9999.
  var clampedParts: (days: Int, second: Int, nanoseconds: UInt32) {
    let first = Int64(CivilDate.firstDay) * 86_400
    let last = Int64(CivilDate.lastDay) * 86_400 + 86_399
    let clamped = min(max(seconds, first), last)
    let days = (clamped >= 0 ? clamped : clamped - 86_399) / 86_400
    let rest = clamped == seconds ? nanoseconds : seconds < first ? 0 : 999_999_999
    return (Int(days), Int(clamped - days * 86_400), rest)
  }

  private static func appendFraction(_ nanoseconds: UInt32, to bytes: inout [UInt8]) {
    guard nanoseconds > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var rest = nanoseconds
    var scale: UInt32 = 100_000_000
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / scale))
      rest %= scale
      scale /= 10
    }
  }
}

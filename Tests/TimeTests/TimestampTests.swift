import Foundation
import Support
import Testing

@testable import Time

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, 0),
    ("2026-03-02T10:00:00Z", 1_772_445_600, 0),
    ("2026-03-02T11:00:00+01:00", 1_772_445_600, 0),
    ("2026-03-02T04:30:00-05:30", 1_772_445_600, 0),
    ("2026-03-02T10:00:00-00:00", 1_772_445_600, 0),
    ("2026-03-02t10:00:00z", 1_772_445_600, 0),
    ("2026-03-02 10:00:00Z", 1_772_445_600, 0),
    ("2026-03-02T10:00:00.5Z", 1_772_445_600, 500_000_000),
    ("2026-03-02T10:00:00.123456789Z", 1_772_445_600, 123_456_789),
    ("2026-03-02T10:00:00.000000001+00:00", 1_772_445_600, 1),
    ("2026-03-02T10:00:00.1234567Z", 1_772_445_600, 123_456_700),
    ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
    ("2016-12-31T18:59:60.25-05:00", 1_483_228_800, 250_000_000),
    ("2024-02-29T00:00:00Z", 1_709_164_800, 0),
    ("2000-02-29T00:00:00Z", 951_782_400, 0),
    ("1969-12-31T23:59:59.75Z", -1, 750_000_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
    ("9999-12-31T23:59:59Z", 253_402_300_799, 0),
    ("2026-03-02T23:59:59+23:59", 1_772_409_659, 0),
  ])
  func readsEveryFormOfRFC3339(text: String, seconds: Int64, nanoseconds: UInt32) {
    #expect(Timestamp(rfc3339: text) == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
  }

  @Test(arguments: [
    "", "2026", "2026-03-02", "2026-03-02T10:00:00", "2026-03-02T10:00Z", "2026-03-02T10:00:00.Z", "2026-03-02T10:00:00.5",
    "2026-03-02T10:00:00.1234567890Z", "2026-03-02T10:00:00,5Z", "2026-03-02T24:00:00Z", "2026-03-02T10:60:00Z",
    "2026-03-02T10:00:61Z", "2026-02-29T10:00:00Z", "2100-02-29T10:00:00Z", "2026-04-31T10:00:00Z", "2026-13-01T10:00:00Z",
    "2026-00-01T10:00:00Z", "2026-01-00T10:00:00Z", "2026-01-32T10:00:00Z", "2026-03-02T10:00:00+24:00",
    "2026-03-02T10:00:00+01:60", "2026-03-02T10:00:00+0100", "2026-03-02T10:00:00+01", "2026-03-02T10:00:00+01:00Z",
    "2026-03-02T10:00:00ZZ", "2026-03-02T10:00:00 Z", " 2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z ", "2026-03-02_10:00:00Z",
    "2026/03/02T10:00:00Z", "2026-03-02T10-00-00Z", "+026-03-02T10:00:00Z", "-026-03-02T10:00:00Z", "２026-03-02T10:00:00Z",
    "2026-03-02T1a:00:00Z", "2026-03-02T10:00:00\u{0}", "2026-03-02T10:00:00.+01:00", "2026-03-02T10:00:00*01:00",
  ])
  func refusesWhatIsNoTimeWithOffset(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test(arguments: [
    ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
    ("2026-03-02T10:00:00.000Z", "2026-03-02T10:00:00Z"),
    ("2026-03-02T10:00:00.120Z", "2026-03-02T10:00:00.12Z"),
    ("2026-03-02T10:00:00.000000001Z", "2026-03-02T10:00:00.000000001Z"),
    ("2026-03-02T00:30:00+01:00", "2026-03-01T23:30:00Z"),
    ("1969-12-31T23:59:59.75Z", "1969-12-31T23:59:59.75Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("0001-01-01T00:00:00+01:00", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59.5Z", "9999-12-31T23:59:59.5Z"),
    ("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.999999999Z"),
  ])
  func printsInUTCWithAFractionOnlyWhereThereIsOne(text: String, printed: String) throws {
    let time = try #require(Timestamp(rfc3339: text))
    #expect(time.description == printed)
  }

  @Test func theCompactFormHasNoFractionAndNoMarks() {
    #expect(Timestamp(seconds: 1_772_445_600, nanoseconds: 5).compact == "20260302T100000Z")
  }

  @Test(arguments: [Int64.min, Int64.max, Int64.min + 1, -62_135_596_801, 253_402_300_800])
  func printsTheNearestYearItCanForTimesOutsideOfIt(seconds: Int64) {
    let text = Timestamp(seconds: seconds, nanoseconds: 5).description
    #expect(text == (seconds < 0 ? "0001-01-01T00:00:00Z" : "9999-12-31T23:59:59.999999999Z"))
  }

  @Test(arguments: [
    (0, 0, 0), (1_772_445_600_123, 1_772_445_600, 123_000_000), (-1, -1, 999_000_000), (-1000, -1, 0), (-1001, -2, 999_000_000),
    (Int64.max, 9_223_372_036_854_775, 807_000_000), (Int64.min, -9_223_372_036_854_776, 192_000_000),
  ])
  func countsMilliseconds(milliseconds: Int64, seconds: Int64, nanoseconds: UInt32) {
    #expect(Timestamp(milliseconds: milliseconds) == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
  }

  @Test func carriesABillionNanoseconds() {
    #expect(Timestamp(seconds: 1, nanoseconds: 2_500_000_000) == Timestamp(seconds: 3, nanoseconds: 500_000_000))
  }

  @Test func addsSecondsWithoutOverflow() {
    #expect(Timestamp(seconds: .max).adding(seconds: 1).seconds == .max)
    #expect(Timestamp(seconds: .min).adding(seconds: -1).seconds == .min)
    #expect(Timestamp(seconds: 5, nanoseconds: 7).adding(seconds: -10) == Timestamp(seconds: -5, nanoseconds: 7))
    #expect(Timestamp(seconds: .max).seconds(since: Timestamp(seconds: .min)) > 1.8e19)
    #expect(Timestamp(seconds: 3, nanoseconds: 0).seconds(since: Timestamp(seconds: 1, nanoseconds: 500_000_000)) == 1.5)
  }

  @Test(arguments: [
    ("0001-01-01T00:00:00Z", true), ("0001-01-01T00:00:00+01:00", true), ("0001-12-31T23:59:59Z", true),
    ("0000-01-01T00:00:00Z", true), ("1970-01-01T00:00:00Z", true), ("1970-01-01T01:00:00+01:00", true),
    ("0002-01-01T00:00:00Z", false), ("1970-01-01T00:00:00.000000001Z", false), ("1970-01-01T00:00:01Z", false),
    ("2026-03-02T10:00:00Z", false),
  ])
  func knowsTheTimesThatMeanNone(text: String, isSentinel: Bool) throws {
    #expect(try #require(Timestamp(rfc3339: text)).isSentinel == isSentinel)
  }

  @Test(arguments: [("2026-03-01", "2026-03-01T00:00:00Z"), ("1969-12-31", "1969-12-31T00:00:00Z")])
  func readsADayAsItsStart(text: String, printed: String) {
    #expect(Timestamp(date: text)?.description == printed)
    #expect(CivilDate(text)?.description == text)
  }

  @Test(arguments: ["2026-02-29", "2026-3-1", "2026-03-01 ", "2026-03-01T00:00:00Z", "20260301", "", "2026-03-0x"])
  func refusesWhatIsNoDay(text: String) {
    #expect(Timestamp(date: text) == nil)
    #expect(CivilDate(text) == nil)
  }

  @Test func agreesWithTheSystemOnTenThousandTimes() throws {
    var random = Chance(seed: 42)
    let style = Date.ISO8601FormatStyle()
    for _ in 0..<10_000 {
      // The years 1583 to 9998: before, Foundation counts by the Julian calendar.
      let seconds = Int64.random(in: -12_212_553_600...253_300_000_000, using: &random)
      let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
      let time = Timestamp(seconds: seconds)
      #expect(time.description == expected)
      #expect(Timestamp(rfc3339: expected) == time)
    }
  }

  @Test func agreesWithTheSystemOnOffsetsAndFractions() throws {
    var random = Chance(seed: 43)
    for _ in 0..<1_500 {
      let milliseconds = Int64.random(in: -2_000_000_000_000...8_000_000_000_000, using: &random)
      let minutes = Int.random(in: -1079...1079, using: &random)
      let zone = try #require(TimeZone(secondsFromGMT: minutes * 60))
      let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, includingFractionalSeconds: true, timeZone: zone)
      let text = Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(style)
      let time = try #require(Timestamp(rfc3339: text), "\(text)")
      let distance = time.seconds(since: Timestamp(milliseconds: milliseconds))
      #expect(abs(distance) < 0.0011, "\(text) is \(time)")
    }
  }

  @Test func readsBackWhatItPrints() {
    var random = Chance(seed: 44)
    for _ in 0..<10_000 {
      let time = Timestamp(
        seconds: .random(in: -62_135_596_800...253_402_300_799, using: &random),
        nanoseconds: .random(in: 0...999_999_999, using: &random))
      #expect(Timestamp(rfc3339: time.description) == time)
    }
  }

  @Test func changesOfOneByteNeverCrashAndNeverMakeAnImpossibleTime() {
    var random = Chance(seed: 45)
    let bytes = Array("2026-03-02T10:00:00.123456789+01:00".utf8)
    for _ in 0..<20_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      changed.removeLast(Int.random(in: 0...changed.count, using: &random) / 2)
      guard let time = Timestamp(rfc3339: changed.span) else { continue }
      #expect(time.nanoseconds < 1_000_000_000)
    }
  }
}

@Suite struct CivilDateTests {
  @Test func everyDayOfTheCalendarComesBackFromItsNumber() throws {
    var last = try #require(CivilDate(year: 1, month: 1, day: 1))
    #expect(last.daysSince1970 == -719_162)
    for number in -719_161...2_932_896 {
      let date = CivilDate(daysSince1970: number)
      guard date.daysSince1970 == number, last < date, CivilDate(year: date.year, month: date.month, day: date.day) == date
      else {
        Issue.record("\(number) became \(date)")
        return
      }
      last = date
    }
    #expect(last == CivilDate(year: 9999, month: 12, day: 31))
  }

  @Test(arguments: [Int.min, Int.max, -719_163, 2_932_897])
  func clampsDaysThatCannotBeWritten(number: Int) {
    #expect(CivilDate(daysSince1970: number).description == (number < 0 ? "0001-01-01" : "9999-12-31"))
  }

  @Test(arguments: [
    ("1970-01-01", 4), ("2026-03-02", 1), ("2026-03-01", 7), ("0001-01-01", 1), ("1969-12-28", 7), ("2000-02-29", 2),
  ])
  func countsWeekdaysFromMonday(text: String, weekday: Int) {
    #expect(CivilDate(text)?.weekday == weekday)
  }

  @Test func addsDays() {
    #expect(CivilDate("2024-02-28")?.adding(days: 2).description == "2024-03-01")
    #expect(CivilDate("2026-01-01")?.adding(days: -1).description == "2025-12-31")
    #expect(CivilDate("2026-01-01")?.adding(days: .max).description == "9999-12-31")
    #expect(CivilDate("2026-01-01")?.adding(days: .min).description == "0001-01-01")
  }

  @Test(arguments: [(2026, 2, 29), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (1900, 2, 29), (2026, 4, 31)])
  func refusesDaysThatDoNotExist(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }
}

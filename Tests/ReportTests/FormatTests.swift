import Releases
import Testing
import Time

@testable import Report

@Suite struct FormatTests {
  @Test(arguments: [
    (0, "0 s"), (0.4, "under 1 s"), (1, "1 s"), (59.9, "59 s"), (60, "1 min"), (61, "1 min 1 s"), (3_599, "59 min 59 s"),
    (3_600, "1 h"), (3_659, "1 h"), (3_660, "1 h 1 min"), (86_399, "23 h 59 min"), (86_400, "1 d 0 h"), (360_000, "4 d 4 h"),
    (-5, "0 s"), (.nan, "0 s"), (.infinity, "11574074074 d 1 h"),
  ])
  func saysADurationInItsTwoGreatestUnits(seconds: Double, words: String) {
    #expect(Format.duration(seconds) == words)
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1_000, "1\u{202F}000"), (12_345, "12\u{202F}345"),
    (1_234_567, "1\u{202F}234\u{202F}567"),
    (-1_234, "-1\u{202F}234"), (Int.min, "-9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775\u{202F}808"),
  ])
  func setsThousandsApart(number: Int, words: String) {
    #expect(Format.grouped(number) == words)
  }

  @Test(arguments: [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (1_248, "1\u{202F}248 runs")])
  func countsWithANoun(number: Int, words: String) {
    #expect(Format.count(number, "run").plain == words)
  }

  @Test func countsWithAnIrregularPlural() {
    #expect(Format.count(1, "entry", plural: "entries").plain == "1 entry")
    #expect(Format.count(3, "entry", plural: "entries").plain == "3 entries")
  }

  @Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
  func listsInWords(items: [String], words: String) {
    #expect(Format.list(items) == words)
  }

  private static func civil(_ year: Int, _ month: Int, _ day: Int, weekday: Int) throws -> CivilTime {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    return CivilTime(date: date, hour: 9, minute: 5, second: 59, weekday: weekday, offset: 0, abbreviation: "UTC")
  }

  @Test func writesAMomentInFull() throws {
    #expect(Format.long(try Self.civil(2026, 3, 26, weekday: 4)) == "Thu 26 Mar 2026 09:05")
    #expect(Format.long(try Self.civil(1999, 12, 5, weekday: 7)) == "Sun 5 Dec 1999 09:05")
  }

  @Test func leavesOutTheYearOnlyWhereItIsThisOne() throws {
    let time = try Self.civil(2026, 3, 26, weekday: 4)
    #expect(Format.short(time, thisYear: 2026) == "26 Mar 09:05")
    #expect(Format.short(time, thisYear: 2027) == "26 Mar 2026 09:05")
    #expect(Format.dated(time, thisYear: 2026) == "Thu 26 Mar 09:05")
  }

  @Test func writesDaysForPeopleAndForPrograms() throws {
    let day = try #require(CivilDate(year: 987, month: 1, day: 2))
    #expect(Format.day(day) == "2 Jan 987")
    #expect(Format.machineDay(day) == "0987-01-02")
  }

  @Test(arguments: [("9f31c0a4d2", "9f31c0a"), ("9f3", "9f3"), ("", "")])
  func shortensACommit(sha: String, short: String) {
    #expect(Format.shortSHA(sha) == short)
  }

  @Test func namesMonthsForHeadings() {
    #expect(Month(year: 2026, month: 3).name.plain == "March 2026")
    #expect(Period.undated.name.plain == "time not known")
  }
}

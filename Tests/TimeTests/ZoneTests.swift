import Foundation
import Support
import Testing

@testable import Time

private let zoneFolder = "/usr/share/zoneinfo/"
private let names = [
  "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
  "Europe/Dublin",
  "America/Sao_Paulo", "America/St_Johns", "Asia/Tehran", "Asia/Gaza", "America/Nuuk", "Antarctica/Troll", "Pacific/Chatham",
]

private func installed(_ name: String) throws -> (zone: Zone, system: TimeZone) {
  let bytes = [UInt8](try Data(contentsOf: URL(filePath: zoneFolder + name)))
  return (try #require(Zone(name: name, tzif: bytes)), try #require(TimeZone(identifier: name)))
}

@Suite(.enabled(if: FileManager.default.fileExists(atPath: zoneFolder + "Europe/Berlin")))
struct InstalledZoneTests {
  @Test(arguments: names)
  func agreesWithTheSystemOnSeededTimes(name: String) throws {
    let (zone, system) = try installed(name)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = system
    var random = Chance(seed: 7)
    for _ in 0..<3_000 {
      let seconds = Int64.random(in: 0...4_102_444_800, using: &random)
      let date = Date(timeIntervalSince1970: Double(seconds))
      let civil = zone.civil(Timestamp(seconds: seconds))
      let expected = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
      #expect(civil.offset == system.secondsFromGMT(for: date), "\(name) at \(seconds)")
      #expect(civil.date == CivilDate(year: expected.year ?? 0, month: expected.month ?? 0, day: expected.day ?? 0))
      #expect(civil.hour == expected.hour && civil.minute == expected.minute && civil.second == expected.second)
      #expect(civil.weekday % 7 + 1 == expected.weekday)
    }
  }

  @Test(arguments: names)
  func agreesWithTheSystemAroundEveryTransition(name: String) throws {
    let (zone, system) = try installed(name)
    var date = Date(timeIntervalSince1970: 0)
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    while let next = system.nextDaylightSavingTimeTransition(after: date), next < end, next > date {
      for offset in [-1.0, 0, 1] {
        let moment = next.addingTimeInterval(offset)
        let civil = zone.civil(Timestamp(seconds: Int64(moment.timeIntervalSince1970)))
        #expect(civil.offset == system.secondsFromGMT(for: moment), "\(name) at \(moment)")
      }
      date = next
    }
  }

  @Test(arguments: names)
  func startsEachDayAtItsFirstMoment(name: String) throws {
    let (zone, _) = try installed(name)
    let first = try #require(CivilDate(year: 1970, month: 1, day: 2)).daysSince1970
    for number in first..<first + 25_000 {
      let date = CivilDate(daysSince1970: number)
      let start = zone.startOfDay(date)
      let before = zone.civil(start.adding(seconds: -1)).date
      let at = zone.civil(start).date
      // A day that was left out (Apia, 2011-12-30) begins with the next one.
      guard before < date, at >= date, at == date || before.adding(days: 1) == date else {
        Issue.record("\(name): \(date) begins at \(start), after \(before), on \(at)")
        return
      }
    }
  }

  @Test(arguments: [
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),  // midnight does not exist
    ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z"),
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),  // the day does not exist
    ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
    ("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z"),  // midnight comes twice
    ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z"),
    ("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z"),
    ("Asia/Kolkata", "2026-03-01", "2026-02-28T18:30:00Z"),
  ])
  func knowsTheStartOfOddDays(name: String, day: String, start: String) throws {
    let (zone, _) = try installed(name)
    let date = try #require(CivilDate(day))
    #expect(zone.startOfDay(date).description == start)
  }

  @Test(arguments: [
    ("2026-03-29", 2, 30, "2026-03-29T01:00:00Z"),  // skipped: the end of the gap
    ("2026-10-25", 2, 30, "2026-10-25T00:30:00Z"),  // twice: the earlier
    ("2026-07-01", 12, 0, "2026-07-01T10:00:00Z"),
    ("2026-12-31", 24, 0, "2026-12-31T23:00:00Z"),
  ])
  func turnsLocalTimesIntoMoments(day: String, hour: Int, minute: Int, moment: String) throws {
    let (zone, _) = try installed("Europe/Berlin")
    let date = try #require(CivilDate(day))
    #expect(zone.timestamp(of: date, hour: hour, minute: minute, second: 0).description == moment)
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-01-01T00:00:00Z", "CET"), ("Europe/Berlin", "2026-07-01T00:00:00Z", "CEST"),
    ("Europe/Berlin", "2090-07-01T00:00:00Z", "CEST"), ("Africa/Casablanca", "2099-07-01T00:00:00Z", "+01"),
    ("Asia/Kolkata", "2026-07-01T00:00:00Z", "IST"), ("Australia/Lord_Howe", "2080-01-01T00:00:00Z", "+11"),
  ])
  func abbreviates(name: String, time: String, abbreviation: String) throws {
    let (zone, _) = try installed(name)
    let moment = try #require(Timestamp(rfc3339: time))
    #expect(zone.civil(moment).abbreviation == abbreviation)
  }

  @Test func extremeTimesAreClamped() throws {
    let (zone, _) = try installed("America/New_York")
    #expect(zone.civil(Timestamp(seconds: .min)).date.year == 1)
    #expect(zone.civil(Timestamp(seconds: .max)).date.year == 9999)
    let first = try #require(CivilDate(year: 1, month: 1, day: 1))
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31))
    #expect(zone.startOfDay(first) < zone.startOfDay(last))
    let beyond = try #require(CivilDate(year: .max, month: 12, day: 31))
    #expect(zone.startOfDay(beyond) == zone.startOfDay(last))
  }

  @Test func truncatedFilesAreRefused() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: zoneFolder + "Europe/Berlin")))
    for count in 0..<bytes.count { #expect(Zone(name: "x", tzif: Array(bytes.prefix(count))) == nil) }
  }

  @Test func changedFilesNeverCrash() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: zoneFolder + "Europe/Berlin")))
    var random = Chance(seed: 9)
    var readable = 0
    for _ in 0..<5_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        // Mostly the headers and the footer, where the structure is.
        let places = [0..<44, bytes.count - 30..<bytes.count, 0..<bytes.count]
        let place = Int.random(in: places[Int.random(in: 0...2, using: &random)], using: &random)
        changed[place] = UInt8.random(in: 0...255, using: &random)
      }
      guard let zone = Zone(name: "x", tzif: changed) else { continue }
      readable += 1
      for year in [1, 1900, 1999, 2026, 2500, 9999] {
        let date = try #require(CivilDate(year: year, month: 6, day: 15))
        #expect(zone.civil(zone.startOfDay(date)).date >= date || year == 9999 || year == 1)
      }
    }
    #expect(readable > 100)
  }
}

@Suite struct ZoneTests {
  /// A version 2 file of one kind of local time, no transitions and that rule.
  private func file(_ rule: String, version: UInt8 = UInt8(ascii: "2"), leaps: UInt8 = 0) -> [UInt8] {
    func header(_ types: UInt8, _ characters: UInt8) -> [UInt8] {
      Array("TZif".utf8) + [version] + Array(repeating: 0, count: 15)
        + [0, leaps, 0, types, characters].enumerated().reduce(into: [0, 0, 0, 0]) { $0 += [0, 0, 0, $1.element] }
    }
    let block: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
    return header(1, 4) + block + header(1, 4) + block + Array("\n\(rule)\n".utf8)
  }

  private func offset(_ rule: String, _ time: String) throws -> Int {
    let zone = try #require(Zone(name: "Test", tzif: file(rule)), "\(rule)")
    return zone.civil(try #require(Timestamp(rfc3339: time))).offset
  }

  @Test(arguments: [
    ("UTC0", "2026-01-01T00:00:00Z", 0),
    ("<+0530>-5:30", "2026-01-01T00:00:00Z", 19_800),
    ("XXX12:34:56", "2026-01-01T00:00:00Z", -45_296),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 3600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39_600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 36_000),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-01-01T00:00:00Z", 39_600),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),  // Dublin: summer is standard
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600),
    ("EST5EDT,0/0,J365/25", "2026-01-01T05:00:00Z", -14_400),  // daylight saving all year (RFC 8536, 3.3.1)
    ("EST5EDT,0/0,J365/25", "2026-01-01T04:30:00Z", -14_400),
    ("EST5EDT,0/0,J365/25", "2026-12-31T23:59:59Z", -14_400),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),  // Nuuk: 22:00 on Saturday
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 7200),  // 50 hours: Saturday at 2
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 10_800),
    ("AAA0BBB,J60/0,J300/0", "2024-02-29T23:59:59Z", 0),  // J60 is the first of March, also in leap years
    ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 3600),
    ("AAA0BBB,J60/0,J300/0", "2026-03-01T00:00:00Z", 3600),
    ("AAA0BBB,59/0,300/0", "2024-02-29T00:00:00Z", 3600),  // 59 is the 29th of February in leap years
    ("AAA0BBB,59/0,300/0", "2026-02-28T23:59:59Z", 0),
    ("AAA0BBB,59/0,300/0", "2026-03-01T00:00:00Z", 3600),
    ("AAA0BBB,M2.5.0/0,M12.1.1/0", "2026-02-21T23:59:59Z", 0),  // week 5: the last, here the fourth
    ("AAA0BBB,M2.5.0/0,M12.1.1/0", "2026-02-22T00:00:00Z", 3600),
  ])
  func followsTheRuleInTheFooter(rule: String, time: String, expected: Int) throws {
    #expect(try offset(rule, time) == expected)
  }

  @Test(arguments: [
    "X0", "CET", "CET-25", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.0.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,J1,J366", "CET-1CEST,0,366", "CET-1CEST,M3.5.0/168,M10.5.0",
    "CET-1CEST,M3.5.0,M10.5.0/3x", "<+01-1", "CET-1:60", "CET-99999999999999999999", "CET-1CEST", "CET-1CEST,,",
    "CET-1 CEST,M3.5.0,M10.5.0",
  ])
  func refusesWhatIsNoRule(rule: String) {
    #expect(Zone(name: "Test", tzif: file(rule)) == nil)
  }

  @Test func anEmptyRuleLeavesTheLastKind() throws {
    #expect(try offset("", "2026-01-01T00:00:00Z") == 0)
  }

  @Test func zonesThatCountLeapSecondsAreRefused() {
    #expect(Zone(name: "Test", tzif: file("UTC0", leaps: 1)) == nil)
  }

  @Test func oldFilesHaveNoFooter() throws {
    let bytes = Array(file("UTC0", version: 0).prefix(44 + 10))
    let zone = try #require(Zone(name: "Test", tzif: bytes))
    #expect(zone.civil(Timestamp(seconds: 0)).abbreviation == "UTC")
  }

  @Test func utcNeedsNoFile() {
    let civil = Zone.utc.civil(Timestamp(seconds: 1_772_445_600, nanoseconds: 5))
    #expect(civil.date.description == "2026-03-02")
    #expect(civil.hour == 10 && civil.minute == 0 && civil.second == 0 && civil.weekday == 1 && civil.offset == 0)
    #expect(civil.abbreviation == "UTC")
  }

  @Test func zonesAreEqualByNameAndContent() throws {
    let first = try #require(Zone(name: "Test", tzif: file("CET-1")))
    #expect(try #require(Zone(name: "Test", tzif: file("CET-1"))) == first)
    #expect(try #require(Zone(name: "Test", tzif: file("CET-2"))) != first)
    #expect(try #require(Zone(name: "Other", tzif: file("CET-1"))) != first)
  }
}

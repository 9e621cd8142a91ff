import Records
import Testing
import Time

@testable import Content

@Suite struct HeadingsOfReleases {
  struct Expected: Sendable {
    var versions: [String] = []
    var day: String?
    var unclear: String?
    var yanked = false
    var unreleased = false
    var title: String?
    var strict = true
  }

  /// The shapes of real changelogs (changelogs.md, 3).
  static let forms: [(String, Expected)] = [
    ("[1.4.0] - 2026-03-02", Expected(versions: ["1.4.0"], day: "2026-03-02")),
    ("[1.4.0] - 2026-03-02 [YANKED]", Expected(versions: ["1.4.0"], day: "2026-03-02", yanked: true)),
    ("1.4.0 / 2026-03-02", Expected(versions: ["1.4.0"], day: "2026-03-02")),
    ("1.4.0 (2026-03-02)", Expected(versions: ["1.4.0"], day: "2026-03-02")),
    ("3.62.1 - 2026-8-5", Expected(versions: ["3.62.1"], day: "2026-08-05")),
    ("2018-10-03 Version 1.5.0, @NickNaso", Expected(versions: ["1.5.0"], day: "2018-10-03")),
    ("Version 1.63.0 (2022-08-11)", Expected(versions: ["1.63.0"], day: "2022-08-11")),
    ("1.2.0 2026-03-02", Expected(versions: ["1.2.0"], day: "2026-03-02")),
    ("Product 1.2.0 (October 28, 2025)", Expected(versions: ["1.2.0"], day: "2025-10-28")),
    ("1.53.1 (July 20th, 2026)", Expected(versions: ["1.53.1"], day: "2026-07-20")),
    ("1.53.1 (20 Jul 2026)", Expected(versions: ["1.53.1"], day: "2026-07-20")),
    ("0.1.0 / 2026.08.06", Expected(versions: ["0.1.0"], day: "2026-08-06")),
    ("1.1.0-beta 7/22/2014", Expected(versions: ["1.1.0-beta"], day: "2014-07-22")),
    ("1.1.0 (8/2/2014)", Expected(versions: ["1.1.0"], unclear: "8/2/2014")),
    ("1.1.0 (8/8/2014)", Expected(versions: ["1.1.0"], day: "2014-08-08")),
    ("1.1.0 (2020-28-12)", Expected(versions: ["1.1.0"], day: "2020-12-28")),
    ("1.1.0 (August 2026)", Expected(versions: ["1.1.0"], unclear: "August 2026")),
    ("[1.2.0", Expected()), ("product-1.2.0", Expected(versions: ["1.2.0"])),
    ("@scope/pkg@1.2.0", Expected(versions: ["1.2.0"])),
    ("Release 1.2.0 (2026-03-02)", Expected(versions: ["1.2.0"], day: "2026-03-02")),
    ("v1.65.0/v0.159.0", Expected(versions: ["v1.65.0", "v0.159.0"])),
    ("[v3.11.1, v3.11.2] - 2024-01-09", Expected(versions: ["v3.11.1", "v3.11.2"], day: "2024-01-09")),
    ("v0.2.0 Alpha", Expected(versions: ["v0.2.0"], title: "Alpha", strict: false)),
    ("[1.2.0] - 2026-03-02 - DO NOT USE", Expected(versions: ["1.2.0"], day: "2026-03-02", yanked: true)),
    ("3.1.0 - 2019-07-29 - Unlisted", Expected(versions: ["3.1.0"], day: "2019-07-29", yanked: true)),
    ("Unlisted 3.1.0", Expected(versions: ["3.1.0"], yanked: true, strict: false)),
    (
      "Unlisted see #2004 - 3.15.1 - 2020-11-05", Expected(versions: ["3.15.1"], day: "2020-11-05", yanked: true, strict: false)
    ),
    ("1.2.0 (Unreleased)", Expected(versions: ["1.2.0"], unreleased: true)),
    ("1.2.0 (TBC)", Expected(versions: ["1.2.0"], unreleased: true)),
    ("1.2.0: Codename", Expected(versions: ["1.2.0"], title: "Codename")),
    ("v2.14.0b1 (2026-08-06)", Expected(versions: ["v2.14.0b1"], day: "2026-08-06")),
    ("1.2.0.post1", Expected(versions: ["1.2.0.post1"])), ("1.2.0+build.5", Expected(versions: ["1.2.0+build.5"])),
    ("2026.3.2.1", Expected(versions: ["2026.3.2.1"])), ("🚀 1.2.0", Expected(versions: ["1.2.0"])),
    ("1.2.0 – Summer – 2026-03-02", Expected(versions: ["1.2.0"], day: "2026-03-02", title: "Summer")),
    ("2.0.0 \"Heron\"", Expected(versions: ["2.0.0"], title: "Heron")),
    ("2.0.0 “Heron” (4 May 2026)", Expected(versions: ["2.0.0"], day: "2026-05-04", title: "Heron")),
    ("2.0.0 Heron (2026-05-04)", Expected(versions: ["2.0.0"], day: "2026-05-04", title: "Heron", strict: false)),
    ("2.0.0 (Heron)", Expected(versions: ["2.0.0"], title: "Heron", strict: false)),
    ("2.0.0 (4. Mai 2026)", Expected(versions: ["2.0.0"], day: "2026-05-04")),
    ("2.0.0 - Montag, 4. März 2026", Expected(versions: ["2.0.0"], day: "2026-03-04")),
    ("2.0.0 (Mon, 04 May 2026 10:00:00 +0200)", Expected(versions: ["2.0.0"], day: "2026-05-04")),
    ("2.0.0 - 2026-05-04T23:30:00-05:00", Expected(versions: ["2.0.0"], day: "2026-05-05")),
    ("2.0.0 (Current stable, released 2026-05-04)", Expected(versions: ["2.0.0"], day: "2026-05-04")),
    ("2.0.0 (veröffentlicht am 4. Mai 2026)", Expected(versions: ["2.0.0"], day: "2026-05-04")),
    ("gears/v1.4.0", Expected(versions: ["v1.4.0"])),
    ("[gears v1.4.0] - 2026-05-04", Expected(versions: ["v1.4.0"], day: "2026-05-04")),
    ("[Experimental Metrics v0.22.0] - 2026-05-04", Expected(versions: ["v0.22.0"], day: "2026-05-04")),
    ("Order Service 1.2.0 (2026-05-04)", Expected(versions: ["1.2.0"], day: "2026-05-04")),
    ("1.2.0 - 2026-02-30", Expected(versions: ["1.2.0"])), ("Coming soon", Expected(unreleased: true)),
    ("Unveröffentlicht", Expected(unreleased: true)),
    ("[Unreleased]", Expected(unreleased: true)), ("Unreleased", Expected(unreleased: true)),
    ("master (unreleased)", Expected(unreleased: true)), ("Unreleased Changes", Expected(unreleased: true)),
    ("Latest Changes", Expected(unreleased: true)), ("[Unreleased] - 2026-08-20", Expected(unreleased: true)),
    ("Next", Expected(unreleased: true)), ("2.1.0 (in development)", Expected(versions: ["2.1.0"], unreleased: true)),
    ("2.1.0 - Noch nicht veröffentlicht", Expected(versions: ["2.1.0"], unreleased: true)),
    ("1.43.0 and 0.65.0", Expected(versions: ["1.43.0", "0.65.0"])),
    ("1.43.0 und 0.65.0 (2026-05-04)", Expected(versions: ["1.43.0", "0.65.0"], day: "2026-05-04")),
    ("[1.43.0 + 0.65.0] - 2026-05-04", Expected(versions: ["1.43.0", "0.65.0"], day: "2026-05-04")),
    ("1.43.0, 1.42.1, and 0.65.0", Expected(versions: ["1.43.0", "1.42.1", "0.65.0"])),
    ("1.43.0 and counting", Expected(versions: ["1.43.0"], title: "and counting", strict: false)),
    ("2.1.0 - Unreleased", Expected(versions: ["2.1.0"], unreleased: true)),
    ("2.1.0 unreleased", Expected(versions: ["2.1.0"], unreleased: true)),
    ("2.1.0 - **Unreleased**", Expected(versions: ["2.1.0"], unreleased: true)),
    ("2.1.0 - TBD 2026-05-04", Expected(versions: ["2.1.0"], day: "2026-05-04", unreleased: true)),
    ("2.1.0 (unreleased, 2026-05-04)", Expected(versions: ["2.1.0"], day: "2026-05-04", unreleased: true)),
    ("2.1.0 - Unreleased (May 2026)", Expected(versions: ["2.1.0"], unclear: "May 2026", unreleased: true)),
    ("2.1.0 - Unreleased - Summer", Expected(versions: ["2.1.0"], unreleased: true, title: "Summer")),
    ("2.1.0 (unreleased: Summer)", Expected(versions: ["2.1.0"], unreleased: true, title: "Summer")),
    ("2.1.0 - Unreleased features removed", Expected(versions: ["2.1.0"], title: "Unreleased features removed")),
    ("2.1.0 (Unreleased features)", Expected(versions: ["2.1.0"], title: "Unreleased features", strict: false)),
    ("2.1.0 - TBD items done", Expected(versions: ["2.1.0"], title: "TBD items done")),
    ("2.1.0 - Broken links mended", Expected(versions: ["2.1.0"], title: "Broken links mended")),
    ("2.1.0 - Pulled quotes (2026-05-04)", Expected(versions: ["2.1.0"], day: "2026-05-04", title: "Pulled quotes")),
    ("2.1.0 - Yanked due to a leak", Expected(versions: ["2.1.0"], yanked: true, title: "Yanked due to a leak")),
    ("2.1.0 [YANKED] - 2026-05-04", Expected(versions: ["2.1.0"], day: "2026-05-04", yanked: true)),
    ("2.1.0 - DO NOT USE!", Expected(versions: ["2.1.0"], yanked: true)),
    ("2.1.0 - Yanked: it leaks", Expected(versions: ["2.1.0"], yanked: true, title: "it leaks")),
    ("Retracted: 2.1.0", Expected(versions: ["2.1.0"], yanked: true, strict: false)),
    ("Withdrawn: 2.1.0 (2026-05-04)", Expected(versions: ["2.1.0"], day: "2026-05-04", yanked: true, strict: false)),
    ("Do not use: 2.1.0", Expected(versions: ["2.1.0"], yanked: true, strict: false)),
    ("Unreleased 2.1.0", Expected(versions: ["2.1.0"], unreleased: true)),
    ("[Unreleased] - 2.1.0", Expected(versions: ["2.1.0"], unreleased: true)),
    ("Next: v2.1.0", Expected(versions: ["v2.1.0"], unreleased: true)),
    ("Upcoming (2.1.0) - 2026-05-04", Expected(versions: ["2.1.0"], day: "2026-05-04", unreleased: true)),
    ("[Unreleased] (after 2.0.0)", Expected(unreleased: true)), ("Unreleased since 2.0.0", Expected()),
    ("2.1.0 (latest)", Expected(versions: ["2.1.0"], title: "latest", strict: false)),
  ]

  @Test(arguments: forms)
  func aHeadingSaysWhatItSays(text: String, expected: Expected) throws {
    guard !expected.versions.isEmpty || expected.unreleased else {
      #expect(ReleaseHeading(text) == nil)
      return
    }
    let heading = try #require(ReleaseHeading(text))
    #expect(heading.versions == expected.versions)
    #expect(heading.day.map(String.init(describing:)) == expected.day)
    #expect(heading.unclearDate == expected.unclear)
    #expect(heading.isYanked == expected.yanked)
    #expect(heading.isUnreleased == expected.unreleased)
    #expect(heading.title == expected.title)
    #expect(heading.isStrict == expected.strict)
  }

  @Test(arguments: [
    "Changelog for Product v1.15", "Release notes for v3.0.0", "Changelog since v2.2.2", "5.4.x (2021-04-19 - 2021-05-03)",
    "8.x", "Added",
    "Bug Fixes", "Since 1.2.0", "2026-03-02", "Next steps", "12", "Version 12", "1.2.0.md", "v", "", "Requires Swift 5.9",
    "Support for Swift 5.9", "Order Service 1.2.0", "2:1.0-1",
    "1.x.2", "1.2.0foo",
  ])
  func otherHeadingsAreNone(text: String) {
    #expect(ReleaseHeading(text) == nil)
  }

  @Test func aGuideIsNoRelease() throws {
    #expect(try #require(ReleaseHeading("0.5 Migration Guide")).isPlain == false)
    #expect(try #require(ReleaseHeading("0.5 \(String(repeating: "word ", count: 20))")).isPlain == false)
    #expect(try #require(ReleaseHeading("0.5 Beta")).isPlain)
  }

  @Test(arguments: [
    ("tank (2:1.0-1) unstable; urgency=medium", "2:1.0-1"), ("tank (0.9-1~rc1) bookworm; urgency=low", "0.9-1~rc1"),
    ("tank (1:0.9+dfsg-1~bpo11+1) stable; urgency=medium", "1:0.9+dfsg-1~bpo11+1"),
  ])
  func whatOnlyDebianWritesNeedsNoSetting(text: String, version: String) throws {
    for isDebian in [true, false] {
      let heading = try #require(ReleaseHeading(text, .init(isDebian: isDebian)))
      #expect(heading.versions == [version] && heading.isCertain)
    }
  }

  @Test func aPackageIsNamedBeforeItsVersion() throws {
    let heading = try #require(ReleaseHeading("tank (2:1.0-1)", .init(isDebian: true)))
    #expect(heading.versions == ["2:1.0-1"] && heading.product == "tank" && heading.isCertain)
    #expect(ReleaseHeading("tank (1.0)") == nil)
  }

  @Test(arguments: ["Gear Box 1.1.0", "Gear Box v1.1.0 (2026-05-04)", "[gear box 1.1.0]", "Gear Box: 1.1.0", "Gear Box@1.1.0"])
  func theNameOfAServiceMayBeSeveralWords(text: String) throws {
    let heading = try #require(ReleaseHeading(text, .init(names: ["gear box of doors", "gear box"])))
    #expect(heading.versions.map { $0.drop { $0 == "v" } } == ["1.1.0"] && heading.product?.lowercased() == "gear box")
    #expect(ReleaseHeading("Gear Box 1.1.0", .init(names: [])) == nil)
  }

  @Test func aDateThatWasSwappedIsTold() throws {
    #expect(try #require(ReleaseHeading("1.0.0 (2017-31-03)")).swappedDate == "2017-31-03")
    #expect(try #require(ReleaseHeading("1.0.0 (2017-03-31)")).swappedDate == nil)
  }

  @Test(arguments: [
    ("2.0.0 (2026-02-30)", "2026-02-30"), ("2.0.0 [2017-01-00]", "2017-01-00"),
    ("2.0.0 - 30 February 2026", "30 February 2026"),
    ("2.0.0 (31/31/2026)", "31/31/2026"), ("2.0.0 (2026-05-04 25:10)", "2026-05-04 25:10"),
    ("2.0.0 (32. Mai 2026)", "32. Mai 2026"), ("1.6.0 - 2026-05-04 25:61", "2026-05-04 25:61"),
    ("1.6.0 - 2026-05-04T24:30:00Z", "2026-05-04T24:30:00Z"), ("1.6.0 - 2026.13.13", "2026.13.13"),
    ("1.5.0 / 2026.13.13", "2026.13.13"), ("[1.5.0] (2026.13.13)", "2026.13.13"),
  ])
  func aDayThatDoesNotExistIsTold(text: String, date: String) throws {
    let heading = try #require(ReleaseHeading(text))
    #expect(heading.impossibleDate == date)
    #expect(heading.day == nil && heading.versions.count == 1)
    #expect(heading.unclearDate == nil && heading.title == nil)
  }

  @Test(arguments: [
    ("gears@1.4.0", "gears"), ("@acme/gears@1.4.0", "@acme/gears"), ("gears-v1.4.0", "gears"), ("gears/v1.4.0", "gears"),
    ("[gears v1.4.0]", "gears"), ("Gears 1.4.0 (2026-05-04)", "Gears"),
    ("[Experimental Metrics v0.22.0]", "Experimental Metrics"),
  ])
  func theNameBeforeAVersionIsKept(text: String, product: String) {
    #expect(ReleaseHeading(text)?.product == product)
  }

  @Test(arguments: [
    ("2:1.0-1", "2:1.0-1"), ("1.0-1 (2026-05-04)", "1.0-1"), ("1.0~rc1-1ubuntu2: Codename", "1.0~rc1-1ubuntu2"),
    ("tank (2:1.0-1) unstable; urgency=medium", "2:1.0-1"), ("v1.4.0", "v1.4.0"),
  ])
  func debianVersionsAreReadWhereTheServiceHasThem(text: String, version: String) {
    #expect(ReleaseHeading(text, .init(isDebian: true))?.versions == [version])
  }

  /// One mark joins two versions, a row of them none: it is read without going deeper for each.
  @Test func aRowOfMarksIsNoListOfVersions() {
    let heading = ReleaseHeading("1.1.0" + String(repeating: ",", count: 20_000))
    #expect(heading?.versions ?? ["1.1.0"] == ["1.1.0"])
    #expect(ReleaseHeading("1.1.0, and 1.0.9")?.versions == ["1.1.0", "1.0.9"])
  }
}

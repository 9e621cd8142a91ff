import Content
import Diagnostics
import Foundation
import Records
import Testing
import Time

private func split(
  _ text: String, path: String = "shop/CHANGELOG.md", _ configuration: Configuration = Configuration()
) -> Parsed<[Located<ReleaseNote>]> {
  readChangelog(Source(file: "content/releases/\(path)", bytes: Array(text.utf8)), path: path, configuration)
}

private func day(_ note: Located<ReleaseNote>) -> String? { note.value.date.map(String.init(describing:)) }

/// Shapes of changelogs of many tools (changelogs.md, 3, rules 3, 6a and 6b).
@Suite struct ShapesOfChangelogs {
  struct Expected: Sendable {
    let versions: [String?]
    var days: [String?] = []
    var warnings: [String] = []
  }

  static let shapes: [(String, Expected)] = [
    // Phrases.
    (
      "# Changelog for [unreleased] (UNRELEASED)\n\n* a\n\n# Changelog for [7.0.0] (2024-12-17)\n\n* b\n\n# Changelog for [6.0.0] (2024-03-19)\n\n* c\n",
      Expected(versions: [nil, "7.0.0", "6.0.0"], days: [nil, "2024-12-17", "2024-03-19"])
    ),
    (
      "# Table of Contents\n\n* [Changelog for 7.0.0](#a)\n* [Changelog for 6.0.0](#b)\n\n# Changelog for tank 7.0.0 (2024-12-17)\n\n* b\n\n# Changelog for tank 6.0.0 (2024-03-19)\n",
      Expected(versions: ["7.0.0", "6.0.0"])
    ),
    ("# Log\n\n## Changes in 2.0.0\n\n- a\n\n### Changes to the door\n\n- b\n", Expected(versions: ["2.0.0"])),
    (
      "## Release notes for Order Service 2.1.0\n- a\n\n## Release notes for Order Service 2.0.0\n- b\n",
      Expected(versions: ["2.1.0", "2.0.0"])
    ),
    ("## What's new in 2.1.0\n- a\n\n## What's new in 2.0.0\n- b\n", Expected(versions: ["2.1.0", "2.0.0"])),
    (
      "## Änderungen in 2.1.0 (4. Mai 2026)\n- a\n\n## Änderungen in 2.0.0 (4. April 2026)\n- b\n",
      Expected(versions: ["2.1.0", "2.0.0"], days: ["2026-05-04", "2026-04-04"])
    ),
    ("## Order Service 2.1.0\n- a\n\n### Swift 5.9\n\n## Order Service 2.0.0\n- b\n", Expected(versions: ["2.1.0", "2.0.0"])),
    // Code names without quotes, each another.
    ("# Log\n\n## 2.0.0 Heron\n- a\n\n## 1.9.0 Egret\n- b\n", Expected(versions: ["2.0.0", "1.9.0"])),
    // towncrier, auto-changelog, conventional-changelog.
    ("# Tank 2.1.0 (2026-05-04)\n\n## Features\n- a\n\n# Tank 2.0.0 (2026-04-04)\n", Expected(versions: ["2.1.0", "2.0.0"])),
    (
      "#### [v2.1.0](https://x.example/a...b)\n\n> 4 May 2026\n\n- a\n\n### v2.0.0\n\n> 4 April 2026\n",
      Expected(versions: ["v2.1.0", "v2.0.0"], days: ["2026-05-04", "2026-04-04"])
    ),
    // One file of several products, without dates.
    ("## api 2.1.0\n- a\n\n## web 2.0.0\n- b\n\n## api 1.9.0\n- c\n", Expected(versions: ["2.1.0", "2.0.0", "1.9.0"])),
    ("# Log\n\n## api 2.1.0\n- a\n\n## web 2.0.0\n- b\n", Expected(versions: ["2.1.0", "2.0.0"])),
    // From one version to the next says which of them it is in its own way.
    (
      "# Log\n\n## Changes between 1.0.0 and 2.0.0\n- a\n\n## Changes between 0.9.0 and 1.0.0\n",
      Expected(versions: [], warnings: ["no-release-in-changelog"])
    ),
    // Days and numbers.
    (
      "# Release 2026-05-04\n- a\n\n# Release 2026-04-04\n- b\n",
      Expected(versions: ["Release 2026-05-04", "Release 2026-04-04"], days: ["2026-05-04", "2026-04-04"])
    ),
    (
      "# Log\n\n## 4.5.2026\n- a\n\n## 14.4.2026\n- b\n",
      Expected(versions: ["4.5.2026", "14.4.2026"], days: [nil, "2026-04-14"])
    ),
    ("# Log\n\n## 2026-W18\n- a\n\n## 2026-05\n- b\n", Expected(versions: ["2026-W18", "2026-05"])),
    // HTML.
    ("# Log\n\n<h2>2.0.0</h2>\n\n- a\n", Expected(versions: [], warnings: ["no-release-in-changelog"])),
    (
      "## 2.0.0\n\n- a\n\n<h2>1.0.0</h2>\n\n- b\n\n<h3>Fixed</h3>\n",
      Expected(versions: ["2.0.0"], warnings: ["heading-passed-over"])
    ),
    // Nothing is released.
    ("# Log\n\n## HEAD\n\n- z\n", Expected(versions: [nil])), ("## main\n- z\n", Expected(versions: [nil])),
    ("# Log\n\n## Coming\n- z\n", Expected(versions: [nil])),
    ("# Log\n\n## Development\n### Added\n- z\n\n## Links\n- y\n", Expected(versions: [nil])),
    ("# Log\n\n## Links\n- y\n", Expected(versions: [], warnings: ["no-release-in-changelog"])),
    ("# Tank 2.0.0\n\n## Development\n- z\n", Expected(versions: ["2.0.0"])),
    ("# Log\n\n## Next (2.2.0)\n- z\n\n## 2.1.0 (current)\n- a\n", Expected(versions: ["2.2.0", "2.1.0"])),
    (
      "# Log\n\n## 2026-05-04\n- a\n\n## 2026-04-04\n- b\n",
      Expected(versions: ["2026-05-04", "2026-04-04"], days: ["2026-05-04", "2026-04-04"])
    ),
    ("# Log\n\n## May 2026\n- a\n\n## April 2026\n- b\n", Expected(versions: ["May 2026", "April 2026"], days: [nil, nil])),
    (
      "# Log\n\n# 2026\n\n## 4. Mai 2026\n- a\n\n# 2025\n\n## 4. April 2025 - Frühling\n- b\n",
      Expected(versions: ["4. Mai 2026", "4. April 2025"], days: ["2026-05-04", "2025-04-04"])
    ),
    ("# Log\n\n## 1458\n- a\n\n## 1457\n- b\n", Expected(versions: ["1458", "1457"])),
    (
      "## Build 1458 (2026-05-04)\n- a\n\n## Build 1457\n- b\n",
      Expected(versions: ["Build 1458", "Build 1457"], days: ["2026-05-04", nil])
    ),
    (
      "## 20240203-110809-5046fc22\n- a\n\n## 20240202-090000-aaaabbbb\n- b\n",
      Expected(versions: ["20240203-110809-5046fc22", "20240202-090000-aaaabbbb"])
    ),
    // Headings of another kind beside days are no releases of numbers.
    ("# Log\n\n## Doors\n- a\n\n## 2026-04-04\n- b\n", Expected(versions: [], warnings: ["no-release-in-changelog"])),
    // What is to come.
    ("## HEAD\n\n### Fixes\n- a\n\n## 1.3.0 / 2026-04-03\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("# Log\n\n## main\n- a\n\n## 1.3.0\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("# Log\n\n## Coming\n- a\n\n## 1.3.0\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("# Log\n\nWhat it is.\n\n- [1.3.0](#130)\n\n## 1.3.0\n- b\n", Expected(versions: ["1.3.0"])),
    ("# Log\n\n- a\n- b\n\n## 1.3.0\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("- a\n\n## 1.3.0\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("### Fixed\n- a\n\n## 1.3.0\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("# Log\n\n### Added\n- a\n\n### Fixed\n- b\n\n## 1.3.0\n- b\n", Expected(versions: [nil, "1.3.0"])),
    ("# Log\n\n## Legend\n- a means b\n\n## 1.3.0\n- b\n", Expected(versions: ["1.3.0"], warnings: ["unread-section"])),
    // A branch further down is none.
    ("## 1.3.0\n- a\n\n## main\n- b\n", Expected(versions: ["1.3.0"])),
    // What is not taken is told.
    ("## 1.3.0\n- a\n\n## The great 1.2.0\n- b\n", Expected(versions: ["1.3.0"], warnings: ["heading-passed-over"])),
    (
      "# Log\n\n## Heron (2.0.0)\n- a\n\n## Egret (1.0.0)\n- b\n", Expected(versions: [], warnings: ["no-release-in-changelog"])
    ),
  ]

  @Test(arguments: shapes)
  func areReadAsTheirAuthorsMeantThem(text: String, expected: Expected) {
    let parsed = split(text)
    #expect(parsed.value.map(\.value.version) == expected.versions)
    if !expected.days.isEmpty { #expect(parsed.value.map(day) == expected.days) }
    #expect(parsed.diagnostics.map(\.message.id) == expected.warnings)
  }

  /// The words "names a version" are used only where that is so.
  @Test func aChangelogThatIsNotUnderstoodSaysWhichHeadingHoldsAVersion() throws {
    let parsed = split("# Log\n\n## Heron (2.0.0)\n- a\n\n## Egret (1.0.0)\n- b\n")
    let found = try #require(parsed.diagnostics.first)
    #expect(
      found.message.text == "no heading of this changelog was understood as that of a release; 'Heron (2.0.0)' holds a version")
    #expect(found.position?.line == 3)
  }

  @Test func whatIsToComeKeepsItsGroups() throws {
    let note = try #require(split("# Log\n\nWords.\n\n### Added\n- a\n\n## 1.3.0\n- b\n").value.first?.value)
    #expect(note.version == nil)
    #expect(note.body.html == "<p>Words.</p>\n<h4>Added</h4>\n<ul>\n<li>a</li>\n</ul>\n")
    #expect(String(decoding: note.markdown, as: UTF8.self) == "\nWords.\n\n### Added\n- a\n\n")
  }

  @Test func aNumberIsFoundWithoutTheWordBeforeIt() {
    #expect(split("## Build 1458\n- a\n\n## Build 1457\n- b\n").value.map(\.value.otherVersions) == [["1458"], ["1457"]])
  }

  @Test func debianVersionsAreReadWhereTheServiceHasThem() {
    var configuration = Configuration()
    configuration.services = [Configuration.Service(key: "shop")]
    configuration.services[0].versions = .debian
    let text = "# Log\n\n## 2:1.0-1 (2026-05-04)\n- a\n\n## 2:0.9~rc1-1\n- b\n"
    #expect(split(text, configuration).value.map(\.value.version) == ["2:1.0-1", "2:0.9~rc1-1"])
    #expect(split(text).value.allSatisfy { $0.value.version != "2:1.0-1" })
  }

  @Test func aDayThatDoesNotExistIsToldWithItsLine() {
    let parsed = split("# Log\n\n## 1.4.0 - 2026-02-30\n- a\n\n## 1.3.0 [2017-01-00]\n- b\n")
    #expect(parsed.diagnostics.map(\.message.id) == ["not-a-day", "not-a-day"])
    #expect(parsed.diagnostics.map { $0.position?.line } == [3, 6])
    #expect(parsed.value.map(\.value.title) == [nil, nil])
  }

  @Test(arguments: ["\r", "\n", "\r\n"])
  func anyEndOfLineEndsOne(end: String) {
    let parsed = split(["# Log", "", "## 3.2.0 - 2026-05-04", "", "- a", "", "## 3.0.0", "", "- b", ""].joined(separator: end))
    #expect(parsed.value.map(\.value.version) == ["3.2.0", "3.0.0"])
    #expect(parsed.value.map { String(decoding: $0.value.markdown, as: UTF8.self).filter { !$0.isNewline } } == ["- a", "- b"])
    #expect(parsed.value.map(\.position.line) == [3, 7])
  }

  /// Names, and whether such a file is a changelog.
  @Test(arguments: [
    "CHANGELOG.md", "RELEASES.md", "ReleaseNotes.md", "release-notes.md", "RELEASE_NOTES.md", "Release Notes.md", "WHATSNEW.md",
    "whats-new.md", "versions.md", "news.md", "history.md", "Änderungen.md", "RELEASE_NOTES.de.md", "notes-de-version.md",
    "Novedades.md", "doors.md", "all-of-it.markdown", "2026.md",
  ])
  func aChangelogMayBeCalledAnything(name: String) {
    let text = "## 1.1.0 - 2026-05-01\n\n- n1\n\n## 1.0.0\n\n- n0\n"
    guard case .changelog(let parsed) = file(text, name) else {
      Issue.record("\(name) is one note")
      return
    }
    #expect(parsed.value.map(\.value.version) == ["1.1.0", "1.0.0"])
    #expect(parsed.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("1.1.0.md", "## 1.1.0 - 2026-05-01\n\n- a\n\n## 1.0.9\n\n- b\n\n## 1.0.8\n\n- c\n", ["releases-in-note"]),
    ("doors.md", "---\nversion: 2.0.0\n---\n## 1.1.0\n\n- a\n\n## 1.0.0\n\n- b\n", ["releases-in-note"]),
    ("doors.md", "## Doors 1.1.0\n\n- a\n\n## Doors 1.0.0\n\n- b\n", ["releases-in-note"]),
    ("1.1.0.md", "# 1.1.0\n\n## Added\n\n- a\n\n## 1.1.0-rc.1\n\n- b\n\n## 1.1.0-rc.2\n\n- c\n", []),
    ("doors.md", "# Doors\n\n## Swift 5.9\n\n- a\n\n## 1.2 Migration Guide\n\n- b\n", []),
    ("doors.md", "## 1.1.0\n\n- a\n", []),
  ])
  func aNoteOfSeveralReleasesIsNotOneInSilence(name: String, text: String, expected: [String]) {
    guard case .note(let parsed) = file(text, name) else {
      Issue.record("\(name) is a changelog")
      return
    }
    #expect(parsed.value != nil)
    #expect(parsed.diagnostics.map(\.message.id) == expected)
  }

  private func file(_ text: String, _ name: String) -> NoteFile {
    readNoteFile(Source(file: "content/releases/shop/\(name)", bytes: Array(text.utf8)), path: "shop/\(name)")
  }

  @Test(arguments: [
    "tank (2:1.0-1) unstable; urgency=medium\n======\n\n- t2\n\ntank (2:0.9-1) unstable; urgency=low\n======\n\n- t1\n",
    "# Changelog\n\n## 2:1.0-1\n\n- t2\n\n## 2:0.9-1\n\n- t1\n",
    "# Changelog\n\n## tank (2:1.0-1)\n\n- t2\n\n## tank (2:0.9-1)\n\n- t1\n",
  ])
  func versionsOfDebianAreThoseOfTwoReleases(text: String) {
    let debian = configuration("services: [{key: shop, versions: debian}]\n").value
    #expect(split(text, debian).value.map(\.value.version) == ["2:1.0-1", "2:0.9-1"])
    let plain = split(text)
    #expect(plain.value.map(\.value.version) == ["2:1.0-1", "2:0.9-1"] || !plain.diagnostics.isEmpty)
  }

  @Test func whatIsNoDayIsNeitherDateNorTitle() {
    let parsed = split("## 1.1.0 - 2026.13.13\n\n- a\n\n## 1.0.0: Heron - 2026-05-04T24:30:00Z\n\n- b\n")
    #expect(parsed.value.map(\.value.title) == [nil, "Heron"])
    #expect(parsed.value.flatMap(\.value.otherVersions) == [])
    #expect(parsed.value.map(\.value.date) == [nil, nil])
    #expect(parsed.diagnostics.map(\.message.id) == ["not-a-day", "not-a-day"])
  }

  @Test(arguments: [
    ("1.3.0.txt", "1.3.0.md"), ("1.2.0.mdown", "1.2.0.md"), ("CHANGELOG", "CHANGELOG.md"), ("Changes", "Changes.md"),
    ("1.5.0.rst", "1.5.0.md"), ("1.5.0", "1.5.0.md"), ("CHANGELOG.md.txt", "CHANGELOG.md"), ("a.markdow", "a.md"),
    ("1.0.0.md", nil), ("1.0.0.MD", nil), ("LICENSE", nil), ("readme.txt", nil), ("logo.svg", nil), ("data.json", nil),
  ])
  func whatLooksLikeANoteHasANameNear(name: String, near: String?) {
    #expect(nearNoteName(name) == near)
  }

  @Test func aFileInUTF16SaysSo() {
    let bytes: [UInt8] = [0xFF, 0xFE] + Array("## 1.0.0\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let parsed = readChangelog(Source(file: "CHANGELOG.md", bytes: bytes), path: "CHANGELOG.md")
    #expect(
      printed(parsed.diagnostics, of: "CHANGELOG.md") == [
        "1:1: error: this file is UTF-16, which is not read -> save the file as UTF-8 [invalid-utf8]"
      ])
  }

  @Test func nobodyLooksForLinksInAFileThatIsLeftOut() {
    #expect(split("# Notes\n- [a](x.txt)").diagnostics.map(\.message.id) == ["no-release-in-changelog"])
    let faulty = incident("---\nstartedAt: then\n---\n[a](x.txt)").diagnostics
    #expect(faulty.map(\.message.id) == ["not-a-time"])
  }

  @Test(arguments: [
    ("2026-03-05 23:30:00 +0200", "2026-03-05"), ("2026-03-05 23:30:00 -0500", "2026-03-06"), ("2026-3-5", "2026-03-05"),
    ("2026-03-05t23:30:00.5-05:00", "2026-03-06"), ("2026-03-05 23:30", "2026-03-05"), ("2026-03-05T23:30:00", "2026-03-05"),
    ("2001-12-14 21:59:43.10 -5", "2001-12-15"), ("5 March 2026", "2026-03-05"), ("5. März 2026", "2026-03-05"),
    ("2026-02-30 10:00:00", nil), ("2026-03-05 25:00:00", nil), ("soon", nil), ("2026-28-12", nil),
  ])
  func frontMatterTakesTheDatesOfOtherGenerators(text: String, expected: String?) {
    let parsed = note("---\ndate: \"\(text)\"\n---\n- a\n")
    #expect(parsed.value?.value.date.map(String.init(describing:)) == expected)
    #expect(parsed.diagnostics.map(\.message.id) == (expected == nil ? ["not-a-day"] : []))
  }
}

@Suite struct ChaptersOfChangelogs {
  static let text = "# web\n\n## 2.0.0\n\n- w2\n\n# api\n\nAbout it.\n\n## [Unreleased]\n\n- a2\n\n## 1.0.0\n\n- a1\n"

  @Test func areKeptWithTheReleasesBelowThem() {
    let notes = split(Self.text, path: "CHANGELOG.md").value
    #expect(notes.map(\.value.version) == ["2.0.0", nil, "1.0.0"])
    #expect(notes.map { $0.value.chapters.map(\.name) } == [["web"], ["api"], ["api"]])
    #expect(notes.map { $0.value.chapters.map(\.line) } == [[1], [7], [7]])
    #expect(notes.map(\.value.body.plain) == ["w2", "a2", "a1"])
    #expect(String(decoding: notes[0].value.markdown, as: UTF8.self) == "\n- w2\n\n")
  }

  /// What stands between them and their releases has its place, then.
  @Test func endAReleaseWhereTheServiceIsKnownIfNothingStandsBelowThem() {
    let notes = split(Self.text, path: "shop/CHANGELOG.md").value
    #expect(notes.map { $0.value.chapters.map(\.name) } == [["web"], ["api"], ["api"]])
    #expect(notes[0].value.body.plain == "w2\napi\nAbout it.")
    let bare = split(Self.text.replacing("About it.\n\n", with: ""), path: "shop/CHANGELOG.md").value
    #expect(bare[0].value.body.plain == "w2")
  }

  @Test func listsBetweenThemAndTheirReleasesAreWarnedOf() {
    let parsed = split("# web\n\n## 2.0.0\n\n- w2\n\n# api\n\n- lost\n\n## 1.0.0\n\n- a1\n", path: "CHANGELOG.md")
    #expect(parsed.diagnostics.map(\.message.id) == ["unread-section"])
  }
}

/// Headings beside chapters, and chapters below a title.
@Suite struct HeadingsAroundChapters {
  private func shape(_ text: String) -> [String] {
    split(text, path: "CHANGELOG.md").value.map { note in
      (note.value.chapters.map(\.name) + [note.value.version ?? "-", note.value.body.plain]).joined(separator: " / ")
    }
  }

  @Test func chaptersMayStandAtTheSecondLevelBelowATitle() {
    let text = "# Changelog\n\n## Web\n\n### 2.0.0\n\n- w2\n\n## Api\n\n### [Unreleased]\n\n- a2\n\n### 1.0.0\n\n- a1\n"
    #expect(shape(text) == ["Changelog / Web / 2.0.0 / w2", "Changelog / Api / - / a2", "Changelog / Api / 1.0.0 / a1"])
  }

  /// "Acknowledgements" opens a group of changes where it stands below a release.
  @Test func aGroupBesideChaptersIsOfNoRelease() {
    let text =
      "# web\n\n## 2.0.0\n\n- w2\n\n# Acknowledgements\n\n## 9.0.0\n\n- x\n\n# api\n\n## 1.0.0\n\n- a1\n\n# Added\n\n- y\n"
    #expect(shape(text) == ["web / 2.0.0 / w2", "Acknowledgements / 9.0.0 / x", "api / 1.0.0 / a1"])
    #expect(split(text, path: "CHANGELOG.md").diagnostics.map(\.message.id) == ["unread-section"])
  }

  @Test func besideAReleaseAChapterOfTheSecondLevelIsOneToo() {
    let text = "# Changelog\n\n## 1.2.0\n\n- p\n\n## Search\n\n### 3.0.0\n\n- s\n"
    #expect(shape(text) == ["Changelog / 1.2.0 / p", "Changelog / Search / 3.0.0 / s"])
  }

  @Test func releasesOfTheSecondLevelAreNoChapters() {
    #expect(shape("# web\n\n## 2.0.0\n\n### 2.0.0-rc.1\n\n- r\n") == ["web / 2.0.0 / ", "web / 2.0.0-rc.1 / r"])
  }

  /// With text it is warned of; a release never tells what stands below a heading beside its chapter.
  @Test(arguments: [
    ("# About\n\nWords.\n\n# web\n\n## 2.0.0\n\n- w2\n\n# api\n\n## 1.0.0\n\n- a1\n", nil),
    ("# web\n\n## 2.0.0\n\n- w2\n\n# About\n\nWords.\n\n# api\n\n## 1.0.0\n\n- a1\n", 7),
    ("# web\n\n## 2.0.0\n\n- w2\n\n# About\n\n# api\n\n## 1.0.0\n\n- a1\n", nil),
    ("# web\n\n## 2.0.0\n\n- w2\n\n# api\n\n## 1.0.0\n\n- a1\n\n# About\n\nWords.\n\n## More\n\n- x\n", 13),
  ])
  func aHeadingWithoutReleasesEndsAChapter(text: String, line: Int?) {
    #expect(shape(text) == ["web / 2.0.0 / w2", "api / 1.0.0 / a1"])
    let told = split(text, path: "CHANGELOG.md").diagnostics
    #expect(told.map(\.message.id) == (line == nil ? [] : ["unread-section"]))
    #expect(told.first?.position?.line == line)
  }

  @Test func belowOneChapterAloneAHeadingIsPartOfItsRelease() {
    #expect(shape("# Changelog\n\n## 2.0.0\n\n- w2\n\n# Thanks\n\nWords.\n") == ["Changelog / 2.0.0 / w2\nThanks\nWords."])
  }

  @Test func manyChaptersKeepTheirReleases() {
    let text = (1...300).map { "# s\($0)\n\n## \($0).0.0\n\n- a\($0)\n\n## \($0 - 1).9.0\n\n- b\n" }.joined(separator: "\n")
    let notes = split(text, path: "CHANGELOG.md").value
    #expect(notes.count == 600)
    #expect(notes.enumerated().allSatisfy { $1.value.chapters.map(\.name) == ["s\($0 / 2 + 1)"] })
    #expect(notes.map(\.value.version) == (1...300).flatMap { ["\($0).0.0", "\($0 - 1).9.0"] })
    #expect(notes[598].value.body.plain == "a300")
  }
}

/// A section that is told alone takes its link definitions from the syntax tree.
@Suite struct DefinitionsOfSections {
  @Test(arguments: [
    // Over two lines, with a title on the third.
    ("[Two\n  words]:\n  https://x.example/2\n  'title'", "[two words]", "[Two\nwords]:\nhttps://x.example/2\n'title'"),
    // In a quote.
    ("> [pump]: https://x.example/p", "[pump]", "[pump]: https://x.example/p"),
    // In an item, as a block of its own.
    ("- text\n\n  [pump]: https://x.example/p", "[pump]", "[pump]: https://x.example/p"),
    // With an escaped bracket.
    ("[a\\]b]: https://x.example/e", "[a\\]b]", "[a\\]b]: https://x.example/e"),
    // Above a paragraph.
    ("[pump]: https://x.example/p\nmore words", "[pump]", "[pump]: https://x.example/p"),
    // With a title over several lines.
    ("[pump]: https://x.example/p\n  'a\n  title'", "[pump]", "[pump]: https://x.example/p\n'a\ntitle'"),
    ("[pump]: https://x.example/p (a\n[lid]: b\nc)", "[pump]", "[pump]: https://x.example/p (a\n[lid]: b\nc)"),
    // Two above a paragraph.
    (
      "[pump]: https://x.example/p\n'a\ntitle'\n[lid]: https://x.example/l\nmore words", "[pump], [lid]",
      "[pump]: https://x.example/p\n'a\ntitle'\n[lid]: https://x.example/l"
    ),
    ("[pump]: https://x.example/p\n'no title", "[pump]", "[pump]: https://x.example/p"),
    // Another case.
    ("[Straße]: https://x.example/s", "[STRASSE]", "[Straße]: https://x.example/s"),
    ("[ΣΊΣΥΦΟΣ]: https://x.example/s", "[σίσυφος]", "[ΣΊΣΥΦΟΣ]: https://x.example/s"),
    ("[ẞ]: https://x.example/s", "[ss]", "[ẞ]: https://x.example/s"),
  ])
  func areThoseThatMarkdownKnows(definition: String, use: String, carried: String) throws {
    let note = try #require(split("## 1.1.0\n\nsee \(use)\n\n## 1.0.0\n\n\(definition)\n").value.first?.value)
    #expect(String(decoding: note.markdown, as: UTF8.self) == "\nsee \(use)\n\n\(carried)\n")
    #expect(note.body.html.contains("<a href"))
  }

  @Test(arguments: [
    "- the lid\n  [pump]: now stops", "```\n[pump]: x\n```", "    [pump]: x", "words\n[pump]: x", "<pre>\n[pump]: x\n</pre>",
    "[pump]: a b c",
  ])
  func noOtherLineIsOne(text: String) throws {
    let note = try #require(split("## 1.1.0\n\nsee [pump]\n\n## 1.0.0\n\n\(text)\n").value.first?.value)
    #expect(String(decoding: note.markdown, as: UTF8.self) == "\nsee [pump]\n\n")
  }
}

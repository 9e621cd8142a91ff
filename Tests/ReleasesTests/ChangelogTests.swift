import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// rules.md, Changelog per environment.
struct ChangelogTests {
  /// An entry as text: `upgrade 1.0.0>1.1.0 +1.1.0 -x folded x again x lacks x unnoted x yanked x`, with only what is there.
  static func text(_ entry: ChangelogEntry) -> String {
    var words = ["\(entry.kind) \(entry.from ?? "")>\(entry.to)"]
    for (name, list) in [
      ("+", entry.includes), ("-", entry.removes), ("folded ", entry.folded), ("again ", entry.again),
      ("lacks ", entry.missingFixes),
      ("unnoted ", entry.missingNotes), ("yanked ", entry.yanked),
    ] where !list.isEmpty { words.append(name + list.joined(separator: ",")) }
    return words.joined(separator: " ")
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// In the order of the file: `version`, `version date`, `yanked` behind it.
    var notes: [String]
    /// `version`, newest last; ` hotfix`, ` rollback`, ` remove` as marks, ` failed` as a state.
    var deployed: [String]
    /// Oldest first.
    var entries: [String]
  }

  static let basic: [Row] = [
    Row(testDescription: "nothing", notes: ["1.0.0"], deployed: ["1.0.0 failed"], entries: []),
    Row(
      testDescription: "the first includes only that release", notes: ["1.1.0", "1.0.0", "0.9.0"], deployed: ["1.0.0"],
      entries: ["first >1.0.0 +1.0.0"]),
    Row(
      testDescription: "an upgrade includes the range", notes: ["1.5.0", "1.4.0", "1.3.0", "1.2.0", "1.1.0"],
      deployed: ["1.2.0", "1.4.0", "1.2.0"],
      entries: ["first >1.2.0 +1.2.0", "upgrade 1.2.0>1.4.0 +1.4.0,1.3.0", "rollback 1.4.0>1.2.0 -1.4.0,1.3.0"]),
    Row(
      testDescription: "the range is in the order of versions, not of the file", notes: ["1.2.0", "1.10.0", "1.9.0", "1.1.0"],
      deployed: ["1.1.0", "1.10.0"], entries: ["first >1.1.0 +1.1.0", "upgrade 1.1.0>1.10.0 +1.10.0,1.9.0,1.2.0"]),
    Row(
      testDescription: "a redeploy makes none", notes: ["1.0.0"], deployed: ["1.0.0", "1.0.0"], entries: ["first >1.0.0 +1.0.0"]
    ),
    Row(
      testDescription: "a rebuild includes nothing", notes: ["1.0.0"], deployed: ["1.0.0+1", "1.0.0+2"],
      entries: ["first >1.0.0+1 +1.0.0", "rebuild 1.0.0+1>1.0.0+2"]),
    Row(
      testDescription: "a hotfix makes an upgrade", notes: ["1.0.1", "1.0.0"], deployed: ["1.0.0", "1.0.1 hotfix"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.0.1 +1.0.1"]),
    Row(
      testDescription: "against a mark the versions decide", notes: ["1.1.0", "1.0.0"],
      deployed: ["1.0.0", "1.1.0 rollback", "1.0.0 hotfix"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.1.0 +1.1.0", "rollback 1.1.0>1.0.0 -1.1.0"]),
    Row(
      testDescription: "after a removal it is the first", notes: ["1.1.0", "1.0.0"], deployed: ["1.0.0", "x remove", "1.1.0"],
      entries: ["first >1.0.0 +1.0.0", "first >1.1.0 +1.1.0"]),
    Row(
      testDescription: "failures do not count", notes: ["1.2.0", "1.1.0", "1.0.0"],
      deployed: ["1.0.0", "1.1.0 failed", "1.2.0"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.2.0 +1.2.0,1.1.0"]),
  ]

  static let dates: [Row] = [
    Row(
      testDescription: "what is dated after the new one cannot be in it",
      notes: ["2.0.0 2026-01-10", "1.1.1 2026-01-11", "1.1.0 2026-01-09", "1.0.0"], deployed: ["1.0.0", "2.0.0"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>2.0.0 +2.0.0,1.1.0"]),
    Row(
      testDescription: "a missing date excludes nothing", notes: ["2.0.0", "1.1.1 2026-01-11", "1.0.0 2026-01-01"],
      deployed: ["1.0.0", "2.0.0"], entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>2.0.0 +2.0.0,1.1.1"]),
    Row(
      testDescription: "the same day is not after", notes: ["2.0.0 2026-01-10", "1.1.1 2026-01-10", "1.0.0"],
      deployed: ["1.0.0", "2.0.0"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>2.0.0 +2.0.0,1.1.1"]),
    Row(
      testDescription: "what is below is never mentioned", notes: ["1.2.0", "1.1.0", "1.0.9 2027-01-01"],
      deployed: ["1.1.0", "1.2.0"],
      entries: ["first >1.1.0 +1.1.0", "upgrade 1.1.0>1.2.0 +1.2.0"]),
    Row(
      testDescription: "fixes of the old line are missing",
      notes: ["2.0.0 2026-01-10", "1.0.3 2026-01-12", "1.0.2 2026-01-11", "1.0.1 2026-01-09", "1.0.0 2026-01-01"],
      deployed: ["1.0.1", "2.0.0"], entries: ["first >1.0.1 +1.0.1", "upgrade 1.0.1>2.0.0 +2.0.0 lacks 1.0.3,1.0.2"]),
    Row(
      testDescription: "within a line nothing is missing", notes: ["1.0.2 2026-01-10", "1.0.1 2026-01-12", "1.0.0"],
      deployed: ["1.0.0", "1.0.2"], entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.0.2 +1.0.2"]),
    Row(
      testDescription: "a rollback includes what its line gained",
      notes: ["2.0.0 2026-01-10", "1.0.2 2026-01-12", "1.0.1 2026-01-11", "1.0.0 2026-01-01"],
      deployed: ["1.0.0", "2.0.0", "1.0.2"],
      entries: [
        "first >1.0.0 +1.0.0", "upgrade 1.0.0>2.0.0 +2.0.0 lacks 1.0.2,1.0.1", "rollback 2.0.0>1.0.2 +1.0.2,1.0.1 -2.0.0",
      ]),
    Row(
      testDescription: "but no more than it holds",
      notes: ["2.0.0 2026-01-10", "1.0.2 2026-01-12", "1.0.1 2026-01-11", "1.0.0"],
      deployed: ["2.0.0", "1.0.1"], entries: ["first >2.0.0 +2.0.0", "rollback 2.0.0>1.0.1 +1.0.1 -2.0.0"]),
  ]

  static let returns: [Row] = [
    Row(
      testDescription: "what returns after a rollback is listed again", notes: ["1.2.0", "1.1.0", "1.0.0"],
      deployed: ["1.0.0", "1.1.0", "1.0.0", "1.2.0"],
      entries: [
        "first >1.0.0 +1.0.0", "upgrade 1.0.0>1.1.0 +1.1.0", "rollback 1.1.0>1.0.0 -1.1.0",
        "upgrade 1.0.0>1.2.0 +1.2.0,1.1.0 again 1.1.0",
      ]),
    Row(
      testDescription: "once: not the second time without another rollback", notes: ["1.2.0", "1.1.0", "1.0.0"],
      deployed: ["1.0.0", "1.1.0", "1.0.0", "1.1.0", "1.2.0"],
      entries: [
        "first >1.0.0 +1.0.0", "upgrade 1.0.0>1.1.0 +1.1.0", "rollback 1.1.0>1.0.0 -1.1.0",
        "upgrade 1.0.0>1.1.0 +1.1.0 again 1.1.0",
        "upgrade 1.1.0>1.2.0 +1.2.0",
      ]),
    Row(
      testDescription: "half the way back", notes: ["1.3.0", "1.2.0", "1.1.0", "1.0.0"],
      deployed: ["1.0.0", "1.3.0", "1.1.0", "1.2.0"],
      entries: [
        "first >1.0.0 +1.0.0", "upgrade 1.0.0>1.3.0 +1.3.0,1.2.0,1.1.0", "rollback 1.3.0>1.1.0 -1.3.0,1.2.0",
        "upgrade 1.1.0>1.2.0 +1.2.0 again 1.2.0",
      ]),
  ]

  static let candidates: [Row] = [
    Row(
      testDescription: "a final version folds its pre-releases", notes: ["1.1.0", "1.1.0-rc.2", "1.1.0-rc.1", "1.0.0"],
      deployed: ["1.0.0", "1.1.0"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.1.0 +1.1.0 folded 1.1.0-rc.2,1.1.0-rc.1"]),
    Row(
      testDescription: "those of its range only", notes: ["1.1.0", "1.1.0-rc.2", "1.1.0-rc.1", "1.0.0"],
      deployed: ["1.1.0-rc.1", "1.1.0"],
      entries: ["first >1.1.0-rc.1 +1.1.0-rc.1", "upgrade 1.1.0-rc.1>1.1.0 +1.1.0 folded 1.1.0-rc.2"]),
    Row(
      testDescription: "a candidate lists candidates", notes: ["1.1.0-rc.2", "1.1.0-rc.1", "1.0.0"],
      deployed: ["1.0.0", "1.1.0-rc.2"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.1.0-rc.2 +1.1.0-rc.2,1.1.0-rc.1"]),
    Row(
      testDescription: "candidates of a final version before it are folded",
      notes: ["1.2.0-rc.1", "1.1.0", "1.1.0-rc.1", "1.0.0"], deployed: ["1.0.0", "1.2.0-rc.1"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.2.0-rc.1 +1.2.0-rc.1,1.1.0 folded 1.1.0-rc.1"]),
  ]

  static let odd: [Row] = [
    Row(
      testDescription: "a yanked release is listed and marked", notes: ["1.2.0", "1.1.0 yanked", "1.0.0"],
      deployed: ["1.0.0", "1.2.0"],
      entries: ["first >1.0.0 +1.0.0", "upgrade 1.0.0>1.2.0 +1.2.0,1.1.0 yanked 1.1.0"]),
    Row(
      testDescription: "also where it is what a rollback goes to", notes: ["1.1.0", "1.0.0 yanked"],
      deployed: ["1.0.0", "1.1.0", "1.0.0"],
      entries: ["first >1.0.0 +1.0.0 yanked 1.0.0", "upgrade 1.0.0>1.1.0 +1.1.0", "rollback 1.1.0>1.0.0 -1.1.0 yanked 1.0.0"]),
    Row(
      testDescription: "without notes the entry stays", notes: ["1.1.0"], deployed: ["1.0.0", "1.2.0"],
      entries: ["first >1.0.0 unnoted 1.0.0", "upgrade 1.0.0>1.2.0 +1.1.0 unnoted 1.2.0"]),
    Row(
      testDescription: "hashes in one file go by its order", notes: ["ccccccc3", "bbbbbbb2", "aaaaaaa1"],
      deployed: ["aaaaaaa1", "ccccccc3", "aaaaaaa1"],
      entries: [
        "first >aaaaaaa1 +aaaaaaa1", "upgrade aaaaaaa1>ccccccc3 +ccccccc3,bbbbbbb2",
        "rollback ccccccc3>aaaaaaa1 -ccccccc3,bbbbbbb2",
      ]),
    Row(
      testDescription: "hashes that the file lacks are only the new one", notes: ["ccccccc3", "bbbbbbb2"],
      deployed: ["aaaaaaa1", "ccccccc3"],
      entries: ["first >aaaaaaa1 unnoted aaaaaaa1", "upgrade aaaaaaa1>ccccccc3 +ccccccc3"]),
    Row(
      testDescription: "hashes without notes", notes: [], deployed: ["aaaaaaa1", "bbbbbbb2", "aaaaaaa1"],
      entries: [
        "first >aaaaaaa1 unnoted aaaaaaa1", "upgrade aaaaaaa1>bbbbbbb2 unnoted bbbbbbb2",
        "rollback bbbbbbb2>aaaaaaa1 unnoted aaaaaaa1",
      ]),
    Row(
      testDescription: "a v before the number is no part of it", notes: ["v1.1.0", "1.0.0"], deployed: ["v1.0.0", "1.1.0"],
      entries: ["first >v1.0.0 +1.0.0", "upgrade v1.0.0>1.1.0 +1.1.0"]),
  ]

  @Test(arguments: basic + dates + returns + candidates + odd)
  func everyDeploymentHasTheEntryOfItsRange(row: Row) {
    var story = Story(environments: ["production"])
    for note in row.notes {
      let words = note.split(separator: " ").map(String.init)
      story.note(words[0], on: words.dropFirst().first { $0.contains("-") }) { note in note.yanked = words.last == "yanked" }
    }
    for entry in row.deployed {
      let words = entry.split(separator: " ").map(String.init)
      let mark = words.count > 1 ? words[1] : ""
      story.deploy(words[0], mark == "failed" ? .failed : .succeeded) { _, deployment in
        if mark == "rollback" { deployment.action = .rollback }
        if mark == "remove" { deployment.action = .remove }
        if mark == "hotfix" { deployment.hotfix = true }
      }
    }
    #expect(story.view().entries.reversed().map(ChangelogTests.text) == row.entries)
  }

  @Test
  func aListOfIncludesReplacesTheRangeAndWhatIsLiveAgainIsNotRemoved() {
    var story = Story(environments: ["production"])
    story.note("2.0.0") { $0.includes = ["1.1.0", "1.0.0", "1.0.5", "2.0.0", "1.1.0"] }
    for version in ["1.2.0", "1.1.0", "1.0.0"] { story.note(version) }
    for version in ["1.0.0", "2.0.0", "1.0.0"] { story.deploy(version) }
    let view = story.view()
    #expect(
      view.entries.reversed().map(ChangelogTests.text) == [
        "first >1.0.0 +1.0.0", "upgrade 1.0.0>2.0.0 +2.0.0,1.1.0,1.0.0 unnoted 1.0.5", "rollback 2.0.0>1.0.0 -2.0.0,1.1.0",
      ])
    #expect(view.messages == ["unknown-include"])
    #expect(view.joined.diagnostics.first?.message.suggestion == "1.0.0")
  }

  @Test
  func breakingItemsOfAllReleasesComeFirstTheHighestFirst() {
    var story = Story(environments: ["production"])
    story.note("1.2.0", body: " \n") { $0.breaking = ["unseen"] }
    story.note("1.2.0-rc.1") { $0.breaking = ["from the candidate"] }
    story.note("1.1.0") { $0.breaking = ["one", "two"] }
    story.note("1.1.0-rc.1") { $0.breaking = ["said by the final version"] }
    story.note("1.0.0")
    story.deploy("1.0.0")
    story.deploy("1.2.0")
    #expect(story.view().entries.first?.breaking.map(\.text) == ["from the candidate", "one", "two"])
    #expect(story.view().entries.first?.breaking.map(\.versions) == [["1.2.0"], ["1.1.0"], ["1.1.0"]])
    #expect(story.view().entries.first?.folded == ["1.2.0-rc.1", "1.1.0-rc.1"])
  }

  @Test
  func theSameItemInTwoReleasesIsThereOnceWithBothVersions() {
    var story = Story(environments: ["production"])
    story.note("1.2.0") {
      $0.breaking = ["one"]
      $0.security = ["CVE-2026-1000"]
    }
    story.note("1.1.0") {
      $0.breaking = ["two", "one", "one"]
      $0.security = ["CVE-2026-1000"]
    }
    story.note("1.0.0")
    story.deploy("1.0.0")
    story.deploy("1.2.0")
    let entry = story.view().entries.first
    #expect(
      entry?.breaking == [LiftedItem(text: "one", versions: ["1.2.0", "1.1.0"]), LiftedItem(text: "two", versions: ["1.1.0"])])
    #expect(entry?.security == [LiftedItem(text: "CVE-2026-1000", versions: ["1.2.0", "1.1.0"])])
  }

  @Test
  func theDateOfAnEntryIsTheDeployments() {
    var story = Story(environments: ["production"])
    story.note("1.0.0", on: "2025-01-01")
    story.deploy("1.0.0", at: 77)
    #expect(story.view().entries.map(\.at) == [minute(77)])
  }

  @Test
  func aYankedReleaseThatIsLiveIsAnAlarm() {
    var story = Story(environments: ["production"])
    story.note("1.0.0") { $0.yanked = true }
    story.note("0.9.0")
    story.deploy("1.0.0")
    #expect(story.view().cell.flags == [.yanked])
    story.deploy("0.9.0")
    #expect(story.view().cell.flags == [.rolledBack])
  }

  @Test
  func missingFixesAreWarnedOfOnlyWhileTheyAreMissing() {
    var story = Story(environments: ["production"])
    story.note("2.0.1", on: "2026-01-20")
    story.note("2.0.0", on: "2026-01-10")
    story.note("1.0.1", on: "2026-01-12")
    story.note("1.0.0", on: "2026-01-01")
    story.deploy("1.0.0")
    story.deploy("2.0.0")
    let joined = story.joined()
    #expect(joined.diagnostics.map(\.message.id) == ["missing-fixes"])
    #expect(joined.diagnostics.map(\.file) == ["releases/shop/CHANGELOG.md"])
    #expect(joined.diagnostics.first?.message.text.contains("1.0.1") == true)
    story.deploy("2.0.1")
    #expect(story.view().messages == [])
  }

  @Test
  func environmentsHaveChangelogsOfTheirOwn() {
    var story = Story()
    for version in ["1.2.0", "1.1.0", "1.0.0"] { story.note(version) }
    for version in ["1.0.0", "1.1.0", "1.2.0"] { story.deploy(version, to: "staging") }
    for version in ["1.0.0", "1.2.0"] { story.deploy(version) }
    #expect(story.view("staging").entries.map(\.includes) == [["1.2.0"], ["1.1.0"], ["1.0.0"]])
    #expect(story.view().entries.map(\.includes) == [["1.2.0", "1.1.0"], ["1.0.0"]])
  }

  @Test
  func aReleaseKnowsWhenItCameAndLeft() {
    var story = Story()
    for version in ["1.1.0", "1.0.0"] { story.note(version) }
    story.deploy("1.0.0", to: "staging", at: 5)
    for (version, at) in [("1.0.0", 10), ("1.1.0", 20), ("1.0.0", 30), ("9.0.0", 40)] { story.deploy(version, at: at) }
    story.deploy("x", at: 50) { _, deployment in deployment.action = .remove }
    let service = story.view().service
    #expect(service.releases.map(\.version) == ["1.1.0", "1.0.0", "9.0.0"])
    let arrivals = service.releases.map { release in
      release.arrivals.map {
        "\($0.environment) \($0.arrivedAt.map(\.description) ?? "-") \($0.leftAt.map(\.description) ?? "-") \($0.replacedBy ?? "-")"
      }
    }
    let at = { (minutes: Int) in minute(minutes).description }
    #expect(
      arrivals == [
        ["1 \(at(20)) \(at(30)) 1.0.0"], ["0 \(at(5)) - -", "1 \(at(10)) \(at(20)) 1.1.0", "1 \(at(30)) \(at(40)) 9.0.0"],
        ["1 \(at(40)) \(at(50)) -"],
      ])
    #expect(
      service.deployments.map { $0.release.flatMap { service.releases[$0].version } } == [
        "1.0.0", "1.0.0", "1.1.0", "1.0.0", "9.0.0", nil,
      ])
  }
}

import Support
import Testing

@testable import Joining
@testable import Records
@testable import Releases
@testable import Time

/// What happened and what came when, by month.
@Suite struct MonthIndexTests {
  private static let january = Month(year: 2026, month: 1)
  private static let february = Month(year: 2026, month: 2)
  /// The start of February.
  private static let turn = 31 * 1_440

  /// One release in January; one that failed and one that still runs in February.
  private static var story: Story {
    var story = Story()
    story.deploy("1.0.0", at: 10)
    story.deploy("2.0.0", .failed, at: turn + 10)
    story.deploy("3.0.0", .running, at: turn + 20)
    return story
  }

  @Test func aMonthHasTheAttemptsThatEndedInIt() {
    let index = MonthIndex(Self.story.joined().catalog)
    let place = index.places[1]
    #expect(place.historyMonths == [.month(Self.february), .month(Self.january)])
    #expect(place.attempts[.month(Self.february)] == [MonthIndex.Attempt(service: 0, deployment: 1)])
    #expect(place.changelogMonths == [.month(Self.january)])
    #expect(place.arrivals[.month(Self.january)] == [MonthIndex.Arrival(service: 0, entry: 0)])
    #expect(index.auditMonths == place.historyMonths)
    #expect(index.places[0].historyMonths == [])
  }

  @Test func whatStillRunsIsInNoMonth() {
    let catalog = Self.story.joined().catalog
    #expect(catalog.services[0].deployments.map(catalog.historyMonth) == [.month(Self.january), .month(Self.february), nil])
  }

  @Test func aMonthIsClosedWhenTheNextBegins() {
    var story = Self.story
    story.asOf = minute(Self.turn + 60)
    #expect(MonthIndex(story.joined().catalog).closedMonths == [Self.january])
    story.asOf = minute(Self.turn + 29 * 1_440)
    #expect(MonthIndex(story.joined().catalog).closedMonths == [Self.february, Self.january])
    story.configuration.historyMonths = 1
    #expect(MonthIndex(story.joined().catalog).closedMonths == [Self.february])
  }

  @Test(arguments: [(1, true), (2, false)])
  func oldMonthsAreBrief(kept: Int, isBrief: Bool) {
    var story = Self.story
    story.configuration.historyMonths = kept
    let catalog = story.joined().catalog
    #expect(catalog.isBrief(.month(Self.january)) == isBrief)
    #expect(!catalog.isBrief(.month(Self.february)))
    #expect(!catalog.isBrief(.undated))
  }

  @Test func countsMonthsBackAcrossYears() {
    #expect(Self.january.subtracting(months: 1) == Month(year: 2025, month: 12))
    #expect(Self.february.subtracting(months: 14) == Month(year: 2024, month: 12))
    #expect(Month(year: 2025, month: 12) < Self.january)
    #expect(Self.january.key == "2026-01")
    #expect(Month(year: 987, month: 12).key == "0987-12")
  }
}

/// Where commits are listed, and which deployment changed what.
@Suite struct CommitIndexTests {
  /// Three commits with two releases, and a rollback to the first.
  private static var story: Story {
    var story = Story()
    add("1.0.0", ["aaaaaaaaaaaa"], at: 100, to: &story)
    add("2.0.0", ["bbbbbbbbbbbb", "cccccccccccc"], at: 2_000, to: &story)
    story.deploy("1.0.0", run: 1, at: 3_000) { run, _ in run.attempt = 2 }
    return story
  }

  private static func add(_ version: String, _ commits: [String], at finish: Int, to story: inout Story) {
    story.deploy(version, at: finish) { run, _ in
      run.changes = commits.enumerated().map { number, sha in
        var change = Change(sha: sha)
        change.committedAt = minute(finish - 60 + number)
        return change
      }
    }
  }

  private static func index(_ story: Story, limit: Int = 50) -> CommitIndex {
    CommitIndex(story.joined().catalog, service: 0, limit: limit) { $0.contains("SHOP-1") }
  }

  private static func shas(_ index: CommitIndex, _ bucket: CommitIndex.Bucket) -> [String] {
    (index.contents[bucket]?.changes ?? []).map { String(index.changes[$0].change.sha.prefix(1)) }
  }

  @Test func listsTheCommitsOfAMonthNewestFirst() {
    let index = Self.index(Self.story)
    let month = CommitIndex.Bucket(month: Month(year: 2026, month: 1))
    #expect(index.buckets == [month])
    #expect(Self.shas(index, month) == ["c", "b", "a"])
    #expect(index.change("bbbbbbb").flatMap(index.bucket) == month)
  }

  @Test func dividesAMonthThatHasTooManyIntoDays() {
    let index = Self.index(Self.story, limit: 2)
    #expect(index.buckets.map(\.key) == ["2026-01", "2026-01-02", "2026-01-01"])
    #expect(Self.shas(index, index.buckets[0]) == [])
    #expect(Self.shas(index, index.buckets[1]) == ["c", "b"])
    #expect(Self.shas(index, index.buckets[2]) == ["a"])
  }

  @Test func listsANoteThatNamesAnIssueOnTheDayOfItsArrival() {
    var story = Self.story
    story.note("2.0.0", body: "Mends SHOP-1")
    story.note("1.0.0", body: "Nothing to see")
    let index = Self.index(story)
    let month = CommitIndex.Bucket(month: Month(year: 2026, month: 1))
    #expect(index.contents[month]?.notes == [0])
  }

  @Test func tellsWhatADeploymentBroughtAndTookBack() throws {
    let story = Self.story
    let deployments = story.joined().catalog.services[0].deployments
    let index = Self.index(story)
    #expect(deployments.map(\.version) == ["1.0.0", "2.0.0", "1.0.0"])
    #expect(index.changes(broughtBy: 1, deployments[1]).map(\.sha) == ["bbbbbbbbbbbb", "cccccccccccc"])
    #expect(index.changes(takenBackBy: 1, deployments[1]) == [])
    #expect(index.changes(takenBackBy: 2, deployments[2]).map(\.sha) == ["cccccccccccc", "bbbbbbbbbbbb"])
  }
}

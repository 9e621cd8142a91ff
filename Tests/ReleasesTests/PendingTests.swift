import Joining
import Records
import Releases
import Support
import Testing
import Time

/// rules.md, Pending, behind, ahead: how an environment stands to the one before it.
struct PendingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Versions, newest last; `remove` removes.
    var staging: [String]
    var production: [String]
    var pending: [String] = []
    var ahead: [String] = []
    /// Described releases in the order of the file: `version` or `version date`.
    var notes: [String] = []
  }

  static let rows: [Row] = [
    Row(testDescription: "level", staging: ["1.0.0"], production: ["1.0.0"]),
    Row(testDescription: "one behind", staging: ["1.0.0", "1.1.0"], production: ["1.0.0"], pending: ["1.1.0"]),
    Row(
      testDescription: "what passed upstream counts", staging: ["1.0.0", "1.1.0", "1.2.0"], production: ["1.0.0"],
      pending: ["1.2.0", "1.1.0"]),
    Row(
      testDescription: "what is described counts, whether it was upstream or not", staging: ["1.4.0"], production: ["1.2.0"],
      pending: ["1.4.0", "1.3.0"], notes: ["1.5.0", "1.4.0", "1.3.0", "1.2.0", "1.1.0"]),
    Row(
      testDescription: "other lines stay out", staging: ["2.0.0"], production: ["1.2.0"], pending: ["2.0.0"],
      notes: ["2.0.0 2026-01-01", "1.2.1 2026-02-01", "1.2.0 2025-12-01", "1.1.9 2026-03-01"]),
    Row(
      testDescription: "pre-releases are folded", staging: ["1.1.0-rc.1", "1.1.0-rc.2", "1.1.0"], production: ["1.0.0"],
      pending: ["1.1.0"]),
    Row(
      testDescription: "a candidate lists candidates", staging: ["1.1.0-rc.1", "1.1.0-rc.2"], production: ["1.0.0"],
      pending: ["1.1.0-rc.2", "1.1.0-rc.1"]),
    Row(
      testDescription: "before the first only what is live upstream", staging: ["1.0.0", "1.1.0"], production: [],
      pending: ["1.1.0"]),
    Row(
      testDescription: "after a removal too", staging: ["1.0.0", "1.1.0"], production: ["1.0.0", "remove"], pending: ["1.1.0"]),
    Row(testDescription: "nothing is live upstream", staging: ["1.1.0", "remove"], production: ["1.0.0"]),
    Row(
      testDescription: "rolled back upstream", staging: ["1.0.0", "1.1.0", "1.0.0"], production: ["1.1.0"], ahead: ["1.1.0"]),
    Row(testDescription: "a hotfix", staging: ["1.0.0"], production: ["1.0.0", "1.0.1"], ahead: ["1.0.1"]),
    Row(
      testDescription: "two hotfixes", staging: ["1.0.0"], production: ["1.0.0", "1.0.1", "1.0.2"], ahead: ["1.0.2", "1.0.1"]),
    Row(
      testDescription: "a hotfix that a later line upstream cannot hold", staging: ["1.0.0", "1.1.0"],
      production: ["1.0.0", "1.0.1"],
      pending: ["1.1.0"], ahead: ["1.0.1"],
      notes: ["1.1.0 2026-01-05", "1.0.2 2026-01-09", "1.0.1 2026-01-07", "1.0.0 2026-01-01"]),
    Row(
      testDescription: "a hotfix that upstream holds", staging: ["1.0.0", "1.1.0"], production: ["1.0.0", "1.0.1"],
      pending: ["1.1.0"],
      notes: ["1.1.0 2026-01-09", "1.0.1 2026-01-07", "1.0.0 2026-01-01"]),
    Row(
      testDescription: "hashes", staging: ["aaaaaaa1", "bbbbbbb2", "ccccccc3"], production: ["aaaaaaa1"], pending: ["ccccccc3"]),
    Row(testDescription: "hashes that are level", staging: ["aaaaaaa1"], production: ["aaaaaaa1"]),
    Row(
      testDescription: "a hash that was here before", staging: ["aaaaaaa1", "bbbbbbb2", "aaaaaaa1"],
      production: ["aaaaaaa1", "bbbbbbb2"],
      ahead: ["bbbbbbb2"]),
    Row(
      testDescription: "a hash that upstream never had", staging: ["aaaaaaa1"], production: ["bbbbbbb2"], ahead: ["bbbbbbb2"]),
    Row(
      testDescription: "hashes in one file", staging: ["ccccccc3"], production: ["aaaaaaa1"],
      pending: ["ccccccc3", "bbbbbbb2"],
      notes: ["ccccccc3", "bbbbbbb2", "aaaaaaa1"]),
  ]

  @Test(arguments: rows)
  func whatIsLiveUpstreamAndNotHereIsPending(row: Row) {
    var story = Story()
    for note in row.notes {
      let words = note.split(separator: " ").map(String.init)
      story.note(words[0], on: words.count > 1 ? words[1] : nil)
    }
    for (environment, versions) in [("staging", row.staging), ("production", row.production)] {
      for version in versions {
        story.deploy(version, to: environment) { _, deployment in
          if version == "remove" { deployment.action = .remove }
        }
      }
    }
    if row.production.isEmpty { story.deploy("0.9.0", .failed) }
    let cell = story.view().cell
    #expect(cell.pending == row.pending)
    #expect(cell.behind == row.pending.count)
    #expect(cell.ahead == row.ahead)
    #expect((cell.pendingSince == nil) == row.pending.isEmpty)
    #expect(story.view("staging").cell.upstream == nil)
    #expect(story.view("staging").cell.pending.isEmpty)
  }

  @Test
  func theAgeIsThatOfTheFirstArrivalUpstream() {
    var story = Story()
    story.deploy("1.0.0", to: "staging", at: 10)
    story.deploy("1.0.0", at: 20)
    story.deploy("1.1.0", to: "staging", at: 30)
    story.deploy("1.2.0", to: "staging", at: 40)
    story.deploy("1.2.0", to: "staging", at: 50)
    #expect(story.view().cell.pendingSince == minute(30))
    // What a rollback took away is there since it came back.
    story.deploy("1.0.0", to: "staging", at: 60)
    story.deploy("1.1.0", to: "staging", at: 70)
    #expect(story.view().cell.pending == ["1.1.0"])
    #expect(story.view().cell.pendingSince == minute(70))
  }

  @Test
  func aVersionMarkedUnreleasedBelowOneThatCameIsReleasedWithIt() {
    var story = Story()
    for version in ["2.1.0", "2.0.0", "1.1.0", "1.0.0"] {
      story.note(version) { $0.isMarkedUnreleased = ["2.1.0", "1.1.0"].contains(version) }
    }
    story.deploy("1.0.0", to: "staging", at: 10)
    story.deploy("1.0.0", at: 20)
    story.deploy("2.0.0", to: "staging", at: 40)
    let view = story.view()
    #expect(view.cell.pending == ["2.0.0", "1.1.0"])
    let range = view.service.range(from: "1.0.0", to: "2.0.0")
    #expect(range?.releases == ["2.0.0", "1.1.0"])
    let unreleased = view.service.releases.filter(\.isUnreleased).map(\.version)
    #expect(unreleased == ["2.1.0"])
  }

  @Test
  func hashesToo() {
    var story = Story()
    for (index, version) in ["aaaaaaa1", "bbbbbbb2", "ccccccc3", "aaaaaaa1"].enumerated() {
      story.deploy(version, to: "staging", at: 10 * (index + 1))
    }
    story.deploy("aaaaaaa1", at: 50)
    #expect(story.view().cell.pending.isEmpty)
    story.deploy("bbbbbbb2", to: "staging", at: 60)
    #expect(story.view().cell.pending == ["bbbbbbb2"])
    #expect(story.view().cell.pendingSince == minute(60))
  }

  @Test
  func whatArrivedUpstreamWithALaterReleaseIsThereSinceThen() {
    var story = Story()
    for version in ["1.2.0", "1.1.0", "1.0.0"] { story.note(version) }
    story.deploy("1.0.0", to: "staging", at: 10)
    story.deploy("1.0.0", at: 20)
    story.deploy("1.2.0", to: "staging", at: 40)
    #expect(story.view().cell.pending == ["1.2.0", "1.1.0"])
    #expect(story.view().cell.pendingSince == minute(40))
  }
}

/// rules.md, Pending: which environment comes before which.
struct PromotionOrderTests {
  private func upstream(_ story: Story, _ environment: String) -> String? {
    let view = story.view(environment)
    return view.cell.upstream.map { view.joined.catalog.environments[$0].key }
  }

  private func deployed(_ environments: String..., configured: [String] = []) -> Story {
    var story = Story(environments: configured)
    for environment in environments { story.deploy("1.0.0", to: environment) }
    return story
  }

  @Test
  func theListTellsTheOneBefore() {
    let story = deployed("c", "a", "b", "d", configured: ["c", "a", "b"])
    #expect(story.joined().catalog.environments.map(\.key) == ["c", "a", "b", "d"])
    #expect(["c", "a", "b", "d"].map { upstream(story, $0) } == [nil, "c", "a", nil])
  }

  @Test
  func whereTheServiceNeverWasTheOneBeforeThatCounts() {
    var story = deployed("a", "d", configured: ["a", "b", "c", "d"])
    story.deploy("1.0.0", to: "c", .failed)
    #expect(upstream(story, "d") == "a")
    #expect(upstream(story, "b") == "a")
    story.deploy("1.0.0", to: "b")
    #expect(upstream(story, "d") == "b")
  }

  @Test
  func anEnvironmentNamesTheOneItComesAfter() {
    var story = deployed("staging", "eu", "us", configured: ["staging", "eu", "us"])
    story.configuration.environments[2].after = "STAGING"
    #expect(upstream(story, "us") == "staging")
    story.configuration.environments[2].after = "us"
    #expect(upstream(story, "us") == "eu")
    story.configuration.environments[2].after = "nowhere"
    #expect(upstream(story, "us") == "eu")
  }

  @Test
  func aCircleEnds() {
    var story = deployed("a", "b", configured: ["a", "b"])
    story.configuration.environments[0].after = "b"
    story.configuration.environments[1].after = "a"
    #expect(upstream(story, "a") == "b")
    #expect(upstream(story, "b") == "a")
  }

  @Test
  func anArchivedOneIsPassedOverUnlessItIsNamed() {
    var story = deployed("a", "b", "c", configured: ["a", "b", "c"])
    story.configuration.environments[1].archived = true
    #expect(upstream(story, "c") == "a")
    #expect(story.joined().catalog.environments.map(\.key) == ["a", "c", "b"])
    story.configuration.environments[2].after = "b"
    #expect(upstream(story, "c") == "b")
  }

  @Test
  func withoutAListTheLastOfTheNextLowerTierComesBefore() {
    let story = deployed("prod-us", "qa", "prod-eu", "dev", "stage-2", "stage-1", "blue")
    #expect(
      story.joined().catalog.environments.map(\.key) == ["dev", "qa", "stage-1", "stage-2", "prod-eu", "prod-us", "blue"])
    #expect(story.joined().catalog.environments.map(\.rank) == Array(0..<7))
    #expect(
      ["dev", "qa", "stage-1", "stage-2", "prod-eu", "prod-us", "blue"].map { upstream(story, $0) }
        == [nil, "dev", "qa", "qa", "stage-2", "stage-2", nil])
  }

  @Test
  func theRankOfARecordComesBeforeTheName() {
    var story = Story(environments: [])
    for (name, rank) in [("prod-a", 2), ("prod-b", 1), ("prod-c", nil)] {
      story.deploy("1.0.0", to: name) { _, deployment in deployment.environment.rank = rank }
    }
    story.deploy("1.0.0", to: "staging") { _, deployment in deployment.environment.rank = 9 }
    #expect(story.joined().catalog.environments.map(\.key) == ["staging", "prod-b", "prod-a", "prod-c"])
    #expect(upstream(story, "prod-a") == "staging")
  }

  @Test
  func aServiceThatNeverReachedAnEnvironmentHasACellThereAllTheSame() {
    var story = deployed("staging", "production", configured: ["staging", "production"])
    story.deploy("3.0.0", to: "staging", service: "api")
    let view = story.view(service: "api")
    #expect(view.cell.state == .none)
    #expect(view.deployments.isEmpty && view.entries.isEmpty)
    #expect(view.cell.pending == ["3.0.0"])
    #expect(view.cell.way == .unknown)
    #expect(view.joined.catalog.histories.map(\.count) == [2, 2])
  }
}

import Records
import Releases
import Template
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan
@testable import Report

@Suite struct VerdictTests {
  struct Case: CustomTestStringConvertible {
    let facts: VerdictFacts
    let headline: String
    let title: String
    var testDescription: String { headline }

    init(_ headline: String, title: String = "Dashboard", _ change: (inout VerdictFacts) -> Void) {
      var facts = VerdictFacts(services: 4, live: 8)
      change(&facts)
      self.facts = facts
      self.headline = headline
      self.title = title
    }
  }

  static let cases = [
    Case("Everything that runs is current; nothing waits for a person.") { _ in },
    Case("1 release waits for a person.", title: "1 waits") { $0.waitingForPerson = 1 },
    Case("2 releases wait for a person and 1 incident is open.", title: "2 wait, 1 incident") {
      $0.waitingForPerson = 2
      $0.incidents = 1
    },
    Case(
      "2 releases wait for a person, 3 incidents are open, a withdrawn release is live and what runs is unknown in 1 place.",
      title: "2 wait, 3 incidents, 1 withdrawn, 1 unknown"
    ) {
      $0.waitingForPerson = 2
      $0.incidents = 3
      $0.yanked = 1
      $0.unknown = 1
    },
    Case("2 withdrawn releases are live.", title: "2 withdrawn") { $0.yanked = 2 },
    Case("What runs is unknown in 2 places.", title: "2 unknown") { $0.unknown = 2 },
    Case("Nothing waits for a person; the last attempt failed in 1 place.") { $0.failed = 1 },
    Case("Nothing waits for a person; 1 release waits for a check and 2 services have releases on the way.") {
      $0.waitingForOther = 1
      $0.behind = 2
    },
    Case("Nothing waits for a person; 1 service has releases on the way.") { $0.behind = 1 },
    Case("Nothing has been deployed yet.") { $0.live = 0 },
    Case("Nothing has been deployed yet and the last attempt failed in 2 places.") {
      $0.live = 0
      $0.failed = 2
    },
    Case("1 release waits for a person and nothing has been deployed yet.", title: "1 waits") {
      $0.live = 0
      $0.waitingForPerson = 1
    },
    Case("No deployment is known and 3 records are not shown.") {
      $0.live = 0
      $0.leftOut = 3
    },
    Case("No deployment is known, 1 record is not shown and 2 files are in error.") {
      $0.live = 0
      $0.leftOut = 1
      $0.filesInError = 2
    },
    Case("No deployment is recorded.") {
      $0.live = 0
      $0.hasRecords = false
    },
    Case("Nothing runs any more.") {
      $0.live = 0
      $0.removed = 2
    },
    Case("Nothing runs any more but in 1 short-lived environment and the last attempt failed in 1 place.") {
      $0.live = 0
      $0.removed = 1
      $0.shortLived = 1
      $0.failed = 1
    },
    Case("Nothing runs but in 2 short-lived environments.") {
      $0.live = 0
      $0.shortLived = 2
    },
    Case("No deployment is known and 1 file is in error.") {
      $0.services = 0
      $0.live = 0
      $0.filesInError = 1
    },
    Case("13 runs name no environment: write a rule.", title: "13 unknown") {
      $0.live = 0
      $0.unplacedRuns = 13
    },
    Case("1 run is paused and names no environment.", title: "1 unknown") { $0.pausedRuns = 1 },
    Case("The state of 1 deployment is not known.", title: "1 unknown") {
      $0.live = 0
      $0.unknownDeployments = 1
    },
    Case(
      "1 release waits for a person, 2 runs are paused and name no environment and the state of 2 deployments is not known.",
      title: "1 waits, 4 unknown"
    ) {
      $0.waitingForPerson = 1
      $0.pausedRuns = 2
      $0.unknownDeployments = 2
    },
    Case("What waited then is not recorded.") { $0.isPast = true },
    Case("2 records were read and none is shown.") {
      $0.services = 0
      $0.live = 0
      $0.leftOut = 2
    },
    Case("No record yet.") {
      $0.services = 0
      $0.live = 0
    },
    Case("1 incident is open and nothing has been deployed yet.", title: "1 incident") {
      $0.services = 0
      $0.live = 0
      $0.incidents = 1
    },
  ]

  @Test(arguments: cases)
  func saysWhatIsLoudFirstAndNeverThatAllIsWellWhenItIsNot(example: Case) {
    #expect(example.facts.headline(in: .english) == example.headline)
    #expect(example.facts.title.plain == example.title)
  }

  @Test func showsTheSuccessMarkOnlyWhenNothingIsWrong() {
    for example in VerdictTests.cases {
      let isWell =
        example.headline.hasPrefix("Everything")
        || example.headline.hasSuffix("on the way.") && example.facts.waitingForOther == 0
      #expect((example.facts.mark.symbol == "mark-succeeded") == isWell, "\(example.headline)")
    }
  }

  @Test func countsWhatWasRemovedAndWhatIsShortLived() {
    var sketch = CatalogSketch(services: ["checkout"])
    #expect(!VerdictFacts(sketch.catalog).hasRecords)
    sketch.deploy("1.0.0", to: 0, at: "2026-03-20 10:00")
    sketch.configuration.environments[0].isShortLived = true
    sketch.deploy("1.0.0", to: 1, at: "2026-03-20 10:00")
    sketch.deploy("1.0.0", to: 1, at: "2026-03-21 10:00") { $0.action = .remove }
    let facts = VerdictFacts(sketch.catalog)
    #expect((facts.live, facts.removed, facts.shortLived, facts.hasRecords) == (0, 1, 1, true))
  }

  @Test func countsArchivedEnvironmentsAsHistory() {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("1.0.0", to: 0, at: "2026-03-20 10:00")
    sketch.deploy("1.1.0", to: 0, at: "2026-03-21 10:00", state: .cancelled)
    #expect(VerdictFacts(sketch.catalog).unknown == 1)
    sketch.configuration.environments[0].archived = true
    #expect(VerdictFacts(sketch.catalog).unknown == 0)
  }
}

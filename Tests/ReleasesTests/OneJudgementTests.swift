import Support
import Testing

@testable import Joining
@testable import Records
@testable import Releases
@testable import Time

/// What several pages say of one thing: where two of them once decided for themselves, they differed.
@Suite struct OneJudgement {
  /// Digits that happen to begin a sha are no number: the order is that of their arrival, in the cell as in a range.
  @Test func hashesThatLookLikeNumbersHaveOneOrder() {
    var story = Story()
    for (place, at) in [("staging", 10), ("production", 20)] {
      story.deploy("7654321", to: place, at: at, sha: "7654321" + String(repeating: "a", count: 33))
    }
    story.deploy("1234567", to: "staging", at: 30, sha: "1234567" + String(repeating: "b", count: 33))
    let view = story.view()
    #expect(view.cell.pending == ["1234567"])
    #expect(view.service.newest(of: ["7654321", "1234567"]) == "1234567")
    #expect(view.service.newest(of: ["1234567", "7654321"]) == "1234567")
    #expect(view.service.range(from: "7654321", to: "1234567")?.isDown == false)
  }

  @Test func theNewestIsTheHighestInTheOrderOfTheService() {
    var story = Story()
    story.note("1.10.0")
    story.note("1.9.0")
    story.deploy("1.10.0", to: "staging", at: 10)
    story.deploy("1.9.0", at: 20)
    #expect(story.view().service.newest(of: ["v1.9.0", "1.10.0"]) == "1.10.0")
    #expect(story.view().service.newest(of: ["unknown"]) == nil)
  }

  /// A stage behind production, such as one for training, is not what customers use.
  @Test(arguments: [
    (["staging", "production", "training"], ["production"], "production"), (["qa", "training"], ["training"], "training"),
    (["production-eu", "staging", "production-us"], ["production-eu", "production-us"], "production-us"),
  ])
  func whatCustomersUseIsProductionElseTheLastStage(environments: [String], stages: [String], last: String) {
    var story = Story(environments: environments)
    for (number, environment) in environments.enumerated() { story.deploy("1", to: environment, at: 10 * (number + 1)) }
    let catalog = story.joined().catalog
    #expect(catalog.customerStages.map { catalog.environments[$0].key } == stages)
    #expect(catalog.customerStage.map { catalog.environments[$0].key } == last)
  }

  @Test func whyNothingAsksForWhatIsLiveUpstream() {
    var story = Story()
    story.deploy("1", to: "staging", at: 10)
    story.deploy("1", at: 20)
    story.deploy("2", to: "staging", at: 30)
    #expect(story.delay == .untold)
    story.deploy("2", .failed, at: 40)
    #expect(story.delay == .failed)
    story.deploy("2", at: 50)
    story.deploy("1", at: 60)
    #expect(story.delay == .rolledBack)
    story.deploy("3", .running, run: 90, started: 70, at: 70)
    #expect(story.delay == .rolledBack, "what is told first is what took it away")
    story.deploy("1", at: 80) { _, deployment in deployment.action = .remove }
    #expect(story.delay == .removed)
  }
}

extension Story {
  fileprivate var delay: Cell.Delay { view().service.delay(of: view().cell) }
}

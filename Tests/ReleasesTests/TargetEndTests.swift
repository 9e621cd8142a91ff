import Records
import Releases
import Support
import Testing
import Time

/// Targets whose environment ends, is not active any more, or of which no record says when they changed.
struct TargetEndTests {
  private static func story(_ runs: [(version: String, targets: [String])], to environment: String = "production") -> Story {
    var story = Story(environments: environment == "production" ? ["production"] : [])
    for (index, item) in runs.enumerated() {
      TargetTests.run(
        index + 1, item.version, at: (index + 1) * 100, item.targets.map { ($0, .succeeded) }, in: &story,
        environment: environment)
    }
    return story
  }

  @Test func whatIsInactiveOnOneTargetIsUnknownThereOnly() {
    var story = Self.story([("1.0.0", ["eu", "us"])])
    story.input.runs[0].value.deployments[1].isInactive = true
    let view = story.view()
    #expect(view.cell.state == .mixed && view.cell.doubt == nil)
    #expect(TargetTests.told(view) == ["eu 1.0.0 current", "us 1.0.0 unknown"])
    #expect(view.cell.versions.map { "\($0.text) \($0.count)" } == ["1.0.0 1"])
  }

  @Test func whereAllTargetsAreInactiveItIsUnknownWhatRuns() {
    var story = Self.story([("1.0.0", ["eu", "us"])])
    for index in 0..<2 { story.input.runs[0].value.deployments[index].isInactive = true }
    let cell = story.view().cell
    #expect(cell.state == .unknown && cell.doubt == .inactive)
  }

  @Test func aShortLivedEnvironmentEndsWithAllItsTargets() {
    var story = Self.story([("1.0.0", ["eu", "us"])], to: "review/1")
    for index in 0..<2 {
      story.input.runs[0].value.deployments[index].environment.isShortLived = true
      story.input.runs[0].value.deployments[index].isInactive = true
    }
    let view = story.view("review/1")
    #expect(view.cell.state == .removed && view.cell.current == nil)
    #expect(view.service.releases.flatMap(\.arrivals).map(\.isOver) == [true])
  }

  /// Its own time has run out, unless something came since.
  @Test(arguments: [(1_000, Cell.State.removed), (50, .current), (200_000, .current)])
  func anEnvironmentEndsWhenItsTimeHasRunOut(minutes: Int, state: Cell.State) {
    var story = Story(environments: [])
    TargetTests.run(1, "1.0.0", at: 100, [(nil, .succeeded)], in: &story, environment: "review/1")
    story.input.runs[0].value.deployments[0].environment.stopsAt = minute(minutes)
    #expect(story.view("review/1").cell.state == state)
  }

  /// Also where nothing is known to have succeeded there: what has ended runs nothing.
  @Test(arguments: [State.unknown, .failed]) func aStoppedEnvironmentHasEndedWhateverWasTried(state: State) {
    var story = Story(environments: [])
    TargetTests.run(1, "1.0.0", at: 100, [(nil, state)], in: &story, environment: "review/1")
    story.input.runs[0].value.deployments[0].environment.availability = .stopped
    let view = story.view("review/1")
    #expect(view.cell.state == .removed && view.cell.previous == nil && view.cell.doubt == nil)
  }

  /// What was tried before it was stopped is no news; what is tried afterwards is.
  @Test func anAttemptAfterTheStopIsNotRemoved() {
    var story = Story(environments: [])
    TargetTests.run(1, "1.0.0", at: 100, [(nil, .failed)], in: &story, environment: "review/1")
    story.input.runs[0].value.deployments[0].environment.availability = .stopped
    #expect(story.view("review/1").cell.lastAttempt == nil)
    TargetTests.run(2, "1.1.0", at: 200, [(nil, .running)], in: &story, environment: "review/1")
    let cell = story.view("review/1").cell
    #expect(cell.state == .none && cell.lastAttempt != nil)
  }

  @Test func anUnknownAttemptIsOpenUntilItsOwnTargetSucceeds() {
    var story = Story()
    TargetTests.run(1, "1.0.0", at: 100, [("eu", .unknown), ("us", .unknown)], in: &story)
    TargetTests.run(2, "1.0.0", at: 200, [("us", .succeeded)], in: &story)
    let open = { (story: Story) in
      let catalog = story.joined().catalog
      return OpenQuestions(catalog).unknownDeployments.map { catalog.services[$0.service].deployments[$0.index].target }
    }
    #expect(open(story) == ["eu"])
    TargetTests.run(3, "1.0.0", at: 300, [("eu", .succeeded)], in: &story)
    #expect(open(story) == [])
  }

  @Test func anArrivalWithoutATimeHasNone() {
    var story = Self.story([("1.0.0", ["eu", "us"]), ("1.1.0", ["eu"])])
    for index in 0..<2 {
      story.input.runs[0].value.deployments[index].startedAt = nil
      story.input.runs[0].value.deployments[index].finishedAt = nil
    }
    (story.input.runs[0].value.startedAt, story.input.runs[0].value.finishedAt) = (nil, nil)
    let view = story.view()
    #expect(TargetTests.told(view) == ["eu 1.1.0 current", "us 1.0.0 current"])
    let first = view.service.releases.first { $0.version == "1.0.0" }
    #expect(first?.arrivals.flatMap(\.targets).map(\.arrivedAt) == [nil, nil])
    #expect(first?.arrivals.flatMap(\.targets).map(\.isOver) == [true, false])
  }
}

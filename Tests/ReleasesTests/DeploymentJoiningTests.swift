import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// record.md, Deployment: what is taken from the run, ids, and one identity told by several records.
struct DeploymentJoiningTests {
  private func alone(
    _ id: String?, run: String? = nil, _ state: State? = .succeeded, at finish: Int? = 10, version: String? = "1.0.0",
    environment: String = "production"
  ) -> DeploymentRecord {
    var deployment = DeploymentRecord(environment: .init(name: environment))
    deployment.id = id
    deployment.service = "shop"
    deployment.run = run
    deployment.state = state
    deployment.finishedAt = finish.map(minute)
    deployment.version = version.map { VersionLabel(name: $0) }
    return deployment
  }

  @Test
  func whatIsMissingIsTheRunsAndTheTimesAreTheSteps() {
    var story = Story()
    var run = RunJoiningTests.run("7", finished: 50)
    run.number = 3
    run.url = "https://ci.example.com/7"
    run.actor = Actor(name: "ana", kind: .human)
    run.commit = Change(sha: "aaaaaaa1")
    run.changes = [Change(sha: "aaaaaaa1")]
    run.version = VersionLabel(name: "1.0.0", digest: "sha256:1")
    var step = Step(name: "Deploy", state: .failed)
    step.key = "deploy"
    step.startedAt = minute(20)
    step.finishedAt = minute(30)
    run.steps = [step]
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    deployment.step = "deploy"
    run.deployments = [deployment]
    story.add(run)
    let made = story.view().deployments.first
    #expect(made?.state == .failed)
    #expect(made?.startedAt == minute(20) && made?.finishedAt == minute(30))
    #expect(made?.url == "https://ci.example.com/7" && made?.actor?.name == "ana" && made?.runNumber == 3)
    #expect(made?.commit?.sha == "aaaaaaa1" && made?.changes.count == 1 && made?.digest == "sha256:1")
    #expect(made?.version == "1.0.0" && made?.step?.name == "Deploy" && made?.createdAt == minute(1))
  }

  @Test
  func whatItSaysItselfStays() {
    var story = Story()
    var run = RunJoiningTests.run("7", finished: 50)
    run.version = VersionLabel(name: "1.0.0", digest: "sha256:1")
    run.actor = Actor(name: "ana")
    run.commit = Change(sha: "aaaaaaa1")
    var deployment = RunJoiningTests.deployment("production", .succeeded)
    deployment.version = VersionLabel(name: "2.0.0")
    deployment.startedAt = minute(20)
    deployment.finishedAt = minute(30)
    deployment.actor = Actor(name: "bo")
    deployment.commit = Change(sha: "bbbbbbb2")
    deployment.url = "https://example.com/"
    run.deployments = [deployment]
    story.add(run)
    let made = story.view().deployments.first
    #expect(made?.version == "2.0.0" && made?.digest == nil, "the artifact of the run is of another version")
    #expect(made?.startedAt == minute(20) && made?.finishedAt == minute(30))
    #expect(made?.actor?.name == "bo" && made?.commit?.sha == "bbbbbbb2" && made?.url == "https://example.com/")
  }

  /// Without times of its own: which of them a deployment takes from a run that lasted from minute 2 to 50.
  @Test(arguments: [
    (State.succeeded, Int?.some(2), Int?.some(50)), (.failed, 2, 50), (.unknown, 2, 50), (.cancelled, nil, 50),
    (.skipped, nil, 50),
    (.running, 2, nil), (.waiting, nil, nil), (.queued, nil, nil),
  ])
  func whatHasNotStartedTakesNoStartAndWhatIsLiveNoFinish(state: State, start: Int?, finish: Int?) {
    var story = Story()
    var run = RunJoiningTests.run("7", finished: 50)
    run.deployments = [RunJoiningTests.deployment("production", state)]
    story.add(run)
    let made = story.view().deployments
    #expect(made.map(\.startedAt) == [start.map(minute)])
    #expect(made.map(\.finishedAt) == [finish.map(minute)])
  }

  @Test
  func aStateThatNothingTellsIsTheRuns() {
    var story = Story()
    var run = RunJoiningTests.run("7", .cancelled, finished: 50)
    run.deployments = [RunJoiningTests.deployment()]
    story.add(run)
    #expect(story.view().deployments.map(\.state) == [.cancelled])
    #expect(story.view().cell.state == .none, "a cancelled deployment with no start of its own has not started")
  }

  @Test
  func idsComeFromTheRunElseFromEnvironmentVersionAndTime() {
    var story = Story()
    story.add(alone(nil, run: "55"))
    story.add(alone(nil, at: 90))
    story.add(alone(nil, at: nil, version: "2.0.0"))
    story.add(alone("own"))
    let ids = story.view().deployments.map(\.id).sorted()
    #expect(ids == ["55-production", "own", "production-1.0.0-20260101T013000Z", "production-2.0.0"])
  }

  @Test
  func twoOfOneRunAndEnvironmentThatNothingTellsApartAreOne() {
    var story = Story()
    var run = RunJoiningTests.run("7", finished: 50)
    run.deployments = ["b", "a", "c"].map { id in
      var deployment = RunJoiningTests.deployment("production", .succeeded)
      deployment.id = id
      deployment.startedAt = minute(id == "a" ? 9 : 5)
      deployment.finishedAt = minute(id == "c" ? 40 : 20)
      return deployment
    }
    story.add(run)
    let made = story.view().deployments
    #expect(made.map(\.id) == ["a"])
    #expect(made.map(\.startedAt) == [minute(5)])
    #expect(made.map(\.finishedAt) == [minute(40)])
  }

  @Test(arguments: [
    ([State.succeeded, .succeeded], State.succeeded), ([.succeeded, .skipped], .succeeded), ([.skipped, .skipped], .skipped),
    ([.succeeded, .failed], .failed), ([.cancelled, .failed], .failed), ([.unknown, .cancelled], .cancelled),
    ([.running, .unknown], .unknown),
    ([.waiting, .running], .running), ([.queued, .waiting], .waiting), ([.succeeded, .queued], .queued),
  ])
  func severalTargetsSucceedOnlyTogether(states: [State], state: State) {
    for order in [states, states.reversed()] {
      var story = Story()
      var run = RunJoiningTests.run("7", .running)
      run.deployments = order.map { RunJoiningTests.deployment("production", $0) }
      for index in run.deployments.indices { run.deployments[index].id = "t\(index)" }
      story.add(run)
      #expect(story.view().deployments.map(\.state) == [state])
    }
  }

  @Test
  func targetsOfTwoVersionsAreTwoDeployments() {
    var story = Story()
    var run = RunJoiningTests.run("7", finished: 50)
    run.deployments = ["1.0.0", "2.0.0"].map { version in
      var deployment = RunJoiningTests.deployment("production", .succeeded)
      deployment.version = VersionLabel(name: version)
      return deployment
    }
    story.add(run)
    let view = story.view()
    #expect(view.deployments.map(\.version).sorted() == ["1.0.0", "2.0.0"])
    #expect(Set(view.deployments.map(\.id)).count == 2)
    #expect(
      view.deployments.allSatisfy {
        view.service.deployment(id: $0.id).map { view.service.deployments[$0].version } == $0.version
      })
  }

  @Test
  func oneIdNestedAndAloneIsOneDeployment() {
    var story = Story()
    story.deploy("1.0.0", run: 7, at: 10) { _, deployment in deployment.id = "d1" }
    story.add(alone("d1", run: "7", at: 10))
    let view = story.view()
    #expect(view.deployments.map(\.id) == ["d1"])
    #expect(view.deployments.map(\.run) == [0])
    #expect(view.joined.diagnostics.isEmpty)
    #expect(view.joined.catalog.account.skipped.map(\.record) == ["deployment d1, line 2"])
    #expect(view.joined.catalog.account.skipped.map(\.reason) == ["the same as runs/a.jsonl:1:1"])
  }

  @Test
  func aSuccessThatIsCalledSupersededLaterStaysTheSuccessItWas() {
    var story = Story()
    story.add(alone("d1", .succeeded, at: 10))
    story.add(alone("d1", .superseded, at: 60))
    let view = story.view()
    #expect(view.deployments.map(\.state) == [.succeeded])
    #expect(view.deployments.map(\.finishedAt) == [minute(10)])
    #expect(view.joined.diagnostics.isEmpty)
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func whichOfThreeThatDisagreeIsUsedDoesNotDependOnTheirOrder(order: [Int]) {
    var story = Story()
    let records = [alone("d1", .succeeded, at: 10), alone("d1", .failed, at: 20), alone("d1", .superseded, at: 30)]
    for index in order { story.add(records[index]) }
    #expect(story.view().deployments.map(\.state) == [.failed])
  }

  @Test
  func aContradictionIsReportedOnceWithBothPlaces() {
    var story = Story()
    story.add(alone("d1", .succeeded, at: 10))
    story.add(alone("d1", .failed, at: 20, version: "2.0.0"))
    story.add(alone("d1", .running, at: nil))
    let view = story.view()
    #expect(view.deployments.map(\.state) == [.failed])
    #expect(view.joined.diagnostics.map(\.message.id) == ["contradictory-deployment"])
    let diagnostic = view.joined.diagnostics.first
    #expect(diagnostic?.message.text.contains("version, state") == true)
    #expect(diagnostic?.position == Position(line: 1, column: 1))
    #expect(diagnostic?.trail == ["the other one: runs/a.jsonl:2:1"])
    // The failed and the succeeded one both tell what the other does not.
    #expect(view.joined.catalog.account.records.skipped == 1)
  }

  @Test
  func oneIdInTwoServicesIsTwoDeployments() {
    var story = Story()
    story.add(alone("d1"))
    var other = alone("d1")
    other.service = "api"
    story.add(other)
    #expect(story.view().deployments.count == 1)
    #expect(story.view(service: "api").deployments.count == 1)
    #expect(story.joined().diagnostics.isEmpty)
  }

  @Test
  func aDeploymentFindsItsRunByIdAndWhereThatIsNotOneByWhatElseItSays() {
    var story = Story()
    for repository in ["acme/a", "acme/b"] {
      var run = RunJoiningTests.run("7", finished: 9)
      run.repository = repository
      run.actor = Actor(name: repository)
      story.add(run)
    }
    var second = alone("d2", run: "7")
    second.repository = "acme/b"
    story.add(alone("d1", run: "7"))
    story.add(second)
    story.add(alone("d3", run: "8"))
    let made = story.view().deployments.sorted { $0.id < $1.id }
    #expect(made.map { $0.actor?.name } == [nil, "acme/b", nil])
    #expect(made.map(\.runID) == ["7", "7", "8"])
    #expect(made.map { $0.run == nil } == [true, false, true])
  }

  /// Every run has a page, also where another record tells its only deployment better.
  @Test
  func aRunIsNotLostWithItsDeployment() {
    var story = Story()
    for (repository, finish) in [("acme/a", 10), ("acme/b", 20)] {
      var run = RunRecord(id: repository, state: .succeeded)
      run.repository = repository
      var deployment = RunJoiningTests.deployment("production", .succeeded)
      deployment.service = "shop"
      deployment.id = "d1"
      deployment.version = VersionLabel(name: "1.0.0")
      deployment.finishedAt = minute(finish)
      run.deployments = [deployment]
      story.add(run)
    }
    let view = story.view()
    #expect(view.deployments.map(\.id) == ["d1"])
    #expect(view.service.runs.map(\.record.id).sorted() == ["acme/a", "acme/b"])
  }

  @Test
  func aSuccessWithoutATimeIsToldAndIsTheOldest() {
    var story = Story()
    story.add(alone("late", at: 10))
    story.add(alone("never", at: nil, version: "2.0.0"))
    let view = story.view()
    #expect(view.deployments.map(\.id) == ["never", "late"])
    #expect(view.current == "1.0.0")
    #expect(view.messages == ["deployment-without-time"])
  }

  @Test
  func aTimeThatWasToldAsUnreadableIsNotToldAsMissing() {
    var story = Story()
    var deployment = alone("never", at: nil, version: "2.0.0")
    deployment.story.hasUnreadTime = true
    story.add(deployment)
    var run = RunRecord(id: "7", state: .succeeded)
    run.service = "shop"
    run.story.hasUnreadTime = true
    run.deployments = [RunJoiningTests.deployment("production")]
    story.add(run)
    let view = story.view()
    #expect(view.deployments.count == 2)
    #expect(view.messages == [])
  }

  @Test
  func deploymentsAreOrderedByFinishStartNumberAttemptAndId() {
    var story = Story(environments: ["production"])
    let rows: [(id: String, finish: Int?, start: Int?, number: Int?)] = [
      ("g", nil, 1, 1), ("f", 20, 9, 3), ("e", 20, 9, 2), ("d", 20, 8, 9), ("c", 15, 9, 9), ("b", 10, 9, 9), ("a", 20, 9, 3),
    ]
    for row in rows {
      var run = RunRecord(id: row.id, state: .failed)
      run.service = "shop"
      run.number = row.number
      var deployment = RunJoiningTests.deployment("production", row.finish == nil ? .running : .failed)
      deployment.startedAt = row.start.map(minute)
      deployment.finishedAt = row.finish.map(minute)
      run.deployments = [deployment]
      story.add(run)
    }
    #expect(story.view().deployments.map(\.runID) == ["b", "c", "d", "e", "a", "f", "g"])
  }

  @Test
  func recordsLaterThanAsOfAreShownWithOneNote() {
    var story = Story()
    story.asOf = minute(15)
    story.deploy("1.0.0", at: 10)
    story.deploy("1.1.0", at: 20)
    story.deploy("1.2.0", at: 30)
    let view = story.view()
    #expect(view.current == "1.2.0")
    #expect(view.messages == ["records-after-as-of"])
    #expect(view.joined.diagnostics.first?.severity == .note)
    #expect(view.joined.catalog.newestRecord == minute(30))
  }
}

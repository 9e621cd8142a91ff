import Joining
import Records
import Releases
import Support
import Testing
import Time

/// Deployments of one run to one environment: attempts or targets (record.md, Targets and attempts).
struct TargetJudgingTests {
  /// One deployment of run 7; times are minutes.
  struct Try {
    var id: String?
    var state: State
    var from: Int?
    var to: Int?
    var step: String?
    var target: String?
    var attempt: Int?

    init(
      _ id: String?, _ state: State, _ from: Int? = nil, _ to: Int? = nil, step: String? = nil, target: String? = nil,
      attempt: Int? = nil
    ) {
      (self.id, self.state, self.from, self.to) = (id, state, from, to)
      (self.step, self.target, self.attempt) = (step, target, attempt)
    }

    var record: DeploymentRecord {
      var record = DeploymentRecord(environment: .init(name: "production"))
      (record.id, record.state, record.step, record.target, record.attempt) = (id, state, step, target, attempt)
      (record.startedAt, record.finishedAt) = (from.map(minute), to.map(minute))
      return record
    }
  }

  static func story(_ tries: [Try], change: (inout RunRecord) -> Void = { _ in }) -> Story {
    var story = Story()
    var run = RunRecord(id: "7", state: .succeeded)
    run.service = "shop"
    run.version = VersionLabel(name: "2.0.0")
    (run.startedAt, run.finishedAt) = (minute(1), minute(900))
    run.deployments = tries.map(\.record)
    change(&run)
    story.add(run)
    return story
  }

  /// `id state`, and of a deployment of several targets each of them, in their order.
  static func told(_ tries: [Try], change: (inout RunRecord) -> Void = { _ in }) -> [String] {
    story(tries, change: change).view().deployments.map { deployment in
      let parts = deployment.targets.map { "\($0.name) \($0.state)\($0.isCarried ? " before" : "")" }
      return "\(deployment.id) \(deployment.state)" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }
  }

  @Test(arguments: [
    // No names: one after the other, or at the same time.
    ([Try("a", .failed, 10, 15), Try("b", .succeeded, 60, 65)], ["a failed", "b succeeded"]),
    ([Try("b", .failed, 10, 15), Try("a", .succeeded, 15, 20)], ["b failed", "a succeeded"]),
    ([Try("a", .failed, 10, 15), Try("b", .succeeded, 14, 20)], ["a failed: a failed, b succeeded"]),
    // Where nobody says when they began, those that ended one after the other; what has no times at all is not known to be in turn.
    ([Try("a", .failed, nil, 15), Try("b", .succeeded, nil, 20)], ["a failed", "b succeeded"]),
    ([Try("b", .failed, nil, 15), Try("a", .succeeded, 10, 20)], ["a failed: a succeeded, b failed"]),
    ([Try("a", .failed, 10, 15), Try("b", .succeeded, nil, 20)], ["a failed", "b succeeded"]),
    ([Try("a", .failed, nil, 15), Try("b", .succeeded, nil, 15)], ["a failed: a failed, b succeeded"]),
    ([Try("a", .failed), Try("b", .succeeded)], ["a failed: a failed, b succeeded"]),
    ([Try("a", .failed, 10, 15), Try("b", .running, 12)], ["a failed: a failed, b running"]),
    ([Try("a", .failed, 10, 15), Try("b", .running, 20)], ["a failed", "b running"]),
    // Steps of other names are targets, also in turn; the same step again is another attempt.
    ([Try("a", .failed, 10, 15, step: "eu"), Try("b", .succeeded, 60, 65, step: "us")], ["a failed: eu failed, us succeeded"]),
    ([Try("a", .failed, 10, 15, step: "eu"), Try("b", .succeeded, 60, 65, step: "eu")], ["a failed", "b succeeded"]),
    ([Try("a", .failed, step: "eu"), Try("b", .succeeded, step: "eu")], ["a failed", "b succeeded"]),
    ([Try("a", .failed, 10, 15, step: "go"), Try("b", .succeeded, 12, 20, step: "go")], ["a failed: a failed, b succeeded"]),
    // Numbers come before the names of steps and before times.
    (
      [Try("b", .succeeded, 10, 30, step: "again", attempt: 2), Try("a", .failed, 5, 20, step: "go", attempt: 1)],
      ["a failed", "b succeeded"]
    ),
    ([Try("a", .failed, attempt: 1), Try("b", .succeeded, attempt: 2)], ["a failed", "b succeeded"]),
    // Names of targets come first.
    (
      [Try("a", .failed, 10, 15, step: "go", target: "eu"), Try("b", .succeeded, 60, 65, step: "go", target: "us")],
      ["a failed", "b succeeded"]
    ),
  ])
  func oneRuleDecidesInTheOrderOfTheSpecification(tries: [Try], told: [String]) {
    #expect(Self.told(tries) == told)
    #expect(Self.told(tries.reversed()) == told)
  }

  @Test(arguments: [
    ([Try("a", .failed, 10, 15), Try("b", .succeeded, 60, 65)], [TargetReason.inTurn]),
    ([Try("a", .failed, 10, 15), Try("b", .succeeded, 12, 65)], [.atOnce]),
    ([Try("a", .failed, 1, 2, step: "eu"), Try("b", .succeeded, 3, 4, step: "eu")], [.sameStep]),
    ([Try("a", .failed, 1, 2, step: "eu"), Try("b", .succeeded, 3, 4, step: "us")], [.otherStep]),
    ([Try("a", .failed, 1, 2, attempt: 1), Try("b", .succeeded, 3, 4, attempt: 2)], [.numberedAttempt]),
    ([Try("a", .failed, 1, 2, target: "eu"), Try("b", .succeeded, 3, 4, target: "us")], [.namedTarget]),
    ([Try("a", .succeeded, 1, 2)], []),
  ])
  func theRuleSaysWhy(tries: [Try], reasons: [TargetReason]) {
    let made = Self.story(tries).view().deployments
    #expect(made.allSatisfy { $0.reasons == reasons })
  }

  @Test
  func nobodyInventsAStart() {
    let made = Self.story([Try("a", .failed, nil, 15), Try("b", .succeeded, nil, 15)]) { $0.startedAt = nil }.view().deployments
    #expect(made.map(\.startedAt) == [nil])
  }

  /// Parallel jobs of one name, of which one is run again.
  @Test(arguments: [("1", ["go 1 failed", "go 2 succeeded"], ["go 1 succeeded", "go 2 succeeded"])])
  func countedTargetsHaveOneNameInAllAttempts(run: String, first: [String], second: [String]) {
    let made = Self.story([
      Try(nil, .failed, 10, 15, step: "go"), Try(nil, .succeeded, 10, 16, step: "go"), Try(nil, .succeeded, 60, 65, step: "go"),
    ]).view().deployments
    #expect(made.map { $0.targets.map { "\($0.name) \($0.state)" } } == [first, second])
  }

  @Test
  func whatAnAttemptDoesNotTouchIsAsItWas() {
    let told = Self.told([
      Try("eu1", .failed, 10, 15, step: "eu"), Try("us1", .succeeded, 10, 16, step: "us"),
      Try("eu2", .failed, 60, 65, step: "eu"), Try("eu3", .succeeded, 90, 95, step: "eu"),
    ])
    #expect(
      told == [
        "eu1 failed: eu failed, us succeeded", "eu2 failed: eu failed, us succeeded before",
        "eu3 succeeded: eu succeeded, us succeeded before",
      ])
  }

  @Test
  func anAttemptThatEndsWhileTheOtherTargetsGoOnCountsAfterThem() {
    let told = Self.told([
      Try("eu1", .failed, 10, 15, step: "eu"), Try("us1", .succeeded, 10, 60, step: "us"),
      Try("eu2", .succeeded, 20, 25, step: "eu"),
    ])
    #expect(told == ["eu1 failed: eu failed, us succeeded", "eu2 succeeded: eu succeeded, us succeeded before"])
    #expect(Self.story([]).view().current == nil)
  }

  @Test
  func aSkippedStepLeavesWhatItsEarlierAttemptDid() {
    let told = Self.told([
      Try("a", .failed, 10, 15, step: "eu", attempt: 1), Try("b", .succeeded, 10, 15, step: "us", attempt: 1),
      Try("c", .succeeded, 60, 65, step: "eu", attempt: 2), Try("d", .skipped, step: "us", attempt: 2),
    ])
    #expect(told == ["a failed: eu failed, us succeeded", "c succeeded: eu succeeded, us succeeded before"])
  }

  @Test
  func aStepIsKnownByItsNameAndStageNotByItsKey() {
    let again = { (stages: [String]) in
      Self.told([Try("a", .failed, 10, 15, step: "k1"), Try("b", .succeeded, 60, 65, step: "k2")]) { run in
        run.steps = zip(["k1", "k2"], stages).map { key, stage in
          var step = Step(name: "Deploy", state: .succeeded)
          (step.key, step.stage) = (key, stage)
          return step
        }
      }
    }
    #expect(again(["live", "live"]) == ["a failed", "b succeeded"])
    #expect(again(["eu", "us"]) == ["a failed: a failed, b succeeded"])
  }

  @Test
  func jobsOfAMatrixAreNamedTargets() {
    for names in [["deploy (eu)", "deploy (us)"], ["deploy: [eu]", "deploy: [us]"]] {
      let made = Self.story([Try("a", .failed, 10, 15, step: names[0]), Try("b", .succeeded, 10, 15, step: names[1])]).view()
      #expect(made.deployments.map { $0.target ?? "-" }.sorted() == ["eu", "us"])
    }
  }

  @Test(arguments: ["deploy (production)", "deploy (2.0.0)", "deploy", "(eu)", "deploy ()"])
  func aSuffixThatNoOtherJobHasIsNoTarget(name: String) {
    #expect(Self.story([Try("a", .succeeded, 10, 15, step: name)]).view().deployments.map(\.target) == [nil])
  }

  @Test
  func attemptsWithoutIDsAreCounted() {
    #expect(
      Self.told([Try(nil, .failed, 10, 15), Try(nil, .failed, 20, 25), Try(nil, .succeeded, 60, 65)])
        == ["7-production failed", "7-production-2 failed", "7-production-3 succeeded"])
    #expect(
      Self.told([Try(nil, .failed, attempt: 1), Try(nil, .succeeded, attempt: 2)])
        == ["7-production failed", "7-production-2 succeeded"])
    #expect(
      Self.told([Try(nil, .succeeded, 10, 15, target: "eu"), Try(nil, .succeeded, 10, 15, target: "us")])
        == ["7-production-eu succeeded", "7-production-us succeeded"])
  }

  @Test
  func targetsOfOneNameInOtherLettersAreOne() {
    let made = Self.story([Try("a", .failed, 10, 15, target: " EU"), Try("b", .succeeded, 60, 65, target: "eu ")]).view()
    #expect(made.deployments.map(\.target) == ["EU", "EU"])
  }

  @Test
  func theLastAttemptOfARunSpeaksForWhatItRanAgain() {
    var story = Story()
    for (attempt, tries) in [
      [Try("a", .failed, 10, 15, step: "eu"), Try("b", .succeeded, 10, 16, step: "us")],
      [Try("c", .succeeded, 60, 65, step: "eu")],
    ].enumerated() {
      var run = RunRecord(id: "7", state: .succeeded)
      (run.service, run.attempt, run.version) = ("shop", attempt + 1, VersionLabel(name: "2.0.0"))
      run.deployments = tries.map(\.record)
      story.add(run)
    }
    let made = story.view().deployments
    #expect(made.map { "\($0.id) \($0.state) \($0.attempt)" } == ["a failed 1", "c succeeded 2"])
    #expect(story.view().current == "2.0.0")
  }
}

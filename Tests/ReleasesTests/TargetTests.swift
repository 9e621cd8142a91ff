import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// Environments with several targets (rules.md, Targets).
struct TargetTests {
  /// A run that deploys to named targets, all at the same time.
  static func run(
    _ number: Int, _ version: String, at start: Int, _ targets: [(name: String?, state: State)], in story: inout Story,
    environment: String = "production", change: (inout RunRecord) -> Void = { _ in }
  ) {
    var run = RunRecord(id: String(number), state: .succeeded)
    (run.service, run.number, run.version) = ("shop", number, VersionLabel(name: version))
    (run.startedAt, run.finishedAt) = (minute(start), minute(start + 30))
    run.deployments = targets.enumerated().map { index, target in
      var deployment = DeploymentRecord(environment: .init(name: environment))
      (deployment.target, deployment.state) = (target.name, target.state)
      if target.state != .waiting { deployment.startedAt = minute(start + 1) }
      if target.state.isTerminal { deployment.finishedAt = minute(start + 5 + index) }
      return deployment
    }
    change(&run)
    story.add(run)
  }

  static func told(_ view: View) -> [String] {
    view.cell.targets.map { "\($0.name) \($0.version ?? "-") \($0.state)" }
  }

  static func story(_ runs: [(version: String, targets: [(String?, State)])]) -> Story {
    var story = Story(environments: ["production"])
    for (index, item) in runs.enumerated() {
      run(index + 1, item.version, at: (index + 1) * 100, item.targets, in: &story)
    }
    return story
  }

  @Test
  func eachTargetHasItsOwnVersionAndKinds() {
    let view = Self.story([
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded)]), ("1.0.0", [("ap", .succeeded)]),
    ]).view()
    #expect(view.cell.state == .mixed)
    #expect(view.cell.versions.map { "\($0.text) \($0.count)" } == ["1.1.0 1", "1.0.0 2"])
    #expect(view.current == "1.0.0")
    #expect(view.deployments.map(\.kind) == [.first, .first, .upgrade, .first])
    #expect(view.cell.flags == [])
    #expect(view.entries.map { "\($0.to) \($0.targets.map(\.name))" } == ["1.1.0 [\"eu\"]", "1.0.0 [\"eu\", \"us\", \"ap\"]"])
  }

  @Test
  func whereAllAgreeItIsCurrent() {
    let view = Self.story([
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded)]), ("1.1.0", [("us", .succeeded)]),
    ]).view()
    #expect(view.cell.state == .current && view.current == "1.1.0")
    #expect(Self.told(view) == ["eu 1.1.0 current", "us 1.1.0 current"])
    #expect(view.entries.map { "\($0.to) \($0.targets.map(\.at))" }.count == 2)
  }

  @Test
  func aRunThatFailsOnOneTargetIsPartialUntilThatTargetSucceeds() {
    var runs: [(version: String, targets: [(String?, State)])] = [
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded), ("us", .failed)]),
    ]
    let partial = Self.story(runs).view()
    #expect(partial.cell.state == .mixed && partial.cell.flags == [.partial])
    #expect(Self.told(partial) == ["eu 1.1.0 current", "us 1.0.0 current"])
    #expect(partial.lastAttempt == "1.1.0 failed")
    runs.append(("1.1.0", [("us", .succeeded)]))
    let mended = Self.story(runs).view()
    #expect(mended.cell.state == .current && mended.cell.flags == [])
  }

  @Test
  func aDeploymentWithoutTargetCountsForAllThatAreKnown() {
    let view = Self.story([
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded)]), ("1.2.0", [(nil, .succeeded)]),
    ]).view()
    #expect(view.cell.state == .current)
    #expect(Self.told(view) == ["eu 1.2.0 current", "us 1.2.0 current"])
    #expect(view.deployments.last?.kind == .upgrade)
  }

  @Test
  func theFirstRunThatNamesTargetsFollowsOnWhatTheWholeRan() {
    let view = Self.story([("1.0.0", [(nil, .succeeded)]), ("1.1.0", [("eu", .succeeded), ("us", .failed)])]).view()
    #expect(Self.told(view) == ["eu 1.1.0 current", "us 1.0.0 current"])
    #expect(view.cell.flags == [.partial])
    #expect(view.kinds == [.first, .upgrade])
  }

  @Test
  func aRollbackOfOneTargetIsOneThere() {
    let view = Self.story([
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded), ("us", .succeeded)]),
      ("1.0.0", [("us", .succeeded)]),
    ]).view()
    #expect(view.cell.flags == [.rolledBack] && view.cell.state == .mixed)
    #expect(view.entries.first.map { "\($0.kind) \($0.targets.map(\.name))" } == "rollback [\"us\"]")
    #expect(view.deployments.last?.kind == .rollback)
  }

  /// `1.0.0` everywhere, `1.1.0` in the step eu and not in us, and what comes then.
  private static func reaching(_ then: (version: String, steps: [(String, State)])? = nil) -> View {
    var story = Story(environments: ["production"])
    let runs = [("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded), ("us", .failed)]), then]
    for (index, item) in runs.compactMap({ $0 as (version: String, steps: [(String, State)])? }).enumerated() {
      run(index + 1, item.version, at: (index + 1) * 100, item.steps.map { (nil, $0.1) }, in: &story) { run in
        for (place, step) in item.steps.enumerated() { run.deployments[place].step = step.0 }
      }
    }
    return story.view()
  }

  private static func entries(_ view: View) -> [String] {
    view.entries.map { "\($0.kind) \($0.from ?? "-") \($0.to) \($0.targets.map(\.name).joined(separator: " "))" }
  }

  private static func stays(_ view: View, _ version: String) -> [String] {
    let release = view.service.releases.first { $0.version == version }
    return (release?.arrivals ?? []).map { $0.isOver ? "to \($0.replacedBy ?? "-")" : "live" }
  }

  @Test
  func whatReachedSomeUnnamedTargetsHasArrivedOnThose() {
    let view = Self.reaching()
    #expect(view.cell.state == .mixed)
    #expect(Self.entries(view) == ["upgrade 1.0.0 1.1.0 eu", "first - 1.0.0 "])
    #expect(view.entries.first?.at == minute(205))
    #expect(Self.stays(view, "1.1.0") == ["live"] && Self.stays(view, "1.0.0") == ["live"])
  }

  @Test
  func aLaterSuccessOfItEverywhereIsTheSameArrival() {
    let view = Self.reaching(("1.1.0", [("eu", .succeeded), ("us", .succeeded)]))
    #expect(view.cell.state == .current)
    #expect(Self.entries(view) == ["upgrade 1.0.0 1.1.0 eu us", "first - 1.0.0 "])
    #expect(Self.stays(view, "1.1.0") == ["live"] && Self.stays(view, "1.0.0") == ["to 1.1.0"])
  }

  @Test
  func whatWasThereBeforeAgainIsARollbackOfThoseTargets() {
    let view = Self.reaching(("1.0.0", [("eu", .succeeded), ("us", .succeeded)]))
    #expect(Self.entries(view) == ["rollback 1.1.0 1.0.0 eu", "upgrade 1.0.0 1.1.0 eu", "first - 1.0.0 "])
    #expect(Self.stays(view, "1.1.0") == ["to 1.0.0"] && Self.stays(view, "1.0.0") == ["live"])
  }

  @Test
  func theNextReleaseEndsIt() {
    let view = Self.reaching(("1.2.0", [("eu", .succeeded), ("us", .succeeded)]))
    #expect(Self.entries(view).first?.hasPrefix("upgrade 1.0.0 1.2.0") == true)
    #expect(Self.stays(view, "1.1.0") == ["to 1.2.0"] && Self.stays(view, "1.0.0") == ["to 1.2.0"])
  }

  @Test
  func aTargetEndsByRemovalAndWhereTheConfigurationDoesNotListIt() {
    var story = Self.story([
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded)]),
    ])
    Self.run(9, "1.0.0", at: 900, [("us", .succeeded)], in: &story) { $0.deployments[0].action = .remove }
    let removed = story.view()
    #expect(removed.cell.state == .current && removed.current == "1.1.0" && removed.cell.targets.isEmpty)

    var listed = Self.story([("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded)])])
    listed.configuration.environments[0].targets = ["EU"]
    #expect(listed.view().cell.state == .current && listed.view().current == "1.1.0")
    listed.configuration.environments[0].targets = ["eu", "us", "ap"]
    #expect(Self.told(listed.view()) == ["ap - none", "eu 1.1.0 current", "us 1.0.0 current"])
  }

  @Test
  func aTargetThatTheListLacksIsToldOf() {
    var story = Self.story([
      ("1.0.0", [("eu", .succeeded), ("US", .succeeded)]),
      ("1.1.0", [("us", .failed), ("moon", .succeeded), ("old", .skipped)]),
    ])
    story.configuration.environments[0].targets = ["EU", "uss"]
    let told = story.joined().diagnostics.filter { $0.message.id == "unlisted-target" }
    #expect(told.map(\.position?.line) == [1, 2] && told.allSatisfy { $0.severity == .warning })
    #expect(told.map { $0.message.text.split(separator: "'")[1] } == ["US", "moon"])
    #expect(told.first?.message.suggestion == "did you mean 'uss'?")
    #expect(
      told.first?.message.text.contains("is not on the list of environment 'production' in tidemark.yml (EU, uss)") == true)
    #expect(told.last?.message.suggestion?.hasPrefix("add it to targets:") == true)
    // What was removed has ended without the list.
    for name in ["us", "moon"] {
      Self.run(20 + name.utf8.count, "1.0.0", at: 900, [(name, .succeeded)], in: &story) {
        $0.deployments[0].action = .remove
      }
    }
    #expect(!story.joined().diagnostics.contains { $0.message.id == "unlisted-target" })
    story.configuration.environments[0].targets = []
    #expect(!story.joined().diagnostics.contains { $0.message.id == "unlisted-target" })
  }

  @Test
  func behindCountsFromTheLowestAndUpstreamIsWhatMostRun() {
    var story = Story()
    for (index, version) in ["1.0.0", "1.1.0", "1.2.0"].enumerated() {
      story.note(version)
      Self.run(
        index + 1, version, at: 100 + index * 100, [("a", .succeeded), ("b", .succeeded)], in: &story, environment: "staging")
    }
    Self.run(4, "1.3.0", at: 450, [("a", .succeeded)], in: &story, environment: "staging")
    Self.run(5, "1.0.0", at: 500, [("eu", .succeeded), ("us", .succeeded)], in: &story)
    Self.run(6, "1.2.0", at: 600, [("eu", .succeeded)], in: &story)
    // Of as many targets the newest arrival counts: staging runs 1.3.0 on a and 1.2.0 on b.
    #expect(story.view().cell.pending.sorted() == ["1.1.0", "1.2.0", "1.3.0"])
  }

  @Test
  func aGateOfATargetNamesIt() {
    var story = Self.story([("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded)])])
    Self.run(3, "1.1.0", at: 400, [("us", .waiting)], in: &story) { $0.state = .waiting }
    let view = story.view()
    #expect(view.cell.waiting.map(\.target) == ["us"])
    #expect(view.cell.state == .mixed)
  }

  @Test
  func metricsCountARunOnce() {
    let story = Self.story([
      ("1.0.0", [("eu", .succeeded), ("us", .succeeded)]), ("1.1.0", [("eu", .succeeded), ("us", .failed)]),
      ("1.1.0", [("eu", .succeeded), ("us", .succeeded)]),
    ])
    let figures = MetricsTests.metrics(story)
    #expect(figures.deployments.count == 2)
    #expect(figures.deployments.attempts == 3 && figures.deployments.succeeded == 2)
  }

  @Test
  func unnamedTargetsAreReplacedByALaterRunThatSucceeds() {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0", run: 1, at: 10)
    let fan = { (number: Int, version: String, at: Int, states: [(String, State)], story: inout Story) in
      Self.run(number, version, at: at, states.map { (nil, $0.1) }, in: &story) { run in
        for index in run.deployments.indices { run.deployments[index].step = states[index].0 }
      }
    }
    fan(2, "1.1.0", 100, [("eu", .succeeded), ("us", .failed), ("ap", .failed)], &story)
    let partial = story.view()
    #expect(partial.cell.state == .mixed && partial.cell.flags == [.partial])
    #expect(Self.told(partial) == ["ap 1.0.0 current", "eu 1.1.0 current", "us 1.0.0 current"])
    #expect(partial.current == "1.0.0")
    fan(3, "1.2.0", 200, [("eu", .succeeded), ("us", .succeeded)], &story)
    let mended = story.view()
    #expect(
      mended.cell.state == .current && mended.current == "1.2.0" && mended.cell.targets.isEmpty && mended.cell.flags == [])
  }

  // MARK: By chance

  /// What was drawn: attempts of one run at one target, one after the other.
  private struct Drawn {
    let run: Int
    let version: String
    let target: String?
    let state: State
    let start: Int
    let finish: Int
    let id: String
  }

  private static func draw(_ chance: inout Chance, isNamed: Bool) -> [Drawn] {
    var all: [Drawn] = []
    for run in 1...(2 + chance.below(6)) {
      let version = "1.\(chance.below(4)).0"
      let count = 1 + chance.below(3)
      let names = chance.shuffled(["ap", "eu", "us"]).prefix(count)
      let isWhole = isNamed && chance.below(4) == 0
      for name in isWhole ? ["all"] : Array(names) {
        var time = run * 10_000 + chance.below(50)
        for attempt in 1...(1 + chance.below(3)) {
          let finish = time + 1 + chance.below(300)
          all.append(
            Drawn(
              run: run, version: version, target: isWhole ? nil : name, state: chance.pick([.succeeded, .failed, .failed]),
              start: time, finish: finish, id: "\(run)-\(name)-\(attempt)"))
          time = finish + chance.below(100)
        }
      }
    }
    return all
  }

  private static func story(of drawn: [Drawn], isNamed: Bool, _ chance: inout Chance) -> Story {
    var story = Story(environments: ["production"])
    for run in chance.shuffled(Array(Set(drawn.map(\.run)).sorted())) {
      let own = chance.shuffled(drawn.filter { $0.run == run })
      var record = RunRecord(id: String(run), state: .succeeded)
      (record.service, record.number) = ("shop", run)
      record.version = VersionLabel(name: own[0].version)
      record.deployments = own.map { one in
        var deployment = DeploymentRecord(environment: .init(name: "production"))
        (deployment.id, deployment.state) = (one.id, one.state)
        (deployment.startedAt, deployment.finishedAt) = (minute(one.start), minute(one.finish))
        if isNamed { deployment.target = one.target } else { deployment.step = one.target }
        return deployment
      }
      story.add(record)
    }
    return story
  }

  @Test(arguments: 0..<200)
  func namedTargetsAreWhatAPlainReckoningGives(seed: Int) {
    var chance = Chance(seed: UInt64(seed))
    let drawn = Self.draw(&chance, isNamed: true)
    let view = Self.story(of: drawn, isNamed: true, &chance).view()
    // Each attempt is a deployment of its own.
    #expect(view.deployments.map(\.id).sorted() == drawn.map(\.id).sorted())
    var live: [String: String?] = [:]
    var whole: String?
    var firstRun: Int?
    for one in drawn.sorted(by: { ($0.finish, $0.start, $0.run, $0.id) < ($1.finish, $1.start, $1.run, $1.id) }) {
      let isGood = one.state == .succeeded
      guard let target = one.target else {
        if live.isEmpty, isGood { whole = one.version }
        for name in live.keys where isGood { live[name] = .some(one.version) }
        continue
      }
      if live[target] == nil {
        firstRun = firstRun ?? one.run
        live[target] = .some(firstRun == one.run ? whole : nil)
      }
      if isGood { live[target] = .some(one.version) }
    }
    let expected = live.sorted { $0.key < $1.key }.map { "\($0.key) \(($0.value ?? nil) ?? "-")" }
    if live.count > 1 {
      #expect(view.cell.targets.map { "\($0.name) \($0.version ?? "-")" } == expected)
      let versions = Set(live.values.map { $0 ?? "-" })
      #expect((view.cell.state == .mixed) == (versions.count > 1))
    } else {
      #expect(view.current == (live.first?.value ?? whole))
    }
  }

  @Test(arguments: 0..<200)
  func unnamedTargetsAreWhatAPlainReckoningGives(seed: Int) {
    var chance = Chance(seed: UInt64(seed + 1000))
    let drawn = Self.draw(&chance, isNamed: false)
    let view = Self.story(of: drawn, isNamed: false, &chance).view()
    var base: String?
    var parts: [String: String?] = [:]
    var count = 0
    for run in Set(drawn.map(\.run)).sorted() {
      let lanes = Dictionary(grouping: drawn.filter { $0.run == run }) { $0.target ?? "" }.mapValues {
        $0.sorted { $0.start < $1.start }
      }
      let rounds = lanes.values.map(\.count).max() ?? 0
      count += rounds
      for round in 0..<rounds {
        let now = lanes.mapValues { $0[min(round, $0.count - 1)] }
        let good = now.values.filter { $0.state == .succeeded }
        if good.count == now.count {
          (base, parts) = (good[0].version, [:])
        } else if !good.isEmpty {
          for (name, one) in now {
            if one.state == .succeeded { parts[name] = one.version } else if parts[name] == nil { parts[name] = .some(base) }
          }
        }
      }
    }
    #expect(view.deployments.count == count)
    #expect(
      view.cell.targets.map { "\($0.name) \($0.version ?? "-")" }
        == parts.sorted { $0.key < $1.key }.map { "\($0.key) \(($0.value ?? nil) ?? "-")" })
    if parts.isEmpty { #expect(view.current == base) }
    #expect((view.cell.state == .mixed) == (Set(parts.values.map { $0 ?? "-" }).count > 1))
  }
}

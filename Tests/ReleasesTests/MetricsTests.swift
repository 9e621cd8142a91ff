import Support
import Testing

@testable import Joining
@testable import Records
@testable import Releases
@testable import Time

/// The metrics against figures computed by hand. Minutes count from 2026-01-01T00:00:00Z.
@Suite struct MetricsTests {
  private static let hour = 60
  private static let day = 1440

  static func metrics(
    _ story: Story, days: Int = 30, asOf: Int = 30 * day, service: Int? = nil, environment: String? = "production"
  ) -> Metrics {
    var story = story
    story.asOf = minute(asOf)
    let catalog = story.joined().catalog
    let window = MetricsWindow(days: days, asOf: story.asOf, zone: catalog.configuration.zone)
    let place = environment.flatMap { key in catalog.environments.firstIndex { $0.key == key } }
    return MetricsRule(catalog, changes: catalog.services.map(\.knownChanges)).metrics(
      window, service: service, environment: place)
  }

  private static func commit(_ sha: String, at time: Int?) -> Change {
    var change = Change(sha: sha)
    change.committedAt = time.map(minute)
    return change
  }

  private static func incident(
    _ id: String, causedBy: String, startedAt: Int = 0, resolvedAt: Int?, fixedBy: [String] = []
  ) -> IncidentRecord {
    var incident = IncidentRecord(id: id, state: resolvedAt == nil ? .detected : .resolved)
    incident.service = "shop"
    incident.environment = "production"
    incident.causedBy = [causedBy]
    incident.fixedBy = fixedBy
    incident.startedAt = minute(startedAt)
    incident.resolvedAt = resolvedAt.map(minute)
    return incident
  }

  // MARK: The window

  @Test func theWindowIsOfWholeDaysUpToTheNextMidnight() {
    let utc = MetricsWindow(days: 7, asOf: minute(10 * Self.day + 1), zone: .utc)
    #expect(utc.from == minute(4 * Self.day) && utc.to == minute(11 * Self.day) && utc.days == 7)
    let midnight = MetricsWindow(days: 7, asOf: minute(10 * Self.day), zone: .utc)
    #expect(midnight.from == minute(3 * Self.day) && midnight.to == minute(10 * Self.day))
    #expect(utc.contains(utc.from) && !utc.contains(utc.to))
  }

  /// A zone whose clock goes forward on 2026-03-29: that day has 23 hours, and the window is of days and not of hours.
  @Test func theWindowFollowsTheClockOfTheZone() throws {
    let berlin = try #require(Zone(name: "Europe/Berlin", tzif: Self.tzif))
    let asOf = try #require(Timestamp(rfc3339: "2026-03-30T10:00:00Z"))
    let window = MetricsWindow(days: 3, asOf: asOf, zone: berlin)
    #expect(window.from == Timestamp(rfc3339: "2026-03-27T23:00:00Z"))
    #expect(window.to == Timestamp(rfc3339: "2026-03-30T22:00:00Z"))
  }

  /// Version 2 without transitions; the footer holds the rule.
  private static var tzif: [UInt8] {
    func header(types: UInt8) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 31) + [0, 0, 0, types, 0, 0, 0, 4]
    }
    let type: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
    return header(types: 1) + type + header(types: 1) + type + Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
  }

  /// 00:30 and 23:30 on the 29th are one day although their UTC days differ by the clock change; 00:00 on the 30th is the next.
  @Test func daysOfDeploymentsAreThoseOfTheZone() throws {
    var story = Story()
    story.configuration.zone = try #require(Zone(name: "Europe/Berlin", tzif: Self.tzif))
    let times = ["2026-03-28T22:59:00Z", "2026-03-28T23:30:00Z", "2026-03-29T21:30:00Z", "2026-03-29T22:00:00Z"]
    for (index, text) in times.enumerated() {
      let time = try #require(Timestamp(rfc3339: text))
      story.deploy("1.\(index).0", at: Int(time.seconds - Story.start) / 60)
    }
    let midnight = Int(try #require(Timestamp(rfc3339: "2026-03-29T22:00:00Z")).seconds - Story.start) / 60
    // The 29th alone, then from the 28th to the 30th.
    let one = Self.metrics(story, days: 1, asOf: midnight).deployments
    #expect(one.count == 2 && one.days == 1)
    let three = Self.metrics(story, days: 3, asOf: midnight + 1).deployments
    #expect(three.count == 4 && three.days == 3)
    // 31 min, 22 h and 30 min.
    #expect(three.medianGap == 1_860)
  }

  // MARK: Deployment frequency

  @Test func successesThatChangeWhatRunsAreCounted() {
    var story = Story()
    story.deploy("1.0.0", at: 0)
    story.deploy("1.1.0", at: 2 * Self.day)
    story.deploy("1.1.0", at: 2 * Self.day + 60)  // the same again
    story.deploy("1.2.0", .failed, at: 3 * Self.day)
    story.deploy("1.0.0", at: 4 * Self.day)  // rollback
    story.deploy("1.1.1", at: 4 * Self.day + 600)  // straight to production
    story.deploy("9.9.9", to: "staging", at: 5 * Self.day)
    let deployments = Self.metrics(story).deployments
    #expect(deployments.count == 4 && deployments.redeploys == 1 && deployments.days == 3)
    #expect(deployments.attempts == 6 && deployments.succeeded == 5)
    // Gaps: 2 days, 2 days, 10 hours.
    #expect(deployments.medianGap == Double(2 * Self.day * 60))
    #expect(Self.metrics(story, environment: nil).deployments.count == 5)
  }

  @Test func theWindowIsHalfOpen() {
    var story = Story()
    story.deploy("1.0.0", at: 23 * Self.day)  // the first moment of seven days
    story.deploy("1.1.0", at: 30 * Self.day)  // the first moment after them
    story.deploy("1.2.0", at: 23 * Self.day - 1)
    #expect(Self.metrics(story, days: 7).deployments.count == 1)
  }

  @Test func theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    #expect(Statistics.median([4, 1, 3, 2]) == 2.5)
    #expect(Statistics.median([5]) == 5 && Statistics.median([]) == nil)
    // (n - 1) * 0.9 = 3.6: between the fourth and the fifth.
    #expect(Statistics.quantile(0.9, of: [10, 20, 30, 40, 50]) == 46)
  }

  @Test func withoutDataThereIsNoFigure() {
    let metrics = Self.metrics(Story())
    #expect(metrics.deployments.count == 0 && metrics.deployments.medianGap == nil)
    #expect(metrics.leadTime.median == nil && metrics.leadTime.p90 == nil && metrics.leadTime.gateShare == nil)
    #expect(metrics.changeFailRate.rate == nil && metrics.rework.rate == nil)
    #expect(metrics.recovery.median == nil && metrics.recovery.longestOpen == nil && metrics.gateWait.median == nil)
  }

  // MARK: Lead time

  @Test func eachChangeCountsOnceWithItsFirstArrival() {
    var story = Story()
    let changes = [Self.commit("aaaaaaaaaaaa", at: 0), Self.commit("bbbbbbbbbbbb", at: 60)]
    story.deploy("1.0.0", to: "staging", at: 100) { run, _ in run.changes = changes }
    story.deploy("1.0.0", at: 160) { run, _ in run.changes = changes }
    story.deploy("1.0.0", at: 500) { run, _ in run.changes = changes }  // again
    story.deploy("1.1.0", at: 600) { run, _ in run.changes = changes + [Self.commit("cccccccccccc", at: 300)] }
    let lead = Self.metrics(story).leadTime
    // 160, 100 and 300 minutes; the 90th of a hundred is 0.8 of the way from the second to the third.
    #expect(lead.sample == 3 && lead.median == 160 * 60 && lead.p90 == (160 + 140 * 0.8) * 60)
  }

  @Test func overSeveralEnvironmentsAChangeCountsOnceWithItsFirstArrival() {
    var story = Story()
    let changes = [Self.commit("aaaaaaaaaaaa", at: 0), Self.commit("bbbbbbbbbbbb", at: 60)]
    story.deploy("1.0.0", to: "staging", at: 100) { run, _ in run.changes = changes }
    story.deploy("1.0.0", at: 160) { run, _ in run.changes = changes }
    // 100 and 40 minutes to staging.
    let all = Self.metrics(story, environment: nil).leadTime
    #expect(all.sample == 2 && all.median == 70 * 60 && all.negative == 0 && all.undated == 0)
    // 160 and 100 to production.
    #expect(Self.metrics(story).leadTime.median == 7_800)
    // What arrived first before the window does not arrive again within it.
    story.deploy("1.0.0", to: "eu", at: 2 * Self.day) { run, _ in run.changes = changes }
    #expect(Self.metrics(story, days: 1, asOf: 2 * Self.day + 1, environment: nil).leadTime.sample == 0)
    #expect(Self.metrics(story, days: 1, asOf: 2 * Self.day + 1, environment: "eu").leadTime.sample == 2)
  }

  @Test func withoutChangesTheDeployedCommitCounts() {
    var story = Story()
    story.deploy("1.0.0", at: 100) { run, _ in run.commit = Self.commit("aaaaaaaaaaaa", at: 40) }
    let lead = Self.metrics(story).leadTime
    #expect(lead.sample == 1 && lead.median == 3600)
  }

  @Test func clocksThatAreWrongAreLeftOutAndCounted() {
    var story = Story()
    story.deploy("1.0.0", at: 100) { run, _ in
      run.changes = [
        Self.commit("aaaaaaaaaaaa", at: 101), Self.commit("bbbbbbbbbbbb", at: 100), Self.commit("cccccccccccc", at: nil),
      ]
    }
    let lead = Self.metrics(story).leadTime
    #expect(lead.sample == 1 && lead.median == 0 && lead.negative == 1 && lead.undated == 1)
  }

  @Test func timeAtAPersonsGateIsItsShareOfTheLeadTime() {
    var story = Story()
    story.deploy("1.0.0", at: 200) { run, deployment in
      run.commit = Self.commit("aaaaaaaaaaaa", at: 0)
      var gate = Gate(kind: .human, state: .approved)
      gate.environment = "production"
      gate.requestedAt = minute(100)
      gate.decisions = [Gate.Decision(by: "ana", at: minute(150))]
      run.gates = [gate]
      deployment.gate = nil
    }
    let metrics = Self.metrics(story)
    #expect(metrics.gateWait.sample == 1 && metrics.gateWait.median == 3000)
    #expect(metrics.leadTime.gateShare == 0.25)
  }

  /// Requested at 100; decided then, before then, or nobody had to.
  @Test(arguments: [(100, 1, 0, 0.0), (95, 0, 1, 0.0), (nil, 0, 0, nil)])
  func noTimeAtAGateIsAShareAndNoGateIsNone(decided: Int?, sample: Int, negative: Int, share: Double?) {
    var story = Story()
    story.deploy("1.0.0", at: 200) { run, _ in
      run.commit = Self.commit("aaaaaaaaaaaa", at: 0)
      guard let decided else { return }
      var gate = Gate(kind: .human, state: .approved)
      gate.environment = "production"
      gate.requestedAt = minute(100)
      gate.decisions = [Gate.Decision(by: "ana", at: minute(decided))]
      run.gates = [gate]
    }
    let metrics = Self.metrics(story)
    #expect(metrics.gateWait.sample == sample && metrics.gateWait.negative == negative)
    #expect(metrics.gateWait.median == (sample == 0 ? nil : 0) && metrics.leadTime.gateShare == share)
  }

  // MARK: Failures

  @Test func severalIncidentsOfOneDeploymentAreOneFailure() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 100)
    story.deploy("1.1.0", run: 2, at: 200)
    story.add(Self.incident("i1", causedBy: "2-production", resolvedAt: 300))
    story.add(Self.incident("i2", causedBy: "2-production", resolvedAt: 500))
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 1 && metrics.changeFailRate.of == 2 && metrics.changeFailRate.rate == 0.5)
    // Up to the resolution of the last.
    #expect(metrics.recovery.sample == 1 && metrics.recovery.median == 300 * 60 && metrics.recovery.open == 0)
    #expect(metrics.rework.count == 0)
  }

  @Test func anOpenIncidentIsCountedApart() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 100)
    story.deploy("1.1.0", run: 2, at: 200)
    story.add(Self.incident("i1", causedBy: "1-production", resolvedAt: 160))
    story.add(Self.incident("i2", causedBy: "2-production", resolvedAt: nil))
    let recovery = Self.metrics(story, asOf: 260).recovery
    #expect(recovery.sample == 1 && recovery.median == 3600 && recovery.open == 1 && recovery.longestOpen == 3600)
  }

  /// The clock of whoever closed the incident is behind: no length of time, and not open either.
  @Test func whatIsMendedBeforeItEndedIsLeftOutAndCounted() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 100)
    story.deploy("1.1.0", run: 2, at: 200)
    story.deploy("1.2.0", run: 3, at: 300)
    story.add(Self.incident("i1", causedBy: "1-production", resolvedAt: 130))
    story.add(Self.incident("i2", causedBy: "2-production", resolvedAt: 190))
    var untimed = Self.incident("i3", causedBy: "3-production", resolvedAt: nil)
    untimed.state = .resolved
    story.add(untimed)
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 3)
    let recovery = metrics.recovery
    #expect(recovery.sample == 1 && recovery.median == 1800 && recovery.open == 0)
    #expect(recovery.negative == 1 && recovery.undated == 1)
  }

  @Test func aRollbackMakesWhatItReplacesAFailureAndIsReworkItself() {
    var story = Story()
    story.deploy("1.0.0", at: 100)
    story.deploy("1.1.0", at: 200)
    story.deploy("1.0.0", at: 260)
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 1 && metrics.changeFailRate.of == 3)
    #expect(metrics.recovery.median == 3600 && metrics.rework.count == 1 && metrics.rework.of == 3)
  }

  /// The second rollback replaces the first: that failed too.
  @Test func aChainOfRollbacksIsOneFailureEach() {
    var story = Story()
    for (version, time) in [("1.0.0", 100), ("1.1.0", 200), ("1.2.0", 300), ("1.1.0", 330), ("1.0.0", 400)] {
      story.deploy(version, at: time)
    }
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 2 && metrics.changeFailRate.of == 5 && metrics.rework.count == 2)
    // 30 and 70 minutes.
    #expect(metrics.recovery.median == 3000)
  }

  /// The rollback did what it should: what was rolled back failed once, and was mended by the rollback.
  @Test func aHotfixAfterARollbackDoesNotMakeTheRollbackAFailure() {
    var story = Story()
    story.deploy("1.0.0", to: "staging", at: 90)
    story.deploy("1.0.0", at: 100)
    story.deploy("1.1.0", to: "staging", at: 190)
    story.deploy("1.1.0", at: 200)
    story.deploy("1.0.0", at: 260)
    story.deploy("1.1.1", at: 500)  // never was in staging
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 1 && metrics.changeFailRate.of == 4)
    #expect(metrics.recovery.sample == 1 && metrics.recovery.median == 3600)
    #expect(metrics.rework.count == 2 && metrics.rework.of == 4)
    // A second hotfix replaces the first, which did not do.
    story.deploy("1.1.2", at: 560) { _, deployment in deployment.hotfix = true }
    #expect(Self.metrics(story).changeFailRate.count == 2 && Self.metrics(story).rework.count == 3)
  }

  @Test func aHotfixAfterARedeployMendsWhatWasDeployedFirst() {
    var story = Story()
    story.deploy("1.0.0", to: "staging", at: 90)
    story.deploy("1.0.0", at: 100)
    story.deploy("1.0.0", at: 150)  // the same again
    story.deploy("1.0.1", at: 220) { _, deployment in deployment.hotfix = true }
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 1 && metrics.changeFailRate.of == 2)
    #expect(metrics.recovery.median == 120 * 60 && metrics.rework.count == 1)
  }

  /// rules.md: rework is made for an incident or a failed deployment. That a release skipped staging is no sign of either.
  @Test(
    arguments: [
      (nil, false, false, 0), (true, false, false, 1), (false, true, true, 0), (nil, true, false, 1), (nil, false, true, 1),
    ] as [(Bool?, Bool, Bool, Int)])
  func whatGoesStraightToProductionIsReworkOnlyAfterAFailure(
    hotfix: Bool?, hasIncident: Bool, hasFailed: Bool, rework: Int
  ) {
    var story = Story()
    story.deploy("1.0.0", to: "staging", run: 1, at: 90)
    story.deploy("1.0.0", run: 2, at: 100)
    if hasFailed { story.deploy("1.0.1", .failed, run: 3, at: 150) }
    story.deploy("1.0.2", run: 4, at: 220) { _, deployment in deployment.hotfix = hotfix }
    if hasIncident { story.add(Self.incident("i1", causedBy: "2-production", resolvedAt: 300)) }
    #expect(Self.metrics(story).rework.count == rework)
  }

  @Test func aRollbackMendsTheDeploymentThatItNames() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 100)
    story.deploy("1.1.0", run: 2, at: 200)
    story.deploy("1.2.0", run: 3, at: 300)
    story.deploy("1.0.0", run: 4, at: 400) { _, deployment in
      deployment.action = .rollback
      deployment.rollbackOf = "1.1.0"
    }
    #expect(Self.metrics(story).recovery.median == 12_000)
  }

  @Test func aRunThatWasOvertakenIsNoRemedy() {
    var story = Story()
    story.deploy("aaaa", run: 1, at: 50)
    story.deploy("bbbb", run: 3, at: 100)
    story.deploy("cccc", run: 2, at: 110)
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 0 && metrics.changeFailRate.of == 3 && metrics.rework.count == 0)
    #expect(metrics.changeFailRate.rate == 0)
  }

  /// A month is closed with what was known then.
  @Test func whatIsKnownAfterTheWindowIsNoPartOfIt() {
    var story = Story()
    story.deploy("1.0.0", at: 28 * Self.day)
    story.deploy("1.1.0", at: 29 * Self.day)
    let before = Self.metrics(story, days: 30)
    story.deploy("1.0.0", at: 31 * Self.day)
    story.deploy("1.2.0", at: 29 * Self.day + 60)
    story.deploy("1.1.0", at: 29 * Self.day + 90)
    #expect(before.changeFailRate.count == 0 && before.recovery.open == 0)
    let after = Self.metrics(story, days: 30)
    // Of four, one was rolled back in time; that 1.1.0 would go too, nobody knew.
    #expect(after.changeFailRate.of == 4 && after.changeFailRate.count == 1 && after.recovery.open == 0)
    #expect(Self.metrics(story, days: 32, asOf: 32 * Self.day).changeFailRate.count == 2)
  }

  /// A second incident of a deployment, which began when the month was over, opens nothing in it.
  @Test func anIncidentAfterTheWindowChangesNothingInIt() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 29 * Self.day)
    story.add(Self.incident("i1", causedBy: "1-production", startedAt: 29 * Self.day, resolvedAt: 29 * Self.day + 90))
    let before = Self.metrics(story)
    #expect(before.recovery.sample == 1 && before.recovery.median == 5400)
    story.add(Self.incident("i2", causedBy: "1-production", startedAt: 30 * Self.day, resolvedAt: 31 * Self.day))
    story.deploy("0.9.0", at: 31 * Self.day)
    #expect(Self.metrics(story) == before)
    // Known on the day after: both are resolved, the last one two days after the deployment.
    #expect(Self.metrics(story, days: 32, asOf: 32 * Self.day).recovery.median == 172_800)
  }

  // MARK: Several of everything

  @Test func attemptsOfOneRunAreAttemptsAndOneDeployment() {
    var story = Story()
    story.deploy("1.0.0", .failed, run: 1, at: 100)
    story.deploy("1.0.0", run: 1, at: 130) { run, _ in run.attempt = 2 }
    let deployments = Self.metrics(story).deployments
    #expect(deployments.count == 1 && deployments.attempts == 2 && deployments.succeeded == 1)
  }

  @Test func servicesAndEnvironmentsAddUp() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 100)
    story.deploy("1.0.0", to: "staging", run: 2, at: 90)
    story.deploy("1.0.0", run: 3, at: 110, service: "web")
    #expect(Self.metrics(story, environment: nil).deployments.count == 3)
    #expect(Self.metrics(story).deployments.count == 2)
    #expect(Self.metrics(story, service: 1).deployments.count == 1)
    // 5 minutes each, and runs are of no environment.
    #expect(Self.metrics(story).runDuration.sample == 0)
  }

  /// One run for both services: staging first, then production.
  @Test func aRunThatDeploysToSeveralPlacesCountsInEachAndOnceAsARunAndAChange() {
    var story = Story()
    var run = RunRecord(id: "1", state: .succeeded)
    (run.service, run.repository, run.version) = ("shop", "acme/shop", VersionLabel(name: "1.0.0"))
    (run.createdAt, run.startedAt, run.finishedAt) = (minute(0), minute(0), minute(60))
    run.changes = [Self.commit("aaaaaaaaaaaa", at: -60), Self.commit("bbbbbbbbbbbb", at: -20)]
    let targets = [("shop", "staging", 10), ("web", "staging", 20), ("shop", "production", 40), ("web", "production", 50)]
    run.deployments = targets.map { service, environment, finish in
      var deployment = DeploymentRecord(environment: .init(name: environment))
      (deployment.service, deployment.state) = (service, .succeeded)
      (deployment.startedAt, deployment.finishedAt) = (minute(finish - 5), minute(finish))
      return deployment
    }
    story.add(run)
    let all = Self.metrics(story, environment: nil)
    #expect(all.deployments.count == 4 && all.runDuration.sample == 1 && all.runDuration.median == 3600)
    // 70 and 30 minutes, of shop in staging; in production 100 and 60; of web in staging 80 and 40.
    #expect(all.leadTime.sample == 2 && all.leadTime.median == 50 * 60)
    let production = Self.metrics(story)
    #expect(production.deployments.count == 2 && production.leadTime.sample == 2 && production.leadTime.median == 80 * 60)
    let web = Self.metrics(story, service: 1, environment: nil)
    #expect(web.deployments.count == 2 && web.leadTime.sample == 2 && web.leadTime.median == 60 * 60)
    #expect(web.runDuration.sample == 1)
    #expect(Self.metrics(story, service: 1).leadTime.median == 5_400)
  }

  /// One target is run again, told by a number or by its times alone.
  @Test(arguments: [(1, 2), (nil, nil)] as [(Int?, Int?)])
  func aRunToSeveralTargetsCountsOnceThoughOneOfThemWasTriedAgain(first: Int?, second: Int?) {
    var story = Story(environments: ["production"])
    let tries: [(run: String, target: String, state: State, at: Int, attempt: Int?)] = [
      ("6", "eu", .succeeded, 10, nil), ("6", "us", .succeeded, 12, nil), ("7", "eu", .succeeded, 110, nil),
      ("7", "us", .failed, 112, first), ("7", "us", .succeeded, 160, second),
    ]
    for id in ["6", "7"] {
      var run = RunRecord(id: id, state: .succeeded)
      (run.service, run.version) = ("shop", VersionLabel(name: id + ".0.0"))
      run.deployments = tries.filter { $0.run == id }.map { told in
        var deployment = DeploymentRecord(environment: .init(name: "production"))
        (deployment.target, deployment.state, deployment.attempt) = (told.target, told.state, told.attempt)
        (deployment.startedAt, deployment.finishedAt) = (minute(told.at - 8), minute(told.at))
        return deployment
      }
      story.add(run)
    }
    let deployments = Self.metrics(story, environment: nil).deployments
    #expect(deployments.count == 2 && deployments.attempts == 3 && deployments.succeeded == 2)
  }

  @Test func aRunThatEndsBeforeItBeganIsLeftOutAndCounted() {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 100) { run, _ in (run.startedAt, run.finishedAt) = (minute(110), minute(100)) }
    let duration = Self.metrics(story, environment: nil).runDuration
    #expect(duration.sample == 0 && duration.median == nil && duration.negative == 1)
  }

  @Test func runsOfTheWindowHaveADuration() {
    var story = Story()
    for (number, length) in [(1, 10), (2, 30)] {
      story.deploy("1.\(number).0", run: number, at: number * 100) { run, _ in
        run.startedAt = minute(number * 100 - length)
        run.finishedAt = minute(number * 100)
      }
    }
    let duration = Self.metrics(story, environment: nil).runDuration
    #expect(duration.sample == 2 && duration.median == 20 * 60)
  }
}

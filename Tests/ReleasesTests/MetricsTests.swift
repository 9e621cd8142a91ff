import Testing

@testable import Releases

/// The metrics against figures computed by hand. Minutes count from 2026-01-01T00:00:00Z.
@Suite struct MetricsTests {
  private static let hour = 60
  private static let day = 1440

  private static func metrics(
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

  private static func incident(_ id: String, causedBy: String, resolvedAt: Int?, fixedBy: [String] = []) -> IncidentRecord {
    var incident = IncidentRecord(id: id, state: resolvedAt == nil ? .detected : .resolved)
    incident.service = "shop"
    incident.environment = "production"
    incident.causedBy = [causedBy]
    incident.fixedBy = fixedBy
    incident.startedAt = minute(0)
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
    // 160, 100 and 300 minutes.
    #expect(lead.sample == 3 && lead.median == 160 * 60 && lead.p90 == (160 + 140 * 0.8) * 60)
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

  @Test func aHotfixAfterARedeployMendsWhatWasDeployedFirst() {
    var story = Story()
    story.deploy("1.0.0", to: "staging", at: 90)
    story.deploy("1.0.0", at: 100)
    story.deploy("1.0.0", at: 150)  // the same again
    story.deploy("1.0.1", at: 220)  // never was in staging
    let metrics = Self.metrics(story)
    #expect(metrics.changeFailRate.count == 1 && metrics.changeFailRate.of == 2)
    #expect(metrics.recovery.median == 120 * 60 && metrics.rework.count == 1)
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

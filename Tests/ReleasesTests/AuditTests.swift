import Support
import Testing

@testable import Joining
@testable import Records
@testable import Releases
@testable import Time

/// What the audit says of one change of production.
@Suite struct AuditTests {
  /// One deployment of 1.0.0 by Ana, written by Bo, behind the gates that `change` adds.
  private static func story(
    _ state: State = .succeeded, change: (inout RunRecord, inout DeploymentRecord) -> Void = { _, _ in }
  ) -> Story {
    var story = Story(environments: ["production"])
    story.configuration.environments[0].tier = .production
    add("1.0.0", to: &story, state, change: change)
    return story
  }

  private static func add(
    _ version: String, to story: inout Story, _ state: State = .succeeded, at: Int? = nil, run: Int? = nil,
    change: (inout RunRecord, inout DeploymentRecord) -> Void = { _, _ in }
  ) {
    story.deploy(version, state, run: run, at: at) { run, deployment in
      run.actor = Actor(name: "Ana Lima", id: "ana", kind: .human)
      var commit = Change(sha: "aaaaaaaaaaaa")
      commit.author = "Bo Berg <bo@example.com>"
      run.commit = commit
      change(&run, &deployment)
    }
  }

  private static func gate(
    _ state: Gate.State = .approved, by: [String?] = [], key: String = "p", at: Timestamp? = nil, word: String? = nil
  ) -> Gate {
    var gate = Gate(kind: .human, state: state)
    gate.key = key
    gate.environment = "production"
    gate.decisions = by.map { Gate.Decision(by: $0, at: at, decision: word) }
    return gate
  }

  private static func audit(_ story: Story, _ index: Int = 0) -> AuditedChange {
    AuditRule(story.joined().catalog).judge(0, index)
  }

  private static func flags(_ story: Story, _ index: Int = 0) -> [AuditedChange.Flag] { audit(story, index).flags }

  @Test func tellsWhoAskedWhoWroteAndWhoApproved() {
    let found = Self.audit(Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"])] })
    #expect(found.asked?.name == "Ana Lima")
    #expect(found.authors == ["Bo Berg <bo@example.com>"])
    #expect(found.approvals.map(\.by) == ["Cy"])
    #expect(found.flags == [])
  }

  @Test(arguments: ["Ana Lima", "ana", "ANA  lima", "@ana", "Bo Berg", "bo berg <other@example.com>"])
  func whoAskedOrWroteMayNotBeTheOnlyOneWhoApproves(name: String) {
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: [name])] }) == [.selfApproval])
  }

  @Test func whoRequestedTheDecisionAsked() {
    let story = Self.story { run, _ in
      var gate = Self.gate(by: ["Cy"])
      gate.requestedBy = "cy"
      run.gates = [gate]
    }
    #expect(Self.flags(story) == [.selfApproval])
  }

  @Test func anAuthorOfOneOfManyChangesWroteIt() {
    let story = Self.story { run, _ in
      var change = Change(sha: "bbbbbbbbbbbb")
      change.author = "Cy"
      run.changes = [change]
      run.gates = [Self.gate(by: ["Cy"])]
    }
    #expect(Self.flags(story) == [.selfApproval])
  }

  @Test func aSecondApproverIsEnough() {
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["Ana Lima", "Cy"])] }) == [])
  }

  @Test func ofSeveralGatesOneSecondPersonIsEnough() {
    let story = Self.story { run, _ in run.gates = [Self.gate(by: ["ana"]), Self.gate(by: ["Cy"], key: "q")] }
    #expect(Self.flags(story) == [])
    #expect(Self.audit(story).approvals.map(\.by) == ["ana", "Cy"])
  }

  @Test func aGateOfSeveralThatWasRejectedWasPassedBy() {
    let story = Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"]), Self.gate(.rejected, by: ["Di"], key: "q")] }
    #expect(Self.flags(story) == [.bypassed])
  }

  @Test(arguments: [Gate.State.rejected, .expired, .cancelled, .skipped, .waiting])
  func aGateThatDidNotOpenAndWentOutAllTheSame(state: Gate.State) {
    let story = Self.story { run, deployment in
      deployment.gate = "p"
      run.gates = [Self.gate(state, by: ["Cy"])]
    }
    #expect(Self.flags(story) == [.missingApproval, .bypassed])
  }

  @Test(arguments: ["bypassed", "Force", "overridden"])
  func aDecisionThatWasForced(word: String) {
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"], word: word)] }) == [.bypassed])
  }

  @Test func aBotIsNoApprover() {
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["deployer[bot]"])] }) == [.missingApproval])
    var story = Self.story { run, _ in run.gates = [Self.gate(by: ["robo"])] }
    #expect(Self.flags(story) == [], "nothing says that it is one")
    Self.add("1.1.0", to: &story) { run, _ in run.actor = Actor(name: "Robo", kind: .bot) }
    #expect(Self.flags(story) == [.missingApproval])
  }

  @Test func aNoIsNoApprovalAndNorIsOneAfterTheFact() {
    #expect(
      Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"], word: "Rejected")] }) == [.missingApproval])
    #expect(
      Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"], at: minute(11))] }) == [.missingApproval],
      "it was over at minute 10")
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"], at: minute(10))] }) == [])
  }

  @Test func whoIsNotNamedIsNotRecordedAndNeverFine() {
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate()] }) == [.notRecorded], "no decision")
    #expect(Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: [nil])] }) == [.notRecorded])
    #expect(
      Self.flags(Self.story { run, _ in run.gates = [Self.gate(by: ["ana", nil])] }) == [.notRecorded],
      "the other one may be a second person")
    #expect(
      Self.flags(
        Self.story { run, _ in
          run.actor = nil
          run.gates = [Self.gate(by: ["Cy"])]
        }) == [.notRecorded], "Cy may have asked")
    #expect(
      Self.flags(
        Self.story { run, _ in
          run.commit = Change(sha: "aaaaaaaaaaaa")
          run.gates = [Self.gate(by: ["Cy"])]
        }) == [.notRecorded], "Cy may have written it")
    #expect(
      Self.flags(
        Self.story { run, _ in
          run.actor = nil
          run.commit = nil
          run.gates = [Self.gate(by: ["Cy"])]
        }) == [.notRecorded])
  }

  @Test func whetherAnybodyDecidedIsNotRecorded() {
    #expect(Self.flags(Self.story()) == [.notRecorded], "neither gate nor promotion")
    #expect(Self.flags(Self.story { _, deployment in deployment.promotion = .automatic }) == [])
    #expect(Self.flags(Self.story { _, deployment in deployment.promotion = .manual }) == [])
  }

  @Test(arguments: [(Configuration.GateRule.manual, [AuditedChange.Flag.missingApproval]), (.none, [])])
  func theConfigurationTellsWhetherAnApprovalIsDue(rule: Configuration.GateRule, flags: [AuditedChange.Flag]) {
    var story = Self.story()
    story.configuration.environments[0].gate = rule
    #expect(Self.flags(story) == flags)
  }

  @Test func withoutOneTheSuccessBeforeTells() {
    var story = Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"])] }
    Self.add("1.1.0", to: &story, .failed) { _, deployment in deployment.promotion = .automatic }
    Self.add("1.1.0", to: &story) { _, deployment in deployment.promotion = .automatic }
    Self.add("1.2.0", to: &story) { _, deployment in deployment.promotion = .automatic }
    #expect((0...3).map { Self.flags(story, $0) } == [[], [.missingApproval], [.missingApproval], []])
  }

  @Test func eachAttemptOfARunStandsOnItsOwnRecord() {
    var story = Story(environments: ["production"])
    for attempt in 1...2 {
      Self.add("1.0.0", to: &story, attempt == 1 ? .failed : .succeeded, at: attempt * 10, run: 1) { run, _ in
        run.attempt = attempt
        run.actor = Actor(name: attempt == 1 ? "Ana" : "Cy", kind: .human)
        run.gates = [Self.gate(by: ["Cy"])]
      }
    }
    #expect((0...1).map { Self.audit(story, $0).asked?.name } == ["Ana", "Cy"])
    #expect((0...1).map { Self.flags(story, $0) } == [[], [.selfApproval]])
  }

  @Test func aRollbackInAFreezeIsFlagged() {
    var story = Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"])] }
    Self.add("1.1.0", to: &story) { run, _ in run.gates = [Self.gate(by: ["Cy"])] }
    Self.add("1.0.0", to: &story) { run, _ in run.gates = [Self.gate(by: ["Cy"])] }
    // They run from 5 to 10, 15 to 20 and 25 to 30.
    let freeze = Configuration.Freeze(
      from: minute(21), to: minute(29), environments: ["PRODUCTION"], reason: "Holidays", kind: .freeze)
    story.configuration.freezes = [freeze]
    #expect((0...2).map { Self.flags(story, $0) } == [[], [], [.freeze]])
    #expect(Self.audit(story, 2).freezes.map(\.reason) == ["Holidays"])
    for (from, to, isIn) in [(30, 40, true), (31, 40, false), (20, 25, false), (20, 26, true)] {
      story.configuration.freezes[0].from = minute(from)
      story.configuration.freezes[0].to = minute(to)
      #expect(Self.flags(story, 2).contains(.freeze) == isIn, "\(from) to \(to)")
    }
    story.configuration.freezes[0].environments = ["staging"]
    #expect(Self.flags(story, 2) == [])
    story.configuration.freezes[0].environments = []
    #expect(Self.flags(story, 2) == [.freeze])
    story.configuration.freezes[0].kind = .maintenance
    #expect(Self.flags(story, 2) == [])
  }

  @Test func aFreezeMayNameTheEnvironmentAsRecordsDo() {
    var story = Self.story()
    story.configuration.environments[0].match = ["prod-*"]
    let freeze = Configuration.Freeze(from: minute(0), to: minute(20), environments: ["prod-eu"], reason: nil, kind: .freeze)
    story.configuration.freezes = [freeze]
    #expect(Self.flags(story) == [.freeze, .notRecorded])
  }

  @Test func aGateOfAnotherEnvironmentOrStepIsNotBeforeIt() {
    let story = Self.story { run, deployment in
      var other = Self.gate(by: ["Cy"])
      other.environment = "staging"
      var step = Self.gate(by: ["Cy"], key: "q")
      step.environment = nil
      step.step = "elsewhere"
      run.gates = [other, step]
      deployment.promotion = .automatic
    }
    #expect(Self.audit(story).approvals == [])
  }

  @Test func aGateThatNamesNothingStandsBeforeWhatBeganAfterIt() {
    for (at, approvals) in [(4, 1), (6, 0)] {
      let story = Self.story { run, _ in
        var gate = Self.gate(by: ["Cy"], at: minute(at))
        gate.environment = nil
        run.gates = [gate]
      }
      #expect(Self.audit(story).approvals.count == approvals, "it began at minute 5")
    }
  }

  @Test func countsTheChangesOfAMonth() {
    var story = Self.story { run, _ in run.gates = [Self.gate(by: ["Cy"])] }
    Self.add("1.1.0", to: &story) { _, deployment in deployment.promotion = .automatic }
    Self.add("1.2.0", to: &story)
    Self.add("1.3.0", to: &story, at: 60 * 24 * 40)
    let catalog = story.joined().catalog
    let month = Period.month(Month(year: 2026, month: 1))
    let audit = MonthlyAudit(catalog, AuditRule(catalog), MonthIndex(catalog), month)
    #expect(audit.items.map(\.deployment.version) == ["1.2.0", "1.1.0", "1.0.0"])
    #expect((audit.approved, audit.ungated, audit.otherwise) == (1, 1, 1))
    #expect(audit.flagged == audit.items.count { !$0.change.flags.isEmpty })
    #expect(audit.outcome == (audit.flagged == 0 ? .clean : .flagged))
  }
}

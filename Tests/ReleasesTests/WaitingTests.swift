import Joining
import Records
import Releases
import Support
import Testing
import Time

/// rules.md, Current and Pending: what waits at a gate, in what order, since when, and what holds it.
struct WaitingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var live: [String] = []
    /// `version`, newest request last.
    var asked: [String]
    var waiting: [String]
  }

  static let rows: [Row] = [
    Row(testDescription: "one", live: ["1.0.0"], asked: ["1.1.0"], waiting: ["1.1.0"]),
    Row(testDescription: "before the first", asked: ["1.0.0"], waiting: ["1.0.0"]),
    Row(testDescription: "of one pipeline only the newest", live: ["1.0.0"], asked: ["1.1.0", "1.2.0"], waiting: ["1.2.0"]),
    Row(
      testDescription: "the newest request, not the highest version", live: ["1.0.0"], asked: ["1.2.0", "1.1.0"],
      waiting: ["1.1.0"]),
    Row(testDescription: "lower than what is live", live: ["1.1.0"], asked: ["1.0.0"], waiting: []),
    Row(testDescription: "what is live", live: ["1.1.0"], asked: ["1.1.0"], waiting: []),
    Row(testDescription: "passed by what is live", live: ["1.0.0", "1.2.0"], asked: ["1.1.0"], waiting: []),
  ]

  @Test(arguments: rows)
  func onlyWhatStillBringsSomethingWaits(row: Row) {
    var story = Story(environments: ["production"])
    for version in row.live { story.deploy(version) }
    for version in row.asked { story.deploy(version, .waiting) }
    let view = story.view()
    #expect(view.cell.waiting.map(\.version) == row.waiting)
    let others = view.deployments.filter { $0.state == .superseded }.map(\.version)
    #expect(others.count + row.waiting.count == row.asked.count)
    #expect(view.lastAttempt == nil)
  }

  private func wait(
    _ story: inout Story, _ version: String, run: Int, asked: Int? = nil, ref: Ref? = nil, sha: String? = nil,
    pipeline: String = "main",
    change: (inout RunRecord, inout DeploymentRecord) -> Void = { _, _ in }
  ) {
    story.deploy(version, .waiting, run: run, at: 100 + run, sha: sha, pipeline: pipeline) { run, deployment in
      run.ref = ref
      var gate = GateTests.gate("p", .waiting, environment: "production")
      gate.requestedAt = asked.map(minute)
      run.gates = [gate]
      change(&run, &deployment)
    }
  }

  @Test
  func pipelinesAndRefsWaitSideBySideTheNewestRequestFirst() {
    var story = Story(environments: ["production"])
    let main = Ref(name: "main", type: .branch)
    wait(&story, "1.0.0", run: 1, asked: 20, ref: main)
    wait(&story, "1.0.1", run: 2, asked: 40, ref: Ref(name: "fix", type: .branch))
    wait(&story, "1.0.2", run: 3, asked: 30, ref: main, pipeline: "other")
    #expect(story.view().cell.waiting.map(\.version) == ["1.0.1", "1.0.2", "1.0.0"])
  }

  @Test
  func allTagsAreOneRef() {
    var story = Story(environments: ["production"])
    wait(&story, "1.0.0", run: 1, asked: 20, ref: Ref(name: "v1.0.0", type: .tag))
    wait(&story, "1.1.0", run: 2, asked: 30, ref: Ref(name: "v1.1.0", type: .tag))
    wait(&story, "1.2.0", run: 3, asked: 25, ref: Ref(name: "v1.1.0", type: .branch))
    let view = story.view()
    #expect(view.cell.waiting.map(\.version) == ["1.1.0", "1.2.0"])
    #expect(view.deployments.filter { $0.state == .superseded }.map(\.version) == ["1.0.0"])
  }

  @Test(arguments: [
    ([Int?.some(30), 20], "1.1.0"), ([20, 30], "1.2.0"), ([nil, nil], "1.2.0"), ([20, 20], "1.2.0"),
    // Without a request the creation counts, which is minute 96 of the second run.
    ([97, nil], "1.1.0"), ([95, nil], "1.2.0"),
  ])
  func theNewestIsByRequestElseCreationThenNumber(asked: [Int?], newest: String) {
    var story = Story(environments: ["production"])
    wait(&story, "1.1.0", run: 1, asked: asked[0])
    wait(&story, "1.2.0", run: 2, asked: asked[1])
    #expect(story.view().cell.waiting.map(\.version) == [newest])
  }

  @Test(arguments: [
    // version and commit live; the same version of another commit; of no known commit
    ("1.0.0", String?.some("aaaaaaa1"), 2, false), ("1.0.0", "bbbbbbb2", 2, true), ("1.0.0", nil, 2, false),
    // Versions that cannot be compared: an older run of the pipeline, a newer one.
    ("cccccc1d", "cccccc1d", 0, false), ("cccccc1d", "cccccc1d", 2, true),
  ])
  func whatIsLiveOrOlderIsSuperseded(version: String, sha: String?, run: Int, waits: Bool) {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0", run: 1, sha: "aaaaaaa1")
    wait(&story, version, run: run, asked: 30, sha: sha)
    let view = story.view()
    #expect(view.cell.waiting.count == (waits ? 1 : 0))
    #expect(view.deployments.filter { $0.state == .superseded }.count == (waits ? 0 : 1))
  }

  @Test
  func anOlderRunOfAnotherPipelineStillWaits() {
    var story = Story(environments: ["production"])
    story.deploy("aaaaaaa1", run: 5)
    wait(&story, "bbbbbbb2", run: 3, asked: 60, pipeline: "other")
    #expect(story.view().cell.waiting.map(\.version) == ["bbbbbbb2"])
  }

  @Test(arguments: [DeploymentRecord.Action.rollback, .remove])
  func whatIsMeantToGoBackWaits(action: DeploymentRecord.Action) {
    var story = Story(environments: ["production"])
    story.deploy("1.1.0")
    wait(&story, "1.0.0", run: 2, asked: 30) { _, deployment in deployment.action = action }
    #expect(story.view().cell.waiting.map(\.version) == ["1.0.0"])
    #expect(story.view().cell.waiting.map(\.brings) == [[]])
  }

  @Test
  func theAgeIsSinceTheRequestElseTheStartElseTheCreation() {
    let since = { (change: (inout RunRecord, inout DeploymentRecord) -> Void) -> Timestamp? in
      var story = Story(environments: ["production"])
      wait(&story, "1.0.0", run: 1, change: change)
      return story.view().cell.waiting.first?.since
    }
    #expect(since { _, _ in } == minute(95))
    #expect(since { run, _ in run.startedAt = minute(97) } == minute(97))
    #expect(since { _, deployment in deployment.startedAt = minute(98) } == minute(98))
    #expect(
      since { run, deployment in
        deployment.startedAt = minute(98)
        run.gates[0].requestedAt = minute(99)
      } == minute(99))
    #expect(since { run, _ in run.createdAt = nil } == nil)
  }

  @Test
  func aWaitingReleaseBringsTheRangeAboveWhatIsLive() {
    var story = Story()
    for version in ["1.3.0", "1.2.0", "1.1.0", "1.0.0"] { story.note(version) }
    story.deploy("1.0.0", to: "staging")
    story.deploy("1.0.0")
    // Without a note, but upstream; and lower than what waits only as a version.
    story.deploy("1.1.5", to: "staging")
    story.deploy("1.2.0", to: "staging")
    story.deploy("1.2.0", .waiting) { run, _ in
      run.gates = [GateTests.gate("p", .waiting, environment: "production")]
      run.gates[0].allowed = ["ana", "bo"]
    }
    let waiting = story.view().cell.waiting
    #expect(waiting.map(\.brings) == [["1.2.0", "1.1.5", "1.1.0"]])
    #expect(waiting.map(\.allowed) == [["ana", "bo"]])
  }

  @Test
  func aFirstDeploymentBringsOnlyItself() {
    var story = Story(environments: ["production"])
    for version in ["1.2.0", "1.1.0"] { story.note(version) }
    wait(&story, "1.2.0", run: 1)
    #expect(story.view().cell.waiting.map(\.brings) == [["1.2.0"]])
  }

  /// What a run says of its commits goes back to the run before it, not to the one that is live here.
  @Test
  func theChangesOfAllRunsThatHavePassedUpstreamWait() {
    var story = Story()
    let changes = { (shas: String...) in
      { (run: inout RunRecord, _: inout DeploymentRecord) in run.changes = shas.map { Change(sha: $0) } }
    }
    story.deploy("1.0.0", to: "staging", change: changes("a1"))
    story.deploy("1.0.0", change: changes("a1"))
    story.deploy("1.1.0", to: "staging", change: changes("b1", "b2"))
    story.deploy("1.0.0", to: "staging", change: changes("a1"))
    story.deploy("1.2.0", to: "staging", change: changes("c1"))
    story.deploy("1.3.0", to: "staging", change: changes("d1"))
    story.deploy("1.2.0", .waiting, change: changes("c1"))
    #expect(story.view().cell.waiting.map { $0.changes.map(\.sha) } == [["c1", "b1", "b2"]])
    story.deploy("1.4.0", to: "staging")
    story.deploy("1.5.0", .waiting, change: changes("e1"))
    #expect(story.view().cell.waiting.map(\.version) == ["1.5.0"])
    #expect(story.view().cell.waiting.map { $0.changes.map(\.sha) } == [[]], "those of 1.4.0 are not known")
  }

  @Test
  func withoutAnEnvironmentBeforeItARunBringsItsOwnChanges() {
    var story = Story(environments: ["production"])
    story.deploy("1.0.0")
    wait(&story, "1.1.0", run: 2) { run, _ in run.changes = [Change(sha: "b1")] }
    #expect(story.view().cell.waiting.map { $0.changes.map(\.sha) } == [["b1"]])
  }

  private func freeze(_ from: Int, _ to: Int, _ environments: [String] = [], kind: Configuration.Freeze.Kind = .freeze)
    -> Configuration.Freeze
  {
    Configuration.Freeze(from: minute(from), to: minute(to), environments: environments, reason: "holidays", kind: kind)
  }

  @Test
  func aFreezeOfTheEnvironmentHoldsWhatWaitsWhileItLasts() {
    var story = Story()
    story.configuration.environments[1].match = ["live"]
    wait(&story, "1.0.0", run: 1)
    story.asOf = minute(500)
    let holding = [freeze(500, 501), freeze(0, 501, ["Staging", "LIVE"])]
    let others = [
      freeze(0, 500), freeze(501, 600), freeze(0, 900, ["staging"]), freeze(0, 900, kind: .maintenance),
      freeze(0, 900, ["nowhere"]),
    ]
    story.configuration.freezes = others + holding
    let view = story.view()
    #expect(view.cell.waiting.map(\.holds) == [holding.map { .freeze($0) }])
    #expect(view.messages == ["freeze-unknown-environment"])
  }

  @Test
  func listsTheFreezesThatAreNotOver() {
    var story = Story()
    story.asOf = minute(500)
    let week = 7 * 1_440
    let (over, here, there) = (freeze(0, 500), freeze(400, 900), freeze(300, 600, ["staging"]))
    let (near, far) = (freeze(600, 700, ["production"]), freeze(501 + week, 502 + week))
    story.configuration.freezes = [far, near, here, there, over]
    let catalog = story.joined().catalog
    #expect(catalog.openFreezes().map(\.from) == [there, here, near, far].map(\.from))
    #expect(catalog.openFreezes(of: 1).map(\.from) == [here, near, far].map(\.from))
    #expect(catalog.nearFreezes().map(\.from) == [there, near, here].map(\.from))
    #expect(catalog.nextFreeze(of: 1)?.from == near.from)
    #expect(catalog.nextFreeze(of: 0) == nil)
  }

  @Test
  func theGateThatAPersonCanOpenNowIsTheMostUrgent() {
    var story = Story(environments: ["staging", "production", "backup"])
    story.asOf = minute(500)
    story.configuration.environments[2].archived = true
    story.configuration.freezes = [freeze(0, 900, ["staging"])]
    let places = [("a", "staging", 300), ("b", "production", 400), ("c", "production", 350), ("d", "backup", 100)]
    for (number, (service, place, asked)) in places.enumerated() {
      story.deploy("1.0.0", to: place, .waiting, run: number + 1, at: 200 + number, service: service) { run, _ in
        var gate = GateTests.gate("p", .waiting, environment: place)
        gate.requestedAt = minute(asked)
        run.gates = [gate]
      }
    }
    story.deploy("1.0.0", .waiting, run: 9, at: 210, service: "e") { run, _ in
      var gate = GateTests.gate("p", .waiting, environment: "production")
      gate.kind = .lock
      gate.requestedAt = minute(10)
      run.gates = [gate]
    }
    let catalog = story.joined().catalog
    #expect(catalog.waitingGates().map { catalog.services[$0.service].key } == ["c", "b", "a", "e"])
    #expect(catalog.waitingGates(in: 1).map { catalog.services[$0.service].key } == ["c", "b", "e"])
  }

  @Test
  func otherGatesOfTheRunHoldItToo() {
    var story = Story()
    var run = RunRecord(id: "1", state: .waiting)
    run.service = "shop"
    run.gates = [
      GateTests.gate("person", .waiting, environment: "production"),
      GateTests.gate("person", .waiting, environment: "production"),
      GateTests.gate("check", .waiting, .check), GateTests.gate("done", .approved, .check),
      GateTests.gate("elsewhere", .waiting, .lock, environment: "staging"),
      GateTests.gate("build", .waiting, .timer, step: "build"),
      // These two stand before another deployment of the run.
      GateTests.gate("key", .waiting, .lock), GateTests.gate("step", .waiting, .lock, step: "stage"),
      GateTests.gate("own", .waiting, .policy, step: "deploy"),
    ]
    run.gates[7].environment = ""
    var staging = DeploymentRecord(environment: .init(name: "staging"))
    staging.step = "stage"
    staging.gate = "key"
    staging.state = .waiting
    var production = DeploymentRecord(environment: .init(name: "production"))
    production.step = "deploy"
    production.gate = "person"
    production.state = .waiting
    run.deployments = [staging, production]
    run.steps = ["build", "stage", "deploy"].map { name in
      var step = Step(name: name, state: .queued)
      step.key = name
      return step
    }
    story.add(run)
    let holds = story.view().cell.waiting.first?.holds.map { hold in
      switch hold {
      case .freeze: "freeze"
      case .gate(let kind, let key): "\(kind) \(key ?? "")"
      }
    }
    #expect(holds == ["human person", "check check", "timer build", "policy own"])
  }
}

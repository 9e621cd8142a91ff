import Support
import Testing

@testable import Records
@testable import Releases
@testable import Time

/// Where a commit is, since when, and whether it left.
@Suite struct ChangeStaysTests {
  /// Deploys a run whose record names `changes`, the last of them as its commit.
  private static func deploy(
    _ version: String, _ changes: [String], to environment: String = "production", in story: inout Story, run: Int? = nil,
    _ state: State = .succeeded, change: (inout RunRecord, inout DeploymentRecord) -> Void = { _, _ in }
  ) {
    story.deploy(version, to: environment, state, run: run, at: (story.input.runs.count + 1) * 10) { run, deployment in
      run.changes = changes.map(Self.commit)
      run.commit = changes.last.map(Self.commit)
      change(&run, &deployment)
    }
  }

  private static func commit(_ name: String) -> Change {
    var change = Change(sha: sha(name))
    change.author = "Bo"
    return change
  }

  /// `a` stands for a sha of ten a.
  private static func sha(_ name: String) -> String { String(repeating: name, count: 10) }

  /// `production 10-30 40-`: when a commit was live in each environment, in minutes.
  private static func stays(_ story: Story, _ name: String) -> String {
    let catalog = story.joined().catalog
    let service = catalog.services[0]
    let known = service.knownChanges
    guard let place = known.firstIndex(where: { $0.change.sha == sha(name) }) else { return "unknown" }
    let stays = service.stays(of: known.map { Cargo(carriers: $0.carriers) })[place]
    let time = { (index: Int) in String((service.deployments[index].time?.seconds ?? 0 - Story.start) / 60 - Story.start / 60) }
    return Set(stays.map(\.environment)).sorted().map { environment in
      let own = stays.filter { $0.environment == environment }.map { time($0.deployment) + "-" + ($0.end.map(time) ?? "") }
      return ([catalog.environments[environment].key] + own).joined(separator: " ")
    }.joined(separator: "; ")
  }

  private static func check(_ story: Story, _ expected: [String: String], line: Int = #line) {
    for (name, text) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(stays(story, name) == text, "\(name), line \(line)")
    }
  }

  @Test func arrivesWithTheFirstSuccessThatCarriesIt() {
    var story = Story()
    Self.deploy("1.0.0", ["a"], to: "staging", in: &story)
    Self.deploy("1.0.0", ["a"], in: &story, .failed)
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.check(story, ["a": "staging 10-; production 30-"])
  }

  @Test func theDeployedCommitIsCarriedToo() {
    var story = Story()
    Self.deploy("1.0.0", [], in: &story) { run, _ in run.commit = Self.commit("c") }
    Self.check(story, ["c": "production 10-"])
  }

  @Test func whatWasSkippedComesWithTheHigherVersion() {
    var story = Story()
    Self.deploy("1.0.0", ["a"], to: "staging", in: &story)
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.deploy("1.1.0", ["b"], to: "staging", in: &story)
    Self.deploy("1.2.0", ["c"], to: "staging", in: &story)
    Self.deploy("1.3.0", ["d"], to: "staging", in: &story)
    Self.deploy("1.2.0", ["c"], in: &story)
    Self.check(
      story,
      [
        "a": "staging 10-; production 20-", "b": "staging 30-; production 60-", "c": "staging 40-; production 60-",
        "d": "staging 50-",
      ])
  }

  @Test func leavesWithARollbackAndComesAgain() {
    var story = Story()
    for (version, changes) in [("1.0.0", ["a"]), ("1.1.0", ["b"]), ("1.2.0", ["c"]), ("1.0.0", ["a"]), ("1.2.0", ["c"])] {
      Self.deploy(version, changes, in: &story)
    }
    Self.check(story, ["a": "production 10-", "b": "production 20-40 50-", "c": "production 30-40 50-"])
  }

  @Test func aRollbackToAVersionThatWasNeverHereTakesWhatIsAboveIt() {
    var story = Story()
    Self.deploy("1.1.0", ["b"], to: "staging", in: &story)
    Self.deploy("1.2.0", ["c"], in: &story)
    Self.deploy("1.1.0", ["b"], in: &story)
    Self.check(story, ["b": "staging 10-; production 20-", "c": "production 20-30"])
  }

  @Test func aRemovalTakesAll() {
    var story = Story()
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.deploy("1.0.0", [], in: &story) { _, deployment in deployment.action = .remove }
    Self.deploy("1.1.0", ["b"], in: &story)
    Self.check(story, ["a": "production 10-20 30-", "b": "production 30-"])
  }

  @Test func aCherryPickIsACommitOfItsOwn() {
    var story = Story()
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.deploy("1.1.0", ["b"], to: "staging", in: &story)
    Self.deploy("1.0.1", ["c"], in: &story) { _, deployment in deployment.hotfix = true }
    Self.check(story, ["b": "staging 20-", "c": "production 30-"])
    Self.deploy("1.2.0", ["d"], in: &story)
    Self.check(story, ["b": "staging 20-; production 40-", "c": "production 30-"])
  }

  @Test func aFixOfAnotherLineLeavesWhereTheNewVersionLacksIt() {
    var story = Story()
    story.note("1.0.0", on: "2026-01-01")
    story.note("1.0.1", on: "2026-01-20")
    story.note("1.1.0", on: "2026-01-10")
    story.note("1.1.1", on: "2026-01-25")
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.deploy("1.0.1", ["c"], in: &story)
    Self.deploy("1.1.0", ["b"], in: &story)
    Self.deploy("1.1.1", ["d", "c"], in: &story)
    Self.check(story, ["a": "production 10-", "b": "production 30-", "c": "production 20-30 40-"])
  }

  @Test func theSameCommitInTwoRunsIsOne() {
    var story = Story()
    Self.deploy("1.0.0", ["a", "b"], to: "staging", in: &story, run: 1)
    Self.deploy("1.0.1", ["b"], to: "staging", in: &story, run: 2) { run, _ in
      run.changes[0].sha = String(run.changes[0].sha.prefix(8))
      run.changes[0].message = "Mend it"
    }
    let known = story.joined().catalog.services[0].knownChanges
    #expect(known.map(\.change.sha) == [Self.sha("b"), Self.sha("a")])
    #expect(known[0].carriers == [0, 1])
    #expect(known[0].change.message == "Mend it")
    Self.check(story, ["b": "staging 10-"])
  }

  @Test func attemptsOfOneRunAreDeploymentsOfTheirOwn() {
    var story = Story()
    for (attempt, state) in [State.failed, .succeeded].enumerated() {
      Self.deploy("1.0.0", ["a"], in: &story, run: 1, state) { run, _ in run.attempt = attempt + 1 }
    }
    Self.check(story, ["a": "production 20-"])
    #expect(story.joined().catalog.services[0].knownChanges.map(\.carriers) == [[0, 1]])
  }

  @Test func anotherBuildOfTheSameVersionIsNotHeldByTheFirst() {
    var story = Story()
    Self.deploy("1.0.0", ["a"], to: "staging", in: &story)
    Self.deploy("1.0.0", ["b"], to: "staging", in: &story)
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.check(story, ["a": "staging 10-; production 30-", "b": "staging 20-"])
    Self.deploy("1.0.0", ["a"], to: "staging", in: &story)
    Self.check(story, ["a": "staging 10-; production 30-", "b": "staging 20-40"])
  }

  @Test func nothingHoldsWhatWasBuiltAfterIt() {
    var story = Story()
    Self.deploy("1.1.0", ["b"], to: "staging", in: &story)
    Self.deploy("1.0.1", ["c"], in: &story)
    Self.deploy("1.1.0", ["b"], in: &story) { run, _ in run.createdAt = minute(13) }
    Self.check(story, ["b": "staging 10-; production 30-", "c": "production 20-30"])
    Self.deploy("1.1.1", ["d"], in: &story)
    Self.check(story, ["c": "production 20-30 40-"])
  }

  @Test func versionsWithoutAnOrderStayUntilARollback() {
    var story = Story()
    let hashes = ["fa10000000aa", "fb20000000bb", "fc30000000cc"]
    for (hash, name) in [(0, "a"), (1, "b"), (2, "c"), (0, "a"), (2, "c")] {
      Self.deploy(hashes[hash], [name], in: &story)
    }
    Self.check(story, ["a": "production 10-", "b": "production 20-40 50-", "c": "production 30-40 50-"])
  }

  @Test func aRunThatOvertookAnotherTakesBackWhatThatBrought() {
    var story = Story()
    Self.deploy("fa10000000aa", ["a"], in: &story, run: 1)
    Self.deploy("fc30000000cc", ["c"], in: &story, run: 3)
    Self.deploy("fb20000000bb", ["b"], in: &story, run: 2)
    Self.check(story, ["a": "production 10-", "b": "production 30-", "c": "production 20-30"])
  }

  @Test func aNoteIsPartOfItsReleaseWhateverItsBuild() {
    var story = Story()
    Self.deploy("1.1.0", [], in: &story)
    Self.deploy("1.0.0", [], in: &story)
    let service = story.joined().catalog.services[0]
    let stays = service.stays(of: [Cargo(carriers: [], version: "v1.1.0"), Cargo(carriers: [], version: "1.0.0")])
    #expect(stays[0] == [Stay(environment: 1, deployment: 0, end: 1)])
    #expect(stays[1] == [Stay(environment: 1, deployment: 0, end: nil)])
  }

  @Test func whatWaitsIsTold() {
    var story = Story()
    Self.deploy("1.0.0", ["a"], in: &story)
    Self.deploy("1.1.0", ["b"], to: "staging", in: &story)
    Self.deploy("1.2.0", ["c"], in: &story, .waiting)
    let catalog = story.joined().catalog
    let known = catalog.services[0].knownChanges
    let waiting = catalog.histories[0].map { $0.cell.waiting.map(\.deployment) }
    #expect(waiting == [[], [2]])
    let found = catalog.services[0].waiting(for: known.map { Cargo(carriers: $0.carriers) }, waiting)
    #expect(known.map { String($0.change.sha.prefix(1)) } == ["a", "b", "c"])
    #expect(found == [[nil, 2], [nil, 2], [nil, 2]], "it would hold what is live, too")
  }

  @Test func timesAreOfTheCommitElseOfTheFirstDeploymentElseOfTheRun() {
    var story = Story()
    Self.deploy("1.0.0", ["a", "b"], in: &story) { run, _ in run.changes[0].committedAt = minute(2) }
    story.add(
      {
        var run = RunRecord(id: "9", state: .failed)
        run.service = "shop"
        run.createdAt = minute(50)
        run.changes = [Self.commit("d")]
        return run
      }())
    let known = story.joined().catalog.services[0].knownChanges
    let times = Dictionary(known.map { (String($0.change.sha.prefix(1)), $0.time) }, uniquingKeysWith: { first, _ in first })
    #expect(times == ["a": minute(2), "b": minute(10), "d": minute(50)])
    #expect(known.last?.carriers == [])
  }
}

import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// record.md, Run `id` and rule 5: one identity told by several records.
struct RunJoiningTests {
  static func run(_ id: String, _ state: State = .succeeded, attempt: Int = 1, finished: Int? = nil) -> RunRecord {
    var run = RunRecord(id: id, state: state)
    run.service = "shop"
    run.attempt = attempt
    run.version = VersionLabel(name: "1.0.0")
    run.createdAt = minute(1)
    run.startedAt = minute(2)
    run.finishedAt = finished.map(minute)
    return run
  }

  static func deployment(_ environment: String = "production", _ state: State? = nil) -> DeploymentRecord {
    var deployment = DeploymentRecord(environment: .init(name: environment))
    deployment.state = state
    return deployment
  }

  @Test
  func theHighestAttemptIsTheRunAndTheOthersStayBesideIt() {
    var story = Story()
    for (attempt, state) in [(2, State.failed), (1, .failed), (3, .succeeded)] {
      var run = RunJoiningTests.run("7", state, attempt: attempt, finished: attempt * 10)
      run.deployments = [RunJoiningTests.deployment()]
      story.add(run)
    }
    let view = story.view()
    #expect(view.service.runs.map(\.record.attempt) == [3])
    #expect(view.service.runs.map { $0.attempts.map(\.attempt) } == [[2, 1]])
    #expect(view.deployments.map(\.id) == ["7-production", "7-production-2", "7-production-3"])
    #expect(view.deployments.map(\.state) == [.failed, .failed, .succeeded])
    #expect(view.deployments.map(\.attempt) == [1, 2, 3])
    #expect(view.deployments.map(\.run) == [0, 0, 0])
    #expect(view.service.runs.map(\.deployments) == [[0, 1, 2]])
    #expect(view.joined.diagnostics.isEmpty)
  }

  private static func recorded(_ state: State, at finish: Int, step: String, attempt: Int = 1, url: String? = nil) -> RunRecord
  {
    var run = run("7", state, finished: finish)
    (run.provider, run.url) = (url == nil ? "gitlab" : "circleci", url)
    var job = Step(name: "ship", state: state)
    (job.key, job.attempt, job.finishedAt) = (step, attempt, minute(finish))
    run.steps = [job]
    var deployment = deployment("production", state)
    (deployment.step, deployment.finishedAt) = (step, minute(finish))
    run.deployments = [deployment]
    return run
  }

  @Test
  func aJobThatWasRunAgainContradictsNothing() {
    var story = Story()
    story.add(Self.recorded(.failed, at: 10, step: "5"))
    story.add(Self.recorded(.succeeded, at: 60, step: "6"))
    let view = story.view()
    #expect(view.deployments.map(\.state) == [.failed, .succeeded] && view.messages.isEmpty)
    var same = Story()
    same.add(Self.recorded(.failed, at: 10, step: "5"))
    same.add(Self.recorded(.succeeded, at: 60, step: "5"))
    #expect(same.view().messages == ["contradictory-run"])
  }

  /// Each workflow of a pipeline is another attempt of its run, though no variable has the number.
  @Test
  func theAddressOfAWorkflowTellsAttemptsApart() {
    let address = "https://app.circleci.com/pipelines/workflows/"
    let first = Self.recorded(.failed, at: 10, step: "d", url: address + "bbbb")
    let second = Self.recorded(.succeeded, at: 60, step: "d", url: address + "aaaa")
    #expect(neededTellings([first, second], DeclaredEnvironments(Configuration())).count == 2)
    for records in [[first, second], [second, first]] {
      var story = Story()
      for record in records { story.add(record) }
      let view = story.view()
      #expect(view.deployments.map { "\($0.attempt) \($0.state)" } == ["1 failed", "2 succeeded"] && view.messages.isEmpty)
    }
    // Its provider's answers know the number.
    var story = Story()
    var answers = [first, second]
    for index in answers.indices { (answers[index].attempt, answers[index].steps[0].key) = (index + 1, "k\(index)") }
    answers[0].deployments[0].step = "k0"
    answers[1].deployments[0].step = "k1"
    for record in answers + [Self.recorded(.succeeded, at: 59, step: "ship", url: address + "AAAA/")] { story.add(record) }
    #expect(story.view().deployments.map { "\($0.attempt) \($0.state)" } == ["1 failed", "2 succeeded"])
  }

  @Test
  func whatWasLiveInAnAttemptThatStartedAgainIsSuperseded() {
    var story = Story()
    for attempt in [1, 2] {
      var run = RunJoiningTests.run("7", .running, attempt: attempt)
      run.deployments = [RunJoiningTests.deployment("production", attempt == 1 ? .running : .waiting)]
      story.add(run)
    }
    let view = story.view()
    #expect(view.deployments.map { "\($0.attempt) \($0.state)" } == ["1 superseded", "2 waiting"])
    #expect(view.lastAttempt == nil)
  }

  /// Each: the records, the state of the one that is the run, and how many say nothing that it does not. Of two ends each tells its own.
  @Test(arguments: [
    ([(State.running, Int?.none), (.failed, 20)], State.failed, 1),
    ([(.failed, 20), (.running, nil)], .failed, 1),
    ([(.failed, 20), (.succeeded, 30)], .succeeded, 0),
    ([(.failed, 30), (.succeeded, 20)], .failed, 0),
    ([(.waiting, nil), (.running, nil), (.cancelled, nil)], .cancelled, 2),
  ])
  func ofOneAttemptWhatIsOverWinsThenTheLatestFinish(records: [(State, Int?)], state: State, leftOut: Int) {
    var story = Story()
    for (state, finish) in records { story.add(RunJoiningTests.run("7", state, finished: finish)) }
    let view = story.view()
    #expect(view.service.runs.map(\.record.state) == [state])
    #expect(view.service.runs.map { $0.attempts.count } == [0])
    let account = view.joined.catalog.account.records
    #expect(account == Account.Tally(rendered: -leftOut, skipped: leftOut, error: 0))
    #expect(view.joined.catalog.account.skipped.count == leftOut)
  }

  @Test
  func exactDuplicatesAreDroppedInSilence() {
    var story = Story()
    for _ in 0..<3 { story.deploy("1.0.0", run: 7, at: 10) }
    let view = story.view()
    #expect(view.service.runs.count == 1)
    #expect(view.deployments.count == 1)
    #expect(view.joined.diagnostics.isEmpty)
    #expect(
      view.joined.catalog.account.skipped
        == [2, 3].map {
          Account.Skipped(file: "runs/a.jsonl", record: "run 7, line \($0)", reason: "the same as runs/a.jsonl:1:1")
        })
  }

  @Test
  func aContradictionIsReportedOnceWithBothPlaces() {
    var story = Story()
    story.deploy("1.0.0", .failed, run: 7, at: 10, sha: "aaaaaaa1")
    story.deploy("1.1.0", run: 7, at: 20, sha: "bbbbbbb2") { run, _ in run.finishedAt = minute(20) }
    let joined = story.joined()
    #expect(joined.diagnostics.map(\.message.id) == ["contradictory-run"])
    let diagnostic = joined.diagnostics.first
    #expect(diagnostic?.message.text.contains("state, commit, version") == true)
    #expect(diagnostic?.severity == .warning)
    #expect(diagnostic?.position == Position(line: 1, column: 1))
    #expect(diagnostic?.trail == ["the other one: runs/a.jsonl:2:1"])
  }

  @Test
  func aRecordThatWasMadeEarlierIsNoContradiction() {
    var story = Story()
    story.add(RunJoiningTests.run("7", .running))
    story.add(RunJoiningTests.run("7", .succeeded, finished: 9))
    #expect(story.joined().diagnostics.isEmpty)
  }

  @Test
  func theSameIdElsewhereIsAnotherRun() {
    var story = Story()
    for (provider, repository) in [("github", "acme/a"), ("github", "acme/b"), ("bitbucket", "acme/a"), (nil, nil)] {
      var run = RunJoiningTests.run("7", finished: 9)
      run.provider = provider
      run.repository = repository
      story.add(run)
    }
    #expect(story.view().service.runs.count == 4)
  }

  @Test
  func runsStandNewestFirst() {
    var story = Story()
    for (id, created, started, number) in [
      ("a", Int?.some(5), Int?.some(9), 1), ("b", nil, 7, 1), ("c", 5, 1, 2), ("d", nil, nil, 9), ("0", 5, nil, 1),
    ] {
      var run = RunRecord(id: id, state: .succeeded)
      run.service = "shop"
      run.createdAt = created.map(minute)
      run.startedAt = started.map(minute)
      run.number = number
      story.add(run)
    }
    #expect(story.view().service.runs.map(\.record.id) == ["b", "c", "0", "a", "d"])
  }

  @Test(arguments: [
    (VersionLabel?.some(VersionLabel(name: "1.2.3")), "1.2.3"), (VersionLabel(name: ""), "v2.0.0"), (nil, "v2.0.0"),
  ])
  func theVersionOfARunIsItsOwnElseTheTag(version: VersionLabel?, built: String) {
    #expect(
      self.version { run in
        run.version = version
        run.ref = Ref(name: "v2.0.0", type: .tag)
        run.commit = Change(sha: "0123456789abcdef")
      } == built)
  }

  @Test
  func elseTheBeginningOfTheShaElseTheNumberElseTheId() {
    #expect(
      version { run in
        run.ref = Ref(name: "main", type: .branch)
        run.commit = Change(sha: "0123456789abcdef")
      } == "0123456789ab")
    #expect(version { $0.number = 42 } == "42")
    #expect(version { _ in } == "7")
  }

  private func version(_ change: (inout RunRecord) -> Void) -> String? {
    var story = Story()
    var run = RunRecord(id: "7", state: .succeeded)
    run.service = "shop"
    run.deployments = [RunJoiningTests.deployment()]
    change(&run)
    story.add(run)
    #expect(story.view().deployments.map(\.version) == story.view().service.runs.map(\.version))
    return story.view().service.runs.first?.version
  }
}

import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct OctopusDeployments {
  static let deployment =
    #"{"Id":"Deployments-2","ReleaseId":"Releases-2","EnvironmentId":"Environments-2","TaskId":"ServerTasks-445","ProjectId":"Projects-1","Created":"2026-03-02T10:00:00.000+00:00","DeployedBy":"ana","DeployedById":"Users-21","Changes":[{"Version":"1.3.0","Commits":[{"Id":"aaaaaaaaaa","Comment":"One"}]},{"Version":"1.4.0","BuildInformation":[{"Commits":[{"Id":"bbbbbbbbbb","Comment":"Two"},{"Id":"aaaaaaaaaa"}]}]}]}"#
  static let environment = #"{"Id":"Environments-2","Name":"Production","SortOrder":3}"#
  static let release =
    #"{"Id":"Releases-2","Version":"1.4.0","ProjectId":"Projects-1","ProjectName":"Shop","Assembled":"2026-03-01T10:00:00Z","ReleaseNotes":null}"#
  static let project = #"{"Id":"Projects-1","Name":"Shop","Slug":"shop"}"#

  static func task(_ state: String, _ rest: String = "") -> String {
    let members = rest.isEmpty ? "" : "," + rest
    return
      #"{"Id":"ServerTasks-445","Name":"Deploy","Description":"Deploy Shop release 1.4.0 to Production","Arguments":{"DeploymentId":"Deployments-2"},"State":\#(state),"QueueTime":"2026-03-02T10:00:01Z","StartTime":"2026-03-02T10:00:05Z","CompletedTime":"2026-03-02T10:02:00Z"\#(members)}"#
  }

  static func set(_ texts: String...) -> RecordSet { join(texts.joined(separator: "\n")) }

  static let states: [(String, State)] = [
    (#""Queued""#, .queued), (#""Executing""#, .running), (#""Cancelling""#, .running), (#""Success""#, .succeeded),
    (#""Failed""#, .failed),
    (#""TimedOut""#, .failed), (#""Canceled""#, .cancelled), (#""success""#, .succeeded), (#""Interrupted""#, .unknown),
    ("null", .unknown),
    ("7", .unknown),
  ]

  @Test(arguments: states)
  func aDeploymentIsWhatItsTaskIs(word: String, state: State) throws {
    let set = Self.set(Self.deployment, Self.environment, Self.task(word))
    let run = try #require(set.run("ServerTasks-445"))
    #expect(run.state == state)
    #expect(run.finishedAt == (state.isTerminal ? time("2026-03-02T10:02:00Z") : nil))
    #expect(run.startedAt == (state == .queued ? nil : time("2026-03-02T10:00:05Z")))
    // It is the run's in the end: the record has none of its own.
    #expect(run.deployments.map(\.state) == [nil])
    #expect(set.account.records == Account.Tally(rendered: 3))
  }

  @Test func whatWasCancelledOnItsWayHadStarted() throws {
    let set = Self.set(Self.deployment, Self.environment, Self.task(#""Canceled""#))
    #expect(set.run("ServerTasks-445")?.deployments.map(\.startedAt) == [time("2026-03-02T10:00:05Z")])
    let queued = Self.task(#""Canceled""#).replacing(#""StartTime":"2026-03-02T10:00:05Z""#, with: #""StartTime":null"#)
    #expect(Self.set(Self.deployment, Self.environment, queued).run("ServerTasks-445")?.deployments.map(\.startedAt) == [nil])
  }

  @Test func withoutItsTaskADeploymentIsUnknownAndAWarningSaysSo() throws {
    let set = Self.set(Self.deployment, Self.environment)
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == .unknown)
    #expect(deployment.stateRaw == nil)
    #expect(deployment.run == "ServerTasks-445")
    #expect(deployment.startedAt == nil && deployment.finishedAt == nil)
    #expect(set.diagnostics.map(\.message.id) == ["deployment-without-status"])
  }

  @Test func releaseProjectAndEnvironmentTellWhatADeploymentIs() throws {
    let texts = [Self.deployment, Self.environment, Self.release, Self.project, Self.task(#""Success""#)]
    for order in [texts, texts.reversed()] {
      let set = join(order.joined(separator: "\n"))
      let run = try #require(set.run("ServerTasks-445"))
      let deployment = try #require(run.deployments.first)
      #expect(deployment.id == "Deployments-2")
      #expect(deployment.service == "Shop")
      #expect(deployment.inferred == ["service"])
      #expect(deployment.environment == .init(name: "Production", rank: 3))
      #expect(deployment.version?.name == "1.4.0")
      #expect(deployment.changes.map(\.sha) == ["aaaaaaaaaa", "bbbbbbbbbb"])
      #expect(deployment.actor == Actor(name: "ana", id: "Users-21", kind: .unknown))
      #expect(deployment.promotion == .unknown)
      #expect(run.version?.name == "1.4.0")
      #expect(run.number == 445)
      #expect(run.title == "Deploy Shop release 1.4.0 to Production")
      #expect(run.createdAt == time("2026-03-02T10:00:01Z"))
      #expect(set.account.records == Account.Tally(rendered: 5))
      #expect(set.releases.isEmpty)
    }
  }

  @Test func withoutItsReleaseTheLastOfItsChangesIsTheVersion() throws {
    let deployment = try #require(Self.set(Self.deployment, Self.environment).deployments.first?.value)
    #expect(deployment.version?.name == "1.4.0")
    #expect(deployment.service == "Projects-1")
    #expect(deployment.inferred == ["version", "service"])
  }

  @Test func notesOfAReleaseAreNotes() throws {
    let set = Self.set(Self.release.replacing("null", with: "\"Fixes\""))
    let release = try #require(set.releases.first?.value)
    #expect(release.tag == "1.4.0")
    #expect(release.markdown == "Fixes")
    #expect(release.repository == "Shop")
    #expect(release.publishedAt == time("2026-03-01T10:00:00Z"))
    #expect(Self.set(Self.release).account.skipped.map(\.reason) == ["nothing among the records uses it"])
  }

  @Test func withoutItsEnvironmentADeploymentIsSkipped() {
    let set = Self.set(Self.deployment, Self.task(#""Success""#))
    #expect(set.account.skipped.map(\.reason) == ["its environment Environments-2 is not among the records"])
    #expect(set.runs.count == 1)
  }

  @Test func aRulePlacesWhatNothingNamesAndItsTaskTellsItsState() throws {
    var set = Self.set(Self.deployment, Self.project, Self.task(#""Success""#))
    applyRules([Configuration.RecordRule(files: nil, values: ["pipeline": "{service}", "environment": "live"])], to: &set)
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.environment.name == "live")
    #expect(deployment.service == "Shop")
    #expect(deployment.run == "ServerTasks-445")
    #expect(deployment.state == nil)
    #expect(set.account.records.skipped == 1)  // the project, whose name the deployment has anyway
  }

  @Test func aTaskThatDeploysNothingIsSkipped() {
    let set = Self.set(#"{"Id":"ServerTasks-9","Name":"Backup","State":"Success","Arguments":{}}"#)
    #expect(set.account.skipped.map(\.reason) == ["it deploys nothing"])
  }

  @Test func warningsAreTold() throws {
    let set = Self.set(Self.task(#""Success""#, #""HasWarningsOrErrors":true"#))
    #expect(try #require(set.run("ServerTasks-445")).warning)
    #expect(
      try #require(Self.set(Self.task(#""Failed""#, #""HasWarningsOrErrors":true"#)).run("ServerTasks-445")).warning == false)
  }

  // MARK: Interruptions

  static func interruption(_ pending: Bool, _ result: String) -> String {
    #"{"Id":"Interruptions-1","TaskId":"ServerTasks-445","IsPending":\#(pending),"Created":"2026-03-02T10:01:00Z","ResponsibleUserId":"Users-3","Form":{"Values":{"Result":\#(result),"Notes":"fine"}}}"#
  }

  static let answers: [(Bool, String, Gate.State)] = [
    (true, "null", .waiting), (false, #""Proceed""#, .approved), (false, #""Abort""#, .rejected), (false, "null", .unknown),
    (false, #""Retry""#, .unknown),
  ]

  @Test(arguments: answers)
  func anInterruptionIsAGate(pending: Bool, result: String, state: Gate.State) throws {
    let set = Self.set(Self.deployment, Self.environment, Self.task(#""Executing""#), Self.interruption(pending, result))
    let run = try #require(set.run("ServerTasks-445"))
    #expect(run.gates.map(\.state) == [state])
    #expect(run.gates.map(\.requestedAt) == [time("2026-03-02T10:01:00Z")])
    #expect(run.state == (pending ? .waiting : .running))
    let decided =
      result == "null" ? [] : [Gate.Decision(by: "Users-3", decision: result.filter { $0 != "\"" }, comment: "fine")]
    #expect(run.gates.first?.decisions == decided)
  }

  @Test func whoLetItGoOnPromotedIt() throws {
    func run(_ state: String, _ interruption: String) throws -> RunRecord {
      try #require(Self.set(Self.deployment, Self.environment, Self.task(state), interruption).run("ServerTasks-445"))
    }
    let done = try run(#""Success""#, Self.interruption(false, #""Proceed""#))
    #expect(done.gates.map(\.environment) == ["Production"])
    #expect(done.deployments.map(\.gate) == ["Interruptions-1"])
    #expect(done.deployments.map(\.promotion) == [.manual])
    #expect(try run(#""Failed""#, Self.interruption(false, #""Abort""#)).deployments.map(\.promotion) == [.unknown])
    // One that was read while it was pending does not wait when all is over.
    #expect(try run(#""Success""#, Self.interruption(true, "null")).gates.map(\.state) == [.unknown])
    #expect(try run(#""Canceled""#, Self.interruption(true, "null")).gates.map(\.state) == [.cancelled])
  }

  @Test func aTaskThatStopsForAPersonWaits() throws {
    let set = Self.set(Self.task(#""Executing""#, #""HasPendingInterruptions":true"#), Self.interruption(true, "null"))
    let run = try #require(set.run("ServerTasks-445"))
    #expect(run.state == .waiting)
    #expect(run.gates.count == 1)
    #expect(set.account.records == Account.Tally(rendered: 2))
    let over = Self.set(Self.task(#""Success""#, #""HasPendingInterruptions":true"#))
    #expect(try #require(over.run("ServerTasks-445")).gates.isEmpty)
  }

  // MARK: Pages and the dashboard

  @Test func pagesAreRead() {
    let page = #"{"ItemType":"Deployment","TotalResults":1,"ItemsPerPage":30,"Items":[\#(Self.deployment)],"Links":{}}"#
    #expect(Self.set(page, Self.environment).deployments.count == 1)
  }

  @Test func theDashboardHasAStateBesideEveryDeployment() throws {
    let item =
      #"{"Id":"Deployments-2","DeploymentId":"Deployments-2","ProjectId":"Projects-1","EnvironmentId":"Environments-2","ReleaseId":"Releases-2","TaskId":"ServerTasks-445","ReleaseVersion":"1.4.0","State":"Success","QueueTime":"2026-03-02T10:00:01Z","StartTime":"2026-03-02T10:00:05Z","CompletedTime":"2026-03-02T10:02:00Z"}"#
    let set = Self.set(
      #"{"ProjectGroups":[],"Projects":[\#(Self.project)],"Environments":[\#(Self.environment)],"Items":[\#(item)]}"#)
    let run = try #require(set.run("ServerTasks-445"))
    #expect(run.state == .succeeded)
    #expect(run.finishedAt == time("2026-03-02T10:02:00Z"))
    #expect(run.deployments.map(\.version?.name) == ["1.4.0"])
    #expect(run.deployments.map(\.service) == ["Shop"])
    #expect(set.account.records == Account.Tally(rendered: 3))
  }
}

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct OctopusSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("octopus/faros-\($0).json") })
  }

  static let deployments: [(String, String, String, String)] = [
    ("Deployments-2", "ServerTasks-445", "0.0.2", "2023-03-06T21:47:16.761Z"),
    ("Deployments-1", "ServerTasks-441", "0.0.1", "2023-03-06T19:11:12.025Z"),
  ]

  @Test(arguments: deployments)
  func aDeploymentWithoutItsTask(id: String, task: String, version: String, created: String) throws {
    let set = try set("deployments_response", "environment", "releases")
    let deployment = try #require(set.deployments.first { $0.value.id == id }?.value)
    #expect(deployment.state == .unknown)
    #expect(deployment.stateRaw == nil)
    #expect(deployment.run == task)
    #expect(deployment.version?.name == version)
    #expect(deployment.environment == .init(name: "Staging", rank: 0))
    #expect(deployment.service == "Test")
    #expect(deployment.inferred == ["service"])
    #expect(deployment.actor?.name == "person-c43664@example.com")
    #expect(deployment.actor?.id == "Users-21")
    #expect(deployment.promotion == .unknown)
    #expect(deployment.startedAt == nil && deployment.finishedAt == nil)
    #expect(deployment.commit == nil)
  }

  @Test func allOfThemTogether() throws {
    let set = try set("deployments_response", "environment", "releases")
    #expect(set.account.records == Account.Tally(rendered: 5))
    #expect(set.runs.isEmpty && set.releases.isEmpty)
    #expect(set.diagnostics.map(\.message.id) == ["deployment-without-status"])
  }

  /// Its task is no sample; written by hand it gives the deployment its state.
  @Test func aTaskGivesItsDeploymentAState() throws {
    let task =
      #"{"Id":"ServerTasks-445","Name":"Deploy","State":"Success","StartTime":"2023-03-06T21:47:18Z","CompletedTime":"2023-03-06T21:47:40Z","Arguments":{"DeploymentId":"Deployments-2"}}"#
    let files = try ["deployments_response", "environment", "releases"].map { try Samples.read("octopus/faros-\($0).json") }
    let set = joinRecords(files + [read(task, "octopus/task.json")])
    let run = try #require(set.run("ServerTasks-445"))
    #expect(run.state == .succeeded)
    #expect(run.deployments.map(\.id) == ["Deployments-2"])
    #expect(set.deployments.map(\.value.id) == ["Deployments-1"])
  }

  @Test func eachFileAlone() throws {
    #expect(try set("deployments_response").account.records == Account.Tally(skipped: 2))
    #expect(try set("environment").account.records == Account.Tally(skipped: 1))
    #expect(try set("releases").account.records == Account.Tally(skipped: 2))
  }
}

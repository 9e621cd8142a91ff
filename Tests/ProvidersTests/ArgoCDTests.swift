import Diagnostics
import Joining
import Providers
import Records
import Releases
import Testing
import Time

@Suite struct ArgoCDApplications {
  static let a = String(repeating: "a", count: 40)
  static let b = String(repeating: "b", count: 40)

  static func application(
    _ status: String, spec: String = "", name: String = "shop-live", metadata: String = "", outer: String = ""
  ) -> String {
    #"{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"\#(name)","namespace":"argocd"\#(metadata)},\#(outer)"spec":{"destination":{"namespace":"live","server":"https://k8s.example"},"source":{"repoURL":"https://git.example/acme/deploy.git","path":"shop","targetRevision":"main"}\#(spec)},"status":{\#(status)}}"#
  }

  static func entry(_ id: Int, _ revision: String, _ minute: Int, _ rest: String = "") -> String {
    let minutes = minute < 10 ? "0\(minute)" : "\(minute)"
    return
      #"{"id":\#(id),"revision":"\#(revision)","deployStartedAt":"2026-03-02T10:\#(minutes):00Z","deployedAt":"2026-03-02T10:\#(minutes):20Z"\#(rest)}"#
  }

  static func history(_ entries: String...) -> String { #""history":[\#(entries.joined(separator: ","))]"# }

  static func operation(_ phase: String, _ minute: Int, _ rest: String = "", revision: String = b) -> String {
    #""operationState":{"phase":"\#(phase)","startedAt":"2026-03-02T10:\#(minute):00Z","finishedAt":"2026-03-02T10:\#(minute):30Z","message":"it said so","syncResult":{"revision":"\#(revision)"}\#(rest)}"#
  }

  // MARK: History

  @Test func everyEntryOfTheHistoryIsADeploymentThatSucceeded() throws {
    let set = join(Self.application(Self.history(Self.entry(3, Self.a, 1), Self.entry(4, Self.b, 5))))
    #expect(set.account.records == Account.Tally(rendered: 1))
    #expect(set.runs.map(\.value.id) == ["shop-live-20260302T100100Z", "shop-live-20260302T100500Z"])
    let run = try #require(set.runs.first?.value)
    #expect(run.provider == "argocd")
    #expect(run.pipeline == "shop-live")
    #expect(run.repository == "acme/deploy")
    #expect(run.number == 3)
    #expect(run.state == .succeeded)
    #expect(run.stateRaw == nil)
    #expect(run.startedAt == time("2026-03-02T10:01:00Z"))
    #expect(run.finishedAt == time("2026-03-02T10:01:20Z"))
    #expect(run.commit?.sha == Self.a)
    #expect(run.ref == Ref(name: "main", type: .branch))
    #expect(run.steps.map(\.name) == ["Sync"])
    let deployment = try #require(run.deployments.first)
    #expect(deployment.environment.name == "live")
    #expect(deployment.target == "k8s.example")
    #expect(deployment.service == "shop-live")
    #expect(deployment.inferred == ["service", "environment"])
    #expect(deployment.state == .succeeded)
    #expect(deployment.promotion == .unknown)
    #expect(deployment.action == nil)
    #expect(deployment.step == run.steps.first?.key)
  }

  static let initiators: [(String, DeploymentRecord.Promotion, Actor?, Trigger?)] = [
    (#","initiatedBy":{"username":"ana"}"#, .manual, Actor(name: "ana", kind: .human), Trigger(type: .manual)),
    (#","initiatedBy":{"automated":true}"#, .automatic, nil, Trigger(type: .unknown, raw: "automated")),
    (#","initiatedBy":{"automated":false}"#, .unknown, nil, nil), (#","initiatedBy":{}"#, .unknown, nil, nil),
    ("", .unknown, nil, nil),
    (#","initiatedBy":{"username":""}"#, .unknown, nil, nil), (#","initiatedBy":"ana""#, .unknown, nil, nil),
  ]

  @Test(arguments: initiators)
  func whoInitiatedItPromoted(rest: String, promotion: DeploymentRecord.Promotion, actor: Actor?, trigger: Trigger?) throws {
    // What the policy is now says nothing of what was done before.
    for spec in ["", #","syncPolicy":{"automated":{}}"#] {
      let run = try #require(join(Self.application(Self.history(Self.entry(3, Self.a, 1, rest)), spec: spec)).runs.first?.value)
      #expect(run.deployments.map(\.promotion) == [promotion])
      #expect(run.actor == actor)
      #expect(run.trigger == trigger)
    }
  }

  static let revisions: [(String, String?, String?, String?)] = [
    (#""revision":"\#(a)""#, nil, a, nil), (#""revision":"1.4.2""#, "1.4.2", nil, nil),
    (#""revision":"sha256:0123456789abcdef""#, "0123456789ab", nil, "sha256:0123456789abcdef"),
    (#""revisions":["1.4.2","\#(a)"]"#, "1.4.2+aaaaaaaaaaaa", a, nil),
    (#""revisions":["\#(a)","\#(b)"]"#, "aaaaaaaaaaaa+bbbbbbbbbbbb", a, nil),
    (#""revisions":["\#(b)","1.4.2"]"#, "1.4.2+bbbbbbbbbbbb", b, nil), (#""revision":"","revisions":["\#(a)"]"#, nil, a, nil),
    (#""revision":null"#, nil, nil, nil), (#""revision":"HEAD""#, nil, nil, nil),
  ]

  @Test(arguments: revisions)
  func theRevisionsAreTheVersion(members: String, version: String?, sha: String?, digest: String?) throws {
    let entry = #"{"id":1,"deployedAt":"2026-03-02T10:00:00Z",\#(members)}"#
    let run = try #require(join(Self.application(Self.history(entry))).runs.first?.value)
    #expect(run.version?.name == version)
    #expect(run.version?.digest == digest)
    #expect(run.commit?.sha == sha)
  }

  @Test func anOldEntryHasNoStart() throws {
    let entries = #"{"id":1,"revision":"\#(Self.a)","deployedAt":"2026-03-02T10:00:00Z"}"#
    let run = try #require(join(Self.application(Self.history(entries, #"{"id":7}"#, "{}", "7"))).runs.first?.value)
    #expect(run.id == "shop-live-20260302T100000Z")
    #expect(run.startedAt == nil)
    #expect(run.finishedAt == time("2026-03-02T10:00:00Z"))
    #expect(join(Self.application(Self.history(#"{"id":7}"#))).runs.map(\.value.id) == ["shop-live-7"])
  }

  @Test func resyncsAreRedeploysAndWhatGoesBackIsARollback() throws {
    let entries = [
      Self.entry(1, Self.a, 1), Self.entry(2, Self.a, 2), Self.entry(3, Self.b, 3), Self.entry(4, Self.a, 4),
    ]
    let set = join(Self.application(#""history":[\#(entries.joined(separator: ","))]"#))
    var input = CatalogInput()
    input.runs = set.runs
    let catalog = Catalog.join(input, configuration: Configuration(), asOf: Timestamp(seconds: 1_780_000_000)).catalog
    let service = try #require(catalog.services.first { $0.key == "shop-live" })
    let kinds: [Deployment.Kind?] = [.first, .redeploy, .upgrade, .rollback]
    #expect(service.deployments.map(\.kind) == kinds)
  }

  // MARK: The operation

  static let phases: [(String, State)] = [
    ("Running", .running), ("Terminating", .running), ("Succeeded", .succeeded), ("Failed", .failed), ("Error", .failed),
    ("Odd", .unknown),
    ("succeeded", .succeeded),
  ]

  @Test(arguments: phases)
  func theOperationIsWhatItsPhaseSays(phase: String, state: State) throws {
    let set = join(Self.application(Self.history(Self.entry(3, Self.a, 1)) + "," + Self.operation(phase, 30)))
    #expect(set.runs.count == 2)
    let run = try #require(set.run("shop-live-20260302T103000Z"))
    #expect(run.state == state)
    #expect(run.stateRaw == phase)
    #expect(run.commit?.sha == Self.b)
    #expect(run.startedAt == time("2026-03-02T10:30:00Z"))
    #expect(run.finishedAt == (state.isTerminal ? time("2026-03-02T10:30:30Z") : nil))
    #expect(run.deployments.map(\.state) == [state])
    #expect(run.steps.first?.error == (state == .failed ? "it said so" : nil))
  }

  @Test func theOperationThatMadeTheLastEntryIsThatEntry() throws {
    let operation = Self.operation("Succeeded", 30, #","operation":{"initiatedBy":{"username":"ana"}}"#)
    let set = join(Self.application(Self.history(Self.entry(3, Self.a, 1), Self.entry(4, Self.b, 30)) + "," + operation))
    #expect(set.runs.count == 2)
    let run = try #require(set.run("shop-live-20260302T103000Z"))
    #expect(run.number == 4)
    #expect(run.stateRaw == "Succeeded")
    #expect(run.deployments.map(\.promotion) == [.manual])
  }

  @Test func whoAskedForTheOperationAtHandIsTold() throws {
    let asked = #""operation":{"initiatedBy":{"automated":true}},"#
    let text = Self.application(Self.operation("Running", 30), outer: asked)
    #expect(try #require(join(text).runs.first?.value).deployments.map(\.promotion) == [.automatic])
    let over = Self.application(Self.operation("Failed", 30), outer: asked)
    #expect(try #require(join(over).runs.first?.value).deployments.map(\.promotion) == [.unknown])
  }

  // MARK: What is deployed in part, or only tried

  private static func ended(_ sync: String, message: String = "all tasks run") -> String {
    operation("Succeeded", 30, #","operation":{"initiatedBy":{"username":"ana"},"sync":\#(sync)}"#)
      .replacing("it said so", with: message)
  }

  private static func standing(_ status: String) throws -> (cell: Cell, service: Service) {
    let set = join(application(status))
    var input = CatalogInput()
    input.runs = set.runs
    let catalog = Catalog.join(input, configuration: Configuration(), asOf: Timestamp(seconds: 1_780_000_000)).catalog
    let service = try #require(catalog.services.first)
    return (try #require(catalog.histories.first?.first).cell, service)
  }

  @Test func ofChosenResourcesTheRevisionIsDeployedInPartAndStillWaits() throws {
    let status =
      Self.history(Self.entry(3, Self.a, 1)) + "," + Self.ended(#"{"resources":[{"kind":"Deployment","name":"shop"}]}"#)
      + #","sync":{"status":"OutOfSync","revision":"\#(Self.b)"}"#
    let (cell, service) = try Self.standing(status)
    #expect(cell.state == .current)
    #expect(cell.current.map { service.deployments[$0].commit?.sha } == Self.a)
    #expect(cell.lastAttempt.map { service.deployments[$0].isPart } == true)
    #expect(cell.flags == [.partial])
    #expect(cell.waiting.map(\.version) == [String(Self.b.prefix(12))])
    // Of all resources nothing is left to be done.
    let whole = Self.history(Self.entry(3, Self.a, 1)) + "," + Self.ended(#"{"resources":[]}"#)
    #expect(try Self.standing(whole).cell.flags == [])
    #expect(try Self.standing(whole).cell.current.map { service.deployments[$0].commit?.sha } == Self.b)
  }

  @Test(arguments: [#"{"dryRun":true}"#, #"{"dryRun":true,"resources":[{"kind":"Deployment","name":"shop"}]}"#, "{}"])
  func whatWasOnlyTriedIsNoDeployment(sync: String) {
    let message = sync == "{}" ? "successfully synced (dry run)" : "all tasks run"
    let set = join(Self.application(Self.history(Self.entry(3, Self.a, 1)) + "," + Self.ended(sync, message: message)))
    #expect(set.runs.map(\.value.commit?.sha) == [Self.a])
  }

  // MARK: Its version

  static let images: [(images: [String], version: String?)] = [
    (["registry.example:5000/acme/shop-live:1.4.0"], "1.4.0"),
    (["acme/shop:1.4.0", "redis:7.2"], "1.4.0"),
    (["acme/shop:1.4.0@sha256:\(String(repeating: "c", count: 64))"], "1.4.0"),
    (["acme/shop:latest"], nil), (["acme/shop:1.4.0", "acme/shop:1.5.0"], nil), (["nginx:1.27", "redis:7.2"], nil),
    (["acme/shopping:1.4.0"], nil), ([], nil),
  ]

  @Test(arguments: images)
  func theTagOfTheImageThatIsTheServicesIsTheVersion(images: [String], version: String?) throws {
    let list = images.map { "\"\($0)\"" }.joined(separator: ",")
    let status = Self.history(Self.entry(3, Self.a, 1), Self.entry(4, Self.b, 5)) + #","summary":{"images":[\#(list)]}"#
    let runs = join(Self.application(status)).runs.map(\.value)
    #expect(runs.map(\.version?.name) == [nil, version])
    #expect(runs.map(\.commit?.sha) == [Self.a, Self.b])
  }

  @Test func aHydratedCommitIsThatOfItsDrySource() throws {
    let dry = String(repeating: "d", count: 40)
    let hydrated = #","sourceHydrator":{"lastSuccessfulOperation":{"drySHA":"\#(dry)","hydratedSHA":"\#(Self.b)"}}"#
    let runs = join(Self.application(Self.history(Self.entry(3, Self.a, 1), Self.entry(4, Self.b, 5)) + hydrated)).runs
    #expect(runs.map(\.value.commit?.sha) == [Self.a, dry])
  }

  static let healths: [(String, State)] = [
    ("Healthy", .succeeded), ("Progressing", .running), ("Suspended", .waiting), ("Degraded", .failed), ("Missing", .failed),
    ("Unknown", .unknown), ("Odd", .unknown),
  ]

  @Test(arguments: healths)
  func healthIsKeptApartFromTheOutcome(word: String, state: State) throws {
    let status =
      Self.history(Self.entry(3, Self.a, 1), Self.entry(4, Self.b, 5)) + #","health":{"status":"\#(word)","message":"why"}"#
    let set = join(Self.application(status))
    #expect(set.runs.first?.value.steps.map(\.name) == ["Sync"])
    let run = try #require(set.runs.last?.value)
    #expect(run.steps.map(\.name) == ["Sync", "Health"])
    #expect(run.steps.map(\.state) == [.succeeded, state])
    #expect(run.steps.last?.stateRaw == word)
    #expect(run.steps.last?.error == (state == .failed ? "why" : nil))
    #expect(run.state == .succeeded)
    #expect(run.deployments.map(\.state) == [.succeeded])
  }
}

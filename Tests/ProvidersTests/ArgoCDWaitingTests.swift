import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct ArgoCDWaiting {
  private typealias App = ArgoCDApplications

  static let outOfSync = #""sync":{"status":"OutOfSync","revision":"\#(ArgoCDApplications.b)"}"#
  static let past = ArgoCDApplications.history(ArgoCDApplications.entry(3, ArgoCDApplications.a, 1))

  @Test func whatIsOutOfSyncWaitsForAPerson() throws {
    let set = join(App.application(Self.past + "," + Self.outOfSync))
    let run = try #require(set.run("shop-live-to-bbbbbbbbbbbb"))
    #expect(run.state == .waiting)
    #expect(run.stateRaw == "OutOfSync")
    #expect(run.commit?.sha == App.b)
    #expect(run.gates.map(\.kind) == [.human])
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.gates.map(\.environment) == ["live"])
    #expect(run.gates.map(\.requestedAt) == [nil])
    #expect(run.deployments.map(\.state) == [.waiting])
    #expect(run.deployments.map(\.gate) == run.gates.map(\.key))
    #expect(run.startedAt == nil && run.finishedAt == nil)
  }

  static let quiet: [(String, String, String)] = [
    ("in sync", #""sync":{"status":"Synced","revision":"\#(ArgoCDApplications.b)"}"#, ""),
    ("nobody knows", #""sync":{"status":"Unknown","revision":"\#(ArgoCDApplications.b)"}"#, ""),
    ("automated", outOfSync, #","syncPolicy":{"automated":{}}"#),
    ("automated with options", outOfSync, #","syncPolicy":{"automated":{"prune":true,"enabled":true}}"#),
    ("only drifted", #""sync":{"status":"OutOfSync","revision":"\#(ArgoCDApplications.a)"}"#, ""),
    ("no revision", #""sync":{"status":"OutOfSync"}"#, ""),
    ("under way", outOfSync + "," + ArgoCDApplications.operation("Running", 30), ""),
  ]

  @Test(arguments: quiet)
  func nothingWaitsWithoutReason(why: String, status: String, spec: String) {
    let set = join(App.application(Self.past + "," + status, spec: spec))
    #expect(set.runs.allSatisfy { $0.value.gates.isEmpty && $0.value.state != .waiting }, "\(why)")
    #expect(!set.runs.isEmpty)
  }

  @Test func anAutomationThatIsSwitchedOffIsNone() {
    let set = join(App.application(Self.past + "," + Self.outOfSync, spec: #","syncPolicy":{"automated":{"enabled":false}}"#))
    #expect(set.runs.count { $0.value.state == .waiting } == 1)
  }

  @Test func afterAFailureItWaitsAgain() {
    let set = join(App.application(Self.past + "," + Self.outOfSync + "," + App.operation("Failed", 30)))
    #expect(set.runs.map(\.value.state) == [.succeeded, .failed, .waiting])
  }

  @Test func whatWasAskedForAndHasNotBegunIsUnderWay() {
    let set = join(App.application(Self.past + "," + Self.outOfSync, outer: #""operation":{"sync":{}},"#))
    #expect(set.runs.map(\.value.state) == [.succeeded])
  }

  @Test func anApplicationThatWasNeverSynchronizedIsSkipped() {
    let set = join(App.application(""))
    #expect(set.account.skipped.map(\.reason) == ["it was never synchronized, and nothing waits for it"])
    #expect(set.account.skipped.map(\.record) == ["application shop-live"])
  }

  // MARK: Snapshots

  @Test func theNewestSnapshotTellsWhatWaitsAndTheOlderWhatTheHistoryForgot() {
    let first = App.application(
      App.history(App.entry(1, App.a, 1), App.entry(2, App.b, 2))
        + #","reconciledAt":"2026-03-02T10:03:00Z","health":{"status":"Degraded"},"sync":{"status":"OutOfSync","revision":"\#(App.a)"}"#
    )
    let second = App.application(
      App.history(App.entry(2, App.b, 2), App.entry(3, App.a, 5))
        + #","reconciledAt":"2026-03-02T10:06:00Z","health":{"status":"Healthy"},"sync":{"status":"Synced"}"#)
    for files in [["a": first, "b": second], ["a": second, "b": first]] as [KeyValuePairs<String, String>] {
      let set = join(files)
      #expect(set.runs.map(\.value.number) == [1, 2, 3])
      #expect(set.runs.allSatisfy { $0.value.gates.isEmpty })
      #expect(set.runs.flatMap { $0.value.steps.map(\.name) } == ["Sync", "Sync", "Health", "Sync", "Health"])
      #expect(set.runs.last?.value.steps.last?.state == .succeeded)
      #expect(set.account.records == Account.Tally(rendered: 2))
    }
  }

  @Test func howAnOperationEndedThatIsNotInTheHistoryIsNotGuessed() {
    let first = App.application(Self.past + "," + App.operation("Running", 30) + #","reconciledAt":"2026-03-02T10:30:10Z""#)
    let second = App.application(Self.past + #","reconciledAt":"2026-03-02T10:40:00Z""#)
    let set = join(["a": first, "b": second])
    #expect(set.runs.map(\.value.state) == [.unknown, .succeeded])
    #expect(set.runs.first?.value.deployments.map(\.state) == [.unknown])
    let ended = App.application(
      App.history(App.entry(3, App.a, 1), App.entry(4, App.b, 30)) + #","reconciledAt":"2026-03-02T10:40:00Z""#)
    #expect(join(["a": first, "b": ended]).runs.map(\.value.state) == [.succeeded, .succeeded])
  }

  @Test func twoInstancesWithOneNameAreTwo() {
    let one = App.application(Self.past, metadata: #","uid":"11111111-1111""#)
    let two = App.application(Self.past, metadata: #","uid":"22222222-2222""#)
    let ids = join(["a": one, "b": two]).runs.map(\.value.id)
    #expect(ids == ["shop-live-11111111-20260302T100100Z", "shop-live-22222222-20260302T100100Z"])
  }

  // MARK: Envelopes

  @Test(arguments: [
    (#"{"apiVersion":"v1","kind":"List","items":[X,X]}"#, 1, 1), (#"{"metadata":{},"items":[X]}"#, 1, 0), ("[X]", 1, 0),
    (#"{"result":{"type":"MODIFIED","application":X}}"#, 1, 0), (#"{"type":"ADDED","object":X}"#, 1, 0),
    (#"{"type":"DELETED","object":X}"#, 0, 1), (#"{"result":{"type":"DELETED","application":X}}"#, 0, 1),
    (
      #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject","metadata":{"name":"p"},"spec":{"destination":{}}}]}"#,
      0, 1
    ),
  ])
  func applicationsAreFoundInListsAndWatches(text: String, rendered: Int, skipped: Int) {
    let set = join(text.replacing("X", with: App.application(Self.past)))
    #expect(set.account.records == Account.Tally(rendered: rendered, skipped: skipped))
    #expect(set.runs.count == rendered)
  }

  static let yaml = """
    # kubectl get application shop-live -o yaml
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: shop-live, namespace: argocd}
    spec:
      destination:
        namespace: live
        server: https://k8s.example
      source: {repoURL: https://git.example/acme/deploy.git, path: shop, targetRevision: main}
    status:
      history:
      - id: 3
        revision: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        deployStartedAt: "2026-03-02T10:01:00Z"
        deployedAt: 2026-03-02T10:01:20Z
      sync: {status: OutOfSync, revision: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb}
    """

  @Test(arguments: ["runs/a.yml", "runs/a.YAML"])
  func yamlSaysWhatJSONSays(name: String) {
    let yaml = joinRecords([read(Self.yaml, name)])
    let json = join(App.application(Self.past + "," + Self.outOfSync))
    #expect(yaml.runs.map(\.value) == json.runs.map(\.value))
    #expect(yaml.account.records == Account.Tally(rendered: 1))
  }

  @Test func aHashOfDigitsIsAHashInYAML() {
    let digits = String(repeating: "1", count: 40)
    let set = joinRecords([read(Self.yaml.replacing(App.a, with: digits), "a.yml")])
    #expect(set.runs.first?.value.commit?.sha == digits)
  }

  @Test func canonicalRecordsAreReadFromYAMLToo() {
    let set = joinRecords([read("schema: tidemark-records/1\nrecords:\n- {id: 7, state: failed, service: shop}\n", "a.yml")])
    #expect(set.runs.map(\.value.id) == ["7"])
  }

  @Test func aFaultInYAMLIsAnErrorWithItsPlace() {
    let file = read("a: [1\nb: 2\n", "a.yml")
    #expect(file.diagnostics.map(\.severity) == [.error])
    #expect(joinRecords([file]).account.records == Account.Tally(error: 1))
    #expect(joinRecords([read("", "a.yml")]).account.records.total == 0)
  }

  // MARK: Rules

  @Test func rulesNameServiceAndEnvironment() throws {
    var set = join(App.application(Self.past + "," + Self.outOfSync))
    applyRules([Configuration.RecordRule(files: nil, values: ["pipeline": "{service}-{environment}"])], to: &set)
    #expect(set.runs.map(\.value.service) == ["shop", "shop"])
    #expect(set.runs.flatMap { $0.value.deployments.map(\.service) } == ["shop", "shop"])
    // The namespace is called as the environment here.
    #expect(set.runs.flatMap { $0.value.deployments.map(\.environment.name) } == ["live", "live"])
    var other = join(App.application(Self.past + "," + Self.outOfSync))
    applyRules(
      [
        Configuration.RecordRule(files: "other/**", values: ["environment": "no"]),
        Configuration.RecordRule(files: "runs/**", values: ["service": "shop", "environment": "production"]),
        Configuration.RecordRule(files: nil, values: ["environment": "late", "version": "1.0"]),
      ], to: &other)
    #expect(other.runs.flatMap { $0.value.deployments.map(\.environment.name) } == ["production", "production"])
    #expect(other.runs.flatMap { $0.value.gates.map(\.environment) } == ["production"])
    #expect(other.runs.map(\.value.version?.name) == ["1.0", "1.0"])
    #expect(other.runs.map(\.value.service) == ["shop", "shop"])
  }
}

/// Facts written down by eye from the payloads.
@Suite(.enabled(if: Samples.exist)) struct ArgoCDSampleFacts {
  private func set(_ names: String...) throws -> RecordSet {
    joinRecords(try names.map { try Samples.read("argocd/\($0).json") })
  }

  static let manifests = "ea8759964626a583667a2bfd08f334ec2070040a"
  static let entries: [(Int, String, String, String)] = [
    (14, "20240304T220005Z", "2024-03-04T22:00:05Z", "2024-03-04T22:00:06Z"),
    (15, "20240304T220829Z", "2024-03-04T22:08:29Z", "2024-03-04T22:08:30Z"),
    (16, "20240304T220916Z", "2024-03-04T22:09:16Z", "2024-03-04T22:09:16Z"),
    (17, "20240304T221141Z", "2024-03-04T22:11:41Z", "2024-03-04T22:11:41Z"),
    (21, "20240305T073156Z", "2024-03-05T07:31:56Z", "2024-03-05T07:31:57Z"),
    (22, "20240305T073244Z", "2024-03-05T07:32:44Z", "2024-03-05T07:32:44Z"),
    (23, "20240305T073303Z", "2024-03-05T07:33:03Z", "2024-03-05T07:33:04Z"),
  ]

  @Test(arguments: entries)
  func anEntryOfTheHistoryOfOneRevision(number: Int, stamp: String, start: String, end: String) throws {
    let run = try #require(try set("application-helm-plugin").run("velero-test-" + stamp))
    #expect(run.number == number)
    #expect(run.state == .succeeded)
    #expect(run.stateRaw == (number == 23 ? "Succeeded" : nil))
    #expect(run.startedAt == time(start))
    #expect(run.finishedAt == time(end))
    #expect(run.commit?.sha == Self.manifests)
    #expect(run.repository == "foo/manifests-velero")
    #expect(run.ref == Ref(name: "test-lla", type: .branch))
    #expect(run.deployments.map(\.environment.name) == ["test-lla"])
    #expect(run.deployments.map(\.environment.tier) == [nil])
    #expect(run.deployments.map(\.promotion) == [number == 23 ? .manual : .unknown])
    #expect(run.actor == (number == 23 ? Actor(name: "foo@example.com", kind: .human) : nil))
    #expect(run.steps.map(\.name) == (number == 23 ? ["Sync", "Health"] : ["Sync"]))
    #expect(run.gates.isEmpty)
  }

  @Test func theApplicationOfOneRevision() throws {
    let set = try set("application-helm-plugin")
    #expect(set.runs.map(\.value.number) == Array(14...23))
    #expect(set.account.records == Account.Tally(rendered: 1))
    #expect(set.runs.last?.value.steps.last?.state == .succeeded)
  }

  @Test func anOperationAtHand() throws {
    let set = try set("application-history-2")
    #expect(set.runs.map(\.value.number) == [3, 4, nil])
    #expect(set.runs.map(\.value.state) == [.succeeded, .succeeded, .running])
    #expect(
      set.runs.map(\.value.commit?.sha) == [
        "792822850fd2f6db63597533e16dfa27e6757dc5", "ee5373eb9814e247ec6944e8b8897a8ec2f8528e",
        "c732f4d2ef24c7eeb900e9211ff98f90bb646505",
      ])
    let run = try #require(set.runs.last?.value)
    #expect(run.id == "guestbook-20240620T194734Z")
    #expect(run.stateRaw == "Running")
    #expect(run.startedAt == time("2024-06-20T19:47:34Z"))
    #expect(run.finishedAt == nil)
    #expect(run.deployments.map(\.promotion) == [.automatic])
    #expect(run.deployments.map(\.environment.name) == ["guestbook"])
    #expect(run.ref == nil)
    #expect(run.repository == "pasha-khulnasoft/precisely-gitsource")
  }

  @Test func anOperationThatFinishedWithoutARevision() throws {
    let run = try #require(try set("application-operation-finished").run("my-app-20250129T084234Z"))
    #expect(run.state == .succeeded)
    #expect(run.stateRaw == "Succeeded")
    #expect(run.startedAt == time("2025-01-29T08:42:34Z"))
    #expect(run.finishedAt == time("2025-01-29T08:42:35Z"))
    #expect(run.commit == nil && run.version == nil)
    #expect(run.deployments.map(\.environment.name) == ["dummy-namespace"])
    #expect(run.repository == "argoproj/argocd-example-apps")
  }

  @Test func anOperationThatSucceeded() throws {
    let run = try #require(try set("application-operation-succeeded").run("my-app-20180921T235025Z"))
    #expect(run.state == .succeeded)
    #expect(run.startedAt == time("2018-09-21T23:50:25Z"))
    #expect(run.finishedAt == time("2018-09-21T23:50:29Z"))
    #expect(run.commit?.sha == String(repeating: "a", count: 40))
    #expect(run.deployments.map(\.environment.name) == ["fake-dest-ns"])
    #expect(run.deployments.map(\.promotion) == [.unknown])
    #expect(run.attempt == 1)
  }

  @Test func allOfThemTogether() throws {
    let set = joinRecords(try Samples.files(in: "argocd").map(Samples.read))
    #expect(set.runs.count == 15)
    #expect(set.account.records == Account.Tally(rendered: 4))
    #expect(set.diagnostics.isEmpty)
  }
}

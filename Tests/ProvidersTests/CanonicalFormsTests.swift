import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

@Suite struct CanonicalForms {
  static let record = #"{"id":"1","state":"succeeded","deployments":[{"environment":"production"}]}"#

  @Test(arguments: [
    record,
    #"{"kind":"run","id":"1","state":"succeeded","deployments":[{"environment":"production"}]}"#,
    "[\(record)]",
    #"{"schema":"tidemark-records/1","records":[\#(record)]}"#,
    #"{"records":[\#(record)],"schema":"tidemark-records/1"}"#,
    "\u{FEFF}\(record)\r\n",
    "[[\(record)]]",
  ])
  func everyEnvelopeHoldsTheSameRun(text: String) throws {
    let set = join(text)
    #expect(set.runs.count == 1)
    let run = try #require(set.run("1"))
    #expect(run.state == .succeeded)
    #expect(run.deployments.map(\.environment.name) == ["production"])
    #expect(set.account.records == Account.Tally(rendered: 1))
    #expect(read(text).diagnostics.isEmpty)
  }

  @Test func aLineOfJSONLinesIsARecord() {
    let set = join("{\"id\":\"1\",\"state\":\"failed\"}\r\n{\"id\":\"2\",\"state\":\"running\"}\n")
    #expect(set.runs.map(\.value.id) == ["1", "2"])
    #expect(set.runs.map(\.position) == [Position(line: 1, column: 1), Position(line: 2, column: 1)])
  }

  @Test func aRunHoldsEveryFieldOfItsTable() throws {
    let text = #"""
      {"kind":"run","service":"checkout","provider":"bitbucket","repository":"acme/checkout","pipeline":"main","id":"128","number":128,
       "attempt":2,"url":"https://ci/128","title":"Faster","state":"succeeded","stateRaw":"SUCCESSFUL","warning":true,
       "createdAt":"2026-03-02T10:00:00Z","startedAt":"2026-03-02T11:00:01.5+01:00","finishedAt":"2026-03-02T10:09:00Z","activeSeconds":421.5,
       "commit":{"sha":"0123abcd","message":"m","author":"ana","committedAt":"2026-03-02T09:00:00Z","pullRequest":7},
       "changes":["aaaaaaa1",{"sha":"bbbbbbb2"}],"ref":{"name":"v1.4.0","type":"tag"},"trigger":{"type":"schedule","raw":"cron"},
       "actor":{"name":"ana","id":99,"kind":"human"},"version":{"name":"1.4.0","artifact":"img","digest":"sha256:1"},
       "steps":[{"key":"s1","name":"Build","stage":"b","parent":"p","state":"failed","stateRaw":"F","warning":true,"optional":true,
         "attempt":3,"startedAt":"2026-03-02T10:00:02Z","finishedAt":"2026-03-02T10:00:03Z","activeSeconds":1,"url":"u","error":"e"}],
       "gates":[{"key":"g1","kind":"human","state":"approved","environment":"production","step":"s1","requestedBy":"bot",
         "requestedAt":"2026-03-02T10:01:00Z","allowed":["ana","ops"],"required":2,
         "decisions":[{"by":"ana","at":"2026-03-02T10:02:00Z","decision":"approved","comment":"ok"},{"by":"bea","at":null}]}],
       "deployments":[{"environment":{"key":"prod","name":"Production","tier":"production","rank":3,"url":"https://shop"},"id":"d1",
         "service":"checkout","version":"1.4.0","commit":"0123abcd","changes":["aaaaaaa1"],"state":"failed","stateRaw":"X",
         "startedAt":"2026-03-02T10:03:00Z","finishedAt":"2026-03-02T10:04:00Z","actor":"ana","url":"u","step":"s1",
         "promotion":"manual","gate":"g1","action":"rollback","hotfix":true,"rollbackOf":"d0","reason":"r","inferred":["action"]}],
       "tests":{"total":10,"passed":7,"failed":1,"skipped":2,"flaky":3,"seconds":4.5}}
      """#
    let file = read(text)
    #expect(file.diagnostics.isEmpty)
    let run = try #require(join(text).runs.first?.value)

    var expected = RunRecord(id: "128", state: .succeeded)
    expected.service = "checkout"
    expected.provider = "bitbucket"
    expected.repository = "acme/checkout"
    expected.pipeline = "main"
    expected.number = 128
    expected.attempt = 2
    expected.url = "https://ci/128"
    expected.title = "Faster"
    expected.stateRaw = "SUCCESSFUL"
    expected.warning = true
    expected.createdAt = time("2026-03-02T10:00:00Z")
    expected.startedAt = time("2026-03-02T10:00:01.5Z")
    expected.finishedAt = time("2026-03-02T10:09:00Z")
    expected.activeSeconds = 421.5
    var commit = Change(sha: "0123abcd")
    commit.message = "m"
    commit.author = "ana"
    commit.committedAt = time("2026-03-02T09:00:00Z")
    commit.pullRequest = "7"
    expected.commit = commit
    expected.changes = [Change(sha: "aaaaaaa1"), Change(sha: "bbbbbbb2")]
    expected.ref = Ref(name: "v1.4.0", type: .tag)
    expected.trigger = Trigger(type: .schedule, raw: "cron")
    expected.actor = Actor(name: "ana", id: "99", kind: .human)
    expected.version = VersionLabel(name: "1.4.0", artifact: "img", digest: "sha256:1")
    expected.steps = [step()]
    expected.gates = [gate()]
    expected.deployments = [deployment()]
    expected.tests = TestCounts(total: 10, passed: 7, failed: 1, skipped: 2, flaky: 3, seconds: 4.5)
    #expect(run == expected)
  }

  private func step() -> Step {
    var step = Step(name: "Build", state: .failed)
    step.key = "s1"
    step.stage = "b"
    step.parent = "p"
    step.stateRaw = "F"
    step.warning = true
    step.optional = true
    step.attempt = 3
    step.startedAt = time("2026-03-02T10:00:02Z")
    step.finishedAt = time("2026-03-02T10:00:03Z")
    step.activeSeconds = 1
    step.url = "u"
    step.error = "e"
    return step
  }

  private func gate() -> Gate {
    var gate = Gate(kind: .human, state: .approved)
    gate.key = "g1"
    gate.environment = "production"
    gate.step = "s1"
    gate.requestedBy = "bot"
    gate.requestedAt = time("2026-03-02T10:01:00Z")
    gate.allowed = ["ana", "ops"]
    gate.required = 2
    gate.decisions = [
      .init(by: "ana", at: time("2026-03-02T10:02:00Z"), decision: "approved", comment: "ok"), .init(by: "bea"),
    ]
    return gate
  }

  private func deployment() -> DeploymentRecord {
    var deployment = DeploymentRecord(
      environment: .init(name: "Production", key: "prod", tier: .production, rank: 3, url: "https://shop"))
    deployment.id = "d1"
    deployment.service = "checkout"
    deployment.version = VersionLabel(name: "1.4.0")
    deployment.commit = Change(sha: "0123abcd")
    deployment.changes = [Change(sha: "aaaaaaa1")]
    deployment.state = .failed
    deployment.stateRaw = "X"
    deployment.startedAt = time("2026-03-02T10:03:00Z")
    deployment.finishedAt = time("2026-03-02T10:04:00Z")
    deployment.actor = Actor(name: "ana")
    deployment.url = "u"
    deployment.step = "s1"
    deployment.promotion = .manual
    deployment.gate = "g1"
    deployment.action = .rollback
    deployment.hotfix = true
    deployment.rollbackOf = "d0"
    deployment.reason = "r"
    deployment.inferred = ["action"]
    return deployment
  }

  @Test func aDeploymentStandsAlone() throws {
    let set = join(#"{"kind":"deployment","environment":"staging","version":"1.2","run":77,"state":"succeeded"}"#)
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.environment == .init(name: "staging"))
    #expect(deployment.run == "77")
    #expect(deployment.state == .succeeded)
    #expect(deployment.id == nil)
  }

  @Test(arguments: [
    (#"{"kind":"incident","id":"i1"}"#, IncidentRecord.State.detected),
    (#"{"kind":"incident","id":"i1","resolvedAt":"2026-03-02T10:00:00Z"}"#, .resolved),
    (#"{"kind":"incident","id":"i1","state":"acknowledged"}"#, .acknowledged),
    (#"{"kind":"incident","id":"i1","state":"Resolved"}"#, .resolved),
  ])
  func anIncidentWithoutStateFollowsFromItsEnd(text: String, state: IncidentRecord.State) {
    #expect(join(text).incidents.map(\.value.state) == [state])
    #expect(read(text).diagnostics.isEmpty)
  }

  @Test func anIncidentHoldsEveryFieldOfItsTable() throws {
    let text = #"""
      {"kind":"incident","id":5,"title":"Down","state":"resolved","severity":"major","environment":"production","service":"checkout",
       "startedAt":"2026-03-02T10:00:00Z","resolvedAt":"2026-03-02T11:00:00Z","causedBy":"d1","fixedBy":["d2","web/d3"],"url":"u",
       "updates":[{"at":"2026-03-02T10:05:00Z","state":"acknowledged","text":"We look."}]}
      """#
    var expected = IncidentRecord(id: "5", state: .resolved)
    expected.title = "Down"
    expected.severity = "major"
    expected.environment = "production"
    expected.service = "checkout"
    expected.startedAt = time("2026-03-02T10:00:00Z")
    expected.resolvedAt = time("2026-03-02T11:00:00Z")
    expected.causedBy = ["d1"]
    expected.fixedBy = ["d2", "web/d3"]
    expected.url = "u"
    let at = try #require(time("2026-03-02T10:05:00Z"))
    expected.updates = [.init(at: at, state: .acknowledged, text: .text("We look."))]
    #expect(join(text).incidents.map(\.value) == [expected])
    #expect(read(text).diagnostics.isEmpty)
  }

  @Test(arguments: [
    (#""id": "9007199254740993""#, "9007199254740993"), (#""id": 9007199254740993"#, "9007199254740993"),
    (#""id": 123456789012345678901234567890"#, "123456789012345678901234567890"), (#""id": "{ab-1}""#, "{ab-1}"),
    (#""id": 0"#, "0"),
  ])
  func identifiersSurviveAsWritten(field: String, id: String) {
    #expect(join(#"{\#(field),"state":"failed"}"#).runs.map(\.value.id) == [id])
  }

  @Test(arguments: [
    "null", "\"\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00.123+02:00\"", "\"1970-01-01T00:00:00Z\"",
    "\"1970-01-01T01:00:00.000+01:00\"",
  ])
  func sentinelTimesAreNone(value: String) throws {
    let text = #"{"id":"1","state":"failed","startedAt":\#(value)}"#
    #expect(try #require(join(text).run("1")).startedAt == nil)
    #expect(read(text).diagnostics.isEmpty)
  }

  @Test(arguments: ["\"0000000000000000000000000000000000000000\"", "{\"sha\":\"00000000\"}", "\"\"", "null"])
  func hashesOfZerosAreNone(value: String) throws {
    let text = #"{"id":"1","state":"failed","commit":\#(value),"changes":[\#(value == "null" ? "" : value)]}"#
    let run = try #require(join(text).run("1"))
    #expect(run.commit == nil)
    #expect(run.changes.isEmpty)
  }

  @Test(arguments: [
    ("main", Ref(name: "main", type: .branch)), ("refs/heads/feature/x", Ref(name: "feature/x", type: .branch)),
    ("refs/tags/v1", Ref(name: "v1", type: .tag)), ("refs/notes/x", Ref(name: "refs/notes/x", type: .other)),
    ("refs/pull/12/merge", Ref(name: "refs/pull/12/merge", type: .pullRequest, pullRequest: "12")),
    ("refs/merge-requests/3/head", Ref(name: "refs/merge-requests/3/head", type: .pullRequest, pullRequest: "3")),
    ("refs/heads/", Ref(name: "refs/heads/", type: .other)),
  ])
  func aRefSaysWhatItIs(written: String, ref: Ref) throws {
    #expect(try #require(join(#"{"id":"1","state":"failed","ref":"\#(written)"}"#).run("1")).ref == ref)
    #expect(try #require(join(#"{"id":"1","state":"failed","ref":{"name":"\#(written)"}}"#).run("1")).ref == ref)
  }

  @Test(arguments: [
    (#"{"passed":3,"failed":1}"#, TestCounts(total: 4, passed: 3, failed: 1)),
    (#"{"total":9,"failed":1,"skipped":2}"#, TestCounts(total: 9, passed: 6, failed: 1, skipped: 2)),
    (#"{"total":1,"failed":5}"#, TestCounts(total: 1, passed: 0, failed: 5)),
    (
      #"{"total":9223372036854775807,"failed":9223372036854775807,"skipped":9223372036854775807}"#,
      TestCounts(total: 2_147_483_647, passed: 0, failed: 2_147_483_647, skipped: 2_147_483_647)
    ),
  ])
  func oneSumOfTestsFollowsFromTheOther(text: String, counts: TestCounts) throws {
    #expect(try #require(join(#"{"id":"1","state":"failed","tests":\#(text)}"#).run("1")).tests == counts)
  }

  @Test(arguments: [
    ("{\"state\":\"waiting\"}", Gate(kind: .human, state: .waiting)),
    ("{\"kind\":\"Timer\"}", Gate(kind: .timer, state: .unknown)),
    ("{\"kind\":\"robot\",\"state\":\"approved\"}", Gate(kind: .policy, state: .approved)),
  ])
  func aGateWithoutAKindIsAPersonsAndOneOfAnUnknownKindIsNot(text: String, gate: Gate) throws {
    #expect(try #require(join(#"{"id":"1","state":"waiting","gates":[\#(text)]}"#).run("1")).gates == [gate])
  }

  @Test func aRunOfItsServiceIsNoProvidersWhateverItsAddress() {
    let text = #"{"service":"shop","id":"1","number":1,"state":"failed","url":"https://buildkite.com/acme/shop/builds/1"}"#
    #expect(join(text).runs.map(\.value.id) == ["1"])
    #expect(join(text).runs.map(\.value.provider) == [nil])
    // Without that it is.
    #expect(join(text.replacing(#""service":"shop","#, with: "")).runs.map(\.value.provider) == ["buildkite"])
  }

  @Test func aTriggerNobodyKnowsKeepsItsWord() throws {
    let run = try #require(join(#"{"id":"1","state":"failed","trigger":"moon"}"#).run("1"))
    #expect(run.trigger == Trigger(type: .unknown, raw: "moon"))
  }

  @Test func everyKeyOfTheTablesIsReadWithoutANote() {
    // Null is the value that every field takes in silence.
    for kind in Envelope.Kind.allCases {
      let members = kind.keys.filter { !["kind", "id", "state", "environment"].contains($0) }.map { "\"\($0)\":null" }.joined(
        separator: ",")
      let text = #"{"kind":"\#(kind.rawValue)","id":"1","state":"resolved","environment":"production",\#(members)}"#
      let unexpected = read(text).diagnostics.filter { $0.message.id != "unknown-key" && $0.message.id != "unknown-word" }
      #expect(unexpected.isEmpty, "\(kind)")
    }
  }
}

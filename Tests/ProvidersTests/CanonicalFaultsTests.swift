import Diagnostics
import Providers
import Records
import Testing
import Time

/// A fault: the text with `‸` where its diagnostic must point, and what the diagnostic must be.
struct Fault: Sendable, CustomTestStringConvertible {
  let text: String
  let severity: Diagnostic.Severity
  let id: String
  let says: [String]
  let suggestion: String?
  /// The records that are lost and read.
  let lost: Int
  let kept: Int

  init(
    _ text: String, _ severity: Diagnostic.Severity, _ id: String, _ says: String..., suggestion: String? = nil, lost: Int,
    kept: Int
  ) {
    self.text = text
    self.severity = severity
    self.id = id
    self.says = says
    self.suggestion = suggestion
    self.lost = lost
    self.kept = kept
  }

  var testDescription: String { "\(id): \(text)" }
  var source: String { text.replacing("‸", with: "") }
  var position: Position {
    let before = text.prefix { $0 != "‸" }
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return Position(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }

  /// Costs the record.
  static func error(_ text: String, _ id: String, _ says: String..., suggestion: String? = nil, lost: Int = 1, kept: Int = 0)
    -> Fault
  {
    var fault = Fault(text, .error, id, suggestion: suggestion, lost: lost, kept: kept)
    fault = Fault(fault, says)
    return fault
  }

  /// The field counts as absent.
  static func warning(_ text: String, _ id: String, _ says: String..., suggestion: String? = nil) -> Fault {
    Fault(Fault(text, .warning, id, suggestion: suggestion, lost: 0, kept: 1), says)
  }

  static func note(_ text: String, _ id: String, _ says: String..., suggestion: String? = nil) -> Fault {
    Fault(Fault(text, .note, id, suggestion: suggestion, lost: 0, kept: 1), says)
  }

  private init(_ fault: Fault, _ says: [String]) {
    text = fault.text
    severity = fault.severity
    id = fault.id
    self.says = says
    suggestion = fault.suggestion
    lost = fault.lost
    kept = fault.kept
  }
}

@Suite struct CanonicalFaults {
  static let lostRecords: [Fault] = [
    .error("‸{\"state\":\"failed\"}", "missing-field", "run has no 'id'", "text in quotes or a whole number"),
    .error("‸{\"id\":\"1\"}", "missing-field", "run has no 'state'", "a state in quotes"),
    .error("‸{\"id\":\"1\",\"stat\":\"failed\"}", "missing-field", "no 'state'", suggestion: "state"),
    .error("‸{\"kind\":\"incident\"}", "missing-field", "incident has no 'id'"),
    .error("‸{\"kind\":\"deployment\",\"id\":\"d\"}", "missing-field", "deployment has no 'environment'"),
    .error("{\"id\":‸true,\"state\":\"failed\"}", "wrong-required-field", "'id' is true", "the record is lost"),
    .error("{\"id\":‸[],\"state\":\"failed\"}", "wrong-required-field", "'id' is a list"),
    .error("‸{\"id\":\"  \",\"state\":\"failed\"}", "missing-field", "no 'id'"),
    .error("{\"id\":\"1\",\n \"state\":‸4}", "wrong-required-field", "'state' is 4", "a state in quotes"),
    .error("{\"id\":\"1\",\"state\":‸{}}", "wrong-required-field", "'state' is an object"),
    .error("‸{\"id\":\"1\",\"state\":null}", "missing-field", "no 'state'"),
    .error(
      "{\"id\":\"1\",\"state\":\"failed\",\"deployments\":[‸{\"id\":\"d\"}]}", "missing-field",
      "deployment has no 'environment'"),
    .error(
      "{\"id\":\"1\",\"state\":\"failed\",\"deployments\":[{\"environment\":‸7}]}", "wrong-required-field",
      "'environment' is 7",
      "a name in quotes or an object with 'name'"),
    .error(
      "{\"id\":\"1\",\"state\":\"failed\",\"deployments\":[{\"environment\":‸{\"tier\":\"test\"}}]}", "wrong-required-field",
      "'environment' is an object"),
    .error(
      "{\"id\":\"1\",\"state\":\"failed\",\"deployments\":[‸\"production\"]}", "wrong-required-field", "\"production\"",
      "an object with 'environment'"),
    .error(
      "{\"id\":\"1\",\"state\":\"succeeded\",\"deployments\":[{\"environment\":\"p\",\"state\":‸1}]}", "wrong-required-field",
      "'state' is 1"),
    .error("{\"kind\":\"deployment\",\"environment\":\"p\",\"id\":‸{}}", "wrong-required-field", "'id' is an object"),
    .error("{\"id\":\"1\",\"state\":\"failed\",\"steps\":[{\"state\":‸false}]}", "wrong-required-field", "'state' is false"),
    .warning(
      "{\"kind\":\"incident\",\"id\":\"i\",\"updates\":[‸{\"at\":\"2026-03-02T11:30:00Z\",\"state\":\"resolved\"},{\"at\":\"2026-03-02T11:10:00Z\",\"state\":\"acknowledged\"}]}",
      "unclear-resolution", "the last update says resolved, but the incident counts as open"),
    .warning(
      "{\"kind\":\"incident\",\"id\":\"i\",\"type\":\"maintenance\",\"updates\":[‸{\"at\":\"2026-03-02T11:30:00Z\",\"state\":\"postmortem\"}]}",
      "unclear-resolution", "counts as open"),
    .error("{\"kind\":\"incident\",\"id\":\"i\",\"state\":‸2}", "wrong-required-field", "'state' is 2"),
    .error("{\"kind\":\"incident\",\"id\":\"i\",\"environment\":‸[]}", "wrong-required-field", "'environment' is a list"),
    .error(
      "{\"kind\":‸\"runn\",\"id\":\"1\",\"state\":\"failed\"}", "unknown-kind", "\"runn\"", "run, deployment or incident",
      suggestion: "run"),
    .error("{\"kind\":‸\"Deployment\",\"environment\":\"p\"}", "unknown-kind", suggestion: "deployment"),
    .error("{\"kind\":‸4,\"id\":\"1\",\"state\":\"failed\",\"service\":\"a\"}", "unknown-kind", "unknown kind 4"),
    .error(
      "{\"schema\":\"tidemark-records/1\",\"records\":[{\"kind\":‸\"release\",\"id\":1}]}", "unknown-kind", "\"release\"",
      "run, deployment or incident"),
    .error(
      "{\"schema\":‸\"tidemark-records/2\",\"records\":[{},{}]}", "unknown-schema", "tidemark-records/2", "tidemark-records/1",
      "2 records are lost", suggestion: "tidemark-records/1", lost: 2),
    .error("{\"schema\":‸\"tidemark-record/1\"}", "unknown-schema", suggestion: "tidemark-records/1"),
    .error("{\"schema\":‸7,\"records\":[]}", "unknown-schema", "unknown schema 7"),
    .error("‸{\"schema\":\"tidemark-records/1\"}", "no-records", "\"records\" is missing", "a list of records"),
    .error("{\"schema\":\"tidemark-records/1\",\"records\":‸{}}", "no-records", "\"records\" is an object"),
    .error("{\"schema\":\"tidemark-records/1\",\"records\":[‸\"x\"]}", "not-a-record", "found \"x\"", "expected an object"),
    .error(
      "[{\"id\":\"1\",\"state\":\"failed\"},\n‸{\"state\":\"failed\",\"service\":\"a\"},\n{\"id\":\"3\",\"state\":\"failed\"}]",
      "missing-field", "no 'id'", kept: 2),
    .error(
      "{\"id\":\"1\",\"state\":\"failed\"}\n‸{\"id\":\"2\"}\n{\"id\":\"3\",\"state\":\"failed\"}\n", "missing-field", kept: 2),
  ]

  static let lostFields: [Fault] = [
    .warning(
      run("\"startedAt\":‸\"yesterday\""), "wrong-field", "'startedAt' is \"yesterday\"", "RFC 3339", "2026-03-02T10:00:00Z"),
    .warning(run("\"startedAt\":‸1772445600"), "wrong-field", "'startedAt' is 1772445600", "RFC 3339"),
    .warning(run("\"finishedAt\":‸\"2026-03-02T10:00:00\""), "wrong-field", "with an offset"),
    .warning(run("\"createdAt\":‸\"2026-02-30T10:00:00Z\""), "wrong-field", "'createdAt'"),
    .warning(run("\"number\":‸1.5"), "wrong-field", "'number' is 1.5", "a whole number from 0"),
    .warning(run("\"number\":‸-1"), "wrong-field", "'number' is -1"),
    .warning(run("\"number\":‸\"42\""), "wrong-field", "'number' is \"42\""),
    .warning(run("\"attempt\":‸0"), "wrong-field", "'attempt' is 0", "a whole number from 1"),
    .warning(run("\"service\":‸{}"), "wrong-field", "'service' is an object"),
    .warning(run("\"url\":‸7"), "wrong-field", "'url' is 7", "text in quotes"),
    .warning(run("\"warning\":‸\"yes\""), "wrong-field", "'warning' is \"yes\"", "true or false"),
    .warning(run("\"activeSeconds\":‸-3"), "wrong-field", "'activeSeconds' is -3", "a number of seconds"),
    .warning(run("\"activeSeconds\":‸1e999"), "wrong-field", "1e999"),
    .warning(run("\"commit\":‸7"), "wrong-field", "'commit' is 7", "a hash in quotes"),
    .warning(run("\"commit\":‸{\"message\":\"m\"}"), "wrong-field", "'commit' is without 'sha'"),
    .warning(run("\"changes\":[\"aaaaaaa\",‸true]"), "wrong-field", "'changes' is true"),
    .warning(run("\"changes\":‸\"aaaaaaa\""), "wrong-field", "'changes' is \"aaaaaaa\"", "a list"),
    .warning(run("\"ref\":‸[]"), "wrong-field", "'ref' is a list"),
    .warning(run("\"ref\":‸{\"type\":\"tag\"}"), "wrong-field", "'ref' is without 'name'"),
    .warning(
      run("\"ref\":{\"name\":\"x\",\"type\":‸\"brunch\"}"), "unknown-word", "branch, tag, pull_request or other",
      suggestion: "branch"),
    .warning(run("\"trigger\":‸\"pish\""), "unknown-word", "'trigger' is \"pish\"", suggestion: "push"),
    .warning(run("\"actor\":‸true"), "wrong-field", "'actor' is true"),
    .warning(
      run("\"actor\":{\"name\":\"a\",\"kind\":‸\"humann\"}"), "unknown-word", "human, bot, system or unknown",
      suggestion: "human"),
    .warning(run("\"version\":‸[]"), "wrong-field", "'version' is a list"),
    .warning(run("\"steps\":‸{}"), "wrong-field", "'steps' is an object", "a list"),
    .warning(run("\"steps\":[‸3]"), "wrong-field", "'steps' is 3", "an object"),
    .warning(
      run("\"gates\":[{\"state\":‸\"aproved\"}]"), "unknown-word", "waiting, approved, rejected", suggestion: "approved"),
    .warning(run("\"gates\":[{\"kind\":‸\"robot\"}]"), "unknown-word", "human, timer, check, lock or policy", "policy"),
    .warning(run("\"gates\":[{\"allowed\":[‸{}]}]"), "wrong-field", "'allowed' is an object"),
    .warning(run("\"deployments\":‸\"production\""), "wrong-field", "'deployments' is \"production\"", "a list"),
    .warning(
      run("\"deployments\":[{\"environment\":{\"name\":\"p\",\"tier\":‸\"prod\"}}]"), "unknown-word",
      "development, test, staging, production or other"),
    .warning(
      run("\"deployments\":[{\"environment\":\"p\",\"promotion\":‸\"auto\"}]"), "unknown-word", "manual, automatic or unknown"),
    .warning(
      run("\"deployments\":[{\"environment\":\"p\",\"action\":‸\"roll-back \"}, {\"environment\":\"q\",\"action\":\"undo\"}]")
        .replacing("‸\"roll-back \"", with: "\"roll-back \"").replacing("\"undo\"", with: "‸\"undo\""),
      "unknown-word", "deploy, redeploy, rollback or remove"),
    .warning(run("\"tests\":‸5"), "wrong-field", "'tests' is 5"),
    .warning(
      "{\"id\":\"1\",\"state\":‸\"sucess\"}", "unknown-word", "'state' is \"sucess\"", "shown as unknown", suggestion: nil),
    .warning(
      "{\"kind\":\"incident\",\"id\":\"i\",\"state\":‸\"open\"}", "unknown-word",
      "detected, acknowledged, resolved or postmortem"),
    .warning("{\"kind\":\"incident\",\"id\":\"i\",\"updates\":[‸{\"text\":\"x\"}]}", "wrong-field", "without a time"),
    .warning("{\"kind\":\"incident\",\"id\":\"i\",\"causedBy\":‸true}", "wrong-field", "a deployment's id"),
    .warning("‸{\"records\":[{\"id\":\"1\",\"state\":\"failed\"}]}", "no-schema", "tidemark-records/1"),
    .warning(
      "‸{\"shema\":\"tidemark-records/1\",\"records\":[{\"id\":\"1\",\"state\":\"failed\"}]}", "no-schema", suggestion: "schema"
    ),
    .warning(run("‸\"finishdAt\":\"x\""), "unknown-key", "unknown key 'finishdAt' in a run", suggestion: "finishedAt"),
    .note(run("‸\"colour\":\"x\""), "unknown-key", "'colour'"),
    .warning(run("\"steps\":[{‸\"nam\":\"x\"}]"), "unknown-key", "in a step", suggestion: "name"),
    .warning(run("\"gates\":[{‸\"environmnt\":\"x\"}]"), "unknown-key", "in a gate", suggestion: "environment"),
    .warning(run("\"deployments\":[{\"environment\":\"p\",‸\"stat\":\"x\"}]"), "unknown-key", "in a deployment"),
    .warning(
      "{\"schema\":\"tidemark-records/1\",‸\"record\":1,\"records\":[{\"id\":\"1\",\"state\":\"failed\"}]}", "unknown-key",
      "the envelope", suggestion: "records"),
  ]

  private static func run(_ member: String) -> String { "{\"id\":\"1\",\"state\":\"failed\",\n  \(member)}" }

  @Test(arguments: lostRecords) func aFaultThatCostsARecordIsAnErrorAtItsPlace(fault: Fault) throws { try check(fault) }
  @Test(arguments: lostFields) func aFaultThatCostsAFieldIsToldAtItsPlace(fault: Fault) throws { try check(fault) }

  private func check(_ fault: Fault) throws {
    let file = read(fault.source)
    let diagnostic = try #require(file.diagnostics.first { $0.message.id == fault.id })
    #expect(diagnostic.severity == fault.severity)
    #expect(diagnostic.position == fault.position)
    #expect(diagnostic.file == "runs/a.json")
    for words in fault.says { #expect(diagnostic.message.text.contains(words), "\(diagnostic.message.text)") }
    if let suggestion = fault.suggestion { #expect(diagnostic.message.suggestion == suggestion) }
    let account = joinRecords([file]).account
    #expect(account.records == Account.Tally(rendered: fault.kept, error: fault.lost))
    let isLost = file.diagnostics.contains { $0.severity == .error }
    #expect(isLost == (fault.lost > 0))
  }

  @Test func everyFaultOfARecordIsTold() {
    let file = read(#"{"service":"a","startedAt":"x","number":-1}"#)
    #expect(file.diagnostics.map(\.message.id).sorted() == ["missing-field", "missing-field", "wrong-field", "wrong-field"])
    #expect(joinRecords([file]).account.records == Account.Tally(error: 1))
  }

  @Test(arguments: [
    #"{"id":"1","state":"failed","actor":{"name":7}}"#,
    #"{"id":"1","state":"failed","commit":{"sha":7}}"#,
    #"{"id":"1","state":"failed","ref":{"name":7}}"#,
    #"{"id":"1","state":"failed","version":{"name":{}}}"#,
    #"{"id":"1","state":"failed","deployments":[{"environment":{"name":7}}]}"#,
    #"{"id":"1","state":"failed","gates":[{"decisions":[{"at":"noon"}]}]}"#,
    #"{"kind":"incident","id":"i","updates":[{"at":"noon","state":"resolved"}]}"#,
    #"{"kind":"incident","id":"i","resolvedAt":"noon","updates":[{"at":"2026-03-02T11:30:00Z","state":"resolved"}]}"#,
    #"{"kind":"incident","id":"i","state":"fixed","updates":[{"at":"2026-03-02T11:30:00Z","state":"resolved"}]}"#,
  ])
  func whatCannotBeReadIsNotToldAsMissingToo(record: String) {
    #expect(read(record).diagnostics.count == 1, "\(read(record).diagnostics.map(\.message.text))")
  }

  @Test func anUnknownKeyIsNotedOnceForEachFileAndKindOfObject() {
    let lines = (1...50).map { #"{"id":"\#($0)","state":"failed","colour":"red","steps":[{"colour":1},{"colour":2}]}"# }
    let notes = read(lines.joined(separator: "\n")).diagnostics
    #expect(
      notes.map(\.message.text) == [
        "unknown key 'colour' in a step; it is left out", "unknown key 'colour' in a run; it is left out",
      ] || notes.count == 2)
    #expect(notes.allSatisfy { $0.severity == .note })
  }

  @Test func aWordNobodyKnowsIsUnknownAndKeepsItsForm() throws {
    let run = try #require(join(#"{"id":"1","state":"Parked Here"}"#).run("1"))
    #expect(run.state == .unknown)
    #expect(run.stateRaw == "Parked Here")
  }

  @Test func aSyntaxFaultCostsItsLineOnly() {
    let set = join("{\"id\":\"1\",\"state\":\"failed\"}\n{\"id\":\"2\",}\n{\"id\":\"3\",\"state\":\"failed\"}\n")
    #expect(set.runs.map(\.value.id) == ["1", "3"])
    #expect(set.account.records == Account.Tally(rendered: 2, error: 1))
  }

  @Test func hostileTextIsCutInMessages() {
    let long = String(repeating: "a", count: 100_000)
    let file = read(
      "{\"id\":\"1\",\"state\":\"failed\",\"startedAt\":\"\(long)\",\"\(long)\":1,\"trigger\":\"x\\n\\u0000\(long)\"}")
    #expect(file.diagnostics.count == 3)
    #expect(file.diagnostics.allSatisfy { $0.message.text.utf8.count < 400 && !$0.message.text.contains("\n") })
  }
}

@Suite struct Recognition {
  @Test(arguments: [
    ("{}", "an empty object is no record"), ("[1]", "1 is no record"), ("\"x\"", "\"x\" is no record"),
    ("null", "null is no record"),
    (
      #"{"apiVersion":"v1","kind":"Deployment","metadata":{}}"#,
      "Deployment of v1 is not read"
    ),
    (#"{"kind":"Application","a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8}"#, "'g' and 1 more"),
    (#"{"message":"Not Found","documentation_url":"https://docs"}"#, "an error answer of an interface: \"Not Found\""),
    (#"{"type":"error","error":{"message":"Token expired"}}"#, "an error answer of an interface: \"Token expired\""),
    (#"{"message":"401 Unauthorized","code":401}"#, "an error answer of an interface: \"401 Unauthorized\""),
    (#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"forbidden","code":403}"#, "\"forbidden\""),
    (#"{"data":null,"errors":[{"message":"Something went wrong"}]}"#, "\"Something went wrong\""),
    (#"{"ErrorMessage":"You must be logged in","Errors":[]}"#, "\"You must be logged in\""),
    (#"{"apiVersion":"kargo.akuity.io/v1alpha1","kind":"Promotion","metadata":{"name":"p"}}"#, "Promotion of kargo.akuity.io"),
    (
      #"{"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject","metadata":{"name":"p"}}"#,
      "AppProject of argoproj.io is not read"
    ),
    (#"{"count":1,"release":"@{id=61; name=Release-61}"}"#, "ConvertTo-Json without enough -Depth"),
    (#"{"action":"opened","sender":{"login":"a"},"issue":{}}"#, "a webhook about nothing that is read"),
    (#"{"records":[1],"id":"x","changeId":2,"url":"u"}"#, "no known kind of record"),
  ])
  func whatIsNoRecordIsSkippedWithAReason(text: String, reason: String) throws {
    let set = join(text)
    let skipped = try #require(set.account.skipped.first)
    #expect(skipped.reason.contains(reason), "\(skipped.reason)")
    #expect(skipped.file == "runs/a.json")
    #expect(set.account.records == Account.Tally(skipped: 1))
  }

  @Test func aFailedRequestInPlaceOfADumpIsAWarning() {
    #expect(read(#"{"message":"Bad credentials","documentation_url":"u"}"#).diagnostics.map(\.severity) == [.warning])
  }

  @Test func nestingWithoutEndIsSkipped() {
    let set = join(String(repeating: "[", count: 60) + String(repeating: "]", count: 60))
    #expect(set.account.records.total == 1)
    #expect(set.account.records.rendered == 0)
  }

  @Test func mixedLinesAreTakenEachByItsShape() {
    let set = join(
      """
      {"id":"1","state":"failed"}
      {"uuid":"{p}","type":"pipeline","state":{"name":"PENDING"}}
      {"id":5,"run_number":1,"status":"queued","head_sha":"abcdef0"}
      {"hello":1}
      """)
    #expect(set.runs.map(\.value.id) == ["1", "{p}", "5"])
    #expect(set.account.records == Account.Tally(rendered: 3, skipped: 1))
  }
}

import Diagnostics
import Providers
import Records
import Testing
import Time

/// Whose a record is that names no repository.
@Suite struct RecordsWithoutRepository {
  private static func gitlab(_ id: Int, environment: Int, project: String? = nil) -> String {
    let job = project.map {
      #"{"id":\#(id)0,"status":"success","stage":"d","name":"d","pipeline":{"id":\#(id)00},"web_url":"https://git.example/\#($0)/-/jobs/\#(id)0"}"#
    }
    let sha = String(repeating: "a", count: 40)
    return
      #"{"id":\#(id),"iid":\#(id),"sha":"\#(sha)","ref":"main","status":"success","created_at":"2026-03-02T10:00:00Z","updated_at":"2026-03-02T10:05:00Z","environment":{"id":\#(environment),"name":"live"},"deployable":\#(job ?? "null")}"#
  }

  /// Of the deployments that stand alone, whose they are.
  private static func homes(_ files: KeyValuePairs<String, String>) -> [String: String] {
    var set = join(files)
    applyRules([], to: &set)
    let pairs = set.deployments.map { ($0.value.id ?? "", $0.value.repository ?? $0.value.service ?? "") }
    return Dictionary(pairs) { first, _ in first }
  }

  @Test func itIsThatOfItsSiblingsOfOneAnswer() {
    let list = "[\(Self.gitlab(1, environment: 3)),\(Self.gitlab(2, environment: 4, project: "house/attic"))]"
    #expect(Self.homes(["a.json": list])["1"] == "house/attic")
  }

  @Test func itIsThatOfItsEnvironment() {
    let files: KeyValuePairs = [
      "a.json": "[\(Self.gitlab(1, environment: 3))]", "b.json": "[\(Self.gitlab(2, environment: 3, project: "house/attic"))]",
    ]
    #expect(Self.homes(files)["1"] == "house/attic")
  }

  @Test func twoProjectsOfOneAnswerTellNothing() {
    let list = [
      Self.gitlab(1, environment: 3), Self.gitlab(2, environment: 4, project: "house/attic"),
      Self.gitlab(3, environment: 5, project: "house/shed"),
    ].joined(separator: ",")
    #expect(Self.homes(["runs/all.json": "[\(list)]"])["1"] == "all")
  }

  @Test func linesAreSiblingsAsTheElementsOfAListAre() {
    let (mine, other) = (Self.gitlab(1, environment: 3), Self.gitlab(2, environment: 4, project: "house/attic"))
    for form in ["\(mine)\n\(other)", "\(mine)\(other)", "[\(mine)]\n[\(other)]", "[[\(mine)],[\(other)]]"] {
      #expect(Self.homes(["runs/eu/log.jsonl": form])["1"] == "house/attic", "\(form)")
    }
  }

  @Test func linesOfTwoProjectsTellNothing() {
    let lines = [
      Self.gitlab(1, environment: 3), Self.gitlab(2, environment: 4, project: "house/attic"),
      Self.gitlab(3, environment: 5, project: "house/shed"),
    ].joined(separator: "\n")
    #expect(Self.homes(["runs/eu/log.jsonl": lines])["1"] == "eu-log")
  }

  @Test func ofTwoAnswersInOneFileItIsThatOfItsOwn() {
    let first = "[\(Self.gitlab(1, environment: 3)),\(Self.gitlab(2, environment: 4, project: "house/attic"))]"
    let second = "[\(Self.gitlab(3, environment: 5)),\(Self.gitlab(4, environment: 6, project: "house/shed"))]"
    let homes = Self.homes(["a.json": first + "\n" + second])
    #expect(homes["1"] == "house/attic" && homes["3"] == "house/shed")
  }

  @Test func aWarningAFileSaysWhichRuleWouldPlaceThem() {
    let list = "[\(Self.gitlab(1, environment: 3)),\(Self.gitlab(2, environment: 3))]"
    var set = join(["runs/a.json": list])
    applyRules([], to: &set)
    #expect(set.diagnostics.map(\.message.id) == ["no-repository"])
    #expect(set.diagnostics.first?.message.suggestion?.contains(#"{files: "runs/a.json", repository: OWNER/NAME}"#) == true)
    var placed = join(["runs/a.json": list])
    applyRules([Configuration.RecordRule(files: "runs/a.json", values: ["repository": "house/attic"])], to: &placed)
    #expect(placed.diagnostics.isEmpty)
    #expect(placed.deployments.map(\.value.repository) == ["house/attic", "house/attic"])
  }
}

/// One list of words that mean yes.
@Suite struct Decisions {
  @Test(arguments: [
    ("approved", Gate.Decision.Meaning.yes), ("Proceed", .yes), ("ACCEPTED", .yes), ("signed off", .yes), ("rejected", .no),
    ("Denied", .no), ("Abort", .no), ("skipped", .none), ("cancelled", .none), ("reassigned", .none), ("timedOut", .none),
    ("pending", .none), ("bypassed by the owner", .forced), ("override", .forced), ("merged", .unknown), ("thinking", .unknown),
  ])
  func aWordMeans(word: String, meaning: Gate.Decision.Meaning) {
    #expect(Gate.Decision(decision: word).meaning == meaning)
  }

  @Test func nobodyHasDecidedWhileAGateWaits() {
    var gate = Gate(kind: .human, state: .waiting)
    gate.requestedAt = time("2026-03-02T10:00:00Z")
    gate.decisions = [Gate.Decision(by: "ana", at: time("2026-03-02T10:05:00Z"), decision: "approved")]
    #expect(gate.decidedAt == nil && gate.decidedBy == nil && gate.waitSeconds == nil)
    gate.state = .approved
    gate.decisions.append(Gate.Decision(by: "bo", at: time("2026-03-02T10:09:00Z"), decision: "skipped"))
    #expect(gate.decidedBy == "ana" && gate.waitSeconds == 300)
  }
}

/// What is left out, cut off or in the way is said.
@Suite struct FileMessages {
  @Test(arguments: [
    ("<!DOCTYPE html><html></html>", ["markup"]), ("Warning: old\n[{\"hello\":1}]", ["text-before-value"]),
    (#"{"hello":1}"#, ["nothing-taken"]), ("[]", []), (#"{"a":"@{u}"}"#, ["nothing-taken"]),
    (#"{"hello":"System.Object[]"}"#, ["cut-off"]), (#"[{"message":"Not Found","status":"404"}]"#, ["error-answer"]),
  ])
  func aFileSays(text: String, ids: [String]) {
    #expect(read(text).diagnostics.map(\.message.id).sorted() == ids)
  }

  @Test func everyObjectThatWasCutOffIsToldAtItsPlace() {
    let line = #"{"id":"1","state":"failed","service":"[object Object]","version":{"name":"@{a=1}"}}"#
    let told = read(line + "\n" + line).diagnostics.filter { $0.message.id == "cut-off" }
    #expect(
      told.map(\.position) == [1, 1, 2, 2].enumerated().map { Position(line: $1, column: $0.isMultiple(of: 2) ? 38 : 74) })
  }

  @Test(arguments: [(20, nil), (21, " (and at 1 place more)"), (300, " (and at 280 places more)")])
  func ofManyObjectsThatWereCutOffTheRestIsCounted(count: Int, rest: String?) {
    let lines = (1...count).map { #"{"id":"\#($0)","state":"failed","service":"System.Object[]"}"# }
    let told = read(lines.joined(separator: "\n")).diagnostics.filter { $0.message.id == "cut-off" }
    #expect(told.count == 20)
    #expect(told.count { $0.message.text.contains("(and at") } == (rest == nil ? 0 : 1))
    #expect(told.last?.message.text.hasSuffix(rest ?? "") == true)
  }

  @Test(arguments: [
    #""kind":"run","title":"Show [object Object]","version":"[object Object]","finishedAt":"@{a=1}""#,
    #""kind":"run","title":"Show [object Object]","version":{"name":"@{a=1}"},"steps":["System.Object[]"]"#,
  ])
  func whatWasCutOffIsAbsentAndToldOnce(fields: String) {
    let text = #"{"id":"1","state":"failed",\#(fields)}"#
    let (file, run) = (read(text), join(text).runs.first?.value)
    #expect(file.diagnostics.map(\.message.id) == ["cut-off", "cut-off"])
    #expect(run?.version == nil && run?.finishedAt == nil && run?.steps == [])
    #expect(run?.title == "Show [object Object]")
  }

  @Test(arguments: [
    #""kind":"deployment","environment":"[object Object]""#, #""kind":"deployment","environment":"live","id":"@{a=1}""#,
    #""id":"1","deployments":["@{environment=live}"]"#,
  ])
  func whatIsNothingWithoutAnObjectThatWasCutOffIsLost(fields: String) {
    let file = read(#"{"state":"failed",\#(fields)}"#)
    #expect(file.diagnostics.map(\.message.id) == ["cut-off"] && file.diagnostics.map(\.severity) == [.error])
    #expect(file.diagnostics[0].message.text.hasSuffix("; the record is lost"))
  }

  @Test func anEnvironmentOfAProviderThatWasCutOffIsNone() {
    let set = join(
      #"[{"id":56,"sha":"a1a1a1a1","ref":"main","task":"deploy","environment":"@{name=production; id=1}","created_at":"2026-11-30T14:56:15Z","url":"https://api.github.com/repos/acme/shop/deployments/56","statuses_url":"https://api.github.com/repos/acme/shop/deployments/56/statuses"}]"#
    )
    #expect(set.deployments.isEmpty && set.runs.isEmpty)
    #expect(set.account.skipped.map(\.reason) == ["objects in it were cut off: ConvertTo-Json without enough -Depth"])
  }

  @Test func valuesOnOneLineAreAllRead() {
    let one = #"{"id":"1","state":"failed"}"#
    let two = #"{"id":"2","state":"failed"}"#
    let forms = [
      one + two, "[\(one)][\(two)]", "[\(one)] [\(two)]\n", "\(one)\n\n\(two)\n", "[\n\(one)\n][\n\(two)\n]",
      "Warning: an old client\n[\n\(one),\n\(two)\n]",
    ]
    for text in forms { #expect(join(text).runs.map(\.value.id) == ["1", "2"], "\(text)") }
  }

  @Test(arguments: ["production ", " production", "production\u{A0}", "production\n", "\u{200B}production\u{2003}"])
  func blanksAroundANameAreNoPartOfIt(name: String) {
    #expect(DeploymentRecord.EnvironmentReference(name: name).name == "production")
  }

  @Test(arguments: [
    "0", "\"\"", "\"0001-01-01T00:00:00\"", "-62135596800000", "\"-62135596800000\"", "\"1970-01-01T00:00:00Z\"", "null",
  ])
  func noTimeIsNoTime(written: String) throws {
    let file = read(#"{"id":"1","state":"succeeded","finishedAt":\#(written)}"#)
    #expect(file.diagnostics.isEmpty)
    #expect(try #require(joinRecords([file]).run("1")).finishedAt == nil)
  }
}

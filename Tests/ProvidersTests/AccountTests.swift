import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct Accounts {
  @Test func anExactDuplicateOfARecordIsSkippedAndADifferentOneUnderItsNameIsKept() {
    let record = #"{"id":"1","state":"failed","service":"a"}"#
    let other = #"{"id":"1","state":"succeeded","service":"a"}"#
    let set = join(["b.json": record, "a.json": "\n\(record)", "c.json": other])
    #expect(set.runs.map(\.file) == ["a.json", "c.json"])
    #expect(set.account.records == Account.Tally(rendered: 2, skipped: 1))
    #expect(set.account.skipped == [.init(file: "b.json", record: "run 1", reason: "exact duplicate of a.json:2")])
  }

  @Test func duplicatesOfEveryKindAreSkipped() {
    let lines = [
      #"{"kind":"deployment","environment":"p","id":"d"}"#, #"{"kind":"deployment","environment":"p","id":"d"}"#,
      #"{"kind":"deployment","environment":"p"}"#, #"{"kind":"deployment","environment":"p"}"#,
      #"{"kind":"incident","id":"i"}"#, #"{"kind":"incident","id":"i"}"#,
    ]
    let set = join(lines.joined(separator: "\n"))
    #expect(set.account.records == Account.Tally(rendered: 3, skipped: 3))
    #expect(set.account.skipped.map(\.record) == ["deployment d", "deployment p", "incident i"])
  }

  @Test func recordsComeInTheOrderOfFilesAndPlaces() {
    let a =
      "{\"id\":\"1\",\"state\":\"failed\"}\n{\"uuid\":\"{p}\",\"type\":\"pipeline\",\"state\":{}}\n{\"id\":\"2\",\"state\":\"failed\"}"
    let b = #"{"id":"0","state":"failed"}"#
    let files = [read(b, "b.json"), read(a, "a.json")]
    let set = joinRecords(files)
    #expect(set.runs.map(\.value.id) == ["1", "{p}", "2", "0"])
    #expect(joinRecords(files.reversed()) == set)
  }

  @Test func namesOfRecordsInTheAccountAreShort() {
    let id = String(repeating: "x", count: 10_000)
    let set = join(#"{"uuid":"\#(id)","type":"deployment_environment","environment_type":{}}"#)
    #expect(set.account.skipped.allSatisfy { ($0.record?.utf8.count ?? 0) < 100 })
    #expect(set.account.records == Account.Tally(skipped: 1))
  }

  @Test func aFileOfUnknownKeysMakesOnlySoManyNotes() {
    let keys = (0..<5000).map { "\"key\($0)\":1" }.joined(separator: ",")
    let file = read(#"{"kind":"run","id":"1","state":"failed",\#(keys)}"#)
    #expect(file.diagnostics.count == 500)
    #expect(joinRecords([file]).account.records == Account.Tally(rendered: 1))
  }

  @Test func noFilesAreAnEmptySet() {
    #expect(joinRecords([]) == RecordSet())
    #expect(joinRecords([read("[]")]).account.records.total == 0)
    #expect(joinRecords([read(#"{"schema":"tidemark-records/1","records":[]}"#)]).account.records.total == 0)
  }

  @Test func fileDiagnosticsStayWithTheFile() {
    let file = read(#"{"id":"1"}"#)
    #expect(file.diagnostics.count == 1)
    #expect(joinRecords([file]).diagnostics.isEmpty)
  }
}

import Diagnostics
import Documents
import Foundation
import Testing

@testable import Providers
@testable import Records
@testable import Time

/// Read as `tidemark explain` reads.
private func explained(_ text: String, _ file: String = "runs/a.json", provider: String? = nil, saidBy: String? = nil)
  -> RecordFile
{
  readRecords(Source(file: file, bytes: Array(text.utf8)), provider: provider, stories: .kept(saidBy: saidBy))
}

@Suite struct RecordStories {
  @Test(arguments: [
    (
      #"{"schema":"tidemark-records/1","records":[{"id":"1","state":"failed"}]}"#,
      "run 1, read as Tidemark's own form, as the \"schema\" around it says"
    ),
    (#"{"kind":"run","id":"1","state":"failed"}"#, "run 1, read as Tidemark's own form, as its \"kind\" says"),
    (#"{"service":"a","id":"1","state":"failed"}"#, "run 1, read as Tidemark's own form, by the keys it has"),
    (#"{"id":"1","state":"failed"}"#, "run 1, read as Tidemark's own form, by the keys it has"),
    (
      #"{"kind":"deployment","environment":"p","id":"d"}"#,
      "deployment d, read as Tidemark's own form, as its \"kind\" says"
    ),
    (#"{"kind":"incident","id":"i"}"#, "incident i, read as Tidemark's own form, as its \"kind\" says"),
  ])
  func aCanonicalRecordSaysByWhatItIsOne(text: String, words: String) {
    let file = explained(text)
    let stories = file.runs.map(\.value.story) + file.deployments.map(\.value.story) + file.incidents.map(\.value.story)
    #expect(stories.map { $0.remarks.map(\.text) } == [[words]])
    #expect(file.found.map(\.fate) == [.taken])
  }

  private let build = #"{"number":7,"url":"https://ci.example.org/job/shop/7/","result":"SUCCESS","timestamp":1770000000000}"#

  @Test func aPayloadSaysByWhatItIsOne() {
    #expect(
      explained(build).pieces.first?.story.remarks.map(\.text).first?.hasSuffix(
        "read as a payload of jenkins, by the keys it has") == true)
    let said = explained(build, provider: "jenkins", saidBy: "records[2]")
    let words = said.pieces.first?.story.remarks.first?.text
    #expect(words?.hasSuffix("read as a payload of jenkins, whose file it is by records[2]") == true)
  }

  @Test func aRuleSaysWhichItIs() {
    let rules = [
      Configuration.RecordRule(files: "runs/x/**", values: ["provider": "gitlab"]),
      Configuration.RecordRule(
        files: "runs/**", values: ["provider": "jenkins"], name: "records[2]", position: Position(line: 4, column: 3)),
    ]
    let said = saidProvider(of: "runs/a.json", rules)
    #expect(said?.name == "jenkins" && said?.speaker == "records[2] in line 4 of tidemark.yml")
  }

  @Test func everyObjectIsFoundAtItsLinesWithItsFate() {
    let text =
      "[\n {\"id\":\"1\",\n  \"state\":\"failed\"},\n {\"nothing\":1},\n 5,\n {\"kind\":\"run\",\"state\":\"failed\"}\n]"
    let file = explained(text)
    #expect(file.found.map { [$0.place.position.line, $0.lastLine] } == [[2, 3], [4, 4], [5, 5], [6, 6]])
    #expect(
      file.found.map(\.fate) == [
        .taken, .skipped(reason: "no known kind of record: an object with 'nothing'"), .skipped(reason: "5 is no record"),
        .lost,
      ])
    #expect(read(text).found.isEmpty)
  }

  @Test func aDeploymentInsideARunHasItsOwnPlace() {
    let file = explained(
      "{\"id\":\"1\",\"state\":\"failed\",\"deployments\":[\n{\"environment\":\"p\"},\n{\"environment\":\"q\"}]}")
    #expect(file.runs[0].value.deployments.map { $0.story.places.map(\.position.line) } == [[2], [3]])
  }

  @Test func rulesSayWhichOneGaveAValue() {
    let rules = [
      Configuration.RecordRule(files: "runs/b*", values: ["service": "b"]),
      Configuration.RecordRule(files: nil, values: ["ref": "{service}-{version}"], name: "records[2]"),
      Configuration.RecordRule(files: nil, values: ["environment": "production"], name: "records[3]"),
    ]
    var set = joinRecords([explained(#"{"id":"1","state":"failed","ref":"shop-1.4"}"#)])
    applyRules(rules, to: &set)
    let run = set.runs[0].value
    #expect(
      run.story.remarks.dropFirst().map(\.text) == [
        "\"shop\" is captured by a pattern of records[2]",
        "\"1.4\" is captured by a pattern of records[2]",
      ])
    #expect(
      run.deployments[0].story.remarks.dropFirst().map(\.text) == [
        "inferred: no deployment of the run is among the records, so the whole run counts as one: state and times are the run's",
        "\"production\" is set by records[3]",
      ])
    #expect(run.deployments[0].story.places == run.story.places)
  }

  @Test func anExactDuplicateLeavesItsPlaceWithTheOneThatIsKept() {
    let record = #"{"id":"1","state":"failed","service":"a"}"#
    let set = joinRecords([explained(record, "a.json"), explained(record, "b.json")])
    #expect(set.runs[0].value.story.places.map(\.file) == ["a.json", "b.json"])
    #expect(set.account.skipped.map(\.position) == [Position(line: 1, column: 1)])
  }

  /// Every sample, with stories and without: the same records, and for each that is skipped a place at which the file has it.
  @Test(.enabled(if: Samples.exist), arguments: Samples.folders)
  func storiesChangeNothingAndEverySkippedRecordHasAPlace(provider: String) throws {
    let sources = try Samples.files(in: provider).map { Source(file: $0, bytes: try Samples.bytes($0)) }
    let plain = joinRecords(sources.map { readRecords($0) })
    let files = sources.map { readRecords($0, stories: .kept(saidBy: nil)) }
    let set = joinRecords(files)
    #expect(set == plain)
    let found = Dictionary(grouping: files.flatMap(\.found), by: \.place)
    for skipped in set.account.skipped {
      let place = RecordPlace(file: skipped.file, position: try #require(skipped.position, "\(skipped)"))
      #expect(found[place]?.contains { $0.name == skipped.record } == true, "\(skipped)")
    }
    let stories =
      set.runs.map(\.value.story) + set.runs.flatMap { $0.value.deployments.map(\.story) }
      + set.deployments.map(\.value.story) + set.incidents.map(\.value.story) + set.releases.map(\.value.story)
    #expect(stories.allSatisfy { !$0.places.isEmpty })
    #expect(plain.runs.allSatisfy { !$0.value.story.isKept && $0.value.deployments.allSatisfy { !$0.story.isKept } })
  }
}

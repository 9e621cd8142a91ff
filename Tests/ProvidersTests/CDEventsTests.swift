import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct CDEventsRuns {
  /// An event of chain `c`, `minutes` past ten.
  static func event(
    _ type: String, _ id: String, _ content: String = "", at minutes: Int = 0, chain: String? = "c", source: String = "/ci",
    context: String = "e"
  ) -> String {
    let chain = chain.map { #""chainId":"\#($0)","# } ?? ""
    let time = "2026-03-02T10:\(minutes < 10 ? "0" : "")\(minutes):00.5Z"
    return
      #"{"context":{"specversion":"0.5.1","id":"\#(context)","source":"\#(source)",\#(chain)"type":"dev.cdevents.\#(type).0.3.0","timestamp":"\#(time)"},"subject":{"id":"\#(id)","source":"\#(source)","content":{\#(content)}}}"#
  }

  static let outcomes: [(String, State, String?)] = [
    (#""outcome":"success""#, .succeeded, "success"), (#""outcome":"failure""#, .failed, "failure"),
    (#""outcome":"error""#, .failed, "error"),
    (#""outcome":"cancel""#, .cancelled, "cancel"), (#""outcome":"SUCCESS""#, .succeeded, "SUCCESS"), ("", .unknown, nil),
    (#""outcome":null"#, .unknown, nil), (#""outcome":"all good""#, .unknown, "all good"), (#""outcome":1"#, .unknown, nil),
  ]

  @Test(arguments: outcomes)
  func aRunThatFinishedIsWhatItsOutcomeSays(content: String, state: State, raw: String?) throws {
    let run = try #require(join(Self.event("pipelinerun.finished", "r", content, at: 5)).run("r"))
    #expect(run.state == state)
    #expect(run.stateRaw == raw)
    #expect(run.finishedAt == time("2026-03-02T10:05:00.5Z"))
    #expect(run.startedAt == nil && run.createdAt == nil)
    let task = Self.event("taskrun.finished", "t", (content.isEmpty ? "" : content + ",") + #""pipelineRun":{"id":"r"}"#, at: 5)
    let step = try #require(join([task, Self.event("pipelinerun.started", "r")].joined(separator: "\n")).run("r")?.steps.first)
    #expect(step.state == state)
    #expect(step.finishedAt == time("2026-03-02T10:05:00.5Z"))
  }

  static let life = [
    event("pipelinerun.queued", "r", #""pipelineName":"Release","uri":"https://ci.example/r""#, at: 1),
    event("pipelinerun.started", "r", #""pipelineName":"Release","url":"https://ci.example/r""#, at: 2),
    event("pipelinerun.finished", "r", #""outcome":"failure","errors":"Broken""#, at: 3),
  ]

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]])
  func theEventsOfARunAreOneRunInAnyOrder(order: [Int]) throws {
    let set = joinRecords(zip(["a", "b", "c"], order.map { Self.life[$0] }).map { read($1, $0) })
    #expect(set.runs.count == 1)
    #expect(set.diagnostics.isEmpty)
    let run = try #require(set.run("r"))
    #expect(run.state == .failed)
    #expect(run.createdAt == time("2026-03-02T10:01:00.5Z"))
    #expect(run.startedAt == time("2026-03-02T10:02:00.5Z"))
    #expect(run.finishedAt == time("2026-03-02T10:03:00.5Z"))
    #expect(run.pipeline == "Release")
    #expect(run.url == "https://ci.example/r")
    #expect(set.account.records == Account.Tally(rendered: 3))
  }

  @Test func whatBeganHasLeftTheQueueThoughBothAreToldAtOnce() throws {
    let queued = Self.event("pipelinerun.queued", "r")
    let started = Self.event("pipelinerun.started", "r")
    for files in [["a": queued, "b": started], ["a": started, "b": queued]] as [KeyValuePairs<String, String>] {
      #expect(join(files).runs.map(\.value.state) == [.running])
    }
  }

  @Test func oneIdInTwoSourcesIsTwoRunsAndANumberBelongsToItsPipeline() {
    let text = [
      Self.event("pipelinerun.started", "r", source: "/a"),
      Self.event("pipelinerun.finished", "r", #""outcome":"success""#, source: "/b"),
      Self.event("pipelinerun.started", "42", #""pipelineName":"Release""#),
    ]
    let set = join(text.joined(separator: "\n"))
    #expect(set.runs.map(\.value.id) == ["a/r", "b/r", "Release-42"])
    #expect(set.runs.map(\.value.state) == [.running, .succeeded, .running])
    #expect(set.runs.map(\.value.number) == [nil, nil, 42])
  }

  @Test func tasksStandInTheirRunInTheOrderOfTheirStart() throws {
    let text = [
      Self.event(
        "taskrun.finished", "b", #""taskName":"Test","pipelineRun":{"id":"r"},"outcome":"failure","errors":"Red""#, at: 9),
      Self.event("taskrun.started", "a", #""taskName":"Build","pipelineRun":{"id":"r"}"#, at: 2),
      Self.event("taskrun.started", "b", #""taskName":"Test","pipelineRun":{"id":"r"}"#, at: 4),
      Self.event("taskrun.finished", "a", #""taskName":"Build","pipelineRun":{"id":"r"},"outcome":"success""#, at: 3),
      Self.event("pipelinerun.started", "r", at: 1),
    ]
    let run = try #require(join(text.joined(separator: "\n")).run("r"))
    #expect(run.steps.map(\.name) == ["Build", "Test"])
    #expect(run.steps.map(\.state) == [.succeeded, .failed])
    #expect(run.steps.map(\.startedAt) == [time("2026-03-02T10:02:00.5Z"), time("2026-03-02T10:04:00.5Z")])
    #expect(run.steps.map(\.error) == [nil, "Red"])
  }

  @Test func aTaskThatNamesNoRunIsOfTheOnlyRunOfItsChain() throws {
    let task = Self.event("taskrun.finished", "t", #""outcome":"success""#)
    let run = Self.event("pipelinerun.started", "r")
    #expect(try #require(join([task, run].joined(separator: "\n")).run("r")).steps.count == 1)
    let other = Self.event("pipelinerun.started", "s")
    let two = join([task, run, other].joined(separator: "\n"))
    #expect(two.account.skipped.map(\.reason) == ["it names no run, and 2 runs of its chain are among the records"])
    let alone = join(Self.event("taskrun.finished", "t", chain: nil))
    #expect(alone.account.skipped.map(\.reason) == ["it names no run, and no run of its chain is among the records"])
  }

  @Test func aTaskThatNobodyEndedIsNotLiveWhenItsRunIsOver() throws {
    let task = Self.event("taskrun.started", "t", #""pipelineRun":{"id":"r"}"#)
    let run = Self.event("pipelinerun.finished", "r", #""outcome":"success""#, at: 9)
    #expect(try #require(join([task, run].joined(separator: "\n")).run("r")).steps.map(\.state) == [.unknown])
  }

  @Test func olderVersionsAreRead() throws {
    let old =
      #"{"context":{"version":"0.3.0","id":"e","source":"/ci","type":"dev.cdevents.pipelinerun.finished.0.1.0","timestamp":"2026-03-02T10:00:00Z"},"subject":{"id":"r","type":"pipelineRun","content":{"pipelineName":"Release","url":"https://ci.example/r","outcome":"success"}}}"#
    let run = try #require(join(old).run("r"))
    #expect(run.state == .succeeded)
    #expect(run.url == "https://ci.example/r")
  }

  @Test func theEnvelopeOfCloudEventsIsOpened() {
    let event = Self.life[2]
    let envelope =
      #"{"specversion":"1.0","id":"e","source":"/ci","type":"dev.cdevents.pipelinerun.finished.0.3.0","datacontenttype":"application/json","data":\#(event)}"#
    #expect(join(envelope).runs.map(\.value) == join(event).runs.map(\.value))
    #expect(join("[\(envelope),\(envelope)]").account.records == Account.Tally(rendered: 1, skipped: 1))
    let encoded = join(#"{"specversion":"1.0","type":"dev.cdevents.pipelinerun.finished.0.3.0","data_base64":"e30="}"#)
    #expect(encoded.account.skipped.map(\.reason) == ["its 'data' is no JSON object: events in other encodings are not read"])
  }

  static let unread: [(String, String)] = [
    (event("change.merged", "x"), "events 'change merged' are not read"),
    (event("artifact.packaged", "x"), "events 'artifact packaged' are not read"),
    (event("service.published", "x"), "events 'service published' are not read"),
    (event("environment.renamed", "x"), "events 'environment renamed' are not read"),
    (event("pipelinerun.paused", "x"), "events 'pipelinerun paused' are not read"),
    (#"{"context":{"type":"dev.cdevents.service"},"subject":{"id":"x"}}"#, "its type names no subject and predicate"),
    (#"{"context":{"type":"dev.cdevents.service.deployed.1"},"subject":{}}"#, "an event without the 'id' of a subject"),
    (#"{"context":{"type":"dev.cdevents.service.deployed.1"},"subject":7}"#, "an event without the 'id' of a subject"),
  ]

  @Test(arguments: unread)
  func otherEventsAreSkippedWithAReason(text: String, reason: String) {
    let set = join(text)
    #expect(set.account.skipped.map(\.reason) == [reason])
    #expect(set.account.records == Account.Tally(skipped: 1))
  }
}

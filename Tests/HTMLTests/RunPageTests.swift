import Foundation
import Joining
import Records
import Releases
import Testing
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct RunPageTests {
  /// As on the drawing: run 931 fails in the integration tests, 17 minutes after it had to wait for a lock.
  static func failed(_ change: (inout RunRecord) -> Void = { _ in }) -> CatalogSketch {
    var sketch = CatalogSketch(environments: [("test", .test), ("production", .production)], services: ["checkout"])
    sketch.deploy("2.10.0", to: 0, at: "2026-03-24 11:00")
    let deployment = sketch.deploy("2.11.0", to: 0, at: "2026-03-26 10:40", state: .failed, id: "931-test")
    sketch.note("2.11.0", "<p>Refunds</p>")
    sketch.run("931", number: 931, .failed, version: "2.11.0", deployments: [deployment]) { run in
      run.startedAt = CatalogSketch.time("2026-03-26 10:00")
      run.finishedAt = CatalogSketch.time("2026-03-26 10:40")
      run.commit = Change(sha: "e5c2b10aa00")
      run.commit?.message = "Refund the parts of a split order\n\nLong story."
      run.ref = Ref(name: "main", type: .branch)
      run.actor = Actor(name: "Dilek Aydın")
      run.trigger = Trigger(type: .push)
      run.url = "https://ci.example.com/931"
      run.provider = "bitbucket"
      var lock = Gate(kind: .lock, state: .approved)
      lock.key = "lock"
      lock.environment = "test"
      lock.requestedAt = CatalogSketch.time("2026-03-26 10:10")
      lock.decisions = [.init(by: "search run 511", at: CatalogSketch.time("2026-03-26 10:27"), decision: "released")]
      run.gates = [lock]
      run.steps = [
        .at("compile", from: "10:00", to: "10:05", stage: "build"), .at("image", from: "10:05", to: "10:10", stage: "build"),
        .at("deploy", from: "10:27", to: "10:30", stage: "test"),
        .at("integration-tests", .failed, from: "10:30", to: "10:40", stage: "test", error: "expected 2500, got 5000"),
        .at("smoke-tests", .skipped, stage: "test"),
      ]
      run.tests = TestCounts(total: 214, passed: 212, failed: 2)
      change(&run)
    }
    return sketch
  }

  private static func page(_ sketch: CatalogSketch, run: String = "931") throws -> String {
    try sketch.page(run: run)
  }

  /// A run of its own, without anything that the record does not say.
  private static func page(_ state: State, _ change: (inout RunRecord) -> Void = { _ in }) throws -> String {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.run("a/1", state, change: change)
    return try page(sketch, run: "a/1")
  }

  @Test(arguments: [
    "<bdi>checkout</bdi> run <bdi>931</bdi> failed in <bdi>test</bdi>, step <bdi>integration-tests</bdi></h1>",
    "<title>checkout run 931 failed in test, step integration-tests: Acme releases</title>",
    "<dt>Version</dt><dd><a href=\"../../releases/checkout/2.11.0.html\"><bdi>2.11.0</bdi></a></dd>",
    "<dt>Commit</dt><dd><span class=\"sha\"><bdi>e5c2b10</bdi></span> <bdi>Refund the parts of a split order</bdi></dd>",
    "<dt>Branch</dt><dd><bdi class=\"branch\">main</bdi></dd>", "<dt>By</dt><dd><bdi>Dilek Aydın</bdi></dd>",
    "<dt>Started by</dt><dd>a push</dd>",
    "<dt>Began</dt><dd><time datetime=\"2026-03-26T10:00:00Z\">Thu 26 Mar 2026 10:00</time></dd>",
    "<dt>Took</dt><dd>40 min, of it 17 min waiting</dd>",
    "<dt>Log</dt><dd><a href=\"https://ci.example.com/931\"><bdi>bitbucket</bdi></a></dd>",
    "2 of 214 tests failed; <a href=\"../../environments/test.html\"><bdi>Test</bdi></a> stays on "
      + "<a href=\"../../releases/checkout/2.10.0.html\"><bdi>2.10.0</bdi></a></h2>",
    "<h3>step <bdi>integration-tests</bdi></h3>", "<pre dir=\"auto\">expected 2500, got 5000</pre>", "class=\"failing\"",
    "214 tests: 212 passed, 2 failed", "<bdi>931-test</bdi>",
    "Lock on <a href=\"../../environments/test.html\"><bdi>Test</bdi></a>", "by <bdi>search run 511</bdi>",
  ])
  func tellsWhatHappened(fragment: String) throws {
    #expect(try Self.page(Self.failed()).contains(fragment))
  }

  @Test func drawsEveryBarOnOneScale() throws {
    let page = try Self.page(Self.failed())
    #expect(page.contains("<rect class=\"bar-ok\" x=\"0.00%\" y=\"5\" width=\"11.46%\" height=\"6\"/>"), "5 of 40 minutes")
    #expect(page.contains("<rect class=\"waited\" x=\"22.92%\" y=\"2\" width=\"38.96%\" height=\"12\"/>"), "the lock")
    #expect(page.contains("<rect class=\"bar-bad\" x=\"68.75%\" y=\"5\" width=\"22.92%\" height=\"6\"/>"))
    #expect(page.contains("<rect class=\"bar-none\" x=\"91.67%\""), "smoke-tests never ran")
    #expect(page.contains("<td class=\"time\">not run</td>"))
    #expect(!page.contains("class=\"cut\""))
  }

  @Test func cutsAWaitThatIsLongerThanAllWork() throws {
    let page = try Self.page(
      Self.failed { run in
        run.startedAt = CatalogSketch.time("2026-03-22 10:00")
        run.steps[0].startedAt = CatalogSketch.time("2026-03-22 10:00")
        run.steps[0].finishedAt = CatalogSketch.time("2026-03-22 10:05")
        run.steps[1].startedAt = CatalogSketch.time("2026-03-22 10:05")
        run.steps[1].finishedAt = CatalogSketch.time("2026-03-22 10:10")
        run.gates[0].requestedAt = CatalogSketch.time("2026-03-22 10:10")
      })
    #expect(page.contains("class=\"cut\""))
    #expect(page.contains("<td class=\"time\">4 d 0 h</td>"), "with its true length in words")
    #expect(page.contains("it is cut, and the scale leaves it out"))
    #expect(page.contains("<dt>Took</dt><dd>4 d 0 h, of it 4 d 0 h waiting</dd>"))
  }

  @Test(arguments: [
    (State.queued, "is queued"), (.running, "is running"), (.waiting, "waits"), (.succeeded, "succeeded"), (.failed, "failed"),
    (.cancelled, "was cancelled"), (.skipped, "was skipped"), (.superseded, "was superseded"),
    (.unknown, "ended in an unknown state"),
  ])
  func saysEveryStateInWords(state: State, words: String) throws {
    #expect(try Self.page(state).contains("<bdi>checkout</bdi> run <bdi>a/1</bdi> \(words)</h1>"))
  }

  @Test func showsTheRawWordOfAnUnknownState() throws {
    let page = try Self.page(.unknown) { run in
      run.stateRaw = "PARTIALLY_OK"
      run.steps = [.at("deploy", .unknown)]
      run.steps[0].stateRaw = "WAT"
    }
    #expect(page.contains("ended in an unknown state (<bdi>PARTIALLY_OK</bdi>)"))
    #expect(page.contains("unknown (<bdi>WAT</bdi>)"))
    #expect(page.contains("#mark-unknown"))
    #expect(!page.contains("\"#mark-succeeded\""))
  }

  @Test func saysThatATimeIsMissing() throws {
    let page = try Self.page(.succeeded) { $0.steps = [.at("build")] }
    #expect(page.contains("<dt>Began</dt><dd>not recorded</dd>"))
    #expect(page.contains("<dt>Took</dt><dd>not recorded</dd>"))
    #expect(page.contains("<td class=\"time\">not recorded</td>"))
    #expect(page.contains("No times are recorded, so there are no bars."))
    #expect(!page.contains("0 s"))
  }

  @Test func doesNotInventALengthWhereTheEndIsBeforeTheBeginning() throws {
    let page = try Self.page(.succeeded) { run in
      run.startedAt = CatalogSketch.time("2026-03-26 10:00")
      run.finishedAt = CatalogSketch.time("2026-03-26 09:00")
      run.steps = [.at("build", from: "10:00", to: "09:00")]
    }
    #expect(page.contains("<dt>Took</dt><dd>unclear, it ends before it begins</dd>"))
  }

  @Test func takesTheTimeThatTheProviderCounted() throws {
    let page = try Self.page(.succeeded) { run in
      run.activeSeconds = 75
      run.steps = [.at("build")]
      run.steps[0].activeSeconds = 61.5
    }
    #expect(page.contains("<dt>Took</dt><dd>1 min 15 s active</dd>"))
    #expect(page.contains("<td class=\"time\">1 min 1 s active</td>"))
  }

  @Test func showsAGateThatWaitsWithoutAClock() throws {
    var gate = Gate(kind: .human, state: .waiting)
    gate.environment = "production"
    gate.requestedAt = CatalogSketch.time("2026-03-26 10:10")
    gate.allowed = ["Ines Rocha", "Jonas Weil"]
    let page = try Self.page(.waiting) { run in
      run.startedAt = CatalogSketch.time("2026-03-26 10:00")
      run.steps = [.at("build", from: "10:00", to: "10:10")]
      run.gates = [gate]
    }
    #expect(page.contains("<rect class=\"wait\""))
    #expect(page.contains("since <time datetime=\"2026-03-26T10:10:00Z\">Thu 26 Mar 2026 10:10</time>"))
    #expect(page.contains("<bdi>Ines Rocha</bdi> or <bdi>Jonas Weil</bdi>"))
    #expect(page.contains("<dt>Decided</dt><dd>not yet</dd>"))
    #expect(page.contains("<dt>Took</dt><dd>not finished</dd>"))
  }

  @Test func saysThatAWaitWasSuperseded() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    for (id, minute) in [("7", 10), ("8", 20)] {
      var gate = Gate(kind: .human, state: .waiting)
      gate.key = "prod"
      gate.environment = "production"
      gate.requestedAt = CatalogSketch.time("2026-03-26 10:\(minute)")
      sketch.run(id, number: Int(id), .waiting, version: "1.0.\(id)") { $0.gates = [gate] }
    }
    let page = try Self.page(sketch, run: "7")
    #expect(page.contains("superseded: a newer run took its place</h1>"))
    #expect(page.contains("superseded: a newer run took its place"))
    #expect(page.contains("no longer waits"))
    #expect(!page.contains("class=\"wait\""))
  }

  @Test func tellsWhoDecidedWhenAndWithWhatWords() throws {
    var gate = Gate(kind: .human, state: .approved)
    gate.environment = "production"
    gate.requestedBy = "pipeline"
    gate.requestedAt = CatalogSketch.time("2026-03-26 10:10")
    gate.required = 2
    gate.decisions = [
      .init(by: "Ines", at: CatalogSketch.time("2026-03-26 11:40"), decision: "approved", comment: "Go & <see>"),
      .init(by: "Jonas", decision: "approved"),
    ]
    let page = try Self.page(.succeeded) { $0.gates = [gate] }
    #expect(page.contains("<dt>Waited</dt><dd>1 h 30 min</dd>"))
    #expect(page.contains("<dt>Needed</dt><dd>2 approvals</dd>"))
    #expect(page.contains("<q dir=\"auto\">Go &amp; &lt;see&gt;</q>"))
    #expect(page.contains("<bdi>Jonas</bdi>: <bdi>approved</bdi>, not recorded"))
  }

  @Test func listsEveryAttempt() throws {
    var sketch = Self.failed { $0.attempt = 2 }
    sketch.run("931", number: 931, .cancelled, version: "2.11.0") { first in
      first.provider = "bitbucket"
      first.startedAt = CatalogSketch.time("2026-03-26 09:58")
      first.finishedAt = CatalogSketch.time("2026-03-26 09:59")
      first.steps = [.at("compile", .cancelled, from: "09:58", to: "09:59")]
    }
    let page = try Self.page(sketch)
    #expect(page.contains("2 of 2; <a href=\"#attempts\">"))
    #expect(page.contains("<th scope=\"row\">1</th>"))
    #expect(page.contains("cancelled in <bdi>compile</bdi>"))
    #expect(page.contains("<bdi>test</bdi>, <bdi>integration-tests</bdi>"))
  }

  @Test func namesNoStepWhereTheRecordNamesNone() throws {
    let page = try Self.page(.failed)
    #expect(page.contains("the record names no step that failed</h2>"))
    #expect(page.contains("The record of this run names no steps."))
  }

  @Test func listsTheCommits() throws {
    let page = try Self.page(.succeeded) { run in
      run.changes = (0..<300).map { number in
        var change = Change(sha: String(repeating: "0", count: 37) + String(number + 100))
        change.message = "Change \(number)"
        return change
      }
      run.changes[0].author = "Noor"
      run.changes[0].pullRequest = "871"
    }
    #expect(page.contains("<h2 id=\"changes\">Changes, 300</h2>"))
    #expect(page.contains("<bdi>Noor</bdi>, pull request <bdi>871</bdi>"))
    #expect(page.contains("<li>100 more</li>"))
    #expect(!page.contains("Change 200<"))
  }

  @Test(arguments: ["https://x.example/commit/e5c2b10aa00", "e5c2b10"])
  func leadsToTheCommitWhereTheConfigurationSaysHow(fragment: String) throws {
    var sketch = Self.failed()
    sketch.configuration.links.commit = "https://x.example/commit/{sha}"
    #expect(try Self.page(sketch).contains(fragment))
  }

  @Test func doesNotPutAnythingButACommitIntoItsAddress() throws {
    var sketch = Self.failed { $0.commit?.sha = "../../evil?x=\"" }
    sketch.configuration.links.commit = "https://x.example/commit/{sha}"
    #expect(!(try Self.page(sketch).contains("https://x.example")))
  }

  @Test func staysSmallWhateverTheRecordHolds() throws {
    let step = Step.at("step", .failed, from: "10:00", to: "10:05", error: String(repeating: "x", count: 20_000))
    let page = try Self.page(.failed) { run in
      run.steps = [Step](repeating: step, count: 5_000)
      run.title = String(repeating: "y", count: 1_000_000)
      run.gates = (0..<500).map { _ in Gate(kind: .human, state: .approved) }
      run.changes = (0..<5_000).map { _ in Change(sha: "abc") }
    }
    #expect(page.utf8.count < 500_000)
    #expect(page.contains("4\u{202F}"), "how many rows are left out")
  }

  @Test(arguments: hostileTexts)
  func showsHostileTextAsText(text: String) throws {
    var sketch = CatalogSketch(environments: [(text, .production)], services: [text])
    let deployment = sketch.deploy(text, to: 0, at: "2026-03-26 10:00", state: .failed, id: text) { $0.stateRaw = text }
    var gate = Gate(kind: .human, state: .approved)
    gate.key = text
    gate.environment = text
    gate.requestedBy = text
    gate.allowed = [text]
    gate.decisions = [.init(by: text, decision: text, comment: text)]
    sketch.run(text, .failed, version: text, deployments: [deployment]) { run in
      run.title = text
      run.url = text
      run.provider = text
      run.pipeline = text
      run.ref = Ref(name: text, type: .pullRequest, pullRequest: text)
      run.trigger = Trigger(type: .unknown, raw: text)
      run.actor = Actor(name: text)
      run.version = VersionLabel(name: text, artifact: text)
      run.commit = Change(sha: text)
      run.commit?.message = text
      run.changes = [Change(sha: text)]
      run.changes[0].author = text
      run.gates = [gate]
      run.steps = [.at(text, .failed, stage: text, key: text, error: text), .at(text, .unknown, stage: text, parent: text)]
      run.steps[1].url = text
      run.steps[1].stateRaw = text
    }
    expectInert(try Self.page(sketch, run: text))
  }

  @Test func hasTheSameBytesAtAnyTime() throws {
    var later = Self.failed()
    later.asOf = CatalogSketch.time("2027-01-01 00:00")
    #expect(try Self.page(Self.failed()) == Self.page(later))
  }
}

/// What people and programs put into names.
let hostileTexts = [
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "' onmouseover='alert(1)",
  "</pre></td><b>x",
  "{{layout}}{{{x}}}", "]]>&amp;\u{0}\u{202E}", "data:text/html,<script>alert(1)</script>",
  String(repeating: "é", count: 5_000),
]

/// No markup of theirs, no address that runs anything, whatever they said.
func expectInert(_ page: String, _ location: SourceLocation = #_sourceLocation) {
  let forbidden = [
    "<script>alert", "<img src=x", "<b>x", "href=\"javascript:", "href=\"data:", "src=\"javascript:", "src=\"data:",
    "' onmouseover='",
  ]
  for fragment in forbidden { #expect(!page.contains(fragment), sourceLocation: location) }
  #expect(!page.isEmpty, sourceLocation: location)
}

import Joining
import Records
import Releases
import Testing
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct ReleasePageTests {
  /// As on the drawing: 2.10.0 went through three environments and waits for the fourth.
  static func waiting(_ change: (inout ReleaseNote) -> Void = { _ in }) -> CatalogSketch {
    var sketch = CatalogSketch(
      environments: [("development", .development), ("test", .test), ("staging", .staging), ("production", .production)],
      services: ["checkout"])
    sketch.note("2.10.0", "\(.heading(2, "Added", name: "added"))<p>Split payments</p>") { note in
      note.title = "split payments"
      note.date = CivilDate(year: 2026, month: 3, day: 23)
      note.breaking = ["The webhook is sent once per part"]
      change(&note)
    }
    sketch.deploy("2.9.2", to: 0, at: "2026-03-20 08:00")
    sketch.deploy("2.9.1", to: 3, at: "2026-03-17 14:02")
    let build = VersionLabel(name: "2.10.0", digest: "sha256:7a02")
    let first = sketch.deploy("2.10.0", to: 0, at: "2026-03-24 08:30", id: "checkout-3301") { deployment in
      deployment.commit = Change(sha: "9f31c0a4d2")
      deployment.version = build
      deployment.changes = [Change(sha: "41be7d2000")]
    }
    sketch.deploy("2.10.0", to: 1, at: "2026-03-24 11:00") { $0.version = build }
    sketch.deploy("2.10.0", to: 2, at: "2026-03-26 10:15")
    sketch.deploy("2.11.0", to: 0, at: "2026-03-30 15:20")
    sketch.deploy("2.11.0", to: 1, at: "2026-03-30 15:48", state: .failed)
    sketch.wait("2.10.0", for: 3, since: "2026-03-26 10:31")
    sketch.run("912", number: 912, version: "2.10.0", deployments: [first]) { run in
      run.tests = TestCounts(total: 1_290, passed: 1_284, failed: 0, skipped: 6)
    }
    return sketch
  }

  private static func page(_ sketch: CatalogSketch, _ version: String = "2.10.0") throws -> String {
    try sketch.page(release: version)
  }

  @Test(arguments: [
    "<h1 class=\"title\"><bdi>checkout</bdi> <bdi>2.10.0</bdi>: <bdi>split payments</bdi> <span class=\"breaking\">breaking</span></h1>",
    "<dt>Dated</dt><dd><time datetime=\"2026-03-23\">23 Mar 2026</time></dd>",
    "<dt>Built by</dt><dd><a href=\"../../runs/checkout/912.html\">run <bdi>912</bdi></a></dd>", "<bdi>9f31c0a</bdi>",
    "<dt>Follows</dt><dd><a href=\"../../releases/checkout/2.9.2.html\"><bdi>2.9.2</bdi></a></dd>",
    "<dt>Source</dt><dd><a href=\"../../releases/checkout/2.10.0.md\"><bdi>2.10.0.md</bdi></a></dd>",
    "<a href=\"../../deployments/checkout/checkout-3301.html\">arrived</a> <time datetime=\"2026-03-24T08:30:00Z\">Tue 24 Mar 2026 08:30</time>",
    "left <time datetime=\"2026-03-30T15:20:00Z\">Mon 30 Mar 2026 15:20</time> for <a href=\"../../releases/checkout/2.11.0.html\">",
    "live now; <a href=\"../../deployments/checkout/2.11.0-test.html\"><bdi>2.11.0</bdi> failed</a> here", "<p>live now</p>",
    "2 h 30 min after <bdi>Development</bdi>", "1 d 23 h after <bdi>Test</bdi>", "<li class=\"at-gate\">",
    "waits</a> since <time datetime=\"2026-03-26T10:31:00Z\">Thu 26 Mar 2026 10:31</time></span>",
    "<bdi>Ines Rocha</bdi> or <bdi>Jonas Weil</bdi> may decide", "replaces <a href=\"../../releases/checkout/2.9.1.html\">",
    "<h2 id=\"note-added\">Added</h2>", "Changes, 1</h2>",
    "1\u{202F}290 tests: 1\u{202F}284 passed, 6 skipped",
    "Build <code>sha256:7a02</code> in <bdi>Development</bdi> and <bdi>Test</bdi>",
  ])
  func tellsHowFarItCame(fragment: String) throws {
    #expect(try Self.page(Self.waiting()).contains(fragment))
  }

  @Test func warnsOfAYankedRelease() throws {
    #expect(!(try Self.page(Self.waiting()).contains("Withdrawn")))
    let page = try Self.page(Self.waiting { $0.yanked = true })
    #expect(page.contains("<b>Withdrawn</b>"))
    #expect(page.contains("<span class=\"breaking\">yanked</span> <span"))
  }

  @Test func liftsOutWhatBreaksWhereTheNoteIsLong() throws {
    let item = ">breaking</span> <bdi>The webhook is sent once per part</bdi>"
    #expect(!(try Self.page(Self.waiting()).contains(item)), "a short note says it itself")
    let long = String(repeating: "word ", count: 400)
    #expect(try Self.page(Self.waiting { $0.body = .markdown("\(literal: long)", plain: long) }).contains(item))
  }

  @Test func marksAPreRelease() throws {
    #expect(try Self.page(Self.waiting { $0.prerelease = true }).contains("<span class=\"breaking\">pre-release</span> <span"))
  }

  @Test func saysHowToDescribeAReleaseThatNobodyDescribed() throws {
    let sketch = Self.waiting()
    let page = try Self.page(sketch, "2.9.2")
    #expect(
      page.contains("yet. To describe it, write <code>releases/checkout/2.9.2.md</code>"))
    #expect(!page.contains("2.9.2.md\">"), "there is no source to lead to")
    #expect(page.contains("<dt>Dated</dt><dd>without a date</dd>"))
  }

  @Test func saysWhatBroughtTheChangesOfAReleaseThatNeverArrived() throws {
    var sketch = Self.waiting()
    sketch.deploy("2.8.0", to: 3, at: "2026-03-01 10:00")
    sketch.note("2.9.0", "<p>x</p>")
    let page = try Self.page(sketch, "2.9.0")
    #expect(
      page.contains("its changes came with <a href=\"../../deployments/checkout/2.9.1-production.html\"><bdi>2.9.1</bdi></a>"))
    #expect(page.contains("<li class=\"dry\">"))
    #expect(page.contains("<p>not reached</p>"))
  }

  @Test func showsALastAttemptThatFailed() throws {
    let page = try Self.page(Self.waiting(), "2.11.0")
    #expect(page.contains("failed</a> <time datetime=\"2026-03-30T15:48:00Z\">"))
    #expect(page.contains("\"#mark-failed\""))
  }

  @Test func showsEveryReturn() throws {
    var sketch = Self.waiting()
    sketch.deploy("2.9.2", to: 3, at: "2026-03-20 10:00")
    sketch.deploy("2.9.1", to: 3, at: "2026-03-21 10:00", id: "back")
    let page = try Self.page(sketch, "2.9.1")
    #expect(page.contains("2026-03-17T14:02:00Z"))
    #expect(page.contains("2026-03-21T10:00:00Z"))
  }

  @Test func saysThatItIsUnknownWhetherItIsLive() throws {
    var sketch = Self.waiting()
    sketch.deploy("2.11.0", to: 1, at: "2026-03-30 17:00", state: .cancelled)
    #expect(try Self.page(sketch).contains("whether it is live is unknown"))
  }

  @Test func leavesOutAnArchivedEnvironmentThatItNeverReached() throws {
    var sketch = Self.waiting()
    for index in 0..<4 { sketch.configuration.environments[index].archived = true }
    let page = try Self.page(sketch, "2.9.2")
    #expect(page.contains("<h3><a href=\"../../environments/development.html\">"))
    #expect(!page.contains("<h3><a href=\"../../environments/test.html\">"))
  }

  @Test func namesTheIncidentsItCaused() throws {
    var sketch = Self.waiting()
    sketch.incident("i1", .detected) { $0.causedBy = ["checkout-3301"] }
    #expect(
      try Self.page(sketch).contains(
        "It caused the incident <a href=\"../../incidents/i1.html\"><bdi>Search is slow</bdi></a>, not resolved."))
  }

  @Test(arguments: hostileTexts)
  func showsHostileTextAsText(text: String) throws {
    var sketch = CatalogSketch(environments: [(text, .production)], services: [text])
    sketch.note(text, "<p>fine</p>") { note in
      note.title = text
      note.url = text
      note.breaking = [text]
      note.body = .text(text)
    }
    sketch.deploy(text, to: 0, at: "2026-03-30 12:00", id: text) { deployment in
      deployment.version = VersionLabel(name: text, digest: text)
      deployment.changes = [Change(sha: text)]
      deployment.changes[0].message = text
      deployment.changes[0].author = text
    }
    sketch.wait(text, for: 0, since: "2026-03-30 12:00", allowed: [text], id: text + "2")
    expectInert(try Self.page(sketch, text))
  }

  @Test func hasTheSameBytesAtAnyTime() throws {
    var later = Self.waiting()
    later.asOf = CatalogSketch.time("2027-01-01 00:00")
    #expect(try Self.page(Self.waiting()) == Self.page(later))
  }
}

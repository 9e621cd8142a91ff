import Joining
import Records
import Releases
import Testing
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct DeploymentPageTests {
  /// 2.9.1 in production, then 2.10.0 after four days at the gate.
  static func upgraded(_ change: (inout Deployment) -> Void = { _ in }) -> CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02", id: "898")
    sketch.note("2.9.2", "\(.heading(2, "Fixed", name: "fixed"))<p>A coupon</p>") { note in
      note.title = "coupons"
      note.date = CivilDate(year: 2026, month: 3, day: 20)
    }
    sketch.note("2.10.0", "<p>Split payments</p>") { note in
      note.title = "split payments"
      note.breaking = ["The webhook is sent once per part"]
    }
    var gate = Gate(kind: .human, state: .approved)
    gate.key = "production"
    gate.requestedAt = CatalogSketch.time("2026-03-26 10:31")
    gate.decisions = [.init(by: "Ines Rocha", at: CatalogSketch.time("2026-03-30 10:31"), decision: "approved", comment: "go")]
    let index = sketch.deploy("2.10.0", to: 1, at: "2026-03-30 10:40", id: "912-production") { deployment in
      deployment.gate = gate
      deployment.promotion = .manual
      deployment.commit = Change(sha: "9f31c0a4")
      deployment.actor = Actor(name: "deploy bot", kind: .bot)
      deployment.changes = [Change(sha: "c07a9150")]
      change(&deployment)
    }
    sketch.entry(.upgrade, index, in: 1) { entry in
      entry.includes = ["2.10.0", "2.9.2"]
      entry.breaking = [LiftedItem(text: "The webhook is sent once per part", versions: ["2.10.0"])]
      entry.missingFixes = ["2.9.3"]
      entry.missingNotes = ["2.9.4"]
      entry.again = ["2.9.2"]
    }
    sketch.run("912", number: 912, version: "2.10.0", deployments: [index]) { $0.gates = [gate] }
    sketch.leave("2.9.1", 1, at: "2026-03-30 10:40", for: "2.10.0")
    return sketch
  }

  private static func page(_ sketch: CatalogSketch, _ deployment: Int = 1) throws -> String {
    try sketch.page(.deployment(service: 0, deployment: deployment))
  }

  @Test(arguments: [
    "<bdi>checkout</bdi> went from <bdi>2.9.1</bdi> to <bdi>2.10.0</bdi> in <bdi>Production</bdi></h1>",
    "<dt>Kind</dt><dd>upgrade</dd>",
    "<dt>Run</dt><dd><a href=\"../../runs/checkout/912.html\">run <bdi>912</bdi></a></dd>", "<bdi>deploy bot</bdi>, a bot",
    "<dt>Waited</dt><dd>4 d 0 h</dd>",
    "Gate to <a href=\"../../environments/production.html\"><bdi>Production</bdi></a>: approved</h3>",
    "<bdi>Ines Rocha</bdi>: <bdi>approved</bdi>, <time datetime=\"2026-03-30T10:31:00Z\">Mon 30 Mar 2026 10:31</time>",
    "<q dir=\"auto\">go</q>", "What it changed: 2 releases came in</h2>",
    ">breaking</span> <bdi>The webhook is sent once per part</bdi>",
    "<a href=\"../../releases/checkout/2.9.2.html\"><bdi>2.9.2</bdi></a>: <bdi>coupons</bdi>",
    "<span class=\"breaking\">again</span>",
    "<time datetime=\"2026-03-20\">20 Mar 2026</time>", "<h4 id=\"in-1-fixed\">Fixed</h4>", "<p>Split payments</p>",
    "Fixes of the version before that it lacks: <bdi>2.9.3</bdi>.", "Deployed without notes: <bdi>2.9.4</bdi>.",
    "ran <a href=\"../../deployments/checkout/898.html\"><bdi>2.9.1</bdi></a>, since <time datetime=\"2026-03-17T14:02:00Z\">",
    "It is what <a href=\"../../environments/production.html\"><bdi>Production</bdi></a> runs.", "<bdi>c07a915</bdi>",
  ])
  func tellsWhatItChangedAndWhoLetItThrough(fragment: String) throws {
    #expect(try Self.page(Self.upgraded()).contains(fragment))
  }

  @Test func tellsWhenItLeftAndForWhat() throws {
    let page = try Self.page(Self.upgraded(), 0)
    #expect(page.contains("is the first in <bdi>Production</bdi></h1>"))
    #expect(page.contains("It left <a href=\"../../environments/production.html\"><bdi>Production</bdi></a> <time"))
    #expect(page.contains("for <a href=\"../../releases/checkout/2.10.0.html\"><bdi>2.10.0</bdi></a>."))
    #expect(page.contains("nothing was live in"))
  }

  @Test(arguments: [
    (Deployment.Kind.hotfix, "went from <bdi>2.9.1</bdi> to the hotfix <bdi>2.10.0</bdi> in"),
    (.rollback, "went back from <bdi>2.9.1</bdi> to <bdi>2.10.0</bdi> in"),
    (.redeploy, "was deployed to <bdi>Production</bdi> again"),
    (.rebuild, "was rebuilt for <bdi>Production</bdi>"), (.first, "is the first in <bdi>Production</bdi>"),
  ])
  func saysEveryKindInWords(kind: Deployment.Kind, words: String) throws {
    #expect(try Self.page(Self.upgraded { $0.kind = kind }).contains(words))
  }

  @Test(arguments: [
    (State.failed, "failed in <bdi>Production</bdi>"), (.running, "is being deployed to"), (.waiting, "waits for"),
    (.queued, "is queued for"), (.skipped, "the step was skipped"), (.cancelled, "was cancelled before it went to"),
    (.superseded, "was superseded: a newer run"), (.unknown, "<bdi>Production</bdi>: unknown (<bdi>wat</bdi>)</h1>"),
  ])
  func saysEveryStateInWordsAndNeverGreen(state: State, words: String) throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    sketch.deploy("2.10.0", to: 1, at: "2026-03-30 10:40", state: .waiting) { deployment in
      deployment.state = state
      deployment.stateRaw = "wat"
    }
    let page = try Self.page(sketch)
    #expect(page.contains(words))
    #expect(!page.contains("\"#mark-succeeded\""))
    #expect(!page.contains("It is what"))
  }

  @Test func tellsWhatARollbackTookBack() throws {
    var sketch = Self.upgraded()
    let index = sketch.deploy("2.9.1", to: 1, at: "2026-03-31 08:00", kind: .rollback, id: "930") { deployment in
      deployment.reason = "The index rebuild <took> twice as long"
      deployment.rollbackOf = "912-production"
      deployment.inferred = ["action"]
    }
    sketch.entry(.rollback, index, in: 1) { $0.removes = ["2.10.0", "2.9.2"] }
    let page = try Self.page(sketch, index)
    #expect(page.contains("What it changed: 2 releases left</h2>"))
    #expect(
      page.contains("<details class=\"taken-back\" open>\n    <summary>What it took back</summary>"), "nothing else is there")
    #expect(page.contains("<h4 id=\"out-1-fixed\">Fixed</h4>"))
    #expect(page.contains("dir=\"auto\">The index rebuild &lt;took&gt; twice as long</p>"))
    #expect(page.contains("It takes back <a href=\"../../deployments/checkout/912-production.html\">"))
    #expect(page.contains("Inferred, not recorded: <bdi>action</bdi>."))
  }

  @Test func saysThatARunIsOutOfOrder() throws {
    #expect(try Self.page(Self.upgraded { $0.outOfOrder = true }).contains("Out of order: its run is older"))
  }

  @Test(arguments: [
    (DeploymentRecord.Promotion.manual, "A person started it; no gate is recorded."),
    (.automatic, "No gate: it went out by itself."),
    (.unknown, "The record does not say whether a person decided."),
  ])
  func saysHowItStartedWhereThereIsNoGate(promotion: DeploymentRecord.Promotion, words: String) throws {
    let page = try Self.page(
      Self.upgraded { deployment in
        deployment.gate = nil
        deployment.promotion = promotion
      })
    #expect(page.contains("<p>\(words)</p>"))
  }

  @Test func listsOnlyTheEarlierAttempts() throws {
    var sketch = Self.upgraded()
    for attempt in [2, 3] {
      let index = sketch.deploy("2.10.0", to: 1, at: "2026-03-30 10:5\(attempt)", state: .failed, id: "try-\(attempt)") {
        $0.attempt = attempt
        $0.run = 0
      }
      sketch.services[0].runs[0].deployments.append(index)
    }
    let page = try Self.page(sketch, 2)
    #expect(page.contains("<bdi>912-production</bdi>"))
    #expect(!page.contains("<bdi>try-3</bdi>"))
  }

  @Test func namesItsIncidents() throws {
    var sketch = Self.upgraded()
    sketch.incident("i1", .resolved)
    sketch.incidents[0].causedBy = [Incident.Link(service: 0, deployment: 1)]
    sketch.incidents[0].fixedBy = [Incident.Link(service: 0, deployment: 0)]
    #expect(try Self.page(sketch).contains("It caused the incident <a href=\"../../incidents/i1.html\">"))
    #expect(try Self.page(sketch, 0).contains("It fixed the incident <a href=\"../../incidents/i1.html\">"))
  }

  @Test func leavesNotesToTheirOwnPagesWhereTheyAreTooLong() throws {
    var sketch = Self.upgraded()
    let long: Fragment = "<p>\(literal: String(repeating: "word ", count: 30_000))</p>"
    for number in 0..<10 { sketch.note("1.\(number)", long) }
    let index = sketch.deploy("1.9", to: 0, at: "2026-03-30 12:00")
    sketch.entry(.upgrade, index, in: 0) { $0.includes = (0..<10).map { "1.\($0)" } }
    let page = try Self.page(sketch, index)
    #expect(page.utf8.count < 500_000)
    #expect(page.contains("Its notes stand on its own page."))
  }

  @Test(arguments: hostileTexts)
  func showsHostileTextAsText(text: String) throws {
    var sketch = CatalogSketch(environments: [(text, .production)], services: [text])
    var gate = Gate(kind: .policy, state: .rejected)
    gate.key = text
    gate.decisions = [.init(by: text, decision: text, comment: text)]
    sketch.note(text, "<p>fine</p>") { note in
      note.title = text
      note.breaking = [text]
    }
    let index = sketch.deploy(text, to: 0, at: "2026-03-30 12:00", id: text) { deployment in
      deployment.stateRaw = text
      deployment.from = text + "1"
      deployment.digest = text
      deployment.url = text
      deployment.reason = text
      deployment.rollbackOf = text
      deployment.runID = text
      deployment.inferred = [text]
      deployment.actor = Actor(name: text, kind: .system)
      deployment.commit = Change(sha: text)
      deployment.commit?.message = text
      deployment.gate = gate
    }
    sketch.entry(.upgrade, index, in: 0) { entry in
      entry.includes = [text]
      entry.breaking = [LiftedItem(text: text, versions: [])]
      entry.missingNotes = [text]
    }
    expectInert(try Self.page(sketch, index))
  }

  @Test func hasTheSameBytesAtAnyTime() throws {
    var later = Self.upgraded()
    later.asOf = CatalogSketch.time("2027-01-01 00:00")
    #expect(try Self.page(Self.upgraded()) == Self.page(later))
  }
}

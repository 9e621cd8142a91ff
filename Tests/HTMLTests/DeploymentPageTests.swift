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
  static func upgraded(isGated: Bool = true, _ change: (inout DeploymentRecord) -> Void = { _ in }) -> CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02", id: "898")
    let dated = { (day: Int) in CivilDate(year: 2026, month: 3, day: day) }
    sketch.note("2.9.3", "<p>Another coupon</p>") { $0.date = dated(29) }
    sketch.note("2.9.2", "\(.heading(2, "Fixed", name: "fixed"))<p>A coupon</p>") { note in
      note.title = "coupons"
      note.date = dated(20)
    }
    sketch.note("2.9.1", "<p>x</p>") { $0.date = dated(15) }
    sketch.note("2.10.0", "<p>Split payments</p>") { note in
      note.title = "split payments"
      note.breaking = ["The webhook is sent once per part"]
      note.date = dated(26)
    }
    var gate = Gate.approved(by: "Ines Rocha", asked: "2026-03-26 10:31", at: "2026-03-30 10:31", comment: "go")
    gate.key = "production"
    sketch.deploy("2.10.0", to: 1, at: "2026-03-30 10:40", id: "912-production") { deployment in
      deployment.gate = isGated ? "production" : nil
      deployment.commit = Change(sha: "9f31c0a4")
      deployment.actor = Actor(name: "deploy bot", kind: .bot)
      deployment.changes = [Change(sha: "c07a9150")]
      change(&deployment)
    }
    sketch.run("912", number: 912, version: "2.10.0", deployments: ["912-production"]) { $0.gates = isGated ? [gate] : [] }
    return sketch
  }

  private static func page(_ sketch: CatalogSketch, _ deployment: String = "912-production") throws -> String {
    try sketch.page(deployment: deployment)
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
    "<time datetime=\"2026-03-20\">20 Mar 2026</time>", "<h4 id=\"in-1-fixed\">Fixed</h4>", "<p>Split payments</p>",
    "Fixes of the version before that it lacks: <a href=\"../../releases/checkout/2.9.3.html\"><bdi>2.9.3</bdi></a>.",
    "ran <a href=\"../../deployments/checkout/898.html\"><bdi>2.9.1</bdi></a>, since <time datetime=\"2026-03-17T14:02:00Z\">",
    "It is what <a href=\"../../environments/production.html\"><bdi>Production</bdi></a> runs.", "<bdi>c07a915</bdi>",
  ])
  func tellsWhatItChangedAndWhoLetItThrough(fragment: String) throws {
    #expect(try Self.page(Self.upgraded()).contains(fragment))
  }

  @Test func marksWhatComesAgainAndWhatHasNoNotes() throws {
    var sketch = Self.upgraded()
    sketch.deploy("2.9.2", to: 1, at: "2026-03-18 10:00")
    sketch.deploy("2.9.1", to: 1, at: "2026-03-19 10:00")
    sketch.note("2.11.0", "<p>x</p>") { $0.includes = ["2.10.1"] }
    let next = sketch.deploy("2.11.0", to: 1, at: "2026-03-31 08:00")
    #expect(try Self.page(sketch).contains("<span class=\"breaking\">again</span>"))
    #expect(try Self.page(sketch, next).contains("Deployed without notes: <bdi>2.10.1</bdi>."))
    #expect(try !Self.page(sketch, next).contains("<span class=\"breaking\">again</span>"))
  }

  @Test func tellsWhenItLeftAndForWhat() throws {
    let page = try Self.page(Self.upgraded(), "898")
    #expect(page.contains("is the first in <bdi>Production</bdi></h1>"))
    #expect(page.contains("It left <a href=\"../../environments/production.html\"><bdi>Production</bdi></a> <time"))
    #expect(page.contains("for <a href=\"../../releases/checkout/2.10.0.html\"><bdi>2.10.0</bdi></a>."))
    #expect(page.contains("nothing was live in"))
  }

  @Test(arguments: [
    (Deployment.Kind.hotfix, "went from <bdi>2.9.1</bdi> to the hotfix <bdi>2.10.0</bdi> in"),
    (.rollback, "went back from <bdi>2.9.1</bdi> to <bdi>2.10.0</bdi> in"),
    (.redeploy, "was deployed to <bdi>Production</bdi> again"),
    (.rebuild, "was rebuilt for <bdi>Production</bdi>"), (.first, "is the first in <bdi>Staging</bdi>"),
    (.upgrade, "went from <bdi>2.9.1</bdi> to <bdi>2.10.0</bdi> in"),
  ])
  func saysEveryKindInWords(kind: Deployment.Kind, words: String) throws {
    let sketch = Self.upgraded { deployment in
      switch kind {
      case .first: deployment.environment = .init(name: "staging")
      case .rollback: deployment.action = .rollback
      case .hotfix: deployment.hotfix = true
      case .redeploy: deployment.version = VersionLabel(name: "2.9.1")
      case .rebuild: deployment.version = VersionLabel(name: "2.9.1+2")
      case .upgrade: break
      }
    }
    #expect(try Self.page(sketch).contains(words))
  }

  @Test(arguments: [
    (State.failed, "failed in <bdi>Production</bdi>"), (.running, "is being deployed to"), (.waiting, "waits for"),
    (.queued, "is queued for"), (.skipped, "the step was skipped"), (.cancelled, "was cancelled before it went to"),
    (.superseded, "was superseded: a newer run"), (.unknown, "<bdi>Production</bdi>: unknown (<bdi>wat</bdi>)</h1>"),
  ])
  func saysEveryStateInWordsAndNeverGreen(state: State, words: String) throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    let other = sketch.deploy("2.10.0", to: 1, at: "2026-03-30 10:40", state: state) { deployment in
      (deployment.startedAt, deployment.finishedAt) = (nil, nil)
      deployment.stateRaw = "wat"
    }
    let page = try Self.page(sketch, other)
    #expect(page.contains(words))
    #expect(!page.contains("\"#mark-succeeded\""))
    #expect(!page.contains("It is what"))
  }

  @Test func tellsWhatARollbackTookBack() throws {
    var sketch = Self.upgraded()
    sketch.deploy("2.9.1", to: 1, at: "2026-03-31 08:00", id: "930") { deployment in
      deployment.reason = "The index rebuild <took> twice as long"
      deployment.rollbackOf = "912-production"
      deployment.inferred = ["action"]
    }
    let page = try Self.page(sketch, "930")
    #expect(page.contains("What it changed: 2 releases left</h2>"))
    #expect(
      page.contains("<details class=\"taken-back\" open>\n    <summary>What it took back</summary>"), "nothing else is there")
    #expect(page.contains("<h4 id=\"out-1-fixed\">Fixed</h4>"))
    #expect(page.contains("dir=\"auto\">The index rebuild &lt;took&gt; twice as long</p>"))
    #expect(page.contains("It takes back <a href=\"../../deployments/checkout/912-production.html\">"))
    #expect(page.contains("Inferred, not recorded: <bdi>action</bdi>."))
  }

  @Test func saysThatARunIsOutOfOrder() throws {
    var sketch = Self.upgraded()
    #expect(try !Self.page(sketch).contains("Out of order"))
    sketch.run("950", number: 950, version: "2.9.1", deployments: ["898"])
    #expect(try Self.page(sketch).contains("Out of order: its run is older"))
  }

  @Test(arguments: [
    (DeploymentRecord.Promotion.manual, "A person started it; no gate is recorded."),
    (.automatic, "No gate: it went out by itself."),
    (.unknown, "The record does not say whether a person decided."),
  ])
  func saysHowItStartedWhereThereIsNoGate(promotion: DeploymentRecord.Promotion, words: String) throws {
    let page = try Self.page(Self.upgraded(isGated: false) { $0.promotion = promotion })
    #expect(page.contains("<p>\(words)</p>"))
  }

  @Test func listsOnlyTheEarlierAttempts() throws {
    var sketch = Self.upgraded()
    for attempt in [2, 3] {
      sketch.deploy("2.10.0", to: 1, at: "2026-03-30 10:5\(attempt)", state: .failed, id: "try-\(attempt)") {
        $0.attempt = attempt
        $0.run = "912"
      }
    }
    let page = try Self.page(sketch, "try-2")
    #expect(page.contains("<bdi>912-production</bdi>"))
    #expect(!page.contains("<bdi>try-3</bdi>"))
  }

  @Test func namesItsIncidents() throws {
    var sketch = Self.upgraded()
    sketch.incident("i1", .resolved) { ($0.causedBy, $0.fixedBy) = (["912-production"], ["898"]) }
    #expect(try Self.page(sketch).contains("It caused the incident <a href=\"../../incidents/i1.html\">"))
    #expect(try Self.page(sketch, "898").contains("It fixed the incident <a href=\"../../incidents/i1.html\">"))
  }

  @Test func leavesNotesToTheirOwnPagesWhereTheyAreTooLong() throws {
    var sketch = Self.upgraded()
    let long: Fragment = "<p>\(literal: String(repeating: "word ", count: 30_000))</p>"
    for number in 0..<10 { sketch.note("1.\(number)", long) }
    sketch.deploy("0.9", to: 0, at: "2026-03-30 11:00")
    let last = sketch.deploy("1.9", to: 0, at: "2026-03-30 12:00")
    let page = try Self.page(sketch, last)
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
    sketch.deploy(text + "1", to: 0, at: "2026-03-30 11:00", id: text + "1")
    sketch.deploy(text, to: 0, at: "2026-03-30 12:00", id: text, gates: [gate]) { deployment in
      deployment.stateRaw = text
      deployment.version = VersionLabel(name: text, digest: text)
      deployment.url = text
      deployment.reason = text
      deployment.rollbackOf = text
      deployment.inferred = [text]
      deployment.actor = Actor(name: text, kind: .system)
      deployment.commit = Change(sha: text)
      deployment.commit?.message = text
    }
    expectInert(try Self.page(sketch, text))
    expectInert(try Self.page(sketch, text + "1"))
  }

  @Test func hasTheSameBytesAtAnyTime() throws {
    var later = Self.upgraded()
    later.asOf = CatalogSketch.time("2027-01-01 00:00")
    #expect(try Self.page(Self.upgraded()) == Self.page(later))
  }
}

import Diagnostics
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

@Suite struct DashboardPageTests {
  @Test func compilesTheBuiltInTheme() {
    #expect(CatalogSketch.theme.diagnostics.map(\.message.text) == [])
    #expect(CatalogSketch.theme.value != nil)
  }

  /// checkout as on the drawing: 2.10.0 in staging, 2.9.1 in production, 2.10.0 waits for a person.
  static var checkout: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 0, at: "2026-03-13 09:15")
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    sketch.deploy("2.9.2", to: 0, at: "2026-03-20 10:20")
    sketch.deploy("2.10.0", to: 0, at: "2026-03-26 10:15")
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    return sketch
  }

  @Test func showsWhatRunsWhereAndWhatWaits() throws {
    let page = try DashboardPageTests.checkout.page(.dashboard)
    #expect(page.contains("<h1>1 release waits for a person.</h1>"))
    #expect(page.contains("<title>1 waits: Acme releases</title>"))
    #expect(page.contains("<span class=\"service-way\">continuous delivery</span>"))
    #expect(page.contains("<td class=\"newest tidemark\">"))
    #expect(page.contains("<td class=\"gated\">"))
    #expect(
      page.contains(
        "<a class=\"cell-version\" href=\"releases/checkout/2.9.1.html\"><bdi>2.9.1</bdi></a>"
          + "<span class=\"soft\"><a href=\"compare/checkout/staging...production.html\">2 behind</a></span>"))
    #expect(page.contains("live since <time datetime=\"2026-03-17T14:02:00Z\">17 Mar 14:02</time>"))
    #expect(page.contains("<a href=\"#waiting\"><bdi>2.10.0</bdi> waits</a> since"))
    #expect(page.contains("<th scope=\"col\">Waiting for a person</th>"))
    #expect(page.contains("<time datetime=\"2026-03-26T10:31:00Z\">Thu 26 Mar 10:31</time>, 4 d 23 h"))
    #expect(
      page.contains(
        "<a href=\"environments/production/changelog.html#pending/checkout\">2 releases</a>: "
          + "<a href=\"releases/checkout/2.10.0.html\"><bdi>2.10.0</bdi></a> and "
          + "<a href=\"releases/checkout/2.9.2.html\"><bdi>2.9.2</bdi></a>"))
    #expect(page.contains("<bdi>Ines Rocha</bdi>, <bdi>Jonas Weil</bdi>; never decided before"))
  }

  @Test func saysWhatToDoWithoutARecord() throws {
    let page = try CatalogSketch(environments: []).page(.dashboard)
    #expect(page.contains("<h1>No record yet.</h1>"))
    #expect(page.contains("<code>content/runs/</code>"))
    #expect(!page.contains("<table"))
    #expect(!page.contains("class=\"events\""))
  }

  @Test func tellsOpenDeploymentFromAGate() throws {
    var sketch = CatalogSketch(services: ["web", "checkout"])
    for environment in 0..<2 {
      sketch.deploy("1482", to: environment, at: "2026-03-30 16:2\(environment)") { $0.promotion = .automatic }
    }
    sketch.deploy(
      "2.9.1", to: 1, at: "2026-03-17 14:02", of: 1,
      gates: [.approved(by: "ana", asked: "2026-03-17 13:00", at: "2026-03-17 13:58")])
    let page = try sketch.page(.dashboard)
    #expect(page.contains("<span class=\"service-way\">continuous deployment</span>"))
    #expect(page.contains("<td class=\"newest tidemark open\">"))
    #expect(page.contains("<span class=\"soft\">no gate</span>"))
    #expect(page.components(separatedBy: "<span class=\"soft\">no gate</span>").count == 2, "staging has no gate to miss")
  }

  @Test func showsWhatDiffersFromWhatRuns() throws {
    var sketch = CatalogSketch(services: ["checkout", "search", "mailer", "old"])
    sketch.deploy("2.10.0", to: 0, at: "2026-03-24 11:00", of: 0)
    sketch.deploy("2.11.0", to: 0, at: "2026-03-30 15:48", of: 0, state: .failed)
    sketch.deploy("2.12.0", to: 1, at: "2026-03-31 09:36", of: 0, state: .running)
    sketch.note("4.2.0", "x", of: 1) { $0.yanked = true }
    sketch.deploy("4.3.0", to: 0, at: "2026-03-18 15:00", of: 1)
    sketch.deploy("4.2.0", to: 0, at: "2026-03-24 16:30", of: 1)
    sketch.deploy("4.2.0", to: 1, at: "2026-03-26 10:00", of: 1)
    sketch.deploy("4.2.1", to: 1, at: "2026-03-28 22:14", of: 1)
    sketch.deploy("0.2.0", to: 0, at: "2026-03-19 09:00", of: 2)
    sketch.deploy("0.3.0", to: 0, at: "2026-03-30 11:32", of: 2, state: .cancelled)
    sketch.deploy("1", to: 0, at: "2026-01-05 08:00", of: 3)
    sketch.deploy("1", to: 0, at: "2026-02-05 08:00", of: 3) { $0.action = .remove }
    let page = try sketch.page(.dashboard)
    #expect(
      page.contains(
        "href=\"#mark-failed\"/></svg><span><a href=\"deployments/checkout/2.11.0-staging.html\"><bdi>2.11.0</bdi> failed</a> ")
    )
    #expect(page.contains("<bdi>2.12.0</bdi> deploying</a> since <time datetime=\"2026-03-31T09:36:00Z\">09:36</time>"))
    #expect(page.contains("back since <time datetime=\"2026-03-24T16:30:00Z\">"))
    let fell = "↓ <a href=\"deployments/search/4.2.0-staging.html\">rolled back</a> from <bdi>4.3.0</bdi>"
    #expect(page.contains(fell))
    #expect(page.contains("<bdi>4.2.0</bdi></a> was yanked"))
    #expect(page.contains("<b>Withdrawn</b> <a href=\"environments/staging.html\"><bdi>Staging</bdi></a> runs"))
    #expect(page.contains("<span class=\"soft\">hotfix</span>"))
    #expect(page.contains("↑ 1 fix <a href=\"compare/search/staging...production.html\">ahead of <bdi>Staging</bdi></a>"))
    let doubt = "<bdi>0.2.0</bdi> or <bdi>0.3.0</bdi>: <a href=\"deployments/mailer/0.3.0-staging.html\">"
    #expect(page.contains(doubt + "cancelled midway</a>"))
    #expect(page.contains("What <bdi>Staging</bdi> runs of <bdi>mailer</bdi> is unknown."))
    #expect(page.contains("<span class=\"cell-version none\">removed</span>"))
    #expect(page.contains("<span class=\"cell-version none\">never deployed</span>"))
  }

  @Test func showsNoticesOfFreezesAndIncidents() throws {
    var sketch = DashboardPageTests.checkout
    let freeze = { (from: String, to: String, kind: Configuration.Freeze.Kind) in
      Configuration.Freeze(
        from: CatalogSketch.time(from), to: CatalogSketch.time(to), environments: ["production"],
        reason: "quarter close", kind: kind)
    }
    sketch.configuration.freezes = [
      freeze("2026-03-31 16:00", "2026-04-02 06:00", .freeze), freeze("2026-03-30 00:00", "2026-03-31 12:00", .maintenance),
      freeze("2026-05-01 00:00", "2026-05-02 00:00", .freeze), freeze("2026-01-01 00:00", "2026-01-02 00:00", .freeze),
    ]
    sketch.incident("i1", .acknowledged)
    sketch.incident("i0", .resolved)
    let page = try sketch.page(.dashboard)
    #expect(page.components(separatedBy: "notice notice-freeze").count == 3)
    #expect(page.contains("closes today, <time datetime=\"2026-03-31T16:00:00Z\">Tue 31 Mar 16:00</time>, and reopens"))
    #expect(page.contains("is under maintenance since"))
    #expect(
      page.contains("<b>Incident</b> <a href=\"incidents/i1.html\"><bdi>Search is slow</bdi></a>: acknowledged, open since"))
    #expect(!page.contains("incidents/i0.html"))
    #expect(page.contains("nothing; freeze from <time datetime=\"2026-03-31T16:00:00Z\">16:00</time>"))
    #expect(page.contains("can go to <bdi>Production</bdi> until the freeze at"))
  }

  @Test func groupsServicesAndTightensManyRows() throws {
    var sketch = CatalogSketch(services: ["a", "b", "c", "d", "e", "f"])
    #expect(try sketch.page(.dashboard).contains("<table class=\"matrix\">"))
    sketch.addService("g")
    sketch.configuration.services[3].group = "Shop"
    sketch.configuration.services[5].group = "Shop"
    let page = try sketch.page(.dashboard)
    #expect(page.contains("<table class=\"matrix compact\">"))
    #expect(page.components(separatedBy: "<tbody data-rows=").count == 3)
    #expect(page.contains("<th scope=\"rowgroup\" colspan=\"3\"><bdi>Shop</bdi></th>"))
  }

  @Test func showsTheIntroduction() throws {
    var sketch = CatalogSketch(services: ["a"])
    sketch.introduction = .markdown("\(.heading(1, "Hello"))\n<p>World</p>\n", plain: "Hello World")
    #expect(try sketch.page(.dashboard).contains("<h2>Hello</h2>\n<p>World</p>"))
  }

  @Test func listsTheLastTenEventsNewestFirst() throws {
    var sketch = CatalogSketch(services: ["a", "b"])
    for day in 10...20 { sketch.deploy("1.\(day)", to: 0, at: "2026-03-\(day) 10:00", of: day % 2) }
    sketch.wait("2.0", for: 1, since: "2026-03-15 12:00", of: 1)
    let page = try sketch.page(.dashboard)
    let events = page.components(separatedBy: "<ol class=\"events\"").last?.components(separatedBy: "</ol>").first ?? ""
    let times = events.components(separatedBy: "datetime=\"").dropFirst().map { String($0.prefix(10)) }
    #expect(times == ["20", "19", "18", "17", "16", "15", "15", "14", "13", "12"].map { "2026-03-\($0)" })
    #expect(events.contains(">waiting</a>") && events.contains("asked for by the pipeline"))
  }

  @Test func staysUnderItsWeightWithFiftyServices() throws {
    let tiers: [(String, Tier)] = [("dev", .development), ("test", .test), ("staging", .staging), ("production", .production)]
    var sketch = CatalogSketch(environments: tiers, services: (1...50).map { "service-number-\($0)" })
    for service in 0..<50 {
      for environment in 0..<4 {
        sketch.deploy("1.\(service).0", to: environment, at: "2026-03-1\(environment) 10:00", of: service)
      }
    }
    #expect(try sketch.page(.dashboard).utf8.count < 150_000)
  }
}

@Suite struct FailedStepTests {
  /// Test failed in a child of the step that deploys; `attempt` is that of the deployment, the run is at its second.
  private func event(attempt: Int) throws -> String {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.10.0", to: 0, at: "2026-03-24 11:00")
    let failed = sketch.deploy("2.11.0", to: 0, at: "2026-03-30 15:48", state: .failed) { deployment in
      deployment.step = "test"
      deployment.attempt = attempt
    }
    sketch.run("931", .failed, version: "2.11.0", deployments: [failed]) { record in
      record.attempt = 2
      record.steps = [
        .at("lint", .failed), .at("Test", .failed, key: "test"), .at("deploy", parent: "test"),
        .at("integration-tests", .failed, parent: "test"),
        .at("smoke-tests", .skipped, parent: "test"),
      ]
    }
    return try sketch.page(.dashboard)
  }

  @Test func isTheInnermostOneThatFailedBelowTheDeploymentsOwn() throws {
    #expect(try event(attempt: 2).contains("step <a href=\"runs/checkout/931.html\"><bdi>integration-tests</bdi></a>"))
  }

  @Test func isItsOwnWhereTheStepsAreOfAnotherAttempt() throws {
    #expect(try event(attempt: 1).contains("step <a href=\"runs/checkout/931.html\"><bdi>Test</bdi></a>"))
  }
}

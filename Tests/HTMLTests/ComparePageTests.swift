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

@Suite struct ComparePageTests {
  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout", "search", "mailer", "elsewhere"])
    for (service, versions) in [("2.10.0", "2.9.1"), ("4.2.0", "4.2.1"), ("1.0.0", "1.0.0")].enumerated() {
      sketch.deploy(versions.0, to: 0, at: "2026-03-20 10:30", of: service)
      sketch.deploy(versions.1, to: 1, at: "2026-03-17 14:02", of: service)
    }
    sketch.deploy("2.9.2", to: 0, at: "2026-03-20 10:00")
    sketch.note("2.10.0", "\(.heading(2, "Split", name: "x"))") { note in
      note.title = "Split payments"
      note.breaking = ["The port is another one"]
      note.security = ["CVE-2026-1000"]
    }
    sketch.deploy("1.0.0", to: 1, at: "2026-03-17 14:02", of: 3)
    return sketch
  }

  @Test func tellsWhatWouldComeAndWhatWouldBeLost() throws {
    let page = try Self.sketch.page(.compare(upstream: 0, downstream: 1, service: nil))
    #expect(page.contains("<h1 class=\"title\">What <bdi>Production</bdi> would get from <bdi>Staging</bdi></h1>"))
    #expect(page.contains("2 releases of 1 service, the oldest there since <time datetime=\"2026-03-20T10:00:00Z\">"))
    #expect(page.contains("1 release live here that <a"))
    #expect(page.contains("1 service the same in both."))
    #expect(
      page.contains(
        "<span class=\"breaking\">breaking</span> <bdi>The port is another one</bdi> <span class=\"soft\">(checkout 2.10.0)</span>"
      ))
    #expect(page.contains("<span class=\"breaking\">security</span> <bdi>CVE-2026-1000</bdi>"))
    #expect(page.contains("<bdi>2.10.0</bdi></a>: <bdi>Split payments</bdi>"))
    #expect(page.contains("<h4 id=\"checkout/0-x\">Split</h4>"))
    #expect(page.contains("Nobody has described this release."))
    #expect(page.contains("<bdi>4.2.1</bdi></a>, which <a"))
    #expect(!page.contains("elsewhere"), "it does not come from there")
  }

  @Test func saysSoWhereNothingDiffers() throws {
    var sketch = Self.sketch
    for (service, version) in ["2.10.0", "4.2.0", "1.0.0"].enumerated() {
      sketch.deploy(version, to: 1, at: "2026-03-21 10:00", of: service)
    }
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: nil))
    #expect(page.contains("3 services the same in both."))
    #expect(page.contains("All that is live in <a"))
  }

  @Test func isLinkedFromTheEnvironment() throws {
    #expect(
      try Self.sketch.page(.environment(1)).contains(
        "<a href=\"../compare/staging...production.html\">compared with <bdi>Staging</bdi></a>"))
    #expect(try !Self.sketch.page(.environment(0)).contains("compared with"))
  }

  @Test func oneServiceAloneSaysTheSameOfItAndNothingOfOthers() throws {
    let all = try Self.sketch.page(.compare(upstream: 0, downstream: 1, service: nil))
    #expect(all.contains("<a href=\"../compare/checkout/staging...production.html\">this service alone</a>"))
    let page = try Self.sketch.page(.compare(upstream: 0, downstream: 1, service: 0))
    #expect(
      page.contains(
        "<h1 class=\"title\"><bdi>checkout</bdi>: what <bdi>Production</bdi> would get from <bdi>Staging</bdi></h1>"))
    #expect(page.contains("<a href=\"../../compare/staging...production.html\">all services together</a>"))
    #expect(page.contains("Split payments") && !page.contains("4.2.1") && !page.contains("the same in both"))
    #expect(try Self.sketch.page(.compare(upstream: 0, downstream: 1, service: 2)).contains("and nothing else"))
  }

  @Test func onePageTellsWhatItsGateWouldBring() throws {
    var sketch = Self.sketch
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31") { deployment in
      var change = Change(sha: "0123456789abcdef")
      change.message = "Split the basket"
      deployment.changes = [change]
    }
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: 0))
    #expect(page.contains("<strong><bdi>checkout 2.10.0</bdi></strong>"))
    #expect(page.contains("Commits it would bring: 1") && page.contains("Split the basket"))
    #expect(try !sketch.page(.compare(upstream: 0, downstream: 1, service: 1)).contains("<strong>"))
  }

  @Test func cellsThatAreBehindOrAheadLeadToIt() throws {
    var sketch = Self.sketch
    sketch.addService("new")
    sketch.deploy("1.0.0", to: 0, at: "2026-03-20 10:00", of: 4)
    let page = try sketch.page(.dashboard)
    #expect(page.contains("<span class=\"soft\"><a href=\"compare/checkout/staging...production.html\">2 behind</a>"))
    #expect(page.contains("1 fix <a href=\"compare/search/staging...production.html\">ahead of <bdi>Staging</bdi></a>"))
    #expect(page.contains("<a href=\"compare/new/staging...production.html\">never deployed</a>"))
    sketch.configuration.environments[1].archived = true
    #expect(try !sketch.page(.environment(1)).contains("compare/"), "nothing comes there any more")
  }

  @Test func gatesLeadToItAndItsOwnDoesNot() throws {
    var sketch = Self.sketch
    let waiting = sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    let link = "compare/checkout/staging...production.html\">compared with <bdi>Staging</bdi></a>"
    #expect(try sketch.page(.dashboard).contains(link))
    #expect(try sketch.page(.pending).contains(link))
    #expect(try sketch.page(.environment(1)).contains(link))
    let changelog = try sketch.page(.changelog(environment: 1))
    #expect(
      changelog.contains("compare/checkout/staging...production.html\">Compared with <bdi>Staging</bdi></a>."),
      "also where it stands on top of the changelog")
    #expect(
      try sketch.page(deployment: waiting).contains(
        "../../compare/checkout/staging...production.html\">What <bdi>Production</bdi> would get now</a>"))
    #expect(try !sketch.page(.compare(upstream: 0, downstream: 1, service: 0)).contains("compared with"))
  }

  @Test func theGateOnTheRunsPageLeadsToIt() throws {
    let page = { (isDeploying: Bool) in
      var sketch = Self.sketch
      var gate = Gate(kind: .human, state: .waiting)
      gate.key = "production"
      if isDeploying {
        sketch.deploy("2.10.0", to: 1, at: "2026-03-26 10:31", state: .waiting, id: "931-production") { $0.gate = "production" }
      }
      sketch.run("931", .waiting, version: "2.10.0", deployments: ["931-production"]) { $0.gates = [gate] }
      return try sketch.page(run: "931")
    }
    #expect(try !page(false).contains("compared with"), "nothing says which environment it is before")
    #expect(
      try page(true).contains(
        "<dt>Now</dt><dd><a href=\"../../compare/checkout/staging...production.html\">compared with <bdi>Staging</bdi></a></dd>"
      ))
  }

  @Test func showsTheNotesOfWhatWouldBeLost() throws {
    var sketch = Self.sketch
    sketch.note("4.2.1", "<p>The index is whole again</p>", of: 1)
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: 1))
    let parts = page.components(separatedBy: "What would be lost")
    #expect(parts.count == 2 && parts[1].contains("The index is whole again"))
    #expect(try !sketch.page(.compare(upstream: 0, downstream: 1, service: 0)).contains("What would be lost"))
  }

  @Test func namesWhoPressedLastWhereNothingWaits() throws {
    var sketch = Self.sketch
    sketch.deploy(
      "1.0.0", to: 1, at: "2026-03-17 14:00", of: 2,
      gates: [.approved(by: "Jonas Weil", asked: "2026-03-17 13:00", at: "2026-03-17 13:58")])
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: 2))
    #expect(
      page.contains("The last who decided at the gate was <bdi>Jonas Weil</bdi>, <time datetime=\"2026-03-17T13:58:00Z\">"))
  }

  @Test func allServicesShareTheRoomOfThePage() throws {
    var sketch = CatalogSketch()
    for number in 0..<8 {
      sketch.addService("s\(number)")
      sketch.note("1.0.0", "<p>\(literal: String(repeating: "a long note ", count: 6_000))</p>", of: number)
      sketch.deploy("1.0.0", to: 0, at: "2026-03-20 10:00", of: number)
    }
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: nil))
    #expect(page.utf8.count < 500_000)
    #expect(page.components(separatedBy: "Its notes stand on its own page.").count > 2)
  }

  @Test func programsReadTheSameInJSON() throws {
    var sketch = Self.sketch
    let freeze = Configuration.Freeze(
      from: CatalogSketch.time("2026-03-30 00:00"), to: CatalogSketch.time("2026-04-02 00:00"), environments: [],
      reason: "quarter close", kind: .freeze)
    sketch.configuration.freezes = [freeze]
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    let json = try sketch.file(.apiCompare(service: 0, upstream: 0, downstream: 1))
    for part in [
      "\"schema\":\"tidemark/compare/1\"", "\"oldestSince\":\"2026-03-20T10:00:00Z\"", "\"brings\":[\"2.10.0\",\"2.9.2\"]",
      "\"reason\":\"quarter close\"", "\"breaking\":[\"The port is another one\"]", "\"lastDecision\":null",
    ] { #expect(json.replacingOccurrences(of: "\": ", with: "\":").contains(part), "\(part)") }
  }
}

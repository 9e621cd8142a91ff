import Releases
import Testing

@testable import Pages

@Suite struct ComparePageTests {
  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout", "search", "mailer", "elsewhere"])
    for (service, versions) in [("2.10.0", "2.9.1"), ("4.2.0", "4.2.1"), ("1.0.0", "1.0.0")].enumerated() {
      sketch.deploy(versions.0, to: 0, at: "2026-03-20 10:00", of: service)
      sketch.deploy(versions.1, to: 1, at: "2026-03-17 14:02", of: service)
      sketch.cell(in: 1, of: service) { $0.upstream = 0 }
    }
    sketch.note("2.10.0", "<h2 id=\"x\">Split</h2>") { note in
      note.title = "Split payments"
      note.breaking = ["The port is another one"]
      note.security = ["CVE-2026-1000"]
    }
    sketch.cell(in: 1, of: 0) {
      $0.pending = ["2.10.0", "2.9.2"]
      $0.pendingSince = CatalogSketch.time("2026-03-20 10:00")
    }
    sketch.cell(in: 1, of: 1) { $0.ahead = ["4.2.1"] }
    sketch.cell(in: 1, of: 3) { $0.upstream = nil }
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
    for service in 0..<3 {
      sketch.cell(in: 1, of: service) {
        $0.pending = []
        $0.ahead = []
      }
    }
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: nil))
    #expect(page.contains("3 services the same in both."))
    #expect(page.contains("All that is live in <a"))
  }

  @Test func isLinkedFromTheEnvironment() throws {
    #expect(
      try Self.sketch.page(.environment(1)).contains(
        "<a href=\"../compare/staging...production.html\"><bdi>compared with Staging</bdi></a>"))
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
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    sketch.cell(in: 1) { cell in
      var change = Change(sha: "0123456789abcdef")
      change.message = "Split the basket"
      cell.waiting[0].changes = [change]
    }
    let page = try sketch.page(.compare(upstream: 0, downstream: 1, service: 0))
    #expect(page.contains("<strong><bdi>checkout 2.10.0</bdi></strong>"))
    #expect(page.contains("Commits that what waits would bring: 1") && page.contains("Split the basket"))
    #expect(try !sketch.page(.compare(upstream: 0, downstream: 1, service: 1)).contains("<strong>"))
  }

  @Test func cellsThatAreBehindLeadToIt() throws {
    let page = try Self.sketch.page(.dashboard)
    #expect(page.contains("<span class=\"soft\"><a href=\"compare/checkout/staging...production.html\">2 behind</a>"))
  }
}

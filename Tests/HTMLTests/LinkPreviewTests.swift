import Foundation
import Joining
import Records
import Releases
import Template
import Testing
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan
@testable import Report

@Suite struct LinkPreviewTests {
  private static func property(_ name: String, _ page: String) -> String? {
    page.components(separatedBy: "<meta property=\"og:\(name)\" content=\"").dropFirst().first.map {
      String($0.prefix { $0 != "\"" })
    }
  }

  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    sketch.note("2.9.1", "<p>Pays \"twice\"\n  no more</p>") { $0.title = "Payments" }
    return sketch
  }

  @Test func tellsWhatAPageIsAbout() throws {
    let dashboard = try Self.sketch.page(.dashboard)
    #expect(Self.property("type", dashboard) == "website")
    #expect(Self.property("site_name", dashboard) == "Acme releases")
    #expect(Self.property("title", dashboard) == "Dashboard")
    #expect(Self.property("description", dashboard) == "Everything that runs is current; nothing waits for a person.")
    let environment = try Self.sketch.page(.environment(1))
    #expect(Self.property("description", environment) == "Production runs checkout 2.9.1.")
    let release = try Self.sketch.page(.release(service: 0, release: 0))
    #expect(Self.property("type", release) == "article")
    #expect(Self.property("title", release) == "checkout 2.9.1: Payments")
    #expect(Self.property("description", release) == "&lt;p&gt;Pays &quot;twice&quot; no more&lt;/p&gt;", "on one line")
  }

  @Test func namesItsAddressOnlyWhereThatIsKnown() throws {
    var sketch = Self.sketch
    #expect(try Self.property("url", sketch.page(.service(0))) == nil)
    sketch.configuration.site.url = "https://status.example.com/"
    #expect(try Self.property("url", sketch.page(.service(0))) == "https://status.example.com/services/checkout.html")
    #expect(try Self.property("url", sketch.page(.notFound)) == nil, "it is served at any address")
  }

  @Test(arguments: [
    (nil, nil, "What runs where, what waits, and what changed."), (nil, "Of Acme", "Of Acme"), ("Own", "Of Acme", "Own"),
    (" \n ", "Of Acme", "Of Acme"), (String(repeating: "a ", count: 4_000), nil, String(repeating: "a ", count: 100) + "…"),
  ])
  func saysSomethingInOneLine(text: String?, site: String?, shown: String) {
    let words = text.map { LinkPreview.Text.words("\($0)") }
    #expect(LinkPreview(isArticle: false, title: "Waiting", text: words, site: site, address: nil).text(in: .english) == shown)
  }
}

@Suite struct IconTests {
  private static func icon(_ page: String) -> String? {
    page.components(separatedBy: "<link rel=\"icon\" type=\"image/svg+xml\" href=\"").dropFirst().first
      .map { String($0.prefix { $0 != "\"" }) }
  }

  private static func name(_ page: String) -> String? {
    icon(page)?.components(separatedBy: "assets/").last?.components(separatedBy: ".").first.map { String($0.dropLast(9)) }
  }

  private static var quiet: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    return sketch
  }

  @Test func pagesAboutNowShowTheVerdictAndThoseAboutThePastTheTidemark() throws {
    var sketch = Self.quiet
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    for page in [HTMLPage.dashboard, .pending, .environment(1), .metrics] {
      #expect(try Self.name(sketch.page(page)) == "favicon-waiting", "\(page)")
    }
    for page in [
      HTMLPage.service(0), .release(service: 0, release: 0), .deployment(service: 0, deployment: 0), .changelog(environment: 1),
      .notFound,
    ] {
      #expect(try Self.name(sketch.page(page)) == "favicon", "\(page)")
    }
    #expect(try Self.icon(sketch.page(.environment(1)))?.hasPrefix("../assets/") == true)
    sketch.configuration.site.url = "https://status.example.com/"
    #expect(try Self.icon(sketch.page(.notFound))?.hasPrefix("https://status.example.com/assets/") == true)
  }

  @Test func eachVerdictHasAnIconOfItsOwn() throws {
    var failed = Self.quiet
    failed.incident("i1", .detected)
    var unknown = Self.quiet
    unknown.deploy("2.10.0", to: 1, at: "2026-03-18 14:02", state: .cancelled)
    var waiting = Self.quiet
    waiting.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    let cases = [
      (Self.quiet, "favicon-succeeded"), (CatalogSketch(services: ["checkout"]), "favicon-skipped"), (failed, "favicon-failed"),
      (unknown, "favicon-unknown"), (waiting, "favicon-waiting"),
    ]
    for (sketch, name) in cases {
      let edition = try sketch.edition()
      #expect(try Self.name(sketch.page(.dashboard)) == name)
      #expect(edition.map.plans.contains { $0.path == edition.assets.icon(edition.verdict.mark) })
    }
  }
}

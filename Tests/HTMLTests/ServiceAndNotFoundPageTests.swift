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

@Suite struct ServicePageTests {
  static var checkout: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.configuration.services[0].group = "Shop"
    sketch.configuration.services[0].repository = "https://bitbucket.org/acme/checkout"
    sketch.note("2.10.0", "<p>x</p>") { note in
      note.title = "split payments"
      note.date = CivilDate(year: 2026, month: 3, day: 23)
    }
    sketch.note("2.9.1", "<p>x</p>")
    sketch.deploy("2.9.2", to: 1, at: "2026-03-10 10:00")
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02") { $0.actor = Actor(name: "ana") }
    sketch.deploy("2.10.0", to: 0, at: "2026-03-26 10:15")
    sketch.deploy("2.11.0", to: 0, at: "2026-03-30 15:48", state: .failed)
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    sketch.run("912", number: 912, version: "2.10.0") { run in
      run.title = "Send one capture per part"
      run.ref = Ref(name: "main", type: .branch)
      run.startedAt = CatalogSketch.time("2026-03-26 10:00")
      run.finishedAt = CatalogSketch.time("2026-03-26 10:10")
    }
    return sketch
  }

  private static func page(_ sketch: CatalogSketch) throws -> String { try sketch.page(.service(0)) }

  @Test(arguments: [
    "<h1 class=\"title\"><bdi>checkout</bdi></h1>", "<dt>Group</dt><dd><bdi>Shop</bdi></dd>",
    "<a href=\"https://bitbucket.org/acme/checkout\"><bdi>https://bitbucket.org/acme/checkout</bdi></a>",
    "<b><a href=\"../releases/checkout/2.9.1.html\"><bdi>2.9.1</bdi></a></b>", "<bdi>ana</bdi>", "<td>a person approves</td>",
    "<bdi>2.11.0</bdi> failed</a> <time datetime=\"2026-03-30T15:48:00Z\">", "<bdi>2.10.0</bdi> waits</a> since <time",
    "1 behind: <a href=\"../releases/checkout/2.10.0.html\">", "<p>rolled back</p>",
    "<time datetime=\"2026-03-17T14:02:00Z\">Tue 17 Mar 2026 14:02</time> <b>live</b>",
    "<span class=\"soft\">not reached</span>",
    "<bdi class=\"soft\">split payments</bdi>", "<time datetime=\"2026-03-23\">23 Mar 2026</time>",
    "<a href=\"../runs/checkout/912.html\">run <bdi>912</bdi></a>",
    "<bdi>Send one capture per part</bdi><br><bdi class=\"branch\">main</bdi>",
    "<td data-head=\"Took\">10 min</td>", "<img src=\"../badges/checkout/production.svg\" alt=\"checkout in Production\">",
    "[![checkout in Production](badges/checkout/production.svg)](services/checkout.html)", "Set <code>site.url</code>",
    "<a href=\"../api/v1/services/checkout/releases.json\">",
    "<a href=\"../api/v1/services/checkout/production/changelog.json\">",
  ])
  func showsWhatRunsWhereAndWhatArrived(fragment: String) throws {
    #expect(try Self.page(Self.checkout).contains(fragment))
  }

  @Test func writesWholeAddressesIntoTheSnippetWhereTheyAreKnown() throws {
    var sketch = Self.checkout
    sketch.configuration.site.url = "https://status.example.com/"
    let page = try Self.page(sketch)
    let address = "https://status.example.com/"
    #expect(
      page.contains("[![checkout in Production](\(address)badges/checkout/production.svg)](\(address)services/checkout.html)"))
    #expect(!page.contains("<code>site.url</code>"))
  }

  @Test func escapesMarkdownInTheSnippet() throws {
    let sketch = CatalogSketch(services: ["a](b) *c*"])
    #expect(try Self.page(sketch).contains("[![a\\](b) \\*c\\* in Staging]("))
  }

  @Test func explainsWhatIsEmpty() throws {
    let page = try Self.page(CatalogSketch(services: ["checkout"]))
    #expect(page.contains("No release of this service is described yet."))
    #expect(page.contains("No run of this service was recorded"))
    #expect(page.contains("never deployed"))
  }

  @Test func saysThatItIsUnknownWhatRuns() throws {
    var sketch = Self.checkout
    sketch.deploy("2.11.0", to: 0, at: "2026-03-30 16:48", state: .cancelled)
    let page = try Self.page(sketch)
    #expect(page.contains("unknown: <a href=\"../releases/checkout/2.10.0.html\"><bdi>2.10.0</bdi></a> or <bdi>2.11.0</bdi>"))
  }

  @Test func keepsVersionsWithoutNotesApart() throws {
    var sketch = Self.checkout
    sketch.deploy("3.0.0", to: 0, at: "2026-03-31 08:00")
    let page = try Self.page(sketch)
    let heading = try #require(page.range(of: "Deployed without notes</h2>"))
    #expect(page[heading.upperBound...].contains("<bdi>3.0.0</bdi>"))
  }

  @Test func staysSmallWithALongHistory() throws {
    var sketch = CatalogSketch(
      environments: [("development", .development), ("test", .test), ("staging", .staging), ("production", .production)],
      services: ["checkout"])
    for number in 0..<4_000 {
      // Those that are listed came everywhere.
      for environment in 0..<(number < 2_400 ? 1 : 4) {
        sketch.deploy("1.\(number).0", to: environment, at: "2024-01-31 08:00", id: "d\(number)-\(environment)") {
          $0.finishedAt = $0.finishedAt?.adding(seconds: Int64(number))
        }
      }
    }
    for number in 0..<300 { sketch.run("r\(number)", number: number) }
    let page = try Self.page(sketch)
    #expect(page.utf8.count < 500_000)
    #expect(page.contains("<summary>3\u{202F}950 more releases</summary>"))
    #expect(page.contains("2\u{202F}450 more releases in <a href=\"../api/v1/services/checkout/releases.json\">"))
    #expect(page.contains("275 older runs"))
    #expect(!page.contains("<bdi>25</bdi></a></th>"))
  }

  @Test(arguments: hostileTexts)
  func showsHostileTextAsText(text: String) throws {
    var sketch = CatalogSketch(environments: [(text, .production)], services: [text])
    sketch.configuration.services[0].group = text
    sketch.configuration.services[0].repository = text
    sketch.note(text, "<p>x</p>") { $0.title = text }
    sketch.deploy(text, to: 0, at: "2026-03-31 08:00", id: text) { $0.actor = Actor(name: text) }
    sketch.wait(text, for: 0, since: "2026-03-26 10:31", id: text + "2")
    sketch.run(text, .unknown, version: text) { run in
      run.title = text
      run.stateRaw = text
      run.ref = Ref(name: text, type: .other)
    }
    expectInert(try Self.page(sketch))
  }

  @Test func showsAVersionThatIsNotReleasedAmongWhatComesNext() throws {
    var sketch = Self.checkout
    sketch.note("2.12.0", "\(.heading(2, "Added"))<p>a bell</p>") { note in
      note.isMarkedUnreleased = true
      note.title = "bells"
    }
    let page = try Self.page(sketch)
    let next = try #require(page.split(separator: "<h2 id=\"next\">").dropFirst().first?.split(separator: "</section>").first)
    #expect(next.contains("<h3><a href=\"../releases/checkout/2.12.0.html\"><bdi>2.12.0</bdi></a>: <bdi>bells</bdi></h3>"))
    #expect(next.contains("<h4>Added</h4><p>a bell</p>"))
    #expect(!page.contains("<td><a href=\"../releases/checkout/2.12.0.html"), "it is in no table of releases")
    let release = try sketch.page(release: "2.12.0")
    #expect(release.contains("<dt>Dated</dt><dd>not released yet</dd>"))
    #expect(release.contains("<span class=\"breaking\">unreleased</span>"))
  }

  @Test func hasTheSameBytesAtAnyTime() throws {
    var later = Self.checkout
    later.asOf = CatalogSketch.time("2027-01-01 00:00")
    #expect(try Self.page(Self.checkout) == Self.page(later))
  }
}

@Suite struct NotFoundPageTests {
  private static var site: CatalogSketch { CatalogSketch(services: ["checkout"]) }

  @Test func saysWhatMayHaveHappenedAndWhereToGo() throws {
    var sketch = Self.site
    sketch.configuration.historyRuns = 50
    let page = try sketch.page(.notFound)
    #expect(page.contains("There is no page at this address</h1>"))
    #expect(page.contains("the newest 50 runs of a service keep their pages"))
    #expect(page.contains("<a href=\"services/checkout.html\"><bdi>checkout</bdi></a>"))
    #expect(page.contains("<a href=\"environments/production.html\"><bdi>Production</bdi></a>"))
  }

  /// A server answers with it at any depth, where a relative address leads nowhere.
  @Test func hasOnlyAbsoluteAddressesWhereTheSiteHasOne() throws {
    var sketch = Self.site
    sketch.configuration.site.url = "https://status.example.com/site/"
    let page = try sketch.page(.notFound)
    for part in page.components(separatedBy: "href=\"").dropFirst() {
      #expect(part.hasPrefix("https://status.example.com/site/") || part.hasPrefix("#"))
    }
    #expect(!page.contains("rel=\"canonical\""))
  }

  @Test func hasTheSameBytesAtAnyTime() throws {
    var later = Self.site
    later.asOf = CatalogSketch.time("2027-01-01 00:00")
    #expect(try Self.site.page(.notFound) == later.page(.notFound))
  }
}

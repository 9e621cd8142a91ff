import Diagnostics
import Joining
import Records
import Releases
import Testing
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct SiteMapTests {
  private static func paths(_ sketch: CatalogSketch, assets: [String] = [], schemas: [String] = []) -> [String] {
    SiteMap.plan(sketch.catalog, assets: assets, schemas: schemas).value.plans.map(\.path)
  }

  private static var shop: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 0, at: "2026-02-28 23:30")
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    sketch.deploy("2.9.0", to: 0, at: "2026-01-28 23:30", state: .failed)
    sketch.note("2.9.1", "<p>Fixes</p>")
    sketch.run("912", number: 912)
    sketch.incident("i1", .detected)
    return sketch
  }

  @Test(arguments: [
    "index.html", "pending.html", "incidents.html", "404.html", "search.json", "search.js", "status.txt", "robots.txt",
    "feed.atom", "feed.json",
    "incidents/feed.atom", "incidents/feed.json", "incidents/i1.html", "environments/staging.html",
    "environments/staging/changelog.html", "environments/staging/feed.atom", "environments/staging/feed.json",
    "environments/staging/history/2026-02.html", "environments/production/history/2026-03.html",
    "environments/production/changelog/2026-03.html", "services/checkout.html", "releases/checkout/2.9.1.html",
    "audit/2026-03.html", "audit/2026-03.csv", "audit/2026-03.json", "api/v1/audit/2026-03.json",
    "releases/checkout/2.9.1.md", "deployments/checkout/2.9.1-production.html", "runs/checkout/912.html",
    "badges/checkout/production.svg", "badges/checkout/production.json", "assets/a.css", "api/v1/summary.json",
    "api/v1/environments.json", "api/v1/pending.json", "api/v1/incidents.json", "api/v1/build.json",
    "api/v1/runs/checkout.json",
    "api/v1/services/checkout/releases.json", "api/v1/services/checkout/production/deployments.json",
    "api/v1/services/checkout/production/changelog.json", "api/v1/schemas/run.json",
  ])
  func hasAPageOfEveryKind(path: String) {
    #expect(Self.paths(Self.shop, assets: ["assets/a.css"], schemas: ["run"]).contains(path))
  }

  @Test func comparesEnvironmentsThatFollowEachOther() {
    var apart = CatalogSketch(services: ["checkout"])
    apart.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    #expect(!Self.paths(apart).contains { $0.hasPrefix("compare/") }, "nothing comes from where nothing ever was")
    var sketch = Self.shop
    #expect(
      Self.paths(sketch).filter { $0.hasPrefix("compare/") } == [
        "compare/checkout/staging...production.html", "compare/staging...production.html",
      ])
    sketch.configuration.environments[1].archived = true
    #expect(!Self.paths(sketch).contains { $0.hasPrefix("compare/") })
  }

  @Test func listsEachPathOnceInOrder() {
    let paths = Self.paths(Self.shop)
    #expect(paths == paths.sorted())
    #expect(Set(paths).count == paths.count)
  }

  @Test func pagesWithoutContentDoNotExist() {
    let paths = Self.paths(Self.shop)
    #expect(paths.contains("environments/staging/history/2026-01.html"))
    #expect(!paths.contains("environments/staging/changelog/2026-01.html"), "nothing arrived")
    #expect(!paths.contains { $0.hasPrefix("environments/staging/history/2026-03") })
    #expect(!paths.contains("sitemap.xml"), "no address is known")
    #expect(!paths.contains("audit/2026-02.html"), "staging is not production")
  }

  @Test func hasASitemapWhereTheAddressIsKnown() {
    var sketch = Self.shop
    sketch.configuration.site.url = "https://status.example.com/"
    #expect(Self.paths(sketch).contains("sitemap.xml"))
  }

  @Test func givesAReleaseWithoutNotesNoSource() {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("3.0.0", to: 0, at: "2026-03-01 10:00")
    let paths = Self.paths(sketch)
    #expect(paths.contains("releases/checkout/3.0.0.html"))
    #expect(!paths.contains("releases/checkout/3.0.0.md"))
  }

  @Test func givesAnUnreleasedSectionNoPage() {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.note(nil, "<p>x</p>")
    #expect(!Self.paths(sketch).contains { $0.hasPrefix("releases/") })
  }

  @Test func findsAReleaseWithOrWithoutTheV() {
    let shop = Self.shop.catalog.services[0]
    #expect(shop.release(version: "v2.9.1") == 0)
    #expect(shop.release(version: "2.9.1") == 0)
    #expect(shop.release(version: "2.9.2") == nil)
  }
}

/// Retention decides pages only (site.md, Pages).
@Suite struct RetentionTests {
  /// Ten runs, each of which deployed its version to staging, and how that ended; by default all succeeded.
  private static func history(
    keeping limit: Int, _ states: [State] = Array(repeating: .succeeded, count: 10), areAlone: Bool = false
  ) -> CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.configuration.historyRuns = limit
    for (number, state) in zip(1...10, states) {
      sketch.deploy("1.0.\(number)", to: 0, at: "2026-03-\(number + 10) 10:00", state: state, id: "d\(number)")
      if !areAlone { sketch.run("r\(number)", number: number, state, version: "1.0.\(number)", deployments: ["d\(number)"]) }
    }
    return sketch
  }

  private static let skipped = Array(repeating: State.skipped, count: 10)

  private static func pages(_ sketch: CatalogSketch, in folder: String) -> [String] {
    SiteMap.plan(sketch.catalog, assets: [], schemas: []).value.plans.map(\.path).filter { $0.hasPrefix(folder) }
  }

  @Test func keepsPagesOfTheNewestRunsAndTheirDeployments() {
    #expect(Self.pages(Self.history(keeping: 100), in: "runs/").count == 10)
    #expect(Self.pages(Self.history(keeping: 3), in: "runs/") == ["10", "8", "9"].map { "runs/checkout/r\($0).html" })
    #expect(
      Self.pages(Self.history(keeping: 3), in: "deployments/") == ["10", "8", "9"].map { "deployments/checkout/d\($0).html" })
  }

  @Test func keepsEveryRelease() {
    #expect(Self.pages(Self.history(keeping: 1), in: "releases/").count == 10)
  }

  @Test func keepsWhatIsCurrentPreviousTriedLastOrWaiting() {
    let states: [State] = [
      .succeeded, .succeeded, .succeeded, .succeeded, .succeeded, .failed, .waiting, .skipped, .skipped, .skipped,
    ]
    let sketch = Self.history(keeping: 0, states)
    #expect(Self.pages(sketch, in: "deployments/") == ["4", "5", "6", "7"].map { "deployments/checkout/d\($0).html" })
    #expect(Self.pages(sketch, in: "runs/") == ["4", "5", "6", "7"].map { "runs/checkout/r\($0).html" })
  }

  @Test(arguments: [(IncidentRecord.State.detected, 1), (.acknowledged, 1), (.resolved, 0)])
  func keepsWhatAnOpenIncidentNames(state: IncidentRecord.State, count: Int) {
    var sketch = Self.history(keeping: 0, Self.skipped)
    sketch.incident("i1", state) { $0.causedBy = ["d3"] }
    #expect(Self.pages(sketch, in: "deployments/").count == count)
  }

  @Test func keepsTheNewestDeploymentsThatStandAlone() {
    let sketch = Self.history(keeping: 2, Self.skipped, areAlone: true)
    #expect(Self.pages(sketch, in: "deployments/") == ["deployments/checkout/d10.html", "deployments/checkout/d9.html"])
  }

  @Test func leavesHistoryAndChangelogAlone() {
    let paths = Self.pages(Self.history(keeping: 0), in: "environments/staging/history/")
    #expect(paths == ["environments/staging/history/2026-03.html"])
  }
}

@Suite struct PathCollisionTests {
  private static func errors(_ sketch: CatalogSketch, assets: [String] = []) -> [String] {
    SiteMap.plan(sketch.catalog, assets: assets, schemas: []).diagnostics.map(\.message.id)
  }

  @Test func keepsApartWhatDiffersInCaseOnly() {
    let sketch = CatalogSketch(services: ["Shop", "shop", "SHOP"])
    #expect(Self.errors(sketch) == [])
    #expect(SiteMap.plan(sketch.catalog, assets: [], schemas: []).value.plans.map(\.path).contains("services/shop.html"))
  }

  @Test func keepsApartRunsOfOneIDByTwoProviders() {
    var sketch = CatalogSketch(services: ["shop"])
    sketch.run("1") { $0.provider = "jenkins" }
    sketch.run("1") { $0.provider = "github" }
    #expect(Self.errors(sketch) == [])
    let paths = SiteMap.plan(sketch.catalog, assets: [], schemas: []).value.plans.map(\.path)
    #expect(paths.count { $0.hasPrefix("runs/shop/") } == 2)
  }

  @Test func reportsAnAssetInThePlaceOfAPage() {
    #expect(Self.errors(CatalogSketch(services: ["shop"]), assets: ["index.html"]) == ["two-sources"])
  }

  @Test func reportsAPageInThePlaceOfAFolder() {
    let sketch = CatalogSketch(environments: [("x", .staging), ("x.html", .production)], services: [])
    #expect(Self.errors(sketch) == ["file-and-folder"])
  }

  @Test(arguments: ["../../etc", "a/b", "..", "con\u{0}", "index.html", "\u{202E}x"])
  func namesFromOutsideStayInTheirFolder(name: String) {
    var sketch = CatalogSketch(environments: [(name, .production)], services: [name])
    sketch.run(name)
    sketch.deploy(name, to: 0, at: "2026-03-01 10:00", id: name)
    sketch.incident(name, .detected)
    for path in SiteMap.plan(sketch.catalog, assets: [], schemas: []).value.plans.map(\.path) {
      #expect(!path.split(separator: "/", omittingEmptySubsequences: false).contains { $0.isEmpty || $0.hasPrefix(".") })
    }
  }
}

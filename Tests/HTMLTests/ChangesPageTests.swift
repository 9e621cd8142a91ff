import Diagnostics
import Foundation
import Joining
import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan

/// Catalogs that the rules have made, since a commit's way follows from them.
private struct World {
  var input = CatalogInput()
  var configuration = Configuration()

  init() {
    configuration.environments = ["staging", "production"].map { Configuration.Environment(key: $0) }
    configuration.links.issues = [Configuration.IssuePattern(pattern: "SHOP-[0-9]+", url: "https://jira.example.com/{key}")]
    configuration.links.commit = "https://git.example.com/{sha}"
  }

  /// A run of a minute that deploys; `changes`: sha, subject and time.
  mutating func deploy(
    _ version: String, to environment: String, at: String, _ changes: [(sha: String, subject: String, at: String?)],
    _ state: State = .succeeded
  ) {
    var run = RunRecord(id: String(input.runs.count + 1), state: state)
    run.service = "shop"
    run.version = VersionLabel(name: version)
    run.createdAt = CatalogSketch.time(at).adding(seconds: -60)
    run.changes = changes.map { item in
      var change = Change(sha: item.sha)
      change.message = item.subject
      change.author = "Ana"
      change.committedAt = item.at.map(CatalogSketch.time)
      return change
    }
    var deployment = DeploymentRecord(environment: .init(name: environment))
    deployment.state = state
    if state == .succeeded { deployment.finishedAt = CatalogSketch.time(at) }
    run.deployments = [deployment]
    input.runs.append(Located(run, file: "a.json", position: Position(line: input.runs.count + 1, column: 1)))
  }

  mutating func note(_ version: String, _ text: String) {
    let note = ReleaseNote(version: version, service: "shop", body: .text(text), markdown: Array(text.utf8))
    input.notes.append(Located(note, file: "\(version).md", position: Position(line: 1, column: 1)))
  }

  func edition() throws -> Edition {
    guard let theme = CatalogSketch.theme.value else { throw CatalogSketch.NoTheme() }
    let catalog = Catalog.join(input, configuration: configuration, asOf: CatalogSketch.time("2026-03-31 09:40")).catalog
    let map = SiteMap.plan(catalog, assets: theme.assets.map(\.path), schemas: [])
    return Edition(catalog: catalog, map: map.value, phrasebook: theme.phrasebook, assets: theme.paths, diagnostics: [])
  }

  func page(_ path: String) throws -> String {
    try CatalogSketch.text(of: edition()) { $0.path == path }
  }

  func paths() throws -> [String] { try edition().map.plans.map(\.path) }
}

@Suite struct ChangesPageTests {
  private static let first = (sha: "aaaaaaaaaaaaaaaa", subject: "SHOP-1 Pay twice", at: "2026-03-02 08:00" as String?)
  private static let second = (sha: "bbbbbbbbbbbbbbbb", subject: "SHOP-2 <b>Pay</b> once", at: "2026-03-09 08:00" as String?)
  private static let third = (sha: "cccccccccccccccc", subject: "SHOP-1 again", at: nil as String?)

  private static var world: World {
    var world = World()
    world.deploy("1.0.0", to: "staging", at: "2026-03-02 10:00", [first])
    world.deploy("1.0.0", to: "production", at: "2026-03-03 10:00", [first])
    world.deploy("1.1.0", to: "staging", at: "2026-03-09 10:00", [second])
    world.deploy("1.1.0", to: "production", at: "2026-03-10 10:00", [second])
    world.deploy("1.0.0", to: "production", at: "2026-03-11 10:00", [first])
    world.deploy("1.2.0", to: "staging", at: "2026-04-01 10:00", [third])
    return world
  }

  private static func row(_ page: String, _ id: String) -> String {
    page.components(separatedBy: "<tr ").first { $0.hasPrefix("id=\"\(id)\"") } ?? ""
  }

  @Test func eachCommitTellsWhereItIs() throws {
    let page = try Self.world.page("changes/shop/2026-03.html")
    #expect(
      page.contains("2 commits: 2 reached <bdi>staging</bdi>, 2 <bdi>production</bdi>; 1 left <bdi>production</bdi> again."))
    let second = Self.row(page, "c/bbbbbbbbbbbb")
    #expect(second.contains("<a href=\"https://git.example.com/bbbbbbbbbbbbbbbb\"><bdi>bbbbbbb</bdi></a>"))
    #expect(second.contains("SHOP-2 &lt;b&gt;Pay&lt;/b&gt; once"))
    #expect(second.contains("<bdi>Ana</bdi>, <time datetime=\"2026-03-09T08:00:00Z\">9 Mar 08:00</time>"))
    #expect(second.contains("<a href=\"../../releases/shop/1.1.0.html\"><bdi>1.1.0</bdi></a>"))
    #expect(
      second.contains(
        "<td><a href=\"../../deployments/shop/4-production.html\"><time datetime=\"2026-03-10T10:00:00Z\">10 Mar 10:00</time></a>, <a href=\"../../deployments/shop/5-production.html\">left <time datetime=\"2026-03-11T10:00:00Z\">11 Mar 10:00</time></a> </td>"
      ))
    #expect(!page.contains("As of"))
  }

  @Test func whatWaitsAndWhatIsNotThereIsSaid() throws {
    var world = Self.world
    #expect(
      try Self.row(world.page("changes/shop/2026-04.html"), "c/cccccccccccc").contains("<span class=\"soft\">not yet</span>"))
    world.deploy("1.2.0", to: "production", at: "2026-04-02 10:00", [Self.third], .waiting)
    let row = try Self.row(world.page("changes/shop/2026-04.html"), "c/cccccccccccc")
    #expect(row.contains("<a href=\"../../deployments/shop/7-production.html\">waits</a>"))
    #expect(row.contains("no time recorded"))
  }

  @Test func issuesOfCommitsAndNotesStandBeneath() throws {
    var world = Self.world
    world.note("1.0.0", "Mends SHOP-7 and SHOP-1")
    world.note("1.1.0", "Nothing")
    let page = try world.page("changes/shop/2026-03.html")
    let ids = page.components(separatedBy: "<tr id=\"i/").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(ids == ["shop-1", "shop-2", "shop-7"])
    #expect(Self.row(page, "i/shop-1").contains("<a href=\"https://jira.example.com/SHOP-1\"><bdi>SHOP-1</bdi></a>"))
    #expect(Self.row(page, "i/shop-1").contains("<a href=\"#c/aaaaaaaaaaaa\"><bdi>aaaaaaa</bdi></a>, notes of <a"))
    #expect(Self.row(page, "i/shop-7").contains("3 Mar 10:00"))
    #expect(Self.row(page, "i/shop-2").contains("left <time"))
  }

  @Test func anIssueOfWhichOnlyAPartArrivedSaysHowMuch() throws {
    var world = Self.world
    world.deploy("1.1.1", to: "staging", at: "2026-03-20 10:00", [("dddddddddddddddd", "SHOP-1 more", "2026-03-19 10:00")])
    let row = try Self.row(world.page("changes/shop/2026-03.html"), "i/shop-1")
    #expect(row.contains("<td><span class=\"soft\">1 of 2</span></td>") && row.contains("20 Mar 10:00"))
  }

  @Test func monthsAreThoseOfTheSitesZone() throws {
    var world = World()
    world.deploy("1.0.0", to: "staging", at: "2026-04-02 10:00", [("aaaaaaaaaaaaaaaa", "x", "2026-03-31 23:30")])
    #expect(try world.paths().contains("changes/shop/2026-03.html"))
    #expect(try !world.paths().contains("changes/shop/2026-04.html"))
  }

  @Test func monthsLeadToOlderOnesAndServicesAndCommitsToThem() throws {
    let world = Self.world
    let older = try world.page("changes/shop/2026-03.html")
    #expect(!older.contains("2026-04.html") && older.contains("<a href=\"../../services/shop.html\">"))
    #expect(try world.page("changes/shop/2026-04.html").contains("Before: <a href=\"../../changes/shop/2026-03.html\">"))
    #expect(
      try world.page("services/shop.html").contains("<a href=\"../changes/shop/2026-04.html\">April 2026</a> · <a"))
    let link = "<a href=\"../../changes/shop/2026-03.html#c/bbbbbbbbbbbb\">where it is</a>"
    for path in ["deployments/shop/4-production.html", "releases/shop/1.1.0.html", "runs/shop/4.html"] {
      #expect(try world.page(path).contains(link), "\(path)")
    }
  }

  @Test func aMonthWithMoreThanAPageCanHoldHasAPageADay() throws {
    var world = World()
    for day in 1...3 {
      let commits = (0..<200).map { number in
        let sha = String(repeating: "0", count: 8) + String(day * 1_000 + number) + "aaaa"
        return (String(sha.reversed()), "Change \(number)", "2026-03-0\(day) 08:00" as String?)
      }
      world.deploy("1.\(day).0", to: "staging", at: "2026-03-0\(day) 10:00", commits)
    }
    let paths = try world.paths().filter { $0.hasPrefix("changes/") }
    #expect(paths == ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03"].map { "changes/shop/\($0).html" })
    let page = try world.page("changes/shop/2026-03.html")
    #expect(page.contains("<p>600 commits.</p>"))
    #expect(page.contains("<a href=\"../../changes/shop/2026-03-02.html\">2 Mar 2026</a>: 200 commits"))
    #expect(!page.contains("Change 7<"))
    let day = try world.page("changes/shop/2026-03-02.html")
    #expect(day.contains("Changes of <bdi>shop</bdi>, 2 Mar 2026") && day.contains("200 reached <bdi>staging</bdi>"))
    #expect(day.components(separatedBy: "<tr id").count == 201)
  }
}

/// What the page of a deployment says of commits: the deployment before it is compared with it, both ways.
@Suite struct DeploymentChangesTests {
  private static func page(_ id: String) throws -> String {
    var world = World()
    for (number, sha) in ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"].enumerated() {
      let day = "2026-03-0\(number + 3)"
      world.deploy("1.\(number).0", to: "staging", at: day + " 10:00", [(sha, "Part \(number)", day + " 09:00")])
    }
    world.deploy("1.0.0", to: "production", at: "2026-03-07 10:00", [])
    world.deploy("1.2.0", to: "production", at: "2026-03-08 10:00", [("cccccccccccccccc", "Part 2", nil)])
    world.deploy("1.0.0", to: "production", at: "2026-03-09 10:00", [])
    return try world.page("deployments/shop/\(id).html")
  }

  private static func subjects(_ page: String, under heading: String) -> [String] {
    let part = page.components(separatedBy: heading).dropFirst().first?.components(separatedBy: "</section>").first ?? ""
    return ["Part 0", "Part 1", "Part 2"].filter { part.contains($0) }
  }

  @Test func listsWhatCameWithItAlsoOfVersionsThatWereSkipped() throws {
    let page = try Self.page("5-production")
    #expect(Self.subjects(page, under: "<h2 id=\"changes\">Changes, 2</h2>") == ["Part 1", "Part 2"])
    #expect(!page.contains("Changes that left with it"))
  }

  @Test func listsWhatLeftWithARollback() throws {
    let page = try Self.page("6-production")
    #expect(Self.subjects(page, under: "<h2 id=\"taken-back\">Changes that left with it, 2</h2>") == ["Part 1", "Part 2"])
    #expect(page.contains("Its record names no commits."))
  }
}

@Suite struct SearchIndexTests {
  private static var world: World {
    var world = World()
    world.deploy(
      "1.0.0", to: "production", at: "2026-03-03 10:00", [("aaaaaaaaaaaaaaaa", "SHOP-1 Pay </script>", nil)])
    world.deploy("1.1.0", to: "production", at: "2026-03-04 10:00", [("bbbbbbbbbbbbbbbb", "Pay once", nil)])
    world.note("1.0.0", "Mends\n\n  the   till")
    return world
  }

  private static func entries(_ kind: SearchIndex.Entry.Kind, limit: Int = 100_000) throws -> [SearchIndex.Entry] {
    let edition = try world.edition()
    return SearchIndex(edition.catalog, edition.map, limit: limit).entries.filter { $0.kind == kind }
  }

  @Test func findsEveryKindByTitleNewestFirst() throws {
    #expect(try Self.entries(.service).map(\.title) == ["shop"])
    #expect(try Self.entries(.environment).map(\.title) == ["staging", "production"])
    #expect(try Self.entries(.release).map(\.title) == ["shop 1.1.0", "shop 1.0.0"])
    #expect(try Self.entries(.change).map(\.title) == ["bbbbbbb Pay once", "aaaaaaa SHOP-1 Pay </script>"])
    #expect(
      try Self.entries(.change).map(\.url)
        == ["b", "a"].map { "changes/shop/2026-03.html#c/" + String(repeating: $0, count: 12) })
    #expect(try Self.entries(.issue).map(\.url) == ["changes/shop/2026-03.html#i/shop-1"])
    #expect(try Self.entries(.deployment).map(\.title) == ["shop 1.1.0 to production", "shop 1.0.0 to production"])
    #expect(try Self.entries(.page).map(\.url).contains("pending.html"))
    #expect(try Self.entries(.release).last?.text == "Mends the till")
  }

  @Test func leadsOnlyToPagesThatExist() throws {
    let edition = try Self.world.edition()
    let paths = Set(edition.map.plans.map(\.path))
    for entry in SearchIndex(edition.catalog, edition.map, in: edition.phrasebook).entries {
      #expect(paths.contains(String(entry.url.prefix { $0 != "#" })), "\(entry)")
    }
  }

  @Test func theScriptIsTheSameObjectAndEndsNoScriptElement() throws {
    let (json, script) = (try Self.world.page("search.json"), try Self.world.page("search.js"))
    #expect(json.hasPrefix("{\"schema\":\"tidemark/search/1\",\"entries\":[{\"title\":"))
    #expect(script == "window.tidemarkSearch = " + json.dropLast() + ";\n")
    #expect(!script.contains("</script"))
    #expect(script.contains("SHOP-1 Pay \\u003c/script\\u003e"))
  }

  @Test func staysSmallByLeavingOutWhatIsLeastImportant() throws {
    let edition = try Self.world.edition()
    let all = SearchIndex(edition.catalog, edition.map, in: edition.phrasebook).entries
    let sizes = all.map { $0.title.utf8.count + $0.url.utf8.count + 50 }
    let few = SearchIndex(edition.catalog, edition.map, limit: sizes.dropLast().reduce(0, +)).entries
    #expect(few.map(\.url) == all.dropLast().map(\.url), "the oldest deployment is missing")
    #expect(few.allSatisfy { $0.text.isEmpty }, "there is no room for more words")
    #expect(SearchIndex(edition.catalog, edition.map, limit: 0).entries.isEmpty)
  }
}

import Foundation
import Joining
import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct ArchiveTests {
  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(
      environments: [("staging", .staging), ("production", .production), ("trial", .test)],
      services: ["checkout", "search", "mailer", "web"])
    sketch.configuration.environments[2].archived = true
    sketch.deploy("2.9.1", to: 2, at: "2025-11-17 14:02")
    sketch.deploy("4.1.0", to: 2, at: "2026-01-10 10:00", of: 1)
    sketch.deploy("4.1.0", to: 2, at: "2026-01-20 10:00", of: 1, id: "gone") { $0.action = .remove }
    sketch.deploy("0.1.0", to: 2, at: "2026-01-25 10:00", of: 2)
    sketch.deploy("0.2.0", to: 2, at: "2026-01-26 10:00", of: 2, state: .cancelled)
    return sketch
  }

  private static func archive(_ sketch: CatalogSketch) throws -> String {
    try sketch.page(.dashboard).components(separatedBy: "<details class=\"archive\">").dropFirst().first?
      .components(separatedBy: "</details>").first ?? ""
  }

  @Test func tellsWhatEachServiceRanLastAndSinceWhen() throws {
    let archive = try Self.archive(Self.sketch)
    #expect(archive.contains("<summary>Archived: 1 environment</summary>"))
    #expect(
      archive.contains("<th scope=\"rowgroup\" colspan=\"3\"><a href=\"environments/trial.html\"><bdi>Trial</bdi></a></th>"))
    let rows = archive.components(separatedBy: "<tr><th scope=\"row\">").dropFirst().map { String($0) }
    #expect(rows.count == 3, "web never was there")
    for part in ["checkout", "releases/checkout/2.9.1.html\"><bdi>2.9.1</bdi></a></td>", "17 Nov 2025 14:02"] {
      #expect(rows[0].contains(part))
    }
    #expect(rows[1].contains("<td>removed; it ran <a href=\"releases/search/4.1.0.html\">") && rows[1].contains("20 Jan 10:00"))
    #expect(rows[2].contains("0.2.0-trial.html\">unknown</a>") && rows[2].contains("26 Jan 10:00"))
  }

  @Test func everyServiceKeepsItsRowAndTheArchivedEnvironmentNoColumn() throws {
    let page = try Self.sketch.page(.dashboard)
    #expect(page.components(separatedBy: "class=\"service-name\"").count == 5)
    #expect(!page.contains("<th scope=\"col\"><a href=\"environments/trial.html\">"))
    #expect(try Self.archive(CatalogSketch(services: ["a"])).isEmpty)
  }

  @Test func whatWaitsForAnArchivedEnvironmentWaitsForNobody() throws {
    var sketch = Self.sketch
    sketch.wait("2.10.0", for: 2, since: "2026-01-01 10:00")
    #expect(try !sketch.page(.dashboard).contains("<strong><bdi>checkout 2.10.0</bdi>"))
    #expect(try sketch.page(.pending).contains("Nothing waits at a gate"))
    #expect(try !sketch.page(.environment(2)).contains("<strong><bdi>checkout 2.10.0</bdi>"))
  }

  @Test func staysSmall() throws {
    var sketch = Self.sketch
    for number in 0..<70 {
      sketch.addService("s\(number)")
      sketch.deploy("1", to: 2, at: "2026-01-01 10:00", of: number + 4)
    }
    let archive = try Self.archive(sketch)
    #expect(archive.components(separatedBy: "<tr><th scope=\"row\">").count == 61)
    #expect(archive.contains("13 more services on the pages of their environments"), "73 ran there")
  }
}

@Suite struct FreezeTableTests {
  private static func freeze(
    _ from: String, _ to: String, _ environments: [String] = [], _ reason: String? = nil,
    _ kind: Configuration.Freeze.Kind = .freeze
  ) -> Configuration.Freeze {
    Configuration.Freeze(
      from: CatalogSketch.time(from), to: CatalogSketch.time(to), environments: environments, reason: reason, kind: kind)
  }

  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.configuration.freezes = [
      freeze("2026-12-20 00:00", "2027-01-05 00:00", ["production"], "Holidays <all>"),
      freeze("2026-05-02 01:00", "2026-05-02 05:00", [], nil, .maintenance),
      freeze("2026-03-31 08:00", "2026-04-02 06:00", ["production"]),
      freeze("2026-01-01 00:00", "2026-01-02 00:00", ["production"], "long ago"),
    ]
    return sketch
  }

  private static func rows(_ page: String) -> [String] {
    page.components(separatedBy: "aria-labelledby=\"freezes-title\"").dropFirst().first?.components(separatedBy: "</section>")
      .first?.components(separatedBy: "<tr><th scope=\"row\">").dropFirst().map { String($0) } ?? []
  }

  @Test func listsWhatHoldsAndWhatIsPlannedFirstToBeginFirst() throws {
    let rows = try Self.rows(Self.sketch.page(.pending))
    #expect(rows.map { String($0.prefix { $0 != "<" }) } == ["Freeze, now", "Maintenance", "Freeze"])
    #expect(rows[0].contains("Tue 31 Mar 08:00") && rows[0].contains("Thu 2 Apr 06:00") && rows[0].contains("not given"))
    #expect(rows[1].contains("<td>all environments</td>"))
    #expect(rows[2].contains("<a href=\"environments/production.html\"><bdi>Production</bdi></a>"))
    #expect(rows[2].contains("Tue 5 Jan 2027 00:00") && rows[2].contains("<bdi>Holidays &lt;all&gt;</bdi>"))
    #expect(try Self.sketch.page(.pending).contains("<a href=\"calendar.ics\">calendar.ics</a></p></div>"))
  }

  @Test func anEnvironmentListsItsOwn() throws {
    #expect(try Self.rows(Self.sketch.page(.environment(0))).count == 1, "the maintenance of all")
    #expect(try Self.rows(Self.sketch.page(.environment(1))).count == 3)
    #expect(try Self.sketch.page(.environment(1)).contains("<a href=\"../calendar.ics\">calendar.ics</a></p></div>"))
    var archived = Self.sketch
    archived.configuration.environments[1].archived = true
    #expect(try Self.rows(archived.page(.environment(1))).isEmpty, "nothing is deployed there any more")
  }

  @Test func isNotThereWhereNothingIsPlanned() throws {
    var sketch = Self.sketch
    sketch.asOf = CatalogSketch.time("2027-01-05 00:00")
    #expect(try !sketch.page(.pending).contains("freezes-title"), "the end is not part of it")
  }

  @Test func leavesTheRestOfManyToTheCalendar() throws {
    var sketch = Self.sketch
    sketch.configuration.freezes = (0..<53).map { _ in Self.freeze("2026-12-20 00:00", "2027-01-05 00:00") }
    let page = try sketch.page(.pending)
    #expect(Self.rows(page).count == 50)
    #expect(page.contains("<p class=\"soft\">3 more in <a href=\"calendar.ics\">"))
  }
}

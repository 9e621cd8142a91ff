import Foundation
import Joining
import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct AuditPageTests {
  private static let month = Period.month(Month(year: 2026, month: 3))

  /// Three changes of checkout in March, newest last: self-approved, sound, and one that failed without a gate.
  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.configuration.environments[1].gate = .manual
    sketch.deploy("1.9.0", to: 1, at: "2026-02-20 10:00")
    for (version, by, at) in [("2.0.0", "ana", "2026-03-02 10:00"), ("2.1.0", "Ines Rocha", "2026-03-09 10:00")] {
      let gate = Gate.approved(by: by, asked: "2026-03-01 10:00", at: at, comment: "Looks <good>")
      sketch.deploy(version, to: 1, at: at, gates: [gate]) { deployment in
        deployment.actor = Actor(name: "Ana", kind: .human)
        var commit = Change(sha: "0123456789abcdef")
        commit.author = "Bo"
        deployment.commit = commit
      }
    }
    sketch.deploy("2.2.0", to: 1, at: "2026-03-11 10:00", state: .failed)
    sketch.deploy("2.2.0", to: 0, at: "2026-03-10 10:00")
    return sketch
  }

  private static func page() throws -> String { try sketch.page(.audit(month)) }

  @Test func countsAndFlagsOnTop() throws {
    let page = try Self.page()
    #expect(
      page.contains("3 changes of production: 2 succeeded, 1 failed; 2 approved by a person, 1 otherwise, or not recorded."))
    #expect(page.contains("2 flagged: 1 self-approved, 1 without approval. 1 without a flag."))
    #expect(page.contains("Before: <a href=\"../audit/2026-02.html\">February 2026</a>."))
    #expect(page.contains("<summary>What is listed, and what is flagged</summary>"))
    #expect(!page.contains("As of"))
  }

  @Test func rowsTellWhoAndWhenNewestFirst() throws {
    let rows = try Self.page().split(separator: "<tr").dropFirst(2).map(String.init)
    #expect(rows.count == 3)
    #expect(rows[0].contains("<b class=\"flag\">without approval</b>") && rows[0].contains("asked: not recorded"))
    #expect(
      rows[1].contains("<bdi>approved</bdi> by <bdi>Ines Rocha</bdi>, <time datetime=\"2026-03-09T10:00:00Z\">10:00</time>"))
    #expect(rows[1].contains("<q dir=\"auto\">Looks &lt;good&gt;</q>") && !rows[1].contains("class=\"flag"))
    #expect(rows[1].contains("waited 8 d 0 h") && rows[1].contains("wrote: <bdi>Bo</bdi>"))
    #expect(rows[2].contains(" class=\"flagged\"") && rows[2].contains("<b class=\"flag\">self-approved</b>"))
    #expect(rows[2].contains("<bdi>1.9.0</bdi></a> → <a"))
  }

  @Test func aMonthLeadsToOlderOnesAndUpAndIsReachedFromProduction() throws {
    let older = try Self.sketch.page(.audit(.month(Month(year: 2026, month: 2))))
    #expect(!older.contains("2026-03.html") && older.contains("<a href=\"../audit.html\">Audit</a>"))
    #expect(try Self.sketch.page(.environment(1)).contains("<a href=\"../audit/2026-03.html\">March 2026</a> · <a"))
    #expect(try !Self.sketch.page(.environment(0)).contains("audit/"))
    // Each page leads to the months, whose address does not move.
    let months = try Self.sketch.page(.auditMonths)
    #expect(try Self.sketch.page(.environment(0)).contains("<a href=\"../audit.html\"><bdi>Audit</bdi></a>"))
    #expect(
      months.contains(
        "<a href=\"audit/2026-03.html\">March 2026</a></th><td data-head=\"Changes\">3</td><td data-head=\"Approved by a person\">2</td>"
      ))
    #expect(months.contains("2 flagged: 1 self-approved, 1 without approval. 1 without a flag.") && !months.contains("As of"))
  }

  @Test func namesTheEnvironmentWhereThereAreSeveralOfThatTier() throws {
    var sketch = Self.sketch
    #expect(try !sketch.page(.audit(Self.month)).contains("</a> in <a"))
    sketch.configuration.environments[0].tier = .production
    let page = try sketch.page(.audit(Self.month))
    #expect(page.contains("<bdi>checkout</bdi></a> in <a href=\"../environments/staging.html\">"))
    #expect(page.contains("4 changes of production"))
  }

  @Test func aBigMonthKeepsWhatIsFlaggedAndSaysWhereTheRestIs() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    for number in 1...300 {
      sketch.deploy("\(number)", to: 1, at: "2026-03-10 10:00", id: "d\(number)") { deployment in
        deployment.finishedAt = deployment.finishedAt?.adding(seconds: Int64(number))
        deployment.promotion = number == 1 ? .unknown : .automatic
      }
    }
    let page = try sketch.page(.audit(Self.month))
    #expect(page.contains("The page lists 250 of 300: what is flagged first, then the newest."))
    #expect(page.split(separator: "<tr").count == 252)
    #expect(page.contains("deployments/checkout/d1.html") && page.contains("deployments/checkout/d300.html"))
    #expect(!page.contains("deployments/checkout/d51.html") && page.contains("deployments/checkout/d52.html"))
  }

  @Test func itsJSONStandsInBothPlacesWithTheSameBytes() throws {
    let edition = try Self.sketch.edition()
    let plans = edition.map.plans.filter { $0.page == .machine(.auditJSON(Self.month)) }
    #expect(plans.map(\.path) == ["api/v1/audit/2026-03.json", "audit/2026-03.json"])
    let texts = try plans.map { plan in try CatalogSketch.text(of: edition) { $0 == plan } }
    #expect(texts[0] == texts[1])
    #expect(
      texts[0].hasPrefix(
        "{\"schema\":\"tidemark/audit/1\",\"month\":\"2026-03\",\"timeZone\":\"UTC\",\"counts\":{\"changes\":3,\"flagged\":2,"))
    #expect(texts[0].contains("\"page\":\"deployments/checkout/2.1.0-production.html\""))
  }

  @Test func itsCSVHasOneRowAChange() throws {
    let text = try Self.sketch.file(.auditCSV(Self.month))
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.count == 5 && lines[4].isEmpty)
    #expect(lines[0].hasPrefix("at,service,environment,state,kind,from,version,deployment,"))
    #expect(
      lines[3].hasPrefix(
        "2026-03-02T10:00:00Z,checkout,production,succeeded,upgrade,1.9.0,2.0.0,2.0.0-production,2.0.0-production,1,"))
    #expect(
      lines[3].contains(",Ana,Bo,ana,approved by ana at 2026-03-02T10:00:00Z: Looks <good>,86400,manual,,self-approval,,"))
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("a\r\nb", "\"a\r\nb\""),
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("1-1", "1-1"),
    ("=a,b", "\"'=a,b\""), ("a\u{0}\u{1B}\u{202E}b", "a\u{FFFD}\u{FFFD}\u{FFFD}b"),
  ])
  func cellsAreQuotedWhereNeededAndAreNoFormulas(cell: String, written: String) {
    var csv = CSVWriter(into: [])
    csv.row([cell, "x"])
    #expect(String(decoding: csv.bytes, as: UTF8.self) == written + ",x\r\n")
  }
}

import Foundation
import Releases
import Testing

@testable import Pages

@Suite struct MetricsPageTests {
  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout", "search"])
    sketch.deploy("1.0.0", to: 1, at: "2026-02-10 10:00") { $0.commit = commit("a", at: "2026-02-10 08:00") }
    sketch.deploy("1.1.0", to: 1, at: "2026-03-20 10:00") { $0.commit = commit("b", at: "2026-03-19 10:00") }
    sketch.deploy("1.0.0", to: 1, at: "2026-03-20 12:00", kind: .rollback)
    sketch.deploy("1.2.0", to: 1, at: "2026-03-25 10:00", state: .failed)
    sketch.deploy("2.0.0", to: 1, at: "2026-03-21 10:00", of: 1)
    return sketch
  }

  private static func commit(_ digit: String, at time: String) -> Change {
    var change = Change(sha: String(repeating: digit, count: 40))
    change.committedAt = CatalogSketch.time(time)
    return change
  }

  @Test func everyFigureHasItsSample() throws {
    let page = try Self.sketch.page(.metrics)
    #expect(page.contains("1 Jan 2026 to 31 Mar 2026, 90 days of UTC."))
    // Four in 90 days.
    #expect(page.contains("<p class=\"metric-figure\">0.3 <small>a week</small></p><p class=\"soft\">4 deployments on 3 days"))
    // 2 h and 24 h: the median between them, and nine tenths of the way.
    #expect(page.contains("13 h <small>median</small></p><p class=\"soft\">nine in ten within 21 h 48 min; 2 changes</p>"))
    #expect(page.contains("25.0 % <small></small></p><p class=\"soft\">1 of 4 deployments</p>"))
    #expect(page.contains("2 h <small>median</small></p><p class=\"soft\">1 mended</p>"))
    #expect(page.contains("80.0 % <small></small></p><p class=\"soft\">4 of 5 attempts</p>"))
    #expect(page.contains("<b>0.0 %</b> <br><span class=\"soft\">0 of 1 deployment</span>"))
    #expect(page.contains(">no data<br><span class=\"soft\">0 changes</span>"))
  }

  @Test func weeksAndMonthsAreDrawnAndListed() throws {
    let page = try Self.sketch.page(.metrics)
    #expect(page.contains("aria-label=\"Deployments, by month: 1, 3\""))
    #expect(page.contains("<tr><th scope=\"row\">March 2026</th><td>3</td><td>1 d 0 h</td><td>33.3 %</td></tr>"))
    #expect(page.contains("<th scope=\"row\">February 2026</th><td>1</td><td>2 h</td><td>0.0 %</td>"))
  }

  @Test func aClosedMonthHasAPageThatDoesNotChange() throws {
    var later = Self.sketch
    later.asOf = CatalogSketch.time("2026-05-01 00:00")
    let page = try Self.sketch.page(.metricsMonth(Month(year: 2026, month: 2)))
    #expect(
      page.contains("<h1 class=\"title\">Metrics of February 2026</h1>") && page.contains("1 Feb 2026 to 28 Feb 2026, 28 days"))
    #expect(
      page.contains("1 deployment on 1 day") && page.contains("<a href=\"../metrics.html#metrics-months\">all months</a>"))
    #expect(try later.page(.metricsMonth(Month(year: 2026, month: 2))) == page)
    #expect(try Self.sketch.page(.metricsMonth(Month(year: 2026, month: 3))).isEmpty)
  }

  @Test func theDashboardEndsWithTheFiveOfProduction() throws {
    let page = try Self.sketch.page(.dashboard)
    #expect(
      page.contains(
        "<h2 id=\"metrics-title\">Metrics of <a href=\"environments/production.html\"><bdi>Production</bdi></a></h2>"))
    #expect(page.components(separatedBy: "class=\"metric\"").count == 6)
    #expect(try !CatalogSketch(services: ["a"]).page(.dashboard).contains("metrics-title"))
  }

  @Test(arguments: [
    (0, 3, "0.0 %"), (3, 3, "100.0 %"), (1, 3, "33.3 %"), (1, 3000, "0.1 %"), (2999, 3000, "99.9 %"), (0, 0, "0.0 %"),
  ])
  func onlyNoneAndAllAreNoneAndAll(count: Int, all: Int, text: String) { #expect(Format.percent(count, of: all).plain == text) }
}

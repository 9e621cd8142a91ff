import Foundation
import Joining
import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan
@testable import Report

@Suite struct MetricsPageTests {
  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout", "search"])
    sketch.deploy("1.0.0", to: 1, at: "2026-02-10 10:00") { $0.commit = commit("a", at: "2026-02-10 08:00") }
    sketch.deploy("1.1.0", to: 1, at: "2026-03-20 10:00") { $0.commit = commit("b", at: "2026-03-19 10:00") }
    sketch.deploy("1.0.0", to: 1, at: "2026-03-20 12:00")
    sketch.deploy("1.2.0", to: 1, at: "2026-03-25 10:00", state: .failed)
    sketch.deploy("2.0.0", to: 1, at: "2026-03-21 10:00", of: 1)
    return sketch
  }

  private static func commit(_ digit: String, at time: String) -> Change {
    var change = Change(sha: String(repeating: digit, count: 40))
    change.committedAt = CatalogSketch.time(time)
    return change
  }

  /// The figure, its unit and its sample, as `<h3>` names it in a part of the page.
  private static func tile(_ name: String, in part: String, of page: String) -> String {
    let section = page.components(separatedBy: "<h2 id=\"\(part)\">").dropFirst().first ?? ""
    let tile = section.components(separatedBy: "<h3>\(name)</h3>").dropFirst().first ?? ""
    return tile.components(separatedBy: "<div class=\"metric\">").first ?? ""
  }

  @Test func allComesFirstThenEachEnvironmentThenEachService() throws {
    let page = try Self.sketch.page(.metrics)
    #expect(page.contains("1 Jan 2026 to 31 Mar 2026, 90 days of UTC."))
    let parts = page.components(separatedBy: "<h2 id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(parts == ["in-all", "in/production", "of/checkout", "of/search", "metrics-months"])
  }

  @Test func everyFigureHasItsSampleItsRuleAndItsTrend() throws {
    let page = try Self.sketch.page(.metrics)
    let tile = { Self.tile($0, in: "in/production", of: page) }
    // Four in 90 days.
    #expect(tile("Deployment frequency").contains("0.3 <small>a week</small></p><p class=\"soft\">4 deployments on 3 days"))
    // 2 h and 24 h: the median between them, and nine tenths of the way.
    #expect(
      tile("Change lead time").contains(
        "13 h <small>median</small></p><p class=\"soft\">nine in ten within 21 h 48 min; 2 changes</p>"))
    #expect(tile("Change fail rate").contains("25.0 % <small></small></p><p class=\"soft\">1 of 4 deployments</p>"))
    #expect(tile("Failed deployment recovery").contains("2 h <small>median</small></p><p class=\"soft\">1 mended</p>"))
    #expect(tile("Wait at a gate").contains("<p class=\"metric-figure\">no gate</p><p class=\"soft\">0 decisions</p>"))
    #expect(tile("Attempts that succeeded").contains("80.0 % <small></small></p><p class=\"soft\">4 of 5 attempts</p>"))
    for measure in MetricMeasure.allCases {
      let own = Self.tile(measure.name, in: "in-all", of: page)
      #expect(own.contains("<p class=\"soft metric-rule\">\(measure.rule.replacing("'", with: "&#39;"))</p>"))
    }
    // A run is of no environment, and here is none.
    #expect(tile("Run duration").isEmpty && Self.tile("Run duration", in: "in-all", of: page).contains("no data"))
    #expect(
      Self.tile("Change lead time", in: "in-all", of: page).contains(
        "13 h <small>median</small></p><p class=\"soft\">to the first environment; nine in ten"))
    // Of search alone: one deployment, and no change that anybody names.
    #expect(Self.tile("Change fail rate", in: "of/search", of: page).contains("0 of 1 deployment<"))
    #expect(page.contains("<b>0.0 %</b> <br><span class=\"soft\">0 of 1 deployment</span>"))
    #expect(page.contains("<td>no data<br><span class=\"soft\">0 changes</span></td>"))
  }

  @Test func whatIsLeftOutStandsBesideTheFigure() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("1.0.0", to: 1, at: "2026-03-20 10:00") { $0.commit = Self.commit("a", at: "2026-03-20 10:01") }
    sketch.deploy("1.0.0", to: 1, at: "2026-03-21 10:00")
    sketch.deploy("1.1.0", to: 1, at: "2026-03-22 10:00") { $0.commit = Change(sha: String(repeating: "b", count: 40)) }
    let page = try sketch.page(.metrics)
    let tile = { Self.tile($0, in: "in/production", of: page) }
    #expect(
      tile("Change lead time").contains(
        "no data</p><p class=\"soft\">0 changes<br>left out: 1 committed after their arrival, 1 without a time of commit</p>"))
    #expect(tile("Deployment frequency").contains("<br>left out: 1 redeployed</p>"))
    #expect(!tile("Change fail rate").contains("left out"))
    // Tried, and nothing came of it: 0, and not unknown.
    var failed = CatalogSketch(services: ["checkout"])
    failed.deploy("1.0.0", to: 1, at: "2026-03-20 10:00", state: .failed)
    let empty = try failed.page(.metrics)
    #expect(Self.tile("Deployment frequency", in: "in/production", of: empty).contains("0.0 <small>a week</small>"))
    #expect(Self.tile("Change fail rate", in: "in/production", of: empty).contains("<p class=\"metric-figure\">no data</p>"))
  }

  @Test func weeksAndMonthsAreDrawnAndListed() throws {
    let page = try Self.sketch.page(.metrics)
    let section = page.components(separatedBy: "<h2 id=\"in/production\">")[1].components(separatedBy: "</section>")[0]
    // February and March: 1 and 3.
    #expect(
      section.contains(
        "aria-label=\"By month, in the table beneath\"><path class=\"bar\" d=\"M100 24v-8h7v8z\"/><path class=\"bar-last\" d=\"M110 24v-24h7v24z\"/></svg><p class=\"soft\">2 months<br>up to 3</p>"
      ))
    #expect(
      section.contains(
        "<tr><th scope=\"row\">March 2026</th><td>3</td><td>1 d 0 h</td><td>33.3 %</td><td>2 h</td><td>33.3 %</td><td>no gate</td><td>75.0 %</td></tr>"
      ))
    #expect(
      section.contains("<th scope=\"row\">February 2026</th><td>1</td><td>2 h</td><td>0.0 %</td><td>no data</td><td>0.0 %</td>")
    )
  }

  /// Of four weeks, deployments in the first and the last, and a failed attempt in the second.
  @Test func aWeekWithoutDataIsAGapAndOneOfNoneALine() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("1.0.0", to: 1, at: "2026-03-05 10:00")
    sketch.deploy("1.1.0", to: 1, at: "2026-03-12 10:00", state: .failed)
    sketch.deploy("1.1.0", to: 1, at: "2026-03-26 10:00")
    let page = try sketch.page(.metrics)
    let tile = Self.tile("Deployment frequency", in: "in/production", of: page)
    #expect(
      tile.contains(
        "<path class=\"bar\" d=\"M90 24v-24h7v24zM100 24v-1h7v1z\"/><path class=\"bar-last\" d=\"M120 24v-24h7v24z\"/>"))
    #expect(page.contains("<tr><th scope=\"row\">11 Mar to 17 Mar</th><td>0</td><td>no data</td>"))
    #expect(page.contains("<tr><th scope=\"row\">18 Mar to 24 Mar</th><td>no data</td><td>no data</td>"))
    #expect(page.contains("<tr><th scope=\"row\">4 Mar to 10 Mar</th><td>1</td>"))
  }

  @Test func ofManyServicesOnlyThoseDeployedMostOftenHaveTrendsAndRows() throws {
    var sketch = CatalogSketch(services: (10..<75).map { "s\($0)" })
    for service in 0..<65 {
      for number in 0..<(service < 10 ? 1 : 2) {
        sketch.deploy("1.\(number).0", to: 1, at: "2026-03-2\(number) 10:00", of: service)
      }
    }
    let page = try sketch.page(.metrics)
    #expect(page.components(separatedBy: "<h2 id=\"of/").count == 21 && page.contains("<h2 id=\"of/s20\">"))
    #expect(!page.contains("<h2 id=\"of/s19\">") && !page.contains("<h2 id=\"of/s40\">"))
    #expect(page.contains("5 more services, deployed less often: in metrics.json."))
    #expect(page.utf8.count < 500_000)
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

  /// The keys are those of api.md and no others; what has no data is null.
  @Test func theJSONHasTheKeysThatArePromised() throws {
    let data = Data(try Self.sketch.file(.apiMetrics).utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(Set(json.keys) == ["schema", "window", "metrics"])
    let all = try #require(json["metrics"] as? [[String: Any]])
    let keys = [
      "deployments": ["count", "perDay", "perWeek", "days", "medianGapSeconds", "attempts"],
      "leadTime": ["medianSeconds", "p90Seconds", "sample", "excluded"], "changeFailRate": ["failed", "of", "rate"],
      "recovery": ["medianSeconds", "sample", "open"], "rework": ["rework", "of", "rate"],
      "gateWait": ["medianSeconds", "sample"],
      "rules": ["deployments", "leadTime", "changeFailRate", "recovery", "rework", "gateWait"],
    ]
    for entry in all {
      #expect(Set(entry.keys) == Set(keys.keys).union(["service", "environment"]))
      for (name, inner) in keys { #expect(Set((entry[name] as? [String: Any] ?? [:]).keys) == Set(inner), "\(name)") }
    }
    // All, two environments, two services, and the two pairs that anything is known of.
    #expect(all.count == 7)
    let staging = try #require(all.first { $0["environment"] as? String == "staging" }?["deployments"] as? [String: Any])
    #expect(staging["count"] as? Int == 0 && staging["perDay"] is NSNull && staging["perWeek"] is NSNull)
    let production = try #require(all.first { $0["environment"] as? String == "production" })
    // Four in 90 days.
    let perWeek = try #require((production["deployments"] as? [String: Any])?["perWeek"] as? Double)
    #expect(perWeek == 0.311111)
    #expect((production["leadTime"] as? [String: Any])?["medianSeconds"] as? Double == 46_800)
    #expect((production["recovery"] as? [String: Any])?["medianSeconds"] as? Double == 7_200)
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

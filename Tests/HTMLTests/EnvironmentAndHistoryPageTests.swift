import Foundation
import Joining
import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct EnvironmentAndHistoryPageTests {
  static var search: CatalogSketch {
    var sketch = CatalogSketch(services: ["search"])
    sketch.deploy("4.3.0", to: 0, at: "2026-03-18 15:00")
    sketch.deploy("4.1.3", to: 1, at: "2026-02-02 10:00")
    sketch.deploy("4.2.0", to: 1, at: "2026-03-11 10:30") { deployment in
      deployment.actor = Actor(name: "Jonas Weil")
      deployment.commit = Change(sha: "9f31c0a2b4")
      deployment.run = "871"
    }
    sketch.deploy("4.3.0", to: 1, at: "2026-03-20 11:00", state: .failed) { $0.reason = "the index was full" }
    sketch.configuration.environments[1].gate = Configuration.GateRule.none
    return sketch
  }

  @Test func tellsEverythingAboutAServiceInAnEnvironment() throws {
    let page = try EnvironmentAndHistoryPageTests.search.page(.environment(1))
    #expect(page.contains("<section class=\"block place\" id=\"service/search\""))
    let since = "<time datetime=\"2026-03-11T10:30:00Z\">Wed 11 Mar 10:30</time>, 19 d 23 h"
    #expect(page.contains("<dt>Live since</dt><dd>" + since + "</dd>"))
    #expect(page.contains("<bdi>4.2.0-production</bdi>"))
    #expect(page.contains("in run <bdi>871</bdi>"))
    #expect(page.contains("<dt>Let in</dt><dd>by <bdi>Jonas Weil</bdi></dd>"))
    #expect(page.contains("<dt>Commit</dt><dd><code>9f31c0a</code></dd>"))
    #expect(page.contains("<dt>Previous</dt>"))
    #expect(
      page.contains(
        "<a href=\"../compare/search/staging...production.html\">1 behind</a> <a href=\"../environments/staging.html\">"))
    #expect(page.contains("<bdi>4.3.0</bdi> failed"))
    #expect(page.contains("Durations of the last 3 attempts, oldest first: 2 min 5 s, 2 min 5 s, 2 min 5 s (failed)"))
    #expect(page.contains("href=\"../environments/production/history/2026-03.html\">March 2026</a>"))
    let staging = try EnvironmentAndHistoryPageTests.search.page(.environment(0))
    #expect(staging.contains("<dt>Downstream</dt>"))
    #expect(staging.contains("is <a href=\"../compare/search/staging...production.html\">1 behind</a>: "))
  }

  @Test func saysThatAnArchivedEnvironmentIsHistory() throws {
    var sketch = EnvironmentAndHistoryPageTests.search
    sketch.configuration.environments[1].archived = true
    #expect(try sketch.page(.environment(1)).contains("notice-archived"))
    let dashboard = try sketch.page(.dashboard)
    #expect(dashboard.contains("<a href=\"environments/production.html\"><bdi>Production</bdi></a></th>"))
    #expect(!dashboard.contains("<th scope=\"col\"><a href=\"environments/production.html\">"))
  }

  @Test func listsEveryAttemptOfAMonthNewestFirst() throws {
    let page = try EnvironmentAndHistoryPageTests.search.page(
      .history(environment: 1, month: .month(Month(year: 2026, month: 3))))
    let rows = page.components(separatedBy: "<tr><th scope=\"row\">").dropFirst().map { String($0) }
    #expect(rows.count == 2)
    for part in ["Fri 20 Mar 2026 11:00", "#mark-failed", "the index was full"] { #expect(rows[0].contains(part)) }
    #expect(rows[1].contains("<bdi>4.1.3</bdi>") && rows[1].contains(" → "))
    #expect(page.contains("2 attempts: 1 succeeded, 1 failed"))
    let before = "Before: <a href=\"../../../environments/production/history/2026-02.html\">February 2026</a>"
    #expect(page.contains(before))
  }

  @Test func keepsOneLineASuccessOfMonthsBeyondTheHistory() throws {
    var sketch = EnvironmentAndHistoryPageTests.search
    sketch.configuration.historyMonths = 1
    sketch.deploy("4.3.1", to: 0, at: "2026-04-01 10:00")
    let page = try sketch.page(.history(environment: 1, month: .month(Month(year: 2026, month: 3))))
    #expect(page.components(separatedBy: "<tr><th scope=\"row\">").count == 2)
    #expect(!page.contains("the index was full"))
    #expect(page.contains("only what succeeded is kept"))
  }
}

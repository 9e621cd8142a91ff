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

@Suite struct ChangelogPageTests {
  /// checkout in production: 2.8.2, then 2.9.0, back to 2.8.2, then 2.9.1 with 2.9.0 again; 2.10.0 waits.
  static var checkout: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.note("2.10.0", "\(.heading(2, "Changed"))\n<ul>\n<li>Split payments</li>\n</ul>\n") {
      $0.breaking = ["The webhook is sent once per part"]
    }
    sketch.note("2.9.1", "<ul>\n<li>Orders with a coupon</li>\n</ul>\n") { $0.breaking = ["A breaking item"] }
    sketch.note("2.9.0", "<ul>\n<li>Coupons can be combined</li>\n</ul>\n") { $0.title = "Coupons" }
    sketch.deploy("2.8.2", to: 1, at: "2026-02-10 10:00")
    sketch.deploy(
      "2.9.0", to: 1, at: "2026-03-09 14:02",
      gates: [.approved(by: "Ines Rocha", asked: "2026-03-04 10:31", at: "2026-03-09 13:58")])
    sketch.deploy("2.8.2", to: 1, at: "2026-03-10 08:47", id: "back") { $0.reason = "Orders with a coupon were declined" }
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02") { $0.promotion = .automatic }
    sketch.deploy("2.10.0", to: 0, at: "2026-03-26 10:15")
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    return sketch
  }

  private func entries(_ page: String) -> [String] {
    page.components(separatedBy: "<li class=\"entry").dropFirst().map { String($0) }
  }

  @Test func stacksWhatWaitsOnWhatArrived() throws {
    let page = try ChangelogPageTests.checkout.page(.changelog(environment: 1))
    let entries = entries(page)
    #expect(entries.count == 5)
    #expect(entries[0].hasPrefix(" pending\" id=\"pending/checkout\""))
    #expect(entries[0].contains("asked for <time datetime=\"2026-03-26T10:31:00Z\">Thu 26 Mar 2026 10:31</time>"))
    #expect(entries[0].contains("Would replace <a href=\"../../releases/checkout/2.9.1.html\"><bdi>2.9.1</bdi></a>."))
    #expect(entries[0].contains("<bdi>Ines Rocha</bdi> or <bdi>Jonas Weil</bdi> may decide."))
    #expect(entries[0].contains("<span class=\"breaking\">breaking</span>"))
    #expect(entries[0].contains("<h3>Changed</h3>"), "the notes' headings stand below the entry's")
    #expect(entries[1].hasPrefix(" past-gate\" id=\"checkout/2.9.1-production\""))
    #expect(entries[1].contains("<span class=\"live-now\">live now</span>"))
    #expect(entries[1].contains("brings <bdi>2.9.1</bdi> and again <bdi>2.9.0</bdi>"))
    #expect(entries[1].contains(", again</h3>"))
    #expect(
      entries[1].contains(
        "<li><span class=\"breaking\">breaking</span> <bdi>A breaking item</bdi> <span class=\"soft\">(2.9.1)</span></li>"))
    #expect(entries[1].contains("id=\"checkout/2.9.1-production/2.9.0\""))
    #expect(entries[1].contains("<p>no gate</p>"))
  }

  @Test func strikesWhatWasRolledBackAndExplainsIt() throws {
    let entries = entries(try ChangelogPageTests.checkout.page(.changelog(environment: 1)))
    #expect(entries[2].hasPrefix(" fell-back\" id=\"checkout/back\""))
    #expect(entries[2].contains("<bdi>checkout</bdi> back to <a href=\"../../releases/checkout/2.8.2.html\">"))
    #expect(entries[2].contains("after 18 h 45 min"))
    #expect(entries[2].contains("<p class=\"entry-why said\"><bdi>Orders with a coupon were declined</bdi></p>"))
    #expect(entries[2].contains("Removed from <bdi>Production</bdi>: <a href=\"../../releases/checkout/2.9.0.html\">"))
    #expect(entries[3].hasPrefix(" struck\" id=\"checkout/2.9.0-production\""))
    #expect(entries[3].contains("<h2><s><a"))
    #expect(entries[3].contains("<del><ul>\n<li>Coupons can be combined</li>"))
    #expect(entries[3].contains("approved by <bdi>Ines Rocha</bdi>, <time datetime=\"2026-03-09T13:58:00Z\">13:58</time>"))
    #expect(entries[3].contains("waited 5 d 3 h"))
    #expect(
      entries[3].contains(
        "rolled back <a href=\"../../environments/production/changelog/2026-03.html#checkout/back\">"
          + "Tue 10 Mar 2026 08:47</a>"))
    #expect(entries[3].contains("came again with <a"))
    #expect(entries[3].contains("<p class=\"note-title\" dir=\"auto\"><s>Coupons</s></p>"))
  }

  @Test func saysWhereAMissingNoteBelongs() throws {
    let entries = entries(try ChangelogPageTests.checkout.page(.changelog(environment: 1)))
    let hint = "No note for <bdi>2.8.2</bdi>: add <code>releases/checkout/2.8.2.md</code> and it appears here."
    #expect(entries[4].contains(hint))
  }

  @Test func givesAMonthItsOwnEntriesAndNoWordOfNow() throws {
    let page = try ChangelogPageTests.checkout.page(.changelogMonth(environment: 1, month: .month(Month(year: 2026, month: 3))))
    #expect(entries(page).count == 3)
    #expect(!page.contains("live now"))
    #expect(!page.contains("pending/"))
    #expect(!page.contains("now-runs"))
    let before = "Before: <a href=\"../../../environments/production/changelog/2026-02.html\">February 2026</a>"
    #expect(page.contains(before))
    let older = try ChangelogPageTests.checkout.page(
      .changelogMonth(environment: 1, month: .month(Month(year: 2026, month: 2))))
    #expect(entries(older).count == 1)
    #expect(!older.contains("2026-03.html"), "a newer month would change the page of an older one")
  }

  @Test func showsWholeMonthsUntilThereAreEnoughEntries() throws {
    var sketch = CatalogSketch(services: ["a"])
    for month in 1...3 {
      for day in 10..<23 {
        sketch.deploy("\(month).\(day)", to: 1, at: "2026-0\(month)-\(day) 10:00")
      }
    }
    let page = try sketch.page(.changelog(environment: 1))
    #expect(entries(page).count == 26)
    #expect(page.contains("February 2026 to March 2026."))
    #expect(page.contains("<p class=\"older\">Before: <a href=\"../../environments/production/changelog/2026-01.html\">"))
  }

  @Test func showsWhatIsBehindWithoutAGate() throws {
    var sketch = CatalogSketch(services: ["web"])
    sketch.deploy("2", to: 0, at: "2026-03-20 10:00")
    sketch.deploy("1", to: 1, at: "2026-03-10 10:00")
    sketch.configuration.environments[1].gate = Configuration.GateRule.none
    let page = try sketch.page(.changelog(environment: 1))
    #expect(page.contains("id=\"pending/web\""))
    #expect(page.contains(", on its way"))
    #expect(!page.contains("past-gate"))
  }

  @Test func linksToNotesThatWouldMakeThePageTooHeavy() throws {
    var sketch = CatalogSketch(services: ["a"])
    let text: Fragment = "<p>\(literal: String(repeating: "x", count: 130_000))</p>"
    for version in ["1", "2", "3", "4", "5"] {
      sketch.note(version, text)
      sketch.deploy(version, to: 1, at: "2026-03-1\(version) 10:00")
    }
    let page = try sketch.page(.changelog(environment: 1))
    #expect(page.utf8.count < 500_000)
    #expect(page.components(separatedBy: "These notes are long: read them with <a href=").count == 5)
  }

  @Test func keepsIdsApartOnAPageOfManyNotes() throws {
    var sketch = CatalogSketch(services: ["a", "b"])
    for service in 0..<2 {
      for version in ["1.0", "2.0"] {
        sketch.note(version, "\(.heading(2, "Added", name: "added"))<p><a\(.place("added"))>x</a></p>", of: service)
        sketch.deploy(version, to: 1, at: "2026-03-10 10:00", of: service, id: "main-\(version)")
      }
    }
    let page = try sketch.page(.changelog(environment: 1))
    let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(ids.count > 12)
    #expect(Set(ids).count == ids.count)
    #expect(page.contains("href=\"#a/main-1.0/1.0/added\""))
  }

  @Test func explainsAnEmptyChangelog() throws {
    let page = try CatalogSketch(services: ["a"]).page(.changelog(environment: 1))
    #expect(page.contains("Nothing has arrived here yet."))
    #expect(page.contains("never deployed"))
  }

  @Test func namesIncidentsYanksAndMissingFixes() throws {
    var sketch = CatalogSketch(services: ["search"])
    let dated = { (day: Int) in CivilDate(year: 2026, month: 3, day: day) }
    sketch.note("4.2.1", "<p>x</p>") { ($0.yanked, $0.date) = (true, dated(28)) }
    sketch.note("4.2.1-rc.1", "<p>x</p>") { $0.date = dated(27) }
    sketch.note("3.9.9", "<p>x</p>") { $0.date = dated(29) }
    sketch.note("3.9.8", "<p>x</p>") { $0.date = dated(1) }
    sketch.deploy("3.9.8", to: 1, at: "2026-03-01 10:00")
    let deployment = sketch.deploy("4.2.1", to: 1, at: "2026-03-28 22:14") { $0.hotfix = true }
    sketch.incident("slow", .resolved) { $0.fixedBy = [deployment] }
    let page = try sketch.page(.changelog(environment: 1))
    #expect(page.contains("</a>, hotfix <span class=\"live-now\">live now</span> <span class=\"live-now\">yanked</span>"))
    #expect(
      page.contains("It lacks fixes of the line it left: <a href=\"../../releases/search/3.9.9.html\"><bdi>3.9.9</bdi></a>."))
    #expect(page.contains("after the pre-release <a href=\"../../releases/search/4.2.1-rc.1.html\"><bdi>4.2.1-rc.1</bdi></a>"))
    #expect(page.contains("Made for the incident <a href=\"../../incidents/slow.html\"><bdi>Search is slow</bdi></a>."))
  }
}

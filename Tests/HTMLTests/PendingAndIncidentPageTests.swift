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

@Suite struct PendingAndIncidentPageTests {
  @Test func tellsAllAboutAGateThatWaits() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.deploy("2.9.1", to: 1, at: "2026-03-17 14:02")
    sketch.note("2.10.0", "<p>x</p>") { note in
      note.title = "Split payments"
      note.breaking = ["y"]
    }
    let freeze = Configuration.Freeze(
      from: CatalogSketch.time("2026-03-31 08:00"), to: CatalogSketch.time("2026-04-02 06:00"), environments: [],
      reason: "close",
      kind: .freeze)
    sketch.configuration.freezes = [freeze]
    var check = Gate(kind: .check, state: .waiting)
    check.key = "privacy review"
    sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31", besides: [check])
    let page = try sketch.page(.pending)
    #expect(page.contains("<h1 class=\"title\">1 release waits for a person</h1>"))
    #expect(page.contains("<bdi>checkout 2.10.0</bdi> to <bdi>Production</bdi>"))
    #expect(page.contains("Thu 26 Mar 10:31</time>, 4 d 23 h"))
    #expect(page.contains("freeze until <time datetime=\"2026-04-02T06:00:00Z\">2 Apr 06:00</time>: <bdi>close</bdi> and <a"))
    #expect(page.contains("check <bdi>privacy review</bdi>"))
    #expect(page.contains("<bdi>2.10.0</bdi></a>: <bdi>Split payments</bdi> <span class=\"breaking\">breaking</span>"))
  }

  @Test func putsWhatAPersonCanOpenNowFirst() throws {
    var sketch = CatalogSketch(services: ["a", "b", "c"])
    sketch.wait("1", for: 1, since: "2026-03-01 10:00", of: 0, allowed: [], kind: .check)
    sketch.wait("1", for: 1, since: "2026-03-02 10:00", of: 1, besides: [Gate(kind: .lock, state: .waiting)])
    sketch.wait("1", for: 1, since: "2026-03-03 10:00", of: 2)
    let page = try sketch.page(.pending)
    let order = ["c 1", "b 1", "a 1"].map { page.range(of: "<bdi>\($0)</bdi>")?.lowerBound }
    #expect(order.allSatisfy { $0 != nil })
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
    #expect(page.contains("nobody: it waits for the check"))
  }

  @Test func explainsThatNothingWaits() throws {
    let page = try CatalogSketch(services: ["a"]).page(.pending)
    #expect(page.contains("<h1 class=\"title\">Nothing waits at a gate</h1>"))
    #expect(page.contains("<code>gate: manual</code>"))
  }

  @Test func listsWhatIsBehindWithoutAGate() throws {
    var sketch = CatalogSketch(services: ["a"])
    sketch.deploy("2", to: 0, at: "2026-03-20 10:00")
    sketch.configuration.environments[1].gate = .manual
    let page = try sketch.page(.pending)
    #expect(page.contains("lacks <a href=\"compare/a/staging...production.html\">1 release</a> of"))
    #expect(page.contains("nobody asked for it yet"))
    #expect(page.contains("10 d 23 h"))
  }

  @Test func listsOpenIncidentsFirstAndKeepsTheClockForThem() throws {
    var sketch = CatalogSketch(services: ["search"])
    let cause = sketch.deploy("4.2.0", to: 1, at: "2026-03-11 10:30")
    sketch.incident("old", .resolved, at: "2026-03-09 14:30") { $0.resolvedAt = CatalogSketch.time("2026-03-10 08:47") }
    let quiet = try sketch.page(.incidents)
    #expect(quiet.contains("<h1 class=\"title\">No incident is open</h1>"))
    #expect(quiet.contains("18 h 17 min"))
    #expect(!quiet.contains("class=\"as-of\""))
    sketch.incident("slow", .acknowledged) { $0.causedBy = [cause] }
    let loud = try sketch.page(.incidents)
    #expect(loud.contains("<h1 class=\"title\">1 incident is open</h1>"))
    #expect(loud.contains("2 d 11 h so far"))
    #expect(loud.contains("class=\"as-of\""))
    #expect(loud.contains("<bdi>search 4.2.0</bdi></a> in <a href=\"environments/production.html\">"))
    #expect(try sketch.page(.incident(0)).contains("class=\"as-of\""))
    #expect(try sketch.page(.incident(1)).contains("class=\"as-of\"") == false)
  }

  @Test func tellsAnIncidentFromItsNewestUpdateDown() throws {
    var sketch = CatalogSketch(services: ["search"])
    sketch.incident("slow", .resolved) { record in
      record.severity = "major"
      record.description = .markdown("<p>Long queries</p>", plain: "Long queries")
      record.updates = [
        IncidentRecord.Update(at: CatalogSketch.time("2026-03-28 22:00"), state: .detected, text: .text("seen")),
        IncidentRecord.Update(at: CatalogSketch.time("2026-03-28 23:00"), state: .resolved, text: .text("mended")),
      ]
    }
    let page = try sketch.page(.incident(0))
    #expect(page.contains("<p>Long queries</p>"))
    #expect(page.contains("resolved, <bdi>major</bdi>"))
    let newer = try #require(page.range(of: "mended"))
    let older = try #require(page.range(of: "seen"))
    #expect(newer.lowerBound < older.lowerBound)
  }

  @Test func saysWhatAnIncidentAffects() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.incident("slow", .detected) { record in
      record.affects = [
        IncidentRecord.Effect(service: "checkout", environment: "production", impact: .major),
        IncidentRecord.Effect(service: "Card readers", impact: IncidentRecord.Effect.Impact.none),
        IncidentRecord.Effect(environment: "the moon"), IncidentRecord.Effect(impact: .minor),
      ]
    }
    let page = try sketch.page(.incident(0))
    let facts = try #require(page.range(of: "<dt>Affects</dt>"))
    let text = page[facts.upperBound...].prefix { $0 != "\n" }.replacing(/<[^>]*>/, with: "")
    #expect(text == "checkout in Production: major; Card readers: no impact; the moon")
  }

  @Test func showsWhatANameMeansAsItIsCalledEverywhere() throws {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.configuration.services[0].match = ["PAY"]
    sketch.configuration.environments[1].match = ["live"]
    sketch.incident("slow", .detected) { $0.affects = [.init(service: "PAY", environment: "live")] }
    let page = try sketch.page(.incident(0))
    #expect(page.contains("<bdi>checkout</bdi></a> in <a href=\"../environments/production.html\"><bdi>Production</bdi></a>"))
    #expect(!page.contains("PAY") && !page.contains("live"))
  }

  @Test func saysHowToRecordAnIncident() throws {
    #expect(try CatalogSketch(services: []).page(.incidents).contains("<code>content/incidents/NAME.md</code>"))
  }
}

import Diagnostics
import Joining
import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct ClockAndHostileTextTests {
  /// Everything that can have a page of its own, with something on each.
  static func full(asOf: String) -> CatalogSketch {
    var sketch = ChangelogPageTests.checkout
    sketch.asOf = CatalogSketch.time(asOf)
    sketch.deploy("2.11.0", to: 0, at: "2026-03-30 15:48", state: .failed)
    sketch.incident("old", .resolved) { $0.resolvedAt = CatalogSketch.time("2026-03-29 08:47") }
    sketch.configuration.freezes = [
      Configuration.Freeze(
        from: CatalogSketch.time("2026-03-31 08:00"), to: CatalogSketch.time("2026-04-02 06:00"), environments: [], reason: nil,
        kind: .freeze)
    ]
    return sketch
  }

  static let past: [HTMLPage] = [
    .changelog(environment: 1), .changelogMonth(environment: 1, month: .month(Month(year: 2026, month: 3))),
    .history(environment: 1, month: .month(Month(year: 2026, month: 3))),
    .history(environment: 0, month: .month(Month(year: 2026, month: 3))),
    .incidents, .incident(0),
  ]

  @Test(arguments: past)
  func pagesAboutThePastCarryNoClock(page: HTMLPage) throws {
    let early = try ClockAndHostileTextTests.full(asOf: "2026-03-31 09:40").page(page)
    let late = try ClockAndHostileTextTests.full(asOf: "2026-04-01 23:59").page(page)
    #expect(early == late)
    #expect(early.contains("<h1"))
  }

  @Test(arguments: [HTMLPage.dashboard, .environment(1), .pending])
  func pagesAboutNowStateTheirTime(page: HTMLPage) throws {
    let early = try ClockAndHostileTextTests.full(asOf: "2026-03-31 09:40").page(page)
    let late = try ClockAndHostileTextTests.full(asOf: "2026-04-01 23:59").page(page)
    #expect(early != late)
    #expect(early.contains("As of <b><time datetime=\"2026-03-31T09:40:00Z\">"))
  }

  private static let hostile = "<script>alert(1)</script>\"' onclick=\u{202E}&amp;<img src=x>"

  /// A site in which every text from outside is hostile.
  static var hostileSketch: CatalogSketch {
    var sketch = CatalogSketch(environments: [(hostile, .staging), ("prod" + hostile, .production)], services: [hostile])
    sketch.configuration.site.name = hostile
    sketch.configuration.site.description = hostile
    sketch.environments[1].url = "javascript:alert(1)"
    sketch.services[0].group = hostile
    sketch.note(hostile, nil)
    sketch.services[0].releases[0].note = Located(
      ReleaseNote(version: hostile, service: nil, body: .text(hostile), markdown: []), file: hostile,
      position: Position(line: 1, column: 1))
    sketch.services[0].releases[0].note?.value.title = hostile
    sketch.services[0].runs = [run]
    let fill = { (deployment: inout Deployment) in
      deployment.actor = Actor(name: hostile)
      deployment.reason = hostile
      deployment.commit = Change(sha: hostile)
      deployment.run = 0
      deployment.step = Step(name: hostile, state: .failed)
      deployment.gate = gate(.approved)
    }
    sketch.deploy(hostile, to: 0, at: "2026-03-10 10:00", change: fill)
    let live = sketch.deploy(hostile, to: 1, at: "2026-03-11 10:00", id: hostile, change: fill)
    sketch.deploy(hostile, to: 1, at: "2026-03-12 10:00", state: .failed, id: hostile + "2", change: fill)
    sketch.deploy(hostile, to: 0, at: "2026-03-13 10:00", state: .running, id: hostile + "3", change: fill)
    for kind in [ChangelogEntry.Kind.upgrade, .rollback] {
      sketch.entry(kind, live, in: 1) { entry in
        entry.from = hostile
        entry.includes = [hostile, hostile + "b"]
        entry.removes = [hostile]
        entry.missingNotes = [hostile]
        entry.missingFixes = [hostile]
        entry.folded = [hostile]
        entry.yanked = [hostile]
        entry.breaking = [LiftedItem(text: hostile, versions: [hostile])]
      }
    }
    sketch.wait(
      hostile, for: 1, since: "2026-03-26 10:31", allowed: [hostile], brings: [hostile, hostile + "b"],
      holds: [.gate(kind: .check, key: hostile)], id: hostile + "4")
    sketch.cell(in: 1) { cell in
      cell.pending = [hostile]
      cell.ahead = [hostile]
      cell.flags = [.yanked, .rolledBack]
      cell.waiting[0].gate = gate(.waiting)
      cell.waiting[0].lastDecision = Gate.Decision(by: hostile, at: nil)
    }
    sketch.configuration.freezes = [
      Configuration.Freeze(
        from: CatalogSketch.time("2026-03-31 08:00"), to: CatalogSketch.time("2026-04-02 06:00"), environments: [hostile],
        reason: hostile, kind: .freeze)
    ]
    sketch.introduction = .text(hostile)
    sketch.incident(hostile, .detected) { record in
      record.title = hostile
      record.severity = hostile
      record.url = "javascript:alert(1)"
      record.description = .text(hostile)
      record.updates = [IncidentRecord.Update(at: CatalogSketch.time("2026-03-28 22:00"), state: nil, text: .text(hostile))]
    }
    sketch.incidents[0].causedBy = [Incident.Link(service: 0, deployment: live)]
    sketch.incidents[0].environment = 1
    return sketch
  }

  private static func gate(_ state: Gate.State) -> Gate {
    var gate = Gate(kind: .human, state: state)
    gate.key = hostile
    gate.requestedBy = hostile
    gate.allowed = [hostile]
    gate.requestedAt = CatalogSketch.time("2026-03-09 10:00")
    gate.decisions = [Gate.Decision(by: hostile, at: CatalogSketch.time("2026-03-09 11:00"), comment: hostile)]
    return gate
  }

  private static var run: Run {
    var record = RunRecord(id: hostile, state: .failed)
    record.title = hostile
    record.ref = Ref(name: hostile, type: .branch)
    return Run(record: record, attempts: [], version: hostile, deployments: [])
  }

  static let all: [HTMLPage] = [
    .dashboard, .environment(0), .environment(1), .pending, .incidents, .incident(0), .changelog(environment: 1),
    .changelogMonth(environment: 1, month: .month(Month(year: 2026, month: 3))),
    .history(environment: 1, month: .month(Month(year: 2026, month: 3))),
    .history(environment: 0, month: .month(Month(year: 2026, month: 3))),
  ]

  @Test(arguments: all)
  func hostileTextIsInertInEveryField(page: HTMLPage) throws {
    let html = try ClockAndHostileTextTests.hostileSketch.page(page)
    #expect(html.contains("&lt;script&gt;alert(1)"))
    // The site's own stands in the head, and no other.
    #expect(html.ranges(of: "<script").count == 1 && html.contains("<script src=\""))
    #expect(!html.contains("<img"))
    #expect(!html.contains("href=\"javascript:"))
    // Every quote of the text is escaped too, so that no attribute can end early.
    #expect(!html.contains("</script>\"'"))
    #expect(!html.contains("alert(1)&lt;/script&gt;\""))
  }
}

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
    sketch.configuration.environments[1].url = "javascript:alert(1)"
    sketch.configuration.services[0].group = hostile
    sketch.note(hostile, "") { note in
      note.body = .text(hostile)
      (note.title, note.yanked, note.breaking) = (hostile, true, [hostile])
    }
    addDeployments(to: &sketch)
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
      record.causedBy = [hostile]
      record.environment = "prod" + hostile
    }
    return sketch
  }

  /// There and back in production, another version in staging, and one that waits.
  private static func addDeployments(to sketch: inout CatalogSketch) {
    let (staging, production) = (0, 1)
    let told: [(version: String, environment: Int, day: Int, state: State, id: String)] = [
      (hostile, staging, 10, .succeeded, "0"), (hostile, production, 11, .succeeded, ""),
      (hostile + "b", production, 12, .succeeded, "1"), (hostile, production, 13, .succeeded, "2"),
      (hostile, production, 14, .failed, "3"), (hostile + "b", staging, 15, .succeeded, "4"),
      (hostile, staging, 16, .running, "5"),
    ]
    for (version, environment, day, state, id) in told {
      sketch.deploy(version, to: environment, at: "2026-03-\(day) 10:00", state: state, id: hostile + id) { deployment in
        deployment.actor = Actor(name: hostile)
        deployment.reason = hostile
        deployment.commit = Change(sha: hostile)
        deployment.step = hostile
        deployment.gate = hostile
      }
    }
    sketch.run(hostile, .failed, version: hostile, deployments: told.map { hostile + $0.id }) { run in
      run.title = hostile
      run.ref = Ref(name: hostile, type: .branch)
      run.steps = [Step(name: hostile, state: .failed)]
      run.gates = [gate(.approved, .human)]
    }
    sketch.run("waits" + hostile, .waiting, version: hostile + "c") { run in
      run.gates = [gate(.waiting, .human), gate(.waiting, .check)]
      for index in run.gates.indices { run.gates[index].environment = "prod" + hostile }
    }
  }

  private static func gate(_ state: Gate.State, _ kind: Gate.Kind) -> Gate {
    var gate = Gate(kind: kind, state: state)
    gate.key = hostile
    gate.requestedBy = hostile
    gate.allowed = [hostile]
    gate.requestedAt = CatalogSketch.time("2026-03-09 10:00")
    gate.decisions = [Gate.Decision(by: hostile, at: CatalogSketch.time("2026-03-09 11:00"), comment: hostile)]
    return gate
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

import Foundation
import Joining
import Records
import Releases
import Template
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan
@testable import Report
@testable import Tide

@Suite struct TideTests {
  private static func time(_ text: String) -> Timestamp { CatalogSketch.time(text) }

  /// Ten days up to now, so that a day is a tenth of the width.
  private static let window = TideWindow(days: 10, to: time("2026-03-31 00:00"), zone: .utc)

  /// The strip of a service, and what its releases are called.
  private static func drawn(_ change: (inout CatalogSketch) -> Void) -> (strip: TideStrip, versions: [String]) {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.asOf = time("2026-03-31 00:00")
    change(&sketch)
    let catalog = sketch.catalog
    let strip = TideStrip(catalog, service: 0, environments: [0, 1], window: window)
    return (strip, catalog.services[0].releases.compactMap(\.version))
  }

  private static func strip(_ change: (inout CatalogSketch) -> Void) -> TideStrip { drawn(change).strip }

  private static func drawing(_ strip: TideStrip, newest: Set<Int> = []) -> TideDrawing {
    TideDrawing(strip, newest: newest, ticks: [])
  }

  private static func allLabels(_ strip: TideStrip, versions: [String]) -> [TideLabels.Label] {
    TideLabels(
      strip, drawing(strip), in: .english, version: { versions[$0] },
      waits: { TideStripView.words(of: $0, end: window.to, isAboutNow: true) }, dry: "Production not reached yet"
    ).all
  }

  private static func labels(_ strip: TideStrip, versions: [String]) -> [String] {
    allLabels(strip, versions: versions).map(\.text)
  }

  private static func path(_ look: String, _ shapes: [TideDrawing.Shape]) -> String? { shapes.first { $0.look == look }?.path }

  // MARK: Time

  @Test func aWindowBeginsWithADayAndCutsWhatLiesOutside() {
    #expect(Self.window.from == Self.time("2026-03-21 00:00"))
    #expect(Self.window.position(Self.time("2026-03-26 00:00")) == 50)
    #expect(Self.window.position(Self.time("2026-01-01 00:00")) == 0)
    #expect(Self.window.position(Self.time("2026-05-01 00:00")) == 100)
    let short = TideWindow(since: Self.time("2026-03-30 23:59"), to: Self.time("2026-03-30 23:59"), zone: .utc)
    #expect(short.from == Self.time("2026-03-29 00:00"))
    let long = TideWindow(since: Self.time("2020-01-01 00:00"), to: Self.time("2026-03-31 00:00"), zone: .utc)
    #expect(long.from == Self.time("2025-03-31 00:00"))
  }

  @Test(arguments: [
    (9, ["23 Mar", "24 Mar", "25 Mar", "26 Mar", "27 Mar", "28 Mar", "29 Mar", "30 Mar", "31 Mar"]),
    (28, ["9 Mar", "16 Mar", "23 Mar", "30 Mar"]), (99, ["2026", "Feb", "Mar"]),
  ])
  func ticksAreDaysWeeksOrMonths(days: Int, labels: [String]) {
    let window = TideWindow(days: days, to: Self.time("2026-03-31 12:00"), zone: .utc)
    #expect(window.ticks(in: .utc).map(\.label.plain) == labels)
  }

  // MARK: Regions

  @Test func aReleaseRisesFromLevelToLevel() {
    let strip = Self.strip {
      $0.deploy("1.0.0", to: 0, at: "2026-03-10 00:00")
      $0.deploy("1.0.0", to: 1, at: "2026-03-22 00:00")
      $0.deploy("1.1.0", to: 0, at: "2026-03-26 00:00")
    }
    #expect(strip.levels[0].regions.map(\.way) == [.before, .rise])
    #expect(strip.levels[0].regions.map(\.to) == [Self.time("2026-03-26 00:00"), Self.time("2026-03-31 00:00")])
    #expect(strip.levels[1].regions.map(\.isOpen) == [true])
    let drawing = Self.drawing(strip, newest: [strip.levels[0].regions[1].release ?? -1])
    #expect(drawing.tops == [40, 16] && drawing.bottom == 64)
    #expect(Self.path("water-1", drawing.areas) == "M0 40H5000V64H0zM1000 16H10000V40H1000z")
    #expect(Self.path("water-new", drawing.areas) == "M5000 40H10000V64H5000z")
    // The first release is high water on the lower level until it is above, and rises there; it is live, and so is the second.
    #expect(Self.path("front", drawing.lines) == "M0 40H1000M5000 64V40M5000 40H10000M1000 40V16M1000 16H10000")
    #expect(Self.path("front-past", drawing.lines) == nil)
    #expect(drawing.events.map(\.sign) == [.arrival] && drawing.events.map(\.position) == [10])
  }

  @Test func aRollbackIsAnArrowAndTheLineGoesOnBelow() {
    let (strip, versions) = Self.drawn {
      for (version, day) in [("1.0.0", 21), ("1.1.0", 23)] {
        $0.deploy(version, to: 0, at: "2026-03-\(day) 00:00")
        $0.deploy(version, to: 1, at: "2026-03-\(day + 1) 00:00")
      }
      $0.deploy("1.0.0", to: 1, at: "2026-03-26 00:00")
    }
    #expect(strip.levels[1].regions.map(\.way) == [.rise, .rise, .fall])
    #expect(strip.isRemarkable)
    let drawing = Self.drawing(strip)
    #expect(drawing.events.filter { $0.sign == .fall(height: 24) }.map(\.position) == [50])
    // 1.1.0 lies on the upper level from 30 to 50, then on the lower one; no dotted line where the arrow is.
    let front = Self.path("front", drawing.lines) ?? ""
    #expect(front.contains("M3000 16H5000") && front.contains("M5000 40H10000"))
    #expect(Self.path("replaced", drawing.lines) == nil)
    #expect(Self.labels(strip, versions: versions).contains("back to 1.0.0"))
  }

  @Test func wordsStandOverNoOtherWordsAndOverOneLineAtMost() {
    let (strip, versions) = Self.drawn {
      for day in 21...30 {
        $0.deploy("1.\(day).0-rc", to: 0, at: "2026-03-\(day) 00:00")
        // Up, straight from outside, and back again, each within hours.
        $0.deploy("1.\(day).0-rc", to: 1, at: "2026-03-\(day) 01:00") { $0.hotfix = day % 2 == 0 }
        if day > 21 { $0.deploy("1.\(day - 1).0-rc", to: 1, at: "2026-03-\(day) 13:00") }
      }
    }
    // A px of the narrowest drawing is 100 / 736 per cent; a character takes 7 px.
    let boxes = Self.allLabels(strip, versions: versions).map { label -> (y: Int, from: Double, to: Double, text: String) in
      let width = Double(7 * label.text.count) * 100 / 736
      let start = label.position + Double(label.offset) * 100 / 736
      return label.offset < 0 ? (label.y, start - width, start, label.text) : (label.y, start, start + width, label.text)
    }
    #expect(boxes.contains { $0.text.hasPrefix("hotfix") } && boxes.count > 1)
    for (index, one) in boxes.enumerated() {
      for other in boxes[(index + 1)...] where other.y == one.y {
        #expect(one.to <= other.from || other.to <= one.from, "\(one.text) and \(other.text)")
      }
    }
    let lines = strip.levels[1].regions.map { Self.window.position($0.from) }
    for box in boxes where box.text.hasPrefix("back") {
      #expect(lines.count { box.from < $0 && $0 < box.to } <= 1, "\(box.text)")
    }
  }

  @Test func aHotfixComesFromOutsideAndWhatItReplacesFallsDotted() {
    let (strip, versions) = Self.drawn {
      $0.deploy("1.0.0", to: 0, at: "2026-03-21 00:00")
      $0.deploy("1.0.0", to: 1, at: "2026-03-22 00:00")
      $0.deploy("1.0.1", to: 1, at: "2026-03-28 00:00")
    }
    let drawing = Self.drawing(strip)
    #expect(drawing.events.filter { $0.sign == .hotfix }.map(\.position) == [70])
    #expect(Self.path("replaced", drawing.lines) == "M7000 16V40")
    #expect(Self.labels(strip, versions: versions) == ["hotfix 1.0.1", "1.0.0"])
  }

  @Test func anUpgradeFromBelowLeavesNoDottedLine() {
    let strip = Self.strip {
      for (version, day) in [("1.0.0", 21), ("1.1.0", 25)] {
        $0.deploy(version, to: 0, at: "2026-03-\(day) 00:00")
        $0.deploy(version, to: 1, at: "2026-03-\(day + 1) 00:00")
      }
    }
    let drawing = Self.drawing(strip)
    #expect(Self.path("replaced", drawing.lines) == nil)
    #expect(Self.path("front-past", drawing.lines)?.contains("M1000 16H5000") == true)
  }

  @Test func whatIsUnknownIsDottedFromTheAttemptOn() {
    let strip = Self.strip {
      $0.deploy("1.0.0", to: 1, at: "2026-03-21 00:00")
      $0.deploy("1.1.0", to: 1, at: "2026-03-29 00:00", state: .cancelled)
    }
    #expect(strip.levels[1].regions.map(\.isOpen) == [false, true] && strip.levels[1].regions[1].release == nil)
    let bar = Self.drawing(strip).bars.first
    #expect(bar?.look == "water-unknown" && bar?.position == 80 && bar?.width == 20 && bar?.height == 24)
  }

  @Test func aRemovalLeavesTheLevelDry() {
    let (strip, versions) = Self.drawn {
      $0.deploy("1.0.0", to: 0, at: "2026-03-22 00:00")
      $0.deploy("1.0.0", to: 0, at: "2026-03-24 00:00") { $0.action = .remove }
    }
    #expect(strip.levels[0].regions.map(\.to) == [Self.time("2026-03-24 00:00")])
    #expect(Self.path("water-1", Self.drawing(strip).areas) == "M1000 40H3000V64H1000z")
    #expect(Self.labels(strip, versions: versions).contains("Production not reached yet"))
  }

  // MARK: Gates

  @Test func timeAtAPersonsGateIsHatchedAndToldWithItsLength() {
    let (strip, versions) = Self.drawn {
      $0.deploy("1.0.0", to: 0, at: "2026-03-22 00:00")
      $0.deploy(
        "1.0.0", to: 1, at: "2026-03-26 00:00",
        gates: [.approved(by: "ana", asked: "2026-03-22 00:00", at: "2026-03-26 00:00")])
      $0.deploy("1.1.0", to: 0, at: "2026-03-27 00:00")
      $0.wait("1.1.0", for: 1, since: "2026-03-27 00:00")
    }
    let drawing = Self.drawing(strip)
    #expect(drawing.tops == [50, 16] && Self.path("gate-line", drawing.rules) == "M0 40H10000M0 43H10000")
    #expect(drawing.bars.map(\.look) == ["waited", "wait"])
    #expect(
      drawing.bars.map(\.position) == [10, 60] && drawing.bars.map(\.width) == [40, 40] && drawing.bars.map(\.y) == [43, 43])
    #expect(Self.labels(strip, versions: versions) == ["1.1.0", "waits 4 d 0 h", "1.0.0", "waited 4 d 0 h"])
    #expect(strip.isRemarkable)
  }

  @Test func whatACheckTakesIsNoGate() {
    let strip = Self.strip {
      var gate = Gate.approved(by: "ana", asked: "2026-03-22 00:00", at: "2026-03-26 00:00")
      gate.kind = .check
      $0.deploy("1.0.0", to: 1, at: "2026-03-26 00:00", gates: [gate])
    }
    #expect(strip.levels[1].waits.isEmpty && !strip.levels[1].isGated)
  }

  @Test func failedAttemptsStandOnTheSurfaceThatTheyDidNotLeave() {
    let strip = Self.strip {
      $0.deploy("1.0.0", to: 1, at: "2026-03-26 00:00", state: .failed)
      // No eye tells them apart.
      $0.deploy("1.0.0", to: 1, at: "2026-03-26 01:00", state: .failed)
      $0.deploy("1.0.0", to: 1, at: "2026-03-30 00:00", state: .failed)
    }
    let failures = Self.drawing(strip).events.filter { $0.sign == .failure }
    #expect(failures.map(\.position) == [50, 90] && failures.map(\.y) == [40, 40])
  }

  // MARK: Many releases

  /// One release every 48 minutes for ten days.
  private static func many(_ change: (Int, inout DeploymentRecord) -> Void = { _, _ in }) -> (
    strip: TideStrip, versions: [String]
  ) {
    drawn { sketch in
      for number in 0..<300 {
        sketch.deploy("1.0.\(number)", to: 1, at: "2026-03-21 00:00", id: String(number)) { deployment in
          deployment.finishedAt = deployment.finishedAt?.adding(seconds: Int64(number) * 48 * 60)
          change(number, &deployment)
        }
      }
    }
  }

  @Test(arguments: [200, 50, 7])
  func arrivalsThatCannotBeToldApartAreOneLineWithACount(limit: Int) {
    let (strip, versions) = Self.many()
    let merged = strip.merged(limit: limit)
    let regions = merged.levels[1].regions
    #expect(regions.count <= limit && regions.count > limit / 3)
    #expect(regions.reduce(0) { $0 + $1.count } == 300)
    #expect(zip(regions, regions.dropFirst()).allSatisfy { $0.to == $1.from })
    #expect(regions.last?.isOpen == true)
    #expect(limit > 7 || Self.labels(merged, versions: versions).contains { $0.hasPrefix("x ") })
  }

  @Test func fallsAndHotfixesAreNeverMerged() {
    let strip = Self.many { number, deployment in
      if number == 150 { deployment.action = .rollback }
      if number == 200 { deployment.hotfix = true }
    }.strip.merged(limit: 8)
    #expect(strip.levels[1].regions.filter { $0.way == .fall }.map(\.count) == [1])
    #expect(strip.levels[1].regions.filter { $0.way == .outside }.map(\.count) == [1])
  }

  @Test func namesThatDoNotFitAreNotDrawn() {
    let (strip, versions) = Self.drawn {
      $0.deploy("1.0.0", to: 1, at: "2026-03-21 00:00")
      $0.deploy("1.1.0", to: 1, at: "2026-03-30 20:00")
    }
    #expect(Self.labels(strip, versions: versions) == ["1.0.0"])
    #expect(Self.labels(strip, versions: versions.map { $0 == "1.0.0" ? String(repeating: "9", count: 200) : $0 }).isEmpty)
  }

  // MARK: Pages

  private static var sketch: CatalogSketch {
    var sketch = CatalogSketch(services: ["checkout", "search"])
    sketch.deploy("1.0.0", to: 0, at: "2026-03-20 10:00")
    sketch.deploy("1.0.0", to: 1, at: "2026-03-21 10:00")
    sketch.deploy("1.1.0", to: 0, at: "2026-03-28 10:00")
    sketch.deploy("1.1.0", to: 1, at: "2026-03-29 10:00")
    sketch.deploy("1.0.0", to: 1, at: "2026-03-30 10:00")
    return sketch
  }

  @Test func theChartIsToldInWordsAndAsATable() throws {
    let page = try Self.sketch.page(.dashboard)
    #expect(
      page.contains(
        "<title id=\"tide-checkout-title\">How far each release of checkout came, 17 Feb 2026 to 31 Mar 2026</title>"))
    #expect(
      page.contains(
        "1.1.0: Staging 28 Mar 10:00, Production 29 Mar 10:00; rolled back in Production 30 Mar 10:00."))
    #expect(
      page.contains(
        "<td>rolled back in <bdi>Production</bdi> <time datetime=\"2026-03-30T10:00:00Z\">30 Mar 10:00</time></td>"))
    #expect(page.contains("<text class=\"label-version\"") || page.contains(">back to 1.0.0</text>"))
    // Nothing happened to the other service.
    #expect(!page.contains("tide-search"))
  }

  @Test func theChartOfAServiceEndsWithItsLastRecord() throws {
    var later = Self.sketch
    later.asOf = CatalogSketch.time("2026-06-01 00:00")
    #expect(try Self.sketch.page(.service(0)) == later.page(.service(0)))
    #expect(try later.page(.service(0)).contains("<div class=\"tide-axis-now\">30 Mar</div>"))
  }

  @Test func manyServicesShareTheRoom() throws {
    var sketch = CatalogSketch(services: (0..<25).map { "s\($0)" })
    for service in 0..<25 { sketch.deploy("1.0.0", to: 0, at: "2026-03-\(10 + service % 20) 10:00", of: service) }
    sketch.deploy("0.9.0", to: 0, at: "2026-03-11 11:00", of: 1)
    let page = try sketch.page(.dashboard)
    #expect(page.components(separatedBy: "class=\"tide-plot\"").count == 5)
    // First those that fell, then the latest.
    #expect(
      page.contains("id=\"tide-s1-title\"") && page.contains("id=\"tide-s19-title\"") && !page.contains("id=\"tide-s0-title\""))
    #expect(page.contains("Not drawn here: <a href=\"services/s0.html\">"))
  }
}

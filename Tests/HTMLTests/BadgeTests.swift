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

@Suite struct BadgeTests {
  private static func pair(_ change: (inout CatalogSketch) -> Void) throws -> (json: String, svg: String) {
    var sketch = CatalogSketch(services: ["checkout"])
    change(&sketch)
    return (
      try sketch.file(.badgeJSON(service: 0, environment: 1)),
      try sketch.file(.badge(service: 0, environment: 1))
    )
  }

  private static func json(_ message: String, _ colour: String, isError: Bool) -> String {
    "{\"schemaVersion\":1,\"label\":\"checkout Production\",\"message\":\"\(message)\",\"color\":\"\(colour)\",\"isError\":\(isError)}\n"
  }

  @Test func saysEachStateInWordsAndColour() throws {
    #expect(try Self.pair { _ in }.json == Self.json("never deployed", "#6d818d", isError: false))
    let live: (inout CatalogSketch) -> Void = { $0.deploy("2.9.1", to: 1, at: "2026-03-17 14:02") }
    #expect(try Self.pair(live).json == Self.json("2.9.1", "#009e73", isError: false))
    let waiting = try Self.pair { sketch in
      live(&sketch)
      sketch.wait("2.10.0", for: 1, since: "2026-03-26 10:31")
    }
    #expect(waiting.json == Self.json("2.9.1, 2.10.0 waits", "#e69f00", isError: false))
    #expect(waiting.svg.contains("<title>checkout Production: 2.9.1, 2.10.0 waits</title>"))
    let yanked = try Self.pair { sketch in
      live(&sketch)
      sketch.note("2.9.1", "x") { $0.yanked = true }
    }
    #expect(yanked.json == Self.json("2.9.1, yanked", "#d55e00", isError: true), "nobody may paint it green")
    let partial = try Self.pair { sketch in
      // Another build of what is live was cut off.
      for (digest, day, state) in [("sha256:1", 17, State.succeeded), ("sha256:2", 18, .cancelled)] {
        sketch.deploy("2.9.1", to: 1, at: "2026-03-\(day) 14:02", state: state) {
          $0.version = VersionLabel(name: "2.9.1", digest: digest)
        }
      }
    }
    #expect(partial.json == Self.json("2.9.1, partial", "#d55e00", isError: true), "as the dashboard says")
    let unknown = try Self.pair { sketch in
      live(&sketch)
      sketch.deploy("2.10.0", to: 1, at: "2026-03-18 14:02", state: .cancelled)
    }
    #expect(unknown.json == Self.json("unknown", "#cc79a7", isError: true))
    let removed = try Self.pair { sketch in
      live(&sketch)
      sketch.deploy("2.9.1", to: 1, at: "2026-03-18 14:02") { $0.action = .remove }
    }
    #expect(removed.json == Self.json("removed", "#6d818d", isError: false))
  }

  /// In tenths at 11 px: v 65, 1 70, `.` 35; marks and controls have no width, one picture has one.
  @Test(arguments: [
    ("", 0), ("v1.1", 24), ("e\u{301}", 7), ("\u{202E}1", 7), ("版本", 22), ("🚀", 15), ("👩\u{200D}💻", 15), ("🇩🇪", 15), ("❤️", 15),
    ("שלום", 22),
  ])
  func measuresWhatPeopleSee(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
  }
}

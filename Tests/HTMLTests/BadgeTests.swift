import Foundation
import Joining
import Records
import Releases
import Testing
import Time

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
      sketch.cell(in: 1) { $0.flags = [.yanked] }
    }
    #expect(yanked.json == Self.json("2.9.1, yanked", "#d55e00", isError: true), "nobody may paint it green")
    let partial = try Self.pair { sketch in
      live(&sketch)
      sketch.cell(in: 1) { $0.flags = [.partial] }
    }
    #expect(partial.json == Self.json("2.9.1, partial", "#d55e00", isError: true), "as the dashboard says")
    for (state, word, colour, isError) in [
      (Cell.State.unknown, "unknown", "#cc79a7", true), (.removed, "removed", "#6d818d", false),
    ] {
      let pair = try Self.pair { sketch in
        live(&sketch)
        sketch.cell(in: 1) { $0.state = state }
      }
      #expect(pair.json == Self.json(word, colour, isError: isError))
    }
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

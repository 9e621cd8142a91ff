import Diagnostics
import Foundation
import Testing

@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct SkippedPageTests {
  private func page(_ skipped: [Account.Skipped]) throws -> String {
    var sketch = CatalogSketch(services: ["checkout"])
    sketch.account.skipped = skipped
    return try sketch.page(.skipped)
  }

  private func rows(_ page: String, _ reason: String) -> Int { page.components(separatedBy: reason).count - 1 }

  /// The account counts the file and the note in it.
  @Test func aFileThatIsOneNoteIsToldOnce() throws {
    let page = try page([
      Account.Skipped(file: "releases/a.md", record: nil, reason: "a draft"),
      Account.Skipped(file: "releases/a.md", record: "note", reason: "a draft"),
    ])
    #expect(rows(page, "a draft") == 1)
  }

  @Test func recordsOfAFileThatIsShownOtherwiseAreToldEach() throws {
    let page = try page([
      Account.Skipped(file: "releases/a.md", record: nil, reason: "a draft"),
      Account.Skipped(file: "releases/b.md", record: "note", reason: "no release"),
      Account.Skipped(file: "releases/b.md", record: "note 1.0.0, line 3", reason: "the same"),
      Account.Skipped(file: "releases/a.md", record: "note 2.0.0, line 9", reason: "another"),
    ])
    for reason in ["a draft", "no release", "the same", "another"] { #expect(rows(page, reason) == 1) }
  }
}

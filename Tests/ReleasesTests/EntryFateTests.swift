import Testing

@testable import Releases
@testable import Time

@Suite struct EntryFateTests {
  private func entry(
    _ kind: ChangelogEntry.Kind, _ from: String?, _ to: String, _ includes: [String] = [], removes: [String] = [],
    again: [String] = []
  ) -> ChangelogEntry {
    var entry = ChangelogEntry.Draft(deployment: 0, kind: kind, from: from, to: to, at: Timestamp(seconds: 0))
    entry.includes = includes
    entry.removes = removes
    entry.again = again
    return ChangelogEntry(entry)
  }

  @Test func strikesWhatARollbackTookAndNamesItsReturn() throws {
    let entries = [
      entry(.upgrade, "2.8.2", "2.9.1", ["2.9.1", "2.9.0"], again: ["2.9.0"]),
      entry(.rollback, "2.9.0", "2.8.2", removes: ["2.9.0"]),
      entry(.upgrade, "2.8.2", "2.9.0", ["2.9.0"]),
      entry(.first, nil, "2.8.2", ["2.8.2"]),
    ]
    let fates = EntryFate.all(in: entries)
    #expect(fates.keys.sorted() == [2])
    let fate = try #require(fates[2])
    #expect(fate.rollback == 1)
    #expect(fate.versions == ["2.9.0"])
    #expect(fate.again == 0)
  }

  @Test func strikesOnlyTheReleasesThatLeft() throws {
    let entries = [
      entry(.rollback, "1.4.0", "1.3.0", removes: ["1.4.0"]),
      entry(.upgrade, "1.2.0", "1.4.0", ["1.4.0", "1.3.0"]),
    ]
    let fate = try #require(EntryFate.all(in: entries)[1])
    #expect(fate.versions == ["1.4.0"])
    #expect(fate.again == nil)
  }

  @Test func strikesAVersionWithoutNotesByWhatTheRollbackLeft() throws {
    let entries = [
      entry(.rollback, "v2", "v1"), entry(.upgrade, "v1", "v2"), entry(.first, nil, "v1"),
    ]
    #expect(EntryFate.all(in: entries)[1]?.versions == ["2"])
    #expect(EntryFate.all(in: entries)[2] == nil)
  }

  @Test func givesEachOfTwoRollbacksItsOwnEntry() {
    let entries = [
      entry(.rollback, "2", "1", removes: ["2"]), entry(.upgrade, "1", "2", ["2"], again: ["2"]),
      entry(.rollback, "2", "1", removes: ["2"]), entry(.upgrade, "1", "2", ["2"]), entry(.first, nil, "1", ["1"]),
    ]
    let fates = EntryFate.all(in: entries)
    #expect(fates[3]?.rollback == 2)
    #expect(fates[1]?.rollback == 0)
    #expect(fates[4] == nil)
  }
}

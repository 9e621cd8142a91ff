import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan
@testable import Report

@Suite struct SparklineTests {
  @Test func leavesAGapWhereADurationIsMissing() throws {
    let line = try #require(Sparkline([(120, .succeeded), (nil, .succeeded), (60, .failed), (60, .succeeded)]))
    #expect(line.bars.map(\.x) == ["0.00%", "50.00%", "75.00%"])
    #expect(line.bars.map(\.height) == ["26", "13", "13"])
    #expect(line.bars.map(\.kind) == ["bar", "bar-bad", "bar-last"])
    #expect(line.label.plain == "Durations of the last 4 attempts, oldest first: 2 min, not recorded, 1 min (failed), 1 min")
  }

  @Test func isLeftOutWhereAPictureSaysNothing() {
    #expect(Sparkline([]) == nil)
    #expect(Sparkline([(5, .succeeded)]) == nil)
    #expect(Sparkline([(0, .succeeded), (0, .succeeded)]) == nil)
    #expect(Sparkline([(nil, .running), (3, .succeeded)]) == nil)
  }
}

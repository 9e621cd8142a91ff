import Records
import Releases
import Testing
import Time

@testable import Formats
@testable import HTML
@testable import Plan
@testable import Tide

@Suite struct TimeScaleTests {
  private static func time(_ minutes: Double) -> Timestamp { Timestamp(seconds: 1_000_000 + Int64(minutes * 60)) }

  private static func scale(_ work: [(Double, Double)], _ moments: [Double] = []) -> TimeScale? {
    TimeScale(work: work.map { (time($0.0), time($0.1)) }, moments: moments.map(time))
  }

  @Test func isStraightWhereNothingIsLong() throws {
    let scale = try #require(Self.scale([(0, 10), (12, 20)]))
    #expect(scale.position(Self.time(0)) == 0)
    #expect(abs(scale.position(Self.time(10)) - TimeScale.full / 2) < 0.001)
    #expect(abs(scale.position(Self.time(20)) - TimeScale.full) < 0.001)
    #expect(!scale.hasCuts)
    #expect(scale.ticks.map(\.seconds) == [0, 300, 600, 900, 1_200])
  }

  @Test func movesWhatLiesOutsideToTheEdge() throws {
    let scale = try #require(Self.scale([(0, 10)]))
    #expect(scale.position(Self.time(-5)) == 0)
    #expect(scale.position(Self.time(50)) == TimeScale.full)
  }

  @Test func cutsAStretchThatIsLongerThanAllWorkTogether() throws {
    let scale = try #require(Self.scale([(0, 10), (6_000, 6_010)]))
    #expect(scale.hasCuts)
    let cut = scale.position(Self.time(6_000)) - scale.position(Self.time(10))
    #expect(abs(cut - TimeScale.full * 0.3) < 0.001)
    #expect(abs(scale.position(Self.time(10)) - TimeScale.full * 0.35) < 0.001)
    #expect(scale.cuts(from: Self.time(10), to: Self.time(6_000)) == [TimeScale.full * 0.5])
    #expect(scale.cuts(from: Self.time(1_000), to: Self.time(6_000)).count == 1, "a wait that covers most of it")
    #expect(scale.cuts(from: Self.time(10), to: Self.time(2_000)) == [], "a wait that is a small part of it")
    #expect(scale.ticks.map(\.seconds) == [0, 300, 600, 900, 1_200], "cut time does not count")
  }

  @Test func doesNotCutWhatIsAsLongAsTheWork() throws {
    #expect(try #require(Self.scale([(0, 10), (20, 30)])).hasCuts == false)
    #expect(try #require(Self.scale([(0, 10), (30, 40)])).hasCuts == false, "twenty minutes of work, a gap of twenty")
    #expect(try #require(Self.scale([(0, 10), (31, 41)])).hasCuts)
  }

  @Test func countsWorkAtTheSameTimeOnce() throws {
    let overlapping = try #require(Self.scale([(0, 10), (0, 10), (0, 10), (25, 30)]))
    #expect(!overlapping.hasCuts, "fifteen minutes of work, a gap of fifteen")
    #expect(try #require(Self.scale([(0, 10), (0, 10), (0, 10), (26, 30)])).hasCuts)
  }

  @Test func keepsRoomForWorkBetweenManyCuts() throws {
    let work = (0..<10).map { (Double($0) * 1_000, Double($0) * 1_000 + 1) }
    let scale = try #require(Self.scale(work))
    let first = scale.position(Self.time(1))
    #expect(first > 4, "a tenth of half of the width")
    #expect(abs(scale.position(Self.time(9_001)) - TimeScale.full) < 0.001)
  }

  @Test func doesNotExistWithoutALength() {
    #expect(Self.scale([]) == nil)
    #expect(Self.scale([], [5]) == nil)
    #expect(Self.scale([(5, 5)]) == nil)
  }

  @Test func showsWaitsAloneToScale() throws {
    let scale = try #require(Self.scale([], [0, 6_000]))
    #expect(!scale.hasCuts)
    #expect(abs(scale.position(Self.time(3_000)) - TimeScale.full / 2) < 0.001)
  }

  @Test(arguments: [0.02, 1, 7, 90, 3_000, 200_000, 50_000_000])
  func hasFewTicksWhateverTheLength(minutes: Double) throws {
    let ticks = try #require(Self.scale([(0, minutes)])).ticks
    #expect(ticks.count <= 6)
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.position < $1.position })
  }

  @Test(arguments: [
    (0, "0.00%"), (22.7272, "22.73%"), (100, "100.00%"), (0.004, "0.00%"), (0.05, "0.05%"), (-3.456, "-3.46%"), (.nan, "0.00%"),
    (.infinity, "0.00%"),
  ])
  func givesFiguresTwoDecimalsWhateverTheLanguage(value: Double, text: String) {
    #expect(Figure.percent(value) == text)
  }
}

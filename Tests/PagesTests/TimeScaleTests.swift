import Releases
import Testing

@testable import Pages

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
}

@Suite struct RunOutlineTests {
  private static func outline(_ steps: [Step], gates: [Gate] = []) -> RunOutline {
    var record = RunRecord(id: "1", state: .failed)
    record.steps = steps
    record.gates = gates
    return RunOutline(record)
  }

  private static func sketch(_ outline: RunOutline, _ steps: [Step]) -> [String] {
    outline.rows.map { row in
      let indent = String(repeating: " ", count: row.depth)
      switch row.subject {
      case .step(let index): return indent + steps[index].name
      case .stage(let name, _): return indent + "[" + name + "]"
      case .gate(let index): return indent + "gate \(index)"
      }
    }
  }

  private static func shown(_ steps: [Step], gates: [Gate] = []) -> [String] { sketch(outline(steps, gates: gates), steps) }

  @Test func putsStepsUnderTheirStageInOrder() {
    let steps = [
      Step.at("compile", stage: "build"), .at("unit", stage: "test"), .at("image", stage: "build"), .at("clean"),
    ]
    #expect(Self.shown(steps) == ["[build]", " compile", " image", "[test]", " unit", "clean"])
  }

  @Test func showsAStageThatIsItsOnlyStepOnce() {
    #expect(Self.shown([.at("build", stage: "build"), .at("", stage: "test")]) == ["build", ""])
  }

  @Test func putsStepsUnderTheirParent() {
    let steps = [
      Step.at("a", key: "a"), .at("a1", key: "a1", parent: "a"), .at("b"), .at("a2", parent: "a"), .at("a11", parent: "a1"),
    ]
    #expect(Self.shown(steps) == ["a", " a1", "  a11", " a2", "b"])
  }

  @Test func showsEveryStepOnceWhateverTheParentsSay() {
    let circle = [Step.at("a", key: "a", parent: "c"), .at("b", key: "b", parent: "a"), .at("c", key: "c", parent: "b")]
    #expect(Self.shown(circle).map { $0.trimming }.sorted() == ["a", "b", "c"])
    let own = [Step.at("x", key: "x", parent: "x"), .at("y", parent: "nobody")]
    #expect(Self.shown(own) == ["x", "y"])
    let twice = [Step.at("x", key: "k"), .at("y", key: "k"), .at("z", parent: "k")]
    #expect(Self.shown(twice) == ["x", " z", "y"])
  }

  @Test func standsADeepTree() {
    let steps = (0..<20_000).map { Step.at("s\($0)", key: "\($0)", parent: $0 == 0 ? nil : "\($0 - 1)") }
    let outline = Self.outline(steps)
    #expect(outline.rows.count == 20_000)
    #expect(outline.rows.last?.depth == 19_999)
  }

  @Test func putsAGateBeforeWhatItHolds() {
    let steps = [Step.at("build", key: "b"), .at("deploy", stage: "Production", key: "d"), .at("smoke", stage: "Production")]
    var byStep = Gate(kind: .human, state: .approved)
    byStep.step = "d"
    #expect(Self.shown(steps, gates: [byStep]) == ["build", "gate 0", "[Production]", " deploy", " smoke"])
    var byName = Gate(kind: .human, state: .approved)
    byName.environment = "production"
    #expect(Self.shown(steps, gates: [byName]) == ["build", "gate 0", "[Production]", " deploy", " smoke"])
  }

  @Test func putsAGateWhereItsTimeIsElseLast() {
    let steps = [Step.at("build", from: "10:00", to: "10:05"), .at("deploy", from: "10:20", to: "10:25")]
    var gate = Gate(kind: .timer, state: .approved)
    gate.requestedAt = CatalogSketch.time("2026-03-26 10:05")
    gate.decisions = [.init(at: CatalogSketch.time("2026-03-26 10:20"))]
    #expect(Self.shown(steps, gates: [gate]) == ["build", "gate 0", "deploy"])
    #expect(Self.shown(steps, gates: [Gate(kind: .timer, state: .waiting)]) == ["build", "deploy", "gate 0"])
  }

  @Test func namesTheStepsThatWentWrongThemselves() {
    var allowed = Step.at("lint", .failed)
    allowed.optional = true
    let steps = [allowed, .at("test", .failed, key: "t"), .at("unit", parent: "t"), .at("integration", .failed, parent: "t")]
    #expect(Self.outline(steps).failing == [3])
    #expect(Self.outline([allowed]).failing == [0], "if nothing else failed, it did")
    #expect(Self.outline([.at("x", .cancelled)]).failing == [])
  }

  private static let stages: [(states: [State], state: State)] = [
    ([.succeeded, .skipped], State.succeeded), ([.skipped, .skipped], .skipped), ([.succeeded, .failed, .cancelled], .failed),
    ([.succeeded, .unknown], .unknown), ([.succeeded, .running], .running), ([.succeeded, .waiting], .waiting),
    ([.cancelled, .succeeded], .cancelled), ([], .skipped),
  ]

  @Test(arguments: stages)
  func aStageIsAsBadAsItsWorstStep(states: [State], state: State) {
    #expect(states.map { Step(name: "", state: $0) }.state == state)
  }

  @Test func aStepThatMayFailDoesNotFailItsStage() {
    var step = Step(name: "lint", state: .failed)
    step.optional = true
    #expect([step, Step(name: "build", state: .succeeded)].state == .succeeded)
  }
}

extension String {
  fileprivate var trimming: String { String(drop { $0 == " " }) }
}

import Support
import Testing

@testable import Records
@testable import Releases
@testable import Time

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
    let steps = [Step.at("build", began: 0), .at("deploy", began: 20)]
    var gate = Gate(kind: .timer, state: .approved)
    gate.requestedAt = minute(5)
    gate.decisions = [.init(at: minute(20))]
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

extension Step {
  /// `began`: in minutes after the start of the story.
  fileprivate static func at(
    _ name: String, _ state: State = .succeeded, began: Int? = nil, stage: String? = nil, key: String? = nil,
    parent: String? = nil
  ) -> Step {
    var step = Step(name: name, state: state)
    step.startedAt = began.map(minute)
    step.stage = stage
    step.key = key
    step.parent = parent
    return step
  }
}

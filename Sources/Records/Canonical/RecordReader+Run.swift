import Diagnostics
import Documents

extension RecordReader {
  mutating func run(_ node: Node) -> RunRecord? {
    var run = RunRecord(id: "", state: .unknown)
    read(node, Canonical.run, into: &run, story: \.story)
    let hasID = !run.id.isBlank
    if !hasID { tellMissing("id", of: "run", at: node, .identifier) }
    // The fault of another one has been told.
    let hasState = node.said("state") != nil
    if !hasState { tellMissing("state", of: "run", at: node, .state) }
    run.id = run.id.withoutOuterBlanks
    return hasID && hasState ? run : nil
  }

  /// The objects of a list; anything else among them is left out with a warning.
  mutating func objects(_ member: Node.Member) -> [Node] {
    list(member).filter { element in
      if element.kind == .object { return true }
      if !element.isCutOff { warn(.wrongField(member.key, found: describe(element), expected: .object), at: element) }
      return false
    }
  }

  /// The steps of a file that holds nothing but a list of them; nil for anything else.
  package mutating func canonicalSteps() -> [Step]? {
    let values = readJSON(source).value
    guard values.count == 1, values[0].kind == .array, !values[0].elements.isEmpty else { return nil }
    let nodes = values[0].elements
    let areSteps = nodes.allSatisfy { node in
      node["name"] != nil && node["state"]?.string != nil && node.members.allSatisfy { Canonical.step.place(of: $0.key) != nil }
    }
    return areSteps ? nodes.map { step($0) } : nil
  }

  mutating func step(_ node: Node) -> Step {
    var step = Step(name: "", state: .unknown)
    read(node, Canonical.step, into: &step)
    return step
  }

  mutating func gate(_ node: Node) -> Gate {
    // Without a kind a gate is a person's: that is what gates are for here. A kind nobody knows must not claim that a person decided.
    var gate = Gate(kind: .human, state: .unknown)
    read(node, Canonical.gate, into: &gate)
    return gate
  }

  mutating func readKind(_ member: Node.Member, of gate: inout Gate) {
    guard text(member) != nil else { return }
    gate.kind = choice(member, Vocabulary.gateKinds, instead: "it counts as policy") ?? .policy
  }

  mutating func decision(_ node: Node) -> Gate.Decision {
    var decision = Gate.Decision()
    read(node, Canonical.decision, into: &decision)
    return decision
  }

  mutating func snapshot(_ member: Node.Member) -> Snapshot? {
    guard member.value.kind == .object else { return wrong(member, .object) }
    var snapshot = Snapshot(of: "")
    read(member.value, Canonical.snapshot, into: &snapshot)
    return snapshot.of.isEmpty ? nil : snapshot
  }

  mutating func tests(_ member: Node.Member) -> TestCounts? {
    guard member.value.kind == .object else { return wrong(member, .object) }
    var counts: [TestsKey: Int] = [:]
    var seconds: Double?
    for member in member.value.members {
      switch TestsKey(rawValue: member.key) {
      case .seconds: seconds = self.seconds(member)
      case .some(let key): counts[key] = whole(member).map { min($0, Int(Int32.max)) }
      case nil: noteUnknown(member, in: "the test counts", among: TestsKey.words)
      }
    }
    let failed = counts[.failed] ?? 0
    let skipped = counts[.skipped] ?? 0
    // One of the two sums is enough: the other follows from it.
    guard let total = counts[.total] ?? counts[.passed].map({ $0 + failed + skipped }) else { return nil }
    let passed = counts[.passed] ?? max(0, total - failed - skipped)
    return TestCounts(
      total: total, passed: passed, failed: failed, skipped: skipped, flaky: counts[.flaky] ?? 0, seconds: seconds)
  }
}

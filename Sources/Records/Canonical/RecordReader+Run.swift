import Diagnostics
import Documents

extension RecordReader {
  mutating func run(_ node: Node) -> RunRecord? {
    var run = RunRecord(id: "", state: .unknown)
    var id: String?
    var state: (state: State, raw: String?)?
    for member in node.members {
      switch RunKey(rawValue: member.key) {
      case .kind: break
      case .service: run.service = identifier(member)
      case .provider: run.provider = text(member)
      case .repository: run.repository = text(member)
      case .pipeline: run.pipeline = text(member)
      case .id: id = member.value.identifier
      case .number: run.number = whole(member)
      case .attempt: run.attempt = whole(member, from: 1) ?? 1
      case .url: run.url = text(member)
      case .title: run.title = text(member)
      case .state: state = self.state(member)
      case .stateRaw: run.stateRaw = text(member)
      case .warning: run.warning = flag(member) ?? false
      case .createdAt: run.createdAt = time(member)
      case .startedAt: run.startedAt = time(member, &run.story)
      case .finishedAt: run.finishedAt = time(member, &run.story)
      case .activeSeconds: run.activeSeconds = seconds(member)
      case .commit: run.commit = change(member)
      case .changes: run.changes = changes(member)
      case .ref: run.ref = ref(member)
      case .trigger: run.trigger = trigger(member)
      case .actor: run.actor = actor(member)
      case .version: run.version = version(member)
      case .steps: run.steps = objects(member).map { step($0, &run.story) }
      case .gates: run.gates = objects(member).map { gate($0) }
      case .deployments: run.deployments = list(member).compactMap { deployment($0, of: nil) }
      case .tests: run.tests = tests(member)
      case .snapshot: run.snapshot = snapshot(member)
      case .inferred: run.inferred = texts(member)
      case nil: noteUnknown(member, in: "a run", among: RunKey.words)
      }
    }
    if id == nil || id?.isBlank == true { id = missing("id", of: "run", at: node, .identifier) }
    if state == nil, !isFaultyState(node) { state = missing("state", of: "run", at: node, .state) }
    guard let id, let state else { return nil }
    run.id = id.withoutOuterBlanks
    run.state = state.state
    run.stateRaw = run.stateRaw ?? state.raw
    return run
  }

  /// Whether the fault of its state has been told already.
  private func isFaultyState(_ node: Node) -> Bool {
    guard let value = node["state"] else { return false }
    return !value.isNull && value.string == nil
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
      node["name"] != nil && node["state"]?.string != nil && node.members.allSatisfy { StepKey(rawValue: $0.key) != nil }
    }
    var story = Story()
    return areSteps ? nodes.map { step($0, &story) } : nil
  }

  /// `story`: of its run, whose deployments may take their times from the step.
  private mutating func step(_ node: Node, _ story: inout Story) -> Step {
    var step = Step(name: "", state: .unknown)
    for member in node.members {
      switch StepKey(rawValue: member.key) {
      case .key: step.key = identifier(member)
      case .name: step.name = text(member) ?? ""
      case .stage: step.stage = text(member)
      case .parent: step.parent = identifier(member)
      case .state:
        guard let state = state(member) else { break }
        step.state = state.state
        step.stateRaw = step.stateRaw ?? state.raw
      case .stateRaw: step.stateRaw = text(member) ?? step.stateRaw
      case .warning: step.warning = flag(member) ?? false
      case .optional: step.optional = flag(member) ?? false
      case .attempt: step.attempt = whole(member, from: 1) ?? 1
      case .startedAt: step.startedAt = time(member, &story)
      case .finishedAt: step.finishedAt = time(member, &story)
      case .activeSeconds: step.activeSeconds = seconds(member)
      case .url: step.url = text(member)
      case .error: step.error = text(member)
      case .current: step.isCurrent = flag(member) ?? false
      case nil: noteUnknown(member, in: "a step", among: StepKey.words)
      }
    }
    return step
  }

  private mutating func gate(_ node: Node) -> Gate {
    // Without a kind a gate is a person's: that is what gates are for here. A kind nobody knows must not claim that a person decided.
    var gate = Gate(kind: .human, state: .unknown)
    for member in node.members {
      switch GateKey(rawValue: member.key) {
      case .key: gate.key = identifier(member)
      case .kind:
        guard text(member) != nil else { break }
        gate.kind = choice(member, Vocabulary.gateKinds, instead: "it counts as policy") ?? .policy
      case .state: gate.state = choice(member, Vocabulary.gateStates, instead: "it is shown as unknown") ?? .unknown
      case .environment: gate.environment = text(member).flatMap(environmentName)
      case .step: gate.step = identifier(member)
      case .requestedBy: gate.requestedBy = text(member)
      case .requestedAt: gate.requestedAt = time(member)
      case .allowed: gate.allowed = texts(member)
      case .required: gate.required = whole(member)
      case .decisions: gate.decisions = objects(member).map { decision($0) }
      case nil: noteUnknown(member, in: "a gate", among: GateKey.words)
      }
    }
    return gate
  }

  private mutating func decision(_ node: Node) -> Gate.Decision {
    var decision = Gate.Decision()
    for member in node.members {
      switch DecisionKey(rawValue: member.key) {
      case .by: decision.by = text(member)
      case .at: decision.at = time(member)
      case .decision: decision.decision = text(member)
      case .comment: decision.comment = text(member)
      case nil: noteUnknown(member, in: "a decision", among: DecisionKey.words)
      }
    }
    return decision
  }

  /// Without a name of what it is about it is none: it could not be told from those about others.
  private mutating func snapshot(_ member: Node.Member) -> Snapshot? {
    guard member.value.kind == .object else { return wrong(member, .object) }
    var snapshot = Snapshot(of: "")
    for member in member.value.members {
      switch SnapshotKey(rawValue: member.key) {
      case .of: snapshot.of = identifier(member) ?? ""
      case .at: snapshot.at = time(member)
      case .number: snapshot.number = whole(member)
      case nil: noteUnknown(member, in: "a snapshot", among: SnapshotKey.words)
      }
    }
    return snapshot.of.isEmpty ? nil : snapshot
  }

  private mutating func tests(_ member: Node.Member) -> TestCounts? {
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

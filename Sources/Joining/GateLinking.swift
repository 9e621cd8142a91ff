import Records
import Time

/// The gates of one run as they stand before one of its deployments.
struct GateLinking {
  private let gates: [Gate]
  private let environments: [Int?]
  /// Keys and steps that some deployment of the run names.
  private let namedKeys: Set<String>
  private let namedSteps: Set<String>
  private let isStartedByPerson: Bool

  init(_ run: borrowing RunRecord, _ lookup: EnvironmentLookup) {
    gates = run.gates
    environments = gates.indices.map { [gates] in gates[$0].environment.flatMap { lookup.number(named: $0) } }
    let deployments = run.deployments
    namedKeys = Set(deployments.indices.compactMap { deployments[$0].gate })
    namedSteps = Set(deployments.indices.compactMap { deployments[$0].step })
    isStartedByPerson = run.isStartedByPerson
  }

  /// The gate before a deployment: the one it names, else one that holds its step, else one of its environment. Of several the one
  /// that a reader asks about: what waits while the deployment does, else the person's.
  func gate(key: String?, step: String?, environment: Int, isWaiting: Bool) -> Gate? {
    let candidates = linked(key: key, step: step, environment: environment).map { gates[$0] }
    // What has begun has no gate before it that waits, unless it says so: that one is before another target.
    let own = isWaiting ? candidates : candidates.filter { $0.state != .waiting || isNamed($0, key: key, step: step) }
    let all = candidates.isEmpty && isWaiting ? unlinkedWaiting : own
    return all.max { weight($0, isWaiting) < weight($1, isWaiting) }
  }

  /// Whether a gate that is known to stand before the deployment still waits.
  func isHeld(key: String?, step: String?, environment: Int) -> Bool {
    linked(key: key, step: step, environment: environment).contains { gates[$0].state == .waiting }
  }

  private func isNamed(_ gate: Gate, key: String?, step: String?) -> Bool {
    (key != nil && gate.key == key) || (step != nil && gate.step == step)
  }

  /// Whether only another deployment names it, or the step that it holds.
  private func isOfAnother(_ gate: Gate, key: String?, step: String?) -> Bool {
    if isNamed(gate, key: key, step: step) { return false }
    return (gate.key.map(namedKeys.contains) ?? false) || (step != nil && gate.step.map(namedSteps.contains) ?? false)
  }

  /// In the order of the run; `max` takes the first of equals. A gate that another deployment names is not before this one.
  func linked(key: String?, step: String?, environment: Int) -> [Int] {
    let isOfPlace = { (index: Int) in environments[index] == environment && !isOfAnother(gates[index], key: key, step: step) }
    for isLinked in [
      { (index: Int) in key != nil && gates[index].key == key },
      { (index: Int) in step != nil && gates[index].step == step },
      { (index: Int) in isOfPlace(index) && (gates[index].step == nil || step == nil) },
      { (index: Int) in isOfPlace(index) },
    ] {
      let found = gates.indices.filter(isLinked)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// A gate that says nothing of what it holds can only hold what waits.
  private var unlinkedWaiting: [Gate] {
    gates.filter { isUnlinked($0) && $0.state == .waiting }
  }

  private func isUnlinked(_ gate: Gate) -> Bool {
    gate.step == nil && (gate.environment ?? "").isEmpty && !(gate.key.map { namedKeys.contains($0) } ?? false)
  }

  private func weight(_ gate: Gate, _ isWaiting: Bool) -> Int {
    let person = gate.kind == .human ? 1 : 0
    let state = gate.state == .waiting ? (isWaiting ? 2 : 0) : gate.state == .approved ? 1 : 0
    return isWaiting ? state * 2 + person : person * 4 + state
  }

  /// record.md, rule 2: manual if a human gate was approved or a person is known to have started it; automatic only if the record says
  /// so and no human gate precedes.
  func promotion(
    said: DeploymentRecord.Promotion?, gate: Gate?, key: String?, step: String?, environment: Int, startedAt: Timestamp?
  ) -> DeploymentRecord.Promotion {
    let before = gates.indices.filter { index in
      let other = gates[index]
      guard other.kind == .human, other.state != .skipped else { return false }
      if isUnlinked(other) { return !isLater(other, than: startedAt) }
      return isNamed(other, key: key, step: step)
        || (environments[index] == environment && !isOfAnother(other, key: key, step: step))
    }.map { gates[$0] }
    let human = before + [gate].compactMap { $0 }.filter { $0.kind == .human && $0.state != .skipped }
    if human.contains(where: { $0.state == .approved && (!isUnlinked($0) || isDecided($0, before: startedAt)) }) {
      return .manual
    }
    if said == .manual || isStartedByPerson { return .manual }
    return said == .automatic && human.isEmpty ? .automatic : .unknown
  }

  /// Every gate of a person that is known to stand before a deployment: the one it was linked with, those of its step, those of its
  /// environment but for what holds another step of it. Where there is none, those that say nothing of what they hold and were decided
  /// before it began.
  func peopleGates(with gate: Gate?, key: String?, step: String?, environment: Int, startedAt: Timestamp?) -> [Gate] {
    let known = gates.indices.filter { index in
      let other = gates[index]
      if other == gate || isNamed(other, key: key, step: step) { return true }
      return environments[index] == environment && !isOfAnother(other, key: key, step: step)
    }.map { gates[$0] }.filter { $0.kind == .human }
    return known.isEmpty ? gates.filter { $0.kind == .human && isUnlinked($0) && isDecided($0, before: startedAt) } : known
  }

  private func isLater(_ gate: Gate, than time: Timestamp?) -> Bool {
    guard let time, let asked = gate.requestedAt else { return false }
    return asked > time
  }

  private func isDecided(_ gate: Gate, before time: Timestamp?) -> Bool {
    guard let time, let decided = gate.decidedAt else { return false }
    return decided <= time
  }

  /// What else of the run still waits before a deployment: a check, a lock, a timer, a second person.
  func otherWaiting(than gate: Gate?, step: String?, environment: Int) -> [Gate] {
    var isFound = false
    return gates.indices.filter { index in
      let other = gates[index]
      guard other.state == .waiting else { return false }
      if !isFound, other == gate {
        isFound = true
        return false
      }
      if !(other.environment ?? "").isEmpty { return environments[index] == environment }
      if let own = other.step, own == step { return true }
      return !(other.step.map(namedSteps.contains) ?? false || other.key.map(namedKeys.contains) ?? false)
    }.map { gates[$0] }
  }
}

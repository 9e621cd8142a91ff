import Records

// What a person did not let in (rules.md, Current: an attempt is a deployment that started).
extension RunRecord {
  /// A step or deployment before which somebody said no, and that has not begun, was called off there: it failed at nothing, whatever word
  /// its provider ends it with.
  mutating func endRefused() {
    let refusals = gates.filter(\.isRefusal)
    if refusals.isEmpty { return }
    for refusal in refusals {
      for index in deployments.indices where refusal.holds(deployments[index]) {
        let step = steps.firstIndex { $0.key != nil && $0.key == deployments[index].step }
        // Of a step that nobody saw end, nothing tells that it did not begin.
        if refusal.state == .unknown, let step, !steps[step].state.isOver { continue }
        let isBegun = deployments[index].startedAt != nil && !deployments[index].hasStart(of: step.map { steps[$0] })
        guard !isBegun, step.map({ !hasBegun($0, behind: refusal) }) ?? true else { continue }
        deployments[index].callOff(by: refusal)
        if let step { steps[step].callOff() }
      }
      guard let index = steps.firstIndex(where: { $0.key != nil && $0.key == refusal.step }) else { continue }
      if !hasBegun(index, behind: refusal) { steps[index].callOff() }
    }
  }

  /// Whether a step did anything. Where it carries a start from the moment it is made, only what is in it tells.
  private func hasBegun(_ index: Int, behind gate: Gate) -> Bool {
    let step = steps[index]
    if steps.contains(where: { $0.parent != nil && $0.parent == step.key && $0.startedAt != nil }) { return true }
    let isPlaceholder =
      gate.state == .rejected && !gate.decisions.contains(where: \.isYes) && Format.startsWhenMade(provider)
    return step.startedAt != nil && !isPlaceholder
  }
}

extension Gate {
  /// A person said no or nothing: by the word for it, or since nothing tells of a yes.
  fileprivate var isRefusal: Bool {
    guard kind == .human else { return false }
    switch state {
    case .rejected, .expired: return true
    case .unknown: return decisions.isEmpty
    case .waiting, .approved, .cancelled, .skipped: return false
    }
  }

  /// Of several steps that deploy to its environment it holds its own only, where it names one.
  fileprivate func holds(_ deployment: DeploymentRecord) -> Bool {
    if let step, let other = deployment.step { return step == other }
    return environment.map { $0.lowercased() == deployment.environment.name.lowercased() } ?? false
  }
}

extension DeploymentRecord {
  /// The same for one whose run was not read. `gates`: its own.
  mutating func endRefused(by gates: [Gate]) {
    guard startedAt == nil || inferred.contains("startedAt") else { return }
    for refusal in gates where refusal.isRefusal { callOff(by: refusal) }
  }

  /// Its start is that of its step, which a rule copied, or was taken for one for want of a better.
  fileprivate func hasStart(of step: Step?) -> Bool { inferred.contains("startedAt") || startedAt == step?.startedAt }

  /// One that its provider goes on to call held, or of which it says nothing, waits for nobody once somebody said no.
  fileprivate mutating func callOff(by gate: Gate) {
    let isHeld = (state == .waiting || state == .queued || state == .unknown) && gate.state == .rejected
    guard state == .failed || state == .cancelled || isHeld else { return }
    (state, startedAt) = (.cancelled, nil)
  }
}

extension Step {
  fileprivate mutating func callOff() {
    guard state == .failed || state == .cancelled else { return }
    (state, startedAt) = (.cancelled, nil)
  }
}

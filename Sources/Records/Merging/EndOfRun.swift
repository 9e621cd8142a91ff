// What was under way when somebody asked, in a run that is over now. The same for what is joined in a build and for what is merged in a store.
extension State {
  /// What a step or a deployment is that was under way when its run was last asked for, where that is over (`run`) and nothing tells how the
  /// step or the deployment ended: one that had not begun was called off with its run; of any other nobody knows.
  fileprivate func ended(with run: State) -> State { run == .cancelled && self != .running ? .cancelled : .unknown }
}

extension Step {
  /// Ends what is under way with its run, which is over.
  package mutating func end(with run: State) {
    if !state.isTerminal { (state, stateRaw) = (state.ended(with: run), nil) }
  }
}

extension DeploymentRecord {
  /// Ends what is under way with its run, which is over.
  package mutating func end(with run: State) {
    if let live = state, !live.isTerminal { (state, stateRaw) = (live.ended(with: run), nil) }
  }

  /// It went on with its step, of which a newer telling knows the end.
  package mutating func end(with step: Step) {
    guard let live = state, !live.isTerminal, step.state.isOver else { return }
    (state, stateRaw) = (step.state, step.stateRaw)
    finishedAt = step.finishedAt
    guard let start = step.startedAt else { return }
    startedAt = start
    inferred.removeAll { $0 == "startedAt" }
  }
}

// What was under way when somebody asked, in a run that is over now. The same for what is joined in a build and for what is merged in a store.
extension Step {
  /// Ends what is under way with its run, which is over (`run`), where nothing tells how the step ended: one that had not begun was called
  /// off with its run; of any other nobody knows.
  package mutating func end(with run: State) {
    guard !state.isTerminal else { return }
    let isCalledOff = run == .cancelled && state != .running
    (state, stateRaw) = (isCalledOff ? .cancelled : .unknown, nil)
    if isCalledOff { startedAt = nil }
  }
}

extension DeploymentRecord {
  /// Ends what waits with its run, which is over (`run`), as a step does. Whether what had begun goes on, its own provider tells.
  package mutating func end(with run: State) {
    guard state == .waiting else { return }
    let isCalledOff = run == .cancelled
    (state, stateRaw) = (isCalledOff ? .cancelled : .unknown, nil)
    if isCalledOff { startedAt = nil }
  }
}

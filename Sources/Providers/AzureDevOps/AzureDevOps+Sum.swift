import Records

// Releases have no state of their own.
extension ProviderJoin {
  mutating func sumUpReleases() {
    for draft in drafts.indices where drafts[draft].piece.isSumOfDeployments { drafts[draft].sumUp() }
  }
}

extension ProviderJoin.Draft {
  /// The state of a run that has none of its own: what goes on, else what waits, else the worst end among the last attempts at each
  /// environment. One that has yet to start leaves a run on its way.
  fileprivate mutating func sumUp() {
    var last: [String: Step] = [:]
    for step in steps { last[step.step.name] = step.step }
    let names = Set(steps.map(\.step.name))
    for deployment in deployments where !names.contains(deployment.environment.name) {
      guard let state = deployment.state else { continue }
      last[deployment.environment.name] = Step(name: deployment.environment.name, state: state)
    }
    let newest = last.sorted { $0.key < $1.key }.map(\.value)
    guard !newest.isEmpty else { return }
    let order: [State] = [.running, .waiting, .queued, .failed, .unknown, .cancelled, .succeeded, .superseded, .skipped]
    guard let deciding = order.lazy.compactMap({ state in newest.first { $0.state == state } }).first else { return }
    let isUnderWay = deciding.state == .queued && newest.contains { $0.state != .queued }
    piece.record.state = isUnderWay ? .running : deciding.state
    piece.record.stateRaw = deciding.stateRaw
    piece.record.warning = newest.contains(where: \.warning)
    piece.record.finishedAt = piece.record.state.isTerminal ? newest.compactMap(\.finishedAt).max() : nil
  }
}

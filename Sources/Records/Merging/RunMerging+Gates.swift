import Time

// What waited once, and does not any more.
extension RunMerging {
  /// The merged gates. One that waited when somebody asked does not wait any more where another telling knows that what it held went on,
  /// or that the run which stood there is over.
  func settledGates(_ names: DeclaredEnvironments) -> [Gate] {
    merged.gates.indices.map { place in
      var gate = merged.gates[place]
      guard gate.state == .waiting else { return gate }
      // Whoever told when the run was over did not know what became of it.
      let isUntold = gates.members(place).contains { $0.item.state == .unknown && tellings[$0.list].state.isOver }
      let waiting = gates.members(place).filter { $0.item.state == .waiting }
      let held = waiting.flatMap { list, item in
        tellings[list].waiting(behind: item, names).map { merged.deployments[deployments.places[list][$0]].state }
      }
      if !held.isEmpty, held.allSatisfy({ $0?.isPastItsGate ?? merged.state.isOver }) {
        gate.settle(held: held.map { $0 ?? merged.state }, run: merged.state)
        if let start = start(ofButton: gate) { gate.press(at: start) }
      } else if waiting.allSatisfy({ hasLeft($0.list) }) {
        gate.settle(held: held.compactMap { $0 }, run: merged.state)
      }
      if isUntold, gate.state == .cancelled || gate.state == .skipped { gate.state = .unknown }
      return gate
    }
  }

  /// When the step began that `gate` is the button of, where nobody tells who pressed it: a step that has to be started by a person and
  /// has begun was.
  private func start(ofButton gate: Gate) -> Timestamp? {
    guard gate.kind == .human, gate.state == .unknown, gate.decisions.isEmpty, let key = gate.key, key == gate.step,
      let step = merged.steps.first(where: { $0.key == key })
    else { return nil }
    // Where somebody was asked in the middle of it, its start tells nothing (Jenkins).
    if let asked = gate.requestedAt, let start = step.startedAt, start <= asked { return nil }
    switch step.state {
    case .running, .succeeded, .failed: return step.startedAt
    case .queued, .waiting, .cancelled, .skipped, .superseded, .unknown: return nil
    }
  }

  /// The merged deployments. One that only tellings of a run that went on say to be under way is so no more when the run is over, when its
  /// step is, or when somebody said no.
  func settledDeployments(_ names: DeclaredEnvironments) -> [DeploymentRecord] {
    merged.deployments.indices.map { place in
      var deployment = merged.deployments[place]
      let live = deployments.members(place).filter { $0.item.state?.isTerminal == false }
      if live.isEmpty { return deployment }
      // Of several deployments of one step its success is not that of each.
      if let step = merged.step(deployment.step), live.allSatisfy({ wasUnderWay(step: $0.item.step, in: $0.list) }),
        step.state != .succeeded || merged.deployments.count(where: { $0.step == deployment.step }) == 1
      {
        deployment.end(with: step)
      }
      if live.allSatisfy({ $0.item.state != .running }), isRefused(deployment, names) {
        if deployment.state?.isTerminal != true { deployment.stateRaw = nil }
        deployment.state = .cancelled
      }
      if live.allSatisfy({ hasLeft($0.list) }) { deployment.end(with: merged.state) }
      return deployment
    }
  }

  private func wasUnderWay(step: String?, in list: Int) -> Bool {
    tellings[list].step(step).map { !$0.state.isTerminal } ?? false
  }

  private func isRefused(_ deployment: DeploymentRecord, _ names: DeclaredEnvironments) -> Bool {
    merged.gates.contains { $0.kind == .human && $0.state == .rejected && $0.holds(deployment, names) }
  }

  /// The merged steps. One that only tellings of a run that went on say to be under way is so no more when the run is over.
  var settledSteps: [Step] {
    merged.steps.indices.map { place in
      var step = merged.steps[place]
      if step.isCurrent { return step }
      // A job that its run does not wait for may wait beyond its end.
      let hasEnded = steps.members(place).allSatisfy { $0.item.state.isTerminal || (!$0.item.optional && hasLeft($0.list)) }
      if hasEnded { step.end(with: merged.state) }
      return step
    }
  }

  /// Whether the run waited when a telling was made, or went on, and is over now. That it is over where it went on, more must tell than
  /// the end of one job.
  private func hasLeft(_ list: Int) -> Bool {
    guard merged.state.isOver else { return false }
    switch tellings[list].state {
    case .waiting: return true
    case .queued, .running: return tellings.contains { $0.state.isOver && !takesEndOfItsJob($0) }
    case .succeeded, .failed, .cancelled, .skipped, .superseded, .unknown: return false
    }
  }
}

extension Gate {
  /// Whether a deployment of its run is behind it: by its key, else by its step, else by its environment.
  fileprivate func holds(_ deployment: DeploymentRecord, _ names: DeclaredEnvironments) -> Bool {
    if let gate = deployment.gate, let key { return gate == key }
    if let other = deployment.step, let step { return other == step }
    return names.key(of: environment) == names.key(of: deployment.environment)
  }

  fileprivate mutating func press(at start: Timestamp) {
    (state, decisions) = (.approved, [Decision(at: start, decision: "approved")])
  }
}

extension RunRecord {
  /// Ends the waiting of the gates before the deployment at `index`, which has gone on as another telling knows, where nothing else waits
  /// behind them.
  package mutating func passGates(before index: Int, _ names: DeclaredEnvironments) {
    for place in gates.indices where gates[place].state == .waiting && gates[place].holds(deployments[index], names) {
      let held = deployments.filter { gates[place].holds($0, names) }.map { $0.state ?? .unknown }
      if held.allSatisfy(\.isPastItsGate) { gates[place].settle(held: held, run: state) }
    }
  }

  /// The places of the deployments that wait behind one of its gates.
  fileprivate func waiting(behind gate: Gate, _ names: DeclaredEnvironments) -> [Int] {
    deployments.indices.filter { index in
      let deployment = deployments[index]
      return (deployment.state == .waiting || deployment.state == .queued) && gate.holds(deployment, names)
    }
  }
}

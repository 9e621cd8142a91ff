// What waited once, and does not any more.
extension RunMerging {
  /// The merged gates. One that waited when somebody asked does not wait any more where another telling knows that what it held went on,
  /// or that the run which stood there is over.
  func settledGates(_ names: DeclaredEnvironments) -> [Gate] {
    merged.gates.indices.map { place in
      var gate = merged.gates[place]
      guard gate.state == .waiting else { return gate }
      let waiting = gates.members(place).filter { $0.item.state == .waiting }
      let held = waiting.flatMap { list, item in
        tellings[list].waiting(behind: item, names).map { merged.deployments[deployments.places[list][$0]].state }
      }
      if !held.isEmpty, held.allSatisfy({ $0?.isPastItsGate ?? merged.state.isOver }) {
        gate.settle(held: held.map { $0 ?? merged.state }, run: merged.state)
      } else if waiting.allSatisfy({ hasLeft($0.list) }) {
        gate.settle(held: held.compactMap { $0 }, run: merged.state)
      }
      return gate
    }
  }

  /// The merged deployments. One that only tellings of a run that stood still say to wait waits no more when the run is over: nobody knows
  /// what became of it. What was nothing but a gate is no attempt, then.
  var settledDeployments: [DeploymentRecord] {
    merged.deployments.indices.map { place in
      var deployment = merged.deployments[place]
      // What waited and was called off had not begun, though its job has a start from the moment it is made (GitHub).
      let start = deployment.startedAt
      if deployment.state == .cancelled, start != nil,
        deployments.members(place).contains(where: { $0.item.state == .waiting && $0.item.startedAt == start })
      {
        deployment.startedAt = nil
      }
      guard deployment.state == .waiting else { return deployment }
      guard deployments.members(place).allSatisfy({ $0.item.state != .waiting || hasLeft($0.list) }) else { return deployment }
      (deployment.state, deployment.stateRaw) = (merged.state == .cancelled ? .cancelled : .unknown, nil)
      if merged.state == .cancelled { deployment.startedAt = nil }
      return deployment
    }
  }

  /// The merged steps. One that only tellings of a run that stood still say to wait does not wait any more when the run is over.
  var settledSteps: [Step] {
    merged.steps.indices.map { place in
      var step = merged.steps[place]
      guard step.state == .waiting, steps.members(place).allSatisfy({ $0.item.state != .waiting || hasLeft($0.list) }) else {
        return step
      }
      (step.state, step.stateRaw) = (merged.state == .cancelled ? .cancelled : .unknown, nil)
      if merged.state == .cancelled { step.startedAt = nil }
      return step
    }
  }

  /// Whether the run waited when a telling was made, and is over now.
  private func hasLeft(_ list: Int) -> Bool { tellings[list].state == .waiting && merged.state.isOver }
}

extension RunRecord {
  /// The places of the deployments that wait behind one of its gates.
  fileprivate func waiting(behind gate: Gate, _ names: DeclaredEnvironments) -> [Int] {
    deployments.indices.filter { index in
      let deployment = deployments[index]
      guard deployment.state == .waiting || deployment.state == .queued else { return false }
      if let key = deployment.gate, let own = gate.key { return key == own }
      if let step = deployment.step, let own = gate.step { return step == own }
      return names.key(of: gate.environment) == names.key(of: deployment.environment)
    }
  }
}

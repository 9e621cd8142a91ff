package import Records

extension Deployment {
  /// Who let it through.
  package enum Approval: Hashable, Sendable {
    /// A person approved it: the last decision of which it is known who made it or when; nil where none is.
    case person(Gate.Decision?)
    /// It went out by itself.
    case notNeeded
    /// Nothing tells.
    case untold
  }

  package var approval: Approval {
    if let gate, gate.kind == .human, gate.state == .approved {
      return .person(gate.deciding.last { $0.by != nil || $0.at != nil })
    }
    switch promotion {
    case .automatic: return .notNeeded
    case .manual, .unknown: return .untold
    }
  }
}

extension Service {
  /// The branch or pull request that a deployment was made from; nil for a tag, for the main line and where nothing is recorded.
  package func branch(of deployment: Deployment) -> String? {
    guard let ref = deployment.run.flatMap({ runs[$0].record.ref }) else { return nil }
    switch ref.type {
    case .branch: return ["main", "master", "trunk"].contains(ref.name) ? nil : ref.name
    case .pullRequest: return ref.name
    case .tag, .other: return nil
    }
  }

  /// The environment of the deployment that a gate of a run holds, by the gate's key.
  package func environment(behind gate: Gate, of run: Run) -> Int? {
    guard let key = gate.key else { return nil }
    return run.deployments.first { deployments[$0].gate?.key == key }.map { deployments[$0].environment }
  }
}

import Time

/// How a deployment ended as far as its run tells: what it says by saying no state (record.md, Deployment).
package struct InheritedEnd {
  let state: State
  /// The word of its run, where that has the state.
  let raw: String?
  let finishedAt: Timestamp?
}

extension RunRecord {
  /// The state of a deployment of this run: its own, else that of the step it names, else that of the run.
  package func state(of deployment: DeploymentRecord) -> State { deployment.state ?? step(deployment.step)?.state ?? state }

  package func end(of deployment: DeploymentRecord) -> InheritedEnd {
    let step = step(deployment.step)
    // A deployment that is nothing but a step has no other times than that.
    let isStep = step != nil && deployment.inferred.contains("environment")
    return InheritedEnd(
      state: state(of: deployment), raw: step == nil ? stateRaw : nil,
      finishedAt: deployment.finishedAt ?? step?.finishedAt ?? (isStep ? nil : finishedAt))
  }
}

extension [DeploymentRecord] {
  /// Tellings of one deployment, before they are weighed. What one of them takes from its run is a telling, too: an end outweighs what
  /// the others say of the way there, though never an end that one of them tells itself; and of two ends that differ, each has its time.
  package mutating func takeEnds(from inherited: [InheritedEnd?]) {
    let told = compactMap(\.state)
    guard !told.isEmpty, !contains(where: { $0.isPart == true }) else { return }
    let ends = Set(told.filter(\.isOver))
    for (index, end) in inherited.enumerated() {
      guard let end, end.state.isOver else { continue }
      if ends.isEmpty, self[index].state == nil {
        (self[index].state, self[index].stateRaw) = (end.state, self[index].stateRaw ?? end.raw)
        self[index].finishedAt = end.finishedAt
      } else if ends.count > 1, self[index].state != nil {
        self[index].finishedAt = self[index].finishedAt ?? end.finishedAt
      }
    }
  }
}

package import Time

extension RunRecord {
  /// The latest time in it; commits are older than their run, whatever their clocks say.
  package var newestTime: Timestamp? {
    var newest = latest(latest(createdAt, startedAt), finishedAt)
    for step in steps { newest = latest(newest, latest(step.startedAt, step.finishedAt)) }
    for gate in gates {
      newest = latest(newest, gate.requestedAt)
      for decision in gate.decisions { newest = latest(newest, decision.at) }
    }
    for deployment in deployments { newest = latest(newest, deployment.newestTime) }
    return newest
  }
}

extension DeploymentRecord {
  package var newestTime: Timestamp? { latest(startedAt, finishedAt) }
}

extension RunRecord {
  /// By which runs stand in order, and in which month one is stored: creation, which does not move when a run has to wait for its turn,
  /// else start, else finish; of a run that says none of them, the first time that its steps or deployments do.
  package var orderTime: Timestamp? {
    if let own = createdAt ?? startedAt ?? finishedAt { return own }
    let inner = steps.map { $0.startedAt ?? $0.finishedAt } + deployments.map { $0.startedAt ?? $0.finishedAt }
    return inner.compactMap { $0 }.min()
  }
}

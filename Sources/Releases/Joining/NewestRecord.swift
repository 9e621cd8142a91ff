/// The latest time that records hold, and how many records hold one later than as-of.
struct NewestRecord {
  private(set) var time: Timestamp?
  private(set) var later = 0

  private let asOf: Timestamp

  init(_ input: CatalogInput, asOf: Timestamp) {
    self.asOf = asOf
    for run in input.runs { add(run.value.newestTime) }
    for deployment in input.deployments { add(deployment.value.newestTime) }
    for incident in input.incidents { add(incident.value.newsAt) }
  }

  private mutating func add(_ newest: Timestamp?) {
    time = latest(time, newest)
    if let newest, newest > asOf { later += 1 }
  }
}

extension RunRecord {
  /// The latest time in it; commits are older than their run, whatever their clocks say.
  var newestTime: Timestamp? {
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
  fileprivate var newestTime: Timestamp? { latest(startedAt, finishedAt) }
}

import Records
package import Time

// How long runs and deployments took, and how much of it they stood still.
extension RunRecord {
  /// How many seconds it stood at gates between its start and its finish; waits at the same time count once.
  package var waitedSeconds: Double {
    guard let startedAt, let finishedAt, startedAt < finishedAt else { return 0 }
    var waits = gates.compactMap { gate -> (from: Timestamp, to: Timestamp)? in
      guard let from = gate.requestedAt, let to = gate.decidedAt, gate.state != .skipped else { return nil }
      return (max(from, startedAt), min(to, finishedAt))
    }
    waits.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    var (seconds, counted) = (0.0, startedAt)
    for wait in waits where wait.to > counted {
      seconds += wait.to.seconds(since: max(wait.from, counted))
      counted = wait.to
    }
    return seconds
  }
}

extension Deployment {
  /// How many seconds the gate before it was closed, from request to decision; nil where one of both is unknown.
  package var gateWait: Double? { gate?.waitSeconds }

  /// Seconds from its start to its finish; nil while it runs or where one of both is unknown.
  package var duration: Double? {
    guard let startedAt, let finishedAt, finishedAt >= startedAt else { return nil }
    return finishedAt.seconds(since: startedAt)
  }
}

extension Service {
  /// How many seconds the version that a deployment replaced at `time` had been live; nil where one of both is unknown.
  package func stay(endedBy deployment: Deployment, at time: Timestamp?) -> Double? {
    guard let time, let arrived = deployment.fromDeployment.flatMap({ deployments[$0].finishedAt }), arrived <= time
    else { return nil }
    return time.seconds(since: arrived)
  }
}

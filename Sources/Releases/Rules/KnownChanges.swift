package import Records
package import Time

/// A commit as all records of a service together know it: deployed, or named among the changes of a run or a deployment.
package struct KnownChange: Sendable {
  /// The longest spelling of its sha; each fact from the first record that has it.
  package fileprivate(set) var change: Change
  /// Indices of the service's deployments that carry it, by their changes or as their commit; in their order.
  package fileprivate(set) var carriers: [Int]
  /// When it was committed; else when the first deployment brought it, or the first run that names it was made. nil: nothing tells.
  package fileprivate(set) var time: Timestamp?
}

extension Service {
  /// Every known commit, in the order in which deployments, then runs, name them first.
  package var knownChanges: [KnownChange] {
    var index = ChangeIndex()
    for (number, deployment) in deployments.enumerated() {
      if let commit = deployment.commit { index.add(commit, carrier: number, at: deployment.orderTime) }
      for change in deployment.changes { index.add(change, carrier: number, at: deployment.orderTime) }
    }
    for run in runs.reversed() {
      for record in run.attempts.reversed() + [run.record] {
        for change in record.changes { index.add(change, carrier: nil, at: record.createdAt ?? record.startedAt) }
      }
    }
    return index.changes
  }
}

/// Finds one commit in many records, whether they write its sha whole or cut.
private struct ChangeIndex {
  private(set) var changes: [KnownChange] = []
  private var ofStem: [String: [Int]] = [:]

  mutating func add(_ change: Change, carrier: Int?, at time: Timestamp?) {
    guard !change.sha.isEmpty else { return }
    let stem = Change.stem(change.sha)
    if let known = ofStem[stem]?.first(where: { Change.isSame(changes[$0].change.sha, change.sha) }) {
      merge(change, into: &changes[known], carrier: carrier, at: time)
    } else {
      ofStem[stem, default: []].append(changes.count)
      changes.append(
        KnownChange(change: change, carriers: carrier.map { [$0] } ?? [], time: change.committedAt ?? time))
    }
  }

  private func merge(_ change: Change, into known: inout KnownChange, carrier: Int?, at time: Timestamp?) {
    if let carrier, known.carriers.last != carrier { known.carriers.append(carrier) }
    if change.sha.utf8.count > known.change.sha.utf8.count { known.change.sha = change.sha }
    if known.change.committedAt == nil, let committedAt = change.committedAt {
      known.change.committedAt = committedAt
      known.time = committedAt
    }
    known.time = known.time ?? time
    known.change.message = known.change.message ?? change.message
    known.change.author = known.change.author ?? change.author
    known.change.pullRequest = known.change.pullRequest ?? change.pullRequest
  }
}

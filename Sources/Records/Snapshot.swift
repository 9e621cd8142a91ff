package import Time

/// Which answer a telling is from that says what is so now (record.md, Run): an answer about an object tells all that is under way there, and
/// of two the newer one is right, whichever was read first.
package struct Snapshot: Hashable, Comparable, Sendable {
  /// What the answer is about.
  package var of: String
  /// The latest time that it knows.
  package var at: Timestamp?
  /// How often the object had been changed by then, where that is counted: of two answers of one time, more is newer.
  package var number: Int?

  package init(of object: String, at: Timestamp? = nil, number: Int? = nil) {
    (of, self.at, self.number) = (object, at, number)
  }

  package static func < (left: Snapshot, right: Snapshot) -> Bool {
    if left.at != right.at { return latest(left.at, right.at) == right.at }
    return (left.number ?? -1, left.of) < (right.number ?? -1, right.of)
  }
}

/// The newest answer about each object.
package struct NewestSnapshots {
  private var newest: [String: Snapshot] = [:]

  package init(_ runs: some Sequence<RunRecord>) {
    for snapshot in runs.lazy.compactMap(\.snapshot) {
      newest[snapshot.of] = max(snapshot, newest[snapshot.of] ?? snapshot)
    }
  }

  package var isEmpty: Bool { newest.isEmpty }

  package subscript(run: RunRecord) -> Snapshot? { run.snapshot.flatMap { newest[$0.of] } }

  /// Whether a newer answer about the same object is there than the one that tells `run`.
  package func overtakes(_ run: RunRecord) -> Bool {
    guard let own = run.snapshot, let newest = self[run] else { return false }
    return own < newest
  }
}

extension RunRecord {
  /// It is nothing that ran: it says what is waited for.
  package var isOnlyWait: Bool { state == .waiting && startedAt == nil }

  /// What is left of it once a newer answer about its object is there, which does not hang on what that says of it: what is under way then,
  /// that answer tells itself. nil: it waited, and nobody knows more of it. How something ended that ran, is not known from it.
  package var overtaken: RunRecord? {
    if isOnlyWait { return nil }
    if state.isTerminal { return self }
    var run = self
    (run.state, run.stateRaw) = (.unknown, nil)
    for index in run.steps.indices where !run.steps[index].isCurrent { run.steps[index].end(with: .unknown) }
    for index in run.deployments.indices { run.deployments[index].end(with: .unknown) }
    return run
  }
}

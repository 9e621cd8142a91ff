import Records

// One gate, as two pieces tell of it.
extension Gate {
  mutating func merge(_ other: Gate, runWaits: Bool) {
    key = key ?? other.key
    step = step ?? other.step
    requestedBy = requestedBy ?? other.requestedBy
    requestedAt = requestedAt ?? other.requestedAt
    required = required ?? other.required
    allowed += other.allowed.filter { !allowed.contains($0) }
    for decision in other.decisions { add(decision) }
    // A decision of an earlier attempt does not open the gate again.
    let states = [state, other.state]
    if states.contains(.waiting), runWaits {
      state = .waiting
    } else {
      state = [.rejected, .approved, .waiting].first(where: states.contains) ?? state
    }
  }

  /// The review log and the webhook tell of one decision; only the webhook knows when.
  private mutating func add(_ decision: Decision) {
    let same = decisions.firstIndex { known in
      known.by == decision.by && known.decision == decision.decision
        && (known.at == nil || decision.at == nil || known.at == decision.at)
    }
    guard let same else { return decisions.append(decision) }
    decisions[same].at = decisions[same].at ?? decision.at
    decisions[same].comment = decisions[same].comment ?? decision.comment
  }
}

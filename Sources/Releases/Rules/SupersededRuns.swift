package import Records

// What still waits in a record though a newer run has taken its place (rules.md, Current).
extension Service {
  /// Whether what a run still waits for was overtaken by newer runs.
  package func isSuperseded(_ run: Run) -> Bool {
    guard !run.record.state.isTerminal else { return false }
    let states = run.deployments.map { deployments[$0].state }
    return states.contains(.superseded) && !states.contains { !$0.isTerminal }
  }

  /// Whether a gate of a run waits for nothing: its deployment was superseded by that of a newer run.
  package func isSuperseded(_ gate: Gate, of run: Run) -> Bool {
    run.deployments.contains { deployments[$0].gate == gate && deployments[$0].isGateSuperseded }
  }
}

extension Deployment {
  /// Whether the gate before it waits in the record, and a newer run waits in its place.
  package var isGateSuperseded: Bool { state == .superseded && gate?.state == .waiting }
}

/// The canonical states of runs, steps and deployments (record.md, States).
package enum State: String, Hashable, Sendable, CaseIterable {
  case queued, running
  /// A person or another gate must act.
  case waiting
  case succeeded, failed, cancelled, skipped
  /// Was fine and is no longer the live one, or stale.
  case superseded
  /// A word that nobody knows. Never shown green.
  case unknown

  /// Whether nothing more will happen: everything but queued, running and waiting.
  package var isTerminal: Bool {
    switch self {
    case .queued, .running, .waiting: false
    case .succeeded, .failed, .cancelled, .skipped, .superseded, .unknown: true
    }
  }
}

extension TestCounts {
  /// Green only where something was tested and nothing failed.
  package var state: State { failed > 0 ? .failed : passed > 0 ? .succeeded : total > 0 ? .skipped : .unknown }
}

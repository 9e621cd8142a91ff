import Records

extension Cell {
  /// Why nothing here asks for what is live in the environment before it (rules.md, Pending): the first that is known.
  package enum Delay: Sendable {
    /// What runs here is unknown: it may be here already.
    case unknown
    case removed
    /// What is pending is what the last rollback took away.
    case rolledBack
    case failed, running
    /// A person's gate, at which nobody has asked.
    case notAsked
    /// No gate stands before it.
    case onItsWay
    /// Nothing tells whether a gate does.
    case untold
  }
}

extension Service {
  /// `cell`: one of this service.
  package func delay(of cell: Cell) -> Cell.Delay {
    if cell.state == .unknown { return .unknown }
    if cell.state == .removed { return .removed }
    if isRolledBack(cell) { return .rolledBack }
    switch cell.lastAttempt.map({ deployments[$0].state }) {
    case .failed: return .failed
    case .running: return .running
    case .queued, .waiting, .succeeded, .cancelled, .skipped, .superseded, .unknown, nil: break
    }
    switch cell.way {
    case .gated: return .notAsked
    case .open: return .onItsWay
    case .unknown: return .untold
    }
  }

  private func isRolledBack(_ cell: Cell) -> Bool {
    guard cell.flags.contains(.rolledBack), let from = cell.current.flatMap({ deployments[$0].from }) else { return false }
    return cell.pending.map(Version.display).contains(Version.display(from))
  }
}

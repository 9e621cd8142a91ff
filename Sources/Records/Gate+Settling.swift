extension Gate {
  /// Ends the waiting of a gate that holds nothing any more. `held`: how what it held goes; `run`: how its run goes. It was approved only
  /// where somebody is known to have said yes; how else it came to be passed is not known.
  package mutating func settle(held: [Records.State], run: Records.State) {
    guard state == .waiting else { return }
    let isYes = decisions.contains(where: \.isYes)
    let hasBegun = held.contains { [.running, .succeeded, .failed, .unknown].contains($0) }
    if !hasBegun, run == .cancelled || (!held.isEmpty && held.allSatisfy { $0 == .cancelled }) {
      state = .cancelled
    } else if !hasBegun, !held.isEmpty, held.allSatisfy({ $0 == .skipped }) {
      state = .skipped
    } else {
      state = isYes ? .approved : .unknown
    }
  }
}

extension State {
  /// Whether a gate before it has nothing left to hold: it has begun, or will not.
  package var isPastItsGate: Bool {
    switch self {
    case .running, .succeeded, .failed, .cancelled, .skipped: true
    case .queued, .waiting, .superseded, .unknown: false
    }
  }

  /// A known end.
  package var isOver: Bool { Weight.Standing(self, hasFinished: true) == .over }
}

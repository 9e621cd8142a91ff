package import Records

extension Gate.Kind {
  /// As in `the check …`.
  package var word: String {
    switch self {
    case .human: "approval"
    case .timer: "timer"
    case .check: "check"
    case .lock: "lock"
    case .policy: "policy"
    }
  }
}

extension Gate.Kind {
  package var title: String {
    switch self {
    case .human: "Gate"
    case .timer: "Timer"
    case .check: "Check"
    case .lock: "Lock"
    case .policy: "Policy"
    }
  }

  package func title(at place: Sentence) -> Sentence {
    switch self {
    case .human: "Gate to \(place)"
    case .timer: "Timer before \(place)"
    case .check: "Check before \(place)"
    case .lock: "Lock on \(place)"
    case .policy: "Policy before \(place)"
    }
  }
}

extension Gate.State {
  /// The state whose shape it has.
  fileprivate var asState: State {
    switch self {
    case .waiting: .waiting
    case .approved: .succeeded
    case .rejected: .failed
    case .expired, .cancelled: .cancelled
    case .skipped: .skipped
    case .unknown: .unknown
    }
  }
}

extension Gate {
  /// A lock or a timer that was passed says nothing of success: it was a wait.
  private var isPastWait: Bool { state == .approved && (kind == .lock || kind == .timer) }

  /// `isSuperseded`: it waits in the record, but a newer run waits in its place.
  package func mark(isSuperseded: Bool) -> Mark { Mark(isSuperseded ? .superseded : isPastWait ? .waiting : state.asState) }

  /// What it did, in a word.
  package var words: Sentence {
    switch state {
    case .waiting: "waits"
    case .approved: isPastWait ? "waited" : kind == .human ? "approved" : "passed"
    case .rejected, .expired, .cancelled, .skipped, .unknown: "\(words: state.rawValue)"
    }
  }
}

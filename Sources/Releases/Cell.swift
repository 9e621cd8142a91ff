package import Records
package import Time

/// What a service and an environment have to do with each other now (rules.md, Current and Pending).
/// Deployments are indices into the service's deployments.
package struct Cell: Sendable {
  /// `mixed`: its targets run several versions.
  package enum State: String, Sendable, CaseIterable { case current, mixed, unknown, none, removed }

  /// What runs on one of several targets.
  package struct Target: Hashable, Sendable {
    package let name: String
    package let state: State
    /// nil where nothing was deployed there, or it was removed.
    package let version: String?
    /// Index of the deployment that made it live there.
    package let deployment: Int?
    package let since: Timestamp?
    /// The latest attempt there where it is not what is current.
    package let lastAttempt: Int?
  }

  /// A version and how many targets run it.
  package struct VersionCount: Hashable, Sendable {
    package let text: String
    package let count: Int
  }

  /// In the order in which they are listed.
  package enum Flag: String, Sendable, CaseIterable {
    case rolledBack = "rolled-back", outOfOrder = "out-of-order", yanked, partial, tie
  }
  /// How a release gets in: behind a person's button, with nobody in the way, or not known.
  package enum Way: String, Sendable { case gated, open, unknown }

  /// Why it is unknown which version runs. Deployments are those whose version it may be too.
  package enum Doubt: Hashable, Sendable {
    /// This attempt was cut off, or ended with a word nobody knows where nothing had succeeded before.
    case attempt(Int)
    /// Two successes without a time, and nothing tells which came later.
    case order(Int)
    /// The last success is not active any more, and nothing newer is known.
    case inactive
  }

  package let state: State
  /// nil unless `state` is unknown.
  package let doubt: Doubt?
  /// The last success; of several targets that of the version which most of them run, of as many the newest. Also where `state` is
  /// unknown, as the version it may still be. nil for none and removed.
  package let current: Int?
  /// The deployment whose version was live just before, good or bad.
  package let previous: Int?
  /// The latest attempt where it is not what is current.
  package let lastAttempt: Int?
  /// What waits at a gate here, newest request first.
  package let waiting: [Waiting]
  /// The environment before this one for this service; nil without one.
  package let upstream: Int?
  /// Live upstream and not here, highest first.
  package let pending: [String]
  /// When the first of `pending` arrived upstream.
  package let pendingSince: Timestamp?
  /// Fixes live here that the one before lacks.
  package let ahead: [String]
  package let flags: [Flag]
  /// In the order of their names; empty unless there are several.
  package let targets: [Target]
  /// The versions that are live on them, highest first.
  package let versions: [VersionCount]
  package let way: Way
  /// Who decided at a person's gate here the last time, and when.
  package let lastDecision: Gate.Decision?

  package init(
    state: State, current: Int?, previous: Int?, lastAttempt: Int?, waiting: [Waiting], upstream: Int?, pending: [String],
    pendingSince: Timestamp?, ahead: [String], flags: [Flag], targets: [Target] = [], versions: [VersionCount] = [], way: Way,
    lastDecision: Gate.Decision? = nil, doubt: Doubt? = nil
  ) {
    self.state = state
    self.doubt = doubt
    self.current = current
    self.previous = previous
    self.lastAttempt = lastAttempt
    self.waiting = waiting
    self.upstream = upstream
    self.pending = pending
    self.pendingSince = pendingSince
    self.ahead = ahead
    self.flags = flags
    self.targets = targets
    self.versions = versions
    self.way = way
    self.lastDecision = lastDecision
  }

  /// The attempt that leaves it unknown what runs; nil where something else does.
  package var doubtfulAttempt: Int? {
    guard state == .unknown, case .attempt(let attempt) = doubt else { return nil }
    return attempt
  }

  /// Where it is unknown which version runs: the deployments whose version it may be.
  package var candidates: [Int] {
    guard state == .unknown else { return [] }
    switch doubt {
    case .attempt(let other), .order(let other): return [current, other].compactMap(\.self)
    case .inactive, nil: return [current].compactMap(\.self)
    }
  }

  /// Whether what runs is known, and a run since reached some of its targets only.
  package var isPartlyDeployed: Bool { flags.contains(.partial) && state != .unknown }

  /// Whether nobody knows which version runs, here or on one of its targets: no number of releases between it and another is true.
  package var isUncertain: Bool { state == .unknown || targets.contains { $0.state == .unknown } }

  /// How many releases it is behind (rules.md).
  package var behind: Int { pending.count }

  /// Whether it is behind the environment before it, and nothing waits to bring what it lacks.
  package var isLagging: Bool { behind > 0 && waiting.isEmpty }
}

/// A release that stands at a gate now, and what pressing the button would bring.
package struct Waiting: Sendable {
  /// What keeps the gate closed beside the missing decision.
  package enum Hold: Hashable, Sendable {
    case freeze(Configuration.Freeze)
    /// Another gate of the same run (a check, a lock, a timer, a policy) that still waits, by its key or kind.
    case gate(kind: Gate.Kind, key: String?)
  }

  /// Index into the service's deployments.
  package let deployment: Int
  package let gate: Gate?
  package let version: String
  /// The request, else the run's or deployment's start, else its creation.
  package let since: Timestamp?
  package let allowed: [String]
  /// The target that it would deploy to, where it is one of several.
  package let target: String?
  /// Releases it would bring, highest first (rules.md, range).
  package let brings: [String]
  /// Commits it would bring, as far as records tell: its own first, then those of what has passed the environment before this one since
  /// the release that is live here. Empty where those of one of them are not known.
  package let changes: [Change]
  package let holds: [Hold]
  /// Who decided here the last time, and when.
  package let lastDecision: Gate.Decision?

  package init(
    deployment: Int, gate: Gate?, version: String, since: Timestamp?, allowed: [String], target: String?,
    brings: [String], changes: [Change], holds: [Hold], lastDecision: Gate.Decision?
  ) {
    self.deployment = deployment
    self.gate = gate
    self.version = version
    self.since = since
    self.allowed = allowed
    self.target = target
    self.brings = brings
    self.changes = changes
    self.holds = holds
    self.lastDecision = lastDecision
  }

  /// Whether a person must act. A check that names who may decide is a person's, such as a review; a gate that no record describes counts
  /// as one too: nobody should have to wait for a page to notice.
  package var needsPerson: Bool { gate.map { $0.kind == .human } ?? true || !allowed.isEmpty }
}

package import Diagnostics
package import Time

/// An incident as it was read (record.md, Incident), from a record or from Markdown.
package struct IncidentRecord: Hashable, Sendable {
  /// What was planned is maintenance: no failure of any deployment.
  package enum Kind: String, Sendable, CaseIterable { case incident, maintenance }

  package enum State: String, Sendable, CaseIterable {
    case detected, acknowledged, resolved, postmortem

    /// Nobody works on it any more.
    package var isOver: Bool {
      switch self {
      case .detected, .acknowledged: false
      case .resolved, .postmortem: true
      }
    }
  }

  /// What it concerns, and how much.
  package struct Effect: Hashable, Sendable {
    package enum Impact: String, Sendable, CaseIterable { case none, minor, major, critical }

    package var service: String?
    package var environment: String?
    package var impact: Impact?

    package init(service: String? = nil, environment: String? = nil, impact: Impact? = nil) {
      (self.service, self.environment, self.impact) = (service, environment, impact)
    }
  }

  package struct Update: Hashable, Sendable {
    package var at: Timestamp
    package var state: State?
    package var text: Prose
    /// What it says of what is concerned.
    package var affects: [Effect] = []

    package init(at: Timestamp, state: State? = nil, text: Prose) {
      self.at = at
      self.state = state
      self.text = text
    }
  }

  /// Its state where nobody says one (record.md, Incident). The end of what was planned may be yet to come.
  package var impliedState: State { resolvedAt != nil && kind == .incident ? .resolved : .detected }

  /// The place of its last update, in the order of time, where that says that it is over while it counts as open.
  package var updateAfterItsEnd: Int? {
    guard !state.isOver, let last = updates.indices.max(by: { (updates[$0].at, $0) < (updates[$1].at, $1) }) else { return nil }
    return updates[last].state?.isOver == true ? last : nil
  }

  package var id: String
  package var kind = Kind.incident
  package var title: String?
  package var state: State
  package var severity: String?
  package var environment: String?
  package var service: String?
  package var startedAt: Timestamp?
  package var resolvedAt: Timestamp?
  package var updates: [Update] = []
  package var affects: [Effect] = []
  /// Deployments: an id of the incident's own service, or `<service>/<id>`.
  package var causedBy: [String] = []
  package var fixedBy: [String] = []
  package var url: String?
  /// The body before the first update.
  package var description: Prose?
  /// How it came about, where somebody asks.
  package var story = Story()

  package init(id: String, state: State) {
    self.id = id
    self.state = state
  }
}

extension IncidentRecord {
  package var beganAt: Timestamp? { startedAt ?? updates.map(\.at).min() ?? resolvedAt }

  /// The latest time it tells.
  package var newsAt: Timestamp? { latest(latest(resolvedAt, startedAt), updates.map(\.at).max()) }
}

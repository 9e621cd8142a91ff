import Records
import Time

/// A success that changed what runs, and what became of it.
struct CountedDeployment: Timed {
  /// Of a deployment that failed.
  enum Fate: Hashable {
    case open
    case mended(Timestamp)
    /// Mended, nobody says when.
    case undated
  }

  let environment: Int
  let at: Timestamp
  let isRework: Bool
  /// Those that name it as their cause.
  let incidents: [IncidentRecord]
  /// When a rollback or hotfix replaced it.
  let replacedAt: Timestamp?
  /// At a person's gate; negative where the clocks are wrong.
  let gateWait: Double?

  /// As it was known at `end`; nil: it had not failed. Incidents decide, and without one what replaced it (rules.md, Metrics).
  func fate(by end: Timestamp) -> Fate? {
    let known = incidents.filter { max($0.beganAt ?? at, at) < end }
    guard !known.isEmpty else { return replacedAt.flatMap { $0 < end ? .mended($0) : nil } }
    var last: Timestamp?
    var isDated = true
    for incident in known {
      guard incident.state.isOver, incident.resolvedAt.map({ $0 < end }) ?? true else { return .open }
      last = latest(last, incident.resolvedAt)
      isDated = isDated && incident.resolvedAt != nil
    }
    return isDated ? last.map { .mended($0) } : .undated
  }
}

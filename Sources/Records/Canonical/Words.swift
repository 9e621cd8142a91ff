/// Words of a format and what they mean. They are matched after lower-casing and dropping space, `_` and `-`, because collectors
/// re-case them (`IN_PROGRESS`, `in_progress`, `inProgress`); a word nobody knows has no meaning here, never a guessed one.
package struct Words<Meaning: Sendable>: Sendable {
  /// As a person would write them, in the order in which messages list them.
  package let known: [String]
  private let meanings: [String: Meaning]

  package init(_ entries: KeyValuePairs<String, Meaning>) {
    known = entries.map(\.key)
    meanings = Dictionary(entries.map { (plainWord($0.key), $0.value) }) { first, _ in first }
  }

  package subscript(word: String) -> Meaning? { meanings[plainWord(word)] }
}

/// The words of the canonical record (record.md).
package enum Vocabulary {
  /// The nine canonical states (record.md, States).
  static let states = Words<State>([
    "queued": .queued, "running": .running, "waiting": .waiting, "succeeded": .succeeded, "failed": .failed,
    "cancelled": .cancelled,
    "skipped": .skipped, "superseded": .superseded, "unknown": .unknown,
  ])
  static let triggers = Words<Trigger.Kind>([
    "push": .push, "tag": .tag, "pull_request": .pullRequest, "schedule": .schedule, "manual": .manual, "api": .api,
    "upstream": .upstream, "redeploy": .redeploy, "unknown": .unknown,
  ])
  static let refTypes = Words<Ref.Kind>(["branch": .branch, "tag": .tag, "pull_request": .pullRequest, "other": .other])
  static let actorKinds = Words<Actor.Kind>(["human": .human, "bot": .bot, "system": .system, "unknown": .unknown])
  static let gateKinds = Words<Gate.Kind>(["human": .human, "timer": .timer, "check": .check, "lock": .lock, "policy": .policy])
  static let gateStates = Words<Gate.State>([
    "waiting": .waiting, "approved": .approved, "rejected": .rejected, "expired": .expired, "cancelled": .cancelled,
    "skipped": .skipped, "unknown": .unknown,
  ])
  static let availabilities = Words<DeploymentRecord.EnvironmentReference.Availability>([
    "available": .available, "stopped": .stopped,
  ])
  static let tiers = Words<Tier>([
    "development": .development, "test": .test, "staging": .staging, "production": .production, "other": .other,
  ])
  static let promotions = Words<DeploymentRecord.Promotion>(["manual": .manual, "automatic": .automatic, "unknown": .unknown])
  package static let actions = Words<DeploymentRecord.Action>([
    "deploy": .deploy, "redeploy": .redeploy, "rollback": .rollback, "remove": .remove,
  ])
  static let incidentStates = Words<IncidentRecord.State>([
    "detected": .detected, "acknowledged": .acknowledged, "resolved": .resolved, "postmortem": .postmortem,
  ])
  static let incidentKinds = Words<IncidentRecord.Kind>(["incident": .incident, "maintenance": .maintenance])
  static let impacts = Words<IncidentRecord.Effect.Impact>([
    "none": .none, "minor": .minor, "major": .major, "critical": .critical,
  ])
}

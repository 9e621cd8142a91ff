/// The vocabulary of what ran: run, step, deployment, target, gate, change, incident, release note, and the configuration that gives
/// them names; their canonical form `tidemark/1`, read and written; who is the same, and the one rule for which telling is better.
///
/// **In:** nodes of canonical records; tellings of one thing. **Out:** `RunRecord`, `DeploymentRecord`, `IncidentRecord`, located;
/// the one telling that says all that any of them knows.
///
/// ```swift
/// let run = merged([early, late], names)  // per field the fresher or more final telling wins, and what it does not say is kept
/// ```
///
/// **Never here:** the payload of a provider, a page, whether a place is current.

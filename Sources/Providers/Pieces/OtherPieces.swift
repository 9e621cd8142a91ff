import Records
import Time

/// The name of what others know by its key: a project.
struct NamePiece: Equatable, Sendable {
  var key: String
  var name: String
}

/// Gates of a run as a review shows them: what waits, or what was decided.
struct ReviewPiece: Equatable, Sendable {
  /// nil where the provider does not say (GitHub: the run is in the address that was asked).
  var runKey: String?
  var runAttempt: Int?
  var repository: String?
  var gates: [Gate]
  /// Where each review has an identity, that; its gates are told apart by their keys then.
  var key: String?
  /// It only knows whether things went on, not what was decided: the review itself knows better (Azure DevOps: a checkpoint of a timeline).
  var isOutline = false
  var updatedAt: Timestamp?
  /// The address of what the gate holds: its last part may be the name of an environment.
  var target: String?
  /// The environments that older snapshots say to be waited for.
  var asked: Set<String> = []
}

/// What is known of an incident at one time.
struct IncidentPiece: Equatable, Sendable {
  var key: String
  var record: IncidentRecord
  /// Tells the name of its environment, where `record.environment` is only its id.
  var environmentKey: String?
  var updatedAt: Timestamp?
}

struct ReleasePiece: Equatable, Sendable {
  var key: String
  /// It has notes; else it only tells the versions of deployments.
  var isNote = true
  var record: ReleaseRecord
  var updatedAt: Timestamp?
  var isDeleted = false
}

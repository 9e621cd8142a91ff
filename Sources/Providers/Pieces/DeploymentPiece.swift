import Diagnostics
import Records
import Time

struct DeploymentPiece: Equatable, Sendable {
  /// What the deployment says about its outcome.
  enum Outcome: Equatable, Sendable {
    case told
    /// It ended, and its step tells how (Bitbucket with a narrow `fields=`).
    case ofStep
    /// It has not started: its step tells whether it waits (Bitbucket: UNDEPLOYED).
    case notStarted
    /// Its statuses tell (GitHub).
    case ofStatuses
    /// Its run, which is nothing but this deployment (Octopus: a task).
    case ofRun
  }

  var key: String
  /// The name of its environment may be empty: then `environmentKey` tells.
  var record: DeploymentRecord
  var outcome: Outcome
  var environmentKey: String?
  var runKey: String?
  var stepKey: String?
  /// The path of its step, or of what that is in, where it names the run.
  var stepPath: String?
  var createdAt: Timestamp?
  var updatedAt: Timestamp?
  /// The number of its run, which a run with few fields may lack.
  var runNumber: Int?
  /// A tag or branch, a tag if a release of that name exists.
  var ref: String?
  /// What it tells of the gates before it.
  var gates: [Gate] = []
  /// The gate at which it waited for somebody's approval, where nothing tells who gave it.
  var held: Gate?
  /// What tells its version, and what it belongs to, whose name is taken for the service (Octopus: release and project).
  var releaseKey: String?
  var ownerKey: String?
  /// What tells the name of its target (Octopus: the tenant; Azure DevOps: the resource).
  var targetKey: String?
}

/// One entry of a deployment's history.
struct StatusPiece: Equatable, Sendable {
  var key: String
  var deploymentKey: String
  var state: State
  var raw: String
  var at: Timestamp?
  var environmentURL: String?
  var url: String?
  var runKey: String?
  var stepKey: String?
  /// Of its piece, as the join found it.
  var story = Story()
}

struct EnvironmentPiece: Equatable, Sendable {
  var key: String
  var reference: DeploymentRecord.EnvironmentReference
  /// What addresses may call it instead of its name.
  var id: String?
  var updatedAt: Timestamp?
  /// Since when nobody has to let a deployment in, where the format says so.
  var openSince: Timestamp?
  /// Who is asked before a deployment is let in: people and teams, one of whom must agree.
  var reviewers: [String] = []
}

import Diagnostics
import Records
import Time

/// One object of a provider in our words, with the keys by which pieces find each other. The readers of the providers make them, the
/// join puts them together, and neither knows the other.
struct Piece: Sendable {
  enum Body: Equatable, Sendable {
    case run(RunPiece)
    case step(StepPiece)
    case deployment(DeploymentPiece)
    case status(StatusPiece)
    case environment(EnvironmentPiece)
    case review(ReviewPiece)
    case release(ReleasePiece)
    case incident(IncidentPiece)
    case application(ApplicationPiece)
    case name(NamePiece)
  }

  var provider: String
  /// For the account: `pipeline {…}`.
  var name: String
  var position: Position
  /// The number of its page in the provider's envelope, 0 without one, and its place in the file: what orders the steps of a run.
  var page: Int
  var offset: Int
  var body: Body
  /// The list or envelope at the top of its file that it lies in: one answer. nil for an object that stands alone.
  var group: Int?
  /// What joins events of one story where they name no run (CDEvents): the only run of that story is theirs.
  var chain: String?
  /// Another object tells of it in passing, as a job does of its pipeline: a snapshot like any other, but no record that was read, so
  /// the account does not count it.
  var isImplied = false
  /// Where it was read and why so, where somebody asks; what becomes of it takes the story over.
  var story = Story()
}

/// A run without its steps and deployments. Keys are unique within a provider.
struct RunPiece: Equatable, Sendable {
  var key: String
  var record: RunRecord
  /// When the provider last changed it: which of two snapshots is newer.
  var updatedAt: Timestamp?
  /// It is held at a step that waits to start; the step tells by whom (Bitbucket: PAUSED, HALTED).
  var isHeld = false
  /// Tells runs of one repository apart where some of them lack its name.
  var repositoryKey: String?
  /// What to call it where another run of its repository has its id, too.
  var longID: String?
  /// What its address is made of once `{repository}` and `{number}` are known, where the payload has none for people.
  var urlPattern: String?
  /// What it was started with, for the rules of the configuration.
  var parameters: [String: String] = [:]
  /// The images that it left running, of which one may be the service's.
  var images: [ContainerImage] = []
  /// What it checked out, where nothing tells which of it is the service's.
  var checkouts: [Checkout] = []
  /// A name by which its steps find it where they know it by another key (Jenkins: display names), if exactly one run has that name and
  /// was under way when the step began.
  var looseKey: String?
  /// What it belongs to, which is a run too (`isParent`) while nothing belongs to it; and its name in there, of which a second one is
  /// another attempt (CircleCI: a workflow of a pipeline).
  var parentKey: String?
  var isParent = false
  var attemptName: String?
  /// What steps that name no run know of theirs.
  var projectKey: String?
  /// Its object tells of its steps, which are shown however old it is.
  var bringsSteps = false
  /// It has no state of its own: its deployments tell, if it has any (Azure DevOps: classic releases).
  var isSumOfDeployments = false
  /// `record.finishedAt` is only the latest possible end; the last step tells the end (GitHub has none).
  var endIsBound = false
  /// An older snapshot of it was under way: what was so with it is so no more once it is over.
  var wasLive = false
  /// And it waited.
  var hasWaited = false
}

/// A step or job, and the steps inside it.
struct StepPiece: Equatable, Sendable {
  enum Trigger: Equatable, Sendable { case automatic, manual, redeploy }

  var runKey: String
  /// nil: the provider does not say which attempt.
  var runAttempt: Int?
  var step: Step
  var inner: [Step] = []
  /// How it starts, where the format says so.
  var trigger: Trigger?
  /// It has not started and waits for its turn: who lets it start follows from `trigger` and from the steps before it.
  var isPending = false
  /// An older snapshot of it was under way: what else tells that it is so may be as old.
  var wasLive = false
  /// The gate that the format shows with it; `isOnlyGate`: it is no step beside that.
  var gate: Gate?
  var isOnlyGate = false
  /// `RunPiece.looseKey` of its run.
  var looseRunKey: String?
  /// The environment it deploys to, where the step itself says so, with its tier and what it does there.
  var environment: String?
  var tier: Tier?
  var action: DeploymentRecord.Action?
  /// Who started it, where a person must; nil before somebody did.
  var startedBy: String?
  var updatedAt: Timestamp?
  /// Its place among the steps of its run, where ids rise in the order of the steps; else that is the order of the page.
  var order = 0
  /// Steps of one run with its stage and name are attempts of one job (GitLab: a retry is a new job).
  var repeatsByName = false
  /// Another attempt of it is among the steps of its run, as the join found: then nobody is asked about this one.
  var isFollowed = false
  /// Its run took it over, as it was, from an earlier attempt that is among the records: it did nothing in this one.
  var isCarried = false

  /// Keys of the steps that must end before it; nil where the format does not say.
  var needs: [String]?
  /// It is a person's decision.
  var isApproval = false
  /// Where it names no run: that of a run of its project, and of the steps of its group in a file.
  var projectKey: String?
  var group: Int?
  /// Its key is unique in its run only: another attempt of that takes the step over.
  var isScoped = false
  /// It is nothing but what is in it: that takes its place (Azure DevOps: a phase is the plan of jobs).
  var isFolded = false
  /// The names of what it is in and its own, by which deployments know it: `stage.job`.
  var path: String?
  /// The key of the gate that stands behind it, if there is one (Azure DevOps: a post-deployment approval); and whether that waits by what
  /// tells of the step itself, so that no older word can be meant.
  var gateBehind: String?
  var isHeldBehind = false

  /// Of its piece, as the join found it.
  var story = Story()

  /// The press of the button that started it. It is when the step began.
  var press: Gate.Decision { Gate.Decision(by: startedBy, at: step.startedAt, decision: "approved") }

  /// Whether it did, or does, anything.
  var hasBegun: Bool { step.startedAt != nil || [.running, .succeeded, .failed].contains(step.state) }

  /// Unique within a provider; every reader gives its steps one.
  var key: String { step.key ?? "" }
}

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

/// The name of what others know by its key: a project.
struct NamePiece: Equatable, Sendable {
  var key: String
  var name: String
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

import Diagnostics
import Records
import Time

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

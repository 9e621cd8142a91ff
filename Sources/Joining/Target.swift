import Diagnostics
import Records
import Time

/// One target of a deployment as one record tells it, with what it takes from its run (record.md, Deployment), before duplicates and
/// the targets of one environment are joined. Small, since there are as many as deployments.
struct Target {
  enum Source: Hashable {
    /// Inside a run record.
    case nested(record: Int, index: Int)
    case alone(Int)
    /// Nothing but a gate of a run that waits before an environment.
    case gate(record: Int, index: Int)
  }

  var source: Source
  /// The run it belongs to; nil if its run was not read.
  var group: Int?
  /// The run record that its missing fields come from.
  var record: Int?
  var runID: String?
  /// Of its run.
  var attempt: Int
  /// Its own number where the record has one, else its run's.
  var number: Int
  /// The region, tenant, cluster or instance within the environment; nil where nothing names one.
  var name: String?
  /// The name of its step with the stage and the steps that hold it, else the key; nil where none is named.
  var stepName: String?
  /// The step as people call it.
  var stepLabel: String?
  var service: Int
  var environment: Int
  var id: String
  /// What stood for its id before its attempts were told apart by more than that.
  var firstID: String?
  /// Its place among the unnamed targets of its run, from 0: the same for all its attempts.
  var lane: Int?
  var version: String
  var action: DeploymentRecord.Action
  var state: State
  /// Whether a record or a step tells the state; else it is the run's.
  var isStateKnown = false
  var startedAt: Timestamp?
  var finishedAt: Timestamp?
  var told = ToldSpan()
  /// How it came about, where somebody asks.
  var story = Story()
}

import Records

/// What becomes one deployment of the catalog: what one attempt of a run brought to one environment, or to one named target of it.
struct JoinedTargets {
  /// In the order of their ids; at least one.
  var own: [Target]
  /// Unnamed targets of its run that this attempt left as an earlier one had made them.
  var carried: [Target] = []
  /// In the order of the cases; empty where nothing had to be decided.
  var reasons: [TargetReason] = []
  /// Of the run, environment, service and version: the same for all attempts and targets of one.
  var fanOut = 0
  /// Which attempt within the fan-out, from 0.
  var round = 0
  /// Whether the run deploys to other named targets as well.
  var hasNamedSiblings = false

  var all: [Target] { own + carried }
}

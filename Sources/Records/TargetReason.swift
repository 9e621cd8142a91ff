/// Why deployments of one run to one environment are attempts (one after another, the last counts) or targets (each has its own fate);
/// the first that tells decides (record.md, Targets and attempts).
package enum TargetReason: String, Sendable, CaseIterable {
  /// Targets: each names another one.
  case namedTarget = "named-target"
  /// Attempts: their provider, or the record, numbers them.
  case numberedAttempt = "numbered-attempt"
  /// Attempts: the same step again.
  case sameStep = "same-step"
  /// Targets: steps of different names.
  case otherStep = "other-step"
  /// Attempts: no step is named, and each began after the one before had ended.
  case inTurn = "in-turn"
  /// Targets: they were under way at the same time, or nothing tells that they were not.
  case atOnce = "at-once"
}

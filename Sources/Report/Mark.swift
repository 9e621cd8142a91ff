package import Records

/// One of the six shapes and its word.
package struct Mark: Hashable, Sendable {
  /// Identifier of the symbol: `mark-succeeded`.
  package let symbol: String
  package let word: String

  package init(_ state: State) {
    word = state.rawValue
    symbol =
      switch state {
      case .succeeded: "mark-succeeded"
      case .failed: "mark-failed"
      case .running, .queued: "mark-running"
      case .waiting: "mark-waiting"
      case .cancelled, .skipped, .superseded: "mark-skipped"
      case .unknown: "mark-unknown"
      }
  }
}

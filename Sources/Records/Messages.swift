package import Diagnostics

/// All wording of this room that is about faults; `Remark` has its reasons.
extension Diagnostic.Message {
  package static func unclearResolution(say words: String) -> Self {
    Self(
      id: "unclear-resolution", "the last update says resolved, but the incident counts as open", suggestion: "say \(words)")
  }
}

package import Diagnostics

/// Whether records keep their stories.
package enum StoryTelling: Hashable, Sendable {
  case none
  /// `saidBy`: who said whose payload it is, as messages name it.
  case kept(saidBy: String?)
}

/// One object of a file as the reader took it: what people mean by FILE:LINE.
package struct FoundRecord: Hashable, Sendable {
  package enum Fate: Hashable, Sendable {
    /// It goes on to the join.
    case taken
    case skipped(reason: String)
    /// The diagnostics of its lines say why.
    case lost
  }

  /// As the account names it: `pipeline 88`.
  package var name: String
  package var place: RecordPlace
  /// The line in which its last value begins.
  package var lastLine: Int
  package var fate: Fate
}

package import Records
package import Time

/// A release of a service, with or without a note, and how far it came.
package struct Release: Sendable {
  package struct Arrival: Hashable, Sendable {
    package let environment: Int
    /// nil: no record says when.
    package let arrivedAt: Timestamp?
    /// nil while it is live there, and where no record says when it left.
    package let leftAt: Timestamp?
    /// It left, and no record says when.
    package let hasUndatedEnd: Bool
    /// Index into the service's deployments.
    package let deployment: Int
    /// The version that replaced it; nil while it is live or after a removal.
    package let replacedBy: String?
    /// Index of the deployment that did, or that removed it; nil while it is live and where it ended with its environment.
    package let endedBy: Int?
    /// When it came to each target and left it, by name; empty unless the environment has several.
    package let targets: [OnTarget]

    package struct OnTarget: Hashable, Sendable {
      package let name: String
      /// nil: no record says when.
      package let arrivedAt: Timestamp?
      package let leftAt: Timestamp?
      /// It left, and no record says when.
      package let hasUndatedEnd: Bool
      package let deployment: Int
      /// The version that took its place there; nil where it is live, or was removed.
      package let replacedBy: String?

      /// It does not run there any more.
      package var isOver: Bool { leftAt != nil || hasUndatedEnd }
    }

    /// It is not live there any more.
    package var isOver: Bool { leftAt != nil || hasUndatedEnd }
  }

  /// As written in the note or deployed, without a leading `v` before a digit; nil for an unreleased section.
  package let version: String?
  /// nil: deployed, but nobody described it.
  package let note: Located<ReleaseNote>?
  /// A deployment tried to bring it, or a higher version has arrived somewhere: it is not what comes next.
  package let isKnownToRecords: Bool
  /// What comes next: it has no version yet, or its note says that it is not released and no record knows better.
  package var isUnreleased: Bool {
    version == nil || (note?.value.isMarkedUnreleased == true && arrivals.isEmpty && !isKnownToRecords)
  }
  /// In promotion order, then by time; a release that came back has several in one environment.
  package let arrivals: [Arrival]

  package init(version: String?, note: Located<ReleaseNote>?, isKnownToRecords: Bool, arrivals: [Arrival]) {
    self.version = version
    self.note = note
    self.isKnownToRecords = isKnownToRecords
    self.arrivals = arrivals
  }
}

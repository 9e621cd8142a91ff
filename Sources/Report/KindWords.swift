package import Records
package import Releases

extension IncidentRecord {
  /// How far it is, for pages and feeds: what was planned is no incident that somebody detected.
  package var stateWord: String {
    switch kind {
    case .incident: state.rawValue
    case .maintenance: state.isOver ? "maintenance, over" : "maintenance under way"
    }
  }
}

extension Configuration.Freeze.Kind {
  /// As a label.
  package var title: String {
    switch self {
    case .freeze: "Freeze"
    case .maintenance: "Maintenance"
    }
  }
}

extension CommitNotes.Kind {
  package var title: String {
    switch self {
    case .breaking: "Breaking"
    case .features: "Features"
    case .fixes: "Fixes"
    case .performance: "Performance"
    case .others: "Other commits"
    }
  }
}

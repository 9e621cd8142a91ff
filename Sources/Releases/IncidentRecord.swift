/// An incident as it was read (record.md, Incident), from a record or from Markdown.
package struct IncidentRecord: Hashable, Sendable {
  package enum State: String, Sendable { case detected, acknowledged, resolved }
  package struct Update: Hashable, Sendable {
    package var at: Timestamp
    package var state: State?
    package var text: Prose

    package init(at: Timestamp, state: State? = nil, text: Prose) {
      self.at = at
      self.state = state
      self.text = text
    }
  }

  package var id: String
  package var title: String?
  package var state: State
  package var severity: String?
  package var environment: String?
  package var service: String?
  package var startedAt: Timestamp?
  package var resolvedAt: Timestamp?
  package var updates: [Update] = []
  /// Deployments: an id of the incident's own service, or `<service>/<id>`.
  package var causedBy: [String] = []
  package var fixedBy: [String] = []
  package var url: String?
  /// The body before the first update.
  package var description: Prose?

  package init(id: String, state: State) {
    self.id = id
    self.state = state
  }
}

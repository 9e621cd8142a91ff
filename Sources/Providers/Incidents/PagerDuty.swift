import Documents
import Records
import Time

/// PagerDuty: incidents of the REST interface, with the entries of their log where those were asked for, and of webhooks (v3). The log's
/// entries that change an incident, and notes, are its updates; the others tell who was notified.
enum PagerDuty {
  static let format = Format(
    provider: "pagerduty",
    page: { node in node.list("incidents").flatMap { list in list.elements.contains(where: isIncident) ? list : nil } },
    extent: { ListExtent(total: $0.whole("total"), goesOn: $0["more"]?.bool) },
    wholeList: "ask again with a greater offset= while 'more' is true, and store every page",
    shapes: [
      Format.Shape(fits: { isIncident($0) }, read: { addIncident($0, &$1) }),
      Format.Shape(fits: { $0.object("incident").map(isIncident) ?? false }, read: readWrapped),
      Format.Shape(fits: { $0.object("event").map(isEvent) ?? false }, read: readEvent),
      Format.Shape(fits: { $0.text("type")?.hasSuffix("_log_entry") ?? false }, read: readLogEntry),
    ])

  private static let states = Words<IncidentRecord.State>([
    "triggered": .detected, "acknowledged": .acknowledged, "resolved": .resolved,
  ])
  /// Entries of the log that say how it went on.
  private static let entries = Words<IncidentRecord.State?>([
    "trigger_log_entry": .detected, "acknowledge_log_entry": .acknowledged, "resolve_log_entry": .resolved,
    "annotate_log_entry": nil,
    "unacknowledge_log_entry": .detected,
  ])

  // MARK: Shapes

  @Sendable private static func isIncident(_ node: Node) -> Bool {
    guard node.identifier("id") != nil, node.text("status") != nil, node["type"]?.string.map({ $0 == "incident" }) ?? true
    else {
      return false
    }
    return (node["incident_number"] ?? node["incident_key"] ?? node["escalation_policy"]) != nil
  }

  private static func isEvent(_ node: Node) -> Bool {
    node.text("event_type")?.hasPrefix("incident.") == true && node["occurred_at"] != nil && node.object("data") != nil
  }

  @Sendable private static func readWrapped(_ node: Node, _ reader: inout FileReader) {
    if let incident = node.object("incident") { addIncident(incident, &reader) }
  }

  @Sendable private static func readLogEntry(_ node: Node, _ reader: inout FileReader) {
    reader.skip(node, "an entry of a log is read inside its incident only")
  }

  /// An event holds the incident as it was then, or only what was added to it, which names the incident.
  @Sendable private static func readEvent(_ node: Node, _ reader: inout FileReader) {
    guard let event = node.object("event"), let data = event.object("data") else { return }
    guard data.text("type").map({ $0 == "incident" }) ?? true, data.text("status") != nil else {
      return reader.skip(event, "an event that tells no state of an incident")
    }
    let at = reader.time(event, "occurred_at")
    let isChange = ["triggered", "acknowledged", "unacknowledged", "reopened", "resolved"]
      .contains { event.text("event_type") == "incident.\($0)" }
    addIncident(data, &reader, at: at, isChange: isChange)
  }

  // MARK: Incidents

  /// `at`: when an event brought it.
  private static func addIncident(_ node: Node, _ reader: inout FileReader, at: Timestamp? = nil, isChange: Bool = false) {
    guard let id = node.identifier("id") else { return reader.skip(node, "an incident without 'id'") }
    let state = reader.incidentState(node, "status", states, of: "PagerDuty")
    var record = IncidentRecord(id: id, state: state)
    record.title = node.text("title") ?? node.text("summary", "description")
    record.severity = node.object("priority")?.text("summary") ?? node.text("urgency")
    record.service = node.object("service")?.text("summary")
    record.url = node.text("html_url")
    record.startedAt = reader.time(node, "created_at")
    record.updates = updates(node, &reader)
    if let at, isChange, !record.updates.contains(where: { $0.at == at }) {
      record.updates.append(.init(at: at, state: state, text: .text("")))
    }
    let changedAt = reader.time(node, "last_status_change_at") ?? (isChange ? at : nil)
    if state == .resolved {
      record.resolvedAt = reader.time(node, "resolved_at") ?? record.updates.last { $0.state == .resolved }?.at ?? changedAt
    }
    let updatedAt = at ?? reader.time(node, "updated_at") ?? changedAt ?? record.startedAt
    let piece = IncidentPiece(key: id, record: record, updatedAt: updatedAt)
    reader.add(.incident(piece), provider: "pagerduty", named: "incident \(id)", at: node)
  }

  private static func updates(_ node: Node, _ reader: inout FileReader) -> [IncidentRecord.Update] {
    var updates: [IncidentRecord.Update] = []
    for entry in node.list("log_entries")?.elements ?? [] {
      guard let kind = entry.text("type"), let state = entries[kind.replacing("_reference", with: "")] else { continue }
      guard let at = reader.time(entry, "created_at") else { continue }
      let text = state == nil ? entry.object("channel")?.text("content", "summary") : nil
      updates.append(.init(at: at, state: state, text: .text(text ?? entry.text("summary") ?? "")))
    }
    for acknowledgement in node.list("acknowledgements")?.elements ?? [] {
      guard let at = reader.time(acknowledgement, "at"), !updates.contains(where: { $0.at == at }) else { continue }
      let by = acknowledgement.object("acknowledger")?.text("summary")
      updates.append(.init(at: at, state: .acknowledged, text: .text(by.map { "Acknowledged by \($0)." } ?? "")))
    }
    return updates.sorted { $0.at < $1.at }
  }
}

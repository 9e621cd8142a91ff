import Documents
import Records

/// Statuspage: incidents of its management interface and of a page's public one (`incidents`), and of webhooks (`incident`). What is
/// planned is maintenance, and components have a state of now only.
enum Statuspage {
  static let format = Format(
    provider: "statuspage",
    shapes: [
      Format.Shape(fits: { isPage($0) }, read: readPage),
      Format.Shape(fits: { isIncident($0) }, read: addIncident),
      Format.Shape(
        fits: { $0.object("incident").map(isIncident) ?? false },
        read: { node, reader in if let incident = node.object("incident") { addIncident(incident, &reader) } }),
      Format.Shape(
        fits: { isComponent($0) || $0.object("component_update") != nil },
        read: { node, reader in
          let name = (node.object("component") ?? node).text("name")
          reader.skip(
            node, named: name.map { "component \($0)" }, "a component is no incident: its state is that of one moment")
        }),
      Format.Shape(
        fits: { isOfPage($0) && $0.object("status")?.text("indicator") != nil },
        read: { $1.skip($0, named: "status of a page", "the status of a page is no incident: it is that of one moment") }),
    ])

  /// `investigating` is the first word of an incident; `identified` and `monitoring` say that somebody works on it.
  private static let states = Words<IncidentRecord.State>([
    "investigating": .detected, "identified": .acknowledged, "monitoring": .acknowledged, "resolved": .resolved,
    "postmortem": .postmortem,
  ])
  /// Maintenance has words of its own: it was planned, goes on, or is over.
  private static let planned = Words<IncidentRecord.State>([
    "scheduled": .detected, "in_progress": .acknowledged, "verifying": .acknowledged, "completed": .resolved,
    "resolved": .resolved, "postmortem": .postmortem,
  ])
  private static let lists = ["incidents", "scheduled_maintenances", "components"]

  private static func isPage(_ node: Node) -> Bool {
    let held = lists.compactMap { node.list($0) }
    guard !held.isEmpty, node["incident_updates"] == nil else { return false }
    return isOfPage(node) || held.contains { $0.elements.contains { isIncident($0) || isComponent($0) } }
  }

  /// An answer of a page's public interface, whatever it lists.
  private static func isOfPage(_ node: Node) -> Bool {
    node.object("page").map { $0.text("id") != nil && $0.text("name") != nil } ?? false
  }

  /// Each of the lists of a page, as its summary and its other answers have them.
  @Sendable private static func readPage(_ node: Node, _ reader: inout FileReader) {
    reader.takeLists(lists, of: node)
  }

  @Sendable private static func isIncident(_ node: Node) -> Bool {
    guard node.text("id") != nil, node.text("name") != nil, node.text("status") != nil else { return false }
    return node.list("incident_updates") != nil || (node["impact"] != nil && (node["shortlink"] ?? node["page_id"]) != nil)
  }

  private static func isComponent(_ node: Node) -> Bool {
    node.text("id") != nil && node.text("status") != nil
      && (node["only_show_if_degraded"] != nil || (node["group_id"] != nil && node["page_id"] != nil))
  }

  @Sendable private static func addIncident(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("id"), let word = node.text("status") else { return reader.skip(node, "an incident without 'id'") }
    let isPlanned =
      (planned[word] != nil && states[word] == nil) || node.text("impact") == "maintenance"
      || !(node["scheduled_for"]?.isNull ?? true)
    let table = isPlanned ? planned : states
    var record = IncidentRecord(id: id, state: reader.incidentState(node, "status", table, of: "Statuspage"))
    record.kind = isPlanned ? .maintenance : .incident
    record.title = node.text("name")
    if let impact = node.text("impact"), impact != "none" { record.severity = impact }
    record.url = node.text("shortlink")
    record.updates = updates(node, &reader)
    record.startedAt = reader.time(node, "started_at") ?? reader.time(node, "created_at")
    if isPlanned {
      record.severity = nil
      record.startedAt = reader.time(node, "scheduled_for") ?? record.startedAt
      record.resolvedAt = record.state.isOver ? reader.time(node, "resolved_at") : nil
      record.resolvedAt = record.resolvedAt ?? reader.time(node, "scheduled_until")
    } else if record.state.isOver {
      record.resolvedAt = reader.time(node, "resolved_at") ?? record.updates.first { $0.state?.isOver == true }?.at
      // An incident of the past that was written down later: it began with its first update.
      if let start = record.startedAt, let end = record.resolvedAt, end < start, let first = record.updates.first?.at,
        first <= end
      {
        record.startedAt = first
      }
    }
    let updatedAt = reader.time(node, "updated_at") ?? record.resolvedAt ?? record.startedAt
    let piece = IncidentPiece(key: id, record: record, updatedAt: updatedAt)
    let name = (isPlanned ? "maintenance " : "incident ") + id
    reader.add(.incident(piece), provider: "statuspage", named: name, at: node)
  }

  private static func updates(_ node: Node, _ reader: inout FileReader) -> [IncidentRecord.Update] {
    var updates: [IncidentRecord.Update] = []
    for update in node.list("incident_updates")?.elements ?? [] {
      guard let at = reader.time(update, "display_at") ?? reader.time(update, "created_at") else { continue }
      let state = update.text("status").flatMap { states[$0] ?? planned[$0] }
      updates.append(.init(at: at, state: state, text: .text(update.text("body") ?? "")))
    }
    return updates.sorted { $0.at < $1.at }
  }
}

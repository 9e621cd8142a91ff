import Documents
import Records

/// Opsgenie: incidents of its REST interface (`data`, one or a list) and as rows. Alerts, which an incident may have many of, are none;
/// the services that an incident touches are known by ids only, so that it names none.
enum Opsgenie {
  static let format = Format(
    provider: "opsgenie",
    page: { node in node.list("data").flatMap { list in list.elements.contains(where: isIncident) ? list : nil } },
    extent: { node in
      node.object("paging").map { ListExtent(total: node.whole("totalCount"), goesOn: $0.text("next") != nil) }
    },
    wholeList: "follow 'next' of its 'paging' until a page has none, and store every page",
    shapes: [
      Format.Shape(fits: { isIncident($0) }, read: addIncident),
      Format.Shape(
        fits: { $0.object("data").map(isIncident) ?? false },
        read: { node, reader in if let incident = node.object("data") { addIncident(incident, &reader) } }),
      Format.Shape(
        fits: { isAlert($0) || ($0.object("alert").map(isAlert) ?? false) },
        read: { $1.skip($0, "an alert is no incident; incidents are read") }),
    ])

  private static let states = Words<IncidentRecord.State>([
    "open": .detected, "acknowledged": .acknowledged, "resolved": .resolved, "closed": .resolved,
  ])

  @Sendable private static func isIncident(_ node: Node) -> Bool {
    guard node.text("id") != nil, node.text("message") != nil, node.text("status") != nil else { return false }
    return (node["impactStartDate"] ?? node["impactedServices"] ?? node["impactDetectDate"]) != nil
      || node.object("links")?.text("web")?.contains("/incident/") == true
  }

  private static func isAlert(_ node: Node) -> Bool {
    node.text("message") != nil && (node["tinyId"] ?? node["alertId"]) != nil && !isIncident(node)
  }

  @Sendable private static func addIncident(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("id") else { return reader.skip(node, "an incident without 'id'") }
    let state = reader.incidentState(node, "status", states, of: "Opsgenie")
    var record = IncidentRecord(id: id, state: state)
    record.title = node.text("message")
    record.severity = node.text("priority")
    record.url = node.object("links")?.text("web")
    record.startedAt = reader.time(node, "impactStartDate") ?? reader.time(node, "createdAt")
    let updatedAt = reader.time(node, "updatedAt")
    // An incident that is closed changes no more.
    if state == .resolved { record.resolvedAt = reader.time(node, "impactEndDate") ?? updatedAt }
    // What the one who opened it wrote.
    if let description = node.text("description"), let at = reader.time(node, "createdAt") ?? record.startedAt {
      record.updates = [.init(at: at, state: .detected, text: .text(description))]
    }
    let piece = IncidentPiece(key: id, record: record, updatedAt: updatedAt ?? record.startedAt)
    reader.add(.incident(piece), provider: "opsgenie", named: "incident \(id)", at: node)
  }
}

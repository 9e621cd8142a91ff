import Records
import Releases
import Time

/// `incidents.json`: every incident with its updates.
struct IncidentsFile: InterfaceFile {
  let catalog: Catalog

  static let name = "incidents"
  static let title = "Every incident with its updates, causes and fixes"
  static let shape = JSONShape<IncidentsFile>([
    .list("incidents", JSONShape(head, rest)) { file in
      file.catalog.incidents.lazy.map { Within(item: $0, whole: file.catalog) }
    }
  ])

  static let head: [JSONField<Within<Incident, Catalog>>] = [
    .text("id", \.item.record.id),
    .text("title", orNull: \.item.record.title),
    .word("type", \.item.record.kind),
    .word("state", \.item.record.state),
    .text("severity", orNull: \.item.record.severity),
    .text("service", orNull: { row in row.item.service.map { row.whole.services[$0].key } }),
    .text("environment", orNull: { row in row.item.environment.map { row.whole.environments[$0].key } }),
    .time("startedAt", orNull: \.item.record.startedAt),
    .time("resolvedAt", orNull: \.item.record.resolvedAt),
    .text("causedBy", orNull: { row in row.item.causedBy.first.map { row.whole.deployment($0).id } }),
  ]

  private static let rest: [JSONField<Within<Incident, Catalog>>] = [
    .list("causes", link) { row in row.item.causedBy.lazy.map { Within(item: $0, whole: row.whole) } },
    .list("fixes", link) { row in row.item.fixedBy.lazy.map { Within(item: $0, whole: row.whole) } },
    .text("url", orNull: \.item.record.url),
    .text("description", orNull: \.item.record.description?.plain),
    .list("updates", update, \.item.record.updates),
  ]

  private static let link = JSONShape<Within<Incident.Link, Catalog>>([
    .text("service") { $0.whole.services[$0.item.service].key },
    .text("deployment") { $0.whole.deployment($0.item).id },
  ])

  private static let update = JSONShape<IncidentRecord.Update>([
    .time("at", \.at), .word("state", orNull: \.state), .text("text", \.text.plain),
  ])
}

extension Catalog {
  fileprivate func deployment(_ link: Incident.Link) -> Deployment { services[link.service].deployments[link.deployment] }
}

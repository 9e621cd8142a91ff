import Records
package import Releases

/// The addresses outside of the site where a change of production is recorded; nil where there is none.
package struct AuditSources: Hashable, Sendable {
  package let run: String?
  /// Where it is not that of the run.
  package let deployment: String?
  /// Of the step that the gate held.
  package let gate: String?

  package init(_ catalog: Catalog, _ item: MonthlyAudit.Item) {
    let record = catalog.services[item.service].record(of: item.deployment)
    run = record?.url
    deployment = item.deployment.url == record?.url ? nil : item.deployment.url
    let steps = item.deployment.peopleGates.compactMap(\.step)
    gate = record?.steps.first { $0.key.map(steps.contains) ?? false && $0.url != nil }?.url
  }
}

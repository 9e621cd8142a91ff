import Records
package import Releases
import Report

/// Where the evidence of a change lies; nil where there is none.
package struct AuditEvidence {
  /// Relative to the site.
  package let page: String?
  package let runPage: String?
  /// Outside.
  package let run: String?
  /// Where it is not that of the run.
  package let deployment: String?
  /// Of the step that the gate held.
  package let gate: String?
  package let commit: String?

  package init(_ item: MonthlyAudit.Item, _ edition: Edition) {
    page = edition.map.deployment(item.service, item.index)
    runPage = item.deployment.run.flatMap { edition.map.run(item.service, $0) }
    let record = edition.catalog.services[item.service].record(of: item.deployment)
    run = record?.url
    deployment = item.deployment.url == record?.url ? nil : item.deployment.url
    let steps = item.deployment.peopleGates.compactMap(\.step)
    gate = record?.steps.first { $0.key.map(steps.contains) ?? false && $0.url != nil }?.url
    let view = Viewpoint(edition: edition, path: "")
    commit = item.deployment.commit.flatMap { view.wording.commit($0.sha).destination }.flatMap(view.address)
  }
}

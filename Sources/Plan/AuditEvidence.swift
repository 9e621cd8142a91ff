import Records
package import Releases
package import Report

/// Where the evidence of a change lies; nil where there is none.
package struct AuditEvidence {
  /// Relative to the site.
  package let page: String?
  package let runPage: String?
  package let sources: AuditSources
  package let commit: String?

  package init(_ item: MonthlyAudit.Item, _ edition: Edition) {
    page = edition.map.deployment(item.service, item.index)
    runPage = item.deployment.run.flatMap { edition.map.run(item.service, $0) }
    sources = AuditSources(edition.catalog, item)
    let view = Viewpoint(edition: edition, path: "")
    commit = item.deployment.commit.flatMap { view.wording.commit($0.sha).destination }.flatMap(view.address)
  }
}

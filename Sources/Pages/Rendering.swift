import Releases

/// Appends the bytes of a page to `output`. A pure function of the edition and the plan, so that pages can be made in any order.
package func render(_ plan: PagePlan, of edition: Edition, into output: inout [UInt8]) {
  switch plan.page {
  case .dashboard, .pending, .incidents, .notFound, .skipped, .environment, .history, .changelog, .changelogMonth, .compare,
    .service,
    .release,
    .deployment, .run, .incident, .extra, .changes, .audit, .auditMonths, .shortLived, .metrics, .metricsMonth:
    renderHTML(plan, of: edition, into: &output)
  case .releaseSource(let service, let release):
    output += edition.catalog.services[service].releases[release].note?.value.markdown ?? []
  case .media(let index): output += edition.media[index].bytes
  case .asset(let index):
    output += edition.theme.assets[index].bytes
  case .statusText, .sitemap, .robots, .calendar, .searchJSON, .searchScript, .asOfScript, .feedAtom, .feedJSON,
    .environmentFeedAtom,
    .environmentFeedJSON, .incidentFeedAtom,
    .incidentFeedJSON, .auditCSV, .auditJSON, .badge, .badgeJSON, .apiSummary, .apiEnvironments, .apiPending, .apiIncidents,
    .apiMetrics,
    .apiBuild,
    .apiDeployments,
    .apiChangelog, .apiReleases, .apiRuns, .apiCompare, .apiSchema:
    renderForMachines(plan, of: edition, into: &output)
  }
}

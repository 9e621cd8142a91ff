/// One file of the site: where it stands and what it shows. The list of all plans is the site map.
package struct PagePlan: Hashable, Sendable {
  /// Relative to the output folder, with forward slashes.
  package let path: String
  package let page: Page

  package init(path: String, page: Page) {
    self.path = path
    self.page = page
  }
}

/// What a page is about. Numbers are indices into the catalog: services, environments, and a service's runs, deployments, releases.
package enum Page: Hashable, Sendable {
  case dashboard, pending, incidents, notFound
  /// What was read and is not shown.
  case skipped
  case environment(Int)
  case history(environment: Int, month: Period)
  /// The newest entries and what waits; older ones stand on month pages.
  case changelog(environment: Int)
  case changelogMonth(environment: Int, month: Period)
  /// Two environments that follow each other: all services together, or the one for which they do.
  case compare(upstream: Int, downstream: Int, service: Int?)
  case service(Int)
  case release(service: Int, release: Int)
  /// The Markdown of a release as it was written.
  case releaseSource(service: Int, release: Int)
  case deployment(service: Int, deployment: Int)
  case run(service: Int, run: Int)
  case incident(Int)
  /// Words of the site's own.
  case extra(Int)
  /// Where the commits of a month are; of one of its days where the month has a page a day.
  case changes(service: Int, month: Month, day: Int?)
  /// The months of the audit.
  case auditMonths
  /// Every change of production that finished in the month: to read, for a spreadsheet, for programs.
  case audit(Period)
  case auditCSV(Period)
  case auditJSON(Period)

  /// Environments that end when their work does.
  case shortLived

  case metrics
  /// A closed month.
  case metricsMonth(Month)

  case statusText, sitemap, robots, calendar
  /// What the site holds, by title and words; as a script too, since a page that is opened from disk cannot fetch.
  case searchJSON, searchScript
  /// As-of as a script: a page that is left open sees that there is a newer build before it gives up what it shows.
  case asOfScript
  case feedAtom, feedJSON
  case environmentFeedAtom(Int)
  case environmentFeedJSON(Int)
  case incidentFeedAtom, incidentFeedJSON
  case badge(service: Int, environment: Int)
  case badgeJSON(service: Int, environment: Int)
  /// Index into the theme's assets.
  case asset(Int)
  /// Index into the edition's pictures.
  case media(Int)

  case apiSummary, apiEnvironments, apiPending, apiIncidents, apiMetrics, apiBuild
  case apiDeployments(service: Int, environment: Int)
  case apiChangelog(service: Int, environment: Int)
  case apiReleases(service: Int)
  case apiRuns(service: Int)
  case apiCompare(service: Int, upstream: Int, downstream: Int)
  case apiSchema(String)

  /// The word under which `build.json` counts this kind of page.
  package var kind: String {
    switch self {
    case .dashboard: "dashboard"
    case .pending: "pending"
    case .incidents, .incident: "incident"
    case .notFound: "404"
    case .skipped: "skipped"
    case .extra: "page"
    case .environment: "environment"
    case .history: "history"
    case .changelog, .changelogMonth: "changelog"
    case .compare: "compare"
    case .service: "service"
    case .release: "release"
    case .releaseSource: "source"
    case .deployment: "deployment"
    case .run: "run"
    case .changes: "changes"
    case .audit, .auditMonths, .auditCSV, .auditJSON: "audit"
    case .shortLived: "short-lived"
    case .metrics, .metricsMonth: "metrics"
    case .statusText: "status"
    case .sitemap: "sitemap"
    case .robots: "robots"
    case .calendar: "calendar"
    case .searchJSON, .searchScript: "search"
    case .asOfScript: "clock"
    case .feedAtom, .feedJSON, .environmentFeedAtom, .environmentFeedJSON, .incidentFeedAtom, .incidentFeedJSON: "feed"
    case .badge, .badgeJSON: "badge"
    case .asset: "asset"
    case .media: "media"
    case .apiSummary, .apiEnvironments, .apiPending, .apiIncidents, .apiMetrics, .apiBuild, .apiDeployments, .apiChangelog,
      .apiReleases,
      .apiRuns, .apiCompare:
      "api"
    case .apiSchema: "schema"
    }
  }
}

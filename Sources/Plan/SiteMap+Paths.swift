import Releases

/// Where each file of the site stands, relative to the output folder; asked by the list of all files and by whoever leads to one.
extension SiteMap {
  /// nil for a run, a deployment or a release without a page.
  func path(of page: HTMLPage) -> String? {
    switch page {
    case .dashboard: "index.html"
    case .pending: "pending.html"
    case .incidents: "incidents.html"
    case .notFound: "404.html"
    case .skipped: "skipped.html"
    case .shortLived: "short-lived.html"
    case .environment(let index): environment(index)
    case .history(let environment, let month): history(environment, month)
    case .changelog(let environment): changelog(environment)
    case .changelogMonth(let environment, let month): changelog(environment, month)
    case .compare(let upstream, let downstream, let service): compare(upstream, downstream, service: service)
    case .service(let index): service(index)
    case .release(let service, let index): release(service, index)
    case .deployment(let service, let index): deployment(service, index)
    case .run(let service, let index): run(service, index)
    case .incident(let index): incident(index)
    case .extra(let index): extra(index)
    case .changes(let service, let month, let day): changes(service, CommitIndex.Bucket(month: month, day: day))
    case .auditMonths: "audit.html"
    case .audit(let month): audit(month)
    case .metrics: "metrics.html"
    case .metricsMonth(let month): metrics(month)
    }
  }

  package func path(of file: MachineFile) -> String {
    switch file {
    case .statusText: "status.txt"
    case .sitemap: "sitemap.xml"
    case .robots: "robots.txt"
    case .calendar: "calendar.ics"
    case .searchJSON: "search.json"
    case .searchScript: "search.js"
    case .asOfScript: "as-of.js"
    case .atomFeed(let scope): folder(of: scope) + "feed.atom"
    case .jsonFeed(let scope): folder(of: scope) + "feed.json"
    case .badge(let service, let environment): "badges/\(services[service])/\(environments[environment]).svg"
    case .badgeJSON(let service, let environment): "badges/\(services[service])/\(environments[environment]).json"
    case .auditCSV(let month): "audit/\(month.key).csv"
    case .auditJSON(let month): "audit/\(month.key).json"
    case .apiSummary: "api/v1/summary.json"
    case .apiEnvironments: "api/v1/environments.json"
    case .apiPending: "api/v1/pending.json"
    case .apiIncidents: "api/v1/incidents.json"
    case .apiMetrics: "api/v1/metrics.json"
    case .apiBuild: "api/v1/build.json"
    case .apiDeployments(let service, let environment): apiFolder(service, environment) + "/deployments.json"
    case .apiChangelog(let service, let environment): apiFolder(service, environment) + "/changelog.json"
    case .apiReleases(let service): "api/v1/services/\(services[service])/releases.json"
    case .apiRuns(let service): "api/v1/runs/\(services[service]).json"
    case .apiCompare(let service, let upstream, let downstream):
      "api/v1/compare/\(services[service])/\(environments[upstream])...\(environments[downstream]).json"
    case .apiSchema(let name): "api/v1/schemas/\(name).json"
    }
  }

  private func folder(of scope: MachineFile.FeedScope) -> String {
    switch scope {
    case .all: ""
    case .incidents: "incidents/"
    case .environment(let index): "environments/\(environments[index])/"
    }
  }

  private func apiFolder(_ service: Int, _ environment: Int) -> String {
    "api/v1/services/\(services[service])/\(environments[environment])"
  }
}

import Records
package import Releases
package import Report

/// What a page for people is about. Numbers are indices into the catalog: services, environments, and a service's runs, deployments, releases.
package enum HTMLPage: Hashable, Sendable {
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
  case deployment(service: Int, deployment: Int)
  case run(service: Int, run: Int)
  case incident(Int)
  /// Words of the site's own.
  case extra(Int)
  /// Where the commits of a month are; of one of its days where the month has a page a day.
  case changes(service: Int, month: Month, day: Int?)
  /// The months of the audit.
  case auditMonths
  /// Every change of production that finished in the month.
  case audit(Period)
  /// Environments that end when their work does.
  case shortLived

  case metrics
  /// A closed month.
  case metricsMonth(Month)

  package var kind: Page.Kind {
    switch self {
    case .dashboard: .dashboard
    case .pending: .pending
    case .incidents, .incident: .incident
    case .notFound: .notFound
    case .skipped: .skipped
    case .extra: .page
    case .environment: .environment
    case .history: .history
    case .changelog, .changelogMonth: .changelog
    case .compare: .compare
    case .service: .service
    case .release: .release
    case .deployment: .deployment
    case .run: .run
    case .changes: .changes
    case .audit, .auditMonths: .audit
    case .shortLived: .shortLived
    case .metrics, .metricsMonth: .metrics
    }
  }

  /// The title under which the search lists it; nil for what has an entry of its own there, as a service.
  package func searchTitle(in catalog: Catalog) -> Sentence? {
    switch self {
    case .dashboard: "Dashboard"
    case .pending: "Waiting"
    case .incidents: "Incidents"
    case .changelog(let environment): "Changelog of \(catalog.environments[environment].name)"
    case .metrics: "Metrics"
    case .auditMonths: "Audit"
    case .shortLived: "Short-lived environments"
    case .compare(let upstream, let downstream, nil):
      "What \(catalog.environments[downstream].name) would get from \(catalog.environments[upstream].name)"
    case .audit(let month): "Audit, \(month.name)"
    case .extra(let index): "\(catalog.pages[index].title)"
    case .notFound, .skipped, .environment, .history, .changelogMonth, .compare, .service, .release, .deployment, .run,
      .incident, .changes, .metricsMonth:
      nil
    }
  }

  /// Whether it was written once, as a release or an incident; everything else is made anew from what is known (ogp.me).
  package var isArticle: Bool {
    switch self {
    case .release, .incident: true
    case .dashboard, .pending, .incidents, .notFound, .skipped, .environment, .history, .changelog, .changelogMonth, .compare,
      .service, .deployment, .run, .extra, .changes, .auditMonths, .audit, .shortLived, .metrics, .metricsMonth:
      false
    }
  }
}

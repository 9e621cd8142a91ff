package import Releases

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

/// What a file of the site is: each kind is written by one room, or stands there as it was read.
package enum Page: Hashable, Sendable {
  case html(HTMLPage)
  case machine(MachineFile)
  case verbatim(VerbatimFile)

  /// The kinds of page, by the words under which `build.json` counts them.
  package enum Kind: String, Sendable {
    case dashboard, pending, incident, skipped, page, environment, history, changelog, compare, service, release, source
    case deployment, run, changes, audit, metrics, status, sitemap, robots, calendar, search, clock, feed, badge, asset, media
    case api, schema
    case notFound = "404"
    case shortLived = "short-lived"
  }

  package var kind: Kind {
    switch self {
    case .html(let page): page.kind
    case .machine(let file): file.kind
    case .verbatim(let file): file.kind
    }
  }
}

/// A file whose bytes were there before the site was.
package enum VerbatimFile: Hashable, Sendable {
  /// Index into the theme's assets.
  case asset(Int)
  /// Index into the edition's pictures.
  case media(Int)
  /// The Markdown of a release as it was written.
  case releaseSource(service: Int, release: Int)

  var kind: Page.Kind {
    switch self {
    case .asset: .asset
    case .media: .media
    case .releaseSource: .source
    }
  }
}

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
}

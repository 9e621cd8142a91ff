package import Releases

/// What a file for programs holds.
package enum MachineFile: Hashable, Sendable {
  /// Of what a feed tells.
  package enum FeedScope: Hashable, Sendable {
    case all, incidents
    case environment(Int)
  }

  case statusText, sitemap, robots, calendar
  /// What the site holds, by title and words; as a script too, since a page that is opened from disk cannot fetch.
  case searchJSON, searchScript
  /// As-of as a script: a page that is left open sees that there is a newer build before it gives up what it shows.
  case asOfScript
  case atomFeed(FeedScope)
  case jsonFeed(FeedScope)
  case badge(service: Int, environment: Int)
  case badgeJSON(service: Int, environment: Int)
  /// Every change of production that finished in the month: for a spreadsheet, for programs.
  case auditCSV(Period)
  case auditJSON(Period)

  case apiSummary, apiEnvironments, apiPending, apiIncidents, apiMetrics, apiBuild
  case apiDeployments(service: Int, environment: Int)
  case apiChangelog(service: Int, environment: Int)
  case apiReleases(service: Int)
  case apiRuns(service: Int)
  case apiCompare(service: Int, upstream: Int, downstream: Int)
  case apiSchema(String)

  var kind: Page.Kind {
    switch self {
    case .statusText: .status
    case .sitemap: .sitemap
    case .robots: .robots
    case .calendar: .calendar
    case .searchJSON, .searchScript: .search
    case .asOfScript: .clock
    case .atomFeed, .jsonFeed: .feed
    case .badge, .badgeJSON: .badge
    case .auditCSV, .auditJSON: .audit
    case .apiSummary, .apiEnvironments, .apiPending, .apiIncidents, .apiMetrics, .apiBuild, .apiDeployments, .apiChangelog,
      .apiReleases, .apiRuns, .apiCompare:
      .api
    case .apiSchema: .schema
    }
  }
}

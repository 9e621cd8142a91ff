package import Diagnostics
package import Releases

/// Every page's path: what exists, and where a link to an entity leads. An entity without a page has no path, and no link.
package struct SiteMap: Sendable {
  /// In the order of their paths.
  package let plans: [PagePlan]
  let environments: [String]
  let services: [String]
  /// `[service][run]`, and so on; nil: left out by retention (site.md), or no page for its kind.
  private let runs: [[String?]]
  private let deployments: [[String?]]
  private let releases: [[String?]]
  private let incidents: [String]
  /// `[environment]`: months that have attempts, newest first.
  let historyMonths: [[Month]]
  /// `[environment]`: months that have changelog entries, newest first.
  let changelogMonths: [[Month]]

  func environment(_ index: Int) -> String { "environments/\(environments[index]).html" }
  func changelog(_ environment: Int) -> String { "environments/\(environments[environment])/changelog.html" }
  func changelog(_ environment: Int, _ month: Month) -> String { "environments/\(environments[environment])/changelog/\(month.key).html" }
  func history(_ environment: Int, _ month: Month) -> String { "environments/\(environments[environment])/history/\(month.key).html" }
  func service(_ index: Int) -> String { "services/\(services[index]).html" }
  func run(_ service: Int, _ run: Int) -> String? { runs[service][run].map { "runs/\(services[service])/\($0).html" } }
  func deployment(_ service: Int, _ deployment: Int) -> String? {
    deployments[service][deployment].map { "deployments/\(services[service])/\($0).html" }
  }
  func release(_ service: Int, _ release: Int) -> String? {
    releases[service][release].map { "releases/\(services[service])/\($0).html" }
  }
  func releaseSource(_ service: Int, _ release: Int) -> String? {
    releases[service][release].map { "releases/\(services[service])/\($0).md" }
  }
  func incident(_ index: Int) -> String { "incidents/\(incidents[index]).html" }
  func badge(_ service: Int, _ environment: Int) -> String { "badges/\(services[service])/\(environments[environment]).svg" }
  /// The folder of the JSON of a service in an environment, under `api/v1/`.
  func apiFolder(_ service: Int, _ environment: Int) -> String {
    "api/v1/services/\(services[service])/\(environments[environment])"
  }
}

extension SiteMap {
  /// The site map of a catalog. Two sources for one path are an error.
  package static func plan(_ catalog: Catalog, assets: [String], schemas: [String]) -> Parsed<SiteMap> {
    var planner = SitePlanner(catalog: catalog)
    planner.addPages(assets: assets, schemas: schemas)
    let map = SiteMap(
      plans: planner.plans.sorted { $0.path < $1.path }, environments: planner.environments, services: planner.services,
      runs: planner.runs, deployments: planner.deployments, releases: planner.releases, incidents: planner.incidents,
      historyMonths: planner.historyMonths, changelogMonths: planner.changelogMonths)
    return Parsed(map, planner.collisions())
  }
}

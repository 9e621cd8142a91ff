package import Diagnostics
import Documents
package import Markdown
import Records
package import Releases

/// Every page's path: what exists, and where a link to an entity leads. An entity without a page has no path, and no link.
package struct SiteMap: Sendable {
  /// In the order of their paths.
  package private(set) var plans: [PagePlan] = []
  private let names: SiteNames
  /// By file of the content folder.
  private let filePages: [String: FilePage]

  package var environments: [String] { names.environments }
  package var services: [String] { names.services }
  /// What each month page shows.
  package var months: MonthIndex { names.months }
  /// `[service]`: what each page of commits shows.
  package var commits: [CommitIndex] { names.commits }
  /// What issues look like.
  package var issues: [KeyPattern] { names.issues }

  package func environment(_ index: Int) -> String { "environments/\(environments[index]).html" }
  package func changelog(_ environment: Int) -> String { "environments/\(environments[environment])/changelog.html" }
  package func changelog(_ environment: Int, _ month: Period) -> String {
    "environments/\(environments[environment])/changelog/\(month.key).html"
  }
  package func history(_ environment: Int, _ month: Period) -> String {
    "environments/\(environments[environment])/history/\(month.key).html"
  }
  /// All services together, or one.
  package func compare(_ upstream: Int, _ downstream: Int, service: Int? = nil) -> String {
    let folder = service.map { "compare/\(services[$0])/" } ?? "compare/"
    return folder + "\(environments[upstream])...\(environments[downstream]).html"
  }
  package func service(_ index: Int) -> String { "services/\(services[index]).html" }
  /// Where a link to a file of the content folder, or to a place in it, leads; nil where it has no page.
  package func page(ofFile path: String, place: String?) -> String? {
    guard let page = filePages[path] else { return nil }
    guard let place, !place.isEmpty, let ids = page.ids else { return page.path }
    return page.path + "#" + ids + place
  }
  /// The path of the page of a run, relative to the site.
  package func run(_ service: Int, _ run: Int) -> String? {
    names.runs[service][run].map { "runs/\(services[service])/\($0).html" }
  }
  package func deployment(_ service: Int, _ deployment: Int) -> String? {
    names.deployments[service][deployment].map { "deployments/\(services[service])/\($0).html" }
  }
  /// The permanent name of a changelog entry within the pages of its environment, where it is an element's id: by service and deployment
  /// (rules.md, Changelog, rule 9). It holds a `/`, as no id of the layout does.
  package func entryID(_ service: Int, deployment: Int) -> String {
    services[service] + "/" + names.deploymentSlugs[service][deployment]
  }
  /// The page and place of a changelog entry that does not move: on the page of its month.
  package func entry(_ environment: Int, _ month: Period, service: Int, deployment: Int) -> String {
    changelog(environment, month) + "#" + entryID(service, deployment: deployment)
  }
  package func release(_ service: Int, _ release: Int) -> String? {
    names.releases[service][release].map { "releases/\(services[service])/\($0).html" }
  }
  /// The name of a release within its service; empty for an unreleased section.
  package func releaseSlug(_ service: Int, _ release: Int) -> String { names.releases[service][release] ?? "" }
  package func releaseSource(_ service: Int, _ release: Int) -> String? {
    names.releases[service][release].map { "releases/\(services[service])/\($0).md" }
  }
  package func changes(_ service: Int, _ bucket: CommitIndex.Bucket) -> String {
    "changes/\(services[service])/\(bucket.key).html"
  }
  /// Where it is told where a commit is; nil for one that nothing puts into a month.
  package func whereabouts(_ service: Int, sha: String) -> String? {
    let commits = commits[service]
    guard let change = commits.change(sha), let bucket = commits.bucket(of: change) else { return nil }
    return changes(service, bucket) + "#" + SiteMap.rowID(ofCommit: commits.changes[change].change.sha)
  }
  /// The name of a commit's row on the page of its month.
  package static func rowID(ofCommit sha: String) -> String { "c/" + Slug.of(String(sha.prefix(12)).lowercased()) }
  /// The name of an issue's row on the page of a month.
  package static func rowID(ofIssue key: String) -> String { "i/" + Slug.of(key.lowercased()) }
  /// The id of what waits or is behind, on the changelog of an environment.
  package func pendingID(_ service: Int) -> String { "pending/" + services[service] }
  /// The id of a service on an environment's page; the `/` keeps a service called `main` from the id of the content.
  package func placeID(_ service: Int) -> String { "service/" + services[service] }
  package func metrics(_ month: Month) -> String { "metrics/\(month.key).html" }
  package func audit(_ month: Period) -> String { "audit/\(month.key).html" }
  package func extra(_ index: Int) -> String { "pages/\(names.extras[index]).html" }
  package func incident(_ index: Int) -> String { "incidents/\(names.incidents[index]).html" }
}

extension SiteMap {
  /// The site map of a catalog. Two sources for one path are an error.
  package static func plan(
    _ catalog: Catalog, assets: [String], schemas: [String], media: [String] = []
  ) -> Parsed<SiteMap> {
    let names = SiteNames(catalog)
    var map = SiteMap(names: names, filePages: names.filePages(catalog))
    var list = PageList(catalog, map)
    list.addPages(assets: assets, schemas: schemas, media: media)
    map.plans = list.plans.sorted { $0.path < $1.path }
    return Parsed(map, list.collisions())
  }
}

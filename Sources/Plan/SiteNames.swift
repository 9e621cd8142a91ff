import Diagnostics
import Documents
import Markdown
import Records
import Releases

/// Which things of a catalog have a page, and what each is called in its path. Names are assigned in the order of the catalog, so
/// that two which would be the same are told apart always alike.
struct SiteNames: Sendable {
  let environments: [String]
  let services: [String]
  /// `[service][run]`, and so on; nil: left out by retention (site.md), or no page for its kind.
  private(set) var runs: [[String?]]
  private(set) var deployments: [[String?]]
  /// Of every deployment, with or without a page: entries of changelogs are named by them.
  private(set) var deploymentSlugs: [[String]]
  let releases: [[String?]]
  let incidents: [String]
  let extras: [String]
  /// What each month page shows.
  let months: MonthIndex
  /// `[service]`: what each page of commits shows.
  let commits: [CommitIndex]
  /// What issues look like.
  let issues: [KeyPattern]

  init(_ catalog: Catalog) {
    environments = Slug.assign(catalog.environments.map(\.key))
    services = Slug.assign(catalog.services.map(\.key))
    incidents = Slug.assign(catalog.incidents.map(\.record.id))
    extras = Slug.assign(catalog.pages.map(\.name))
    releases = catalog.services.map { service in
      let versions = service.releases.compactMap(\.version)
      var slugs = Slug.assign(versions).makeIterator()
      return service.releases.map { $0.version == nil ? nil : slugs.next() }
    }
    runs = []
    deployments = []
    deploymentSlugs = []
    months = MonthIndex(catalog)
    let issues = catalog.configuration.links.issues.compactMap { KeyPattern($0.pattern, address: $0.url) }
    self.issues = issues
    commits = catalog.services.indices.map { service in
      let columns = catalog.trackedEnvironments(of: service).count
      return CommitIndex(catalog, service: service, limit: SiteNames.commitLimit(columns: columns)) {
        !IssueKey.all(in: $0, issues).isEmpty
      }
    }
    for index in catalog.services.indices {
      let kept = Retention(service: index, catalog: catalog)
      let service = catalog.services[index]
      let slugs = Slug.assign(service.deployments.map(\.id))
      runs.append(SiteNames.kept(kept.runs, of: Slug.assign(SiteNames.names(of: service.runs))))
      deployments.append(SiteNames.kept(kept.deployments, of: slugs))
      deploymentSlugs.append(slugs)
    }
  }

  /// How many commits a page holds: 1,300 cells weigh about 400 kB.
  private static func commitLimit(columns: Int) -> Int { min(500, max(50, 1_300 / max(1, columns))) }

  /// What each run is called in its path: its id, with its provider and repository where another run of the service has the same id.
  private static func names(of runs: [Run]) -> [String] {
    let uses = Dictionary(runs.map { ($0.record.id, 1) }, uniquingKeysWith: +)
    return runs.map { run in
      guard uses[run.record.id, default: 0] > 1 else { return run.record.id }
      return [run.record.provider, run.record.repository, run.record.id].compactMap { $0 }.joined(separator: "/")
    }
  }

  private static func kept(_ kept: [Bool], of slugs: [String]) -> [String?] { zip(slugs, kept).map { $1 ? $0 : nil } }
}

import Diagnostics
import Documents
import Markdown
import Records
import Releases

/// Lists the pages of a catalog. Used once, by `SiteMap.plan`.
struct SitePlanner {
  let catalog: Catalog
  private(set) var plans: [PagePlan] = []
  let environments: [String]
  let services: [String]
  private(set) var runs: [[String?]]
  private(set) var deployments: [[String?]]
  /// Of every deployment, with or without a page: entries of changelogs are named by them.
  private(set) var deploymentSlugs: [[String]]
  let releases: [[String?]]
  let incidents: [String]
  let extras: [String]
  let months: MonthIndex
  let commits: [CommitIndex]
  /// What issues look like.
  let issues: [KeyPattern]

  init(catalog: Catalog) {
    self.catalog = catalog
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
      return CommitIndex(catalog, service: service, limit: SitePlanner.commitLimit(columns: columns)) {
        !IssueKey.all(in: $0, issues).isEmpty
      }
    }
    for index in catalog.services.indices {
      let kept = Retention(service: index, catalog: catalog)
      let service = catalog.services[index]
      let slugs = Slug.assign(service.deployments.map(\.id))
      runs.append(SitePlanner.kept(kept.runs, of: Slug.assign(SitePlanner.names(of: service.runs))))
      deployments.append(SitePlanner.kept(kept.deployments, of: slugs))
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

  mutating func addPages(assets: [String], schemas: [String], media: [String]) {
    addTop(assets: assets, schemas: schemas)
    for (index, path) in media.enumerated() { add(path, .media(index)) }
    for index in environments.indices { addEnvironment(index) }
    for pair in catalog.neighbours { addComparisons(pair.upstream, pair.downstream) }
    for index in services.indices { addService(index) }
    for (index, slug) in incidents.enumerated() { add("incidents/\(slug).html", .incident(index)) }
    for (index, slug) in extras.enumerated() { add("pages/\(slug).html", .extra(index)) }
    if !catalog.productions.isEmpty { add("audit.html", .auditMonths) }
    for month in months.auditMonths { addAudit(month) }
  }

  private mutating func add(_ path: String, _ page: HTMLPage) { plans.append(PagePlan(path: path, page: .html(page))) }
  private mutating func add(_ path: String, _ file: MachineFile) { plans.append(PagePlan(path: path, page: .machine(file))) }
  private mutating func add(_ path: String, _ file: VerbatimFile) { plans.append(PagePlan(path: path, page: .verbatim(file))) }

  private mutating func addTop(assets: [String], schemas: [String]) {
    add("index.html", .dashboard)
    add("pending.html", .pending)
    add("incidents.html", .incidents)
    add("metrics.html", .metrics)
    for month in months.closedMonths { add("metrics/\(month.key).html", .metricsMonth(month)) }
    if catalog.environments.contains(where: \.isShortLived) { add("short-lived.html", .shortLived) }
    add("404.html", .notFound)
    add("skipped.html", .skipped)
    add("status.txt", .statusText)
    add("robots.txt", .robots)
    add("calendar.ics", .calendar)
    add("search.json", .searchJSON)
    add("search.js", .searchScript)
    add("as-of.js", .asOfScript)
    if catalog.configuration.site.url != nil { add("sitemap.xml", .sitemap) }
    add("feed.atom", .atomFeed(.all))
    add("feed.json", .jsonFeed(.all))
    add("incidents/feed.atom", .atomFeed(.incidents))
    add("incidents/feed.json", .jsonFeed(.incidents))
    add("api/v1/summary.json", .apiSummary)
    add("api/v1/environments.json", .apiEnvironments)
    add("api/v1/pending.json", .apiPending)
    add("api/v1/incidents.json", .apiIncidents)
    add("api/v1/metrics.json", .apiMetrics)
    add("api/v1/build.json", .apiBuild)
    for (index, asset) in assets.enumerated() { add(asset, .asset(index)) }
    for schema in schemas { add("api/v1/schemas/\(schema).json", .apiSchema(schema)) }
  }

  private mutating func addComparisons(_ upstream: Int, _ downstream: Int) {
    let name = "\(environments[upstream])...\(environments[downstream])"
    add("compare/\(name).html", .compare(upstream: upstream, downstream: downstream, service: nil))
    for service in services.indices where catalog.histories[service][downstream].cell.upstream == upstream {
      add("compare/\(services[service])/\(name).html", .compare(upstream: upstream, downstream: downstream, service: service))
      add(
        "api/v1/compare/\(services[service])/\(name).json",
        .apiCompare(service: service, upstream: upstream, downstream: downstream))
    }
  }

  private mutating func addAudit(_ month: Period) {
    add("audit/\(month.key).html", .audit(month))
    add("audit/\(month.key).csv", .auditCSV(month))
    add("audit/\(month.key).json", .auditJSON(month))
    add("api/v1/audit/\(month.key).json", .auditJSON(month))
  }

  private mutating func addEnvironment(_ index: Int) {
    let folder = "environments/\(environments[index])"
    add(folder + ".html", .environment(index))
    add(folder + "/changelog.html", .changelog(environment: index))
    add(folder + "/feed.atom", .atomFeed(.environment(index)))
    add(folder + "/feed.json", .jsonFeed(.environment(index)))
    let place = months.places[index]
    for month in place.historyMonths { add(folder + "/history/\(month.key).html", .history(environment: index, month: month)) }
    for month in place.changelogMonths {
      add(folder + "/changelog/\(month.key).html", .changelogMonth(environment: index, month: month))
    }
  }

  private mutating func addService(_ index: Int) {
    let slug = services[index]
    add("services/\(slug).html", .service(index))
    add("api/v1/runs/\(slug).json", .apiRuns(service: index))
    add("api/v1/services/\(slug)/releases.json", .apiReleases(service: index))
    // So many come and go that only what happened there is worth a file.
    for (environment, key) in environments.enumerated()
    where !catalog.environments[environment].isShortLived || !catalog.histories[index][environment].deployments.isEmpty {
      add("api/v1/services/\(slug)/\(key)/deployments.json", .apiDeployments(service: index, environment: environment))
      add("api/v1/services/\(slug)/\(key)/changelog.json", .apiChangelog(service: index, environment: environment))
      add("badges/\(slug)/\(key).svg", .badge(service: index, environment: environment))
      add("badges/\(slug)/\(key).json", .badgeJSON(service: index, environment: environment))
    }
    for bucket in commits[index].buckets {
      add("changes/\(slug)/\(bucket.key).html", .changes(service: index, month: bucket.month, day: bucket.day))
    }
    for (release, name) in releases[index].enumerated() {
      guard let name else { continue }
      add("releases/\(slug)/\(name).html", .release(service: index, release: release))
      if catalog.services[index].releases[release].note != nil {
        add("releases/\(slug)/\(name).md", .releaseSource(service: index, release: release))
      }
    }
    for (run, name) in runs[index].enumerated() {
      if let name { add("runs/\(slug)/\(name).html", .run(service: index, run: run)) }
    }
    for (deployment, name) in deployments[index].enumerated() {
      if let name { add("deployments/\(slug)/\(name).html", .deployment(service: index, deployment: deployment)) }
    }
  }

  /// Paths that two sources claim, and paths that would be a file and a folder: on these errors the build stops before it writes.
  func collisions() -> [Diagnostic] {
    let paths = plans.map(\.path).sorted()
    let twice = zip(paths, paths.dropFirst()).filter { $0 == $1 }.map { Diagnostic(.error, .twoSources(path: $0.0)) }
    let files = Set(paths)
    let folders = Set(paths.flatMap(SitePlanner.folders)).intersection(files).sorted()
    return twice + folders.map { Diagnostic(.error, .fileAndFolder(path: $0)) }
  }

  private static func folders(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}

extension Diagnostic.Message {
  static func twoSources(path: String) -> Self {
    Self(id: "two-sources", "two sources for one page, \(path); rename one of them")
  }

  static func fileAndFolder(path: String) -> Self {
    Self(id: "file-and-folder", "\(path) would be a page and a folder; rename the environment or the service whose key ends so")
  }
}

import Diagnostics
import Records
import Releases

/// Lists the files of a site by its map, so that a page stands where links lead. Used once, by `SiteMap.plan`.
struct PageList {
  let catalog: Catalog
  let map: SiteMap
  private(set) var plans: [PagePlan] = []

  init(_ catalog: Catalog, _ map: SiteMap) { (self.catalog, self.map) = (catalog, map) }

  mutating func addPages(assets: [String], schemas: [String], media: [String]) {
    addTop()
    for (index, asset) in assets.enumerated() { add(asset, .asset(index)) }
    for (index, path) in media.enumerated() { add(path, .media(index)) }
    for schema in schemas { add(.apiSchema(schema)) }
    for index in catalog.environments.indices { addEnvironment(index) }
    for pair in catalog.neighbours { addComparisons(pair.upstream, pair.downstream) }
    for index in catalog.services.indices { addService(index) }
    for index in catalog.incidents.indices { add(.incident(index)) }
    for index in catalog.pages.indices { add(.extra(index)) }
    if !catalog.productions.isEmpty { add(.auditMonths) }
    for month in map.months.auditMonths { addAudit(month) }
  }

  /// Nothing, where it has no page.
  private mutating func add(_ page: HTMLPage) {
    if let path = map.path(of: page) { plans.append(PagePlan(path: path, page: .html(page))) }
  }
  private mutating func add(_ file: MachineFile) { plans.append(PagePlan(path: map.path(of: file), page: .machine(file))) }
  private mutating func add(_ path: String, _ file: VerbatimFile) { plans.append(PagePlan(path: path, page: .verbatim(file))) }

  private mutating func addTop() {
    for page in [HTMLPage.dashboard, .pending, .incidents, .metrics, .notFound, .skipped] { add(page) }
    for month in map.months.closedMonths { add(.metricsMonth(month)) }
    if catalog.environments.contains(where: \.isShortLived) { add(.shortLived) }
    let files: [MachineFile] = [
      .statusText, .robots, .calendar, .searchJSON, .searchScript, .asOfScript, .atomFeed(.all), .jsonFeed(.all),
      .atomFeed(.incidents), .jsonFeed(.incidents), .apiSummary, .apiEnvironments, .apiPending, .apiIncidents, .apiMetrics,
      .apiBuild,
    ]
    for file in files { add(file) }
    if catalog.configuration.site.url != nil { add(.sitemap) }
  }

  private mutating func addComparisons(_ upstream: Int, _ downstream: Int) {
    add(.compare(upstream: upstream, downstream: downstream, service: nil))
    for service in catalog.services.indices where catalog.histories[service][downstream].cell.upstream == upstream {
      add(.compare(upstream: upstream, downstream: downstream, service: service))
      add(.apiCompare(service: service, upstream: upstream, downstream: downstream))
    }
  }

  private mutating func addAudit(_ month: Period) {
    add(.audit(month))
    add(.auditCSV(month))
    add(.auditJSON(month))
    // The interface has it too, with the same bytes.
    plans.append(PagePlan(path: "api/v1/" + map.path(of: .auditJSON(month)), page: .machine(.auditJSON(month))))
  }

  private mutating func addEnvironment(_ index: Int) {
    add(.environment(index))
    add(.changelog(environment: index))
    add(.atomFeed(.environment(index)))
    add(.jsonFeed(.environment(index)))
    for month in map.months.places[index].historyMonths { add(.history(environment: index, month: month)) }
    for month in map.months.places[index].changelogMonths { add(.changelogMonth(environment: index, month: month)) }
  }

  private mutating func addService(_ index: Int) {
    let service = catalog.services[index]
    add(.service(index))
    add(.apiRuns(service: index))
    add(.apiReleases(service: index))
    // So many come and go that only what happened there is worth a file.
    for (place, environment) in catalog.environments.enumerated()
    where !environment.isShortLived || !catalog.histories[index][place].deployments.isEmpty {
      add(.apiDeployments(service: index, environment: place))
      add(.apiChangelog(service: index, environment: place))
      add(.badge(service: index, environment: place))
      add(.badgeJSON(service: index, environment: place))
    }
    for bucket in map.commits[index].buckets { add(.changes(service: index, month: bucket.month, day: bucket.day)) }
    for (release, value) in service.releases.enumerated() {
      add(.release(service: index, release: release))
      guard value.note != nil, let path = map.releaseSource(index, release) else { continue }
      add(path, .releaseSource(service: index, release: release))
    }
    for run in service.runs.indices { add(.run(service: index, run: run)) }
    for deployment in service.deployments.indices { add(.deployment(service: index, deployment: deployment)) }
  }

  /// Paths that two sources claim, and paths that would be a file and a folder: on these errors the build stops before it writes.
  func collisions() -> [Diagnostic] {
    let paths = plans.map(\.path).sorted()
    let twice = zip(paths, paths.dropFirst()).filter { $0 == $1 }.map { Diagnostic(.error, .twoSources(path: $0.0)) }
    let files = Set(paths)
    let folders = Set(paths.flatMap(PageList.folders)).intersection(files).sorted()
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

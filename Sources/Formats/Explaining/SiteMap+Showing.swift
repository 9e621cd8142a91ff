import Plan
import Records
import Releases
import Report

extension SiteMap {
  /// A page on which a fact stands, and as what.
  struct Showing: Hashable, Sendable {
    let path: String
    let role: String
  }

  /// Where a fact stands, its own page first.
  func pages(of fact: Explanation.Fact, in catalog: Catalog) -> [Showing] {
    switch fact {
    case .run(let service, let run):
      return [showing(self.run(service, run), "its page")].compactMap(\.self)
    case .deployment(let service, let deployment): return pages(ofDeployment: deployment, of: service, catalog)
    case .release(let service, let release): return pages(ofRelease: release, of: service, catalog)
    case .incident(let index): return [Showing(path: incident(index), role: "its page")]
    }
  }

  private func showing(_ path: String?, _ role: String) -> Showing? { path.map { Showing(path: $0, role: role) } }

  private func pages(ofDeployment index: Int, of service: Int, _ catalog: Catalog) -> [Showing] {
    let deployment = catalog.services[service].deployments[index]
    let environment = deployment.environment
    var pages = [
      showing(self.deployment(service, index), "its page"),
      showing(deployment.run.flatMap { run(service, $0) }, "the page of its run"),
    ].compactMap(\.self)
    let cell = catalog.histories[service][environment].cell
    let name = catalog.environments[environment].name
    // Environments that end with their work stand on a list of their own.
    let board = catalog.environments[environment].isShortLived ? "short-lived.html" : "index.html"
    let running =
      cell.state == .unknown ? cell.candidates : ([cell.current] + cell.targets.map(\.deployment)).compactMap(\.self)
    if running.contains(index) {
      pages.append(Showing(path: board, role: "what \(cell.state == .unknown ? "may run" : "runs") in \(name)"))
    }
    if cell.lastAttempt == index { pages.append(Showing(path: board, role: "the latest attempt in \(name)")) }
    if cell.waiting.contains(where: { $0.deployment == index }) {
      pages.append(Showing(path: "pending.html", role: "what waits for \(name)"))
    }
    if let month = catalog.historyMonth(of: deployment) {
      pages.append(Showing(path: history(environment, month), role: "the history of \(name)"))
    }
    if let entry = catalog.histories[service][environment].changelog.entry(of: index) {
      let month = catalog.period(of: entry.at)
      pages.append(Showing(path: changelog(environment, month), role: "the changelog of \(name)"))
    }
    pages += [showing(deployment.release.flatMap { release(service, $0) }, "its release")].compactMap(\.self)
    return pages
  }

  private func pages(ofRelease index: Int, of service: Int, _ catalog: Catalog) -> [Showing] {
    let source = catalog.services[service].releases[index].note == nil ? nil : releaseSource(service, index)
    var pages = [showing(release(service, index), "its page"), showing(source, "its Markdown")].compactMap(\.self)
    pages.append(Showing(path: self.service(service), role: "the releases of \(catalog.services[service].name)"))
    return pages
  }

  /// Why a fact has no page of its own; nil where it has one. Which have one is settled by `SiteNames`.
  func unshown(_ fact: Explanation.Fact, in catalog: Catalog) -> String? {
    let limit = catalog.configuration.historyRuns
    switch fact {
    case .run(let service, let run):
      guard self.run(service, run) == nil else { return nil }
      return
        "no page: it is not among the newest \(limit) runs of the service (`history: {runs: …}`), and nothing of it is live"
    case .deployment(let service, let deployment):
      guard self.deployment(service, deployment) == nil else { return nil }
      return "no page of its own: its run is not among the newest \(limit) of the service (`history: {runs: …}`), and it is "
        + "neither live nor the latest attempt, and waits for nobody"
    case .release(let service, let release):
      return self.release(service, release) == nil ? "no page of its own: it is in no release yet" : nil
    case .incident: return nil
    }
  }
}

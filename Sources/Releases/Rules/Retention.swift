import Records

/// Which runs and deployments of a service have pages (site.md): the newest ones, and whatever is current, previous, waiting or
/// linked to an open incident.
package struct Retention: Sendable {
  /// `[run]`, `[deployment]`: whether it has one.
  package private(set) var runs: [Bool]
  package private(set) var deployments: [Bool]

  package init(service index: Int, catalog: Catalog) {
    let service = catalog.services[index]
    let limit = catalog.configuration.historyRuns
    runs = service.runs.indices.map { $0 < limit }
    deployments = service.deployments.map { $0.run.map { $0 < limit } ?? false }
    let alone = service.deployments.indices.filter { service.deployments[$0].run == nil }
    for deployment in alone.suffix(limit) { deployments[deployment] = true }
    for history in catalog.histories[index] {
      let cell = history.cell
      for deployment in [cell.current, cell.previous, cell.lastAttempt].compactMap({ $0 }) + cell.waiting.map(\.deployment) {
        keep(deployment, of: service)
      }
    }
    for incident in catalog.openIncidents.map({ catalog.incidents[$0] }) {
      for link in incident.causedBy + incident.fixedBy where link.service == index { keep(link.deployment, of: service) }
    }
  }

  private mutating func keep(_ deployment: Int, of service: Service) {
    deployments[deployment] = true
    if let run = service.deployments[deployment].run { runs[run] = true }
  }
}

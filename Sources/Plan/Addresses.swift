import Releases
package import Report
package import Template

extension Viewpoint {
  /// The address as it reads from here; nil for what has no page.
  package func address(of destination: Destination) -> String? {
    switch destination {
    case .environment(let index): url(map.environment(index))
    case .service(let index): url(map.service(index))
    case .release(let service, let index): url(map.release(service, index))
    case .deployment(let service, let index):
      url(
        map.deployment(service, index)
          ?? catalog.services[service].deployments[index].run.flatMap { map.run(service, $0) })
    case .deploymentAlone(let service, let index): url(map.deployment(service, index))
    case .run(let service, let index): url(map.run(service, index))
    case .incident(let index): url(map.incident(index))
    case .comparison(let upstream, let downstream, let service): url(map.compare(upstream, downstream, service: service))
    case .pendingList: url("pending.html")
    case .openQuestions: url("pending.html#unknown")
    case .incidents: url("incidents.html")
    case .skipped: url("skipped.html")
    case .shortLived: url("short-lived.html")
    case .metricsMonths: url("metrics.html#metrics-months")
    case .targets(let service, let index):
      root + map.environment(index) + "#" + map.placeID(service)
    case .pending(let service, let index):
      root + map.changelog(index) + "#" + map.pendingID(service)
    case .commit(let service, let sha): url(map.whereabouts(service, sha: sha))
    case .history(let environment, let month): url(map.history(environment, month))
    case .changelog(let environment, let month?): url(map.changelog(environment, month))
    case .changelog(let environment, nil): url(map.changelog(environment))
    case .changelogEntry(let service, let deployment, let month):
      url(
        map.entry(
          catalog.services[service].deployments[deployment].environment, month, service: service, deployment: deployment))
    case .audit(let month): url(map.audit(month))
    case .metrics(let month): url(map.metrics(month))
    case .commits(let service, let bucket): url(map.changes(service, bucket))
    case .releaseSource(let service, let index): url(map.releaseSource(service, index))
    case .site(let path): url(path)
    case .here(let id): "#" + id
    case .outside(let address): address
    }
  }

  package var addresses: Addresses { Addresses { (destination: Destination) in address(of: destination) } }
}

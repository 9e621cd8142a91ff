import Releases
import Template

/// What a link leads to: a thing of the catalog, by its number there, or a place that has an address of its own. Where that is, as it
/// reads from a page, is found when the page is written; what has no page is then no link.
enum Destination: Hashable {
  case environment(Int)
  case service(Int)
  case release(service: Int, Int)
  /// The page of a deployment, else of its run.
  case deployment(service: Int, Int)
  case run(service: Int, Int)
  case incident(Int)
  /// What an environment lacks that the one before it has, of all services or of one.
  case comparison(Int, Int, service: Int?)
  /// Where all targets of a service in an environment are told.
  case targets(service: Int, environment: Int)
  /// What waits or is behind, on the changelog of an environment.
  case pending(service: Int, environment: Int)
  /// A page or file of the site, by its name there: `pending.html`, `pending.html#unknown`.
  case site(String)
  /// A place on the same page, by its name.
  case here(String)
  /// An address outside of the site.
  case outside(String)
}

extension Viewpoint {
  /// The address as it reads from here; nil for what has no page.
  func address(of destination: Destination) -> String? {
    switch destination {
    case .environment(let index): url(map.environment(index))
    case .service(let index): url(map.service(index))
    case .release(let service, let index): url(map.release(service, index))
    case .deployment(let service, let index):
      url(
        map.deployment(service, index)
          ?? catalog.services[service].deployments[index].run.flatMap { map.run(service, $0) })
    case .run(let service, let index): url(map.run(service, index))
    case .incident(let index): url(map.incident(index))
    case .comparison(let upstream, let downstream, let service): url(map.compare(upstream, downstream, service: service))
    case .targets(let service, let index):
      root + map.environment(index) + "#" + map.placeID(service)
    case .pending(let service, let index):
      root + map.changelog(index) + "#" + map.pendingID(service)
    case .site(let path): url(path)
    case .here(let id): "#" + id
    case .outside(let address): address
    }
  }

  var addresses: Addresses { Addresses { (destination: Destination) in address(of: destination) } }
}

extension CompiledTemplate {
  /// The page as it reads from where it stands.
  func render(_ page: Page, from view: Viewpoint, into output: inout [UInt8]) {
    render(page, addresses: view.addresses, into: &output)
  }
}

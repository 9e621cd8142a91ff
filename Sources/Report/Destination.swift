/// What a link leads to: a thing of the catalog, by its number there, or a place that has an address of its own. Where that is, as it
/// reads from a page, is found when the page is written; what has no page is then no link.
package enum Destination: Hashable {
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
  /// Where it is told where a commit is; the start of its hash is enough.
  case commit(service: Int, String)
  /// A page or file of the site, by its name there: `pending.html`, `pending.html#unknown`.
  case site(String)
  /// A place on the same page, by its name.
  case here(String)
  /// An address outside of the site.
  case outside(String)
}

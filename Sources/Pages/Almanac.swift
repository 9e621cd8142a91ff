import Releases

/// What happened in each environment, by month of the site's zone. Made once with the site map, since every month page needs only its
/// own part of a long history.
struct Almanac: Sendable {
  /// A deployment that was tried.
  struct Attempt: Hashable, Sendable {
    let service: Int
    /// Index into the service's deployments.
    let deployment: Int
  }

  /// An entry of a changelog.
  struct Arrival: Hashable, Sendable {
    let service: Int
    /// Index into the entries of the service's changelog in the environment.
    let entry: Int
  }

  /// What happened in one environment, newest first within a month.
  struct Place: Sendable {
    /// By the month of their finish, else their start, else the creation of their run; those that still run are left out (site.md).
    fileprivate(set) var attempts: [Period: [Attempt]] = [:]
    fileprivate(set) var arrivals: [Period: [Arrival]] = [:]
    /// Newest first.
    fileprivate(set) var historyMonths: [Period] = []
    /// Newest first.
    fileprivate(set) var changelogMonths: [Period] = []
  }

  /// In the order of the catalog's environments.
  let places: [Place]
  /// The months with a change of production, newest first.
  let auditMonths: [Period]
  /// The months before this one in which something was tried, newest first; at most as many as the configuration keeps.
  let closedMonths: [Month]

  init(_ catalog: Catalog) {
    places = catalog.environments.indices.map { Almanac.place($0, in: catalog) }
    let now = catalog.month(of: catalog.asOf)
    closedMonths = Array(
      Set(places.flatMap(\.historyMonths).compactMap(\.month)).filter { $0 < now }.sorted(by: >).prefix(
        catalog.configuration.historyMonths))
    auditMonths = Set(catalog.productions.flatMap { [places] in places[$0].historyMonths }).sorted(by: >)
  }

  private static func place(_ environment: Int, in catalog: Catalog) -> Place {
    var place = Place()
    var attempts: [(key: Order, month: Period, attempt: Attempt)] = []
    var arrivals: [(key: Order, month: Period, arrival: Arrival)] = []
    for (service, histories) in catalog.histories.enumerated() {
      let history = histories[environment]
      for (position, index) in history.deployments.enumerated() {
        let deployment = catalog.services[service].deployments[index]
        guard deployment.isAttempt, deployment.state != .running else { continue }
        let key = Order(time: deployment.orderTime, service: service, position: position)
        attempts.append((key, catalog.period(of: deployment.orderTime), Attempt(service: service, deployment: index)))
      }
      for (index, entry) in history.changelog.entries.enumerated() {
        let key = Order(time: entry.at, service: service, position: -index)
        arrivals.append((key, catalog.period(of: entry.at), Arrival(service: service, entry: index)))
      }
    }
    for item in attempts.sorted(by: { $0.key.isNewer(than: $1.key) }) {
      place.attempts[item.month, default: []].append(item.attempt)
    }
    for item in arrivals.sorted(by: { $0.key.isNewer(than: $1.key) }) {
      place.arrivals[item.month, default: []].append(item.arrival)
    }
    place.historyMonths = place.attempts.keys.sorted(by: >)
    place.changelogMonths = place.arrivals.keys.sorted(by: >)
    return place
  }

  /// Newest first; of one moment by service, and within a service in the order of rules.md.
  private struct Order {
    let time: Timestamp?
    let service: Int
    /// Rises with the order of rules.md.
    let position: Int

    func isNewer(than other: Order) -> Bool {
      switch (time, other.time) {
      case (let mine?, let theirs?) where mine != theirs: return mine > theirs
      case (_?, nil): return true
      case (nil, _?): return false
      case (_?, _?), (nil, nil): break
      }
      return service != other.service ? service < other.service : position > other.position
    }
  }
}

import Records
import Time

/// What happened in each environment, by month of the site's zone. Made once, since what is told of a month needs only its own part of a
/// long history.
package struct MonthIndex: Sendable {
  /// A deployment that was tried.
  package struct Attempt: Hashable, Sendable {
    package let service: Int
    /// Index into the service's deployments.
    package let deployment: Int
  }

  /// An entry of a changelog.
  package struct Arrival: Hashable, Sendable {
    package let service: Int
    /// Index into the entries of the service's changelog in the environment.
    package let entry: Int
  }

  /// What happened in one environment, newest first within a month.
  package struct Place: Sendable {
    package fileprivate(set) var attempts: [Period: [Attempt]] = [:]
    package fileprivate(set) var arrivals: [Period: [Arrival]] = [:]
    /// Newest first.
    package fileprivate(set) var historyMonths: [Period] = []
    /// Newest first.
    package fileprivate(set) var changelogMonths: [Period] = []
  }

  /// In the order of the catalog's environments.
  package let places: [Place]
  /// The months with a change of production, newest first.
  package let auditMonths: [Period]
  /// The months before this one in which something was tried, newest first; at most as many as the configuration keeps.
  package let closedMonths: [Month]

  package init(_ catalog: Catalog) {
    places = catalog.environments.indices.map { MonthIndex.place($0, in: catalog) }
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
        guard let month = catalog.historyMonth(of: deployment) else { continue }
        let key = Order(time: deployment.orderTime, service: service, position: position)
        attempts.append((key, month, Attempt(service: service, deployment: index)))
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

extension Catalog {
  /// The month in whose history an attempt is listed: that of its finish, else of its start, else of the creation of its run. nil for what
  /// is no attempt, and for one that still runs (site.md).
  package func historyMonth(of deployment: Deployment) -> Period? {
    deployment.isAttempt && deployment.state != .running ? period(of: deployment.orderTime) : nil
  }
}

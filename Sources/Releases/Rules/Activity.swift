import Records
package import Time

/// Something that happened: an attempt, or a request at a gate.
package struct Activity: Sendable {
  package let time: Timestamp
  package let service: Int
  /// Index into the service's deployments.
  package let deployment: Int
  /// nil for an attempt, else what waits at the gate.
  package let waiting: Waiting?

  fileprivate func isNewer(than other: Activity) -> Bool {
    if time != other.time { return time > other.time }
    return service != other.service ? service < other.service : deployment > other.deployment
  }
}

extension Catalog {
  /// The newest attempts and requests anywhere but in short-lived environments, newest first.
  package func latestActivity(_ count: Int) -> [Activity] {
    let newest = services.indices.flatMap { activity(of: $0).sorted { $0.isNewer(than: $1) }.prefix(count) }
    return Array(newest.sorted { $0.isNewer(than: $1) }.prefix(count))
  }

  private func activity(of service: Int) -> [Activity] {
    let attempts = services[service].deployments.enumerated().compactMap { index, deployment -> Activity? in
      guard deployment.isAttempt, !environments[deployment.environment].isShortLived, let time = deployment.time
      else { return nil }
      return Activity(time: time, service: service, deployment: index, waiting: nil)
    }
    let kept = zip(histories[service], environments).filter { !$1.isShortLived }.map(\.0)
    let requests = kept.flatMap { history in
      history.cell.waiting.compactMap { waiting in
        waiting.since.map { Activity(time: $0, service: service, deployment: waiting.deployment, waiting: waiting) }
      }
    }
    return attempts + requests
  }
}

extension Catalog {
  /// The newest entries of the changelogs of some environments, newest first. What has no time is in its changelog alone.
  package func latestEntries(
    _ count: Int, in environments: [Int]
  ) -> [(service: Int, environment: Int, entry: ChangelogEntry, at: Timestamp)] {
    var found: [(service: Int, environment: Int, entry: ChangelogEntry, at: Timestamp)] = []
    for environment in environments {
      for (service, histories) in histories.enumerated() {
        // The newest of a list suffice: no older one can be among the newest of all.
        found += histories[environment].changelog.entries.prefix(count).compactMap { entry in
          entry.at.map { (service, environment, entry, $0) }
        }
      }
    }
    found.sort {
      ($1.at, $0.service, $0.environment, $1.entry.deployment) < ($0.at, $1.service, $1.environment, $0.entry.deployment)
    }
    return Array(found.prefix(count))
  }
}

import Records
package import Time

// What the records tell of how a release was made and how it fared.
extension Service {
  /// The deployment that first brought a release anywhere; else the first that tried to.
  package func origin(of release: Release) -> Deployment? {
    if let first = release.arrivals.min(by: { $0.deployment < $1.deployment }) { return deployments[first.deployment] }
    guard let version = release.version.map(Version.display) else { return nil }
    return deployments.first { Version.display($0.version) == version }
  }

  /// Where which build of a release arrived: by digest, in the order of the arrivals.
  package func builds(of release: Release) -> [(digest: String, environments: [Int])] {
    var builds: [(digest: String, environments: [Int])] = []
    var places: [String: Int] = [:]
    for deployment in release.arrivals.map({ deployments[$0.deployment] }) {
      guard let digest = deployment.digest else { continue }
      let place = places[digest] ?? builds.count
      if place == builds.count { builds.append((digest, [])) }
      places[digest] = place
      if !builds[place].environments.contains(deployment.environment) {
        builds[place].environments.append(deployment.environment)
      }
    }
    return builds
  }

  /// The last of some deployments that tried to bring a version.
  package func lastDeployment(of version: String, among deployments: [Int]) -> Int? {
    deployments.last { Version.display(self.deployments[$0].version) == version }
  }
}

extension Release {
  /// When it last came to an environment, by a time.
  package func lastArrival(in environment: Int, by time: Timestamp) -> Timestamp? {
    arrivals.filter { $0.environment == environment }.compactMap(\.arrivedAt).last { $0 <= time }
  }
}

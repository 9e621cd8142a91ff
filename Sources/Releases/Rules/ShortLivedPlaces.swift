import Records
import Time

/// A service in a short-lived environment (record.md, Short-lived environments).
package struct ShortLivedPlace: Sendable {
  package let service: Int
  /// Index into the catalog's environments.
  package let environment: Int
  package let hasEnded: Bool
  /// Of its last deployment.
  fileprivate let time: Timestamp?
}

extension Catalog {
  /// Where anything was ever deployed to a short-lived environment, the newest deployment first.
  package var shortLivedPlaces: [ShortLivedPlace] {
    var places: [ShortLivedPlace] = []
    for environment in environments.indices where environments[environment].isShortLived {
      for (service, histories) in histories.enumerated() {
        let (history, deployments) = (histories[environment], services[service].deployments)
        guard let last = history.deployments.last(where: { deployments[$0].time != nil }) ?? history.deployments.last
        else { continue }
        places.append(
          ShortLivedPlace(
            service: service, environment: environment, hasEnded: history.cell.state == .removed, time: deployments[last].time))
      }
    }
    let oldest = Timestamp(seconds: .min)
    return places.enumerated().sorted { left, right in
      let (mine, theirs) = (left.element.time ?? oldest, right.element.time ?? oldest)
      return mine != theirs ? mine > theirs : left.offset < right.offset
    }.map(\.element)
  }
}

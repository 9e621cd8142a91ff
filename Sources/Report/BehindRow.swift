import Records
import Releases

/// What is live upstream and not here, while nothing waits to bring it.
package struct BehindRow: Hashable, Sendable {
  package let service: LinkText
  package let environment: LinkText
  package let upstream: LinkText
  /// What runs is unknown, so that it may be there already.
  package let isUncertain: Bool
  /// To the comparison of both.
  package let count: LinkText
  package let releases: Sentence
  package let since: TimeText?
  package let age: String?
  /// Why nothing waits, as far as it is known.
  package let reason: String

  /// Of all stages, in the order of the services.
  package static func all(_ wording: Wording) -> [BehindRow] {
    wording.catalog.histories.enumerated().flatMap { service, histories in
      histories.enumerated().compactMap { environment, history -> BehindRow? in
        let cell = history.cell
        guard cell.isLagging, let upstream = cell.upstream, wording.catalog.environments[environment].isStage
        else { return nil }
        return BehindRow(
          service: wording.service(service), environment: wording.environment(environment),
          upstream: wording.environment(upstream),
          isUncertain: cell.isUncertain,
          count: wording.own(
            Format.count(cell.behind, "release"), wording.compared(service, environment)?.destination),
          releases: wording.releases(service, cell.pending, limit: 12),
          since: cell.pendingSince.map(wording.dated), age: wording.age(cell.pendingSince),
          reason: wording.catalog.services[service].delay(of: cell).reason)
      }
    }
  }
}

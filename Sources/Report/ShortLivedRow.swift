import Records
import Releases

/// A service in an environment that ends when its work does.
package struct ShortLivedRow: Hashable, Sendable {
  package let environment: LinkText
  package let service: LinkText
  package let mark: Mark?
  /// What runs, or ran.
  package let version: Sentence
  package let since: Sentence?
  /// The branch or pull request.
  package let origin: Sentence?
  /// Since its first deployment, in words.
  package let age: String?
  package let owner: String?
  /// Where it answers.
  package let address: LinkText?

  /// Both are indices into the catalog.
  package init(_ wording: Wording, service index: Int, environment number: Int) {
    let (service, place) = (wording.catalog.services[index], wording.catalog.environments[number])
    let history = wording.catalog.histories[index][number]
    let cell = history.cell
    environment = wording.environment(number)
    self.service = wording.service(index)
    let shown = (cell.current ?? cell.doubtfulAttempt ?? cell.previous ?? history.deployments.last).map {
      service.deployments[$0]
    }
    (mark, version) = ShortLivedRow.state(of: cell, shown, wording, service: index, environment: number)
    since = cell.state == .current ? shown.map { wording.when($0.time) } : nil
    origin = shown.flatMap { wording.origin(of: $0, service: index) }
    age = wording.age(history.deployments.lazy.compactMap { service.deployments[$0].time }.first)
    owner = shown?.by
    address = wording.outside(place.url ?? "", place.url)
  }

  private static func state(
    of cell: Cell, _ shown: Deployment?, _ wording: Wording, service: Int, environment: Int
  ) -> (mark: Mark?, words: Sentence) {
    let link = shown.map { wording.release(service, $0.version) }
    switch cell.state {
    case .current: return (Mark(.succeeded), link.map { "\($0)" } ?? "unknown")
    case .mixed: return (nil, "mixed: \(cell.mixedWords)")
    case .removed: return (Mark(.skipped), cell.previous == nil ? "removed" : link.map { "removed; it ran \($0)" } ?? "removed")
    case .unknown:
      return (Mark(.unknown), CellFacts(wording, service: service, environment: environment).unknownWords)
    case .none:
      guard let shown, let link else { return (nil, "never deployed") }
      return (Mark(shown.state), "\(link) \(words: shown.state.rawValue)")
    }
  }
}

extension Wording {
  /// `pull request 41`, `feature/basket`; nil where nothing is recorded.
  fileprivate func origin(of deployment: Deployment, service: Int) -> Sentence? {
    let ref = deployment.run.flatMap { catalog.services[service].runs[$0].record.ref }
    if let request = ref?.pullRequest ?? deployment.commit?.pullRequest { return "pull request \(request)" }
    return ref.map { "\(branch: $0.name)" }
  }
}

import Records
import Time

/// What a step from one version of a service to another brings (rules.md, Changelog), whether or not anybody deployed it.
package struct ReleaseRange: Hashable, Sendable {
  /// Described releases and the one that it leads to, highest first. Of a step down: what it takes away.
  package var releases: [String] = []
  /// Pre-releases that a final version of the range stands for.
  package var folded: [String] = []
  /// It leads to a lower version.
  package var isDown = false
}

extension Service {
  /// nil where one of the two is no version of the service. `low` nil: `high` alone.
  package func range(from low: String?, to high: String) -> ReleaseRange? {
    let shelf = shelf
    guard let top = shelf.number(of: high) else { return nil }
    var bottom: Int?
    if let low {
      guard let number = shelf.number(of: low) else { return nil }
      bottom = number
    }
    var range = ReleaseRange()
    let isDown = bottom.map { shelf.compare($0, top) == .higher } ?? false
    let brought = isDown ? shelf.brought(from: top, to: bottom ?? top) : shelf.brought(from: bottom, to: top) { $0 == top }
    range.isDown = isDown
    range.releases = shelf.texts(brought.releases)
    range.folded = shelf.texts(brought.folded)
    return range
  }

  /// The highest of some versions of the service, without a `v`; of two that cannot be compared, the one that was deployed first later.
  package func newest(of versions: [String]) -> String? {
    let shelf = shelf
    var newest: (version: String, number: Int)?
    for version in versions.map(Version.display) {
      guard let number = shelf.number(of: version) else { continue }
      guard let best = newest else {
        newest = (version, number)
        continue
      }
      switch shelf.compare(number, best.number) {
      case .higher: newest = (version, number)
      case .lower, .same: break
      case nil:
        guard let mine = firstArrival(of: version) else { continue }
        if firstArrival(of: best.version).map({ $0 < mine }) ?? true { newest = (version, number) }
      }
    }
    return newest?.version
  }

  private func firstArrival(of version: String) -> Timestamp? {
    release(version: version).flatMap { releases[$0].arrivals.compactMap(\.arrivedAt).min() }
  }
}

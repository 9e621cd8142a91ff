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
  package func range(from low: String?, to high: String, _ configuration: Configuration) -> ReleaseRange? {
    let order = configuration.services.first { $0.key == key }?.versions ?? .semver
    let texts = releases.compactMap(\.version)
    let shelf = Shelf(
      notes: releases.compactMap(\.note), deployed: texts,
      scale: VersionScale(texts + releases.compactMap { $0.note?.value.version }.map(Version.display), order: order))
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
}

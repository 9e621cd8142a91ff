import Records
package import Time

/// How an environment stands to the one before it (rules.md, Pending). Numbers are those of the shelf, highest first.
package struct PendingRule {
  package private(set) var pending: [Int] = []
  package private(set) var since: Timestamp?
  package private(set) var ahead: [Int] = []

  /// `upstreamSince`: since when a release has been contained in what is live upstream.
  package init(here: Succession, upstream: Succession, upstreamSince: [Int: Timestamp?], all: [Deployment], shelf: Shelf) {
    guard let above = upstream.live, let newest = above.release else { return }
    guard let live = here.live, let release = live.release else {
      pending = [newest]
      since = upstreamSince[newest, default: all[above.deployment].time]
      return
    }
    switch shelf.compare(release, newest) {
    case .same: break
    case .lower:
      pending = shelf.brought(from: release, to: newest) { upstream.firstOfRelease[$0] != nil }.releases
      ahead = PendingRule.fixes(of: release, missingIn: newest, shelf)
    case .higher:
      ahead = shelf.brought(from: newest, to: release) { here.firstOfRelease[$0] != nil }.releases
    case nil:
      (pending, ahead) = PendingRule.incomparable(here, live, upstream, above)
    }
    guard !pending.isEmpty else { return }
    let known = pending.compactMap { upstreamSince[$0] }
    // Of which one does not know since when it waits, it may be the oldest.
    since = known.isEmpty ? all[above.deployment].time : known.contains(nil) ? nil : known.compactMap(\.self).min()
  }

  /// What the line that is live here holds and the later line upstream cannot, since it was released afterwards.
  private static func fixes(of release: Int, missingIn newest: Int, _ shelf: Shelf) -> [Int] {
    guard shelf.isAcrossLines(release, newest) else { return [] }
    return shelf.releases(ofLineOf: release, datedAfter: newest).filter { shelf.compare($0, release) != .higher }
  }

  /// Versions without an order: what upstream runs is pending unless it was here before the live one came; and what runs here is ahead
  /// if upstream never had it and has not moved since.
  private static func incomparable(
    _ here: Succession, _ live: Succession.Step, _ upstream: Succession, _ above: Succession.Step
  ) -> (pending: [Int], ahead: [Int]) {
    guard let release = live.release, let newest = above.release else { return ([], []) }
    if let was = here.firstOfRelease[newest], let came = here.firstOfRelease[release], was < came { return ([], [release]) }
    if upstream.firstOfRelease[release] == nil, above.deployment < live.deployment { return ([], [release]) }
    return ([newest], [])
  }
}

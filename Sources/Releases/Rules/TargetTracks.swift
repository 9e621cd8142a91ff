import Records
package import Time

/// The targets of one environment, and what happened on each (rules.md, Targets). An environment of which nobody names a target is one
/// nameless track.
package struct TargetTracks {
  package struct Track {
    /// nil: the environment as a whole.
    let name: String?
    /// Indices into the service's deployments, oldest first.
    var deployments: [Int] = []
    /// It was removed, and nothing has come since.
    var hasEnded = false
    package var succession = Succession()
  }

  /// By name; at least one.
  package private(set) var tracks: [Track]
  /// What happened on targets that the configuration does not list: they have ended, and say nothing of what runs.
  package private(set) var unlisted: [Track] = []

  /// `deployments`: indices of this environment, oldest first. `listed`: the targets that the configuration says there are.
  package init(
    _ deployments: [Int], of all: [Deployment], release: [Int?], shelf: Shelf, isShortLived: Bool, listed: [String],
    asOf: Timestamp
  ) {
    var named: [String: Track] = [:]
    for name in listed { named[name.lowercased()] = Track(name: name) }
    var whole = Track(name: nil)
    var gone: [String: Track] = [:]
    // The run that names the first targets: before it, the environment as a whole is what each of them had.
    var firstRun: String?
    for index in deployments {
      guard let name = all[index].target else {
        if named.isEmpty { whole.deployments.append(index) }
        // The keys apart: a dictionary that is gone through is copied when it changes.
        for key in Array(named.keys) where !(named[key]?.hasEnded ?? true) { named[key]?.add(index, of: all) }
        continue
      }
      let key = name.lowercased()
      if named[key] == nil {
        // A target is known once something was tried there.
        guard listed.isEmpty else {
          gone[key, default: Track(name: name)].add(index, of: all)
          continue
        }
        guard all[index].isAttempt else { continue }
        let isFirst = named.isEmpty || (firstRun != nil && all[index].runID == firstRun)
        if named.isEmpty { firstRun = all[index].runID }
        named[key] = Track(name: name, deployments: isFirst ? whole.deployments : [])
      }
      named[key]?.add(index, of: all)
    }
    let sorted = named.sorted { $0.key < $1.key }.map(\.value)
    tracks = sorted.isEmpty ? [whole] : sorted
    unlisted = gone.sorted { $0.key < $1.key }.map(\.value)
    for index in unlisted.indices {
      unlisted[index].succession = Succession(
        unlisted[index].deployments, of: all, release: release, shelf: shelf, isShortLived: isShortLived, asOf: asOf)
    }
    for index in tracks.indices {
      tracks[index].succession = Succession(
        tracks[index].deployments, of: all, release: release, shelf: shelf, isShortLived: isShortLived, asOf: asOf)
    }
  }

  /// What there is now; where all have ended, all that were there.
  var present: [Track] {
    let present = tracks.filter { !$0.hasEnded && $0.succession.end != .removed }
    return present.isEmpty ? tracks : present
  }

  /// What a deployment to that target, or to all of them, follows on.
  package func following(_ target: String?) -> [Track] {
    guard let target else { return present }
    return tracks.filter { $0.name?.lowercased() == target.lowercased() }
  }
}

extension TargetTracks.Track {
  fileprivate mutating func add(_ index: Int, of all: [Deployment]) {
    deployments.append(index)
    if all[index].state == .succeeded { hasEnded = all[index].action == .remove }
  }
}

extension Shelf {
  /// Of steps that are live on several targets, that of the lowest version; where versions do not tell, the oldest.
  package func lowest(_ steps: [Succession.Step]) -> Succession.Step? {
    steps.min { left, right in
      switch left.release.flatMap({ mine in right.release.map { compare(mine, $0) } }) ?? nil {
      case .lower: true
      case .higher: false
      case .same, nil: left.deployment < right.deployment
      }
    }
  }

  /// Releases that are live on targets, highest first.
  func counts(of releases: [Int]) -> [Cell.VersionCount] {
    let groups = Dictionary(grouping: releases) { $0 }
    return highestFirst(groups.keys.sorted()).map { Cell.VersionCount(text: items[$0].text, count: groups[$0]?.count ?? 0) }
  }

  /// That of the version which most targets run; of as many, of the newest arrival.
  func prevailing(_ steps: [Succession.Step]) -> Succession.Step? {
    let counts = Dictionary(grouping: steps, by: \.release).mapValues(\.count)
    return steps.max { left, right in
      let (mine, theirs) = (counts[left.release] ?? 0, counts[right.release] ?? 0)
      return mine != theirs ? mine < theirs : left.deployment < right.deployment
    }
  }
}

import Time

/// When the releases of a service reached one environment and left it. With several targets a release has arrived with the first of them,
/// and left when none of them runs it any more.
package struct Arrivals {
  /// By number of the shelf, oldest first.
  package private(set) var ofRelease: [Int: [Release.Arrival]] = [:]

  /// An arrival as far as it is known.
  private struct Stay {
    var arrivedAt: Timestamp?
    var leftAt: Timestamp?
    var hasUndatedEnd = false
    let deployment: Int
    var replacedBy: String?
    var endedBy: Int?
    var targets: [Release.Arrival.OnTarget] = []
    /// The target that it is on; nil: the environment as a whole.
    var name: String?
    /// Index of the deployment with which it left; beyond all of them where its environment has ended.
    var end: Int?

    /// It leaves, or goes on for as long as another.
    mutating func takeEnd(of other: Stay) {
      (end, leftAt, hasUndatedEnd) = (other.end, other.leftAt, other.hasUndatedEnd)
      (replacedBy, endedBy) = (other.replacedBy, other.endedBy)
    }

    var onTarget: Release.Arrival.OnTarget? {
      name.map { name in
        Release.Arrival.OnTarget(
          name: name, arrivedAt: arrivedAt, leftAt: leftAt, hasUndatedEnd: hasUndatedEnd, deployment: deployment,
          replacedBy: replacedBy)
      }
    }

    func arrival(in environment: Int) -> Release.Arrival {
      Release.Arrival(
        environment: environment, arrivedAt: arrivedAt, leftAt: leftAt, hasUndatedEnd: hasUndatedEnd, deployment: deployment,
        replacedBy: replacedBy, endedBy: endedBy,
        targets: targets.sorted { ($0.name, $0.deployment) < ($1.name, $1.deployment) })
    }
  }

  package init(_ tracks: TargetTracks, environment: Int, of all: [Deployment], shelf: Shelf) {
    var stays: [Int: [Stay]] = [:]
    for track in tracks.tracks {
      let own = Arrivals.stays(track, of: all, shelf: shelf)
      stays.merge(own) { $0 + $1 }
    }
    let isNamed = tracks.tracks.count > 1
    ofRelease = stays.mapValues { stays in Arrivals.joined(stays, isNamed: isNamed).map { $0.arrival(in: environment) } }
  }

  private static func stays(_ track: TargetTracks.Track, of all: [Deployment], shelf: Shelf) -> [Int: [Stay]] {
    var stays: [Int: [Stay]] = [:]
    var live: Int?
    for step in track.succession.steps where step.release != live {
      let at = all.span[step.deployment].time
      if let live, let last = stays[live]?.count {
        stays[live]?[last - 1].end = step.deployment
        stays[live]?[last - 1].leftAt = at
        stays[live]?[last - 1].hasUndatedEnd = at == nil
        stays[live]?[last - 1].replacedBy = step.release.map { shelf.items[$0].text }
        stays[live]?[last - 1].endedBy = step.deployment
      }
      live = step.release
      guard let release = step.release else { continue }
      stays[release, default: []].append(Stay(arrivedAt: at, deployment: step.deployment, name: track.name))
    }
    if track.succession.end == .removed, let live, let last = stays[live]?.count {
      stays[live]?[last - 1].end = .max
      stays[live]?[last - 1].hasUndatedEnd = true
    }
    for reach in track.succession.reaches {
      let end = track.succession.steps.first { $0.deployment > reach.deployment }
      let isOver = end.map { $0.release != reach.release } ?? (track.succession.end == .removed)
      // One that a success everywhere follows on ends with it, and is one with what begins there.
      var stay = Stay(arrivedAt: reach.at, deployment: reach.deployment, end: end?.deployment ?? (isOver ? .max : nil))
      if isOver {
        stay.leftAt = end.flatMap { all.span[$0.deployment].time }
        stay.hasUndatedEnd = stay.leftAt == nil
        stay.replacedBy = end?.release.map { shelf.items[$0].text }
        stay.endedBy = end?.deployment
      }
      stays[reach.release, default: []].append(stay)
    }
    return stays
  }

  /// Those that overlap are one.
  private static func joined(_ stays: [Stay], isNamed: Bool) -> [Stay] {
    var joined: [Stay] = []
    for var stay in stays.sorted(by: { ($0.deployment, $0.end ?? .max) < ($1.deployment, $1.end ?? .max) }) {
      if isNamed, let own = stay.onTarget { stay.targets = [own] }
      guard let last = joined.last, last.end.map({ stay.deployment <= $0 }) ?? true else {
        joined.append(stay)
        continue
      }
      joined[joined.count - 1].targets += stay.targets
      guard let end = last.end, stay.end.map({ end < $0 }) ?? true else { continue }
      joined[joined.count - 1].takeEnd(of: stay)
    }
    return joined
  }
}

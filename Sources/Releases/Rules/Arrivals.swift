/// When the releases of a service reached one environment and left it. With several targets a release has arrived with the first of them,
/// and left when none of them runs it any more.
package struct Arrivals {
  /// By number of the shelf, oldest first.
  package private(set) var ofRelease: [Int: [Release.Arrival]] = [:]

  private struct Stay {
    var arrival: Release.Arrival
    /// Index of the deployment with which it left; beyond all of them where its environment has ended.
    var end: Int?
  }

  package init(_ tracks: TargetTracks, environment: Int, of all: [Deployment], shelf: Shelf) {
    var stays: [Int: [Stay]] = [:]
    for track in tracks.tracks {
      let own = Arrivals.stays(track, environment: environment, of: all, shelf: shelf)
      stays.merge(own) { $0 + $1 }
    }
    let isNamed = tracks.tracks.count > 1
    ofRelease = stays.mapValues { Arrivals.joined($0, isNamed: isNamed) }
  }

  private static func stays(
    _ track: TargetTracks.Track, environment: Int, of all: [Deployment], shelf: Shelf
  ) -> [Int: [Stay]] {
    var stays: [Int: [Stay]] = [:]
    var live: Int?
    for step in track.succession.steps where step.release != live {
      let at = all.span[step.deployment].time
      if let live, let last = stays[live]?.count {
        stays[live]?[last - 1].end = step.deployment
        stays[live]?[last - 1].arrival.leftAt = at
        stays[live]?[last - 1].arrival.hasUndatedEnd = at == nil
        stays[live]?[last - 1].arrival.replacedBy = step.release.map { shelf.items[$0].text }
        stays[live]?[last - 1].arrival.endedBy = step.deployment
      }
      live = step.release
      guard let release = step.release else { continue }
      var arrival = Release.Arrival(
        environment: environment, arrivedAt: at, leftAt: nil, deployment: step.deployment, replacedBy: nil)
      if let name = track.name {
        arrival.targets = [.init(name: name, arrivedAt: at, leftAt: nil, deployment: step.deployment)]
      }
      stays[release, default: []].append(Stay(arrival: arrival, end: nil))
    }
    if track.succession.end == .removed, let live, let last = stays[live]?.count {
      stays[live]?[last - 1].end = .max
      stays[live]?[last - 1].arrival.hasUndatedEnd = true
    }
    for reach in track.succession.reaches {
      let end = track.succession.steps.first { $0.deployment > reach.deployment }
      let isOver = end.map { $0.release != reach.release } ?? (track.succession.end == .removed)
      var arrival = Release.Arrival(
        environment: environment, arrivedAt: reach.at, leftAt: nil, deployment: reach.deployment, replacedBy: nil)
      if isOver {
        arrival.leftAt = end.flatMap { all.span[$0.deployment].time }
        arrival.hasUndatedEnd = arrival.leftAt == nil
        arrival.replacedBy = end?.release.map { shelf.items[$0].text }
        arrival.endedBy = end?.deployment
      }
      // One that a success everywhere follows on ends with it, and is one with what begins there.
      stays[reach.release, default: []].append(Stay(arrival: arrival, end: end?.deployment ?? (isOver ? .max : nil)))
    }
    return stays
  }

  /// Those that overlap are one.
  private static func joined(_ stays: [Stay], isNamed: Bool) -> [Release.Arrival] {
    var joined: [Stay] = []
    for var stay in stays.sorted(by: { ($0.arrival.deployment, $0.end ?? .max) < ($1.arrival.deployment, $1.end ?? .max) }) {
      if stay.arrival.targets.count == 1 {
        stay.arrival.targets[0].leftAt = stay.arrival.leftAt
        stay.arrival.targets[0].hasUndatedEnd = stay.arrival.hasUndatedEnd
        stay.arrival.targets[0].replacedBy = stay.arrival.replacedBy
      }
      if !isNamed { stay.arrival.targets = [] }
      guard let last = joined.last, last.end.map({ stay.arrival.deployment <= $0 }) ?? true else {
        joined.append(stay)
        continue
      }
      let place = joined.count - 1
      joined[place].arrival.targets += stay.arrival.targets
      guard let end = last.end, stay.end.map({ end < $0 }) ?? true else { continue }
      joined[place].end = stay.end
      joined[place].arrival.leftAt = stay.arrival.leftAt
      joined[place].arrival.hasUndatedEnd = stay.arrival.hasUndatedEnd
      joined[place].arrival.replacedBy = stay.arrival.replacedBy
      joined[place].arrival.endedBy = stay.arrival.endedBy
    }
    return joined.map { stay in
      var arrival = stay.arrival
      arrival.targets.sort { ($0.name, $0.deployment) < ($1.name, $1.deployment) }
      return arrival
    }
  }
}

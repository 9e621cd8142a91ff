/// When the releases of a service reached one environment and left it.
struct Arrivals {
  /// By number of the shelf, oldest first.
  private(set) var ofRelease: [Int: [Release.Arrival]] = [:]

  init(_ succession: Succession, environment: Int, of all: [Deployment], shelf: Shelf) {
    var live: Int?
    for step in succession.steps where step.release != live {
      let at = all.span[step.deployment].time
      if let live, let last = ofRelease[live]?.count {
        ofRelease[live]?[last - 1].leftAt = at
        ofRelease[live]?[last - 1].hasUndatedEnd = at == nil
        ofRelease[live]?[last - 1].replacedBy = step.release.map { shelf.items[$0].text }
      }
      live = step.release
      guard let release = step.release else { continue }
      ofRelease[release, default: []].append(
        Release.Arrival(environment: environment, arrivedAt: at, leftAt: nil, deployment: step.deployment, replacedBy: nil))
    }
    if succession.end == .removed, let live, let last = ofRelease[live]?.count {
      ofRelease[live]?[last - 1].hasUndatedEnd = true
    }
  }
}

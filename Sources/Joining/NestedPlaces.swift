import Records
import Time

/// The deployments inside runs, as those that stand alone look for theirs.
struct NestedPlaces {
  struct Place: Hashable {
    let record: Int
    let index: Int
  }

  private struct Spot: Hashable {
    let service: String
    let environment: String
  }

  /// By service and id, or what stands for it.
  private var ofName: [String: [Place]] = [:]
  /// Those without an id, by service and environment.
  private var ofSpot: [Spot: [Place]] = [:]
  private var marks: [Place: DeploymentMark] = [:]
  /// Those that have found theirs.
  var claimed: Set<Place> = []

  init(_ runs: [Located<RunRecord>], _ groups: [RunGroups.Group], _ names: DeclaredEnvironments, _ services: ServiceNames) {
    var services = services
    for record in groups.lazy.flatMap(\.all) {
      let run = runs[record].value
      for (index, deployment) in run.deployments.enumerated() {
        let place = Place(record: record, index: index)
        let service = services.key(
          named: deployment.service ?? run.service, repository: deployment.repository ?? run.repository)
        let environment = names.key(of: deployment.environment)
        let id = deployment.id(inRun: run.id, attempt: run.attempt, environment: environment)
        marks[place] = DeploymentMark(
          id: deployment.id, environment: environment, target: deployment.targetName?.lowercased(), attempt: deployment.attempt,
          service: service, commit: deployment.commit?.sha ?? run.commit?.sha, isRemoval: deployment.action == .remove,
          step: nil)
        ofName[NestedPlaces.key(service, id), default: []].append(place)
        if deployment.id == nil { ofSpot[Spot(service: service, environment: environment), default: []].append(place) }
      }
    }
  }

  private static func key(_ service: String, _ id: String) -> String { service + " " + id }

  /// Where a run tells of that deployment: by its id; in its run; else, where nothing tells its run, by environment and commit.
  func find(
    _ mark: DeploymentMark, _ deployment: DeploymentRecord, _ name: String, in group: RunGroups.Group?,
    _ allowsContradiction: Bool, _ runs: [Located<RunRecord>]
  ) -> Place? {
    let isOpen = { (place: Place) in
      let run = runs[place.record].value
      let state = run.state(of: run.deployments[place.index])
      return !claimed.contains(place) && (allowsContradiction || !(deployment.state.map(state.contradicts) ?? false))
    }
    let named = ofName[NestedPlaces.key(mark.service ?? "", name), default: []].filter(isOpen)
    if let place = named.max(by: { order($0, runs) < order($1, runs) }) { return place }
    if let group { return inRun(group, mark, deployment, runs, isOpen) }
    guard deployment.run == nil, mark.commit != nil, !allowsContradiction, mark.id != nil else { return nil }
    let spot = Spot(service: mark.service ?? "", environment: mark.environment)
    let fitting = ofSpot[spot, default: []].filter { isOpen($0) && fits(mark, $0) && agrees(deployment, $0, runs) }
    return nearest(to: deployment.startedAt, fitting, runs)
  }

  private func fits(_ mark: DeploymentMark, _ place: Place) -> Bool {
    guard let other = marks[place], other.commit != nil else { return false }
    return DeploymentMark.match(mark, other) != nil
  }

  private func agrees(_ deployment: DeploymentRecord, _ place: Place, _ runs: [Located<RunRecord>]) -> Bool {
    deployment.isOf(runs[place.record].value)
  }

  /// Of several attempts the last one that had begun when the deployment was made.
  private func inRun(
    _ group: RunGroups.Group, _ mark: DeploymentMark, _ deployment: DeploymentRecord, _ runs: [Located<RunRecord>],
    _ isOpen: (Place) -> Bool
  ) -> Place? {
    let places = group.all.flatMap { record in
      runs[record].value.deployments.indices.map { Place(record: record, index: $0) }
    }
    let fitting = places.filter { isOpen($0) && (marks[$0].map { DeploymentMark.match(mark, $0) != nil } ?? false) }
    guard let start = deployment.startedAt else { return fitting.first }
    return fitting.first { runs[$0.record].value.orderTime.map { $0 <= start } ?? true } ?? fitting.first
  }

  /// The one that was under way at that time and ended first; without a time, the only one.
  private func nearest(to start: Timestamp?, _ places: [Place], _ runs: [Located<RunRecord>]) -> Place? {
    guard let start else { return places.count == 1 ? places[0] : nil }
    let end = { (place: Place) in
      runs[place.record].value.deployments[place.index].finishedAt ?? runs[place.record].value.finishedAt
    }
    let fitting = places.filter { place in
      let run = runs[place.record].value
      return (run.createdAt ?? run.startedAt ?? start) <= start && (end(place) ?? start) >= start
    }
    return fitting.min { left, right in
      if end(left) != end(right) {
        guard let mine = end(left), let theirs = end(right) else { return end(left) != nil }
        return mine < theirs
      }
      return order(left, runs) < order(right, runs)
    }
  }

  /// The same whatever the order of files.
  private func order(_ place: Place, _ runs: [Located<RunRecord>]) -> (Int, String, String, Int) {
    let run = runs[place.record].value
    return (run.attempt, run.id, (run.provider ?? "") + " " + (run.repository ?? ""), place.index)
  }
}

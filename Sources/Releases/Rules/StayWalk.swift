import Records

/// Walks through the successes of one environment and keeps what is live.
struct StayWalk {
  let hold: Hold
  let environment: Int
  private(set) var stays: [(item: Int, stay: Stay)] = []
  private let steps: [Succession.Step]
  /// What is live, and its place in `stays`.
  private var live: [Int: Int] = [:]
  /// What each step changed: with them an earlier state comes back.
  private var changes: [(came: [Int], went: [Int])] = []
  /// By release, the steps that brought it.
  private var stepsOf: [Int: [Int]] = [:]

  init(hold: Hold, environment: Int, _ succession: Succession) {
    (self.hold, self.environment) = (hold, environment)
    steps = succession.steps
  }

  mutating func run() {
    for (index, step) in steps.enumerated() {
      let (came, went) = step.deployment < hold.first ? ([], []) : delta(of: step)
      enter(came.filter { live[$0] == nil }, went.filter { live[$0] != nil }, with: step.deployment)
      if let release = step.release { stepsOf[release, default: []].append(index) }
    }
  }

  private mutating func enter(_ came: [Int], _ went: [Int], with deployment: Int) {
    for item in went {
      if let place = live.removeValue(forKey: item) { stays[place].stay.end = deployment }
    }
    for item in came where live[item] == nil {
      live[item] = stays.count
      stays.append((item, Stay(environment: environment, deployment: deployment)))
    }
    changes.append((came, went))
  }

  /// What a step brings, also what is live already, and what it takes away.
  private func delta(of step: Succession.Step) -> (came: [Int], went: [Int]) {
    guard let release = step.release else { return ([], live.keys.sorted()) }
    let own = hold.ownCargo(of: step.deployment)
    guard let before = step.before.map({ steps[$0] }), let old = before.release else {
      return (own + hold.cargoBelow(step.deployment, above: nil) + (earlierState(of: step) ?? []).sorted(), [])
    }
    if release == old, hold.deployments.isSameBuild(step.deployment, before.deployment) { return (own, []) }
    guard !isBack(step, from: old) else {
      let state = (earlierState(of: step) ?? stateWithout(old, step)).union(own)
      return (state.sorted(), live.keys.filter { !state.contains($0) }.sorted())
    }
    // What the version before lacked may lie below it.
    let low = release == old ? release : hold.isOvertaken(before.deployment) ? nil : old
    let gained = own + hold.cargoBelow(step.deployment, above: low)
    return (gained + (earlierState(of: step) ?? []).sorted(), missingFixes(step, old: old))
  }

  /// Whether a step leads back: to a lower version; without an order of versions by its kind.
  private func isBack(_ step: Succession.Step, from old: Int) -> Bool {
    switch step.release.flatMap({ hold.standing.shelf.compare($0, old) }) {
    case .lower: return true
    case .higher: return false
    case .same: return earlierStep(step) != nil
    case nil:
      let deployment = hold.deployments[step.deployment]
      return deployment.kind == .rollback || deployment.outOfOrder
    }
  }

  /// The last step with this release and build.
  private func earlierStep(_ step: Succession.Step) -> Int? {
    step.release.flatMap { stepsOf[$0] }?.last { hold.deployments.isSameBuild(steps[$0].deployment, step.deployment) }
  }

  private func earlierState(of step: Succession.Step) -> Set<Int>? { earlierStep(step).map(state) }

  /// What was live after a step.
  private func state(after step: Int) -> Set<Int> {
    var state = Set(live.keys)
    for change in changes[(step + 1)...].reversed() {
      state.subtract(change.came)
      state.formUnion(change.went)
    }
    return state
  }

  /// What is live without what came with the release that is left, for one that was never here.
  private func stateWithout(_ old: Int, _ step: Succession.Step) -> Set<Int> {
    let shelf = hold.standing.shelf
    if let release = step.release, shelf.isComparable(release), shelf.isComparable(old) {
      let held = live.keys.filter { hold.holds(step.deployment, $0) }
      return Set(held).union(hold.cargoBelow(step.deployment, above: nil))
    }
    var start = changes.count - 1
    while start > 0, steps[start - 1].release == old { start -= 1 }
    return state(after: start - 1)
  }

  /// What came with fixes that the higher version lacks: dated after it on the line before, or built after it.
  private func missingFixes(_ step: Succession.Step, old: Int) -> [Int] {
    let shelf = hold.standing.shelf
    guard !live.isEmpty, let release = step.release else { return [] }
    let later = shelf.isAcrossLines(old, release) ? shelf.releases(ofLineOf: old, datedAfter: release) : []
    let fixes = later.flatMap { hold.ofRelease[$0] ?? [] } + (hold.isOvertaken(step.deployment) ? live.keys.sorted() : [])
    return fixes.filter { hold.isComparable($0, with: release) && !hold.holds(step.deployment, $0) }
  }
}

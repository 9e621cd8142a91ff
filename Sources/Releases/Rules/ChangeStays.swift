/// From when to when something was live in an environment.
package struct Stay: Hashable, Sendable {
  package var environment: Int
  /// The deployment that brought it, as an index into the service's deployments.
  package var deployment: Int
  /// The deployment whose version does not hold it; nil while it is live.
  package var end: Int?
}

/// What the records say of commits, or of whatever else came with a release.
package struct Cargo: Hashable, Sendable {
  /// The deployments that carry it.
  package var carriers: [Int]
  /// The release that it is a part of whatever its build: the version of a note.
  package var version: String?

  package init(carriers: [Int], version: String? = nil) { (self.carriers, self.version) = (carriers, version) }
}

/// How the deployments of a service stand to its releases; kept from the join.
struct Standing: Sendable {
  var shelf: Shelf
  /// Of each deployment, the number of its release on the shelf.
  var release: [Int?]
  /// Of each environment.
  var successions: [Succession]
}

extension Service {
  /// Where each of `cargo` was live and when, in promotion order, then by time.
  ///
  /// It has arrived with the first success that holds it. A deployment holds what its own record carries, what another record of the same
  /// build carries, and what a lower version carries, unless that is dated or was built after it: the record of a run names
  /// what is new since the run before it, which an environment may have skipped. It has left when what is live does not hold it: after a
  /// removal, a rollback, and a step to another line that lacks the fixes of the line before (rules.md, `removes`, `missingFixes`).
  /// Where versions cannot be compared, everything stays until a rollback, which brings back what was live with that release the last time.
  package func stays(of cargo: [Cargo]) -> [[Stay]] {
    guard let standing else { return cargo.map { _ in [] } }
    let hold = Hold(cargo, deployments: deployments, standing: standing)
    var stays: [[Stay]] = cargo.map { _ in [] }
    for environment in standing.successions.indices {
      var walk = StayWalk(hold: hold, environment: environment)
      walk.run()
      for (item, stay) in walk.stays { stays[item].append(stay) }
    }
    return stays
  }

  /// Of each of `cargo`, for each environment the waiting deployment that would bring it, if any does.
  package func waiting(for cargo: [Cargo], _ waiting: [[Int]]) -> [[Int?]] {
    guard let standing else { return cargo.map { _ in waiting.map { _ in nil } } }
    let hold = Hold(cargo, deployments: deployments, standing: standing)
    return cargo.indices.map { item in waiting.map { $0.first { hold.holds($0, item) } } }
  }
}

/// Which deployment holds what.
private struct Hold {
  let deployments: [Deployment]
  let standing: Standing
  let cargo: [Cargo]
  /// By deployment, what its own record carries.
  private(set) var carried: [Int: [Int]] = [:]
  /// By number of the shelf, what any of its deployments carries or what is a part of it.
  private(set) var ofRelease: [Int: [Int]] = [:]
  /// Numbers of `ofRelease` that can be compared, lowest first.
  private(set) var ascending: [Int] = []
  /// Of each of the cargo, the releases that carry it.
  private var releases: [[Int]]
  /// Of each of the cargo, when the first run that carries it was made.
  private let made: [Timestamp?]
  private let lastMade: Timestamp?
  /// The first deployment that can matter.
  let first: Int

  init(_ cargo: [Cargo], deployments: [Deployment], standing: Standing) {
    (self.deployments, self.standing, self.cargo) = (deployments, standing, cargo)
    releases = []
    made = cargo.map { one in one.carriers.compactMap { deployments[$0].born }.min() }
    lastMade = made.compactMap { $0 }.max()
    var first = Int.max
    for (item, one) in cargo.enumerated() {
      for carrier in one.carriers { carried[carrier, default: []].append(item) }
      first = min(first, one.carriers.first ?? .max, one.version == nil ? .max : 0)
      var own = one.carriers.compactMap { standing.release[$0] }
      if let part = one.version.flatMap({ standing.shelf.number(of: $0) }) { own.append(part) }
      let numbers = Set(own).sorted()
      for number in numbers { ofRelease[number, default: []].append(item) }
      releases.append(numbers)
    }
    self.first = first
    let known = ofRelease.keys.filter { standing.shelf.isComparable($0) }
    ascending = standing.shelf.highestFirst(known.sorted()).reversed()
  }

  func release(_ deployment: Int) -> Int? { standing.release[deployment] }

  /// What it carries itself, and what another record of the same build does.
  func ownCargo(of deployment: Int) -> [Int] {
    let own = carried[deployment] ?? []
    let same = (release(deployment).flatMap { ofRelease[$0] } ?? []).filter { isOfSameBuild(deployment, $0) }
    return own + same
  }

  private func isOfSameBuild(_ deployment: Int, _ item: Int) -> Bool {
    let number = release(deployment)
    if let version = cargo[item].version, standing.shelf.number(of: version) == number { return true }
    return cargo[item].carriers.contains { release($0) == number && deployments.isSameBuild($0, deployment) }
  }

  func holds(_ deployment: Int, _ item: Int) -> Bool {
    if cargo[item].carriers.contains(deployment) || isOfSameBuild(deployment, item) { return true }
    guard let high = release(deployment) else { return false }
    return isMade(item, before: deployment) && releases[item].contains { isBelow($0, high) }
  }

  /// Whether a release is lower than another one and can be a part of it.
  private func isBelow(_ low: Int, _ high: Int) -> Bool {
    let shelf = standing.shelf
    return shelf.isComparable(low) && shelf.isComparable(high) && shelf.compare(low, high) == .lower
      && !shelf.isDated(low, after: high)
  }

  /// A lower version that was built later is of another line; what it carries can be in nothing that was built before.
  private func isMade(_ item: Int, before deployment: Int) -> Bool {
    guard let made = made[item], let born = deployments[deployment].born else { return true }
    return made <= born
  }

  /// Whether some of the cargo was built after a deployment.
  func isOvertaken(_ deployment: Int) -> Bool {
    guard let lastMade, let born = deployments[deployment].born else { return false }
    return born < lastMade
  }

  /// Whether the order of versions tells what becomes of it.
  func isComparable(_ item: Int, with release: Int) -> Bool {
    standing.shelf.isComparable(release) && releases[item].allSatisfy { standing.shelf.isComparable($0) }
  }

  /// What the releases above `low` and below the deployment's own carry, as far as it holds it. `low` nil: all below.
  func cargoBelow(_ deployment: Int, above low: Int?) -> [Int] {
    guard let high = release(deployment), standing.shelf.isComparable(high) else { return [] }
    let start = low.map { first(above: $0) } ?? 0
    return ascending[start..<max(start, first(above: high))].flatMap { ofRelease[$0] ?? [] }.filter { holds(deployment, $0) }
  }

  /// The first of `ascending` that is higher than a release.
  func first(above release: Int) -> Int {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if standing.shelf.compare(ascending[middle], release) == .higher { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Deployment {
  /// When it was built, as far as the record of its run tells.
  fileprivate var born: Timestamp? { createdAt ?? startedAt ?? finishedAt }
}

/// Walks through the successes of one environment and keeps what is live.
private struct StayWalk {
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

  init(hold: Hold, environment: Int) {
    (self.hold, self.environment) = (hold, environment)
    steps = hold.standing.successions[environment].steps
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

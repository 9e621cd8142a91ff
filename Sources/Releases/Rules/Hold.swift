import Records
import Time

/// Which deployment holds what.
struct Hold {
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

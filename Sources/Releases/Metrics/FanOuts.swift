import Records

/// Deployments as the metrics count them: a run that deploys to several named targets is one for each of its attempts, finished when the
/// last target is, failed if any failed (rules.md, Targets).
struct FanOuts {
  /// One deployment, or those of one attempt.
  struct Unit {
    /// Indices into the service's deployments, in their order.
    var deployments: [Int]
    /// Whether the targets that this attempt did not touch are as they should be.
    var isRestGood = true
  }

  private(set) var units: [Unit] = []

  init(_ all: [Deployment]) {
    var groups: [Int: [Int]] = [:]
    for index in all.indices {
      if let fanOut = all[index].fanOut {
        groups[fanOut.number, default: []].append(index)
      } else {
        units.append(Unit(deployments: [index]))
      }
    }
    for (_, members) in groups.sorted(by: { $0.key < $1.key }) { add(members, all) }
    units.sort { ($0.deployments.last ?? 0) < ($1.deployments.last ?? 0) }
  }

  private mutating func add(_ members: [Int], _ all: [Deployment]) {
    var last: [String: State] = [:]
    let rounds = Dictionary(grouping: members) { all[$0].fanOut?.round ?? 0 }
    for (_, round) in rounds.sorted(by: { $0.key < $1.key }) {
      let begun = round.filter { all[$0].isAttempt }
      guard !begun.isEmpty else {
        units += round.map { Unit(deployments: [$0]) }
        continue
      }
      let touched = Set(begun.compactMap { all[$0].target })
      let rest = last.filter { !touched.contains($0.key) }.values
      units.append(Unit(deployments: begun, isRestGood: rest.allSatisfy { $0 == .succeeded }))
      for index in begun { if let target = all[index].target { last[target] = all[index].state } }
    }
  }
}

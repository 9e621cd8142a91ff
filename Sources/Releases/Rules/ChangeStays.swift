/// From when to when something was live in an environment.
package struct Stay: Hashable, Sendable {
  package var environment: Int
  /// The deployment that brought it, as an index into the service's deployments.
  package var deployment: Int
  /// The deployment whose version does not hold it; nil while it is live.
  package var end: Int?
}

extension Stay {
  /// Of several targets: it is there as long as any of them has it.
  static func joined(_ stays: [Stay]) -> [Stay] {
    var joined: [Stay] = []
    for stay in stays.sorted(by: { ($0.deployment, $0.end ?? .max) < ($1.deployment, $1.end ?? .max) }) {
      guard let last = joined.last, last.end.map({ stay.deployment <= $0 }) ?? true else {
        joined.append(stay)
        continue
      }
      if let end = last.end, stay.end.map({ end < $0 }) ?? true { joined[joined.count - 1].end = stay.end }
    }
    return joined
  }
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
package struct Standing: Sendable {
  let shelf: Shelf
  /// Of each deployment, the number of its release on the shelf.
  let release: [Int?]
  /// Of each environment, those of its targets.
  let successions: [[Succession]]

  package init(
    shelf: Shelf, release: [Int?], successions: [[Succession]]
  ) {
    (self.shelf, self.release, self.successions) = (shelf, release, successions)
  }
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
    let hold = Hold(cargo, deployments: deployments, standing: standing)
    var stays: [[Stay]] = cargo.map { _ in [] }
    for environment in standing.successions.indices {
      var here: [[Stay]] = cargo.map { _ in [] }
      for succession in standing.successions[environment] {
        var walk = StayWalk(hold: hold, environment: environment, succession)
        walk.run()
        for (item, stay) in walk.stays { here[item].append(stay) }
      }
      let areSeveral = standing.successions[environment].count > 1
      for item in cargo.indices { stays[item] += areSeveral ? Stay.joined(here[item]) : here[item] }
    }
    return stays
  }

  /// Of each of `cargo`, for each environment the waiting deployment that would bring it, if any does.
  package func waiting(for cargo: [Cargo], _ waiting: [[Int]]) -> [[Int?]] {
    let hold = Hold(cargo, deployments: deployments, standing: standing)
    return cargo.indices.map { item in waiting.map { $0.first { hold.holds($0, item) } } }
  }
}

package import Diagnostics
package import Records
import Time

/// What waits at a gate before one environment (rules.md, Current and Pending).
package struct WaitingRule {
  let all: [Deployment]
  /// Of each deployment, numbers of the shelf.
  let release: [Int?]
  let shelf: Shelf
  /// The run record of a deployment.
  let record: (Int) -> RunRecord?

  package init(
    all: [Deployment], release: [Int?], shelf: Shelf, record: @escaping (Int) -> RunRecord?
  ) {
    (self.all, self.release, self.shelf, self.record) = (all, release, shelf, record)
  }

  private struct TargetLane: Hashable {
    /// nil: its run is not known.
    let lane: Lane?
    let target: String?
  }

  /// Splits the deployments of an environment that wait: of one pipeline, ref and target only the newest waits, and none that is behind what is
  /// live or is live; runs that nobody promotes stay paused for ever. Newest request first.
  package func split(_ deployments: [Int], live: (Int) -> Int?) -> (waiting: [Int], superseded: [Superseded]) {
    let candidates = deployments.filter { all[$0].state == .waiting }
    var newest: [TargetLane: Int] = [:]
    for index in candidates {
      let lane = lane(of: index)
      if let other = newest[lane], !isNewer(index, than: other) { continue }
      newest[lane] = index
    }
    let waiting = candidates.filter { newest[lane(of: $0)] == $0 && !isPast($0, live: live($0)) }
    let kept = Set(waiting)
    let superseded = candidates.filter { !kept.contains($0) }.map { index in
      let newer = newest[lane(of: index)]
      let newerWaits = newer.flatMap { $0 == index ? nil : Superseded.Reason.newerWaits($0) }
      return Superseded(deployment: index, reason: newerWaits ?? .isPast(live: live(index)))
    }
    return (waiting.sorted(by: isNewer), superseded)
  }

  /// A deployment that waits for ever, and why nobody is asked about it.
  package struct Superseded {
    package enum Reason {
      case newerWaits(Int)
      case isPast(live: Int?)
    }

    package let deployment: Int
    package let reason: Reason
  }

  package func remark(_ reason: Superseded.Reason) -> Remark {
    switch reason {
    case .newerWaits(let other): .newerWaits(all[other].id, all[other].version)
    case .isPast(let live): .bringsNothing(beside: live.map { all[$0].version })
    }
  }

  private func lane(of index: Int) -> TargetLane {
    TargetLane(lane: record(index).map(Lane.init), target: all[index].target)
  }

  /// By request, else creation, then number.
  private func isNewer(_ left: Int, than right: Int) -> Bool {
    let (mine, theirs) = (asked(left), asked(right))
    if mine != theirs { return latest(mine, theirs) == mine }
    let (number, other) = (all[left].runNumber ?? .min, all[right].runNumber ?? .min)
    return number != other ? number > other : left > right
  }

  private func asked(_ index: Int) -> Timestamp? {
    all[index].gate?.requestedAt ?? all[index].createdAt ?? all[index].startedAt
  }

  /// Whether it would bring nothing that is not live already. What is marked as a rollback or a removal is meant to go back.
  private func isPast(_ index: Int, live: Int?) -> Bool {
    guard let live else { return false }
    let (mine, current) = (all[index], all[live])
    guard mine.action != .rollback, mine.action != .remove else { return false }
    switch release[index].flatMap({ mine in release[live].map { shelf.compare(mine, $0) } }) ?? nil {
    case .lower: return true
    case .higher: return false
    case .same: return isSameCommit(mine, current)
    case nil:
      guard let number = mine.runNumber, let other = current.runNumber, let run = record(index), let otherRun = record(live),
        Pipeline(run) == Pipeline(otherRun)
      else { return false }
      return number < other
    }
  }

  private func isSameCommit(_ left: Deployment, _ right: Deployment) -> Bool {
    guard let mine = left.commit?.sha, let theirs = right.commit?.sha else { return true }
    return Change.isSame(mine, theirs)
  }

  /// The last decision of a person here, and when, by the order of deployments where no time is known.
  package func lastDecision(_ deployments: [Int]) -> Gate.Decision? {
    var best: (decision: Gate.Decision, at: Timestamp?)?
    for index in deployments {
      guard all[index].gate?.kind == .human, let decisions = all[index].gate?.deciding else { continue }
      for decision in decisions where decision.by != nil || decision.at != nil {
        let at = decision.at ?? all.span[index].time
        if let best, latest(best.at, at) != at { continue }
        best = (decision, at)
      }
    }
    return best?.decision
  }
}

/// What a run overtakes when it succeeds or waits in its turn: earlier ones of its pipeline and ref. All tags are one ref.
struct Lane: Hashable {
  private let pipeline: Pipeline
  private let ref: String

  init(_ run: RunRecord) {
    pipeline = Pipeline(run)
    ref = run.ref.map { $0.type == .tag ? "tag" : "\($0.type.rawValue) \($0.name)" } ?? ""
  }
}

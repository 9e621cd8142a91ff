package import Records
package import Time

/// The successes of one service in one environment, in order, and what each made live.
package struct Succession {
  /// A success: what was live before it and is after it. Numbers of releases are those of the shelf.
  package struct Step {
    /// Index into the service's deployments.
    package let deployment: Int
    /// nil for a removal.
    package let release: Int?
    /// The step before, if its release was live; nil too where nobody knows whether it came before.
    package let before: Int?
  }

  /// A deployment that reached some of its unnamed targets and not all of them: no success, yet its release is live on those.
  struct Reach {
    /// Index into the service's deployments.
    var deployment: Int
    var release: Int
    /// The last step before it, if its release was live.
    var before: Int?
    /// When the first of them had it; nil: no record says when.
    var at: Timestamp?
    /// Those that it reached, in the order of their times.
    var targets: [ChangelogEntry.Target]
  }

  /// What became of the last success without another one after it (record.md, Short-lived environments).
  package enum End { case removed, unknown }

  package private(set) var steps: [Step] = []
  /// In the order of their deployments.
  private(set) var reaches: [Reach] = []
  package private(set) var end: End?
  /// Of several targets together: the step that others reckon with.
  package var standing: Step?
  /// Index of the deployment with which a release succeeded here first.
  package private(set) var firstOfRelease: [Int: Int] = [:]
  private(set) var firstOfCommit: [String: Int] = [:]

  /// Nothing was deployed.
  init() {}

  /// `deployments`: indices of this environment, oldest first. `release`: of each deployment of the service.
  package init(_ deployments: [Int], of all: [Deployment], release: [Int?], shelf: Shelf, isShortLived: Bool, asOf: Timestamp) {
    for index in deployments {
      if all[index].hasReachedPart { add(reach: index, of: all, release: release) }
      guard all[index].state == .succeeded else { continue }
      let isRemoval = all[index].action == .remove
      let live = steps.last.flatMap { $0.release == nil ? nil : steps.count - 1 }
      let isAfter = live.map { isKnownToFollow(index, steps[$0], of: all, release: release, shelf: shelf) } ?? true
      steps.append(Step(deployment: index, release: isRemoval ? nil : release[index], before: isAfter ? live : nil))
      guard !isRemoval else { continue }
      if let release = release[index], firstOfRelease[release] == nil { firstOfRelease[release] = index }
      if let commit = Succession.commit(all[index].commit?.sha), firstOfCommit[commit] == nil { firstOfCommit[commit] = index }
    }
    end = end(deployments, of: all, isShortLived: isShortLived, asOf: asOf)
  }

  private mutating func add(reach index: Int, of all: [Deployment], release: [Int?]) {
    guard all[index].action != .remove, let mine = release[index] else { return }
    let before = steps.last.flatMap { $0.release == nil ? nil : steps.count - 1 }
    if let before, steps[before].release == mine { return }
    let reached = all[index].targets.filter { $0.state == .succeeded }.map {
      ChangelogEntry.Target(name: $0.name, at: $0.finishedAt, deployment: index)
    }
    let sorted = reached.sorted { left, right in
      left.at == right.at ? left.name < right.name : latest(left.at, right.at) == right.at
    }
    let at = reached.contains { $0.at == nil } ? nil : sorted.first?.at
    reaches.append(Reach(deployment: index, release: mine, before: before, at: at, targets: sorted))
  }

  /// An environment that was stopped holds nothing, nor does one whose time has run out since its last success; of one that goes
  /// on nobody knows what it runs after its provider has called the last success inactive. A success afterwards begins anew.
  private func end(_ deployments: [Int], of all: [Deployment], isShortLived: Bool, asOf: Timestamp) -> End? {
    let telling = deployments.last { all[$0].availability != nil }
    guard let last = steps.last else { return endOfTries(deployments, of: all, asOf: asOf) }
    guard last.release != nil else { return nil }
    if let telling, telling >= last.deployment, all[telling].availability == .stopped { return .removed }
    let dated = deployments.last { all[$0].stopsAt != nil }
    if let dated, dated >= last.deployment, let stop = all[dated].stopsAt, stop <= asOf,
      all[last.deployment].time.map({ $0 <= stop }) ?? true
    {
      return .removed
    }
    guard all[last.deployment].isInactive else { return nil }
    return isShortLived ? .removed : .unknown
  }

  /// The same where nothing has succeeded: the last that was tried tells.
  private func endOfTries(_ deployments: [Int], of all: [Deployment], asOf: Timestamp) -> End? {
    guard let last = deployments.last else { return nil }
    if all[last].availability == .stopped { return .removed }
    guard let stop = all[last].stopsAt, stop <= asOf, all[last].orderTime.map({ $0 <= stop }) ?? true else { return nil }
    return .removed
  }

  /// A success without a time stands before all that are dated, and may have come after them: where that would make a rollback of a
  /// dated one, nothing is said of what was before.
  private func isKnownToFollow(_ index: Int, _ step: Step, of all: [Deployment], release: [Int?], shelf: Shelf) -> Bool {
    guard all[step.deployment].orderTime == nil, all[index].orderTime != nil, all[index].action != .remove,
      let mine = release[index], let old = step.release
    else { return true }
    return shelf.compare(mine, old) != .lower
  }

  /// Of several targets: it has ended where all of them have, and what runs is what most of them run.
  package mutating func join(_ tracks: TargetTracks, shelf: Shelf) {
    standing = shelf.prevailing(tracks.present.compactMap(\.succession.live))
    end = tracks.tracks.allSatisfy { $0.succession.end == .removed } ? .removed : nil
  }

  /// The first deployment that succeeded here; nil: never deployed.
  package var first: Int? { steps.first { $0.release != nil }?.deployment }

  /// What runs: the last success, unless it is a removal or its environment has ended.
  package var live: Step? {
    if let standing { return standing }
    return end == .removed ? nil : steps.last.flatMap { $0.release == nil ? nil : $0 }
  }

  /// Full and short shas of one commit meet in their first twelve digits.
  static func commit(_ sha: String?) -> String? {
    guard let sha, !sha.isEmpty else { return nil }
    let start = sha.utf8.prefix(12)
    return start.contains(where: \.isUpperLetter) ? String(sha.prefix(12)).lowercased() : String(start) ?? sha
  }

  /// The first success here with this release or this commit.
  func firstArrival(of release: Int?, commit: String?) -> Int? {
    [release.flatMap { firstOfRelease[$0] }, commit.flatMap { firstOfCommit[$0] }].compactMap { $0 }.min()
  }
}

extension Succession {
  /// The kind of a success, the first that fits (rules.md, Current). `wasUpstream`: whether the release had been in the environment
  /// before this one by then; nil without one.
  package func kind(of step: Step, in all: [Deployment], shelf: Shelf, wasUpstream: Bool?) -> Deployment.Kind? {
    guard let release = step.release else { return nil }
    guard let before = step.before, let live = steps[before].release else { return .first }
    let new = step.deployment
    if all[new].action == .rollback { return .rollback }
    if all[new].hotfix ?? false { return .hotfix }
    let comparison = shelf.compare(release, live)
    if comparison == .same { return all.isSameBuild(new, steps[before].deployment) ? .redeploy : .rebuild }
    if comparison == .lower { return .rollback }
    if comparison == nil, isReturn(step, from: steps[before], in: all) { return .rollback }
    return wasUpstream == false && all[new].hotfix != false ? .hotfix : .upgrade
  }

  /// Versions that cannot be compared: whether this one, or its commit, was here before the live one was first here. So going back is
  /// a rollback, and going forward again to what a rollback has just left is none.
  private func isReturn(_ step: Step, from old: Step, in all: [Deployment]) -> Bool {
    let mine = firstArrival(of: step.release, commit: Succession.commit(all[step.deployment].commit?.sha))
    let theirs = firstArrival(of: old.release, commit: Succession.commit(all[old.deployment].commit?.sha))
    guard let mine, let theirs, mine < step.deployment else { return false }
    return mine < theirs
  }

  /// A success of an older run of the same pipeline that nothing had brought here before: two runs overtook each other, nobody went
  /// back (rules.md, `out-of-order`). What is marked as a rollback is one.
  package func isOutOfOrder(_ step: Step, in all: [Deployment], pipeline: (Int) -> Pipeline?) -> Bool {
    guard let before = step.before, all[step.deployment].action != .rollback else { return false }
    let (new, old) = (step.deployment, steps[before].deployment)
    guard let number = all[new].runNumber, let other = all[old].runNumber, number < other,
      let mine = pipeline(new), mine == pipeline(old)
    else { return false }
    return firstArrival(of: step.release, commit: Succession.commit(all[new].commit?.sha)) == new
  }
}

extension [Deployment] {
  /// Whether nothing is known to differ between two deployments of one version: artifact, commit, build metadata.
  func isSameBuild(_ left: Int, _ right: Int) -> Bool {
    if let mine = self[left].digest, let theirs = self[right].digest, mine != theirs { return false }
    if let mine = self[left].commit?.sha, let theirs = self[right].commit?.sha, !Change.isSame(mine, theirs) { return false }
    let (mine, theirs) = (self[left].version.utf8, self[right].version.utf8)
    return mine.drop { $0 != UInt8(ascii: "+") }.elementsEqual(theirs.drop { $0 != UInt8(ascii: "+") })
  }
}

/// What makes the numbers of two runs comparable: the same pipeline of the same repository.
package struct Pipeline: Hashable {
  let provider: String
  let place: String
  let name: String

  package init(_ run: RunRecord) {
    provider = run.provider ?? ""
    place = run.repository ?? run.service ?? ""
    name = run.pipeline ?? ""
  }
}

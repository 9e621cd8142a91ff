import Records

/// What runs, and what was tried since (rules.md, Current).
struct CurrentRule {
  private(set) var state = Cell.State.none
  private(set) var current: Int?
  private(set) var previous: Int?
  private(set) var lastAttempt: Int?
  private(set) var flags: [Cell.Flag] = []
  private(set) var doubt: Cell.Doubt?

  /// `deployments`: indices of this environment, oldest first. `release`: of each deployment of the service, numbers of the shelf.
  init(_ deployments: [Int], succession: Succession, of all: [Deployment], release: [Int?], shelf: Shelf) {
    let last = succession.steps.last
    current = succession.live?.deployment
    if let last { state = last.release == nil ? .removed : .current }
    previous = CurrentRule.previous(succession)
    switch succession.end {
    case .removed: (state, previous) = (.removed, last?.deployment)
    case .unknown: (state, doubt) = (.unknown, .inactive)
    case nil: break
    }
    lastAttempt = deployments.last { all.span[$0].isAttempt }.flatMap { $0 == last?.deployment ? nil : $0 }
    // What was tried where nothing stands any more is no news.
    if succession.end == .removed, let attempt = lastAttempt, all[attempt].availability == .stopped { lastAttempt = nil }
    let partial = CurrentRule.isPartial(deployments, since: last?.deployment, live: succession.live, of: all, release: release)
    if let attempt = partial.leavesUnknown ?? CurrentRule.onlyKnownAsUnknown(deployments, succession, of: all) {
      (state, doubt) = (.unknown, .attempt(attempt))
    }
    if state == .current, let other = CurrentRule.rival(of: succession, all) { (state, doubt) = (.unknown, .order(other)) }
    setFlags(deployments, succession, all, shelf: shelf, isPartial: partial.isPartial)
  }

  /// Another success that nothing tells from the last one which came later: neither has a time, and no number tells.
  private static func rival(of succession: Succession, _ all: [Deployment]) -> Int? {
    guard let live = succession.live, all[live.deployment].orderTime == nil else { return nil }
    let number = all[live.deployment].runNumber
    return succession.steps.dropLast().last { step in
      guard step.release != live.release, all[step.deployment].orderTime == nil else { return false }
      if let number, let other = all[step.deployment].runNumber, number != other { return false }
      let isSameRun = all[step.deployment].runID != nil && all[step.deployment].runID == all[live.deployment].runID
      return !isSameRun || all[step.deployment].attempt == all[live.deployment].attempt
    }?.deployment
  }

  /// The step whose version was live just before the one that is live, or before the removal.
  private static func previous(_ succession: Succession) -> Int? {
    let steps = succession.steps
    guard let last = steps.last else { return nil }
    guard let release = last.release else { return last.before.map { steps[$0].deployment } }
    var before = last.before
    while let index = before {
      if steps[index].release != release { return steps[index].deployment }
      before = steps[index].before
    }
    return nil
  }

  /// The last attempt that ended with a word nobody knows, where nothing ever succeeded: that nothing was deployed would not be known.
  private static func onlyKnownAsUnknown(_ deployments: [Int], _ succession: Succession, of all: [Deployment]) -> Int? {
    guard succession.steps.isEmpty, succession.end == nil else { return nil }
    return deployments.last { index in
      let isUnknown = all[index].state == .unknown || all[index].targets.contains { $0.state == .unknown }
      return isUnknown && all[index].action != .remove && !all[index].isPart
    }
  }

  /// Whether a deployment deployed a part only, or was cancelled after it had started, and nothing has succeeded since; and the one that may
  /// have changed the version.
  private static func isPartial(
    _ deployments: [Int], since last: Int?, live: Succession.Step?, of all: [Deployment], release: [Int?]
  ) -> (isPartial: Bool, leavesUnknown: Int?) {
    var isPartial = false
    for index in deployments.reversed() {
      if index == last { break }
      if all[index].isPart { isPartial = true }
      guard all[index].state == .cancelled, all[index].startedAt != nil, !all[index].hasReachedPart else { continue }
      let isRemoval = all[index].action == .remove
      if isRemoval, live == nil { continue }
      if isRemoval || release[index] == nil || release[index] != live?.release { return (true, index) }
      if let live, !all.isSameBuild(index, live.deployment) { isPartial = true }
    }
    return (isPartial, nil)
  }

  private mutating func setFlags(
    _ deployments: [Int], _ succession: Succession, _ all: [Deployment], shelf: Shelf, isPartial: Bool
  ) {
    if let live = succession.live {
      let arrival = CurrentRule.arrival(of: live, in: succession)
      if all[arrival].outOfOrder {
        flags.append(.outOfOrder)
      } else if all[arrival].kind == .rollback {
        flags.append(.rolledBack)
      }
      if live.release.flatMap({ shelf.items[$0].note })?.value.yanked ?? false { flags.append(.yanked) }
      if CurrentRule.isTied(succession, all) { flags.append(.tie) }
    }
    if isPartial { flags.append(.partial) }
    flags = Cell.Flag.allCases.filter { flags.contains($0) }
  }

  /// The deployment that brought the live version: before redeploys and rebuilds of it.
  private static func arrival(of live: Succession.Step, in succession: Succession) -> Int {
    var step = live
    while let before = step.before, succession.steps[before].release == live.release { step = succession.steps[before] }
    return step.deployment
  }

  /// Whether another success finished at the same moment, so that the run number had to decide.
  private static func isTied(_ succession: Succession, _ all: [Deployment]) -> Bool {
    guard let last = succession.steps.last, let finish = all[last.deployment].finishedAt else { return false }
    return succession.steps.dropLast().last.map { all[$0.deployment].finishedAt == finish } ?? false
  }
}

import Records
import Time

/// Tells attempts from targets among the deployments of one run to one environment: the one place that decides it (record.md, Targets
/// and attempts).
///
/// Those of one named target, or of none, are sorted into lanes: a lane is one unnamed target, and its entries are its attempts. The
/// attempts of all lanes make rounds, and a round is one deployment. What a round did not touch, it carries over from the one before:
/// where two of three jobs are run again, the third is as it was.
struct TargetJudging {
  /// One unnamed target and its attempts, in order.
  private struct Lane {
    /// Its step; nil where none is named.
    let step: String?
    var entries: [Target]
  }

  /// The number of an attempt, and its place among those of the same number.
  private struct Round: Hashable, Comparable {
    let number: Int
    let place: Int

    static func < (left: Round, right: Round) -> Bool { (left.number, left.place) < (right.number, right.place) }
  }

  private(set) var deployments: [JoinedTargets] = []
  private var lanes: [Lane] = []
  private var reasons: Set<TargetReason> = []

  /// `targets`: of one run, service, environment and version.
  init(_ targets: [Target], fanOut: Int) {
    let named = Dictionary(grouping: targets) { $0.name ?? "" }
    let areSeveral = named.keys.count { !$0.isEmpty } > 1
    // Where one target has numbered attempts, what has none beside it is of the first.
    let isNumbered = Set(targets.map(\.number)).count > 1
    var rounds: [(round: Round, made: JoinedTargets)] = []
    for (_, members) in named.sorted(by: { $0.key < $1.key }) {
      (lanes, reasons) = ([], named.count > 1 ? [.namedTarget] : [])
      sortIntoLanes(members)
      rounds += makeRounds(isNumbered: isNumbered)
    }
    let order = Set(rounds.map(\.round)).sorted()
    deployments = rounds.map { round, made in
      var made = made
      made.fanOut = fanOut
      made.round = order.firstIndex(of: round) ?? 0
      made.hasNamedSiblings = areSeveral
      return made
    }
    makeIDsUnique()
  }

  // MARK: Lanes

  private mutating func sortIntoLanes(_ members: [Target]) {
    let steps = Set(members.compactMap(\.stepName))
    // An entry without a step is of the only step there is.
    let only = steps.count == 1 ? steps.first : nil
    for entry in members.sorted(by: TargetJudging.isBefore) {
      let step = entry.stepName ?? only
      let free = lanes.indices.filter { lanes[$0].step == step && follows(entry, lanes[$0].entries) != nil }
      let failed = free.first { lanes[$0].entries.last?.state != .succeeded }
      guard let lane = failed ?? free.first else {
        lanes.append(Lane(step: step, entries: [entry]))
        continue
      }
      if let reason = follows(entry, lanes[lane].entries) { reasons.insert(reason) }
      lanes[lane].entries.append(entry)
    }
    if lanes.count > 1 { reasons.insert(Set(lanes.map(\.step)).count == lanes.count ? .otherStep : .atOnce) }
  }

  private static func isBefore(_ left: Target, _ right: Target) -> Bool {
    if left.number != right.number { return left.number < right.number }
    let (mine, theirs) = (left.told.start ?? left.told.finish, right.told.start ?? right.told.finish)
    if mine != theirs { return latest(mine, theirs) == theirs }
    if left.told.finish != right.told.finish { return latest(left.told.finish, right.told.finish) == right.told.finish }
    return left.id < right.id
  }

  /// Why an entry is another attempt of a lane; nil: it is none.
  private func follows(_ entry: Target, _ attempts: [Target]) -> TargetReason? {
    guard let last = attempts.last else { return nil }
    if entry.number != last.number { return .numberedAttempt }
    guard entry.stepName != nil, last.stepName != nil else {
      return attempts.allSatisfy { entry.told.isAfter($0.told) } ? .inTurn : nil
    }
    return attempts.contains { entry.told.isKnownToOverlap($0.told) } ? nil : .sameStep
  }

  // MARK: Rounds

  private func makeRounds(isNumbered: Bool) -> [(round: Round, made: JoinedTargets)] {
    var entries: [Round: [Int: Target]] = [:]
    for (lane, own) in lanes.enumerated() {
      var counts: [Int: Int] = [:]
      for entry in own.entries {
        let number = isNumbered ? entry.number : 0
        let place = counts[number, default: 0]
        counts[number] = place + 1
        var placed = entry
        placed.lane = lane
        entries[Round(number: number, place: place), default: [:]][lane] = placed
      }
    }
    var last: [Int: Target] = [:]
    let reasons = TargetReason.allCases.filter { self.reasons.contains($0) }
    return entries.sorted { $0.key < $1.key }.map { round, new in
      // An attempt that shares no step with those before it stands for all of them.
      if !new.keys.contains(where: { last[$0] != nil }) { last = [:] }
      let kept = TargetJudging.kept(from: last, by: new)
      let own = new.filter { kept[$0.key] == nil }
      last = kept.merging(own) { $1 }
      return (round, JoinedTargets(own: inOrder(own), carried: inOrder(kept), reasons: reasons))
    }
  }

  /// What a round leaves as it was: lanes that it does not have, or in which nothing has begun, as long as something has begun in it.
  private static func kept(from last: [Int: Target], by new: [Int: Target]) -> [Int: Target] {
    guard new.values.contains(where: \.hasBegun) else { return [:] }
    return last.filter { lane, before in
      guard before.hasBegun else { return false }
      return new[lane].map { $0.state.isTerminal && !$0.hasBegun } ?? true
    }
  }

  private func inOrder(_ entries: [Int: Target]) -> [Target] {
    entries.sorted { $0.value.id != $1.value.id ? $0.value.id < $1.value.id : $0.key < $1.key }.map(\.value)
  }

  /// Attempts that no record gives an id have that of their run and environment: the later ones count on.
  private mutating func makeIDsUnique() {
    let order = deployments.indices.sorted {
      (deployments[$0].round, deployments[$0].own[0].id, $0) < (deployments[$1].round, deployments[$1].own[0].id, $1)
    }
    var taken: Set<String> = []
    for index in order {
      let id = deployments[index].own[0].id
      var unique = id
      var count = 1
      while !taken.insert(unique).inserted {
        count += 1
        unique = "\(id)-\(count)"
      }
      deployments[index].own[0].firstID = id
      deployments[index].own[0].id = unique
    }
  }
}

extension Target {
  /// Whether anything may have changed by it: all but what waits, was skipped or was cancelled before its start.
  var hasBegun: Bool {
    switch state {
    case .running, .succeeded, .failed, .unknown: true
    case .cancelled: startedAt != nil
    case .queued, .waiting, .skipped, .superseded: false
    }
  }
}

/// When a deployment was under way, as its own record or its step tells.
struct ToldSpan {
  var start: Timestamp?
  var finish: Timestamp?
  var isLive = false

  /// Whether it came after the other: it began when that had ended; where nobody says when it began, it ended later.
  func isAfter(_ other: ToldSpan) -> Bool {
    guard let end = other.finish else { return false }
    guard let start else { return finish.map { end < $0 } ?? false }
    return end <= start && !(other.start == start && end == start)
  }

  func isKnownToOverlap(_ other: ToldSpan) -> Bool {
    guard let start, let otherStart = other.start, let end = end, let otherEnd = other.end else { return false }
    return start < otherEnd && otherStart < end
  }

  private var end: Timestamp? { isLive ? Timestamp(seconds: .max) : finish }
}

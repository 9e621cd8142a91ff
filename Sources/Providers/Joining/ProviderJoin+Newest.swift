import Diagnostics
import Records
import Time

// One object in several snapshots: dumps of two days, a list and a single answer, the webhooks of its life (record.md, rule 5).
extension ProviderJoin {
  /// Leaves one entry for each identity: the highest attempt, then a terminal state over a live one, then the latest time. What the
  /// others know and the newest leaves out is filled in.
  mutating func keepNewest() {
    var newest: [String: Int] = [:]
    for index in entries.indices {
      guard let identity = entries[index].piece.body.identity else { continue }
      guard let other = newest[identity] else {
        newest[identity] = index
        continue
      }
      newest[identity] = settle(other, index)
    }
  }

  /// The newer of two entries of one identity; the other gets its fate.
  private mutating func settle(_ first: Int, _ second: Int) -> Int {
    let old = entries[first].piece
    let new = entries[second].piece
    // Each list stands in the order of the last answer, whichever snapshot is kept.
    let rank = max(entries[first].rank, entries[second].rank)
    (entries[first].rank, entries[second].rank) = (rank, rank)
    if old.body == new.body {
      let (kept, same) = old.isImplied && !new.isImplied ? (second, first) : (first, second)
      entries[same].fate = .skipped(.duplicate(of: entries[kept].place))
      entries[kept].piece.story.join(placesOf: entries[same].piece.story)
      return kept
    }
    // Where nothing tells, the later place wins: logs are appended to.
    let isSecondNewer = !(new.freshness < old.freshness)
    let (winner, loser) = isSecondNewer ? (second, first) : (first, second)
    // Two that are still under way are steps on one way.
    let isLive = !old.freshness.isTerminal && !new.freshness.isTerminal
    if old.freshness == new.freshness, !isLive, let here = new.body.stateWord, let there = old.body.stateWord, here != there {
      warn(.warning, .contradiction(entries[second].piece.name, here: here, there: there, at: entries[first].place), at: second)
    }
    entries[winner].piece.chain = entries[winner].piece.chain ?? entries[loser].piece.chain
    let wasFilled = entries[winner].piece.body.fill(from: entries[loser].piece.body)
    entries[winner].piece.body.follow(on: entries[loser].piece.body)
    let wasUsed = wasFilled || entries[loser].piece.body.run?.bringsSteps == true
    let place = entries[loser].recordPlace
    entries[winner].piece.story.join(placesOf: entries[loser].piece.story)
    entries[winner].piece.story.note(.olderTelling(isUsed: wasUsed, at: place))
    entries[loser].fate = wasUsed ? .merged(into: winner) : .skipped(.older(than: entries[winner].place))
    return winner
  }
}

/// How new a snapshot is.
private struct Freshness: Comparable {
  var attempt = 1
  var isTerminal = false
  var time: Timestamp?
  var seconds: Double?
  /// It is no longer in a queue: told at the same time, that comes later.
  var hasBegun = true
  var isImplied = false

  static func < (left: Freshness, right: Freshness) -> Bool {
    if left.attempt != right.attempt { return left.attempt < right.attempt }
    if left.isTerminal != right.isTerminal { return right.isTerminal }
    if left.time != right.time { return (left.time ?? .distantPast) < (right.time ?? .distantPast) }
    if left.seconds != right.seconds { return (left.seconds ?? -1) < (right.seconds ?? -1) }
    if left.hasBegun != right.hasBegun { return right.hasBegun }
    return left.isImplied && !right.isImplied
  }
}

extension State {
  /// A known end: a word nobody knows says nothing about which of two snapshots is newer.
  fileprivate var isEnd: Bool { isTerminal && self != .unknown }
}

extension Timestamp {
  static let distantPast = Timestamp(seconds: .min)
}

extension Piece {
  /// What is told in passing is the older of two that are equal otherwise.
  fileprivate var freshness: Freshness {
    var freshness = body.freshness
    freshness.isImplied = isImplied
    return freshness
  }
}

extension Piece.Body {
  /// What makes two pieces snapshots of one object; nil for those that have no identity.
  fileprivate var identity: String? {
    switch self {
    case .run(let run): "run \(run.record.attempt) \(run.key)"
    case .step(let step): "step \(step.runAttempt ?? 1) \(step.isScoped ? step.runKey : "") \(step.key)"
    case .deployment(let deployment): "deployment \(deployment.key)"
    case .status(let status): "status \(status.key)"
    case .environment(let environment): "environment \(environment.key)"
    case .release(let release): "release \(release.key)"
    case .review(let review): review.key.map { "review \($0)" }
    case .incident(let incident): "incident \(incident.key)"
    case .name(let name): "name \(name.key)"
    // All answers about one count, in their order.
    case .application: nil
    }
  }

  fileprivate var freshness: Freshness {
    switch self {
    case .run(let run):
      let record = run.record
      return Freshness(
        isTerminal: record.state.isEnd, time: run.updatedAt ?? record.finishedAt, seconds: record.activeSeconds,
        hasBegun: record.state != .queued)
    case .step(let step):
      return Freshness(attempt: step.step.attempt, isTerminal: step.step.state.isEnd, time: step.updatedAt)
    case .deployment(let deployment):
      let isTerminal = deployment.outcome == .ofStep || deployment.record.state?.isEnd == true
      return Freshness(isTerminal: isTerminal, time: deployment.updatedAt)
    case .release(let release): return Freshness(isTerminal: release.isDeleted, time: release.updatedAt)
    case .environment(let environment): return Freshness(time: environment.updatedAt)
    case .review(let review):
      return Freshness(isTerminal: review.gates.allSatisfy { $0.state != .waiting }, time: review.updatedAt)
    case .incident(let incident):
      return Freshness(isTerminal: incident.record.state.isOver, time: incident.updatedAt)
    case .status, .name, .application: return Freshness()
    }
  }

  /// What two snapshots can contradict each other about.
  fileprivate var stateWord: String? {
    switch self {
    case .run(let run): run.record.state.rawValue
    case .step(let step): step.step.state.rawValue
    case .deployment(let deployment): deployment.record.state?.rawValue
    case .status(let status): status.raw
    case .environment, .review, .release, .incident, .application, .name: nil
    }
  }

  /// Notes what was under way when it was told before: no fact of its own, but what else tells so may be as old.
  fileprivate mutating func follow(on older: Piece.Body) {
    switch (self, older) {
    case (.run(var run), .run(let older)):
      run.wasLive = run.wasLive || older.wasLive || !older.record.state.isTerminal
      run.hasWaited = run.hasWaited || older.hasWaited || older.record.state == .waiting
      self = .run(run)
    case (.step(var step), .step(let older)):
      step.wasLive = step.wasLive || older.wasLive || !older.step.state.isTerminal
      self = .step(step)
    case (.review(var review), .review(let older)):
      review.asked.formUnion(older.asked)
      review.asked.formUnion(older.gates.lazy.filter { $0.state == .waiting }.compactMap(\.environment))
      self = .review(review)
    default: break
    }
  }
}

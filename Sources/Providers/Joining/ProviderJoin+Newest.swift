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
    case .application(let application): "application \(application.key)"
    case .name(let name): "name \(name.key)"
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
    case .application(let application):
      return Freshness(time: application.updatedAt, seconds: application.generation.map(Double.init))
    case .status, .name: return Freshness()
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

  /// Takes over what does not depend on the state and is missing here; whether anything was.
  fileprivate mutating func fill(from other: Piece.Body) -> Bool {
    let before = self
    switch (self, other) {
    case (.run(var run), .run(let older)):
      run.record.fill(from: older.record)
      run.repositoryKey = run.repositoryKey ?? older.repositoryKey
      run.urlPattern = run.urlPattern ?? older.urlPattern
      run.looseKey = run.looseKey ?? older.looseKey
      run.longID = run.longID ?? older.longID
      run.parameters.merge(older.parameters) { own, _ in own }
      if run.endIsBound, !older.endIsBound, run.record.state == older.record.state, let end = older.record.finishedAt {
        (run.record.finishedAt, run.endIsBound) = (end, false)
      }
      self = .run(run)
    case (.step(var step), .step(let older)):
      step.environment = step.environment ?? older.environment
      step.tier = step.tier ?? older.tier
      step.action = step.action ?? older.action
      step.trigger = step.trigger ?? older.trigger
      step.gate = step.gate ?? older.gate
      step.step.fillStart(from: older.step)
      step.order = min(step.order, older.order)
      if step.inner.isEmpty, step.step.state == older.step.state { step.inner = older.inner }
      self = .step(step)
    case (.deployment(var deployment), .deployment(let older)):
      deployment.fill(from: older)
      self = .deployment(deployment)
    case (.environment(var environment), .environment(let older)):
      environment.fill(from: older)
      self = .environment(environment)
    case (.review(var review), .review(let older)):
      review.fill(from: older)
      self = .review(review)
    case (.incident(var incident), .incident(let older)):
      incident.record.fill(from: older.record)
      self = .incident(incident)
    case (.application(var application), .application(let older)):
      application.fill(from: older)
      self = .application(application)
    default: break
    }
    return self != before
  }
}

extension RunRecord {
  /// Who it is, not how it went.
  mutating func fill(from other: RunRecord) {
    repository = repository ?? other.repository
    pipeline = pipeline ?? other.pipeline
    number = number ?? other.number
    url = url ?? other.url
    title = title ?? other.title
    createdAt = createdAt ?? other.createdAt
    commit = commit ?? other.commit
    if commit?.message == nil, commit?.sha == other.commit?.sha { commit = other.commit }
    // A name that may be a tag's or a branch's gives way to one that is told.
    if ref == nil || (ref?.type == .other && ref?.name == other.ref?.name) { ref = other.ref ?? ref }
    trigger = trigger ?? other.trigger
    actor = actor ?? other.actor
    if let start = other.startedAt, other.state == .running, start <= finishedAt ?? .distantPast {
      startedAt = startedAt ?? start
    }
    guard state == other.state else { return }
    startedAt = startedAt ?? other.startedAt
    activeSeconds = activeSeconds ?? other.activeSeconds
  }
}

extension Step {
  /// What was told while it ran is the start of what ended later.
  fileprivate mutating func fillStart(from other: Step) {
    guard startedAt == nil, let start = other.startedAt, other.state == .running, start <= finishedAt ?? .distantPast else {
      return
    }
    startedAt = start
  }
}

extension EnvironmentPiece {
  /// What tells that it ended may know no more of it than its id (CDEvents).
  fileprivate mutating func fill(from other: EnvironmentPiece) {
    if reference.name == id { reference.name = other.reference.name }
    reference.tier = reference.tier ?? other.reference.tier
    reference.url = reference.url ?? other.reference.url
    reference.isShortLived = reference.isShortLived ?? other.reference.isShortLived
  }
}

extension ReviewPiece {
  fileprivate mutating func fill(from other: ReviewPiece) {
    runKey = runKey ?? other.runKey
    runAttempt = runAttempt ?? other.runAttempt
    repository = repository ?? other.repository
    target = target ?? other.target
    defer { isOutline = isOutline && other.isOutline }
    for index in gates.indices {
      guard var older = other.gates.first(where: { $0.key == gates[index].key }) else { continue }
      // What went on though nobody was asked any more was not approved.
      if isOutline, !other.isOutline, older.isOver {
        gates[index].takeDecision(of: older)
      } else if !isOutline, other.isOutline, gates[index].isOver {
        older.takeDecision(of: gates[index])
      }
      let state = gates[index].state
      gates[index].environment = gates[index].environment ?? older.environment
      gates[index].merge(older, runWaits: false)
      // What is said to be over does not wait again because its end has an unknown name.
      gates[index].state = state == .unknown && older.state != .waiting ? older.state : state
      // One of them knows that it was decided, the other by whom.
      let isNamed = gates[index].decisions.contains { $0.by != nil }
      if isNamed { gates[index].decisions.removeAll { $0.by == nil } }
      gates[index].keepFirstDecisions()
    }
  }
}

extension Gate {
  /// Whether it is known how it ended.
  fileprivate var isOver: Bool { state != .waiting && state != .unknown }

  fileprivate mutating func takeDecision(of other: Gate) {
    (state, decisions) = (other.state, other.decisions)
  }

  /// In the order of time; one that is told twice was made when it was told first.
  fileprivate mutating func keepFirstDecisions() {
    let sorted = decisions.sorted { ($0.at ?? .distantPast, $0.decision ?? "") < ($1.at ?? .distantPast, $1.decision ?? "") }
    decisions = []
    for decision in sorted where !decisions.contains(where: { $0.by == decision.by && $0.decision == decision.decision }) {
      decisions.append(decision)
    }
  }
}

extension IncidentRecord {
  /// The whole story: what began it, and every news of it in the order of time.
  fileprivate mutating func fill(from other: IncidentRecord) {
    title = other.title ?? title
    startedAt = [startedAt, other.startedAt].compactMap { $0 }.min()
    resolvedAt = resolvedAt ?? other.resolvedAt
    environment = environment ?? other.environment
    service = service ?? other.service
    url = url ?? other.url
    if other.kind == .maintenance { kind = .maintenance }
    affects += other.affects.filter { !affects.contains($0) }
    let news = updates + other.updates.filter { !updates.contains($0) }
    updates = news.sorted { ($0.at, $0.text.plain) < ($1.at, $1.text.plain) }
  }
}

extension DeploymentPiece {
  fileprivate mutating func fill(from other: DeploymentPiece) {
    if record.environment.name.isEmpty { record.environment.name = other.record.environment.name }
    record.environment.tier = record.environment.tier ?? other.record.environment.tier
    record.repository = record.repository ?? other.record.repository
    record.commit = record.commit ?? other.record.commit
    record.actor = record.actor ?? other.record.actor
    environmentKey = environmentKey ?? other.environmentKey
    runKey = runKey ?? other.runKey
    stepKey = stepKey ?? other.stepKey
    createdAt = createdAt ?? other.createdAt
    runNumber = runNumber ?? other.runNumber
    releaseKey = releaseKey ?? other.releaseKey
    ownerKey = ownerKey ?? other.ownerKey
    targetKey = targetKey ?? other.targetKey
    record.attempt = record.attempt ?? other.record.attempt
    record.target = record.target ?? other.record.target
    ref = ref ?? other.ref
    record.environment.url = record.environment.url ?? other.record.environment.url
    record.url = record.url ?? other.record.url
    if let startedAt = other.record.startedAt, record.state == .running || startedAt <= record.finishedAt ?? .distantPast {
      record.startedAt = record.startedAt ?? startedAt
    }
    held = held ?? other.held
    for gate in other.gates { merge(gate) }
  }

  /// What an earlier snapshot told of a gate: who was asked, and who decided. One that waited does not any more once it runs.
  private mutating func merge(_ older: Gate) {
    let isOpen = record.state == .queued || record.state == .waiting
    var older = older
    if older.state == .waiting, !isOpen { older.state = older.decisions.contains(where: \.isYes) ? .approved : .unknown }
    guard let place = gates.firstIndex(where: { $0.key == older.key }) else {
      if older.state != .unknown || !older.decisions.isEmpty {
        gates.append(older)
      } else if older.kind == .human {
        held = older
      }
      return
    }
    let state = gates[place].state
    gates[place].merge(older, runWaits: false)
    gates[place].state = state == .unknown ? older.state : state
  }
}

import Records
import Time

// What a newer snapshot of an object takes over from an older one.
extension Piece.Body {
  /// Takes over what does not depend on the state and is missing here; whether anything was.
  mutating func fill(from other: Piece.Body) -> Bool {
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

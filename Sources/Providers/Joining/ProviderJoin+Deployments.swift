import Diagnostics
import Records
import Time

// Deployments, with the environments, statuses, steps and runs that belong to them.
extension ProviderJoin {
  mutating func collectEnvironments() {
    for (index, environment) in open(\.environment) { environments[environment.key] = (environment, index) }
    // One id with two names is one environment under its newest name.
    var named: [String: (at: Timestamp?, reference: DeploymentRecord.EnvironmentReference)] = [:]
    for (_, deployment) in open(\.deployment) where !deployment.record.environment.name.isEmpty {
      guard let key = deployment.environmentKey, environments[key] == nil else { continue }
      if let known = named[key], let at = known.at, at > deployment.updatedAt ?? at { continue }
      named[key] = (deployment.updatedAt, deployment.record.environment)
    }
    environments.merge(named.map { ($0.key, (EnvironmentPiece(key: $0.key, reference: $0.value.reference), nil)) }) { told, _ in
      told
    }
  }

  /// Finds the environment and the run of every deployment, then opens the gates of the steps, which need the environments.
  mutating func attachDeployments() {
    var found: [(piece: DeploymentPiece, entry: Int, draft: Int?)] = []
    var environmentOfStep: [String: String] = [:]
    for (index, body) in open(\.deployment) {
      var piece = body
      piece.record.story.join(entries[index].piece.story)
      for field in body.record.inferred {
        if let words = format.inferences[field] { piece.record.story.note(.inferred(field, words)) }
      }
      guard resolveEnvironment(of: &piece) else {
        entries[index].fate = .skipped(.noEnvironment(piece.environmentKey))
        if piece.environmentKey != nil { unplaced.append((piece, index)) }
        continue
      }
      applyStatuses(to: &piece, at: index)
      resolveNames(of: &piece)
      let draft = draft(of: &piece)
      if let draft, piece.stepKey == nil { piece.stepKey = piece.stepPath.flatMap { step($0, in: draft) } }
      if let step = piece.stepKey { environmentOfStep[step] = piece.record.environment.name }
      found.append((piece, index, draft))
      entries[index].fate = .rendered
    }
    for draft in drafts.indices { openGates(of: draft) { environmentOfStep[$0.key] ?? $0.environment } }
    for (piece, index, draft) in found {
      if let draft { attach(piece, at: index, to: draft) } else { keepAlone(piece, at: index) }
    }
  }

  private mutating func resolveEnvironment(of piece: inout DeploymentPiece) -> Bool {
    if let key = piece.environmentKey, let known = environments[key], !known.piece.reference.name.isEmpty {
      let own = piece.record.environment
      piece.record.environment = known.piece.reference
      piece.record.environment.tier = known.piece.reference.tier ?? own.tier
      piece.record.environment.isShortLived = known.piece.reference.isShortLived ?? own.isShortLived
      piece.record.environment.availability = known.piece.reference.availability ?? own.availability
      piece.record.environment.stopsAt = known.piece.reference.stopsAt ?? own.stopsAt
      piece.record.story.note(.environmentOfKey(key, name: known.piece.reference.name, isTold: known.entry != nil))
      if let entry = known.entry {
        entries[entry].fate = .rendered
        piece.record.story.join(placesOf: entries[entry].piece.story)
      }
    }
    return !piece.record.environment.name.isEmpty
  }

  private mutating func applyStatuses(to piece: inout DeploymentPiece, at entry: Int) {
    guard piece.outcome == .ofStatuses else { return }
    let history = statuses[piece.key] ?? []
    for status in history { piece.record.story.join(placesOf: status.story) }
    piece.runKey = piece.runKey ?? history.last { $0.runKey != nil }?.runKey
    piece.stepKey = piece.stepKey ?? history.last { $0.stepKey != nil }?.stepKey
    piece.record.url = history.last { $0.url != nil }?.url
    piece.record.environment.url = history.last { $0.environmentURL != nil }?.environmentURL
    piece.record.apply(history)
    let isDated = history.isEmpty || history.contains { $0.state != .superseded }
    if piece.record.startedAt == nil, isDated {
      piece.record.startedAt = piece.createdAt
      if piece.createdAt != nil {
        piece.record.inferred.append("startedAt")
        piece.record.story.note(.startOfCreation)
      }
    }
    if history.isEmpty, piece.stepKey == nil { withoutStatus.append((piece.record, entry)) }
  }

  // MARK: Its run

  /// The run by its key, by the step, or by environment and commit where a step names its environment.
  func draft(of piece: inout DeploymentPiece) -> Int? {
    if let step = piece.stepKey, let place = stepPlaces[step] {
      let isElsewhere = (piece.record.repository ?? drafts[place.draft].repository) != drafts[place.draft].repository
      if piece.runKey == nil ? !isElsewhere : drafts[place.draft].piece.key == piece.runKey {
        piece.record.story.note(.joinedToRun(runName(drafts[place.draft].piece.key, attempt: nil), .byStep))
        return place.draft
      }
    }
    if let key = piece.runKey {
      guard let candidates = attempts[key] else {
        piece.record.story.note(.runNotRead(runName(key, attempt: nil)))
        return nil
      }
      piece.record.story.note(.joinedToRun(runName(key, attempt: nil), .byName))
      guard let createdAt = piece.createdAt, candidates.count > 1 else { return candidates.last }
      return candidates.last { drafts[$0].piece.record.startedAt.map { $0 <= createdAt } ?? false } ?? candidates.first
    }
    let name = piece.record.environment.name.lowercased()
    guard let sha = piece.record.commit?.sha, let repository = piece.record.repository else { return nil }
    let fitting = (draftsOfCommit[sha] ?? []).filter { index in
      drafts[index].repository == repository && drafts[index].steps.contains { $0.environment?.lowercased() == name }
    }
    guard fitting.count == 1, let draft = fitting.first else { return nil }
    piece.record.story.note(.joinedToRun(runName(drafts[draft].piece.key, attempt: nil), .byCommit))
    piece.stepKey = drafts[draft].steps.first { $0.environment?.lowercased() == name }?.key
    return draft
  }

  private mutating func attach(_ piece: DeploymentPiece, at entry: Int, to draft: Int) {
    let step = piece.stepKey.flatMap { stepPlaces[$0] }.flatMap { $0.draft == draft ? drafts[draft].steps[$0.step] : nil }
    var record = piece.record
    // A step that is not among the records has its name all the same.
    record.step = step?.key ?? piece.stepPath
    record.attempt = record.attempt ?? attempt(of: piece, step, in: drafts[draft])
    if let step { record.story.join(placesOf: step.story) }
    settle(&record, piece, step, run: drafts[draft].piece.record)
    if piece.outcome == .ofStep, step == nil { withoutStatus.append((record, entry)) }
    if let step { settlePress(of: step, piece, in: draft) }
    for gate in piece.gates { merge(gate, into: draft, isOwn: gate.environment == nil) }
    let waits = drafts[draft].gates.first { $0.step != nil && $0.step == step?.key && $0.state == .waiting }
    if piece.outcome == .notStarted, let waits {
      record.state = .waiting
      record.gate = waits.key
    }
    if step?.trigger == .redeploy { record.action = .redeploy }
    // A run whose dump had few fields learns from its deployments who it is.
    let run = drafts[draft].piece.record
    drafts[draft].piece.record.repository = run.repository ?? record.repository
    drafts[draft].piece.record.number = run.number ?? piece.runNumber
    drafts[draft].piece.record.commit = run.commit ?? record.commit
    if piece.outcome == .ofRun {
      drafts[draft].isDeployment = true
      drafts[draft].piece.record.version = run.version ?? record.version
      drafts[draft].piece.record.pipeline = run.pipeline ?? name(of: piece.ownerKey)
    }
    drafts[draft].deployments.append(record)
    guard let environment = piece.environmentKey.flatMap({ environments[$0]?.piece }) else { return }
    let name = record.environment.name.lowercased()
    if let since = environment.openSince, let createdAt = piece.createdAt, since <= createdAt {
      drafts[draft].open.insert(name)
    }
    if record.state == .waiting, !environment.reviewers.isEmpty {
      let since = statuses[piece.key]?.last { $0.state == .waiting }?.at
      drafts[draft].reviewers[name] = (environment.reviewers, since)
    }
  }

  /// Where a deployment asks for approvals of its own, who presses the button afterwards approves nothing: an approved
  /// deployment waits until somebody starts its job. Where no more is known of them than that it was held, they were given by the time
  /// at which it began.
  private mutating func settlePress(of step: StepPiece, _ piece: DeploymentPiece, in draft: Int) {
    let told = piece.gates.filter { $0.kind == .human && $0.step == step.key }
    guard piece.held != nil || !told.isEmpty else { return }
    let isDecided = told.contains { $0.state != .waiting || !step.hasBegun }
    for index in drafts[draft].gates.indices where drafts[draft].gates[index].key == step.key {
      if isDecided {
        drafts[draft].gates[index].decisions.removeAll { $0 == step.press }
        continue
      }
      let asked = drafts[draft].gates[index].requestedBy
      drafts[draft].gates[index].requestedBy = asked ?? piece.held?.requestedBy
      for place in drafts[draft].gates[index].decisions.indices where drafts[draft].gates[index].decisions[place] == step.press
      {
        drafts[draft].gates[index].decisions[place].by = nil
      }
    }
  }

  /// Which attempt of its run's deployments it is, where the format tells: that of a job of which each attempt is another job; and what
  /// was made before its run's attempt began belongs to an earlier one.
  private func attempt(of piece: DeploymentPiece, _ step: StepPiece?, in draft: Draft) -> Int? {
    if let step, step.repeatsByName { return step.step.attempt }
    if let attempt = step.flatMap(draft.attempt) { return attempt }
    let run = draft.piece.record
    guard run.attempt > 1, let createdAt = piece.createdAt, let start = run.startedAt, createdAt < start else { return nil }
    return run.attempt - 1
  }

  /// What the deployment leaves to its step or its run. Never a success that only the run has.
  func settle(_ record: inout DeploymentRecord, _ piece: DeploymentPiece, _ step: StepPiece?, run: RunRecord?) {
    // Its own word is as old as that of the step was.
    if let step, step.wasLive, step.step.state.isOver, record.state?.isTerminal != true {
      record.state = record.state ?? .queued
      return record.end(with: step.step)
    }
    let state = step?.step.state
    switch piece.outcome {
    case .told: break
    // With its run among the records it is what that is in the end; of a run that was cancelled the start is its own, since that is
    // nothing but this deployment.
    case .ofRun:
      if run == nil { record.state = .unknown }
      if run?.state == .cancelled { record.startedAt = record.startedAt ?? run?.startedAt }
    case .ofStep: record.state = state?.isTerminal == true ? state : .unknown
    case .ofStatuses:
      guard let step else { break }
      // The start of its job is nearer than its own creation.
      if record.inferred == ["startedAt"], step.step.startedAt != nil || record.stateRaw == nil {
        (record.startedAt, record.inferred) = (step.step.startedAt, [])
      }
      if record.stateRaw == nil { (record.state, record.stateRaw) = (step.step.state, step.step.stateRaw) }
      // Nothing but that it is not live is told of it, and its job did not succeed: it never was.
      let isOnlyGone = record.isInactive == true && statuses[piece.key]?.allSatisfy { $0.state == .superseded } ?? true
      if isOnlyGone, [.failed, .cancelled, .skipped].contains(step.step.state) {
        (record.state, record.stateRaw, record.isInactive) = (step.step.state, step.step.stateRaw, nil)
      }
    case .notStarted where step?.isPending == true && (state == .unknown || state == .cancelled):
      // The step was ended with its run: the word of the deployment is as old.
      (record.state, record.stateRaw) = (state, step?.step.stateRaw)
    case .notStarted:
      switch state {
      case .skipped, .cancelled, .running, .failed: record.state = state
      case .succeeded, .superseded: record.state = .unknown  // the two contradict each other: never green
      case .queued, .waiting, .unknown, nil: record.state = run?.state.isTerminal == true ? .skipped : .queued
      }
    }
    if record.state == .skipped || record.state == .queued || record.state == .waiting {
      record.finishedAt = nil
      // That it was made stays for when nothing but its end is known in the end.
      if !record.inferred.contains("startedAt") { record.startedAt = nil }
    }
  }

  private mutating func keepAlone(_ piece: DeploymentPiece, at entry: Int) {
    var record = piece.record
    record.run = piece.runKey
    record.step = piece.stepPath
    let step = piece.stepKey.flatMap { takeAloneStep($0) }
    settle(&record, piece, step, run: nil)
    // Without the steps before it nothing tells that it is not its turn.
    if piece.outcome == .notStarted, step?.isPending == true, step?.trigger == .manual { record.state = .waiting }
    record.endRefused(by: piece.gates)
    if piece.outcome == .ofRun || piece.outcome == .ofStep { withoutStatus.append((record, entry)) }
    let isApproved = piece.gates.contains { $0.kind == .human && $0.state == .approved }
    record.promotion = isApproved ? .manual : record.promotion ?? .unknown
    if let ref = piece.ref, let tag = tag(ref, in: record.repository) { record.version = VersionLabel(name: tag) }
    if record.state == .waiting, let run = runThatWaits(record, piece) {
      waitingRuns.append(Located(run, file: entries[entry].file, position: entries[entry].piece.position))
      return
    }
    let located = Located(record, file: entries[entry].file, position: entries[entry].piece.position)
    if let pipeline = name(of: piece.ownerKey) { details[located.place] = RecordDetails(pipeline: pipeline) }
    lone.append(located)
  }

  /// The step of a deployment whose run was not read: it tells how that goes.
  private mutating func takeAloneStep(_ key: String) -> StepPiece? {
    guard let entry = aloneSteps[key] else { return nil }
    entries[entry].fate = .rendered
    return entries[entry].piece.body.step
  }

  /// What is known of the run of a deployment that waits for a person, where that was not read: that it stands at this gate. Who may open it
  /// is told by the environment.
  private func runThatWaits(_ deployment: DeploymentRecord, _ piece: DeploymentPiece) -> RunRecord? {
    guard let id = deployment.run, let environment = piece.environmentKey.flatMap({ environments[$0]?.piece }),
      !environment.reviewers.isEmpty
    else { return nil }
    var run = RunRecord(id: id, state: .waiting)
    (run.provider, run.repository, run.service) = (deployment.provider, deployment.repository, deployment.service)
    (run.number, run.commit, run.version) = (piece.runNumber, deployment.commit, deployment.version)
    run.createdAt = piece.createdAt
    var gate = Gate(kind: .human, state: .waiting)
    (gate.key, gate.environment) = (deployment.environment.name, deployment.environment.name)
    gate.requestedAt = statuses[piece.key]?.last { $0.state == .waiting }?.at
    (gate.allowed, gate.required) = (environment.reviewers, 1)
    var held = deployment
    (held.run, held.gate, run.story) = (nil, gate.key, deployment.story)
    (run.gates, run.deployments) = ([gate], [held])
    return run
  }

  /// The tag that a ref is, where it says so or a release of that name exists.
  func tag(_ ref: String, in repository: String?) -> String? {
    if let written = Ref(written: ref), written.type == .tag { return written.name }
    return releaseTags.contains(tagKey(repository, ref)) ? ref : nil
  }
}

extension DeploymentRecord {
  /// The history of a deployment, oldest first. `inactive` comes long after the success and takes nothing from it (record.md, rule 6):
  /// the first success since the last other outcome is its end.
  fileprivate mutating func apply(_ history: [StatusPiece]) {
    if history.last?.state == .superseded { isInactive = true }
    let told = history.filter { $0.state != .superseded }
    guard let last = told.last else {
      // Only what had succeeded becomes inactive: when it did is not told.
      state = history.isEmpty ? .unknown : .succeeded
      stateRaw = history.last?.raw
      return
    }
    state = last.state
    stateRaw = last.raw
    startedAt = told.first { $0.state == .running }?.at
    if last.state.isTerminal {
      let other = told.lastIndex { $0.state.isTerminal && $0.state != last.state }
      let first = told[(other.map { $0 + 1 } ?? 0)...].first { $0.state == last.state }
      finishedAt = first?.at
    }
  }
}

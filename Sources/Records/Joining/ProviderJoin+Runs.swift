import Releases

// Runs and their steps, and the gates that the steps themselves tell of.
extension ProviderJoin {
  mutating func draftRuns() {
    for (index, run) in open(\.run) {
      attempts[run.key, default: []].append(drafts.count)
      if let sha = run.record.commit?.sha { draftsOfCommit[sha, default: []].append(drafts.count) }
      if let name = run.looseKey { draftsOfLooseKey[name, default: []].append(drafts.count) }
      drafts.append(Draft(piece: run, entry: index))
      entries[index].fate = .rendered
    }
    for key in attempts.keys {
      attempts[key]?.sort { drafts[$0].piece.record.attempt < drafts[$1].piece.record.attempt }
    }
  }

  mutating func attachSteps() {
    var steps: [[(piece: StepPiece, entry: Int)]] = Array(repeating: [], count: drafts.count)
    for (index, step) in open(\.step) {
      guard let draft = draft(of: step) else {
        entries[index].fate = .skipped(SkipReason.absent(runName(step.runKey, attempt: step.runAttempt)))
        continue
      }
      steps[draft].append((step, index))
      entries[index].fate = .rendered
    }
    for draft in drafts.indices {
      drafts[draft].steps = steps[draft].sorted { order($0.piece, $0.entry) < order($1.piece, $1.entry) }.map(\.piece)
      for (place, step) in drafts[draft].steps.enumerated() {
        if let known = stepPlaces[step.key], attempt(known.draft) > attempt(draft) { continue }
        stepPlaces[step.key] = (draft, place)
      }
    }
  }

  private func order(_ step: StepPiece, _ entry: Int) -> (Int, Int, Int) { (entries[entry].piece.page, step.order, entry) }
  private func attempt(_ draft: Int) -> Int { drafts[draft].piece.record.attempt }

  /// The attempt that a step belongs to: its own, else the next one that was read, into which it was carried over. A step of a later
  /// attempt than any that was read belongs to none of them.
  private func draft(of step: StepPiece) -> Int? {
    guard let candidates = attempts[step.runKey] else { return looseDraft(of: step) }
    guard let wanted = step.runAttempt else { return candidates.last }
    return candidates.first { attempt($0) >= wanted }
  }

  /// The one run of that name in which the step began.
  private func looseDraft(of step: StepPiece) -> Int? {
    guard let name = step.looseRunKey, let start = step.step.startedAt else { return nil }
    let fitting = (draftsOfLooseKey[name] ?? []).filter { index in
      let run = drafts[index].piece.record
      return (run.startedAt ?? start) <= start && start <= (run.finishedAt ?? start)
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  func runName(_ key: String, attempt: Int?) -> String {
    let known = attempts[key] != nil ? attempt.map { " attempt \($0)" } ?? "" : ""
    return "\(format.runNoun) \(cut(key))\(known)"
  }

  // MARK: Gates of steps

  /// A step that a person starts is a gate, and so is a step that is held though nobody has to start it: another deployment is in its
  /// environment. Only the first step that has not started can be waited for.
  mutating func openGates(of draft: Int, environment: (StepPiece) -> String?) {
    let run = drafts[draft].piece
    var lastEnd = run.record.createdAt
    var isBlocked = false
    for place in drafts[draft].steps.indices {
      let step = drafts[draft].steps[place]
      if step.isPending, run.record.state.isTerminal { drafts[draft].steps[place].step.state = .skipped }
      if var gate = gate(of: drafts[draft].steps[place], in: run, isBlocked: isBlocked) {
        gate.key = step.key
        gate.step = step.key
        gate.environment = environment(step)
        if step.trigger != .redeploy { gate.requestedAt = lastEnd }
        drafts[draft].gates.append(gate)
        if gate.state == .waiting, gate.kind == .human { drafts[draft].steps[place].step.state = .waiting }
      }
      if !drafts[draft].steps[place].step.state.isTerminal { isBlocked = true }
      if let end = step.step.finishedAt { lastEnd = max(lastEnd ?? end, end) }
    }
    // The API says IN_PROGRESS when nothing but a manual step remains.
    let waits = drafts[draft].gates.contains { $0.state == .waiting && $0.kind == .human }
    if waits, run.record.state == .running, !drafts[draft].steps.contains(where: { $0.step.state == .running }) {
      drafts[draft].piece.record.state = .waiting
    }
  }

  private func gate(of step: StepPiece, in run: RunPiece, isBlocked: Bool) -> Gate? {
    guard let trigger = step.trigger else { return nil }
    if step.step.state == .skipped { return trigger == .manual ? Gate(kind: .human, state: .skipped) : nil }
    if step.isPending {
      if isBlocked { return nil }
      if trigger == .manual { return Gate(kind: .human, state: .waiting) }
      return run.isHeld ? Gate(kind: .lock, state: .waiting) : nil
    }
    guard trigger == .manual else { return nil }
    var gate = Gate(kind: .human, state: .approved)
    // Nobody is named; the press of the button is when the step began.
    gate.decisions = [Gate.Decision(at: step.step.startedAt, decision: "approved")]
    return gate
  }
}

import Diagnostics
import Records
import Time

// Runs and their steps, and the gates that the steps themselves tell of.
extension ProviderJoin {
  mutating func draftRuns() {
    for (index, run) in open(\.run) {
      attempts[run.key, default: []].append(drafts.count)
      if let sha = run.record.commit?.sha { draftsOfCommit[sha, default: []].append(drafts.count) }
      if let name = run.looseKey { draftsOfLooseKey[name, default: []].append(drafts.count) }
      drafts.append(Draft(piece: run, entry: index))
      drafts[drafts.count - 1].piece.record.story.join(entries[index].piece.story)
      entries[index].fate = .rendered
    }
    for key in attempts.keys {
      attempts[key]?.sort { drafts[$0].piece.record.attempt < drafts[$1].piece.record.attempt }
    }
  }

  mutating func attachSteps() {
    var steps: [[(piece: StepPiece, entry: Int)]] = Array(repeating: [], count: drafts.count)
    let origins = originsOfCarried()
    for (index, step) in open(\.step) {
      guard let draft = draft(of: step) else {
        let isNamed = !step.runKey.isEmpty
        aloneSteps[step.key] = index
        entries[index].fate = .skipped(
          isNamed ? SkipReason.absent(runName(step.runKey, attempt: step.runAttempt)) : SkipReason.noRun(format.runNoun))
        continue
      }
      var step = step
      if let origin = origins[index], let original = entries[origin].piece.body.step {
        if self.draft(of: original) == draft {
          entries[index].fate = .skipped(.carriedOver(from: entries[origin].place))
          continue
        }
        step.isCarried = true
      }
      step.story = entries[index].piece.story
      steps[draft].append((step, index))
      drafts[draft].piece.record.story.join(placesOf: entries[index].piece.story)
      entries[index].fate = .rendered
    }
    for draft in drafts.indices {
      let inOrder = steps[draft].sorted { order($0.piece, $0.entry) < order($1.piece, $1.entry) }.map(\.piece)
      drafts[draft].steps = inTree(format.inOrder(ProviderJoin.inStages(inOrder)))
      for (place, step) in drafts[draft].steps.enumerated() {
        if let known = stepPlaces[step.key], attempt(known.draft) > attempt(draft) { continue }
        stepPlaces[step.key] = (draft, place)
      }
    }
  }

  /// Of steps that a later attempt of their run took over, those that they were taken from: of one name, and of the same times, though they
  /// have new ids and the number of the new attempt.
  private func originsOfCarried() -> [Int: Int] {
    struct Span: Hashable {
      let run: String
      let name: String
      let start: Timestamp
      let finish: Timestamp
    }
    var spans: [Span: [(attempt: Int, entry: Int)]] = [:]
    for (index, step) in open(\.step) {
      guard let attempt = step.runAttempt, let start = step.step.startedAt, let finish = step.step.finishedAt else { continue }
      spans[Span(run: step.runKey, name: step.step.name, start: start, finish: finish), default: []].append((attempt, index))
    }
    var origins: [Int: Int] = [:]
    for (_, members) in spans where members.count > 1 {
      guard let first = members.min(by: { ($0.attempt, $0.entry) < ($1.attempt, $1.entry) }) else { continue }
      for member in members where member.attempt > first.attempt { origins[member.entry] = first.entry }
    }
    return origins
  }

  private func order(_ step: StepPiece, _ entry: Int) -> (Int, Int, Int) {
    (entries[entry].piece.page, step.order, entries[entry].rank)
  }

  /// The steps of one stage stand together, where the first of them stands; those of one name are counted.
  private static func inStages(_ steps: [StepPiece]) -> [StepPiece] {
    var places: [String: Int] = [:]
    var newest: [[String]: Int] = [:]
    var steps = steps
    for (index, step) in steps.enumerated() {
      guard let stage = step.step.stage else { continue }
      places[stage] = places[stage] ?? index
      guard step.repeatsByName else { continue }
      if let before = newest.updateValue(index, forKey: [stage, step.step.name]) {
        steps[index].step.attempt = min(steps[before].step.attempt, 1_000_000) + 1
        steps[before].isFollowed = true
      }
    }
    if places.isEmpty { return steps }
    let keys = steps.enumerated().map { (place: $1.step.stage.flatMap { places[$0] } ?? $0, index: $0) }
    return keys.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map { steps[$0.index] }
  }

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
  /// environment. Only the first step that has not started can be waited for, unless the steps say themselves that they wait.
  mutating func openGates(of draft: Int, environment: (StepPiece) -> String?) {
    let run = drafts[draft].piece
    // When the steps before, or the stages before if there are any, had ended.
    var (lastEnd, asked) = (run.record.createdAt, run.record.createdAt)
    var stage: String?
    var isBlocked = false
    for place in drafts[draft].steps.indices {
      let step = drafts[draft].steps[place]
      if step.step.stage == nil || step.step.stage != stage { (asked, stage) = (lastEnd, step.step.stage) }
      if step.isPending, run.record.state.isTerminal { endPending(place, of: draft) }
      if var gate = gate(of: drafts[draft].steps[place], in: run, isBlocked: isBlocked),
        gate.state != .waiting || !step.isFollowed
      {
        gate.key = step.key
        gate.step = step.key
        gate.environment = environment(step)
        if step.trigger != .redeploy { gate.requestedAt = asked }
        drafts[draft].gates.append(gate)
        if gate.state == .waiting, gate.kind == .human { drafts[draft].steps[place].step.state = .waiting }
      }
      if !drafts[draft].steps[place].step.state.isTerminal { isBlocked = true }
      if let end = step.step.finishedAt { lastEnd = max(lastEnd ?? end, end) }
    }
    // The API says IN_PROGRESS when nothing but a manual step remains.
    let waits = drafts[draft].steps.contains { $0.isPending && $0.step.state == .waiting }
    if waits, run.record.state == .running, !drafts[draft].steps.contains(where: { $0.step.state == .running }) {
      drafts[draft].piece.record.state = .waiting
    }
  }

  /// A step that was never come to, since one before it did not succeed, was skipped. Of any other it is the answer that is older than
  /// the end of the run.
  private mutating func endPending(_ place: Int, of draft: Int) {
    let isCut = drafts[draft].steps[..<place].contains { $0.step.state == .failed || $0.step.state == .cancelled }
    if isCut {
      drafts[draft].steps[place].step.state = .skipped
    } else {
      drafts[draft].steps[place].step.end(with: drafts[draft].piece.record.state)
    }
  }

  private func gate(of step: StepPiece, in run: RunPiece, isBlocked: Bool) -> Gate? {
    guard let trigger = step.trigger else { return nil }
    if step.step.state == .skipped { return trigger == .manual ? Gate(kind: .human, state: .skipped) : nil }
    if step.isPending {
      if isBlocked { return nil }
      if trigger == .manual {
        var gate = Gate(kind: .human, state: .waiting)
        if step.step.state.isTerminal { gate.settle(held: [step.step.state], run: run.record.state) }
        return gate
      }
      return run.isHeld ? Gate(kind: .lock, state: .waiting) : nil
    }
    guard trigger == .manual else { return nil }
    switch step.step.state {
    case .waiting: return Gate(kind: .human, state: .waiting)
    case .cancelled where step.step.startedAt == nil: return Gate(kind: .human, state: .cancelled)
    // It may have been started, or not be anybody's turn yet.
    case .queued, .unknown: if step.step.startedAt == nil { return nil }
    case .running, .succeeded, .failed, .cancelled, .skipped, .superseded: break
    }
    var gate = Gate(kind: .human, state: .approved)
    gate.decisions = [step.press]
    return gate
  }
}

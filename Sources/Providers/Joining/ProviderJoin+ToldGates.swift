import Records
import Time

// Gates that a format shows itself: a stage that waits for input, a job that is nothing but a gate.
extension ProviderJoin {
  /// Takes the gates out of the steps. What is nothing but a gate is no step: it holds the step behind it.
  mutating func takeToldGates() {
    for draft in drafts.indices {
      if drafts[draft].piece.record.state.isTerminal { endSteps(of: draft) }
      guard drafts[draft].steps.contains(where: { $0.gate != nil || $0.isOnlyGate }) else { continue }
      takeToldGates(of: draft)
    }
  }

  private mutating func takeToldGates(of draft: Int) {
    var steps: [StepPiece] = []
    var holding: [Int] = []
    for step in drafts[draft].steps {
      if !step.isOnlyGate {
        for index in holding { drafts[draft].gates[index].step = step.key }
        holding = []
        steps.append(step)
      }
      guard var gate = step.gate else { continue }
      gate.key = gate.key ?? step.key
      gate.environment = gate.environment ?? step.environment
      if step.isOnlyGate {
        if gate.requestedAt == nil { gate.requestedAt = asked(gate, behind: steps, in: draft) }
        holding.append(drafts[draft].gates.count)
      } else {
        gate.step = step.key
      }
      drafts[draft].gates.append(gate)
    }
    drafts[draft].steps = steps
  }

  /// Nothing tells when it was come to: when all before it had ended, unless the answer is older.
  private func asked(_ gate: Gate, behind steps: [StepPiece], in draft: Int) -> Timestamp? {
    let run = drafts[draft].piece.record
    let ends = steps.allSatisfy(\.step.state.isTerminal) ? steps.compactMap(\.step.finishedAt) : []
    let asked = steps.isEmpty ? run.startedAt ?? run.createdAt : ends.max()
    let answered = gate.decisions.compactMap(\.at).min()
    return asked.flatMap { asked in asked <= answered ?? asked ? asked : nil }
  }

  /// How they ended is not told, then.
  private mutating func endSteps(of draft: Int) {
    let run = drafts[draft].piece.record.state
    let isCancelled = run == .cancelled
    let isOld = format.waitsBeyondEnd ? drafts[draft].piece.hasWaited : drafts[draft].piece.wasLive
    for index in drafts[draft].steps.indices {
      guard format.endsItsSteps || (isOld && !drafts[draft].steps[index].step.optional) else { continue }
      drafts[draft].steps[index].step.end(with: run)
      guard drafts[draft].steps[index].gate?.state == .waiting else { continue }
      drafts[draft].steps[index].gate?.state = isCancelled ? .cancelled : .unknown
    }
  }

  /// A gate before a step that has ended does not wait any more, whatever an old review says, nor does any of a run that has ended, where
  /// nothing can wait in one; and a step behind a gate that waits for a person waits.
  mutating func settleGates() {
    for draft in drafts.indices {
      let run = drafts[draft].piece
      let runIsOver = run.record.state.isOver && !run.isSumOfDeployments
      if runIsOver { endDeployments(of: draft) }
      guard drafts[draft].gates.contains(where: { $0.state == .waiting }) else { continue }
      let places = Dictionary(drafts[draft].steps.enumerated().map { ($1.key, $0) }) { first, _ in first }
      let waiting = Set(drafts[draft].deployments.compactMap { $0.state == .waiting ? $0.step : nil })
      for index in drafts[draft].gates.indices where drafts[draft].gates[index].state == .waiting {
        let place = drafts[draft].gates[index].step.flatMap { places[$0] }
        let isOver = runIsOver && !mayWaitBeyondEnd(place.map { drafts[draft].steps[$0] }, run)
        if let place, !waiting.contains(drafts[draft].steps[place].key) {
          let isHuman = drafts[draft].gates[index].kind == .human
          let state = drafts[draft].steps[place].step.state
          switch state {
          case .queued: if isHuman, !isOver { drafts[draft].steps[place].step.state = .waiting }
          case .succeeded, .failed, .superseded, .cancelled, .skipped:
            drafts[draft].gates[index].settle(held: [state], run: run.record.state)
          case .running, .waiting, .unknown: break
          }
        }
        let held = drafts[draft].held(by: drafts[draft].gates[index])
        if isOver || (!held.isEmpty && held.allSatisfy(\.isOver)) {
          drafts[draft].gates[index].settle(held: held, run: run.record.state)
        }
      }
      holdSteps(of: draft)
    }
  }

  /// What was told to wait before its run ended waits no more; nor is anything under way that an older snapshot of the run knew so.
  private mutating func endDeployments(of draft: Int) {
    let run = drafts[draft].piece.record.state
    let steps = Dictionary(drafts[draft].steps.map { ($0.key, $0) }) { first, _ in first }
    for index in drafts[draft].deployments.indices {
      let step = drafts[draft].deployments[index].step.flatMap { steps[$0] }
      let isOld = drafts[draft].deployments[index].state == .waiting || drafts[draft].piece.wasLive
      guard isOld, !mayWaitBeyondEnd(step, drafts[draft].piece) else { continue }
      // What its step did is told; a success is its own provider's to tell.
      if let step = step?.step, step.state != .succeeded { drafts[draft].deployments[index].end(with: step) }
      drafts[draft].deployments[index].end(with: run)
    }
  }

  /// Whether what stands at a gate, before `step` if that is known, may wait though its run is over: one that had to wait for it does not.
  private func mayWaitBeyondEnd(_ step: StepPiece?, _ run: RunPiece) -> Bool {
    format.waitsBeyondEnd && (!run.hasWaited || step?.step.optional == true)
  }

  /// What needs a decision that is still to be made waits for it, and so does what a step deploys that waits itself.
  private mutating func holdSteps(of draft: Int) {
    let open = Set(drafts[draft].gates.compactMap { $0.state == .waiting && $0.kind == .human ? $0.step : nil })
    for index in drafts[draft].deployments.indices where drafts[draft].deployments[index].state == .queued {
      if drafts[draft].deployments[index].step.map(open.contains) == true { drafts[draft].deployments[index].state = .waiting }
    }
    for index in drafts[draft].steps.indices where drafts[draft].steps[index].step.state == .queued {
      let needs = drafts[draft].steps[index].needs ?? []
      if needs.contains(where: open.contains) { drafts[draft].steps[index].step.state = .waiting }
    }
  }

  /// A run waits when nothing goes on in it and a person must act; many formats go on calling it running.
  mutating func holdRuns() {
    if format.tellsWaiting { return }
    for draft in drafts.indices where drafts[draft].piece.record.state == .running {
      let waits = drafts[draft].gates.contains { $0.state == .waiting && $0.kind == .human }
      let goesOn = drafts[draft].steps.contains { $0.step.state == .running }
      guard waits, !goesOn else { continue }
      drafts[draft].piece.record.state = .waiting
      // What is nothing but its deployment waits in the middle of that.
      guard drafts[draft].isDeployment, drafts[draft].deployments.count == 1 else { continue }
      drafts[draft].deployments[0].startedAt = drafts[draft].deployments[0].startedAt ?? drafts[draft].piece.record.startedAt
    }
  }
}

extension ProviderJoin.Draft {
  /// How what a gate stands before goes: the deployments to its environment, of its step where it has one.
  fileprivate func held(by gate: Gate) -> [State] {
    deployments.filter { deployment in
      let isOfStep = gate.step != nil && gate.step == deployment.step
      let isOfPlace = gate.environment?.lowercased() == deployment.environment.name.lowercased()
      return isOfStep || (isOfPlace && (gate.step == nil || deployment.step == nil))
    }.compactMap(\.state)
  }
}

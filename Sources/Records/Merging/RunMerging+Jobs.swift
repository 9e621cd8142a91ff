import Time

// What a job says of its run: it knows its own end and that of no other.
extension RunMerging {
  /// Whether the telling at `index` is that of one job, which ended well, and calls that the end of its run.
  private func isSuccessOfOneJob(_ index: Int) -> Bool {
    tellings[index].state == .succeeded && tellings[index].onlyJob?.state == .succeeded
  }

  /// A run is not over where only jobs say that they are, of which each knows the end of its own alone, while another telling knows of
  /// something that waits: the end of one job is not that of those behind a gate.
  mutating func goOn(_ names: DeclaredEnvironments) {
    guard merged.state.isOver, tellings.count > 1 else { return }
    let isLive = tellings.map { !$0.state.isTerminal }
    guard let live = isLive.firstIndex(of: true),
      tellings.indices.allSatisfy({ isLive[$0] || takesEndOfItsJob(tellings[$0]) })
    else { return }
    let waits =
      merged.deployments.contains { $0.state == .waiting } || merged.gates.indices.contains { isOpen($0, names) }
      || tellings.indices.contains { isLive[$0] && tellings[$0].standsStill }
    guard waits else { return }
    (merged.state, merged.stateRaw, merged.finishedAt) = (tellings[live].state, tellings[live].stateRaw, nil)
  }

  /// Whether its end is that of its only job: so it is told by a job's own variables, which know no other; the provider's word on a run says
  /// when it began, and that it ended after its jobs.
  func takesEndOfItsJob(_ telling: RunRecord) -> Bool {
    guard let job = telling.onlyJob, job.state == telling.state else { return false }
    return (telling.createdAt ?? telling.startedAt) == nil || telling.finishedAt == job.end
  }

  /// Whether a merged gate waits, and no job of its environment or step tells that it went on.
  private func isOpen(_ place: Int, _ names: DeclaredEnvironments) -> Bool {
    let gate = merged.gates[place]
    guard gate.state == .waiting else { return false }
    let environment = names.key(of: gate.environment)
    return !merged.deployments.contains { deployment in
      let isHeld =
        deployment.gate.map { $0 == gate.key }
        ?? ((deployment.step != nil && deployment.step == gate.step) || names.key(of: deployment.environment) == environment)
      return isHeld && deployment.state?.isPastItsGate ?? false
    }
  }

  /// Whether two tellings that end their run otherwise can both be true: one of them knows one job, which ended well, and the other
  /// knows of another that did not, and of that job nothing else.
  package func isOfOneJob(_ index: Int, beside other: Int) -> Bool {
    [(index, other), (other, index)].contains { one, other in
      guard isSuccessOfOneJob(one) else { return false }
      let ends =
        tellings[other].steps.indices.map { step in
          (isOwn: steps.places[one].contains(steps.places[other][step]), state: tellings[other].steps[step].state)
        }
        + tellings[other].deployments.indices.map { index in
          (
            isOwn: deployments.places[one].contains(deployments.places[other][index]),
            state: tellings[other].deployments[index].state ?? .unknown
          )
        }
      return !ends.contains { $0.isOwn && $0.state.contradicts(.succeeded) }
        && ends.contains { !$0.isOwn && $0.state.contradicts(.succeeded) }
    }
  }

  /// A run of which only jobs tell has failed where one of them has, whichever ended last; unless that was run again.
  mutating func takeFailure() {
    guard merged.state == .succeeded, tellings.count > 1 else { return }
    let good = tellings.indices.filter { tellings[$0].state == .succeeded }
    let bad = tellings.indices.first { index in
      (tellings[index].state == .failed || tellings[index].state == .cancelled)
        && good.allSatisfy { isOfOneJob($0, beside: index) && !isAgain($0, of: index) }
    }
    guard let bad else { return }
    (merged.state, merged.stateRaw, merged.warning) = (tellings[bad].state, tellings[bad].stateRaw, tellings[bad].warning)
  }

  /// Whether the weightiest telling has another attempt of a job that the telling at `index` tells of: of one name and place, and more
  /// than one in the whole. Or one of the two knows that a job was run again: such a run may have ended twice.
  package func knowsRetry(of index: Int) -> Bool { isAgain(0, of: index) || hasRetry(index) || hasRetry(0) }

  private func hasRetry(_ index: Int) -> Bool {
    let steps = tellings[index].steps
    return steps.contains { step in
      step.attempt > 1 && steps.contains { $0.attempt != step.attempt && step.isAnotherAttempt(than: $0) }
    }
  }

  /// Whether the telling at `later` has another attempt of a job of that at `index`.
  private func isAgain(_ later: Int, of index: Int) -> Bool {
    let (mine, theirs) = (tellings[index], tellings[later])
    let isStepAgain = theirs.steps.indices.contains { other in
      !steps.places[index].contains(steps.places[later][other])
        && mine.steps.contains { $0.isAnotherAttempt(than: theirs.steps[other]) }
    }
    return isStepAgain
      || theirs.deployments.indices.contains { other in
        !deployments.places[index].contains(deployments.places[later][other])
          && mine.deployments.contains { $0.isAnotherAttempt(than: theirs.deployments[other]) }
      }
  }
}

extension Step {
  fileprivate func isAnotherAttempt(than other: Step) -> Bool {
    let isSame = key != nil && key == other.key
    return isSame || (!name.isEmpty && name == other.name && (stage == nil || other.stage == nil || stage == other.stage))
  }
}

extension DeploymentRecord {
  fileprivate func isAnotherAttempt(than other: DeploymentRecord) -> Bool {
    guard let attempt, let others = other.attempt, attempt != others else { return false }
    return environment.name.lowercased() == other.environment.name.lowercased() && targetName == other.targetName
  }
}

extension RunRecord {
  /// How the one job went that it tells of, by its step, else by its deployment; nil where it tells of none or of several.
  fileprivate var onlyJob: (state: State?, end: Timestamp?)? {
    guard max(steps.count, deployments.count) == 1 else { return nil }
    return (steps.first?.state ?? deployments.first?.state, steps.first?.finishedAt ?? deployments.first?.finishedAt)
  }

  /// Whether it waits and names nothing that does.
  fileprivate var standsStill: Bool {
    state == .waiting && gates.isEmpty && !deployments.contains { $0.state == .waiting }
      && !steps.contains { $0.state == .waiting }
  }
}

import Records

// Gates behind a deployment: somebody says whether it is good before anything may follow (post-deployment approvals).
extension ProviderJoin {
  /// What was deployed and still needs somebody's word waits for that, however far its provider says that it has come.
  mutating func holdBehind() {
    for draft in drafts.indices {
      for place in drafts[draft].steps.indices {
        guard let key = drafts[draft].steps[place].gateBehind,
          let gate = drafts[draft].gates.firstIndex(where: { $0.key == key && $0.state == .waiting })
        else { continue }
        let step = drafts[draft].steps[place].step
        switch step.state {
        case .failed, .skipped, .superseded: drafts[draft].gates[gate].state = .unknown
        case .cancelled: drafts[draft].gates[gate].state = .cancelled
        // A list of approvals may be older than the end of what they are about.
        case .succeeded where drafts[draft].steps[place].isAnswered(drafts[draft].gates[gate]):
          drafts[draft].gates[gate].state = .unknown
        case .running, .waiting, .succeeded, .unknown: wait(at: key, draft, place)
        case .queued: break
        }
      }
    }
  }

  /// It waits there unless somebody must let it in first.
  private mutating func wait(at gate: String, _ draft: Int, _ place: Int) {
    let step = drafts[draft].steps[place].key
    if drafts[draft].gates.contains(where: { $0.step == step && $0.state == .waiting && $0.kind == .human }) { return }
    drafts[draft].steps[place].step.state = .waiting
    (drafts[draft].steps[place].step.startedAt, drafts[draft].steps[place].step.finishedAt) = (nil, nil)
    for index in drafts[draft].deployments.indices where drafts[draft].deployments[index].step == step {
      drafts[draft].deployments[index].state = .waiting
      drafts[draft].deployments[index].gate = gate
      (drafts[draft].deployments[index].startedAt, drafts[draft].deployments[index].finishedAt) = (nil, nil)
    }
  }
}

extension StepPiece {
  /// Whether it ended after the gate behind it was asked: then the answer is given, whatever it was.
  fileprivate func isAnswered(_ gate: Gate) -> Bool {
    guard !isHeldBehind, let asked = gate.requestedAt, let end = step.finishedAt else { return false }
    return asked < end
  }
}

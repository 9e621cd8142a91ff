import Records

extension ProviderJoin {
  /// The gates of a run that is nothing but a deployment are before that, and none of them waits once it is over.
  mutating func placeGatesOfDeployments() {
    for draft in drafts.indices where drafts[draft].isDeployment && drafts[draft].deployments.count == 1 {
      let state = drafts[draft].piece.record.state
      for index in drafts[draft].gates.indices {
        drafts[draft].gates[index].environment = drafts[draft].deployments[0].environment.name
        guard state.isTerminal, drafts[draft].gates[index].state == .waiting else { continue }
        drafts[draft].gates[index].state = state == .cancelled ? .cancelled : .unknown
      }
    }
  }
}

import Records
package import Releases

extension Wording {
  private func isDoubt(_ service: Int, _ index: Int) -> Bool {
    let environment = catalog.services[service].deployments[index].environment
    let cell = catalog.histories[service][environment].cell
    return cell.doubtfulAttempt == index
  }

  /// A deployment that was cut off leaves it unknown what runs: that is the news, not that somebody cancelled.
  package func eventMark(_ service: Int, _ index: Int) -> Mark {
    isDoubt(service, index) ? Mark(.unknown) : Mark(catalog.services[service].deployments[index].state)
  }

  /// `succeeded: production, hotfix; approved by Ines Rocha, 22:09`.
  package func event(_ service: Int, _ index: Int) -> Sentence {
    let deployment = catalog.services[service].deployments[index]
    let target: Sentence = deployment.target.map { " (\($0))" } ?? ""
    let place: Sentence = "\(self.environment(deployment.environment))\(target)"
    let word = self.deployment(service, index, words: eventMark(service, index).word)
    let kind: Sentence = kind(of: deployment).map { ", " + $0 } ?? ""
    var parts: [Sentence] =
      deployment.state == .running ? ["\(word): deploying to \(place)"] : ["\(word): \(place)\(kind)"]
    if deployment.state == .succeeded {
      parts += [
        approval(of: deployment), deployment.promotion == .automatic ? leg(of: deployment, service) : "",
      ]
    }
    parts.append(outcome(service, index))
    parts.append(origin(of: deployment, service))
    parts.append(deployment.reason.map { "\($0)" } ?? "")
    return .joined(parts.filter { !$0.isEmpty }, separator: "; ")
  }

  /// What a deployment that did not succeed left behind.
  private func outcome(_ service: Int, _ index: Int) -> Sentence {
    let deployment = catalog.services[service].deployments[index]
    let cell = catalog.histories[service][deployment.environment].cell
    let current = cell.current.map { catalog.services[service].deployments[$0].version }
    if isDoubt(service, index) {
      let versions = [current, deployment.version].compactMap { $0 }.map { version -> Sentence in "\(version)" }
      let either = Sentence.list(versions, conjunction: .or)
      return deployment.state == .cancelled
        ? "cancelled midway: \(either) may run" : "\(either) may run"
    }
    guard deployment.state == .failed else { return "" }
    let step: Sentence = failedStep(of: deployment, service).map { "step \($0)" } ?? ""
    // Where others of its targets were reached, the environment has not stayed as it was.
    let stays: Sentence =
      cell.lastAttempt == index && !deployment.isOnSomeTargets
      ? current.map { "\(catalog.environments[deployment.environment].name) stays on \($0)" } ?? "" : ""
    let reached: Sentence = deployment.reachedWords ?? ""
    return .joined([reached, step, stays].filter { !$0.isEmpty }, separator: "; ")
  }

  /// `from feature/basket, Keep the basket, by Noor Haddad`: while it matters whose it is.
  private func origin(of deployment: Deployment, _ service: Int) -> Sentence {
    let branch: Sentence = catalog.services[service].branch(of: deployment).map { "from \(branch: $0)" } ?? ""
    guard deployment.state != .succeeded else { return branch }
    let title = deployment.run.flatMap { catalog.services[service].runs[$0].record.title }
    let parts: [Sentence] = [branch, title.map { "\($0)" } ?? "", deployment.actor.map { "by \($0.name)" } ?? ""]
    return .joined(parts.filter { !$0.isEmpty }, separator: ", ")
  }

  /// `waiting: production; asked for by Ines Rocha, run 912`.
  package func request(_ waiting: Waiting, _ service: Int, _ deployment: Deployment) -> Sentence {
    let word = self.deployment(service, waiting.deployment, words: "waiting")
    let by: Sentence = waiting.gate?.requestedBy.map { "asked for by \($0)" } ?? "asked for by the pipeline"
    let run: Sentence = run(of: deployment, service).map { ", \($0)" } ?? ""
    return "\(word): \(self.environment(deployment.environment)); \(by)\(run)"
  }
}

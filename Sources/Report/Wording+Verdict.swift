import Records
package import Releases

extension Wording {
  /// The names behind the numbers of the dashboard's first line, a sentence each.
  package func details(of facts: VerdictFacts, _ questions: OpenQuestions) -> [Sentence] {
    guard facts.services > 0 else {
      if facts.leftOut + facts.filesInError > 0 {
        return ["See \(LinkText(text: "skipped.html", to: .skipped)) for the reasons."]
      }
      return ["Put the records of your pipeline into \(code: "content/runs/") and build again: what runs where appears here."]
    }
    let people = catalog.waitingGates().filter(\.waiting.needsPerson)
    var sentences = people.prefix(3).map(outlook)
    if people.count > 3 { sentences.append("\(people.count - 3) more wait.") }
    sentences += unknownPlaces(beside: questions, limit: 3)
    sentences += openQuestions(questions, limit: 3)
    sentences += partialPlaces(limit: 3)
    sentences += failedLast(limit: 3)
    if sentences.isEmpty, !facts.isLoud { sentences += whatRunsLast(limit: 4) }
    return sentences
  }

  /// `checkout 2.10.0 can go to production until the freeze at 16:00.`
  private func outlook(_ gate: WaitingGate) -> Sentence {
    let place = catalog.environments[gate.environment].name
    let title = "\(catalog.services[gate.service].name) \(gate.waiting.version)"
    if let hold = gate.waiting.holds.first {
      switch hold {
      case .freeze(let freeze):
        return "\(title) is held by the \(words: freeze.kind.rawValue) until \(brief(freeze.to))."
      case .gate(let kind, let key):
        return key.map { "\(title) is held by the \(words: kind.word) \($0)." }
          ?? "\(title) is held by the \(words: kind.word) before \(place)."
      }
    }
    guard let next = catalog.nextFreeze(of: gate.environment) else { return "\(title) can go to \(place) now." }
    return "\(title) can go to \(place) until the \(words: next.kind.rawValue) at \(brief(next.from))."
  }

  private func unknownPlaces(beside questions: OpenQuestions, limit: Int) -> [Sentence] {
    catalog.unknownPlaces(beside: questions).prefix(limit).map { service, environment in
      "What \(catalog.environments[environment].name) runs of \(catalog.services[service].name) is unknown."
    }
  }

  private func partialPlaces(limit: Int) -> [Sentence] {
    catalog.partlyDeployedPlaces.prefix(limit).map { service, environment in
      let cell = catalog.histories[service][environment].cell
      let deployments = catalog.services[service].deployments
      let (place, name) = (catalog.environments[environment].name, catalog.services[service].name)
      let version = cell.current.map { deployments[$0].version } ?? ""
      if let last = cell.lastAttempt, deployments[last].isPart {
        return "\(place) runs \(name) \(version); of \(deployments[last].version) only a part was deployed."
      }
      let words: Sentence = cell.state == .mixed ? cell.mixedWords : "\(version)"
      return "\(place) runs \(name) \(words): partly deployed."
    }
  }

  /// Failures in the environments that customers see; below them a failure is a line in its cell.
  private func failedLast(limit: Int) -> [Sentence] {
    var sentences: [Sentence] = []
    for (service, histories) in catalog.histories.enumerated() {
      for environment in catalog.stages where catalog.environments[environment].tier == .production {
        let cell = histories[environment].cell
        let deployments = catalog.services[service].deployments
        guard let last = cell.lastAttempt, deployments[last].state == .failed else { continue }
        let isOnSome = deployments[last].isOnSomeTargets
        let stays: Sentence = isOnSome ? "" : cell.current.map { "; it stays on \(deployments[$0].version)" } ?? ""
        let place = catalog.place(of: deployments[last])
        sentences.append("\(catalog.services[service].name) \(deployments[last].version) failed in \(place)\(stays).")
      }
    }
    return Array(sentences.prefix(limit))
  }

  /// `Production runs checkout 2.9.1 and web 1482.`, where there is little enough to say it in a line.
  private func whatRunsLast(limit: Int) -> [Sentence] {
    guard let last = catalog.customerStage, catalog.services.count <= limit else { return [] }
    let running = running(in: last)
    return running.isEmpty ? [] : [running]
  }

  /// `Production runs checkout 2.9.1 and web 1482.`; empty where nothing runs.
  package func running(in environment: Int) -> Sentence {
    let running = catalog.running(in: environment)
    return running.isEmpty ? "" : "\(catalog.environments[environment].name) runs \(running)."
  }
}

package import Records
package import Releases

extension Wording {
  /// Names from outside in a row; a hundred at most, then how many more.
  package func names(_ names: [String], limit: Int = 100, conjunction: Sentence.Conjunction = .or) -> Sentence {
    let shown: [Sentence] = names.prefix(limit).map { "\($0)" }
    return .list(names.count > limit ? shown + ["\(names.count - limit) more"] : shown, conjunction: conjunction)
  }

  /// `Gate to production`, `Lock on test`.
  package func name(of gate: Gate, service: Int, run: Run) -> Sentence {
    let index = catalog.services[service].environment(behind: gate, of: run)
    let place: Sentence? = index.map { "\(environment($0))" } ?? gate.environment.map { "\($0)" }
    switch (place, gate.key) {
    case (let place?, _): return gate.kind.title(at: place)
    case (nil, let key?): return "\(words: gate.kind.title) \(key)"
    case (nil, nil): return "\(words: gate.kind.title)"
    }
  }

  /// `by Ines Rocha, Thu 26 Mar 2026 13:58` for each decision.
  package func decisions(_ gate: Gate) -> [Sentence] {
    gate.deciding.filter { $0.by != nil || $0.at != nil }.prefix(3).map { decision in
      let by: Sentence = decision.by.map { "by \($0)" } ?? "by somebody"
      return decision.at.map { by + ", \(long($0))" } ?? by
    }
  }
}

extension Wording {
  /// What pressing the button would change.
  package func brings(_ waiting: Waiting, _ service: Int, _ environment: Int) -> Sentence {
    let cell = catalog.histories[service][environment].cell
    let changes: Sentence = waiting.changes.isEmpty ? "" : ", \(Format.count(waiting.changes.count, "change"))"
    if cell.state == .unknown, waiting.brings.isEmpty || cell.current == nil {
      return "\(release(service, waiting.version))\(changes); what runs now is unknown"
    }
    guard let current = cell.current else {
      return "the first deployment: \(release(service, waiting.version))\(changes)"
    }
    if waiting.brings.isEmpty {
      let live = catalog.services[service].deployments[current].version
      return Version.display(live) == Version.display(waiting.version)
        ? "\(release(service, waiting.version)) once more\(changes)"
        : "\(release(service, waiting.version)) instead of \(release(service, live))\(changes)"
    }
    let count: Sentence = "\(Format.count(waiting.brings.count, "release"))\(changes)"
    return "\(own(count, .pending(service: service, environment: environment))): \(releases(service, waiting.brings))"
  }

  /// What keeps the gate closed, and the freeze that is about to.
  package func held(_ waiting: Waiting, _ service: Int, _ environment: Int) -> Sentence {
    let run = Destination.deployment(service: service, waiting.deployment)
    let holds = waiting.holds.map { hold -> Sentence in
      switch hold {
      case .freeze(let freeze): "\(words: freeze.kind.rawValue) until \(brief(freeze.to))\(reason(freeze))"
      case .gate(let kind, let key): named(kind, key, to: run)
      }
    }
    if !holds.isEmpty { return .list(holds) }
    let kind = waiting.gate?.kind ?? .human
    let own: Sentence = kind == .human ? "nothing" : named(kind, waiting.gate?.key, to: run)
    guard let next = catalog.nextFreeze(of: environment) else { return own }
    return own + "; \(words: next.kind.rawValue) from \(brief(next.from))"
  }

  /// `check smoke-tests`, `lock`: leading to what it holds.
  func named(_ kind: Gate.Kind, _ key: String?, to destination: Destination) -> Sentence {
    "\(LinkText(text: key ?? "", to: destination, before: key == nil ? "\(words: kind.word)" : "\(words: kind.word) "))"
  }

  private func reason(_ freeze: Configuration.Freeze) -> Sentence { freeze.reason.map { ": \($0)" } ?? "" }

  /// Who may decide, and who did the last time.
  package func decide(_ waiting: Waiting) -> Sentence {
    guard waiting.needsPerson else { return "nobody: it waits for the \(words: waiting.gate?.kind.word ?? "gate")" }
    let people = waiting.allowed.map { name -> Sentence in "\(name)" }
    let required = waiting.gate?.required ?? 1
    var sentence: Sentence = people.isEmpty ? "who may is not recorded" : .joined(people, separator: ", ")
    if required > 1, !people.isEmpty { sentence = "\(required) of \(sentence)" }
    guard let last = waiting.lastDecision else { return sentence + "; never decided before" }
    let time: Sentence = last.at.map { " \(brief($0))" } ?? ""
    let by: Sentence = last.by.map { "\($0)" } ?? "by somebody"
    return sentence + "; last \(by)\(time)"
  }
}

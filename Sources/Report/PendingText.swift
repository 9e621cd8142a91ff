import Records
package import Releases

/// What is said of a release that is not in an environment yet: it waits at the gate, or is live upstream while nothing asks for it.
/// No ages and no freezes: the changelog carries no clock.
package struct PendingText: Hashable, Sendable {
  /// Since when: `asked for …`, `in Staging since …`; empty where that is not known.
  package let remark: Sentence
  package let heading: Sentence
  /// After the heading: ` waits at the gate`, `, rolled back`.
  package let kind: Sentence
  package let why: Sentence
  /// It may be there already: what runs is unknown.
  package let isDoubtful: Bool

  /// Of what waits at the gate.
  package init(_ wording: Wording, _ waiting: Waiting, service: Int, environment: Int) {
    let name = wording.catalog.services[service].name + " " + waiting.version
    remark = waiting.since.map { "asked for \(wording.long($0))" } ?? ""
    heading = "\(wording.deployment(service, waiting.deployment, text: name))"
    kind = " waits at the gate\(waiting.targetWords)"
    let parts = [
      wording.effect(waiting, service, environment), wording.holds(waiting, service), wording.decision(waiting),
      wording.comparison(service, environment),
    ]
    why = .joined(parts.filter { !$0.isEmpty }, separator: " ")
    isDoubtful = false
  }

  /// Of what is behind, with no gate asking: the newest of what `upstream` has and the environment lacks.
  package init(_ wording: Wording, behind cell: Cell, upstream: Int, service: Int, environment: Int) {
    let name = wording.catalog.environments[upstream].name
    let deployments = wording.catalog.services[service].deployments
    let newest = cell.pending.first ?? ""
    remark = cell.pendingSince.map { "in \(name) since \(wording.long($0))" } ?? "in \(name)"
    heading = "\(wording.release(service, newest, named: true))"
    isDoubtful = cell.candidates.contains { Version.display(deployments[$0].version) == Version.display(newest) }
    kind = wording.catalog.services[service].delay(of: cell).remark
    let what: Sentence
    if cell.state == .unknown {
      what = "what runs here is unknown"
    } else {
      let live = cell.current.map { deployments[$0].version }
      let count = Format.count(cell.behind, "release")
      what = live.map { "\(count) after \(wording.release(service, $0))" } ?? "would be the first deployment here"
    }
    why = what + (wording.compared(service, environment).map { "; \($0)" } ?? "")
  }
}

extension Wording {
  /// `Would replace 2.9.1 and bring 2 releases.`
  fileprivate func effect(_ waiting: Waiting, _ service: Int, _ environment: Int) -> Sentence {
    let cell = catalog.histories[service][environment].cell
    if cell.state == .mixed { return "Now here: \(cell.mixedWords)." }
    if cell.state == .unknown { return "What runs here is unknown." }
    guard let current = cell.current else {
      return "Would be the first deployment here."
    }
    let live = release(service, catalog.services[service].deployments[current].version)
    guard waiting.brings.count > 1 else { return "Would replace \(live)." }
    return "Would replace \(live) and bring \(Format.count(waiting.brings.count, "release"))."
  }

  fileprivate func holds(_ waiting: Waiting, _ service: Int) -> Sentence {
    let gates = waiting.holds.compactMap { hold -> Sentence? in
      guard case .gate(let kind, let key) = hold else { return nil }
      return named(kind, key, to: .deployment(service: service, waiting.deployment))
    }
    return gates.isEmpty ? "" : "Held by the \(Sentence.list(gates))."
  }

  fileprivate func comparison(_ service: Int, _ environment: Int) -> Sentence {
    compared(service, environment, words: "Compared with ").map { "\($0)." } ?? ""
  }

  fileprivate func decision(_ waiting: Waiting) -> Sentence {
    guard waiting.needsPerson else { return "Waits for the \(words: waiting.gate?.kind.word ?? "gate"), not for a person." }
    guard !waiting.allowed.isEmpty else { return "" }
    return "\(Sentence.list(waiting.allowed.map { "\($0)" }, conjunction: .or)) may decide."
  }
}

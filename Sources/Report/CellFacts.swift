import Records
package import Releases

/// The sentences of a cell; the environment's page says the same.
package struct CellFacts {
  private let wording: Wording
  private let service: Int
  private let environment: Int
  private let cell: Cell
  private let deployments: [Deployment]

  package init(_ wording: Wording, service: Int, environment: Int) {
    self.wording = wording
    self.service = service
    self.environment = environment
    cell = wording.catalog.histories[service][environment].cell
    deployments = wording.catalog.services[service].deployments
  }

  package var current: Deployment? { cell.current.map { deployments[$0] } }

  /// `unknown, perhaps 1.0.0`, `unknown: 1.0.0 or 1.1.0`: where a list has no room for the reason.
  package var unknownWords: Sentence {
    let versions = cell.candidates.map { wording.release(service, deployments[$0].version) }
    if cell.doubt == .inactive, let last = versions.first { return "unknown; it ran \(last)" }
    switch versions.count {
    case 0: return "unknown"
    case 1: return "unknown, perhaps \(versions[0])"
    default: return "unknown: \(Sentence.list(versions.map { "\($0)" }, conjunction: .or))"
    }
  }

  package var unknownLink: LinkText {
    let cause = cell.doubtfulAttempt ?? cell.current
    return cause.map { wording.deployment(service, $0, words: "unknown") } ?? wording.own("unknown", nil)
  }

  package var lines: [CellLine] {
    [liveSince, counts, doubt, removed, withdrawn, fallenBack, lastAttempt, waiting, ahead].compactMap { $0 }
  }

  private func line(_ loudness: CellLine.Loudness, _ mark: Mark?, _ sentence: Sentence) -> CellLine {
    CellLine(loudness, mark, sentence)
  }

  private var liveSince: CellLine? {
    guard cell.state == .current, let current else { return nil }
    let since: Sentence = current.time.map { " since \(wording.short($0))" } ?? ", time not known"
    return line(.plain, Mark(.succeeded), "\(words: current.kind == .rollback ? "back" : "live")\(since)")
  }

  /// `0.0.3 on 1 of 3, 0.0.2 on 2`.
  private var counts: CellLine? {
    guard cell.state == .mixed else { return nil }
    let isPartial = cell.isPartlyDeployed
    let partial: Sentence = isPartial ? ", partly deployed" : ""
    return line(isPartial ? .needsPerson : .fact, nil, "\(cell.mixedWords)\(partial)")
  }

  /// `0.2.0 or 0.3.0: cancelled midway 30 Mar 11:32`.
  private var doubt: CellLine? {
    guard cell.state == .unknown else { return nil }
    let versions = cell.candidates.map { index -> Sentence in "\(deployments[index].version)" }
    switch cell.doubt {
    case .order:
      return line(
        .fact, Mark(.unknown), "\(Sentence.list(versions, conjunction: .or)): no record says when they came")
    case .inactive:
      return line(.fact, Mark(.unknown), "\(Sentence.list(versions)) is not active any more, and nothing newer is recorded")
    case .attempt, nil: break
    }
    guard let index = cell.doubtfulAttempt else { return line(.fact, Mark(.unknown), "no record says which version runs") }
    let attempt = deployments[index]
    let word: Sentence = attempt.state == .cancelled ? "cancelled midway" : "ended \(words: attempt.state.rawValue)"
    let at: Sentence = attempt.time.map { " \(wording.short($0))" } ?? ""
    return line(
      .fact, Mark(.unknown),
      "\(Sentence.list(versions, conjunction: .or)): \(wording.own(word, .deployment(service: service, index)))\(at)")
  }

  private var removed: CellLine? {
    guard cell.state == .removed else { return nil }
    guard let index = wording.catalog.removal(of: service, in: environment) else {
      guard let last = cell.previous else { return nil }
      return line(
        .plain, Mark(.skipped), "its environment has ended; it ran \(wording.release(service, deployments[last].version))")
    }
    let since: Sentence = deployments[index].time.map { " since \(wording.short($0))" } ?? ""
    let before: Sentence = deployments[index].from.map { "; it ran \(wording.release(service, $0))" } ?? ""
    return line(.plain, Mark(.skipped), "\(wording.deployment(service, index, words: "removed"))\(since)\(before)")
  }

  private var withdrawn: CellLine? {
    guard cell.flags.contains(.yanked), let current else { return nil }
    return line(.needsPerson, Mark(.failed), "\(wording.release(service, current.version)) was yanked")
  }

  private var fallenBack: CellLine? {
    guard let current, let index = cell.current, cell.state == .current else { return nil }
    let from: Sentence = current.from.map { " from \($0)" } ?? ""
    if cell.flags.contains(.rolledBack) {
      return line(.fact, nil, "↓ \(wording.deployment(service, index, words: "rolled back"))\(from)")
    }
    guard cell.flags.contains(.outOfOrder) else { return nil }
    let link = wording.deployment(service, index, words: "out of order")
    return line(
      .fact, nil, current.from.map { "↓ \(link): an older run after \($0)" } ?? "↓ \(link): an older run after a newer one")
  }

  private var lastAttempt: CellLine? {
    guard let index = cell.lastAttempt, index != cell.doubtfulAttempt else { return nil }
    let attempt = deployments[index]
    if cell.state == .removed, attempt.action == .remove { return nil }
    switch attempt.state {
    case .running, .queued:
      let since: Sentence = attempt.startedAt.map { " since \(wording.brief($0))" } ?? ""
      let word: Sentence = attempt.action == .remove ? " being removed" : " deploying"
      return line(
        .fact, Mark(.running), "\(wording.deployment(service, index, text: attempt.version, after: word))\(since)")
    case .succeeded, .failed, .cancelled, .unknown, .superseded, .waiting, .skipped:
      let at: Sentence = attempt.time.map { " \(wording.short($0))" } ?? ""
      let end = attempt.state == .unknown && !attempt.isPart ? "ended unknown" : attempt.stateWord
      let word: Sentence = attempt.action == .remove ? " removal \(words: end)" : " \(words: end)"
      return line(
        .fact, Mark(attempt.state), "\(wording.deployment(service, index, text: attempt.version, after: word))\(at)")
    }
  }

  private var waiting: CellLine? {
    guard let first = cell.waiting.first else { return nil }
    let link = LinkText(text: first.version, to: .here("waiting"), after: " waits")
    let since: Sentence = first.since.map { " since \(wording.short($0))" } ?? ""
    let more: Sentence = cell.waiting.count > 1 ? ", \(cell.waiting.count - 1) more" : ""
    let needsPerson = cell.waiting.contains { $0.needsPerson }
    let why: Sentence = needsPerson ? "" : " for the \(words: first.gate?.kind.word ?? "gate")"
    // "waits for us" would name what it waits for.
    let target: Sentence = first.target.map { " (\($0))" } ?? ""
    return line(needsPerson ? .needsPerson : .fact, Mark(.waiting), "\(link)\(why)\(target)\(since)\(more)")
  }

  private var ahead: CellLine? {
    guard !cell.ahead.isEmpty, let upstream = cell.upstream else { return nil }
    let name = wording.catalog.environments[upstream].name
    let link = LinkText(text: name, to: wording.compared(service, environment)?.destination, before: "ahead of ")
    return line(.fact, nil, "↑ \(Format.count(cell.ahead.count, "fix", plural: "fixes")) \(link)")
  }
}

/// A line of a cell, a mark before it where it has one.
package struct CellLine: Hashable, Sendable {
  /// How much it asks of whoever reads: most lines of a large dashboard are plain.
  package enum Loudness: Hashable, Sendable { case plain, fact, needsPerson }

  package let loudness: Loudness
  package let mark: Mark?
  package let sentence: Sentence

  package init(_ loudness: Loudness, _ mark: Mark?, _ sentence: Sentence) {
    (self.loudness, self.mark, self.sentence) = (loudness, mark, sentence)
  }
}

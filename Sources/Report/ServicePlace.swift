import Records
import Releases

/// What a service does in one environment.
package struct ServicePlace: Hashable, Sendable {
  package let environment: LinkText
  package let mark: Mark?
  package let runs: Sentence
  /// `Thu 26 Mar 2026 10:31`, `time not known`; nil where nothing is known to run.
  package let since: Sentence?
  /// Of the deployment that brought it.
  package let destination: Destination?
  package let by: String?
  package let remarks: [Sentence]
  /// How releases get there: `a person approves`.
  package let way: String

  /// Both are indices into the catalog.
  package init(_ wording: Wording, service: Int, environment index: Int) {
    let cell = wording.catalog.histories[service][index].cell
    let deployments = wording.catalog.services[service].deployments
    let current = cell.current.map { deployments[$0] }
    environment = wording.environment(index)
    // Of several targets each has its own time, which the remarks tell.
    by = cell.state == .mixed ? nil : current?.by
    since = cell.state == .mixed ? nil : current.map { wording.when($0.time) }
    destination = cell.current.map { .deployment(service: service, $0) }
    switch cell.state {
    case .current:
      mark = Mark(.succeeded)
      runs = current.map { "\(wording.release(service, $0.version))" } ?? "unknown"
    case .mixed:
      mark = nil
      runs = "mixed: \(cell.mixedWords)"
    case .unknown:
      mark = Mark(.unknown)
      runs = CellFacts(wording, service: service, environment: index).unknownWords
    case .none:
      mark = nil
      runs = "never deployed"
    case .removed:
      mark = nil
      runs = "removed"
    }
    remarks = wording.remarks(on: cell, service: service)
    way = cell.way.words
  }
}

extension Wording {
  /// What differs from a quiet life: a failure, a wait, releases that are missing, fixes that the environment before lacks.
  fileprivate func remarks(on cell: Cell, service: Int) -> [Sentence] {
    let deployments = catalog.services[service].deployments
    var remarks = targets(of: cell, service: service, limit: 12)
    if let last = cell.lastAttempt {
      let attempt = deployments[last]
      let link = deployment(service, last, text: attempt.version, after: " \(words: attempt.stateWord)")
      let time: Sentence = attempt.time.map { " \(long($0))" } ?? ""
      remarks.append("\(Mark(attempt.state)) \(link)\(time)")
    }
    for waiting in cell.waiting.prefix(5) {
      let link = deployment(service, waiting.deployment, text: waiting.version, after: " waits")
      let since: Sentence = waiting.since.map { " since \(long($0))" } ?? ""
      remarks.append("\(Mark(.waiting)) \(link)\(waiting.targetWords)\(since)")
    }
    if !cell.pending.isEmpty {
      remarks.append(
        cell.isUncertain
          ? "may be behind: \(releases(service, cell.pending))"
          : "\(cell.pending.count) behind: \(releases(service, cell.pending))")
    }
    if !cell.ahead.isEmpty { remarks.append("ahead by \(releases(service, cell.ahead))") }
    for flag in cell.flags {
      switch flag {
      case .rolledBack: remarks.append("rolled back")
      case .outOfOrder: remarks.append("out of order: its run is older than the one before")
      case .yanked: remarks.append("\(Mark(.failed)) what runs was yanked")
      case .partial: remarks.append(partly(cell, deployments))
      case .tie: remarks.append("two deployments finished at the same time")
      }
    }
    return remarks
  }

  /// Why not all of it is of one version.
  private func partly(_ cell: Cell, _ deployments: [Deployment]) -> Sentence {
    guard let attempt = cell.lastAttempt.map({ deployments[$0] }), !attempt.isOnSomeTargets else { return "partly deployed" }
    if attempt.isPart { return "of \(attempt.version) only a part was deployed" }
    return attempt.state == .cancelled ? "cancelled midway" : "partly deployed"
  }
}

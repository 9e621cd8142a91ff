import Diagnostics
import Records

/// What the verdict is made of: how many of everything that a reader must know first, and what is not known. The dashboard, `summary.json`
/// and `tidemark status` all say this one.
package struct VerdictFacts: Hashable, Sendable {
  package var services = 0
  /// Pairs of a service and an environment where something runs.
  package var live = 0
  /// Such pairs of which what ran was removed.
  package var removed = 0
  /// Short-lived environments where something runs.
  package var shortLived = 0
  /// Whether a run or a deployment is known at all.
  package var hasRecords = true
  package var waitingForPerson = 0
  /// At a check, a lock, a timer.
  package var waitingForOther = 0
  package var incidents = 0
  /// Live and withdrawn.
  package var yanked = 0
  /// Places of which nobody knows what runs there, but for those that `unknownDeployments` tell of.
  package var unknown = 0
  /// Where a run reached some of its targets only.
  package var partial = 0
  /// Where targets run several versions, and not because something failed.
  package var mixed = 0
  /// Where the last attempt failed.
  package var failed = 0
  /// Services with a release that is live upstream, and that nothing waits to bring.
  package var behind = 0
  package var unknownDeployments = 0
  package var pausedRuns = 0
  package var unplacedRuns = 0
  /// Records and files that were skipped or in error, which may have told of a deployment.
  package var leftOut = 0
  package var filesInError = 0
  /// It tells of an earlier time, of which no record says what waited.
  package var isPast = false

  package init(services: Int = 0, live: Int = 0) {
    self.services = services
    self.live = live
  }

  /// Archived environments are history and take no part.
  package init(_ catalog: Catalog, _ questions: OpenQuestions) {
    services = catalog.services.count
    isPast = catalog.isPast
    incidents = catalog.openIncidents.count { catalog.incidents[$0].record.kind == .incident }
    let places = catalog.stages
    for (service, histories) in catalog.histories.enumerated() {
      for cell in places.map({ histories[$0].cell }) {
        if cell.current != nil { live += 1 }
        if cell.state == .removed { removed += 1 }
        if cell.state == .mixed, !cell.isPartlyDeployed { mixed += 1 }
        if cell.flags.contains(.yanked) { yanked += 1 }
        waitingForPerson += cell.waiting.count { $0.needsPerson }
        waitingForOther += cell.waiting.count { !$0.needsPerson }
        if let last = cell.lastAttempt, catalog.services[service].deployments[last].state == .failed { failed += 1 }
      }
      if places.contains(where: { histories[$0].cell.isLagging }) { behind += 1 }
    }
    unknown = catalog.unknownPlaces(beside: questions).count
    partial = catalog.partlyDeployedPlaces.count
    shortLived = catalog.environments.indices.count { place in
      catalog.environments[place].isShortLived && catalog.histories.contains { $0[place].cell.current != nil }
    }
    hasRecords = catalog.services.contains { !$0.runs.isEmpty || !$0.deployments.isEmpty }
    guard !isPast else { return }
    unknownDeployments = questions.unknownDeployments.count
    pausedRuns = questions.pausedRuns.count
    unplacedRuns = questions.unplacedRuns.count
    let account = catalog.account
    leftOut = account.records.skipped - account.toldElsewhere + account.records.error
    filesInError = account.files.error
  }

  package init(_ catalog: Catalog) { self.init(catalog, OpenQuestions(catalog)) }

  /// Whether somebody must act or look.
  package var isLoud: Bool { waitingForPerson + incidents + yanked + unknown + partial + open > 0 }

  /// What is not known beside what runs.
  package var open: Int { unknownDeployments + pausedRuns + unplacedRuns }

  /// Whether a wait that is not told cannot be.
  package var isWaitKnown: Bool { open == 0 && !isPast }
}

extension Catalog {
  /// Where nobody knows what runs, of the pairs of a service and a stage; without those that one of the questions tells of.
  package func unknownPlaces(beside questions: OpenQuestions) -> [(service: Int, environment: Int)] {
    places { service, cell in cell.state == .unknown && (isPast || !questions.tell(of: cell, service)) }
  }

  /// Where a run reached some of its targets only: somebody must look.
  package var partlyDeployedPlaces: [(service: Int, environment: Int)] { places { $1.isPartlyDeployed } }

  /// Service by service, in promotion order.
  private func places(where isMeant: (Int, Cell) -> Bool) -> [(service: Int, environment: Int)] {
    let stages = stages
    return histories.enumerated().flatMap { service, histories in
      stages.filter { isMeant(service, histories[$0].cell) }.map { (service, $0) }
    }
  }
}

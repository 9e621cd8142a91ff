/// What one service gives to the metrics: deployments, changes and runs with what the rules say of each.
struct MetricsFacts {
  private let catalog: Catalog
  private let service: Int
  private let deployments: [Deployment]
  private let changes: [KnownChange]
  /// Of each deployment, the incidents that name it as their cause.
  private var incidents: [Int: [IncidentRecord]] = [:]
  /// Those that an incident names as its remedy.
  private var remedies: Set<Int> = []
  /// Of each deployment, when the rollback or hotfix came that replaced it.
  private var replaced: [Int: Timestamp] = [:]
  /// Rollbacks and hotfixes that replaced a deployment.
  private var replacing: Set<Int> = []

  init(_ catalog: Catalog, service: Int, changes: [KnownChange]) {
    (self.catalog, self.service, self.changes) = (catalog, service, changes)
    deployments = catalog.services[service].deployments
    for incident in catalog.incidents {
      for link in incident.causedBy where link.service == service {
        incidents[source(of: link.deployment), default: []].append(incident.record)
      }
      for link in incident.fixedBy where link.service == service { remedies.insert(link.deployment) }
    }
    for index in deployments.indices where isRemedy(index) { replace(by: index) }
  }

  var facts: MetricsRule.Facts {
    var facts = MetricsRule.Facts()
    for (index, deployment) in deployments.enumerated() {
      guard deployment.isAttempt, let at = deployment.finishedAt else { continue }
      facts.attempts.append(
        .init(
          environment: deployment.environment, at: at, hasSucceeded: deployment.state == .succeeded,
          isRedeploy: deployment.kind == .redeploy))
      if isCounted(deployment) { facts.counted.append(counted(index, at)) }
    }
    facts.arrivals = arrivals()
    facts.runs = catalog.services[service].runs.compactMap { run in
      guard let start = run.record.startedAt, let end = run.record.finishedAt, start <= end else { return nil }
      return (end, end.seconds(since: start))
    }
    return facts
  }

  /// A success that changed what runs.
  private func isCounted(_ deployment: Deployment) -> Bool {
    deployment.state == .succeeded && deployment.kind.map { $0 != .redeploy } ?? false
  }

  private func counted(_ index: Int, _ at: Timestamp) -> MetricsRule.Counted {
    let deployment = deployments[index]
    let own = incidents[index] ?? []
    let mendedAt = own.isEmpty ? replaced[index] : resolution(of: own)
    return MetricsRule.Counted(
      environment: deployment.environment, at: at,
      isRework: isRemedy(index) && (replacing.contains(index) || remedies.contains(index)),
      failedAt: (own.map { $0.beganAt ?? at } + [replaced[index]].compactMap(\.self)).min().map { max($0, at) },
      mendedAt: mendedAt, gateWait: personsWait(deployment))
  }

  /// Of the last incident; nil while one of them is open.
  private func resolution(of incidents: [IncidentRecord]) -> Timestamp? {
    guard incidents.allSatisfy({ $0.state == .resolved }) else { return nil }
    let times = incidents.compactMap(\.resolvedAt)
    return times.count == incidents.count ? times.max() : nil
  }

  private func personsWait(_ deployment: Deployment) -> Double? {
    guard let gate = deployment.gate, gate.kind == .human, let wait = gate.waitSeconds, wait >= 0 else { return nil }
    return wait
  }

  // MARK: Remedies

  /// A rollback or hotfix; one that was only overtaken is none (rules.md, `out-of-order`).
  private func isRemedy(_ index: Int) -> Bool {
    let deployment = deployments[index]
    guard deployment.state == .succeeded, !deployment.outOfOrder else { return false }
    return deployment.kind == .rollback || deployment.kind == .hotfix
  }

  /// The deployment that it names, else the one that was live before it.
  private mutating func replace(by index: Int) {
    let told = deployments[index].rollbackOf.flatMap { named($0, before: index) }
    guard let at = deployments[index].finishedAt, let before = told ?? deployments[index].fromDeployment else { return }
    let target = source(of: before)
    replacing.insert(index)
    replaced[target] = min(replaced[target] ?? at, at)
  }

  /// By its id, else the last one before of that version, in the same environment.
  private func named(_ name: String, before index: Int) -> Int? {
    let own = deployments.indices.filter {
      $0 < index && deployments[$0].environment == deployments[index].environment && deployments[$0].state == .succeeded
    }
    return own.last { deployments[$0].id == name }
      ?? own.last { Version.display(deployments[$0].version) == Version.display(name) }
  }

  /// What brought the version and build that a redeploy only repeats.
  private func source(of index: Int) -> Int {
    var index = index
    while deployments[index].kind == .redeploy, let before = deployments[index].fromDeployment, before < index {
      index = before
    }
    return index
  }

  // MARK: Changes

  /// Of each change, its first arrival in each environment. Records that carry it come in order, so the first success is the first.
  private func arrivals() -> [MetricsRule.Arrival] {
    changes.flatMap { change in
      var seen: Set<Int> = []
      return change.carriers.compactMap { index -> MetricsRule.Arrival? in
        let deployment = deployments[index]
        guard deployment.state == .succeeded, deployment.action != .remove, let at = deployment.finishedAt,
          seen.insert(deployment.environment).inserted
        else { return nil }
        return MetricsRule.Arrival(
          environment: deployment.environment, at: at, committedAt: change.change.committedAt,
          gateWait: personsWait(deployment) ?? 0)
      }
    }
  }
}

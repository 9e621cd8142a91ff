import Records
import Time

/// Which deployments of a service failed, and what mended them.
struct Remedies {
  private let deployments: [Deployment]
  /// Of each deployment, the incidents that name it as their cause.
  private var incidents: [Int: [IncidentRecord]] = [:]
  /// Those that an incident names as its remedy.
  private var named: Set<Int> = []
  /// Of each deployment, when the rollback or hotfix came that replaced it.
  private var replacedAt: [Int: Timestamp] = [:]
  /// Of each rollback or hotfix, what it replaced.
  private var replaced: [Int: Int] = [:]

  init(_ catalog: Catalog, service: Int) {
    deployments = catalog.services[service].deployments
    // What was planned is no failure, whatever it names.
    for incident in catalog.incidents where incident.record.kind == .incident {
      for link in incident.causedBy where link.service == service {
        incidents[source(of: link.deployment), default: []].append(incident.record)
      }
      for link in incident.fixedBy where link.service == service { named.insert(link.deployment) }
    }
    for index in deployments.indices where isRemedy(index) { replace(by: index) }
  }

  /// One deployment, or those of one run to several targets.
  func counted(_ indices: [Int], at: Timestamp) -> CountedDeployment? {
    guard let first = indices.first else { return nil }
    return CountedDeployment(
      environment: deployments[first].environment, at: at,
      isRework: indices.contains { isRemedy($0) && isMadeForFailure($0) },
      incidents: indices.flatMap { incidents[$0] ?? [] }, replacedAt: indices.compactMap { replacedAt[$0] }.min(),
      gateWait: indices.lazy.compactMap { deployments[$0].personsWait }.first)
  }

  /// A rollback or hotfix; one that was only overtaken is none (rules.md, `out-of-order`).
  private func isRemedy(_ index: Int) -> Bool {
    let deployment = deployments[index]
    guard deployment.state == .succeeded, !deployment.outOfOrder else { return false }
    return deployment.kind == .rollback || deployment.kind == .hotfix
  }

  /// Whether an incident or a failed deployment is known that it was made for (rules.md, rework). A rollback and what a person calls a
  /// hotfix say so themselves; that a release skipped an environment says nothing of a failure.
  private func isMadeForFailure(_ index: Int) -> Bool {
    if named.contains(index) { return true }
    guard let before = replaced[index] else { return false }
    if deployments[index].kind == .rollback || deployments[index].hotfix == true { return true }
    if !incidents[before, default: []].isEmpty { return true }
    return (before + 1..<index).contains { other in
      guard deployments[other].environment == deployments[index].environment, isOnTarget(other, of: index) else { return false }
      return deployments[other].state == .failed || (deployments[other].kind == .rollback && replaced[other] == before)
    }
  }

  /// What happens on one target says nothing of another.
  private func isOnTarget(_ other: Int, of index: Int) -> Bool {
    guard let target = deployments[index].target, let its = deployments[other].target else { return true }
    return target == its
  }

  /// The deployment that it names, else the one that was live before it.
  private mutating func replace(by index: Int) {
    let told = deployments[index].rollbackOf.flatMap { find($0, before: index) }
    guard let at = deployments[index].finishedAt,
      let target = told.map(source) ?? deployments[index].fromDeployment.map({ replacedBefore(index, live: source(of: $0)) })
    else { return }
    replaced[index] = target
    replacedAt[target] = min(replacedAt[target] ?? at, at)
  }

  /// A hotfix that comes after a rollback mends what was rolled back: the rollback did what it should.
  private func replacedBefore(_ index: Int, live: Int) -> Int {
    guard deployments[index].kind == .hotfix, deployments[live].kind == .rollback else { return live }
    return replaced[live] ?? live
  }

  /// By its id, else the last one before of that version, in the same environment.
  private func find(_ name: String, before index: Int) -> Int? {
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
}

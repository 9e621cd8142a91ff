/// What all tell of one run's attempt (record.md, rule 5); at least one. The result does not depend on their order.
package func merged(_ tellings: [RunRecord], _ names: DeclaredEnvironments) -> RunRecord {
  RunMerging(tellings.byWeight.map { tellings[$0] }, names).merged
}

/// Of all tellings of one run's attempt, those without which something would be missing, now or when more is told; the weightiest first.
/// What is merged of them is what is merged of all.
package func neededTellings(_ runs: [RunRecord], _ names: DeclaredEnvironments) -> [RunRecord] {
  guard runs.count > 1 else { return runs }
  // What no number tells apart are attempts of their own all the same: none of them says what another one does.
  let keyed = Dictionary(grouping: runs) { $0.attemptKey ?? "" }
  if keyed.count > 1 { return keyed.sorted { $0.key < $1.key }.flatMap { neededTellings($0.value, names) } }
  let sorted = runs.byWeight.map { runs[$0] }
  return RunMerging(sorted, names).needed.map { sorted[$0] }
}

/// As of runs, for deployments that stand alone and have one identity.
package func neededTellings(_ deployments: [DeploymentRecord]) -> [DeploymentRecord] { deployments.needed }

/// As of runs.
package func neededTellings(_ incidents: [IncidentRecord]) -> [IncidentRecord] { incidents.needed }

extension Array where Element: Mergeable {
  /// Their places, the weightiest first.
  package var byWeight: [Int] {
    indices.sorted { left, right in self[left] == self[right] ? left < right : self[left].outweighs(self[right]) }
  }

  fileprivate var needed: [Element] {
    guard count > 1 else { return self }
    let sorted = byWeight.map { self[$0] }
    return Element.needed(of: sorted) { Element.isCovered($0, in: sorted, by: $1) }.map { sorted[$0] }
  }
}

import Diagnostics
package import Records

extension RecordSet {
  /// Everything but the releases, in the order of their times. Deployments that stand alone are given the service that their run or their
  /// repository tells, since the canonical form has no repository for them.
  package func canonicalRecords(_ configuration: Configuration) -> [CanonicalRecord] {
    var services = ServiceNames(configuration.services)
    let names = DeclaredEnvironments(configuration)
    var runs: [String: [RunRecord]] = [:]
    for run in self.runs { runs[run.value.id, default: []].append(run.value) }
    var records: [CanonicalRecord] = []
    for run in self.runs {
      var value = run.value
      for index in value.deployments.indices {
        let repository = value.deployments[index].repository
        if repository != value.repository { value.deployments[index].settleService(repository, &services) }
        value.deployments[index].forgetProvider()
      }
      records.append(CanonicalRecord(value, service: services.key(named: value.service, repository: value.repository)))
    }
    for deployment in deployments {
      var value = deployment.value
      let run = value.run.flatMap { id in runs[id, default: []].filter(value.isOf).max { $0.attempt < $1.attempt } }
      if let service = run?.service, (value.service ?? "").isEmpty { value.service = service }
      value.settleService(value.repository ?? run?.repository, &services)
      value.forgetProvider()
      records.append(CanonicalRecord(value, service: services.key(named: value.service, repository: nil), run: run, names))
    }
    for incident in incidents {
      let service = incident.value.service.map { services.key(named: $0, repository: nil) }
      records.append(CanonicalRecord(incident.value, service: service))
    }
    return records.sorted(by: CanonicalRecord.isBefore)
  }
}

extension DeploymentRecord {
  /// Names the service that only the repository tells.
  fileprivate mutating func settleService(_ repository: String?, _ services: inout ServiceNames) {
    guard (service ?? "").isEmpty, let repository else { return }
    service = services.key(named: nil, repository: repository)
  }

  /// The canonical form has no place for them.
  fileprivate mutating func forgetProvider() { (provider, repository) = (nil, nil) }
}

extension RecordFile {
  /// The records of a file that holds nothing but canonical ones, every one of them sound; else nil.
  package func canonicalRecords(_ configuration: Configuration) -> [CanonicalRecord]? {
    guard pieces.isEmpty, skipped.isEmpty, lost == 0, !diagnostics.contains(where: { $0.severity == .error }) else {
      return nil
    }
    var set = RecordSet()
    (set.runs, set.deployments, set.incidents) = (runs, deployments, incidents)
    return set.canonicalRecords(configuration)
  }
}

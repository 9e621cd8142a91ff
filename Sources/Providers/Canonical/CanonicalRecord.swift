import Diagnostics
package import Records
package import Time

/// One record in its canonical form, with the service that it is of.
package struct CanonicalRecord: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case run(RunRecord)
    case deployment(DeploymentRecord)
    case incident(IncidentRecord)
  }

  /// What makes two records one and the same (record.md).
  package struct Identity: Hashable, Sendable {
    let kind: Int
    let provider: String
    /// The repository, else the service.
    let place: String
    let id: String
    let attempt: Int

    /// For a name that tells it from all others.
    package var text: String { "\(kind) \(provider) \(place) \(id) \(attempt)" }
  }

  package let content: Content
  /// The key of its service; nil for an incident of none.
  package let service: String?
  /// What it is called among the records of its service: a run by its id, what stands alone with its kind before it.
  package let name: String
  package let identity: Identity

  fileprivate init(_ run: RunRecord, service: String) {
    (content, self.service, name) = (.run(run), service, run.id)
    identity = Identity(
      kind: 0, provider: run.provider ?? "", place: run.repository ?? run.service ?? "", id: run.id, attempt: run.attempt)
  }

  /// A deployment that stands alone: under its id, else under what a build takes for it. `run`: the newest attempt of its run.
  fileprivate init(_ deployment: DeploymentRecord, service: String, run: RunRecord?, _ names: DeclaredEnvironments) {
    let environment = names.key(of: deployment.environment)
    let id = { (attempt: Int) in
      "deployment-" + deployment.id(inRun: deployment.run, attempt: attempt, environment: environment)
    }
    (content, self.service, name) = (.deployment(deployment), service, id(run?.attempt ?? 1))
    // Its file is read again without the run.
    identity = Identity(kind: 1, provider: "", place: service, id: id(1), attempt: 1)
  }

  fileprivate init(_ incident: IncidentRecord, service: String?) {
    (content, self.service, name) = (.incident(incident), service, "incident-" + incident.id)
    identity = Identity(kind: 2, provider: "", place: service ?? "", id: name, attempt: 1)
  }

  /// A run, with the service that it names or its repository tells.
  package init(_ run: RunRecord, _ configuration: Configuration) {
    var services = ServiceNames(configuration.services)
    self.init(run, service: services.key(named: run.service, repository: run.repository))
  }

  /// One line, without its end.
  package var json: [UInt8] {
    switch content {
    case .run(let run): canonicalJSON(run)
    case .deployment(let deployment): canonicalJSON(deployment)
    case .incident(let incident): canonicalJSON(incident)
    }
  }

  /// Creation, else start, else finish, else the first time in it.
  package var time: Timestamp? {
    switch content {
    case .run(let run): run.orderTime
    case .deployment(let deployment): deployment.startedAt ?? deployment.finishedAt
    case .incident(let incident): incident.startedAt ?? incident.resolvedAt
    }
  }

  /// The attempt of a run; nil for what has none.
  package var attempt: Int? {
    if case .run(let run) = content { return run.attempt }
    return nil
  }

  /// Of all tellings of one identity, those without which something would be missing, now or when more is told (record.md, rule 5); the
  /// weightiest first. Mostly one.
  package static func needed(of tellings: [CanonicalRecord], _ names: DeclaredEnvironments) -> [CanonicalRecord] {
    guard let first = tellings.first, tellings.count > 1 else { return tellings }
    var (runs, deployments, incidents): ([RunRecord], [DeploymentRecord], [IncidentRecord]) = ([], [], [])
    for telling in tellings {
      switch telling.content {
      case .run(let run): runs.append(run)
      case .deployment(let deployment): deployments.append(deployment)
      case .incident(let incident): incidents.append(incident)
      }
    }
    return neededTellings(runs, names).map { CanonicalRecord(.run($0), like: first) }
      + neededTellings(deployments).map { CanonicalRecord(.deployment($0), like: first) }
      + neededTellings(incidents).map { CanonicalRecord(.incident($0), like: first) }
  }

  private init(_ content: Content, like other: CanonicalRecord) {
    (self.content, service, name, identity) = (content, other.service, other.name, other.identity)
  }

  /// By time, then service and name; what has no time comes last.
  package static func isBefore(_ left: CanonicalRecord, _ right: CanonicalRecord) -> Bool {
    if left.time != right.time {
      guard let mine = left.time, let theirs = right.time else { return left.time != nil }
      return mine < theirs
    }
    let (mine, theirs) = (
      (left.service ?? "", left.name, left.attempt ?? 0), (right.service ?? "", right.name, right.attempt ?? 0)
    )
    return mine == theirs ? left.json.lexicographicallyPrecedes(right.json) : mine < theirs
  }
}

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

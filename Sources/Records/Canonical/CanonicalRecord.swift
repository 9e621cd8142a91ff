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

  package init(_ run: RunRecord, service: String) {
    (content, self.service, name) = (.run(run), service, run.id)
    identity = Identity(
      kind: 0, provider: run.provider ?? "", place: run.repository ?? run.service ?? "", id: run.id, attempt: run.attempt)
  }

  /// A deployment that stands alone: under its id, else under what a build takes for it. `run`: the newest attempt of its run.
  package init(_ deployment: DeploymentRecord, service: String, run: RunRecord?, _ names: DeclaredEnvironments) {
    let environment = names.key(of: deployment.environment)
    let id = { (attempt: Int) in
      "deployment-" + deployment.id(inRun: deployment.run, attempt: attempt, environment: environment)
    }
    (content, self.service, name) = (.deployment(deployment), service, id(run?.attempt ?? 1))
    // Its file is read again without the run.
    identity = Identity(kind: 1, provider: "", place: service, id: id(1), attempt: 1)
  }

  package init(_ incident: IncidentRecord, service: String?) {
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

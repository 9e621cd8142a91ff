/// Makes the deployments of the catalog from joined targets: everything that a record or its run tells, nothing derived yet.
struct DeploymentMaking {
  let reading: TargetReading
  let runs: [Located<RunRecord>]
  let alone: [Located<DeploymentRecord>]

  /// `targets` are in the order of their ids; the run is filled in later.
  func deployment(_ targets: [Target]) -> Deployment? {
    guard let first = targets.first, let deciding = targets.deciding else { return nil }
    let record = record(of: first.source)
    let decidingRecord = deciding.source == first.source ? record : self.record(of: deciding.source)
    let run = first.record.map { runs[$0].value }
    var made = Deployment(id: first.id, environment: first.environment, version: first.version, state: deciding.state)
    made.runID = first.runID
    made.runNumber = run?.number
    made.attempt = first.attempt
    made.startedAt = targets.startedAt
    made.finishedAt = deciding.state.isTerminal ? targets.finishedAt : nil
    made.createdAt = run?.createdAt
    made.action = first.action
    made.stateRaw =
      decidingRecord?.stateRaw ?? (deciding.state == run?.state && decidingRecord?.state == nil ? run?.stateRaw : nil)
    made.step = run?.step(decidingRecord?.step)
    fill(&made, from: record, run)
    addGate(&made, decidingRecord, run, source: first.source)
    return made
  }

  private func fill(_ made: inout Deployment, from record: DeploymentRecord?, _ run: RunRecord?) {
    made.digest = record?.version.flatMap(\.digest) ?? digest(of: run, for: made.version)
    made.commit = record?.commit ?? run?.commit
    made.changes = record?.changes ?? []
    if made.changes.isEmpty, let run { made.changes = run.changes }
    made.actor = record?.actor ?? run?.actor
    made.url = record?.url ?? run?.url
    made.hotfix = record?.hotfix
    made.rollbackOf = record?.rollbackOf
    made.reason = record?.reason
    made.inferred = record?.inferred ?? ["state"]
  }

  /// The artifact of the run, as far as the deployment is of the run's version.
  private func digest(of run: RunRecord?, for version: String) -> String? {
    guard let run, version == run.builtVersion else { return nil }
    return run.version?.digest
  }

  private func addGate(_ made: inout Deployment, _ record: DeploymentRecord?, _ run: RunRecord?, source: Target.Source) {
    guard let run, !run.gates.isEmpty else {
      let isManual = record?.promotion == .manual || run?.trigger?.type == .manual
      made.promotion = isManual ? .manual : record?.promotion ?? .unknown
      return
    }
    let gates = GateLinking(run, environment: reading.environment)
    if case .gate(_, let index) = source {
      made.gate = run.gates[index]
    } else {
      let isHeld = made.state == .waiting || made.state == .queued
      made.gate = gates.gate(key: record?.gate, step: record?.step, environment: made.environment, isWaiting: isHeld)
    }
    if made.state == .queued, made.gate?.state == .waiting {
      made.state = .waiting
      made.inferred.append("state")
    }
    made.promotion = gates.promotion(
      said: record?.promotion, trigger: run.trigger?.type, gate: made.gate, step: record?.step, environment: made.environment,
      startedAt: made.startedAt)
  }

  /// nil where a gate stands for the deployment.
  private func record(of source: Target.Source) -> DeploymentRecord? {
    switch source {
    case .nested(let record, let index): runs[record].value.deployments[index]
    case .alone(let index): alone[index].value
    case .gate: nil
    }
  }
}

/// The order of deployments (rules.md): finish, start, run number, attempt, id; what has not finished comes last.
struct DeploymentOrder: Comparable {
  let isLive: Bool
  let finish: Timestamp?
  let start: Timestamp?
  let number: Int?
  let attempt: Int
  let id: String
  /// Beyond the rule, for two that share an id by mistake.
  let rest: [String]

  init(_ deployment: Deployment) {
    isLive = !deployment.state.isTerminal
    start = deployment.startedAt ?? deployment.createdAt
    finish = isLive ? nil : deployment.finishedAt ?? start
    number = deployment.runNumber
    attempt = deployment.attempt
    id = deployment.id
    rest = [String(deployment.environment), deployment.version, deployment.action.rawValue]
  }

  static func < (left: DeploymentOrder, right: DeploymentOrder) -> Bool {
    if left.isLive != right.isLive { return right.isLive }
    if left.finish != right.finish { return latest(left.finish, right.finish) == right.finish }
    if left.start != right.start { return latest(left.start, right.start) == right.start }
    if left.number != right.number { return left.number ?? .min < right.number ?? .min }
    if left.attempt != right.attempt { return left.attempt < right.attempt }
    return left.id != right.id ? left.id < right.id : left.rest.lexicographicallyPrecedes(right.rest)
  }
}

import Diagnostics
import Records
import Releases
import Time

/// Makes the deployments of the catalog from joined targets: everything that a record or its run tells, nothing derived yet.
struct DeploymentMaking {
  let lookup: EnvironmentLookup
  let runs: [Located<RunRecord>]
  let alone: [Located<DeploymentRecord>]

  /// The index of the run is filled in later.
  func deployment(_ joined: JoinedTargets) -> Deployment? {
    let targets = joined.all
    guard let first = targets.first, let deciding = targets.deciding else { return nil }
    var made = Deployment(id: first.id, environment: first.environment, version: first.version, state: deciding.state)
    made.runID = first.runID
    made.attempt = first.number
    made.target = first.name
    made.reasons = joined.reasons
    made.fanOut = joined.hasNamedSiblings ? Deployment.FanOut(number: joined.fanOut, round: joined.round) : nil
    if targets.count > 1 { made.targets = parts(of: joined) }
    made.startedAt = joined.own.startedAt
    made.finishedAt = deciding.state.isTerminal ? targets.finishedAt : nil
    made.action = first.action
    switch first.source {
    case .nested(let record, let index):
      let nested = runs[record].value.deployments
      fill(&made, from: nested.span[index])
    case .alone(let index): fill(&made, from: alone.span[index].value)
    case .gate: made.inferred = ["state"]
    }
    for target in targets { made.story.join(target.story) }
    for reason in joined.reasons { made.story.note(.beside(reason)) }
    if let record = first.record { complete(&made, from: runs.span[record].value) }
    decide(&made, deciding, gate: first.source)
    return made
  }

  /// By step, else id; where neither tells them apart they are counted. In every attempt they have the same names.
  private func parts(of joined: JoinedTargets) -> [Deployment.Part] {
    let ids = joined.all.map { $0.firstID ?? $0.id }
    let labels = zip(joined.all, ids).map { $0.stepLabel ?? $1 }
    let areTold = Set(labels).count == labels.count
    let areIDs = Set(ids).count == labels.count
    return joined.all.enumerated().map { index, target in
      let name = areTold ? labels[index] : areIDs ? ids[index] : "\(labels[index]) \((target.lane ?? index) + 1)"
      return Deployment.Part(
        name: name, state: target.state, startedAt: target.startedAt,
        finishedAt: target.state.isTerminal ? target.finishedAt : nil, isCarried: index >= joined.own.count)
    }.sorted { $0.name < $1.name }
  }

  private func fill(_ made: inout Deployment, from record: borrowing DeploymentRecord) {
    made.digest = record.version?.digest
    made.availability = record.environment.availability
    made.stopsAt = record.environment.stopsAt
    made.isInactive = record.isInactive ?? false
    made.isPart = record.isPart ?? false
    made.commit = record.commit
    made.changes = record.changes
    made.actor = record.actor
    made.url = record.url
    made.isActionTold = record.action != nil && !record.inferred.contains("action")
    made.hotfix = record.hotfix
    made.rollbackOf = record.rollbackOf
    made.reason = record.reason
    made.inferred = record.inferred
  }

  /// What is missing is the run's; its artifact only where the deployment is of its version.
  private func complete(_ made: inout Deployment, from run: borrowing RunRecord) {
    made.runNumber = run.number
    made.createdAt = run.createdAt
    if made.digest == nil, let digest = run.version?.digest, made.version == run.builtVersion { made.digest = digest }
    if made.commit == nil { made.commit = run.commit }
    if made.changes.isEmpty { made.changes = run.changes }
    if made.actor == nil { made.actor = run.actor }
    if made.url == nil { made.url = run.url }
  }

  /// Step, gate and promotion are those of the target that decides the state.
  private func decide(_ made: inout Deployment, _ deciding: Target, gate source: Target.Source) {
    var links = Links()
    switch deciding.source {
    case .nested(let record, let index):
      let nested = runs[record].value.deployments
      links = Links(nested.span[index])
    case .alone(let index): links = Links(alone.span[index].value)
    case .gate: break
    }
    made.stateRaw = links.stateRaw
    guard let record = deciding.record else {
      made.promotion = links.promotion ?? .unknown
      return
    }
    if !deciding.isStateKnown, links.stateRaw == nil { made.stateRaw = runs.span[record].value.stateRaw }
    made.step = runs.span[record].value.step(links.step)
    addGate(&made, links, runs.span[record].value, source: source)
  }

  /// What a deployment record says of the things around it.
  private struct Links {
    var stateRaw: String?
    var step: String?
    var gate: String?
    var promotion: DeploymentRecord.Promotion?

    init() {}

    init(_ record: borrowing DeploymentRecord) {
      (stateRaw, step, gate, promotion) = (record.stateRaw, record.step, record.gate, record.promotion)
    }
  }

  private func addGate(
    _ made: inout Deployment, _ links: Links, _ run: borrowing RunRecord, source: Target.Source
  ) {
    guard !run.gates.isEmpty else {
      made.promotion = run.isStartedByPerson ? .manual : links.promotion ?? .unknown
      return
    }
    let gates = GateLinking(run, lookup)
    if case .gate(_, let index) = source {
      made.gate = run.gates[index]
    } else {
      let isHeld = made.state == .waiting || made.state == .queued
      made.gate = gates.gate(key: links.gate, step: links.step, environment: made.environment, isWaiting: isHeld)
    }
    made.peopleGates = gates.peopleGates(
      with: made.gate, key: links.gate, step: links.step, environment: made.environment, startedAt: made.startedAt)
    if made.state == .queued, made.gate?.state == .waiting {
      made.state = .waiting
      made.inferred.append("state")
      let gate = made.gate?.key
      made.story.note(.heldByGate(gate))
    }
    made.promotion = gates.promotion(
      said: links.promotion, gate: made.gate, key: links.gate, step: links.step, environment: made.environment,
      startedAt: made.startedAt)
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

  init(_ deployment: borrowing Deployment) {
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

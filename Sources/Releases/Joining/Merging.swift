// Two tellings of one record made one (record.md, rule 5): what is stored must not lose what an earlier telling knew. A pipeline that
// records its run once before staging and once before production tells it twice; its provider's payload tells it a third time.

extension RunRecord {
  /// What both tell of one attempt of one run. Where they differ, the better one is right: terminal over live, then the later finish;
  /// of two equally good ones `later` is.
  package func merged(with later: RunRecord) -> RunRecord {
    let isOwnBetter = precedes(later) ?? false
    let (best, other) = isOwnBetter ? (self, later) : (later, self)
    var run = best
    run.service = best.service ?? other.service
    run.provider = best.provider ?? other.provider
    run.repository = best.repository ?? other.repository
    run.pipeline = best.pipeline ?? other.pipeline
    run.number = best.number ?? other.number
    run.url = best.url ?? other.url
    run.title = best.title ?? other.title
    run.createdAt = earliest(best.createdAt, other.createdAt)
    run.startedAt = earliest(best.startedAt, other.startedAt)
    run.activeSeconds = best.activeSeconds ?? other.activeSeconds
    run.commit = best.commit?.merged(with: other.commit) ?? other.commit
    run.changes = best.changes.isEmpty ? other.changes : best.changes
    run.ref = best.ref ?? other.ref
    run.trigger = best.trigger ?? other.trigger
    run.actor = best.actor ?? other.actor
    run.version = best.version ?? other.version
    run.tests = best.tests ?? other.tests
    run.steps = union(best.steps, other.steps, isSame: { $0.isSame($1) }) { mine, theirs in
      mine.state.isTerminal || !theirs.state.isTerminal ? mine : theirs
    }
    run.gates = union(best.gates, other.gates, isSame: { $0.isSame($1) }) { mine, theirs in
      mine.state == .waiting || mine.state == .unknown ? theirs : mine
    }
    run.deployments = union(best.deployments, other.deployments, isSame: { $0.isSame($1) }) { mine, theirs in
      theirs.merged(with: mine)
    }
    return run
  }

  /// Whether it is the better telling of one identity (record.md, rule 5); nil where neither is.
  func precedes(_ other: RunRecord) -> Bool? {
    if attempt != other.attempt { return attempt > other.attempt }
    if state.isTerminal != other.state.isTerminal { return state.isTerminal }
    let (mine, theirs) = (finishedAt ?? startedAt, other.finishedAt ?? other.startedAt)
    return mine == theirs ? nil : latest(mine, theirs) == mine
  }
}

extension DeploymentRecord {
  /// What both tell of one deployment; the better one is right, of two equally good ones `later`.
  package func merged(with later: DeploymentRecord) -> DeploymentRecord {
    let (best, other) = isBetter(than: later) ? (self, later) : (later, self)
    var deployment = best
    deployment.environment = best.environment.completed(by: other.environment)
    deployment.provider = best.provider ?? other.provider
    deployment.repository = best.repository ?? other.repository
    deployment.target = best.target ?? other.target
    deployment.id = best.id ?? other.id
    deployment.attempt = best.attempt ?? other.attempt
    deployment.service = best.service ?? other.service
    deployment.version = best.version ?? other.version
    deployment.commit = best.commit?.merged(with: other.commit) ?? other.commit
    deployment.changes = best.changes.isEmpty ? other.changes : best.changes
    if best.state == nil { (deployment.state, deployment.stateRaw) = (other.state, other.stateRaw) }
    deployment.isInactive = best.isInactive ?? other.isInactive
    deployment.startedAt = earliest(best.startedAt, other.startedAt)
    deployment.finishedAt = best.finishedAt ?? (deployment.state?.isTerminal == false ? nil : other.finishedAt)
    deployment.actor = best.actor ?? other.actor
    deployment.url = best.url ?? other.url
    deployment.run = best.run ?? other.run
    deployment.step = best.step ?? other.step
    if best.promotion == nil || best.promotion == .unknown { deployment.promotion = other.promotion ?? best.promotion }
    deployment.gate = best.gate ?? other.gate
    deployment.action = best.action ?? other.action
    deployment.hotfix = best.hotfix ?? other.hotfix
    deployment.rollbackOf = best.rollbackOf ?? other.rollbackOf
    deployment.reason = best.reason ?? other.reason
    deployment.override = best.override ?? other.override
    return deployment
  }

  /// A success that is superseded later keeps its first finish (record.md, rule 6).
  private func isBetter(than other: DeploymentRecord) -> Bool {
    if state == .succeeded, other.state == .superseded { return true }
    if other.state == .succeeded, state == .superseded { return false }
    let (mine, theirs) = (state?.isTerminal ?? false, other.state?.isTerminal ?? false)
    if mine != theirs { return mine }
    let (finish, otherFinish) = (finishedAt ?? startedAt, other.finishedAt ?? other.startedAt)
    return finish != otherFinish && latest(finish, otherFinish) == finish
  }

  /// Two deployments of one run: by their ids, and where one has none by the environment.
  fileprivate func isSame(_ other: DeploymentRecord) -> Bool {
    if let id, let otherID = other.id { return id == otherID }
    if let service, let otherService = other.service, service != otherService { return false }
    return environment.name.lowercased() == other.environment.name.lowercased()
  }
}

extension IncidentRecord {
  /// What both tell of one incident: of the better one, which is the one further on, else the one with more updates, else `later`.
  package func merged(with later: IncidentRecord) -> IncidentRecord {
    let isOwnBetter = (progress, updates.count) > (later.progress, later.updates.count)
    let (best, other) = isOwnBetter ? (self, later) : (later, self)
    var incident = best
    incident.title = best.title ?? other.title
    incident.severity = best.severity ?? other.severity
    incident.environment = best.environment ?? other.environment
    incident.service = best.service ?? other.service
    incident.startedAt = earliest(best.startedAt, other.startedAt)
    incident.resolvedAt = best.resolvedAt ?? (best.state == .resolved ? other.resolvedAt : nil)
    incident.causedBy = best.causedBy.isEmpty ? other.causedBy : best.causedBy
    incident.fixedBy = best.fixedBy.isEmpty ? other.fixedBy : best.fixedBy
    incident.url = best.url ?? other.url
    incident.description = best.description ?? other.description
    incident.updates = union(best.updates, other.updates, isSame: ==) { mine, _ in mine }
    incident.updates.sort { $0.at < $1.at }
    return incident
  }

  private var progress: Int {
    switch state {
    case .detected: 0
    case .acknowledged: 1
    case .resolved: 2
    }
  }
}

/// The elements of `mine`, each made one with its like of `theirs`, then those that only `theirs` has.
private func union<Element>(
  _ mine: [Element], _ theirs: [Element], isSame: (Element, Element) -> Bool, _ choose: (Element, Element) -> Element
) -> [Element] {
  var rest = theirs
  var all = mine.map { element in
    guard let index = rest.firstIndex(where: { isSame(element, $0) }) else { return element }
    return choose(element, rest.remove(at: index))
  }
  all += rest
  return all
}

private func earliest(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
  guard let left, let right else { return left ?? right }
  return min(left, right)
}

extension Change {
  /// What both tell of one commit; of two commits, this one.
  package func merged(with other: Change?) -> Change {
    guard let other, other.sha.hasPrefix(sha) || sha.hasPrefix(other.sha) else { return self }
    var change = sha.utf8.count >= other.sha.utf8.count ? self : other
    change.message = message ?? other.message
    change.author = author ?? other.author
    change.committedAt = committedAt ?? other.committedAt
    change.pullRequest = pullRequest ?? other.pullRequest
    return change
  }
}

extension DeploymentRecord.EnvironmentReference {
  fileprivate func completed(by other: Self) -> Self {
    var reference = self
    reference.key = key ?? other.key
    reference.tier = tier ?? other.tier
    reference.rank = rank ?? other.rank
    reference.url = url ?? other.url
    reference.isShortLived = isShortLived ?? other.isShortLived
    reference.availability = availability ?? other.availability
    return reference
  }
}

extension Step {
  /// A step that has a key in one telling only is the same by its name: a pipeline's own variables hold no more.
  fileprivate func isSame(_ other: Step) -> Bool {
    if let key, let otherKey = other.key { return key == otherKey && attempt == other.attempt }
    return name == other.name && !name.isEmpty && attempt == other.attempt
  }
}

extension Gate {
  fileprivate func isSame(_ other: Gate) -> Bool {
    if let key, let otherKey = other.key { return key == otherKey }
    return kind == other.kind && environment == other.environment && step == other.step
  }
}

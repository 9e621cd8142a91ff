import Diagnostics
import Records
import Time

// What follows only when everything is joined: deployments that no object tells of, promotion, and the ends of runs.
extension ProviderJoin {
  mutating func finishDeployments() {
    for draft in drafts.indices {
      addImplied(to: draft)
      guard !drafts[draft].deployments.isEmpty else { continue }
      let rule = PromotionRule(drafts[draft])
      for index in drafts[draft].deployments.indices {
        let deployment = drafts[draft].deployments[index]
        drafts[draft].deployments[index].gate = rule.gate(of: deployment)?.key
        drafts[draft].deployments[index].promotion = rule.promotion(of: deployment)
      }
    }
  }

  /// A job that names its environment deploys to it, and what waits at the gate of an environment waits to deploy to it, though no
  /// deployment is among the records; a run that waited there and is over may have deployed or not.
  private mutating func addImplied(to draft: Int) {
    let run = drafts[draft].piece.record.state
    var environments = Set(drafts[draft].deployments.map { $0.environment.name.lowercased() })
    let deploying = Set(drafts[draft].deployments.compactMap(\.step))
    // A deployment that names no step may be that of any.
    let taken = Set(drafts[draft].deployments.filter { $0.step == nil }.map { $0.environment.name.lowercased() })
    for step in ProviderJoin.begunFirst(drafts[draft].steps) {
      guard let environment = step.environment, !deploying.contains(step.key), !step.isCarried else { continue }
      // What is taken down was put there by another step. A button beside those that were pressed is no target that is missing.
      let isBeside =
        taken.contains(environment.lowercased()) || (!step.hasBegun && environments.contains(environment.lowercased()))
      if isBeside, step.action == nil { continue }
      var deployment = DeploymentRecord(environment: .init(name: environment, tier: step.tier))
      deployment.action = step.action
      deployment.state = step.step.state
      deployment.stateRaw = step.step.stateRaw
      deployment.step = step.key
      deployment.attempt = step.repeatsByName ? step.step.attempt : drafts[draft].attempt(of: step)
      deployment.story.join(step.story)
      deployment.story.note(.deploymentOfStep(step.step.name))
      environments.insert(environment.lowercased())
      drafts[draft].add(deployment)
    }
    for gate in drafts[draft].gates {
      guard let environment = gate.environment,
        gate.state == .waiting || (run.isOver && drafts[draft].asked.contains(environment.lowercased())),
        environments.insert(environment.lowercased()).inserted
      else { continue }
      var deployment = DeploymentRecord(environment: .init(name: environment))
      deployment.state = .waiting
      if gate.state != .waiting { deployment.end(with: run) }
      deployment.step = gate.step
      deployment.story.join(placesOf: drafts[draft].piece.record.story)
      deployment.story.note(.deploymentOfGate(gate.key))
      drafts[draft].add(deployment)
    }
  }

  private static func begunFirst(_ steps: [StepPiece]) -> [StepPiece] {
    steps.filter(\.hasBegun) + steps.filter { !$0.hasBegun && !$0.isFollowed }
  }

  mutating func finishRuns() {
    tellApart()
    var names: [String: String] = [:]
    for draft in drafts { if let key = draft.piece.repositoryKey, let name = draft.repository { names[key] = name } }
    for draft in drafts.indices {
      if drafts[draft].repository == nil {
        drafts[draft].piece.record.repository = drafts[draft].piece.repositoryKey.flatMap { names[$0] }
      }
      drafts[draft].finish()
      let run = drafts[draft].piece.record
      if let ref = run.ref, ref.type != .pullRequest, tag(ref.name, in: run.repository) != nil {
        drafts[draft].piece.record.ref?.type = .tag
      }
    }
  }
}

extension ProviderJoin {
  /// Two runs whose ids are unique elsewhere only (in their source, in their organization) are two for the catalog as well.
  private mutating func tellApart() {
    guard drafts.contains(where: { $0.piece.longID != nil }) else { return }
    var keys: [[String]: Set<String>] = [:]
    func place(_ draft: Draft) -> [String] { [draft.repository ?? "", draft.piece.record.id] }
    for draft in drafts { keys[place(draft), default: []].insert(draft.piece.key) }
    for index in drafts.indices where keys[place(drafts[index])]?.count ?? 0 > 1 {
      drafts[index].piece.record.id = drafts[index].piece.longID ?? drafts[index].piece.record.id
    }
  }
}

extension ProviderJoin.Draft {
  fileprivate mutating func add(_ deployment: DeploymentRecord) {
    var deployment = deployment
    deployment.provider = piece.record.provider
    deployment.repository = piece.record.repository
    takeService(of: &deployment)
    deployments.append(deployment)
  }

  /// Where all deployments of a run name one service, what it deploys next is that service, and the one version they have.
  private func takeService(of deployment: inout DeploymentRecord) {
    let services = Set(deployments.map(\.service))
    guard services.count == 1, let service = services.first ?? nil else { return }
    deployment.service = service
    deployment.inferred.append("service")
    deployment.story.note(.asItsSiblings(.service))
    let versions = Set(deployments.map(\.version))
    guard versions.count == 1, let version = versions.first ?? nil else { return }
    deployment.version = version
    deployment.inferred.append("version")
    deployment.story.note(.asItsSiblings(.version))
  }

  fileprivate mutating func finish() {
    let run = piece.record
    let ran = steps.map(\.step).filter { $0.state != .skipped }
    if run.startedAt == nil {
      let starts = ran.compactMap(\.startedAt)
      // Those that began before the run was made were carried over.
      piece.record.startedAt = starts.filter { $0 >= run.createdAt ?? $0 }.min() ?? starts.min()
    }
    if piece.endIsBound, let bound = run.finishedAt, let end = lastEnd, end <= bound, end >= run.startedAt ?? end {
      piece.record.finishedAt = end
    }
    if run.url == nil, let pattern = piece.urlPattern, let repository = run.repository, let number = run.number {
      let isPlain = repository.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "-_./".utf8.contains(byte)
      }
      let url = pattern.replacing("{repository}", with: repository).replacing("{number}", with: String(number))
      if isPlain { piece.record.url = url }
    }
  }

  /// In which attempt of a run that was started again a step ran: of one that was carried over, its times tell.
  func attempt(of step: StepPiece) -> Int? {
    let run = piece.record
    guard run.attempt > 1, let attempt = step.runAttempt else { return nil }
    guard attempt == run.attempt, let start = step.step.startedAt, let own = run.startedAt, start < own else { return attempt }
    return attempt - 1
  }

  /// The end of the last job of this attempt, if all that were read have ended; those carried over keep the times of their own.
  private var lastEnd: Timestamp? {
    let own = steps.filter { $0.runAttempt == nil || $0.runAttempt == piece.record.attempt }.map(\.step)
    // One whose end is not told was read before it.
    let isTold = own.allSatisfy { $0.state == .skipped || ($0.state.isTerminal && $0.finishedAt != nil) }
    return isTold ? own.compactMap(\.finishedAt).max() : nil
  }

  /// What only the rules of the configuration ask for, which are about deployments that the format does not hold.
  var details: RecordDetails {
    var details = RecordDetails(parameters: piece.parameters, images: piece.images, checkouts: piece.checkouts)
    guard deployments.isEmpty else { return details }
    details.automaticSteps = Set(steps.lazy.filter { $0.trigger == .automatic }.map(\.key))
    details.carriedSteps = Set(steps.lazy.filter(\.isCarried).map(\.key))
    for step in steps { details.attemptsOfSteps[step.key] = attempt(of: step) }
    return details
  }

  /// The run as it is delivered: its steps are flat, each before those inside it.
  var record: RunRecord {
    var run = piece.record
    run.steps = steps.flatMap { [$0.step] + $0.inner }
    run.gates = gates.map { gate in
      var gate = gate
      // The webhook of a decision that repeats the time of the request does not tell when it was made.
      for index in gate.decisions.indices where gate.decisions[index].at == gate.requestedAt { gate.decisions[index].at = nil }
      return gate
    }
    run.deployments = deployments
    for index in run.deployments.indices { run.deployments[index].repository = run.repository }
    run.endRefused()
    return run
  }
}

import Records

/// Which gates stand before the deployments of a run, and who promoted them (record.md, rule 2).
struct PromotionRule {
  private let draft: ProviderJoin.Draft
  private let places: [String: Int]
  /// Numbers of gates.
  private var ofStep: [String: [Int]] = [:]
  private var ofEnvironment: [String: [Int]] = [:]
  /// The steps that deploy.
  private let deploying: Set<String>
  /// The first steps that a person's gate holds, and one that was approved.
  private var firstHuman = Int.max
  private var firstApproved = Int.max

  init(_ draft: ProviderJoin.Draft) {
    self.draft = draft
    deploying = Set(draft.deployments.compactMap(\.step))
    places = Dictionary(draft.steps.enumerated().map { ($1.key, $0) }) { first, _ in first }
    for (index, gate) in draft.gates.enumerated() {
      if let step = gate.step { ofStep[step, default: []].append(index) }
      if let environment = gate.environment { ofEnvironment[environment.lowercased(), default: []].append(index) }
      guard gate.kind == .human, let place = gate.step.flatMap({ places[$0] }) else { continue }
      firstHuman = min(firstHuman, place)
      if gate.state == .approved { firstApproved = min(firstApproved, place) }
    }
  }

  /// The gate of a deployment: that of its step or of its environment; a person's before any other. What waits does so at one that waits,
  /// which is another than the one it has passed.
  func gate(of deployment: DeploymentRecord) -> Gate? {
    let own = own(deployment)
    if deployment.state == .waiting {
      let behind = draft.gates.filter { $0.key != nil && $0.key == deployment.gate }
      let waiting = (own + behind).filter { $0.state == .waiting }
      if let gate = waiting.first(where: { $0.kind == .human }) ?? waiting.first { return gate }
    }
    let passed = own.filter { gate in
      // What has begun is behind its gates: one of its environment that waits is before another target.
      gate.state != .waiting || deployment.state?.isPastItsGate != true || (gate.step != nil && gate.step == deployment.step)
    }
    return passed.first { $0.kind == .human } ?? passed.first
  }

  /// Manual if a person approved, started the step or started the run; automatic only where the format says so and no person's gate
  /// comes before; else unknown.
  func promotion(of deployment: DeploymentRecord) -> DeploymentRecord.Promotion {
    if let told = deployment.promotion, told != .unknown { return promotion(told, of: deployment) }
    let place = deployment.step.flatMap { places[$0] }
    let step = place.map { draft.steps[$0] }
    if step?.trigger == .manual { return .manual }
    let name = deployment.environment.name.lowercased()
    let ofPlace = ofEnvironment(of: deployment).lazy.map { draft.gates[$0] }.filter { $0.kind == .human }
    if (place.map { firstApproved <= $0 } ?? false) || ofPlace.contains(where: { $0.state == .approved }) { return .manual }
    let run = draft.piece.record
    if run.trigger?.type == .manual, run.actor?.kind != .bot { return .manual }
    let isAutomatic = step?.trigger == .automatic || draft.open.contains(name)
    let hasPerson = (place.map { firstHuman <= $0 } ?? false) || !ofPlace.isEmpty
    return isAutomatic && !hasPerson ? .automatic : .unknown
  }

  /// What the deployment says itself counts more than gates before others, and less than a gate of its own.
  private func promotion(
    _ told: DeploymentRecord.Promotion, of deployment: DeploymentRecord
  ) -> DeploymentRecord.Promotion {
    let people = own(deployment).filter { $0.kind == .human }
    if told == .manual || people.contains(where: { $0.state == .approved }) { return .manual }
    return people.isEmpty ? told : .unknown
  }

  /// In the order of the run.
  private func own(_ deployment: DeploymentRecord) -> [Gate] {
    let step = deployment.step.flatMap { ofStep[$0] } ?? []
    return Set(step + ofEnvironment(of: deployment)).sorted().map { draft.gates[$0] }
  }

  /// The gates of its environment, but those before the step of another deployment: another attempt is asked about anew.
  private func ofEnvironment(of deployment: DeploymentRecord) -> [Int] {
    (ofEnvironment[deployment.environment.name.lowercased()] ?? []).filter { index in
      guard let step = draft.gates[index].step, deploying.contains(step) else { return true }
      return step == deployment.step
    }
  }
}

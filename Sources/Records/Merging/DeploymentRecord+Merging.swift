import Diagnostics
package import Time

extension DeploymentRecord: Told {
  var toldState: State? { state }
  package var start: Timestamp? { startedAt }
  package var weight: Weight {
    Weight(standing: .init(state, hasFinished: finishedAt != nil), time: finishedAt ?? startedAt, news: nil)
  }

  private typealias Field = MergedField<DeploymentRecord>

  package static let fields: [MergedField<DeploymentRecord>] = {
    let first = [
      "state", "stateRaw", "inactive", "partial", "finishedAt", "startedAt", "environment", "target", "id", "attempt",
      "service",
    ]
    let then = [
      "version", "commit", "actor", "action", "promotion", "hotfix", "rollbackOf", "reason", "override", "url", "run", "step",
      "gate",
    ]
    return Canonical.deployment.merged(of: first)
      + [Field.unordered("provider", \.provider), Field.unordered("repository", \.repository)]
      + Canonical.deployment.merged(of: then) + [stateOfRun] + Canonical.deployment.merged(besides: first + then)
  }()

  /// To say no state of a deployment of another record's run is to say that run's, which a store does not know.
  private static let stateOfRun = Field(
    name: "stateOfRun", strength: { $0.state == nil && $0.run != nil ? Field.said : Field.unsaid }, copy: { _, _ in },
    text: { _ in "" }, isMoot: { $1.weight.standing == .over })

  package static let lists: [MergedList<DeploymentRecord>] = [
    MergedList(\.changes, mark: \.sha, match: { Change.isSame($0, $1) ? 1 : nil })
  ]

  package mutating func settle(_ tellings: [DeploymentRecord]) {
    inferred = DeploymentRecord.inferred(of: tellings)
    for telling in tellings.dropFirst() { story.join(telling.story) }
    story.note(.tellings(tellings.count))
  }
}

extension DeploymentRecord {
  /// That it was made is no start of what did not begin. In a record it stays: how what waits will end, nobody knows yet.
  package mutating func dropGuessedStart() {
    guard inferred.contains("startedAt"), let state, [.queued, .waiting, .cancelled, .skipped].contains(state) else { return }
    startedAt = nil
    inferred.removeAll { $0 == "startedAt" }
  }
}

extension MergedField where Value == DeploymentRecord {
  /// What the canonical form has no place for takes no part in the order of tellings: stored ones stand in the same order.
  fileprivate static func unordered(_ name: String, _ path: Path<String?>) -> Self {
    let field = optional(name, path)
    return Self(name: name, strength: field.strength, copy: field.copy, text: { _ in "" })
  }
}

/// What a deployment is known by among those of its run: its id, else environment and target; attempts are told apart by their number
/// and by their step (record.md, rule 5).
package struct DeploymentMark: Hashable, Sendable {
  package let id: String?
  /// The key of its environment.
  package let environment: String
  let target: String?
  let attempt: Int?
  package let service: String?
  package let commit: String?
  /// Taking something down is never the same as putting it up.
  let isRemoval: Bool
  /// The step of its own run that it names.
  let step: Step.Mark?

  package init(
    id: String?, environment: String, target: String?, attempt: Int?, service: String?, commit: String?, isRemoval: Bool,
    step: Step.Mark?
  ) {
    (self.id, self.environment, self.target, self.attempt, self.service, self.commit, self.isRemoval, self.step) = (
      id, environment, target, attempt, service, commit, isRemoval, step
    )
  }

  /// Of a deployment that stands alone nobody knows the step; a run's own record knows no id.
  package static func match(_ left: DeploymentMark, _ right: DeploymentMark) -> Int? {
    guard agree(left.service, right.service), left.isRemoval == right.isRemoval else { return nil }
    if let id = left.id, let other = right.id { return id == other ? 9 : nil }
    guard left.environment == right.environment, agree(left.attempt, right.attempt) else { return nil }
    if let sha = left.commit, let other = right.commit, !Change.isSame(sha, other) { return nil }
    let fit = stepFit(left.step, right.step)
    // A target that only one of them names is the same where it is the same job.
    guard let fit, left.target == right.target || (agree(left.target, right.target) && fit > 0) else { return nil }
    return fit + (left.target == right.target ? 1 : 0)
  }

  /// nil: two jobs. What a system calls a job in its variables need not be its name on the page.
  private static func stepFit(_ left: Step.Mark?, _ right: Step.Mark?) -> Int? {
    guard let left, let right else { return 0 }
    if let fit = Step.Mark.match(left, right) { return fit + 1 }
    if left.name == right.key || right.name == left.key { return 1 }
    return (left.key == nil) != (right.key == nil) ? 0 : nil
  }

  private static func agree<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
    left == nil || right == nil || left == right
  }
}

/// The tellings of one attempt of one run, made one: its fields, and its steps, gates and deployments, which hang together.
package struct RunMerging {
  /// The weightiest first.
  let tellings: [RunRecord]
  let steps: Union<Step, Step.Mark>
  let gates: Union<Gate, GateMark>
  package let deployments: Union<DeploymentRecord, DeploymentMark>
  package var merged: RunRecord

  /// `told`: the tellings, the weightiest first, at least one.
  package init(_ told: [RunRecord], _ names: DeclaredEnvironments) {
    let tellings = RunMerging.numberingSteps(told)
    self.tellings = tellings
    steps = Union(tellings.map(\.steps), marks: tellings.map { $0.steps.map(\.mark) }, match: Step.Mark.match)
    let united = steps.merged
    let named = RunMerging.namingSteps(RunMerging.settled(tellings), steps, united)
    gates = Union(
      named.map(\.gates),
      marks: tellings.map { run in
        run.gates.map { GateMark($0, environment: names.key(of: $0.environment), step: run.stepMark($0.step)) }
      }, match: GateMark.match)
    let marks = tellings.map { run in run.deployments.map { DeploymentMark($0, in: run, names) } }
    let told = Union(named.map(\.deployments), marks: marks, match: DeploymentMark.match)
    let weighed = RunMerging.takingEnds(named, tellings, told.places)
    deployments = weighed.map { Union($0, marks: marks, match: DeploymentMark.match) } ?? told
    var merged = RunRecord.merged(tellings)
    (merged.steps, merged.gates, merged.deployments) = (united, gates.merged, deployments.merged)
    self.merged = merged
    goOn(names)
    self.merged.deployments = settledDeployments(names)
    self.merged.steps = settledSteps
    self.merged.gates = settledGates(names)
    takeFailure()
  }

  /// A job's own variables need not say which attempt it is; where each attempt is a job of its own, another telling does by the key.
  private static func numberingSteps(_ tellings: [RunRecord]) -> [RunRecord] {
    guard tellings.count > 1 else { return tellings }
    var numbers: [String: Int] = [:]
    for steps in tellings.map(\.steps) where steps.contains(where: { $0.attempt > 1 }) {
      for ofName in Dictionary(grouping: steps, by: \.name).values where Set(ofName.map(\.key)).count == ofName.count {
        for step in ofName { if let key = step.key { numbers[key] = max(step.attempt, numbers[key] ?? 1) } }
      }
    }
    if numbers.isEmpty { return tellings }
    return tellings.map { telling in
      var telling = telling
      for index in telling.steps.indices where telling.steps[index].attempt == 1 {
        telling.steps[index].attempt = telling.steps[index].key.flatMap { numbers[$0] } ?? 1
      }
      return telling
    }
  }

  /// The tellings without which something would be missing, now or when more is told.
  package var needed: [Int] {
    RunRecord.needed(of: tellings) { index, kept in
      RunRecord.isCovered(index, in: tellings, by: kept) && steps.isCovered(index, by: kept)
        && gates.isCovered(index, by: kept) && deployments.isCovered(index, by: kept)
    }
  }

  /// Where the tellings of a run differ in what its deployments take from it, each deployment takes it from its own telling: two jobs of
  /// one run may record two services, or two versions. Answers about one object at two times are no two jobs.
  private static func settled(_ tellings: [RunRecord]) -> [RunRecord] {
    if tellings.contains(where: { $0.snapshot != nil }) { return tellings }
    let differ = (
      service: Set(tellings.compactMap(\.service)).count > 1, version: Set(tellings.compactMap(\.version?.name)).count > 1,
      actor: Set(tellings.compactMap(\.actor?.name)).count > 1
    )
    guard differ.service || differ.version || differ.actor else { return tellings }
    return tellings.map { telling in
      var telling = telling
      for index in telling.deployments.indices {
        let own = telling.deployments[index]
        if differ.service { telling.deployments[index].service = own.service ?? telling.service }
        if differ.version { telling.deployments[index].version = own.version ?? telling.version }
        if differ.actor { telling.deployments[index].actor = own.actor ?? telling.actor }
      }
      return telling
    }
  }

  /// The deployments of each telling, where one of them says no state and another does: with the ends that their own tellings give them.
  /// `places`: which of them tell of one deployment. nil: each says as much as the others.
  private static func takingEnds(
    _ named: [RunRecord], _ tellings: [RunRecord], _ places: [[Int]]
  ) -> [[DeploymentRecord]]? {
    guard tellings.contains(where: { !$0.state.isTerminal || $0.deployments.contains { $0.finishedAt == nil } }) else {
      return nil
    }
    var lists = named.map(\.deployments)
    var members: [Int: [(list: Int, item: Int)]] = [:]
    for (list, places) in places.enumerated() {
      for (item, place) in places.enumerated() { members[place, default: []].append((list, item)) }
    }
    for (_, members) in members where members.count > 1 {
      var own = members.map { lists[$0.list][$0.item] }
      own.takeEnds(from: members.map { tellings[$0.list].end(of: tellings[$0.list].deployments[$0.item]) })
      for (member, deployment) in zip(members, own) { lists[member.list][member.item] = deployment }
    }
    return lists
  }

  /// Gates and deployments name their steps as the united list does.
  private static func namingSteps(
    _ tellings: [RunRecord], _ steps: Union<Step, Step.Mark>, _ united: [Step]
  ) -> [RunRecord] {
    let places = steps.places
    return tellings.enumerated().map { number, telling in
      var telling = telling
      func name(_ step: String?) -> String? {
        guard let index = telling.stepIndex(step) else { return step }
        let step = united[places[number][index]]
        return step.key ?? step.name
      }
      for index in telling.gates.indices { telling.gates[index].step = name(telling.gates[index].step) }
      for index in telling.deployments.indices { telling.deployments[index].step = name(telling.deployments[index].step) }
      return telling
    }
  }
}

extension RunRecord {
  /// What tells one attempt of it from the others, where no number does: its address, in a system in which each attempt has its own
  /// (CircleCI: a workflow of its pipeline).
  package var attemptKey: String? {
    guard provider == "circleci", let url, let range = url.firstRange(of: "/workflows/") else { return nil }
    let key = url[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return key.isEmpty ? nil : key.lowercased()
  }
}

/// What a gate is known by: its key, else its kind, environment and step.
struct GateMark: Hashable, Sendable {
  private let key: String?
  private let kind: Gate.Kind
  private let environment: String?
  private let step: Step.Mark?

  init(_ gate: Gate, environment: String?, step: Step.Mark?) {
    (key, kind, self.environment, self.step) = (gate.key, gate.kind, environment, step)
  }

  static func match(_ left: GateMark, _ right: GateMark) -> Int? {
    if let key = left.key, let other = right.key { return key == other ? 3 : nil }
    guard left.kind == right.kind, left.environment == right.environment else { return nil }
    guard let step = left.step, let other = right.step else { return left.step == right.step ? 2 : 1 }
    return Step.Mark.match(step, other)
  }
}

extension DeploymentMark {
  /// Of a deployment inside a run. One that says nothing else is of the attempt that its run is; of the first that says nothing, since
  /// some providers count within it.
  init(_ deployment: DeploymentRecord, in run: RunRecord, _ names: DeclaredEnvironments) {
    self.init(
      id: deployment.id, environment: names.key(of: deployment.environment), target: deployment.targetName?.lowercased(),
      attempt: deployment.attempt ?? (run.attempt > 1 ? run.attempt : nil),
      service: (deployment.service ?? run.service)?.lowercased(), commit: deployment.commit?.sha,
      isRemoval: deployment.action == .remove, step: run.stepMark(deployment.step))
  }
}

extension RunRecord {
  /// The mark of the step that a gate or a deployment names; of one that is not among its steps, the name alone.
  fileprivate func stepMark(_ name: String?) -> Step.Mark? {
    guard let name, !name.isEmpty else { return nil }
    return step(name)?.mark ?? Step.Mark(key: nil, name: name, parent: nil, attempt: 1)
  }
}

/// What the configuration alone says of names of environments: the same for one record as for all of them.
package struct DeclaredEnvironments: Sendable {
  private let names: EnvironmentNames

  package init(_ configuration: Configuration) {
    names = EnvironmentNames(configuration, runs: [], alone: [])
  }

  /// Whether the configuration lists environments at all; without a list every name is right.
  package var isList: Bool { names.isList }

  /// Whether the list has the environment that a record calls so, or a pattern of those that end with their work.
  package func lists(_ name: String) -> Bool { !isList || names.isMeant(name) }

  package func key(of reference: DeploymentRecord.EnvironmentReference) -> String {
    key(of: reference.name.isEmpty ? reference.key ?? "" : reference.name)
  }

  func key(of name: String?) -> String? { name.map { key(of: $0) } }

  private func key(of name: String) -> String { names.key(named: name) ?? name.lowercased() }
}

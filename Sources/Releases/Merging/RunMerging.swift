/// The tellings of one attempt of one run, made one: its fields, and its steps, gates and deployments, which hang together.
struct RunMerging {
  /// The weightiest first.
  private let tellings: [RunRecord]
  private let steps: Union<Step, Step.Mark>
  private let gates: Union<Gate, GateMark>
  let deployments: Union<DeploymentRecord, DeploymentMark>
  private(set) var merged: RunRecord

  /// `told`: the tellings, the weightiest first, at least one.
  init(_ told: [RunRecord], _ names: DeclaredEnvironments) {
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
    self.merged.gates = settledGates(names)
    self.merged.deployments = settledDeployments
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

  // MARK: What a job says of its run

  /// Whether the telling at `index` is that of one job, which ended well, and calls that the end of its run.
  private func isSuccessOfOneJob(_ index: Int) -> Bool {
    let telling = tellings[index]
    guard telling.state == .succeeded, max(telling.steps.count, telling.deployments.count) == 1 else { return false }
    return telling.steps.first?.state ?? telling.deployments.first?.state == .succeeded
  }

  /// A run is not over where only jobs say that they are, of which each knows the end of its own alone, while another telling knows of
  /// something that waits: the end of one job is not that of those behind a gate.
  private mutating func goOn(_ names: DeclaredEnvironments) {
    guard merged.state == .succeeded, tellings.count > 1 else { return }
    let isLive = tellings.map { !$0.state.isTerminal }
    guard let live = isLive.firstIndex(of: true),
      tellings.indices.allSatisfy({ isLive[$0] || (isSuccessOfOneJob($0) && takesEndOfItsJob(tellings[$0])) })
    else { return }
    let waits =
      merged.deployments.contains { $0.state == .waiting } || merged.gates.indices.contains { isOpen($0, names) }
      || tellings.indices.contains { isLive[$0] && tellings[$0].standsStill }
    guard waits else { return }
    (merged.state, merged.stateRaw, merged.finishedAt) = (tellings[live].state, tellings[live].stateRaw, nil)
  }

  /// Whether its end is that of its only job: so it is told by a job's own variables, which know no other; the provider's word on a run says
  /// when it began, and that it ended after its jobs.
  private func takesEndOfItsJob(_ telling: RunRecord) -> Bool {
    let end = telling.steps.first?.finishedAt ?? telling.deployments.first?.finishedAt
    return (telling.createdAt ?? telling.startedAt) == nil || telling.finishedAt == end
  }

  /// Whether a merged gate waits, and no job of its environment or step tells that it went on.
  private func isOpen(_ place: Int, _ names: DeclaredEnvironments) -> Bool {
    let gate = merged.gates[place]
    guard gate.state == .waiting else { return false }
    let environment = names.key(of: gate.environment)
    return !merged.deployments.contains { deployment in
      let isHeld =
        deployment.gate.map { $0 == gate.key }
        ?? ((deployment.step != nil && deployment.step == gate.step) || names.key(of: deployment.environment) == environment)
      return isHeld && deployment.state?.isPastItsGate ?? false
    }
  }

  /// Whether two tellings that end their run otherwise can both be true: one of them knows one job, which ended well, and the other
  /// knows of another that did not, and of that job nothing else.
  func isOfOneJob(_ index: Int, beside other: Int) -> Bool {
    [(index, other), (other, index)].contains { one, other in
      guard isSuccessOfOneJob(one) else { return false }
      let ends =
        tellings[other].steps.indices.map { step in
          (isOwn: steps.places[one].contains(steps.places[other][step]), state: tellings[other].steps[step].state)
        }
        + tellings[other].deployments.indices.map { index in
          (
            isOwn: deployments.places[one].contains(deployments.places[other][index]),
            state: tellings[other].deployments[index].state ?? .unknown
          )
        }
      return !ends.contains { $0.isOwn && $0.state.contradicts(.succeeded) }
        && ends.contains { !$0.isOwn && $0.state.contradicts(.succeeded) }
    }
  }

  /// A run of which only jobs tell has failed where one of them has, whichever ended last; unless that was run again.
  private mutating func takeFailure() {
    guard merged.state == .succeeded, tellings.count > 1 else { return }
    let good = tellings.indices.filter { tellings[$0].state == .succeeded }
    let bad = tellings.indices.first { index in
      (tellings[index].state == .failed || tellings[index].state == .cancelled)
        && good.allSatisfy { isOfOneJob($0, beside: index) && !isAgain($0, of: index) }
    }
    guard let bad else { return }
    (merged.state, merged.stateRaw, merged.warning) = (tellings[bad].state, tellings[bad].stateRaw, tellings[bad].warning)
  }

  /// Whether the weightiest telling has another attempt of a job that the telling at `index` tells of: of one name and place, and more
  /// than one in the whole. Or one of the two knows that a job was run again: such a run may have ended twice.
  func knowsRetry(of index: Int) -> Bool { isAgain(0, of: index) || hasRetry(index) || hasRetry(0) }

  private func hasRetry(_ index: Int) -> Bool {
    let steps = tellings[index].steps
    return steps.contains { step in
      step.attempt > 1 && steps.contains { $0.attempt != step.attempt && step.isAnotherAttempt(than: $0) }
    }
  }

  /// Whether the telling at `later` has another attempt of a job of that at `index`.
  private func isAgain(_ later: Int, of index: Int) -> Bool {
    let (mine, theirs) = (tellings[index], tellings[later])
    let isStepAgain = theirs.steps.indices.contains { other in
      !steps.places[index].contains(steps.places[later][other])
        && mine.steps.contains { $0.isAnotherAttempt(than: theirs.steps[other]) }
    }
    return isStepAgain
      || theirs.deployments.indices.contains { other in
        !deployments.places[index].contains(deployments.places[later][other])
          && mine.deployments.contains { $0.isAnotherAttempt(than: theirs.deployments[other]) }
      }
  }

  // MARK: What waited once

  /// The merged gates. One that waited when somebody asked does not wait any more where another telling knows that what it held went on,
  /// or that the run which stood there is over.
  private func settledGates(_ names: DeclaredEnvironments) -> [Gate] {
    merged.gates.indices.map { place in
      var gate = merged.gates[place]
      guard gate.state == .waiting else { return gate }
      let waiting = gates.members(place).filter { $0.item.state == .waiting }
      let held = waiting.flatMap { list, item in
        tellings[list].waiting(behind: item, names).map { merged.deployments[deployments.places[list][$0]].state }
      }
      if !held.isEmpty, held.allSatisfy({ $0?.isPastItsGate ?? merged.state.isOver }) {
        gate.settle(held: held.map { $0 ?? merged.state }, run: merged.state)
      } else if waiting.allSatisfy({ hasLeft($0.list) }) {
        gate.settle(held: held.compactMap { $0 }, run: merged.state)
      }
      return gate
    }
  }

  /// The merged deployments. One that only tellings of a run that stood still say to wait waits no more when the run is over: nobody knows
  /// what became of it. What was nothing but a gate is no attempt, then.
  private var settledDeployments: [DeploymentRecord] {
    merged.deployments.indices.map { place in
      var deployment = merged.deployments[place]
      guard deployment.state == .waiting else { return deployment }
      guard deployments.members(place).allSatisfy({ $0.item.state != .waiting || hasLeft($0.list) }) else { return deployment }
      let isAttempt = deployment.id != nil
      deployment.state = merged.state == .cancelled ? .cancelled : isAttempt ? .unknown : .superseded
      deployment.stateRaw = nil
      return deployment
    }
  }

  /// Whether the run waited when a telling was made, and is over now.
  private func hasLeft(_ list: Int) -> Bool { tellings[list].state == .waiting && merged.state.isOver }

  /// The tellings without which something would be missing, now or when more is told.
  var needed: [Int] {
    RunRecord.needed(of: tellings) { index, kept in
      RunRecord.isCovered(index, in: tellings, by: kept) && steps.isCovered(index, by: kept)
        && gates.isCovered(index, by: kept) && deployments.isCovered(index, by: kept)
    }
  }

  /// Where the tellings of a run differ in what its deployments take from it, each deployment takes it from its own telling: two jobs of
  /// one run may record two services, or two versions.
  private static func settled(_ tellings: [RunRecord]) -> [RunRecord] {
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

extension Step {
  fileprivate func isAnotherAttempt(than other: Step) -> Bool {
    let isSame = key != nil && key == other.key
    return isSame || (!name.isEmpty && name == other.name && (stage == nil || other.stage == nil || stage == other.stage))
  }
}

extension DeploymentRecord {
  fileprivate func isAnotherAttempt(than other: DeploymentRecord) -> Bool {
    guard let attempt, let others = other.attempt, attempt != others else { return false }
    return environment.name.lowercased() == other.environment.name.lowercased() && targetName == other.targetName
  }
}

extension RunRecord {
  /// What tells one attempt of it from the others, where no number does: its address, in a system in which each attempt has its own
  /// (CircleCI: a workflow of its pipeline).
  var attemptKey: String? {
    guard provider == "circleci", let url, let range = url.firstRange(of: "/workflows/") else { return nil }
    let key = url[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return key.isEmpty ? nil : key.lowercased()
  }

  /// Whether it waits and names nothing that does.
  fileprivate var standsStill: Bool {
    state == .waiting && gates.isEmpty && !deployments.contains { $0.state == .waiting }
      && !steps.contains { $0.state == .waiting }
  }

  /// The places of the deployments that wait behind one of its gates.
  fileprivate func waiting(behind gate: Gate, _ names: DeclaredEnvironments) -> [Int] {
    deployments.indices.filter { index in
      let deployment = deployments[index]
      guard deployment.state == .waiting || deployment.state == .queued else { return false }
      if let key = deployment.gate, let own = gate.key { return key == own }
      if let step = deployment.step, let own = gate.step { return step == own }
      return names.key(of: gate.environment) == names.key(of: deployment.environment)
    }
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
  var isList: Bool { names.isList }

  /// Whether the list has the environment that a record calls so, or a pattern of those that end with their work.
  package func lists(_ name: String) -> Bool { !isList || names.isMeant(name) }

  package func key(of reference: DeploymentRecord.EnvironmentReference) -> String {
    key(of: reference.name.isEmpty ? reference.key ?? "" : reference.name)
  }

  func key(of name: String?) -> String? { name.map { key(of: $0) } }

  private func key(of name: String) -> String { names.key(named: name) ?? name.lowercased() }
}

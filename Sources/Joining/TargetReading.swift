import Diagnostics
import Records

/// Reads the targets of all deployments: names settled, missing fields taken from runs and steps.
struct TargetReading {
  private(set) var runs: [Located<RunRecord>]
  private(set) var alone: [Located<DeploymentRecord>]
  let groups: [RunGroups.Group]
  private(set) var services: ServiceNames
  /// The service of each run; nil where its deployments name other services, and it none.
  private(set) var homes: [Int?]
  /// In promotion order.
  let environments: [Environment]
  let lookup: EnvironmentLookup
  private(set) var targets: [Target] = []
  /// The run of each deployment that stands alone.
  private let runsOfAlone: [Int?]

  init(
    _ told: LoneDeployments, groups: [RunGroups.Group], configuration: Configuration
  ) {
    (runs, alone, runsOfAlone, self.groups) = (told.runs, told.alone, told.groups, groups)
    services = ServiceNames(configuration.services)
    let names = EnvironmentNames(configuration, runs: runs, alone: alone)
    environments = names.environments()
    lookup = EnvironmentLookup(names, environments)
    homes = []
    homes.reserveCapacity(groups.count)
    for group in groups { homes.append(home(of: runs.span[group.newest].value)) }
    settleGates()
    dropGuessedStarts()
    readTargets()
  }

  /// The service a run names, else where one of its deployments names none, or it has none, what its repository tells.
  private mutating func home(of run: borrowing RunRecord) -> Int? {
    if let service = run.service, !service.isEmpty { return services.number(named: service) }
    let deployments = run.deployments
    if !deployments.isEmpty, deployments.indices.allSatisfy({ !(deployments[$0].service ?? "").isEmpty }) { return nil }
    return services.number(ofRepository: run.repository)
  }

  /// A gate of a run that is over does not wait where all that it held has gone on. One that a deployment names is as its record says:
  /// then it was passed by.
  private mutating func settleGates() {
    for record in groups.lazy.flatMap(\.all) {
      let run = runs[record].value
      guard run.state.isOver, run.gates.contains(where: { $0.state == .waiting }) else { continue }
      let linking = GateLinking(run, lookup)
      var held = run.gates.map { _ in [State]() }
      for deployment in run.deployments {
        guard let environment = lookup.number(of: deployment.environment, scope: EnvironmentNames.scope(run)) else { continue }
        for gate in linking.linked(key: deployment.gate, step: deployment.step, environment: environment) {
          held[gate].append(run.state(of: deployment))
        }
      }
      let named = Set(run.deployments.compactMap(\.gate))
      for index in run.gates.indices where !(run.gates[index].key.map(named.contains) ?? false) {
        let step = run.step(run.gates[index].step)?.state
        guard !held[index].isEmpty, held[index].allSatisfy(\.isPastItsGate), step?.isPastItsGate ?? true else { continue }
        runs[record].value.gates[index].settle(held: held[index], run: run.state)
      }
    }
  }

  private mutating func dropGuessedStarts() {
    for run in runs.indices where runs.span[run].value.deployments.contains(where: { !$0.inferred.isEmpty }) {
      for index in runs[run].value.deployments.indices { runs[run].value.deployments[index].dropGuessedStart() }
    }
    for index in alone.indices { alone[index].value.dropGuessedStart() }
  }

  private mutating func readTargets() {
    targets.reserveCapacity(groups.count * 2)
    for (number, group) in groups.enumerated() {
      addNested(of: runs.span[group.newest].value, record: group.newest, group: number, isReplaced: false)
      for index in group.others { addNested(of: runs.span[index].value, record: index, group: number, isReplaced: true) }
    }
    for index in alone.indices { addAlone(index) }
    addGates()
    TargetNames(targets, environments: environments).apply(to: &targets)
  }

  private mutating func addNested(of run: borrowing RunRecord, record: Int, group: Int, isReplaced: Bool) {
    let deployments = run.deployments
    for index in deployments.indices {
      let reference = deployments[index].environment
      guard let environment = lookup.number(of: reference, scope: EnvironmentNames.scope(run)) else { continue }
      var service = homes[group]
      if let name = deployments[index].service, !name.isEmpty { service = services.number(named: name) }
      let version = deployments.span[index].ownVersion(besides: run.commit?.sha) ?? run.built
      var target = Target(
        source: .nested(record: record, index: index), group: group, record: record, runID: run.id, attempt: run.attempt,
        number: deployments[index].attempt ?? run.attempt, name: deployments[index].targetName,
        service: service ?? services.number(ofRepository: run.repository), environment: environment,
        id: deployments[index].id(inRun: run.id, attempt: run.attempt, environment: environments[environment].key),
        version: version.version,
        action: deployments.span[index].effectiveAction, state: .unknown)
      target.story = deployments[index].story
      if target.story.isKept {
        let name = [deployments[index].service, run.service].compactMap(\.self).first { !$0.isEmpty }
        explain(
          &target.story, service: name, repository: run.repository, environment: reference, EnvironmentNames.scope(run),
          version: version.from, inferred: deployments[index].inferred)
      }
      let step = run.step(deployments[index].step)
      target.take(deployments.span[index], step: step, path: step.map(run.path(of:)))
      if isHeld(target, by: run, key: deployments[index].gate, step: deployments[index].step) { target.state = .queued }
      // A deployment that is nothing but a step has no other times than that.
      let isStep = step != nil && deployments[index].inferred.contains("environment")
      target.take(from: run, withTimes: !isStep)
      // What is live in a replaced attempt cannot go on: its run has started again.
      if isReplaced, !target.state.isTerminal { target.state = .superseded }
      targets.append(target)
    }
  }

  private mutating func addAlone(_ index: Int) {
    let deployment = alone[index].value
    let group = runsOfAlone[index]
    let record = group.map { groups[$0].newest }
    let run = record.map { runs[$0].value }
    let scope = EnvironmentNames.scope(deployment)
    guard let environment = lookup.number(of: deployment.environment, scope: scope) else { return }
    var service = group.flatMap { homes[$0] }
    if let name = deployment.service, !name.isEmpty { service = services.number(named: name) }
    let named: (version: String, from: VersionSource)? = (deployment.run ?? deployment.id).map { ($0, VersionSource.id) }
    let version = deployment.ownVersion(besides: run?.commit?.sha) ?? run?.built ?? named ?? ("unknown", .environment)
    var target = Target(
      source: .alone(index), group: group, record: record, runID: deployment.run, attempt: run?.attempt ?? 1,
      number: deployment.attempt ?? run?.attempt ?? 1, name: deployment.targetName,
      service: service ?? services.number(ofRepository: deployment.repository ?? run?.repository), environment: environment,
      id: "",
      version: version.version,
      action: deployment.effectiveAction, state: .unknown)
    target.story = deployment.story
    if target.story.isKept {
      let name = [deployment.service, run?.service].compactMap(\.self).first { !$0.isEmpty }
      explain(
        &target.story, service: name, repository: run?.repository ?? deployment.repository, environment: deployment.environment,
        scope, version: version.from, inferred: deployment.inferred)
    }
    let step = run?.step(deployment.step)
    target.take(deployment, step: step, path: step.flatMap { run?.path(of: $0) })
    if let run {
      if isHeld(target, by: run, key: deployment.gate, step: deployment.step) { target.state = .queued }
      target.take(from: run, withTimes: true)
    }
    target.id = deployment.id(inRun: deployment.run, attempt: target.attempt, environment: environments[environment].key)
    targets.append(target)
  }

  /// Notes by what its names were found.
  private func explain(
    _ story: inout Story, service: String?, repository: String?, environment: DeploymentRecord.EnvironmentReference,
    _ scope: String, version: VersionSource, inferred: [String]
  ) {
    // Where a format or a rule knows whence it took a value, that is said already.
    for field in inferred where !story.remarks.contains(where: { $0.topic == Remark.Topic(field: field) && $0.isInference }) {
      story.note(.inferred(field))
    }
    if !inferred.contains("service") { story.note(services.remark(named: service, repository: repository)) }
    story.note(lookup.remark(of: environment, scope: scope))
    if !inferred.contains("version") { story.note(.version(version)) }
  }

  /// Whether a deployment of which only its run tells a state, and that it is running, still stands at a gate of its own.
  private func isHeld(_ target: Target, by run: borrowing RunRecord, key: String?, step: String?) -> Bool {
    guard !target.isStateKnown, target.startedAt == nil, run.state == .running, !run.gates.isEmpty else { return false }
    return GateLinking(run, lookup).isHeld(key: key, step: step, environment: target.environment)
  }

  /// A gate that waits before an environment which no deployment of its run names stands for that deployment: of the run's service, else
  /// of those that its deployments name.
  private mutating func addGates() {
    let waiting = groups.indices.filter { number in
      let run = runs[groups[number].newest].value
      return !run.state.isTerminal && run.gates.contains { $0.state == .waiting && !($0.environment ?? "").isEmpty }
    }
    guard !waiting.isEmpty else { return }
    var environmentsOf: [Int: Set<Int>] = [:]
    var servicesOf: [Int: Set<Int>] = [:]
    for number in waiting {
      environmentsOf[number] = []
      servicesOf[number] = homes[number].map { [$0] } ?? []
    }
    for index in targets.indices {
      guard let group = targets[index].group, environmentsOf[group] != nil else { continue }
      environmentsOf[group]?.insert(targets[index].environment)
      if homes[group] == nil { servicesOf[group]?.insert(targets[index].service) }
    }
    for number in waiting {
      addGates(of: number, services: servicesOf[number, default: []].sorted(), taken: environmentsOf[number, default: []])
    }
  }

  private mutating func addGates(of group: Int, services: [Int], taken: Set<Int>) {
    var taken = taken
    let record = groups[group].newest
    let run = runs[record].value
    for (index, gate) in run.gates.enumerated() where gate.state == .waiting {
      guard let name = gate.environment, let environment = lookup.number(named: name), taken.insert(environment).inserted else {
        continue
      }
      for service in services {
        var target = Target(
          source: .gate(record: record, index: index), group: group, record: record, runID: run.id, attempt: run.attempt,
          number: run.attempt, service: service, environment: environment,
          id: DeploymentRecord.defaultID(
            run: run.id, environment: environments[environment].key, attempt: run.attempt, version: "", at: nil),
          version: run.builtVersion, action: .deploy, state: .waiting)
        target.story.join(placesOf: run.story)
        target.story.note(.deploymentOfGate(gate.key))
        target.story.note(.environment(named: name, id: "", .itself))
        target.story.note(.version(run.built.from))
        targets.append(target)
      }
    }
  }

  /// Where the record of a target stands.
  func place(of source: Target.Source) -> (file: String, position: Position) {
    switch source {
    case .nested(let record, _), .gate(let record, _): (runs[record].file, runs[record].position)
    case .alone(let index): (alone[index].file, alone[index].position)
    }
  }

  /// Notes may name services that nothing else does.
  mutating func joinNotes(_ notes: [Located<ReleaseNote>]) -> NoteJoining { NoteJoining(notes, services: &services) }
}

extension Target {
  /// State and times: its own, else the named step's. A step that its run does not list has its name all the same.
  fileprivate mutating func take(_ deployment: borrowing DeploymentRecord, step: Step?, path: String?) {
    let named = deployment.step.flatMap { $0.isEmpty ? nil : $0 }
    stepName = path ?? named
    stepLabel = step.flatMap { $0.name.isEmpty ? nil : $0.name } ?? named
    if let own = deployment.state ?? step?.state {
      state = own
      isStateKnown = true
      if deployment.state == nil { story.note(.stateOfStep(step?.name)) }
    }
    startedAt = deployment.startedAt ?? step?.startedAt
    finishedAt = deployment.finishedAt ?? step?.finishedAt
    let isTimeOwn = deployment.startedAt != nil || deployment.finishedAt != nil
    if !isTimeOwn, startedAt != nil || finishedAt != nil { story.note(.timesOfStep(step?.name)) }
    if isStateKnown, !state.isTerminal { finishedAt = nil }
    told = ToldSpan(start: startedAt, finish: finishedAt, isLive: isStateKnown && state == .running)
  }

  /// What is still missing comes from the run. What has not started takes no start from it, and what is live has no finish.
  fileprivate mutating func take(from run: borrowing RunRecord, withTimes: Bool) {
    if !isStateKnown, state != .queued {
      state = run.state
      story.note(.stateOfRun)
    }
    guard withTimes else { return }
    if run.story.hasUnreadTime { story.hasUnreadTime = true }
    let before = (startedAt, finishedAt)
    switch state {
    case .running, .succeeded, .failed, .unknown: startedAt = startedAt ?? run.startedAt
    case .queued, .waiting, .cancelled, .skipped, .superseded: break
    }
    finishedAt = state.isTerminal ? finishedAt ?? run.finishedAt : nil
    if startedAt != before.0 || (finishedAt != before.1 && finishedAt != nil) { story.note(.timesOfRun) }
  }
}

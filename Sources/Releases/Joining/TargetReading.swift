/// Reads the targets of all deployments: names settled, missing fields taken from runs and steps.
struct TargetReading {
  let runs: [Located<RunRecord>]
  let alone: [Located<DeploymentRecord>]
  let groups: [RunGroups.Group]
  private(set) var services: ServiceNames
  private(set) var names: EnvironmentNames
  /// The service of each run; nil where its deployments name other services, and it none.
  private(set) var homes: [Int?]
  private(set) var environments: [Environment] = []
  private(set) var targets: [Target] = []
  private var numbers: [String: Int] = [:]
  /// The run of each deployment that stands alone.
  private var runsOfAlone: [Int?]

  init(
    runs: [Located<RunRecord>], alone: [Located<DeploymentRecord>], groups: [RunGroups.Group], configuration: Configuration
  ) {
    (self.runs, self.alone, self.groups) = (runs, alone, groups)
    services = ServiceNames(configuration.services)
    names = EnvironmentNames(configuration.environments)
    homes = []
    runsOfAlone = []
    homes.reserveCapacity(groups.count)
    for group in groups { homes.append(home(of: runs[group.newest].value)) }
    runsOfAlone = findRuns()
    noteNames()
    names.settle()
    environments = names.environments()
    for (index, environment) in environments.enumerated() { numbers[environment.key] = index }
    readTargets()
  }

  /// The service a run names, else where one of its deployments names none, or it has none, what its repository tells.
  private mutating func home(of run: RunRecord) -> Int? {
    if let service = run.service, !service.isEmpty { return services.number(named: service) }
    if !run.deployments.isEmpty, run.deployments.allSatisfy({ !($0.service ?? "").isEmpty }) { return nil }
    return services.number(ofRepository: run.repository)
  }

  /// By the id they name; of several runs with that id the one of their provider, repository and service, if that is one.
  private func findRuns() -> [Int?] {
    guard alone.contains(where: { $0.value.run != nil }) else { return alone.map { _ in nil } }
    var ofID: [String: [Int]] = [:]
    for (index, group) in groups.enumerated() { ofID[group.identity.id, default: []].append(index) }
    return alone.map { located -> Int? in
      let record = located.value
      guard let id = record.run, let all = ofID[id] else { return nil }
      let service = record.service.flatMap { services.existing(named: $0) }
      let fitting = all.filter { index in
        let run = runs[groups[index].newest].value
        return TargetReading.agree(run.provider, record.provider) && TargetReading.agree(run.repository, record.repository)
      }
      if fitting.count == 1 { return fitting[0] }
      let ofService = fitting.filter { service != nil && homes[$0] == service }
      return ofService.count == 1 ? ofService[0] : nil
    }
  }

  private static func agree(_ left: String?, _ right: String?) -> Bool { left == nil || right == nil || left == right }

  private mutating func noteNames() {
    for group in groups {
      for index in [group.newest] + group.others {
        let run = runs[index].value
        for deployment in run.deployments {
          let time = deployment.finishedAt ?? deployment.startedAt ?? run.finishedAt ?? run.startedAt ?? run.createdAt
          names.note(deployment.environment, scope: TargetReading.scope(run), at: time)
        }
        for gate in run.gates where gate.state == .waiting && !run.state.isTerminal {
          guard let name = gate.environment, !name.isEmpty else { continue }
          names.note(DeploymentRecord.EnvironmentReference(name: name), scope: "", at: gate.requestedAt ?? run.createdAt)
        }
      }
    }
    for located in alone {
      let record = located.value
      names.note(record.environment, scope: TargetReading.scope(record), at: record.finishedAt ?? record.startedAt)
    }
  }

  private static func scope(_ run: RunRecord) -> String { (run.provider ?? "") + " " + (run.repository ?? run.service ?? "") }
  private static func scope(_ record: DeploymentRecord) -> String {
    (record.provider ?? "") + " " + (record.repository ?? record.service ?? "")
  }

  private mutating func readTargets() {
    targets.reserveCapacity(groups.count * 2)
    for (number, group) in groups.enumerated() {
      for index in [group.newest] + group.others {
        for deployment in runs[index].value.deployments.indices {
          addNested(record: index, index: deployment, group: number, isReplaced: index != group.newest)
        }
      }
    }
    for index in alone.indices { addAlone(index) }
    addGates()
  }

  private mutating func addNested(record: Int, index: Int, group: Int, isReplaced: Bool) {
    let run = runs[record].value
    let deployment = run.deployments[index]
    guard let environment = numbers[names.key(of: deployment.environment, scope: TargetReading.scope(run))] else { return }
    var service = homes[group]
    if let name = deployment.service, !name.isEmpty { service = services.number(named: name) }
    var target = Target(
      source: .nested(record: record, index: index), group: group, record: record, runID: run.id, attempt: run.attempt,
      service: service ?? services.number(ofRepository: run.repository), environment: environment, id: "",
      version: deployment.ownVersion(in: run) ?? run.builtVersion, action: deployment.effectiveAction, state: .unknown)
    target.take(deployment, from: run)
    // What is live in a replaced attempt cannot go on: its run has started again.
    if isReplaced, !target.state.isTerminal { target.state = .superseded }
    target.id = deployment.id ?? TargetReading.defaultID(run: run.id, environments[environment].key, attempt: run.attempt)
    targets.append(target)
  }

  private mutating func addAlone(_ index: Int) {
    let deployment = alone[index].value
    let group = runsOfAlone[index]
    let record = group.map { groups[$0].newest }
    let run = record.map { runs[$0].value }
    guard let environment = numbers[names.key(of: deployment.environment, scope: TargetReading.scope(deployment))] else {
      return
    }
    var service = group.flatMap { homes[$0] }
    if let name = deployment.service, !name.isEmpty { service = services.number(named: name) }
    var target = Target(
      source: .alone(index), group: group, record: record, runID: deployment.run, attempt: run?.attempt ?? 1,
      service: service ?? services.number(ofRepository: deployment.repository ?? run?.repository), environment: environment,
      id: "",
      version: deployment.ownVersion(in: run) ?? run?.builtVersion ?? deployment.run ?? deployment.id ?? "unknown",
      action: deployment.effectiveAction, state: .unknown)
    target.take(deployment, from: run)
    let key = environments[environment].key
    target.id =
      deployment.id ?? deployment.run.map { TargetReading.defaultID(run: $0, key, attempt: target.attempt) }
      ?? TargetReading.defaultID(key, version: target.version, at: deployment.finishedAt ?? deployment.startedAt)
    targets.append(target)
  }

  /// A gate that waits before an environment which no deployment of its run names stands for that deployment.
  private mutating func addGates() {
    struct Place: Hashable { let group: Int, environment: Int }
    var taken: Set<Place> = []
    let waiting = groups.indices.filter { number in
      let run = runs[groups[number].newest].value
      return homes[number] != nil && !run.state.isTerminal
        && run.gates.contains { $0.state == .waiting && !($0.environment ?? "").isEmpty }
    }
    guard !waiting.isEmpty else { return }
    for target in targets { if let group = target.group { taken.insert(Place(group: group, environment: target.environment)) } }
    for number in waiting {
      let record = groups[number].newest
      let run = runs[record].value
      for (index, gate) in run.gates.enumerated() where gate.state == .waiting {
        guard let name = gate.environment, let service = homes[number], let key = names.key(named: name),
          let environment = numbers[key], taken.insert(Place(group: number, environment: environment)).inserted
        else { continue }
        targets.append(
          Target(
            source: .gate(record: record, index: index), group: number, record: record, runID: run.id, attempt: run.attempt,
            service: service, environment: environment,
            id: TargetReading.defaultID(run: run.id, key, attempt: run.attempt), version: run.builtVersion, action: .deploy,
            state: .waiting))
      }
    }
  }

  private static func defaultID(run: String, _ environment: String, attempt: Int) -> String {
    attempt > 1 ? "\(run)-\(environment)-\(attempt)" : "\(run)-\(environment)"
  }

  /// `20260302T100000Z` is the time without what separates and without a fraction.
  private static func defaultID(_ environment: String, version: String, at time: Timestamp?) -> String {
    guard let time else { return "\(environment)-\(version)" }
    let whole = Timestamp(seconds: time.seconds).description
    return "\(environment)-\(version)-\(whole.filter { $0 != "-" && $0 != ":" })"
  }

  /// The environment that a text means; nil if neither the configuration nor a deployment knows it.
  func environment(named name: String) -> Int? { names.key(named: name).flatMap { numbers[$0] } }

  func environment(of gate: Gate) -> Int? { gate.environment.flatMap { environment(named: $0) } }

  /// Notes may name services that nothing else does.
  mutating func joinNotes(_ notes: [Located<ReleaseNote>]) -> NoteJoining { NoteJoining(notes, services: &services) }
}

extension Target {
  /// State and times: its own, else the named step's, else the run's. What has not started takes no start from its run, what is live
  /// no finish.
  fileprivate mutating func take(_ deployment: DeploymentRecord, from run: RunRecord?) {
    let step = run?.step(deployment.step)
    state = deployment.state ?? step?.state ?? run?.state ?? .unknown
    startedAt = deployment.startedAt ?? step?.startedAt
    switch state {
    case .running, .succeeded, .failed, .unknown: startedAt = startedAt ?? run?.startedAt
    case .queued, .waiting, .cancelled, .skipped, .superseded: break
    }
    if state.isTerminal { finishedAt = deployment.finishedAt ?? step?.finishedAt ?? run?.finishedAt }
  }
}

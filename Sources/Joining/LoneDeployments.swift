import Diagnostics
import Records
import Time

/// Deployments that stand alone: the tellings of each made one, and each made one with the deployment of a run that it tells of too
/// (record.md, rule 5). A pipeline records its deployment with its run, and the provider's answer gives it an id.
struct LoneDeployments {
  /// The runs, with what deployments that stood alone say of theirs.
  private(set) var runs: [Located<RunRecord>]
  /// Those that no run tells of.
  private(set) var alone: [Located<DeploymentRecord>] = []
  /// The run of each of `alone`, as the number of its group.
  private(set) var groups: [Int?] = []
  private(set) var leftOut: [LeftOut] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let ofRuns: [RunGroups.Group]
  private let names: DeclaredEnvironments
  private var services: ServiceNames

  /// One deployment: what all its tellings say, in the place of the weightiest.
  private struct Lone {
    var located: Located<DeploymentRecord>
    let mark: DeploymentMark
    let group: Int?
    /// Its id, else what stands for it.
    let name: String
  }

  init(
    _ records: [Located<DeploymentRecord>], _ groups: RunGroups, _ names: DeclaredEnvironments,
    _ declared: [Configuration.Service]
  ) {
    (runs, ofRuns, self.names, services) = (groups.records, groups.groups, names, ServiceNames(declared))
    guard !records.isEmpty else { return }
    var lone = merge(records)
    var places = NestedPlaces(runs, ofRuns, names, services)
    // Where several could be the one that a run recorded, it is one that went the same way, of these the last to begin.
    lone.sort { left, right in
      let (mine, theirs) = (left.located.value.startedAt, right.located.value.startedAt)
      return mine != theirs ? latest(mine, theirs) == mine : left.name < right.name
    }
    for allowsContradiction in [false, true] {
      lone = lone.filter { one in
        let group = one.group.map { ofRuns[$0] }
        guard let place = places.find(one.mark, one.located.value, one.name, in: group, allowsContradiction, runs) else {
          return true
        }
        join(one.located, into: place)
        places.claimed.insert(place)
        return false
      }
    }
    lone.sort { $0.located.isBefore($1.located) }
    alone = lone.map(\.located)
    self.groups = lone.map(\.group)
  }

  // MARK: One identity

  private struct Identity: Hashable {
    let service: String
    let id: String
  }

  private mutating func merge(_ records: [Located<DeploymentRecord>]) -> [Lone] {
    let finder = RunFinder(runs, ofRuns, Set(records.compactMap(\.value.run)), &services)
    var members: [Identity: [(located: Located<DeploymentRecord>, group: Int?)]] = [:]
    for located in records {
      let group = finder.group(of: located.value, &services)
      let run = group.map { runs[ofRuns[$0].newest].value }
      let service = service(of: located.value, run)
      let name = located.value.id(
        inRun: located.value.run, attempt: run?.attempt ?? 1, environment: names.key(of: located.value.environment))
      members[Identity(service: service, id: name), default: []].append((located, group))
    }
    return members.map { identity, members in
      let placed = members.map(\.located).sorted { $0.isBefore($1) }
      let group = members.compactMap(\.group).min()
      let located = merge(placed, id: identity.id, run: group.map { runs[ofRuns[$0].newest].value })
      let value = located.value
      let mark = DeploymentMark(
        id: value.id, environment: names.key(of: value.environment), target: value.targetName?.lowercased(),
        attempt: value.attempt,
        service: identity.service, commit: value.commit?.sha, isRemoval: value.action == .remove, step: nil)
      return Lone(located: located, mark: mark, group: group, name: identity.id)
    }
  }

  private mutating func service(of deployment: DeploymentRecord, _ run: RunRecord?) -> String {
    services.key(named: deployment.service ?? run?.service, repository: deployment.repository ?? run?.repository)
  }

  private mutating func merge(
    _ records: [Located<DeploymentRecord>], id: String, run: RunRecord?
  ) -> Located<DeploymentRecord> {
    guard records.count > 1 else { return records[0] }
    var placed = records
    var values = placed.map(\.value)
    if let run { values.takeEnds(from: values.map { $0.isOf(run) ? run.end(of: $0) : nil }) }
    for index in placed.indices { placed[index].value = values[index] }
    let sorted = values.byWeight.map { placed[$0] }
    var kept = sorted[0]
    let tellings = sorted.map(\.value)
    kept.value = DeploymentRecord.merged(tellings)
    let needed = Set(DeploymentRecord.needed(of: tellings) { DeploymentRecord.isCovered($0, in: tellings, by: $1) })
    for (index, telling) in sorted.enumerated() where !needed.contains(index) {
      leftOut.append(LeftOut("deployment \(id)", telling, isSame: telling.value == tellings[0], kept: sorted[0]))
    }
    for telling in sorted.dropFirst() {
      let fields = names.contradictions(telling.value, tellings[0])
      guard !fields.isEmpty else { continue }
      diagnostics.append(telling.diagnostic(.warning, .contradictoryDeployment(id: id, fields: fields), other: sorted[0]))
      break
    }
    return kept
  }

  // MARK: One deployment, nested and alone

  private mutating func join(_ lone: Located<DeploymentRecord>, into place: NestedPlaces.Place) {
    let run = runs[place.record]
    let nested = run.value.deployments[place.index]
    var tellings = [nested, lone.value]
    tellings.takeEnds(from: tellings.map(run.value.end))
    let order = tellings.byWeight
    let merged = DeploymentRecord.merged(order.map { tellings[$0] })
    runs[place.record].value.deployments[place.index] = merged
    if nested.state == .waiting, merged.state?.isPastItsGate == true {
      runs[place.record].value.passGates(before: place.index, names)
    }
    let id =
      lone.value.id
      ?? nested.id(
        inRun: run.value.id, attempt: run.value.attempt, environment: names.key(of: nested.environment))
    let fields = names.contradictions(lone.value, tellings[0])
    if !fields.isEmpty {
      diagnostics.append(lone.diagnostic(.warning, .contradictoryDeployment(id: id, fields: fields), other: run))
    }
    // What it says beside what its run does.
    var whole = tellings[0]
    whole.run = nested.run ?? run.value.id
    whole.service = nested.service ?? run.value.service
    whole.version = nested.version ?? run.value.version
    whole.commit = nested.commit ?? run.value.commit
    let compared = order.map { $0 == 0 ? whole : tellings[1] }
    guard let own = order.firstIndex(of: 1), DeploymentRecord.isCovered(own, in: compared, by: [1 - own]) else { return }
    let isSame = whole.state == lone.value.state && whole.finishedAt == lone.value.finishedAt
    leftOut.append(LeftOut("deployment \(id)", lone, isSame: isSame, kept: run))
  }
}

/// Finds the run of a deployment that stands alone: by the id it names; of several runs with that id the one of its provider, repository
/// and service, if that is one.
private struct RunFinder {
  private var ofID: [String: [(group: Int, provider: String?, repository: String?, service: String)]] = [:]

  /// `wanted`: the ids that will be asked for.
  init(
    _ runs: [Located<RunRecord>], _ groups: [RunGroups.Group], _ wanted: Set<String>, _ services: inout ServiceNames
  ) {
    for (number, group) in groups.enumerated() where wanted.contains(group.identity.id) {
      let run = runs[group.newest].value
      let service = services.key(named: run.service, repository: run.repository)
      ofID[group.identity.id, default: []].append((number, run.provider, run.repository, service))
    }
  }

  func group(of deployment: DeploymentRecord, _ services: inout ServiceNames) -> Int? {
    guard let id = deployment.run, let all = ofID[id] else { return nil }
    let fitting = all.filter { deployment.isOf(provider: $0.provider, repository: $0.repository) }
    if fitting.count == 1 { return fitting[0].group }
    guard let name = deployment.service, !name.isEmpty else { return nil }
    let service = services.key(named: name, repository: nil)
    let ofService = fitting.filter { $0.service == service }
    return ofService.count == 1 ? ofService[0].group : nil
  }
}

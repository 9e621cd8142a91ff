import Diagnostics
import Records
import Releases
import Time

/// The runs and deployments of each service, taken from what all services share.
struct ServiceParts {
  private let groups: [RunGroups.Group]
  private let reading: TargetReading
  private let targets: TargetJoining
  private let runs: [Located<RunRecord>]
  private let deploymentMaking: DeploymentMaking
  /// By number of the service: indices of the runs that it has, and of its joined deployments.
  private var runsOf: [[Int]]
  private var deploymentsOf: [[Int]]

  init(
    groups: [RunGroups.Group], reading: TargetReading, targets: TargetJoining, runs: [Located<RunRecord>],
    alone: [Located<DeploymentRecord>]
  ) {
    (self.groups, self.reading, self.targets, self.runs) = (groups, reading, targets, runs)
    deploymentMaking = DeploymentMaking(lookup: reading.lookup, runs: runs, alone: alone)
    runsOf = reading.services.keys.map { _ in [] }
    deploymentsOf = runsOf
    assign()
  }

  /// A run belongs to its own service, and to those that its deployments name, also one that another record tells better: there it has
  /// a page too.
  private mutating func assign() {
    for (index, home) in reading.homes.enumerated() {
      if let home { runsOf[home].append(index) }
    }
    var elsewhere: Set<[Int]> = []
    for index in reading.targets.indices {
      let service = reading.targets.span[index].service
      guard let group = reading.targets.span[index].group, reading.homes[group] != service else { continue }
      if elsewhere.insert([group, service]).inserted { runsOf[service].append(group) }
    }
    for (index, joined) in targets.deployments.enumerated() {
      if let first = joined.own.first { deploymentsOf[first.service].append(index) }
    }
  }

  func make(
    _ number: Int, _ context: ServiceContext, _ notes: inout NoteJoining
  ) -> (service: Service, histories: [History], diagnostics: [Diagnostic]) {
    let key = reading.services.keys[number]
    let names = reading.services.productNames(of: number)
    var deployments: [Deployment] = []
    var records: [Int?] = []
    deployments.reserveCapacity(deploymentsOf[number].count)
    for index in deploymentsOf[number] {
      guard var made = deploymentMaking.deployment(targets.deployments[index]) else { continue }
      // The one place where the name of the service is cut from the version of a record; from that of a run, below.
      made.version = names.cutting(made.version)
      deployments.append(made)
      records.append(targets.deployments[index].own.first?.record)
    }
    let order = context.configuration.services.first { $0.key == key }?.versions ?? .semver
    let texts = Set(deployments.indices.lazy.map { Version.display(deployments[$0].version) }).sorted()
    let built = runsOf[number].map { names.cutting(runs[groups[$0].newest].value.builtVersion) }
    notes.leaveOutNameless(number, known: Set((texts + built.map(Version.display)).map { $0.lowercased() }))
    let described = notes.ofService[number, default: []].flatMap { note in
      ([note.value.version].compactMap(\.self) + note.value.otherVersions).map(Version.display)
    }
    let scale = VersionScale(described + texts, order: order, hashes: ServiceParts.hashes(deployments))
    let releases = notes.ordered(number, key: key, scale: scale)
    var making = ServiceMaking(
      context, key: key, notes: releases, scale: scale, deployments: consume deployments, records: records)
    let (list, places) = orderRuns(number)
    let (service, histories) = making.finish(runs: list.count) {
      places[$0]
    } makeRuns: {
      zip(list, $0).map { makeRun($0, deployments: $1, names) }
    }
    return (service, histories, making.diagnostics)
  }

  /// Versions that are the beginning of a commit's sha although only digits happen to be in it.
  private static func hashes(_ deployments: [Deployment]) -> Set<String> {
    var hashes: Set<String> = []
    for index in deployments.indices {
      let version = deployments[index].version
      guard version.utf8.count >= 7, version.utf8.allSatisfy({ $0.isDigit }), let sha = deployments[index].commit?.sha else {
        continue
      }
      if sha.hasPrefix(version) { hashes.insert(version) }
    }
    return hashes
  }

  /// The groups of a service newest first: creation, else start, else finish; then number, then id. With the place of each record's run.
  private func orderRuns(_ number: Int) -> (ordered: [RunGroups.Group], places: [Int: Int]) {
    let keys = runsOf[number].map { group in
      let run = runs[groups[group].newest].value
      return (group: group, began: run.orderTime, number: run.number ?? .min, identity: groups[group].identity)
    }
    let sorted = keys.sorted { left, right in
      if left.began != right.began { return latest(left.began, right.began) == left.began }
      if left.number != right.number { return left.number > right.number }
      return (left.identity.id, left.identity.provider, left.identity.place)
        < (right.identity.id, right.identity.provider, right.identity.place)
    }
    let ordered = sorted.map { groups[$0.group] }
    var places: [Int: Int] = [:]
    for (place, group) in ordered.enumerated() {
      for record in group.all { places[record] = place }
    }
    return (ordered, places)
  }

  private func makeRun(_ group: RunGroups.Group, deployments: [Int], _ names: ProductNames) -> Run {
    var run = runs[group.newest].value
    if run.story.isKept {
      let found = reading.services.remark(named: run.service, repository: run.repository)
      let built = run.built
      run.story.note(found)
      run.story.note(.version(built.from))
    }
    return Run(
      record: run, attempts: group.others.map { runs[$0].value }, version: names.cutting(run.builtVersion),
      deployments: deployments)
  }
}

import Diagnostics
import Records
import Releases

extension ServiceMaking {
  /// The finished service and its histories. `runs`: how many there are, in their order; `runOf`: the index among them of the run of a
  /// record; `makeRuns`: of the deployments of each.
  mutating func finish(
    runs: Int, runOf: (Int) -> Int?, makeRuns: ([[Int]]) -> [Run]
  ) -> (service: Service, histories: [History]) {
    let histories = makeHistories()
    let (releases, numbers) = makeReleases()
    var ofRuns = Array(repeating: [Int](), count: runs)
    for index in all.indices {
      all[index].release = self.releases[index].flatMap { numbers[$0] }
      guard let run = records[index].flatMap(runOf) else { continue }
      all[index].run = run
      ofRuns[run].append(index)
    }
    let declared = context.configuration.services.first { $0.key == key }
    let service = Service(
      key: key, name: declared?.name ?? key, group: declared?.group, repository: declared?.repository, runs: makeRuns(ofRuns),
      deployments: all, releases: releases,
      standing: Standing(
        shelf: shelf, release: self.releases, successions: tracks.map { $0.tracks.map(\.succession) }),
      versions: shelf.names.compactMapValues { numbers[$0] }, names: defaultIDs)
    return (service, histories)
  }

  /// What stood for the ids of those that have one of their own; of several attempts, for that of the last.
  private var defaultIDs: [String: Int] {
    var names: [String: Int] = [:]
    for index in all.indices {
      let deployment = all[index]
      guard let run = deployment.runID, !deployment.id.hasPrefix(run + "-") else { continue }
      let name = DeploymentRecord.defaultID(
        run: run, environment: context.environments[deployment.environment].key, target: deployment.target,
        attempt: deployment.attempt, version: "", at: nil)
      names[name] = index
    }
    return names
  }

  private mutating func makeHistories() -> [History] {
    let changelogs = tracks.map { TargetChangelog($0, of: all, shelf: shelf) }
    let standings = tracks.map { EnvironmentStanding($0, of: all, release: releases, shelf: shelf) }
    return places.indices.map { environment in
      let cell = cell(environment, standings, changelogs: changelogs)
      warnOfMissingFixes(environment, changelogs[environment])
      return History(
        deployments: places[environment], cell: cell, changelog: Changelog(entries: changelogs[environment].entries))
    }
  }

  /// Only about what runs now: nobody can mend the past.
  private mutating func warnOfMissingFixes(_ environment: Int, _ changelog: TargetChangelog) {
    guard let entry = changelog.entries.first, !entry.missingFixes.isEmpty, let live = successions[environment].live?.release
    else { return }
    let message = Diagnostic.Message.missingFixes(
      entry.missingFixes, service: key, environment: context.environments[environment].name, live: shelf.items[live].text)
    let note = shelf.items[live].note
    diagnostics.append(Diagnostic(.warning, message, file: note?.file, position: note?.position))
  }

  private func cell(_ environment: Int, _ standings: [EnvironmentStanding], changelogs: [TargetChangelog]) -> Cell {
    let standing = standings[environment]
    var here = successions[environment]
    here.standing = standing.lowest
    let upstream = context.order.before(environment) { successions[$0].first != nil && successions[$0].end != .removed }
    // Nothing more comes to what is archived, nor from where nothing is known to be live.
    let isCut = context.environments[environment].archived || upstream.map { successions[$0].end == .unknown } ?? false
    let source = isCut ? nil : upstream
    let pending = source.map { upstream in
      var above = successions[upstream]
      above.standing = standings[upstream].prevailing
      return PendingRule(
        here: here, upstream: above, upstreamSince: changelogs[upstream].since, all: all, shelf: shelf)
    }
    let lastDecision = waitingRule.lastDecision(places[environment])
    let waits =
      context.environments[environment].archived
      ? [] : waiting[environment].map { wait($0, here: here, upstream: upstream, lastDecision: lastDecision) }
    return Cell(
      state: standing.state, current: standing.current, previous: standing.previous, lastAttempt: standing.lastAttempt,
      waiting: waits, upstream: upstream, pending: shelf.texts(pending?.pending ?? []), pendingSince: pending?.since,
      ahead: shelf.texts(pending?.ahead ?? []), flags: standing.flags, targets: standing.targets,
      versions: standing.versions, way: way(environment, here, waits), lastDecision: lastDecision, doubt: standing.doubt)
  }

  /// As configured, else the promotion of the last success; where that says nothing, and before the first, what waits tells.
  private func way(_ environment: Int, _ here: Succession, _ waits: [Waiting]) -> Cell.Way {
    switch context.environments[environment].gate {
    case .some(.manual): return .gated
    case .some(.none): return .open
    case nil: break
    }
    let last = here.steps.last { $0.release != nil }?.deployment
    switch last.map({ all[$0].promotion }) ?? .unknown {
    case .manual: return .gated
    case .automatic: return .open
    case .unknown: return waits.contains(where: \.needsPerson) ? .gated : .unknown
    }
  }

  private func wait(_ index: Int, here: Succession, upstream: Int?, lastDecision: Gate.Decision?) -> Waiting {
    let deployment = all[index]
    var here = here
    if deployment.target != nil { here.standing = live(tracks[deployment.environment], before: index) ?? here.standing }
    let run = record(of: index)
    let since = deployment.gate?.requestedAt ?? deployment.startedAt ?? run?.startedAt ?? deployment.createdAt
    let brought = releases[index].map { release in
      shelf.brought(from: here.live?.release, to: release) { item in
        item == release || upstream.map { successions[$0].firstOfRelease[item] != nil } ?? false
      }
    }
    var holds = context.freezes.holding(deployment.environment).map { Waiting.Hold.freeze($0) }
    if let run {
      holds += GateLinking(run, context.lookup).otherWaiting(
        than: deployment.gate, step: deployment.step?.key, environment: deployment.environment
      ).map { .gate(kind: $0.kind, key: $0.key) }
    }
    return Waiting(
      deployment: index, gate: deployment.gate, version: Version.display(deployment.version), since: since,
      allowed: deployment.gate?.allowed ?? [], target: deployment.target, brings: shelf.texts(brought?.releases ?? []),
      changes: changes(broughtBy: index, here: here, upstream: upstream.map { successions[$0] }), holds: holds,
      lastDecision: lastDecision)
  }

  /// What a run says of its commits goes back to the run before it, not to the one that is live here.
  private func changes(broughtBy index: Int, here: Succession, upstream: Succession?) -> [Change] {
    var steps: [Succession.Step] = []
    if let upstream, let live = here.live?.release, let first = upstream.firstOfRelease[live] {
      let last = releases[index].flatMap { upstream.firstOfRelease[$0] } ?? .max
      steps = upstream.steps.filter { step in
        guard let kind = all[step.deployment].kind, first < step.deployment, step.deployment <= last else { return false }
        return kind != .rollback && kind != .redeploy
      }
    }
    let own = all[index].changes
    let isPassed = steps.contains { $0.release == releases[index] }
    guard !own.isEmpty || isPassed, !steps.contains(where: { all[$0.deployment].changes.isEmpty }) else { return [] }
    var seen: Set<String> = []
    return (own + steps.reversed().flatMap { all[$0.deployment].changes }).filter { seen.insert($0.sha).inserted }
  }

  /// Notes in the order of their files, then what was deployed without one, newest arrival first; and the place of each number of the
  /// shelf among them.
  private func makeReleases() -> (releases: [Release], numbers: [Int: Int]) {
    var arrivals: [Int: [Release.Arrival]] = [:]
    for (environment, tracks) in tracks.enumerated() {
      let here = Arrivals(tracks, environment: environment, of: all, shelf: shelf)
      for (release, list) in here.ofRelease { arrivals[release, default: []] += list }
    }
    var listed: [(number: Int?, note: Located<ReleaseNote>?)] = notes.map { note in
      (note.value.version.flatMap { shelf.number(of: $0) }, note)
    }
    let others = arrivals.filter { shelf.items[$0.key].note == nil }
      .map { (number: $0.key, arrivals: $0.value, newest: $0.value.map(\.deployment).max() ?? 0) }
      .sorted { $0.newest > $1.newest }
    listed += others.map { ($0.number, nil) }
    var numbers: [Int: Int] = [:]
    for (place, item) in listed.enumerated() { item.number.map { numbers[$0] = place } }
    let deployed = Set(self.releases.compactMap(\.self))
    let releases = listed.enumerated().map { place, item in
      guard let number = item.number else {
        return Release(version: nil, note: item.note, isKnownToRecords: false, arrivals: [])
      }
      let isKnown = deployed.contains(number) || isOvertaken(number, item.note, by: arrivals.keys)
      return Release(
        version: shelf.items[number].text, note: item.note, isKnownToRecords: isKnown && numbers[number] == place,
        arrivals: arrivals[number] ?? [])
    }
    return (releases, numbers)
  }

  /// Whether what its note says is not released is below something that has arrived.
  private func isOvertaken(_ number: Int, _ note: Located<ReleaseNote>?, by arrived: some Sequence<Int>) -> Bool {
    note?.value.isMarkedUnreleased == true && arrived.contains { shelf.compare(number, $0) == .lower }
  }
}

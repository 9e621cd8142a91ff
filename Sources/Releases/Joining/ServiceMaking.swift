import Diagnostics

/// Everything that all services share while one is made.
struct ServiceContext {
  let configuration: Configuration
  let environments: [Environment]
  let order: PromotionOrder
  let freezes: Freezes
  let runs: [Located<RunRecord>]
  let lookup: EnvironmentLookup
  let asOf: Timestamp
}

/// Makes one service of its runs, deployments and notes: applies every rule to it.
struct ServiceMaking {
  private let context: ServiceContext
  private let key: String
  private let notes: [Located<ReleaseNote>]
  private let shelf: Shelf
  /// In their order.
  private var all: [Deployment]
  /// Of each deployment, the run record that it belongs to.
  private var records: [Int?]
  /// Of each deployment, the number of its release on the shelf.
  private var releases: [Int?]
  /// Indices of each environment's deployments.
  private var places: [[Int]] = []
  /// Of each environment, its targets; and all of its successes in one line, with the version that most targets run.
  private var tracks: [TargetTracks] = []
  private var successions: [Succession] = []
  private var waiting: [[Int]] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(
    _ context: ServiceContext, key: String, notes: [Located<ReleaseNote>], scale: VersionScale,
    deployments: consuming [Deployment], records: [Int?]
  ) {
    (self.context, self.key, self.notes) = (context, key, notes)
    all = deployments
    self.records = records
    let order = ServiceMaking.order(of: all)
    // Those that succeeded first, so that a release has the name under which it arrived.
    let versions = (order.filter { [all] in all[$0].state == .succeeded } + order).map { [all] in all[$0].version }
    shelf = Shelf(notes: notes, deployed: versions, scale: scale)
    releases = all.indices.map { [all, shelf] in shelf.number(of: all[$0].version) }
    sort(order)
    split()
    makeIDsUnique()
    deriveKinds()
    explainUnlisted()
    warn()
  }

  private static func order(of deployments: [Deployment]) -> [Int] {
    let keys = deployments.indices.map { DeploymentOrder(deployments.span[$0]) }
    return deployments.indices.sorted { keys[$0] < keys[$1] }
  }

  /// Puts the deployments in order and finds what succeeded where.
  private mutating func sort(_ order: [Int]) {
    all.permute(order)
    records = order.map { records[$0] }
    releases = order.map { releases[$0] }
    places = context.environments.map { _ in [] }
    for index in all.indices { places[all[index].environment].append(index) }
    tracks = zip(context.environments, places).map { environment, place in
      let declared = context.configuration.environments.first { $0.key == environment.key }
      return TargetTracks(
        place, of: all, release: releases, shelf: shelf, isShortLived: environment.isShortLived,
        listed: declared?.targets ?? [], asOf: context.asOf)
    }
    successions = places.indices.map { succession(in: $0) }
  }

  /// Says of what was deployed to a target that the configuration does not list why it does not count.
  private mutating func explainUnlisted() {
    for index in all.indices where all[index].story.isKept {
      let key = context.environments[all[index].environment].key
      guard let target = all[index].target, let list = context.configuration.environments.first(where: { $0.key == key }),
        !list.lists(target: target)
      else { continue }
      all[index].story.note(.unlistedTarget(target, in: key, known: list.targets))
    }
  }

  private func succession(in environment: Int) -> Succession {
    let tracks = tracks[environment]
    guard tracks.tracks.count > 1 else { return tracks.tracks[0].succession }
    var succession = Succession(
      places[environment], of: all, release: releases, shelf: shelf,
      isShortLived: context.environments[environment].isShortLived, asOf: context.asOf)
    succession.join(tracks, shelf: shelf)
    return succession
  }

  private var waitingRule: WaitingRule {
    WaitingRule(all: all, release: releases, shelf: shelf, record: record)
  }

  private func record(of deployment: Int) -> RunRecord? { records[deployment].map { context.runs[$0].value } }

  /// Tells what waits from what nobody will ever promote.
  private mutating func split() {
    let split = splitPlaces()
    let superseded = split.flatMap(\.superseded)
    guard !superseded.isEmpty else {
      waiting = split.map(\.waiting)
      return
    }
    for item in superseded {
      all[item.deployment].state = .superseded
      guard all[item.deployment].story.isKept else { continue }
      let remark = waitingRule.remark(item.reason)
      all[item.deployment].story.note(remark)
    }
    sort(ServiceMaking.order(of: all))
    waiting = splitPlaces().map(\.waiting)
  }

  private func splitPlaces() -> [(waiting: [Int], superseded: [WaitingRule.Superseded])] {
    zip(places, tracks).map { place, tracks in
      waitingRule.split(place) { live(tracks, before: $0)?.deployment }
    }
  }

  /// What runs where a deployment goes: on its target, else the lowest version of all targets.
  private func live(_ tracks: TargetTracks, before deployment: Int) -> Succession.Step? {
    shelf.lowest(tracks.following(all[deployment].target).compactMap(\.succession.live))
  }

  /// Two deployments under one id would have one page: what the records could not tell apart, environment and version do.
  private mutating func makeIDsUnique() {
    var taken: Set<String> = []
    for index in all.indices where !taken.insert(all[index].id).inserted {
      let base = "\(all[index].id)-\(context.environments[all[index].environment].key)-\(Version.display(all[index].version))"
      var id = base
      var count = 1
      while !taken.insert(id).inserted {
        count += 1
        id = "\(base)-\(count)"
      }
      all[index].id = id
    }
  }

  private mutating func deriveKinds() {
    for environment in places.indices {
      for track in tracks[environment].unlisted {
        for step in track.succession.steps {
          let kind = track.succession.kind(of: step, in: all, shelf: shelf, wasUpstream: wasUpstream(step, environment))
          apply(kind, of: step, in: track.succession, environment)
        }
      }
      guard tracks[environment].tracks.count > 1 else {
        let succession = tracks[environment].tracks[0].succession
        for step in succession.steps { apply(kind(of: step, 0, environment), of: step, in: succession, environment) }
        continue
      }
      var found: [Int: [(track: Int, step: Succession.Step)]] = [:]
      for (number, track) in tracks[environment].tracks.enumerated() {
        for step in track.succession.steps { found[step.deployment, default: []].append((number, step)) }
      }
      for (_, steps) in found.sorted(by: { $0.key < $1.key }) { deriveKind(of: steps, environment) }
    }
  }

  /// Of a deployment to several targets it is the kind on those that changed; of these, where most ran the same before.
  private mutating func deriveKind(of steps: [(track: Int, step: Succession.Step)], _ environment: Int) {
    let judged = steps.map { track, step in
      (step, tracks[environment].tracks[track].succession, kind(of: step, track, environment))
    }
    let before = judged.map { step, succession, _ in step.before.flatMap { succession.steps[$0].release } }
    let order = judged.indices.sorted { left, right in
      let (mine, theirs) = (judged[left].2 == .redeploy, judged[right].2 == .redeploy)
      if mine != theirs { return theirs }
      let (count, other) = (before.count { $0 == before[left] }, before.count { $0 == before[right] })
      return count != other ? count > other : left < right
    }
    guard let chosen = order.first else { return }
    apply(judged[chosen].2, of: judged[chosen].0, in: judged[chosen].1, environment)
  }

  private func kind(of step: Succession.Step, _ track: Int, _ environment: Int) -> Deployment.Kind? {
    tracks[environment].tracks[track].succession.kind(
      of: step, in: all, shelf: shelf, wasUpstream: wasUpstream(step, environment))
  }

  private mutating func apply(
    _ kind: Deployment.Kind?, of step: Succession.Step, in succession: Succession, _ environment: Int
  ) {
    guard let before = step.before else {
      all[step.deployment].kind = kind
      return
    }
    let old = succession.steps[before].deployment
    all[step.deployment].from = all[old].version
    all[step.deployment].fromDeployment = old
    guard step.release != nil else { return }
    all[step.deployment].kind = kind
    all[step.deployment].isStraight = wasUpstream(step, environment) == false && (kind == .hotfix || kind == .upgrade)
    if kind == .hotfix, all[step.deployment].hotfix == nil {
      all[step.deployment].inferred.append("hotfix")
      all[step.deployment].story.note(.hotfixByWay)
    }
    let isOvertaken = succession.isOutOfOrder(step, in: all) { record(of: $0).map(Pipeline.init) }
    all[step.deployment].outOfOrder = isOvertaken
    if kind == .rollback, all[step.deployment].action == .deploy, !all[step.deployment].isActionTold, !isOvertaken {
      all[step.deployment].action = .rollback
      all[step.deployment].inferred.append("action")
      let left = all[old].version
      all[step.deployment].story.note(.rollbackByVersions(from: left))
    }
  }

  /// Whether the release had been in the environment before this one when it came; what happened later does not count.
  private func wasUpstream(_ step: Succession.Step, _ environment: Int) -> Bool? {
    let upstream = context.order.before(environment) { (successions[$0].first ?? .max) < step.deployment }
    guard let upstream, let release = step.release else { return nil }
    return successions[upstream].firstOfRelease[release].map { $0 < step.deployment } ?? false
  }

  private mutating func warn() {
    for index in all.indices
    where all[index].state == .succeeded && all[index].time == nil && !all[index].story.hasUnreadTime {
      diagnostics.append(Diagnostic(.warning, .successWithoutTime(id: all[index].id, isPlaced: all[index].orderTime != nil)))
    }
    for item in shelf.items {
      guard let note = item.note, let includes = note.value.includes else { continue }
      for name in includes where shelf.number(of: name).flatMap({ shelf.items[$0].note }) == nil {
        let described = shelf.items.filter { $0.note != nil }.map(\.text)
        let suggestion = nearMiss(Version.display(name), among: described)
        diagnostics.append(note.diagnostic(.warning, .unknownInclude(name, version: item.text, suggestion: suggestion)))
      }
    }
  }
}

extension [Deployment] {
  /// Puts the element at `order[n]` at `n`, without copying any.
  fileprivate mutating func permute(_ order: [Int]) {
    var order = order
    for start in indices where order[start] != start {
      var place = start
      while order[place] != start {
        let next = order[place]
        swapAt(place, next)
        order[place] = place
        place = next
      }
      order[place] = place
    }
  }
}

extension ServiceMaking {
  /// The finished service and its histories. `groups`: its runs in order; `runNumbers`: the index of each record's run among them.
  mutating func finish(runs: [Run], runOf: (Int) -> Int?) -> (service: Service, histories: [History]) {
    let histories = makeHistories()
    let (releases, numbers) = makeReleases()
    var runs = runs
    for index in all.indices {
      all[index].release = self.releases[index].flatMap { numbers[$0] }
      guard let run = records[index].flatMap(runOf) else { continue }
      all[index].run = run
      runs[run].deployments.append(index)
    }
    let declared = context.configuration.services.first { $0.key == key }
    var service = Service(
      key: key, name: declared?.name ?? key, group: declared?.group, repository: declared?.repository, runs: runs,
      deployments: all, releases: releases, versions: shelf.names.compactMapValues { numbers[$0] },
      names: defaultIDs)
    service.standing = Standing(
      shelf: shelf, release: self.releases, successions: tracks.map { $0.tracks.map(\.succession) })
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
    var cell = Cell(
      state: standing.state, current: standing.current, previous: standing.previous, lastAttempt: standing.lastAttempt,
      waiting: waits, upstream: upstream, pending: shelf.texts(pending?.pending ?? []), pendingSince: pending?.since,
      ahead: shelf.texts(pending?.ahead ?? []), flags: standing.flags,
      way: way(environment, here, waits), lastDecision: lastDecision)
    cell.doubt = standing.doubt
    (cell.targets, cell.versions) = (standing.targets, standing.versions)
    return cell
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
    var waiting = Waiting(
      deployment: index, gate: deployment.gate, version: Version.display(deployment.version), since: since,
      allowed: deployment.gate?.allowed ?? [], brings: shelf.texts(brought?.releases ?? []),
      changes: changes(broughtBy: index, here: here, upstream: upstream.map { successions[$0] }), holds: holds,
      lastDecision: lastDecision)
    waiting.target = deployment.target
    return waiting
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
    var numbers: [Int: Int] = [:]
    var releases: [Release] = []
    for note in notes {
      guard let version = note.value.version, let number = shelf.number(of: version) else {
        releases.append(Release(version: nil, note: note, arrivals: []))
        continue
      }
      numbers[number] = releases.count
      releases.append(Release(version: shelf.items[number].text, note: note, arrivals: arrivals[number] ?? []))
    }
    let others = arrivals.filter { shelf.items[$0.key].note == nil }
      .map { (number: $0.key, arrivals: $0.value, newest: $0.value.map(\.deployment).max() ?? 0) }
      .sorted { $0.newest > $1.newest }
    for other in others {
      numbers[other.number] = releases.count
      releases.append(Release(version: shelf.items[other.number].text, note: nil, arrivals: other.arrivals))
    }
    for release in self.releases.compactMap(\.self) { numbers[release].map { releases[$0].isKnownToRecords = true } }
    for (number, place) in numbers where releases[place].note?.value.isMarkedUnreleased == true {
      if arrivals.keys.contains(where: { shelf.compare(number, $0) == .lower }) { releases[place].isKnownToRecords = true }
    }
    return (releases, numbers)
  }
}

import Diagnostics
import Records
import Releases
import Time

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
  let context: ServiceContext
  let key: String
  let notes: [Located<ReleaseNote>]
  let shelf: Shelf
  /// In their order.
  var all: [Deployment]
  /// Of each deployment, the run record that it belongs to.
  var records: [Int?]
  /// Of each deployment, the number of its release on the shelf.
  var releases: [Int?]
  /// Indices of each environment's deployments.
  var places: [[Int]] = []
  /// Of each environment, its targets; and all of its successes in one line, with the version that most targets run.
  var tracks: [TargetTracks] = []
  var successions: [Succession] = []
  var waiting: [[Int]] = []
  var diagnostics: [Diagnostic] = []

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

  var waitingRule: WaitingRule {
    WaitingRule(all: all, release: releases, shelf: shelf, record: record)
  }

  func record(of deployment: Int) -> RunRecord? { records[deployment].map { context.runs[$0].value } }

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
  func live(_ tracks: TargetTracks, before deployment: Int) -> Succession.Step? {
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

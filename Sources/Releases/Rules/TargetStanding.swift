import Records
import Time

/// What runs on one target, or on the unnamed ones that a run left in unlike states (rules.md, Targets).
struct TargetStanding {
  /// One target of the cell, with the step that made its version live.
  struct Row {
    var name: String
    var state: Cell.State
    var live: Succession.Step?
    var since: Timestamp?
    var lastAttempt: Int?
  }

  let rule: CurrentRule
  private(set) var rows: [Row] = []

  init(_ track: TargetTracks.Track, of all: [Deployment], release: [Int?], shelf: Shelf) {
    rule = CurrentRule(track.deployments, succession: track.succession, of: all, release: release, shelf: shelf)
    if let name = track.name {
      let step = rule.state == .removed ? nil : track.succession.live
      rows = [
        Row(
          name: name, state: rule.state, live: step, since: step.flatMap { all[$0.deployment].finishedAt },
          lastAttempt: rule.lastAttempt)
      ]
    }
    let parts = TargetStanding.parts(of: track, all: all, release: release)
    guard !parts.isEmpty, track.succession.end != .removed else { return }
    guard let name = track.name, let step = shelf.prevailing(parts.compactMap(\.live)) else {
      rows = parts
      return
    }
    let since = parts.first { $0.live?.deployment == step.deployment }?.since
    let isMixed = Set(parts.map(\.live?.release)).count > 1
    rows = [
      Row(name: name, state: isMixed ? .mixed : .current, live: step, since: since, lastAttempt: rule.lastAttempt)
    ]
  }

  /// The unnamed targets of runs that reached some of them and not others, until a run succeeds in all of its own. What failed runs what
  /// ran before.
  private static func parts(of track: TargetTracks.Track, all: [Deployment], release: [Int?]) -> [Row] {
    let live = track.succession.live
    let last = track.succession.steps.last?.deployment ?? -1
    var parts: [String: Row] = [:]
    for index in track.deployments where index > last {
      let deployment = all[index]
      guard deployment.state != .succeeded, deployment.action != .remove, deployment.hasReachedPart else { continue }
      for part in deployment.targets {
        var row =
          parts[part.name]
          ?? Row(
            name: part.name, state: live == nil ? .none : .current, live: live,
            since: live.flatMap { all[$0.deployment].finishedAt })
        row.lastAttempt = part.state == .succeeded ? nil : index
        switch part.state {
        case .succeeded:
          row.live = Succession.Step(deployment: index, release: release[index], before: nil)
          (row.state, row.since) = (.current, part.finishedAt)
        case .cancelled where part.startedAt != nil: row.state = .unknown
        case .unknown where row.live == nil: row.state = .unknown
        case .unknown, .failed, .cancelled, .queued, .running, .waiting, .skipped, .superseded: break
        }
        parts[part.name] = row
      }
    }
    return parts.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Deployment {
  /// Whether it has succeeded on one of several unnamed targets, though not on all.
  package var hasReachedPart: Bool {
    state != .succeeded && targets.contains { $0.state == .succeeded }
  }

  /// Whether it is one of several that its run makes there, or reached some of its targets: nobody says of such a run that the environment
  /// stays on a version (rules.md, Targets).
  package var isOnSomeTargets: Bool { target != nil || fanOut != nil || hasReachedPart }
}

/// What runs in an environment, all its targets together (rules.md, Targets).
package struct EnvironmentStanding {
  package private(set) var state = Cell.State.none
  package private(set) var current: Int?
  package private(set) var previous: Int?
  package private(set) var lastAttempt: Int?
  package private(set) var flags: [Cell.Flag] = []
  package private(set) var doubt: Cell.Doubt?
  package private(set) var targets: [Cell.Target] = []
  package private(set) var versions: [Cell.VersionCount] = []
  /// The step of the lowest version that is live on a target.
  package private(set) var lowest: Succession.Step?
  /// That of the version which most targets run.
  package private(set) var prevailing: Succession.Step?

  package init(_ tracks: TargetTracks, of all: [Deployment], release: [Int?], shelf: Shelf) {
    let standings = tracks.present.map { TargetStanding($0, of: all, release: release, shelf: shelf) }
    let rows = standings.flatMap(\.rows)
    let rules = standings.map(\.rule)
    flags = Cell.Flag.allCases.filter { flag in rules.contains { $0.flags.contains(flag) } }
    lastAttempt = rules.compactMap(\.lastAttempt).max()
    guard rows.count > 1 else {
      take(rules[0], tracks.present[0].succession)
      return
    }
    let steps = rows.compactMap(\.live)
    (lowest, prevailing) = (shelf.lowest(steps), shelf.prevailing(steps))
    current = prevailing?.deployment
    state = EnvironmentStanding.state(of: rows)
    if state == .unknown {
      doubt = rules.lazy.compactMap(\.doubt).first ?? rows.first { $0.state == .unknown }?.lastAttempt.map(Cell.Doubt.attempt)
    }
    let own = rules.first { $0.current == current }
    previous = own?.previous ?? (own == nil ? rules.compactMap(\.current).max() : nil)
    targets = rows.map { row in
      Cell.Target(
        name: row.name, state: row.state, version: row.live.map { all[$0.deployment].version },
        deployment: row.live?.deployment,
        since: row.since, lastAttempt: row.lastAttempt)
    }
    // What may run on a target is not counted as running there.
    versions = shelf.counts(of: rows.filter { $0.state != .unknown }.compactMap(\.live?.release))
    if isPartial(tracks, all), !flags.contains(.partial) {
      flags = Cell.Flag.allCases.filter { flags.contains($0) || $0 == .partial }
    }
  }

  private mutating func take(_ rule: CurrentRule, _ succession: Succession) {
    (state, current, previous, doubt) = (rule.state, rule.current, rule.previous, rule.doubt)
    (lowest, prevailing) = (succession.live, succession.live)
  }

  private static func state(of rows: [TargetStanding.Row]) -> Cell.State {
    let states = Set(rows.map(\.state))
    if states.contains(.unknown), states.isDisjoint(with: [.current, .mixed]) { return .unknown }
    guard states.count == 1, let state = states.first else { return .mixed }
    guard state == .current else { return state }
    return Set(rows.map(\.live?.release)).count == 1 ? state : .mixed
  }

  /// Whether a run reached some of its targets and failed on others, and these have not succeeded since.
  private func isPartial(_ tracks: TargetTracks, _ all: [Deployment]) -> Bool {
    targets.contains { target in
      guard let attempt = target.lastAttempt else { return false }
      let failed = all[attempt]
      guard failed.state.isTerminal || failed.targets.contains(where: { $0.state.isTerminal && $0.state != .succeeded }) else {
        return false
      }
      // Of one that nobody knows the end of, no more is known than where it succeeded.
      if failed.state == .unknown, !failed.targets.contains(where: { $0.state == .failed || $0.state == .cancelled }) {
        return false
      }
      if failed.hasReachedPart { return state == .mixed }
      guard let fanOut = failed.fanOut else { return false }
      return tracks.tracks.contains { track in
        track.deployments.contains { all[$0].state == .succeeded && all[$0].fanOut?.number == fanOut.number }
      }
    }
  }
}

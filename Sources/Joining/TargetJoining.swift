import Diagnostics
import Records
import Time

/// Joins targets: one identity told by several records, and several targets of one environment in one run.
struct TargetJoining {
  /// In any order.
  private(set) var deployments: [JoinedTargets] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let runs: [Located<RunRecord>]
  private let alone: [Located<DeploymentRecord>]

  init(_ targets: [Target], runs: [Located<RunRecord>], alone: [Located<DeploymentRecord>]) {
    (self.runs, self.alone) = (runs, alone)
    merge(dropDuplicates(targets))
  }

  private struct Identity: Hashable {
    let service: Int
    let id: String
  }

  /// Of one identity that several attempts or runs tell of one stays: that of the highest attempt. What tellings of one deployment say
  /// is merged already.
  private mutating func dropDuplicates(_ targets: [Target]) -> [Target] {
    var first: [Identity: Int] = [:]
    first.reserveCapacity(targets.count)
    var several: [Int: [Int]] = [:]
    for index in targets.indices {
      let identity = Identity(service: targets[index].service, id: targets[index].id)
      if let other = first[identity] { several[other, default: [other]].append(index) } else { first[identity] = index }
    }
    guard !several.isEmpty else { return targets }
    var dropped = Set<Int>()
    for (_, members) in several.sorted(by: { $0.key < $1.key }) {
      let sorted = members.sorted { isBetter(targets[$0], than: targets[$1]) }
      let best = targets[sorted[0]]
      for index in sorted.dropFirst() where !isSameRecord(targets[index].source, best.source) {
        dropped.insert(index)
        warn(of: targets[index], best)
      }
    }
    return targets.indices.filter { !dropped.contains($0) }.map { targets[$0] }
  }

  private func isSameRecord(_ left: Target.Source, _ right: Target.Source) -> Bool {
    if case .nested(let mine, _) = left, case .nested(let theirs, _) = right { return mine == theirs }
    return false
  }

  private func isBetter(_ left: Target, than right: Target) -> Bool {
    if left.attempt != right.attempt { return left.attempt > right.attempt }
    let weight = { (target: Target) in
      Weight(standing: .init(target.state, hasFinished: target.finishedAt != nil), time: target.finishedAt ?? target.startedAt)
    }
    let (mine, theirs) = (weight(left), weight(right))
    return mine != theirs ? theirs < mine : place(left) < place(right)
  }

  /// File and position, and the place in the record: total, and the same whatever the order of input.
  private func place(_ target: Target) -> (String, Position, Int) {
    switch target.source {
    case .nested(let record, let index): (runs[record].file, runs[record].position, index)
    case .alone(let index): (alone[index].file, alone[index].position, -1)
    case .gate(let record, let index): (runs[record].file, runs[record].position, .max - index)
    }
  }

  /// Two runs that tell of one deployment what cannot both be true.
  private mutating func warn(of target: Target, _ kept: Target) {
    guard target.attempt == kept.attempt else { return }
    var fields: [String] = []
    if target.environment != kept.environment { fields.append("environment") }
    if Version.display(target.version) != Version.display(kept.version) { fields.append("version") }
    if target.state.contradicts(kept.state) { fields.append("state") }
    guard !fields.isEmpty, target.state.isTerminal, kept.state.isTerminal else { return }
    let (file, position, _) = place(target)
    let other = place(kept)
    diagnostics.append(
      Diagnostic(
        .warning, .contradictoryDeployment(id: target.id, fields: fields), file: file, position: position,
        trail: ["the other one: \(other.0):\(other.1.line):\(other.1.column)"]))
  }

  private struct Place: Hashable {
    let group: Int?
    let runID: String
    let service: Int
    let environment: Int
    let version: String
    let action: DeploymentRecord.Action

    /// nil for what belongs to no run.
    init?(_ target: borrowing Target) {
      guard let runID = target.runID else { return nil }
      group = target.group
      self.runID = target.group == nil ? runID : ""
      service = target.service
      environment = target.environment
      version = Version.display(target.version)
      action = target.action == .redeploy ? .deploy : target.action
    }
  }

  /// What one run deploys to one environment is judged together (record.md, Targets and attempts).
  private mutating func merge(_ targets: [Target]) {
    var numbers: [Place: Int] = [:]
    var places: [[Int]] = []
    for index in targets.indices {
      guard let place = Place(targets[index]) else {
        places.append([index])
        continue
      }
      if let number = numbers[place] {
        places[number].append(index)
      } else {
        numbers[place] = places.count
        places.append([index])
      }
    }
    deployments.reserveCapacity(places.count)
    for (number, members) in places.enumerated() {
      if members.count == 1 {
        deployments.append(JoinedTargets(own: [targets[members[0]]], fanOut: number))
      } else {
        let sorted = members.map { targets[$0] }.sorted { $0.id != $1.id ? $0.id < $1.id : place($0) < place($1) }
        deployments += TargetJudging(sorted, fanOut: number).deployments
      }
    }
  }
}

extension [Target] {
  /// The target that decides the state of all: the first of failed, cancelled, unknown, running, waiting, queued that occurs; else all
  /// succeeded. Skipped ones count only where there is no other.
  var deciding: Target? {
    let order: [State] = [.failed, .cancelled, .unknown, .running, .waiting, .queued, .succeeded, .superseded, .skipped]
    return order.lazy.compactMap { state in first { $0.state == state } }.first
  }

  /// The earliest start of those that count. Of what was cancelled, a target that succeeded had started: then that has begun, too.
  var startedAt: Timestamp? {
    if count == 1 { return self[0].startedAt }
    let counting = filter { $0.state != .skipped }
    if let start = counting.compactMap(\.startedAt).min() { return start }
    guard deciding?.state == .cancelled else { return nil }
    return counting.filter { $0.state == .succeeded }.compactMap(\.finishedAt).min()
  }

  /// When the last one that counts finished; nil while one is live.
  var finishedAt: Timestamp? {
    if count == 1 { return self[0].finishedAt }
    let counting = filter { $0.state != .skipped }
    if counting.isEmpty { return compactMap(\.finishedAt).max() }
    return counting.allSatisfy(\.state.isTerminal) ? counting.compactMap(\.finishedAt).max() : nil
  }
}

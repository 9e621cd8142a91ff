import Diagnostics
import Records
import Time

/// Run records under their identities. Numbers are indices into `records`.
struct RunGroups {
  struct Group {
    var identity: RunIdentity
    /// The record of the highest attempt.
    var newest: Int
    /// One record for each other attempt, newest first.
    var others: [Int] = []

    var all: [Int] { [newest] + others }
  }

  private(set) var groups: [Group] = []
  /// As they were read, but in the place of the weightiest telling of an attempt what all its tellings say.
  private(set) var records: [Located<RunRecord>]
  private(set) var leftOut: [LeftOut] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let names: DeclaredEnvironments

  /// The highest attempt is the run; the tellings of one attempt are merged (record.md, rule 5).
  init(_ records: [Located<RunRecord>], _ names: DeclaredEnvironments) {
    (self.records, self.names) = (records, names)
    leaveOutOvertaken()
    var numbers: [RunIdentity: Int] = [:]
    numbers.reserveCapacity(records.count)
    var several: [Int: [Int]] = [:]
    for index in self.records.indices {
      let identity = RunIdentity(self.records.span[index].value)
      if let number = numbers[identity] {
        several[number, default: [groups[number].newest]].append(index)
      } else {
        numbers[identity] = groups.count
        groups.append(Group(identity: identity, newest: index))
      }
    }
    let moved = placeThoseWithoutRepository(&several)
    for (number, members) in several.sorted(by: { $0.key < $1.key }) { join(members, into: number) }
    if !moved.isEmpty { groups = groups.indices.filter { !moved.contains($0) }.map { groups[$0] } }
  }

  /// What only an older answer about an object says to be under way, or waited for, is so no more; a newer one tells.
  private mutating func leaveOutOvertaken() {
    let newest = NewestSnapshots(records.lazy.map(\.value))
    if newest.isEmpty { return }
    var newer: [Snapshot: Located<RunRecord>] = [:]
    for record in records { if let own = record.value.snapshot, newer[own] == nil { newer[own] = record } }
    records = records.compactMap { telling in
      guard newest.overtakes(telling.value) else { return telling }
      var telling = telling
      if let left = telling.value.overtaken {
        telling.value = left
        return telling
      }
      let kept = newest[telling.value].flatMap { newer[$0] } ?? telling
      leftOut.append(LeftOut("run \(telling.value.id)", telling, isSame: false, kept: kept))
      return nil
    }
  }

  /// A telling that does not know its repository is of the only run of its provider with that id: a build's own variables may not name
  /// what its provider's answer does. Gives the groups that are no longer any.
  private func placeThoseWithoutRepository(_ several: inout [Int: [Int]]) -> Set<Int> {
    let homeless = groups.indices.filter { number in
      let run = records[groups[number].newest].value
      return run.repository == nil && run.provider != nil
    }
    guard !homeless.isEmpty else { return [] }
    var moved: Set<Int> = []
    let wanted = Set(homeless.map { groups[$0].identity.id })
    var placed: [String: [Int]] = [:]
    for (number, group) in groups.enumerated() where wanted.contains(group.identity.id) {
      if records[group.newest].value.repository != nil { placed[group.identity.id, default: []].append(number) }
    }
    for number in homeless {
      let identity = groups[number].identity
      let fitting = placed[identity.id, default: []].filter { groups[$0].identity.provider == identity.provider }
      guard fitting.count == 1, let home = fitting.first,
        isOne(several[number] ?? [groups[number].newest], several[home] ?? [groups[home].newest])
      else { continue }
      let members = several.removeValue(forKey: number) ?? [groups[number].newest]
      several[home, default: [groups[home].newest]] += members
      moved.insert(number)
    }
    return moved
  }

  /// Whether no two records of the two lists tell of two runs.
  private func isOne(_ left: [Int], _ right: [Int]) -> Bool {
    left.allSatisfy { mine in right.allSatisfy { agree(mine, $0) } }
  }

  /// Whether nothing that two records say makes them two runs.
  private func agree(_ left: Int, _ right: Int) -> Bool {
    let (mine, theirs) = (records[left].value, records[right].value)
    if let service = mine.service, let other = theirs.service, service != other { return false }
    if mine.attempt == theirs.attempt, let url = mine.url, let other = theirs.url, url != other { return false }
    return !RunGroups.isOfTwoCommits(mine, theirs)
  }

  private mutating func join(_ members: [Int], into number: Int) {
    numberAttempts(members)
    let attempts = Dictionary(grouping: members) { records[$0].value.attempt }
    let carried = takeCarried(attempts)
    let newest = attempts.sorted { $0.key > $1.key }.map { merge($0.value, and: carried[$0.key] ?? []) }
    groups[number].newest = newest[0]
    groups[number].others = Array(newest.dropFirst())
  }

  /// A job's own variables do not say which attempt it belongs to where each one has an identity of its own: that of its address, by which
  /// others may know the number. Else they are counted in the order of their ends.
  private mutating func numberAttempts(_ members: [Int]) {
    let keyed = Dictionary(grouping: members.filter { records[$0].value.attemptKey != nil }) {
      records[$0].value.attemptKey ?? ""
    }
    guard keyed.count > 1 else { return }
    let told = keyed.map { key, members in
      let runs = members.map { records[$0].value }
      return (
        key: key, members: members, number: runs.map(\.attempt).max() ?? 1,
        time: runs.compactMap(\.finishedAt).max() ?? runs.compactMap { $0.startedAt ?? $0.createdAt }.max()
      )
    }.sorted { left, right in
      if left.time != right.time { return latest(left.time, right.time) == right.time }
      return (left.number, left.key) < (right.number, right.key)
    }
    var last = 0
    for attempt in told {
      last = max(attempt.number, last + 1)
      for index in attempt.members { records[index].value.attempt = last }
    }
  }

  /// What an answer about a later attempt tells of deployments that an earlier one made, for the records of that: by attempt, each as a
  /// telling that says nothing else. Without a record of the earlier one they stay where they are told.
  private mutating func takeCarried(_ attempts: [Int: [Int]]) -> [Int: [Located<RunRecord>]] {
    guard attempts.count > 1 else { return [:] }
    var carried: [Int: [Located<RunRecord>]] = [:]
    for (attempt, members) in attempts.sorted(by: { $0.key < $1.key }) {
      for member in members.sorted(by: { records[$0].isBefore(records[$1]) }) {
        let run = records[member].value
        let isCarried = { (deployment: DeploymentRecord) in
          deployment.attempt.map { $0 != attempt && attempts[$0] != nil } ?? false
        }
        guard run.deployments.contains(where: isCarried) else { continue }
        records[member].value.deployments.removeAll(where: isCarried)
        for (own, deployments) in Dictionary(grouping: run.deployments.filter(isCarried), by: { $0.attempt ?? attempt }) {
          var telling = RunRecord(id: run.id, state: .unknown)
          (telling.attempt, telling.provider, telling.repository) = (own, run.provider, run.repository)
          telling.deployments = deployments
          carried[own, default: []].append(
            Located(telling, file: records[member].file, position: records[member].position))
        }
      }
    }
    return carried
  }

  /// Makes the tellings of one attempt one, and gives its place.
  private mutating func merge(_ members: [Int], and carried: [Located<RunRecord>]) -> Int {
    guard members.count + carried.count > 1 else { return members[0] }
    let placed = members.sorted { records[$0].isBefore(records[$1]) }
    let tellings = placed.map { records[$0] }
    let order = tellings.map(\.value).byWeight
    let sorted = order.map { tellings[$0] } + carried
    let merging = RunMerging(sorted.map(\.value), names)
    let needed = Set(merging.needed)
    for (index, telling) in sorted.enumerated() where !needed.contains(index) && index < members.count {
      leftOut.append(
        LeftOut("run \(telling.value.id)", telling, isSame: telling.value == sorted[0].value, kept: sorted[0]))
    }
    warn(of: sorted, merging)
    let kept = placed[order[0]]
    records[kept].value = merging.merged
    return kept
  }

  /// What cannot all be true, once: of the run, else of its deployments.
  private mutating func warn(of tellings: [Located<RunRecord>], _ merging: RunMerging) {
    // Answers about one object at two times may differ.
    if tellings.contains(where: { $0.value.snapshot != nil }) { return }
    for (number, telling) in tellings.enumerated().dropFirst() {
      var fields = RunGroups.contradictions(telling.value, tellings[0].value)
      // The end of a job that was run again is none of the run's, though its own variables said so.
      if merging.knowsRetry(of: number) || merging.isOfOneJob(number, beside: 0) { fields.removeAll { $0 == "state" } }
      guard !fields.isEmpty else { continue }
      let message = Diagnostic.Message.contradictoryRun(id: telling.value.id, fields: fields)
      diagnostics.append(telling.diagnostic(.warning, message, other: tellings[0]))
      return
    }
    for place in merging.merged.deployments.indices {
      let members = merging.deployments.members(place)
      guard let first = members.first else { continue }
      for member in members.dropFirst() {
        let fields = names.contradictions(member.item, first.item)
        guard !fields.isEmpty else { continue }
        let id = merging.merged.deployments[place].id(
          inRun: merging.merged.id, attempt: merging.merged.attempt, environment: names.key(of: first.item.environment))
        let message = Diagnostic.Message.contradictoryDeployment(id: id, fields: fields)
        diagnostics.append(tellings[member.list].diagnostic(.warning, message, other: tellings[first.list]))
        break
      }
    }
  }

  /// Of a pull request one names the head, the other what it was merged into.
  private static func isOfTwoCommits(_ left: RunRecord, _ right: RunRecord) -> Bool {
    guard left.ref?.type != .pullRequest, right.ref?.type != .pullRequest else { return false }
    guard let mine = left.commit?.sha, let theirs = right.commit?.sha else { return false }
    return !Change.isSame(mine, theirs)
  }

  /// Times are none: they tell when somebody asked. Neither are two services, or versions, that jobs of one run record.
  private static func contradictions(_ left: RunRecord, _ right: RunRecord) -> [String] {
    var fields: [String] = []
    if left.state.contradicts(right.state) { fields.append("state") }
    if isOfTwoCommits(left, right) { fields.append("commit") }
    if let mine = left.version?.name, let theirs = right.version?.name, Version.display(mine) != Version.display(theirs),
      left.service == right.service
    {
      fields.append("version")
    }
    if let mine = left.number, let theirs = right.number, mine != theirs { fields.append("number") }
    return fields
  }
}

extension DeclaredEnvironments {
  /// What of two tellings of one deployment cannot both be true.
  func contradictions(_ left: DeploymentRecord, _ right: DeploymentRecord) -> [String] {
    var fields: [String] = []
    if key(of: left.environment) != key(of: right.environment) { fields.append("environment") }
    if let mine = left.version?.name, let theirs = right.version?.name, Version.display(mine) != Version.display(theirs) {
      fields.append("version")
    }
    if let mine = left.state, let theirs = right.state, mine.contradicts(theirs) { fields.append("state") }
    return fields
  }
}

/// A record that the join leaves out because another one with its identity says the same or more.
struct LeftOut {
  var skipped: Account.Skipped

  init(skipped: Account.Skipped) { self.skipped = skipped }

  init<Value, Kept>(_ name: String, _ record: Located<Value>, isSame: Bool, kept: Located<Kept>) {
    let reason = isSame ? "the same as \(kept.place)" : "\(kept.place) tells more of it"
    skipped = Account.Skipped(
      file: record.file, record: "\(name), line \(record.position.line)", reason: reason, position: record.position)
  }
}

import Diagnostics

/// What makes two run records one run (record.md, Run, `id`).
struct RunIdentity: Hashable {
  let provider: String
  /// The repository, else the service.
  let place: String
  let id: String

  init(_ record: RunRecord) {
    provider = record.provider ?? ""
    place = record.repository ?? record.service ?? ""
    id = record.id
  }

  init(provider: String?, place: String?, id: String) {
    self.provider = provider ?? ""
    self.place = place ?? ""
    self.id = id
  }
}

/// Run records under their identities. Numbers are indices into the records that were joined.
struct RunGroups {
  struct Group {
    var identity: RunIdentity
    /// The record of the highest attempt.
    var newest: Int
    /// One record for each other attempt, newest first.
    var others: [Int] = []
  }

  private(set) var groups: [Group] = []
  private(set) var leftOut: [LeftOut] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// The highest attempt is the run; of one attempt a terminal state wins over a live one, then the latest finish (record.md, rule 5).
  init(_ records: [Located<RunRecord>]) {
    var numbers: [RunIdentity: Int] = [:]
    numbers.reserveCapacity(records.count)
    var several: [Int: [Int]] = [:]
    for index in records.indices {
      let identity = RunIdentity(records[index].value)
      if let number = numbers[identity] {
        several[number, default: [groups[number].newest]].append(index)
      } else {
        numbers[identity] = groups.count
        groups.append(Group(identity: identity, newest: index))
      }
    }
    for (number, members) in several.sorted(by: { $0.key < $1.key }) { join(members, into: number, of: records) }
  }

  private mutating func join(_ members: [Int], into number: Int, of records: [Located<RunRecord>]) {
    let sorted = members.sorted { RunGroups.isBetter(records[$0], than: records[$1]) }
    var attempts: [Int] = []
    for index in sorted {
      if let kept = attempts.last, records[kept].value.attempt == records[index].value.attempt {
        leaveOut(index, for: kept, of: records)
      } else {
        attempts.append(index)
      }
    }
    guard let newest = attempts.first else { return }
    groups[number].newest = newest
    groups[number].others = Array(attempts.dropFirst())
  }

  private mutating func leaveOut(_ index: Int, for kept: Int, of records: [Located<RunRecord>]) {
    let (out, winner) = (records[index], records[kept])
    let isSame = out.value == winner.value
    leftOut.append(LeftOut("run \(out.value.id)", out, isSame: isSame, kept: winner))
    guard !isSame, out.value.state.isTerminal, winner.value.state.isTerminal else { return }
    let fields = RunGroups.contradictions(out.value, winner.value)
    guard !fields.isEmpty else { return }
    diagnostics.append(out.diagnostic(.warning, .contradictoryRun(id: out.value.id, fields: fields), other: winner))
  }

  private static func isBetter(_ left: Located<RunRecord>, than right: Located<RunRecord>) -> Bool {
    if let isBetter = left.value.precedes(right.value) { return isBetter }
    let (size, otherSize) = (left.value.detail, right.value.detail)
    if size != otherSize { return size > otherSize }
    return left.isBefore(right)
  }

  private static func contradictions(_ left: RunRecord, _ right: RunRecord) -> [String] {
    var fields: [String] = []
    if left.state != right.state { fields.append("state") }
    if let mine = left.commit?.sha, let theirs = right.commit?.sha, mine != theirs { fields.append("commit") }
    if let mine = left.version?.name, let theirs = right.version?.name, mine != theirs { fields.append("version") }
    if let mine = left.number, let theirs = right.number, mine != theirs { fields.append("number") }
    if let mine = left.finishedAt, let theirs = right.finishedAt, mine != theirs { fields.append("finishedAt") }
    return fields
  }
}

/// A record that the join leaves out because another one with its identity says the same or more.
struct LeftOut {
  var skipped: Account.Skipped

  init(skipped: Account.Skipped) { self.skipped = skipped }

  init<Value>(_ name: String, _ record: Located<Value>, isSame: Bool, kept: Located<Value>) {
    self.init(name, record, isSame: isSame, keptPlace: kept.place)
  }

  init<Value>(_ name: String, _ record: Located<Value>, isSame: Bool, keptPlace: String) {
    let reason = isSame ? "the same as \(keptPlace)" : "\(keptPlace) tells more of it"
    skipped = Account.Skipped(file: record.file, record: "\(name), line \(record.position.line)", reason: reason)
  }
}

extension RunRecord {
  /// How much it tells beside its own fields.
  fileprivate var detail: Int { steps.count + gates.count + deployments.count + changes.count + (tests == nil ? 0 : 1) }

  /// Creation, else start, else finish; of a run that says none of them, the first time that its steps or deployments do.
  package var beganAt: Timestamp? {
    if let own = createdAt ?? startedAt ?? finishedAt { return own }
    let inner = steps.map { $0.startedAt ?? $0.finishedAt } + deployments.map { $0.startedAt ?? $0.finishedAt }
    return inner.compactMap { $0 }.min()
  }
}

extension Located {
  var place: String { "\(file):\(position.line):\(position.column)" }

  func isBefore(_ other: Located<Value>) -> Bool {
    (file, position.line, position.column) < (other.file, other.position.line, other.position.column)
  }

  func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message) -> Diagnostic {
    Diagnostic(severity, message, file: file, position: position)
  }

  func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message, other: Located<Value>) -> Diagnostic {
    Diagnostic(severity, message, file: file, position: position, trail: ["the other one: \(other.place)"])
  }
}

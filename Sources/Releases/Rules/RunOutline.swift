package import Records
package import Time

/// The steps and gates of a run in the order in which they are shown: stages with their steps, steps with their children, each gate before
/// what it holds. Built without recursion, and a step is shown once whatever its parents say.
package struct RunOutline {
  package enum Subject: Hashable {
    /// Index into the steps.
    case step(Int)
    /// A stage by its name, with the indices of its steps and of all below them.
    case stage(String, [Int])
    /// Index into the gates.
    case gate(Int)
  }

  package struct Row: Hashable {
    package let subject: Subject
    /// 0 at the top.
    package let depth: Int
  }

  package private(set) var rows: [Row] = []
  /// The steps that failed, none of whose children failed and that matter: these are what went wrong. In the order of the rows.
  package private(set) var failing: [Int] = []

  private let record: RunRecord
  /// `[step]`: the step that holds it.
  private let parents: [Int?]
  /// `[step]`: the steps right below it.
  private let children: [[Int]]

  package init(_ record: RunRecord) {
    self.record = record
    let parents = RunOutline.parents(record.steps)
    var children = [[Int]](repeating: [], count: record.steps.count)
    for (step, parent) in parents.enumerated() { if let parent { children[parent].append(step) } }
    (self.parents, self.children) = (parents, children)
    addSteps(tops: record.steps.indices.filter { parents[$0] == nil })
    addGates()
    failing = findFailing()
  }

  /// The parent of each step; nil at the top, for a parent that does not exist, and once in each circle.
  private static func parents(_ steps: [Step]) -> [Int?] {
    let keyed = steps.enumerated().compactMap { index, step in step.key.map { ($0, index) } }
    let byKey = Dictionary(keyed) { first, _ in first }
    var parents = steps.map { $0.parent.flatMap { byKey[$0] } }
    // Every walk upwards marks what it meets with its own number, so that no step is walked twice and a circle is opened where it closes.
    var walked = [Int?](repeating: nil, count: steps.count)
    for start in steps.indices {
      var step = start
      while walked[step] == nil {
        walked[step] = start
        guard let parent = parents[step] else { break }
        if walked[parent] == start {
          parents[step] = nil
          break
        }
        step = parent
      }
    }
    return parents
  }

  /// Whether a step is another, or stands at any depth below it.
  fileprivate func isWithin(_ step: Int, _ other: Step) -> Bool {
    var walker: Int? = step
    while let step = walker {
      if record.steps[step] == other { return true }
      walker = parents[step]
    }
    return false
  }

  private mutating func addSteps(tops: [Int]) {
    var members: [String: [Int]] = [:]
    for step in tops { if let stage = record.steps[step].stage { members[stage, default: []].append(step) } }
    for step in tops {
      guard let stage = record.steps[step].stage else {
        addTree(step, depth: 0)
        continue
      }
      guard let group = members.removeValue(forKey: stage) else { continue }
      let name = record.steps[step].name
      if group.count == 1, name.isEmpty || name == stage {
        addTree(step, depth: 0)
      } else {
        let place = rows.count
        for member in group { addTree(member, depth: 1) }
        let below = rows[place...].compactMap { row in if case .step(let index) = row.subject { index } else { nil } }
        rows.insert(Row(subject: .stage(stage, below), depth: 0), at: place)
      }
    }
  }

  private mutating func addTree(_ step: Int, depth: Int) {
    var open = [Row(subject: .step(step), depth: depth)]
    while let row = open.popLast() {
      rows.append(row)
      guard case .step(let index) = row.subject else { continue }
      open += children[index].reversed().map { Row(subject: .step($0), depth: row.depth + 1) }
    }
  }

  private mutating func addGates() {
    for (index, gate) in record.gates.enumerated() {
      rows.insert(Row(subject: .gate(index), depth: 0), at: place(of: gate))
    }
  }

  /// Before the step that the gate holds, or that deploys behind it; else before the first thing that began after it was decided.
  private func place(of gate: Gate) -> Int {
    let deploying = record.deployments.first { $0.gate != nil && $0.gate == gate.key }?.step
    let key = gate.step ?? deploying
    if let key, let row = rows.firstIndex(where: { holds($0, key: key) }) { return top(of: row) }
    if let name = gate.environment, let row = rows.firstIndex(where: { $0.depth == 0 && isNamed($0, name) }) { return row }
    guard let time = gate.decidedAt ?? gate.requestedAt else { return rows.count }
    return rows.firstIndex { $0.depth == 0 && begin(of: $0).map { $0 >= time } ?? false } ?? rows.count
  }

  private func top(of row: Int) -> Int { rows[...row].lastIndex { $0.depth == 0 } ?? row }

  private func holds(_ row: Row, key: String) -> Bool {
    if case .step(let index) = row.subject { record.steps[index].key == key } else { false }
  }

  private func isNamed(_ row: Row, _ name: String) -> Bool {
    switch row.subject {
    case .step(let index): record.steps[index].name.lowercased() == name.lowercased()
    case .stage(let stage, _): stage.lowercased() == name.lowercased()
    case .gate: false
    }
  }

  /// When the work of a row began; gates keep their order by the request.
  private func begin(of row: Row) -> Timestamp? {
    switch row.subject {
    case .step(let index): record.steps[index].startedAt
    case .stage(_, let steps): steps.compactMap { record.steps[$0].startedAt }.min()
    case .gate: nil
    }
  }

  private func findFailing() -> [Int] {
    let steps = rows.compactMap { row in if case .step(let index) = row.subject { index } else { nil } }
    let failed = steps.filter { index in
      record.steps[index].state == .failed && !children[index].contains { record.steps[$0].state == .failed }
    }
    let serious = failed.filter { !record.steps[$0].optional }
    return serious.isEmpty ? failed : serious
  }
}

extension RunRecord {
  /// The step that went wrong first, with the stage it belongs to; nil if none is known.
  package var failingStep: Step? { state == .failed ? RunOutline(self).failing.first.map { steps[$0] } : nil }

  /// The step in which it was cancelled: the first that had begun; nil if none is known.
  package var cancelledStep: Step? { steps.first { $0.state == .cancelled && $0.startedAt != nil } }
}

extension Service {
  /// The step that made a deployment fail: within its own step; where that tells of none, within its run, if that is the same attempt.
  /// nil where none is known.
  package func failingStep(of deployment: Deployment) -> Step? {
    let own = deployment.step.flatMap { $0.state == .failed ? $0 : nil }
    guard let record = deployment.run.map({ runs[$0].record }), record.attempt == deployment.attempt else { return own }
    let outline = RunOutline(record)
    guard let own else { return outline.failing.first.map { record.steps[$0] } }
    return outline.failing.first { outline.isWithin($0, own) }.map { record.steps[$0] } ?? own
  }
}

extension [Step] {
  /// What a stage came to. A step that may fail does not decide; green only where everything that ran is.
  package var state: State {
    let states = map { $0.optional && $0.state == .failed ? State.succeeded : $0.state }
    let order: [State] = [.failed, .cancelled, .unknown, .running, .waiting, .queued, .superseded, .succeeded]
    return order.first { states.contains($0) } ?? .skipped
  }

  /// When the first of them began.
  package var startedAt: Timestamp? { compactMap(\.startedAt).min() }

  /// When the last of them ended; nil while one that began goes on.
  package var finishedAt: Timestamp? {
    allSatisfy { $0.finishedAt != nil || $0.startedAt == nil } ? compactMap(\.finishedAt).max() : nil
  }
}

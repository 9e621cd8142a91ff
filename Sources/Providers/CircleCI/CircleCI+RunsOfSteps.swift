import Records
import Time

// Steps that do not say which run is theirs: it was in the address that was asked.
extension ProviderJoin {
  /// When a run was under way.
  private struct Span {
    let key: String
    let start: Timestamp
    var end: Timestamp?
  }

  /// Gives steps without a run one. Those of one answer, and those that depend on each other, are of one run: the one that their file is
  /// named after, else the only one of their project that was under way whenever one of them began.
  mutating func findRunsOfSteps() {
    let adrift = entries.indices.filter { index in
      guard let step = entries[index].piece.body.step, step.projectKey != nil || step.group != nil else { return false }
      return step.runKey.isEmpty
    }
    guard !adrift.isEmpty else { return }
    let spans = spansByProject()
    let known = Set(spans.values.joined().map(\.key))
    var open: [[Int]] = []
    for group in groups(of: adrift) {
      guard let first = group.first else { continue }
      let named = uuids(in: entries[first].file).filter(known.contains)
      let keys = named.isEmpty ? Set(group.compactMap { run(of: entries[$0].piece.body.step, spans) }) : Set(named)
      if !give(keys, to: group) { open.append(group) }
    }
    // The rest follows the steps that it needs into their run. These may follow others, so it is tried until nothing more is found; a
    // chain of more than ten answers is nobody's.
    for _ in 0..<10 where !open.isEmpty {
      let runs = runsOfNeeds()
      var left: [[Int]] = []
      for group in open {
        let names = group.flatMap { index in entries[index].piece.body.step.map { [$0.key] + ($0.needs ?? []) } ?? [] }
        if !give(names.reduce(into: []) { $0.formUnion(runs[$1] ?? []) }, to: group) { left.append(group) }
      }
      if left.count == open.count { return }
      open = left
    }
  }

  /// Whether there was exactly one.
  private mutating func give(_ keys: Set<String>, to group: [Int]) -> Bool {
    guard keys.count == 1, let key = keys.first else { return false }
    for index in group {
      guard var step = entries[index].piece.body.step else { continue }
      step.runKey = key
      entries[index].piece.body = .step(step)
    }
    return true
  }

  /// The runs in which a step is, or is needed.
  private func runsOfNeeds() -> [String: Set<String>] {
    var runs: [String: Set<String>] = [:]
    for entry in entries {
      guard let step = entry.piece.body.step, !step.runKey.isEmpty else { continue }
      for name in [step.key] + (step.needs ?? []) { runs[name, default: []].insert(step.runKey) }
    }
    return runs
  }

  /// All snapshots of a run together; one that ended before it began is none to go by.
  private func spansByProject() -> [String: [Span]] {
    var spans: [String: (project: String, span: Span)] = [:]
    for entry in entries {
      guard let run = entry.piece.body.run, let project = run.projectKey, let start = run.record.createdAt else { continue }
      let end = run.record.state.isTerminal ? run.updatedAt : nil
      let known = spans[run.key]?.span
      spans[run.key] = (project, Span(key: run.key, start: min(known?.start ?? start, start), end: end ?? known?.end))
    }
    let sound = spans.values.filter { $0.span.end.map { [start = $0.span.start] in $0 >= start } ?? true }
    return Dictionary(grouping: sound, by: \.project).mapValues { $0.map(\.span) }
  }

  private func run(of step: StepPiece?, _ spans: [String: [Span]]) -> String? {
    guard let step, let start = step.step.startedAt, let project = step.projectKey else { return nil }
    let fitting = (spans[project] ?? []).filter { $0.start <= start && start <= $0.end ?? start }
    return fitting.count == 1 ? fitting[0].key : nil
  }

  /// Steps that belong together, by file, answer and dependencies.
  private func groups(of adrift: [Int]) -> [[Int]] {
    var parent = Dictionary(adrift.map { ($0, $0) }) { first, _ in first }
    func root(_ index: Int) -> Int {
      var index = index
      while let next = parent[index], next != index { index = next }
      return index
    }
    var first: [[String]: Int] = [:]
    func join(_ index: Int, _ name: [String]) {
      if let other = first[name] {
        parent[max(root(index), root(other))] = min(root(index), root(other))
      } else {
        first[name] = index
      }
    }
    for index in adrift {
      guard let step = entries[index].piece.body.step else { continue }
      let file = entries[index].file
      if let group = step.group { join(index, [file, "group", String(group)]) }
      for key in [step.key] + (step.needs ?? []) { join(index, [file, "key", key]) }
    }
    return Dictionary(grouping: adrift, by: root).sorted { $0.key < $1.key }.map(\.value)
  }

  /// What looks like `5034460f-c7c4-4c43-9457-de07e2029e7b` in the name of a file.
  private func uuids(in name: String) -> [String] {
    let bytes = Array(name.lowercased().utf8)
    guard bytes.count >= 36 else { return [] }
    return (0...(bytes.count - 36)).compactMap { start in
      let part = bytes[start..<(start + 36)]
      let fits = part.enumerated().allSatisfy { place, byte in
        [8, 13, 18, 23].contains(place) ? byte == 0x2D : (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      }
      return fits ? String(decoding: part, as: UTF8.self) : nil
    }
  }
}

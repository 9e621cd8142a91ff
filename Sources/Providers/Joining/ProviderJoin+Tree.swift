import Records

// Steps that hold steps, where each of them is a piece of its own.
extension ProviderJoin {
  /// The steps without the folded ones, each before those in it. Those that hold each other come last, as they came.
  mutating func inTree(_ steps: [StepPiece]) -> [StepPiece] {
    for step in steps where step.isFolded { folded[step.key] = .some(step.step.parent) }
    if !steps.contains(where: { $0.step.parent != nil }) { return steps.filter { !$0.isFolded } }
    var kept = steps.filter { !$0.isFolded }
    for index in kept.indices { kept[index].step.parent = kept[index].step.parent.flatMap(unfolded) }
    let places = Dictionary(kept.enumerated().map { ($1.key, $0) }) { first, _ in first }
    var children: [Int: [Int]] = [:]
    var open: [Int] = []
    for (index, step) in kept.enumerated().reversed() {
      if let parent = step.step.parent.flatMap({ places[$0] }) {
        children[parent, default: []].append(index)
      } else {
        open.append(index)
      }
    }
    var order: [Int] = []
    while let index = open.popLast() {
      order.append(index)
      open += children[index] ?? []
    }
    let reached = Set(order)
    return (order + kept.indices.filter { !reached.contains($0) }).map { kept[$0] }
  }

  /// The step of that key, or what holds it if it is folded.
  func unfolded(_ key: String) -> String? {
    var key = key
    // No tree is that deep; those that hold each other end here.
    for _ in 0..<100 {
      guard let parent = folded[key] else { return key }
      guard let parent else { return nil }
      key = parent
    }
    return nil
  }

  /// The step of a run by its path: itself, else the first one in what has that path.
  func step(_ path: String, in draft: Int) -> String? {
    let steps = drafts[draft].steps
    return (steps.first { $0.path == path } ?? steps.first { $0.path?.hasPrefix(path + ".") == true })?.key
  }
}

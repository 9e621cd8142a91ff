import Records
import Time

extension CircleCI {
  /// Steps behind what they need, an approval right before what needs it: where it stands else in the list, it holds nothing. What needs
  /// an approval, or a step that was not read, did not start by itself.
  @Sendable static func inOrderOfNeeds(_ steps: [StepPiece]) -> [StepPiece] {
    guard steps.contains(where: { $0.needs != nil }) else { return steps }
    let places = Dictionary(steps.enumerated().map { ($1.key, $0) }) { first, _ in first }
    var order: [Int] = []
    var isOpened = Array(repeating: false, count: steps.count)
    let roots = steps.indices.filter { !steps[$0].isApproval } + steps.indices.filter { steps[$0].isApproval }
    for start in roots where !isOpened[start] {
      // Each with the needs that are still to be looked at.
      var path = [(step: start, needs: (steps[start].needs ?? [])[...])]
      isOpened[start] = true
      while let last = path.last {
        guard let need = last.needs.first else {
          order.append(last.step)
          path.removeLast()
          continue
        }
        path[path.count - 1].needs.removeFirst()
        guard let next = places[need], !isOpened[next] else { continue }
        isOpened[next] = true
        path.append((next, (steps[next].needs ?? [])[...]))
      }
    }
    return settled(order.map { steps[$0] })
  }

  private static func settled(_ ordered: [StepPiece]) -> [StepPiece] {
    var steps = ordered
    var ends: [String: Timestamp?] = [:]
    var held: Set<String> = []
    for index in steps.indices {
      let step = steps[index]
      let needs = step.needs ?? []
      if step.isApproval || needs.contains(where: { held.contains($0) || ends[$0] == nil }) {
        held.insert(step.key)
        steps[index].trigger = nil
      }
      if step.gate != nil, step.gate?.requestedAt == nil, needs.allSatisfy({ (ends[$0] ?? nil) != nil }) {
        steps[index].gate?.requestedAt = needs.compactMap { ends[$0] ?? nil }.max()
      }
      ends[step.key] = .some(step.step.finishedAt)
    }
    return steps
  }
}

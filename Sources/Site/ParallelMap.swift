/// `transform` of every element, in the order of the elements, at most `width` at once. The one place where the program runs wide.
func parallelMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], width: Int, _ transform: @escaping @Sendable (ArraySlice<Element>) -> [Result]
) async -> [Result] {
  guard !elements.isEmpty else { return [] }
  // Several pieces a worker, so that a heavy piece does not leave the others idle; not one an element, since a task costs microseconds.
  let size = max(1, elements.count / (width * 8))
  let pieces = stride(from: 0, to: elements.count, by: size).map { elements[$0..<min($0 + size, elements.count)] }
  return await withTaskGroup(of: (Int, [Result]).self) { group in
    var results = [[Result]](repeating: [], count: pieces.count)
    var next = 0
    while next < min(width, pieces.count) {
      let (index, piece) = (next, pieces[next])
      group.addTask { (index, transform(piece)) }
      next += 1
    }
    for await (index, result) in group {
      results[index] = result
      guard next < pieces.count else { continue }
      let (following, piece) = (next, pieces[next])
      group.addTask { (following, transform(piece)) }
      next += 1
    }
    return results.flatMap { $0 }
  }
}

import Time

/// Something that happened at a time.
protocol Timed: Sendable {
  var at: Timestamp { get }
}

/// Facts in the order of their times, so that a window is a slice of them.
struct Timeline<Fact: Timed>: Sendable {
  private let facts: [Fact]

  init(_ facts: [Fact]) { self.facts = facts.sorted { $0.at < $1.at } }

  func within(_ window: MetricsWindow) -> ArraySlice<Fact> { facts[place(of: window.from)..<place(of: window.to)] }

  /// Of the first that is not before `time`.
  private func place(of time: Timestamp) -> Int {
    var (low, high) = (0, facts.count)
    while low < high {
      let middle = (low + high) / 2
      if facts[middle].at < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

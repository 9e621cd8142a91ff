/// When which environments must stay as they are.
struct Freezes {
  private let freezes: [(freeze: Configuration.Freeze, environments: Set<Int>?)]
  private let asOf: Timestamp

  /// `environment`: the number of the environment that a name means.
  init(_ freezes: [Configuration.Freeze], asOf: Timestamp, environment: (String) -> Int?) {
    self.asOf = asOf
    self.freezes = freezes.map { freeze in
      (freeze, freeze.environments.isEmpty ? nil : Set(freeze.environments.compactMap(environment)))
    }
  }

  /// Those that hold an environment at as-of; maintenance holds nothing.
  func holding(_ environment: Int) -> [Configuration.Freeze] {
    freezes.filter { entry in
      entry.freeze.kind == .freeze && entry.freeze.isActive(at: asOf) && entry.environments?.contains(environment) ?? true
    }.map(\.freeze)
  }
}

extension Configuration.Freeze {
  /// Half-open: `to` is the first moment after it.
  package func isActive(at time: Timestamp) -> Bool { from <= time && time < to }

  /// Whether any moment from `start` to `end` lies in it.
  package func touches(from start: Timestamp, to end: Timestamp) -> Bool { from <= max(start, end) && min(start, end) < to }

  /// Environments are named by key, without regard to case; none named means all.
  package func concerns(_ environment: Environment) -> Bool {
    let key = environment.key.lowercased()
    return environments.isEmpty || environments.contains { $0.lowercased() == key }
  }
}

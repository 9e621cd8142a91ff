package import Records
package import Time

/// When which environments must stay as they are.
package struct Freezes {
  private let freezes: [(freeze: Configuration.Freeze, environments: Set<Int>?)]
  private let asOf: Timestamp

  /// `environment`: the number of the environment that a name means.
  package init(_ freezes: [Configuration.Freeze], asOf: Timestamp, environment: (String) -> Int?) {
    self.asOf = asOf
    self.freezes = freezes.map { freeze in
      (freeze, freeze.environments.isEmpty ? nil : Set(freeze.environments.compactMap(environment)))
    }
  }

  /// Those that hold an environment at as-of; maintenance holds nothing.
  package func holding(_ environment: Int) -> [Configuration.Freeze] {
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

extension Catalog {
  /// How many seconds before its beginning a freeze is near: seven days.
  private static let nearness: Int64 = 7 * 86_400

  /// The freezes and maintenance, of one environment or all, that are not over at as-of; the first to begin first.
  package func openFreezes(of environment: Int? = nil) -> [Configuration.Freeze] {
    let open = configuration.freezes.enumerated().filter { _, freeze in
      freeze.to > asOf && (environment.map { freeze.concerns(environments[$0]) } ?? true)
    }
    return open.sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
  }

  /// Those that hold at as-of or begin within seven days, the first to end first.
  package func nearFreezes(of environment: Int? = nil) -> [Configuration.Freeze] {
    let near = openFreezes(of: environment).enumerated().filter { _, freeze in
      freeze.from.seconds <= asOf.seconds &+ Catalog.nearness
    }
    return near.sorted { ($0.element.to, $0.offset) < ($1.element.to, $1.offset) }.map(\.element)
  }

  /// The one that begins next within seven days and holds the environment.
  package func nextFreeze(of environment: Int) -> Configuration.Freeze? {
    nearFreezes(of: environment).filter { $0.from > asOf }.min { $0.from < $1.from }
  }
}

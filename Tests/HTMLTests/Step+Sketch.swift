import Records

extension Step {
  /// A step with its times: `10:00` of 26 March 2026.
  static func at(
    _ name: String, _ state: State = .succeeded, from: String? = nil, to: String? = nil, stage: String? = nil,
    key: String? = nil,
    parent: String? = nil, error: String? = nil
  ) -> Step {
    var step = Step(name: name, state: state)
    step.startedAt = from.map { CatalogSketch.time("2026-03-26 " + $0) }
    step.finishedAt = to.map { CatalogSketch.time("2026-03-26 " + $0) }
    step.stage = stage
    step.key = key
    step.parent = parent
    step.error = error
    return step
  }
}

extension RunRecord {
  /// Whether a person pressed start: a manual trigger that no machine pulled.
  package var isStartedByPerson: Bool {
    guard trigger?.type == .manual else { return false }
    switch actor?.kind {
    case .bot, .system: return false
    case .human, .unknown, nil: return true
    }
  }

  /// The step of that key, else of that name; of several the last, which is that of the highest attempt.
  package func step(_ key: String?) -> Step? { stepIndex(key).map { steps[$0] } }

  package func stepIndex(_ key: String?) -> Int? {
    guard let key, !key.isEmpty else { return nil }
    let steps = steps
    return steps.indices.last { steps[$0].key == key } ?? steps.indices.last { steps[$0].name == key }
  }

  /// A step's name behind that of its stage and of the steps that hold it: what stays the same when it runs again. Its key where it has
  /// no name.
  package func path(of step: Step) -> String {
    guard !step.name.isEmpty else { return step.key ?? "" }
    var names = [step.name]
    var holder = step.parent
    // No deeper than any format goes, and not for ever in a circle.
    while let key = holder, names.count < 8, let parent = steps.first(where: { $0.key == key }) {
      names.insert(parent.name, at: 0)
      holder = parent.parent
    }
    return ([step.stage ?? ""] + names).joined(separator: "\n")
  }
}

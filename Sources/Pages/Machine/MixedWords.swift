import Records
import Releases

extension Cell {
  /// `0.0.3 on 1 of 3, 0.0.2 on 1, unknown on 1`: what the targets of a mixed cell run, highest version first.
  var mixedWords: Sentence {
    let unknown = targets.count { $0.state == .unknown }
    let uncertain: [Sentence] = unknown == 0 ? [] : ["unknown on \(unknown)\(context: "targets")"]
    guard let first = versions.first else { return uncertain.first ?? "nothing on \(targets.count)" }
    let rest = versions.dropFirst().map { version -> Sentence in "\(version.text) on \(version.count)\(context: "targets")" }
    return .joined(["\(first.text) on \(first.count) of \(targets.count)"] + rest + uncertain, separator: ", ")
  }
}

extension Deployment {
  /// How it ended, or how far it is, in a word.
  var stateWord: String { isPart ? "in part" : state.rawValue }

  /// `1 of 2 targets`: how many of its unnamed targets it reached; nil where it had but one.
  var reachedWords: Sentence? {
    guard !targets.isEmpty else { return nil }
    return "\(targets.count { $0.state == .succeeded }) of \(targets.count) targets"
  }
}

extension Catalog {
  /// `Production`, `Production (eu)`: where a deployment goes.
  func place(of deployment: Deployment) -> String {
    let name = environments[deployment.environment].name
    return deployment.target.map { "\(name) (\($0))" } ?? name
  }
}

extension Viewpoint {
  /// `mixed`, leading to where all targets of the environment stand.
  func mixed(_ service: Int, _ environment: Int) -> LinkText {
    own("mixed", .targets(service: service, environment: environment))
  }

  /// One sentence a target: what runs there since when, and what was tried since.
  func targets(of cell: Cell, service: Int, limit: Int) -> [Sentence] {
    let deployments = catalog.services[service].deployments
    var sentences = cell.targets.prefix(limit).map { target -> Sentence in
      let since: Sentence = target.since.map { " since \(long($0))" } ?? ""
      let runs: Sentence =
        switch target.state {
        case .current, .mixed:
          target.version.map { "\(target.name): \(release(service, $0))\(since)" } ?? "\(target.name): nothing"
        case .unknown: "\(target.name): unknown which version"
        case .none: "\(target.name): never deployed"
        case .removed: "\(target.name): removed"
        }
      guard let last = target.lastAttempt else { return runs }
      let part = deployments[last].targets.first { $0.name == target.name }
      let state = part?.state ?? deployments[last].state
      let link = deployment(service, last, text: deployments[last].version, after: " \(words: state.rawValue)")
      return "\(runs); \(link)"
    }
    if cell.targets.count > limit { sentences.append("\(cell.targets.count - limit) more") }
    return sentences
  }
}

extension Waiting {
  /// ` for us`, behind what waits; nothing where it is for the whole environment.
  var targetWords: Sentence { target.map { " for \($0)" } ?? "" }
}

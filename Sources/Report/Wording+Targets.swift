import Records
package import Releases

extension Wording {
  /// `mixed`, leading to where all targets of the environment stand.
  package func mixed(_ service: Int, _ environment: Int) -> LinkText {
    own("mixed", .targets(service: service, environment: environment))
  }

  /// One sentence a target: what runs there since when, and what was tried since.
  package func targets(of cell: Cell, service: Int, limit: Int) -> [Sentence] {
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

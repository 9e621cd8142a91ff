import Records
import Releases

/// How an environment stands to the others.
extension Wording {
  /// Links to what would come from the environments before this one.
  package func comparisons(of environment: Int) -> Sentence {
    let pairs = catalog.neighbours.filter { $0.downstream == environment }
    return Sentence.joined(
      pairs.map { pair in
        let name = catalog.environments[pair.upstream].name
        return
          "\(LinkText(text: name, to: .comparison(pair.upstream, pair.downstream, service: nil), before: "compared with "))"
      }, separator: " · ")
  }

  /// Its tier, and its neighbours on the way to customers: those of any service, in promotion order.
  package func place(ofEnvironment index: Int) -> Sentence {
    let upstream = Set(catalog.histories.compactMap { $0[index].cell.upstream }).sorted()
    let downstream = catalog.environments.indices.filter { other in
      catalog.histories.contains { $0[other].cell.upstream == index }
    }
    var parts: [Sentence] = ["\(words: catalog.environments[index].tier.rawValue) tier"]
    if catalog.environments[index].isShortLived {
      parts.append("\(own("short-lived", .shortLived))")
    }
    if !upstream.isEmpty { parts.append("after \(Sentence.list(upstream.map { "\(environment($0))" }))") }
    if !downstream.isEmpty { parts.append("before \(Sentence.list(downstream.map { "\(environment($0))" }))") }
    return .joined(parts, separator: ", ")
  }

  /// What a service ran last in an archived environment, and the deployment that tells.
  package func archived(_ service: Int, _ environment: Int) -> (deployment: Int?, words: Sentence) {
    let deployments = catalog.services[service].deployments
    let cell = catalog.histories[service][environment].cell
    let last: Int?
    let version: Sentence
    switch cell.state {
    case .current:
      last = cell.current
      version = last.map { "\(release(service, deployments[$0].version))" } ?? ""
    case .mixed:
      last = cell.current
      version = "mixed: \(cell.mixedWords)"
    case .removed:
      last = catalog.removal(of: service, in: environment)
      let before: Sentence = last.flatMap { deployments[$0].from }.map { "; it ran \(release(service, $0))" } ?? ""
      version = "removed" + before
    case .unknown, .none:
      last = cell.lastAttempt ?? cell.current
      version = last.map { "\(deployment(service, $0, words: "unknown"))" } ?? "unknown"
    }
    return (last, version)
  }
}

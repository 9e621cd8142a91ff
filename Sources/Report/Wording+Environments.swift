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
}

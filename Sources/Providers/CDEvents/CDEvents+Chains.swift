import Diagnostics
import Documents
import Records

// Stories: events that name no run but the chain they belong to, and gates of which only an address is told.
extension ProviderJoin {
  /// Gives what names no run the only run of its chain.
  mutating func followChains() {
    guard entries.contains(where: { $0.piece.chain != nil }) else { return }
    var runs: [String: Set<String>] = [:]
    for entry in entries {
      if let chain = entry.piece.chain, let run = entry.piece.body.run { runs[chain, default: []].insert(run.key) }
    }
    for index in entries.indices where entries[index].fate == nil {
      guard let chain = entries[index].piece.chain else { continue }
      let keys = runs[chain] ?? []
      if let key = keys.first, keys.count == 1 { entries[index].piece.body.join(run: key) }
      if entries[index].piece.body.lacksRun { entries[index].fate = .skipped(.chain(runs: keys.count)) }
    }
  }

  /// The environment of a gate that only has an address: the one it ends with, if there is one of that name or id.
  mutating func placeReviews() {
    for (index, review) in open(\.review) {
      guard let target = review.target, review.gates.allSatisfy({ $0.environment == nil }) else { continue }
      let deployments = review.runKey.flatMap { attempts[$0]?.last }.map { drafts[$0].deployments } ?? []
      guard let name = environment(atEndOf: target, or: Set(deployments.map(\.environment.name))) else { continue }
      var placed = review
      for gate in placed.gates.indices { placed.gates[gate].environment = name }
      entries[index].piece.body = .review(placed)
    }
  }

  private func environment(atEndOf address: String, or names: Set<String>) -> String? {
    guard let last = address.prefix(while: { $0 != "?" && $0 != "#" }).split(separator: "/").last else { return nil }
    let wanted = percentDecoded(last).lowercased()
    let named = names.union(environments.values.map(\.piece.reference.name)).filter { $0.lowercased() == wanted }
    let ids = environments.values.filter { $0.piece.id?.lowercased() == wanted }.map(\.piece.reference.name)
    let found = named.isEmpty ? Set(ids) : named
    return found.count == 1 ? found.first : nil
  }
}

extension Piece.Body {
  fileprivate mutating func join(run key: String) {
    switch self {
    case .step(var step) where step.runKey.isEmpty:
      step.runKey = key
      self = .step(step)
    case .deployment(var deployment) where deployment.runKey == nil:
      deployment.runKey = key
      self = .deployment(deployment)
    case .review(var review) where review.runKey == nil:
      review.runKey = key
      self = .review(review)
    case .run, .step, .deployment, .status, .environment, .review, .release, .incident, .application, .name: break
    }
  }

  /// Whether it is nothing without a run, and has none. A deployment can stand alone.
  fileprivate var lacksRun: Bool {
    switch self {
    case .step(let step): step.runKey.isEmpty
    case .review(let review): review.runKey == nil
    case .run, .deployment, .status, .environment, .release, .incident, .application, .name: false
    }
  }
}

package import Records

/// Which environment comes before which (rules.md, Pending).
package struct PromotionOrder {
  /// For each environment the ones before it, nearest first.
  private let before: [[Int]]

  package init(_ environments: [Environment], configuration: Configuration) {
    if configuration.environments.isEmpty {
      before = environments.indices.map { PromotionOrder.ofLowerTiers(environments, $0) }
    } else {
      before = PromotionOrder.ofList(environments, configuration.environments)
    }
  }

  /// The one before `environment`: the nearest where the service was deployed; nil without one.
  package func before(_ environment: Int, isDeployed: (Int) -> Bool) -> Int? { before[environment].first(where: isDeployed) }

  /// Without a list: those of lower tiers, last first. Those of tier `other` have none.
  private static func ofLowerTiers(_ environments: [Environment], _ index: Int) -> [Int] {
    let tier = environments[index].tier
    guard tier != .other, !environments[index].isShortLived else { return [] }
    return environments.indices.reversed().filter {
      environments[$0].tier.order < tier.order && !environments[$0].isShortLived
    }
  }

  /// With a list: `after`, else the one before it in the list; then the one before that. What the list lacks has none, and what is
  /// archived is passed over unless `after` names it.
  private static func ofList(_ environments: [Environment], _ declared: [Configuration.Environment]) -> [[Int]] {
    var numbers: [String: Int] = [:]
    for (index, environment) in environments.enumerated() { numbers[environment.key.lowercased()] = index }
    var nearest: [Int: Int] = [:]
    var previous: Int?
    var seen: Set<Int> = []
    for entry in declared {
      guard let number = numbers[entry.key.lowercased()], seen.insert(number).inserted else { continue }
      guard !entry.isShortLived else { continue }
      let named = entry.after.flatMap { numbers[$0.lowercased()] }.flatMap { environments[$0].isShortLived ? nil : $0 }
      nearest[number] = named == number ? previous : named ?? previous
      if !entry.archived { previous = number }
    }
    return environments.indices.map { index in
      var chain: [Int] = []
      var next = nearest[index]
      while let environment = next, environment != index, !chain.contains(environment) {
        chain.append(environment)
        next = nearest[environment]
      }
      return chain
    }
  }
}

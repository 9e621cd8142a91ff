import Records

/// The changes of production in one month, newest first, and how many of them are what.
package struct MonthlyAudit: Sendable {
  package struct Item: Sendable {
    package let service: Int
    /// Index into the service's deployments.
    package let index: Int
    package let deployment: Deployment
    package let change: AuditedChange
  }

  /// What an auditor learns first.
  package enum Outcome: Sendable {
    /// Nothing is flagged.
    case clean
    /// What is flagged is so only because the records tell too little.
    case unclear
    case flagged
  }

  package let month: Period
  package let items: [Item]

  package init(_ catalog: Catalog, _ rule: AuditRule, _ months: MonthIndex, _ month: Period) {
    self.month = month
    let items = catalog.productions.flatMap { environment in
      (months.places[environment].attempts[month] ?? []).map { attempt in
        Item(
          service: attempt.service, index: attempt.deployment,
          deployment: catalog.services[attempt.service].deployments[attempt.deployment],
          change: rule.judge(attempt.service, attempt.deployment))
      }
    }
    // Within one environment they are in order already.
    self.items = items.enumerated().sorted { left, right in
      guard let mine = left.element.deployment.time, let theirs = right.element.deployment.time, mine != theirs else {
        return left.offset < right.offset
      }
      return mine > theirs
    }.map(\.element)
  }

  package func count(_ flag: AuditedChange.Flag) -> Int { items.count { $0.change.flags.contains(flag) } }
  /// That a person let through.
  package var approved: Int { items.count { $0.deployment.peopleGates.contains { $0.state == .approved } } }
  /// That went out by themselves.
  package var ungated: Int { items.count { $0.deployment.peopleGates.isEmpty && $0.deployment.promotion == .automatic } }
  /// That are neither: refused, forced, or not recorded well enough to tell.
  package var otherwise: Int { items.count - approved - ungated }
  package var flagged: Int { items.count { !$0.change.flags.isEmpty } }

  package var outcome: Outcome {
    if flagged == 0 { return .clean }
    return items.allSatisfy { $0.change.flags.allSatisfy { $0 == .notRecorded } } ? .unclear : .flagged
  }
}

package import Records

/// One change of production as an auditor reads it: who asked for it, who wrote it, who approved it, and what is wrong with that.
package struct AuditedChange: Hashable, Sendable {
  package enum Flag: String, CaseIterable, Sendable {
    /// Approved, but by nobody else than those who asked for it or wrote a commit of it.
    case selfApproval = "self-approval"
    /// A person should have approved it, and no approval of a person is recorded.
    case missingApproval = "missing-approval"
    /// A person's gate before it did not open, and it began all the same; or the decision says that it was forced.
    case bypassed
    /// It ran within a freeze of its environment.
    case freeze
    /// The records do not tell enough to judge by the rules above.
    case notRecorded = "not-recorded"
  }

  /// Who started its run, or deployed it where it had none; nil: not recorded.
  package fileprivate(set) var asked: Actor?
  /// Of the deployed commit, then of the changes; each once.
  package fileprivate(set) var authors: [String]
  /// Approvals of persons, or of somebody who is not named, in the order of the gates.
  package fileprivate(set) var approvals: [Gate.Decision]
  /// Those of its environment that it ran in.
  package fileprivate(set) var freezes: [Configuration.Freeze]
  /// In the order in which they are listed.
  package fileprivate(set) var flags: [Flag]
}

/// Judges the changes of production (site.md, `audit/`). A change is a deployment that began, or a removal.
///
/// Names are compared without regard to case, spaces, a leading `@` or an address behind them; an actor also goes by its id. An approval
/// counts unless a bot or the system made it, its word is none of those that mean yes, or it came when the change was over already.
package struct AuditRule: Sendable {
  private let catalog: Catalog
  /// `[service]`: the names and ids of those that records call a bot or the system.
  private let robots: [Set<String>]

  package init(_ catalog: Catalog) {
    self.catalog = catalog
    robots = catalog.services.map { service in
      let actors = service.runs.compactMap(\.record.actor) + service.deployments.compactMap(\.actor)
      return Set(actors.filter { $0.kind == .bot || $0.kind == .system }.flatMap(Person.keys))
    }
  }

  package func judge(_ service: Int, _ index: Int) -> AuditedChange {
    let deployment = catalog.services[service].deployments[index]
    var change = AuditedChange(asked: asked(deployment, service), authors: [], approvals: [], freezes: [], flags: [])
    var seen: Set<String> = []
    change.authors = deployment.allChanges.compactMap(\.author).filter { seen.insert(Person.key($0)).inserted }
    change.approvals = approvals(of: deployment, service)
    change.freezes = freezes(of: deployment)
    var flags = approvalFlags(of: change, deployment, service: service, index)
    if deployment.peopleGates.contains(where: \.isForced) { flags.insert(.bypassed) }
    if !change.freezes.isEmpty { flags.insert(.freeze) }
    change.flags = AuditedChange.Flag.allCases.filter(flags.contains)
    return change
  }

  /// The actor of the attempt that it belongs to.
  private func asked(_ deployment: Deployment, _ service: Int) -> Actor? {
    guard let run = deployment.run.map({ catalog.services[service].runs[$0] }) else { return deployment.actor }
    return (catalog.services[service].record(of: deployment) ?? run.record).actor
  }

  private func approvals(of deployment: Deployment, _ service: Int) -> [Gate.Decision] {
    deployment.peopleGates.filter { $0.state == .approved }.flatMap { gate in
      let decisions = gate.decisions.isEmpty ? [Gate.Decision()] : gate.decisions
      return decisions.filter { decision in
        decision.isApproval && !isLate(decision, deployment) && !(decision.by.map { isRobot($0, service) } ?? false)
      }
    }
  }

  private func isLate(_ decision: Gate.Decision, _ deployment: Deployment) -> Bool {
    guard let at = decision.at, let end = deployment.finishedAt else { return false }
    return at > end
  }

  /// GitHub ends the names of applications so.
  private func isRobot(_ name: String, _ service: Int) -> Bool {
    name.hasSuffix("[bot]") || robots[service].contains(Person.key(name))
  }

  private func freezes(of deployment: Deployment) -> [Configuration.Freeze] {
    guard let end = deployment.time else { return [] }
    let environment = catalog.environments[deployment.environment]
    return catalog.configuration.freezes.filter { freeze in
      freeze.kind == .freeze && freeze.concerns(environment) && freeze.touches(from: deployment.startedAt ?? end, to: end)
    }
  }

  private func approvalFlags(
    of change: AuditedChange, _ deployment: Deployment, service: Int, _ index: Int
  ) -> Set<AuditedChange.Flag> {
    guard !change.approvals.isEmpty else {
      switch (isApprovalDue(deployment, service: service, index), deployment.promotion) {
      case (true?, _): return [.missingApproval]
      case (nil, .unknown): return [.notRecorded]
      case (false?, _), (nil, .manual), (nil, .automatic): return []
      }
    }
    var own = Set((change.authors + deployment.peopleGates.compactMap(\.requestedBy)).map(Person.key))
    own.formUnion(change.asked.map(Person.keys) ?? [])
    let named = change.approvals.compactMap(\.by).map(Person.key)
    let isWhoseKnown = change.asked != nil && deployment.isAuthorshipKnown
    if named.contains(where: { !own.contains($0) }) { return isWhoseKnown ? [] : [.notRecorded] }
    return named.count == change.approvals.count ? [.selfApproval] : [.notRecorded]
  }

  /// Whether a person had to approve it: by the configuration; without one, where a person's gate stands before it or the success
  /// before it went through one. nil where nothing tells.
  private func isApprovalDue(_ deployment: Deployment, service: Int, _ index: Int) -> Bool? {
    switch catalog.environments[deployment.environment].gate {
    case .some(.manual): return true
    case .some(.none): return deployment.peopleGates.isEmpty ? false : true
    case nil: break
    }
    if !deployment.peopleGates.isEmpty { return true }
    let own = catalog.services[service]
    return own.successBefore(index).flatMap { last in
      own.deployments[last].peopleGates.contains { $0.state == .approved } ? true : nil
    }
  }
}

extension Service {
  /// The attempt of its run that made a deployment; nil where it was not read.
  package func record(of deployment: Deployment) -> RunRecord? {
    guard let run = deployment.run.map({ runs[$0] }) else { return nil }
    return ([run.record] + run.attempts).first { $0.attempt == deployment.attempt }
  }
}

/// How names of one person from two sources meet.
private enum Person {
  static func key(_ name: String) -> String {
    var text = Substring(name.lowercased())
    if let bracket = text.firstIndex(of: "<"), bracket > text.startIndex { text = text[..<bracket] }
    if text.first == "@" { text = text.dropFirst() }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func keys(_ actor: Actor) -> [String] { [actor.name, actor.id].compactMap { $0 }.map(key) }
}

extension Deployment {
  /// The deployed commit, then what the record names beside it.
  package var allChanges: [Change] { (commit.map { [$0] } ?? []) + changes }

  /// Whether every commit that it names has an author, and it names one.
  fileprivate var isAuthorshipKnown: Bool {
    let all = allChanges
    guard !all.isEmpty else { return false }
    let known = Set(all.filter { $0.author != nil }.map { Change.stem($0.sha) })
    return all.allSatisfy { known.contains(Change.stem($0.sha)) }
  }
}

extension Gate.Decision {
  /// Who forced it let it through all the same.
  fileprivate var isApproval: Bool { isYes || isForced }
  fileprivate var isForced: Bool { meaning == .forced }
}

extension Gate {
  /// It did not open, or somebody forced it.
  fileprivate var isForced: Bool {
    switch state {
    case .rejected, .expired, .cancelled, .skipped, .waiting: true
    case .approved, .unknown: decisions.contains(where: \.isForced)
    }
  }
}

import Records
package import Releases

/// One change of production as the audit tells it: who asked, who wrote, who approved, and where that can be read.
package struct AuditRow: Hashable, Sendable {
  /// A decision at a gate of a person, or why there is none.
  package struct Decision: Hashable, Sendable {
    package let words: Sentence
    /// What was said with it, cut where it is long; nil where nothing was.
    package let comment: String?
  }

  package let time: Sentence
  package let flags: [Sentence]
  /// `checkout`, `checkout in Production EU`.
  package let service: Sentence
  /// `2.8.2 → 2.9.0, rollback`.
  package let change: Sentence
  package let mark: Mark
  package let state: LinkText
  package let reason: String?
  package let asked: Sentence
  package let wrote: Sentence
  package let decisions: [Decision]
  package let waited: Sentence?
  /// Freezes that it ran in.
  package let freezes: [Sentence]
  package let evidence: Sentence

  private static let wordLimit = 200

  /// `namesEnvironment`: there are several environments of tier production.
  package init(_ wording: Wording, _ item: MonthlyAudit.Item, namesEnvironment: Bool) {
    let deployment = item.deployment
    time = wording.moment(deployment.time)
    flags = item.change.flags.map { "\(words: $0.words)" }
    let place: Sentence = namesEnvironment ? " in \(wording.environment(deployment.environment))" : ""
    service = "\(wording.service(item.service))" + place
    change = wording.change(deployment, item.service)
    mark = Mark(deployment.state)
    state = wording.deployment(item.service, item.index, words: deployment.stateWord)
    reason = deployment.reason.map { Words.cut($0, to: AuditRow.wordLimit) }
    asked = item.change.asked?.words ?? "not recorded"
    wrote = item.change.authors.isEmpty ? "not recorded" : wording.names(item.change.authors, limit: 3, conjunction: .and)
    decisions = AuditRow.decisions(wording, deployment)
    waited = deployment.gateWait.map { "waited \(words: Format.duration($0))" }
    freezes = item.change.freezes.map { freeze -> Sentence in
      let reason: Sentence = freeze.reason.map { ": \(Words.cut($0, to: AuditRow.wordLimit))" } ?? ""
      return "freeze until \(wording.long(freeze.to))\(reason)"
    }
    evidence = wording.evidence(of: item)
  }

  private static func decisions(_ wording: Wording, _ deployment: Deployment) -> [Decision] {
    guard !deployment.peopleGates.isEmpty else {
      return [Decision(words: "\(words: deployment.promotion.shortWords)", comment: nil)]
    }
    return deployment.peopleGates.flatMap { gate in
      let all = gate.decisions.isEmpty ? [Gate.Decision()] : Array(gate.decisions.prefix(5))
      return all.map { decision in
        let word: Sentence = decision.decision.map { "\(said: $0)" } ?? "\(words: gate.state.rawValue)"
        let by: Sentence = decision.by.map { "by \($0)" } ?? "by somebody who is not recorded"
        let at: Sentence = decision.at.map { ", \(wording.clock($0, after: deployment.time ?? $0))" } ?? ""
        return Decision(
          words: "\(word) \(by)\(at)", comment: decision.comment.map { Words.cut($0, to: AuditRow.wordLimit) })
      }
    }
  }
}

extension DeploymentRecord.Promotion {
  fileprivate var shortWords: String {
    switch self {
    case .manual: "no gate is recorded; a person started it"
    case .automatic: "no gate"
    case .unknown: "not recorded"
    }
  }
}

extension Wording {
  /// What it did to the environment: `2.8.2 → 2.9.0, rollback`.
  fileprivate func change(_ deployment: Deployment, _ service: Int) -> Sentence {
    let version = release(service, deployment.version)
    let step: Sentence = deployment.from.map { "\(release(service, $0)) → \(version)" } ?? "\(version)"
    let kind: Sentence
    switch deployment.kind {
    case .rollback: kind = "rollback"
    case .first, .redeploy, .rebuild, .hotfix, .upgrade, nil:
      kind = self.kind(of: deployment) ?? "\(words: deployment.plainKind)"
    }
    return step + ", \(kind)"
  }

  fileprivate func evidence(of item: MonthlyAudit.Item) -> Sentence {
    let sources = AuditSources(catalog, item)
    let links = [
      run(of: item.deployment, item.service), sources.run.map { own("pipeline", .outside($0)) },
      sources.deployment.map { own("deployment log", .outside($0)) },
      sources.gate.map { own("gate", .outside($0)) }, item.deployment.commit.map { commit($0.sha) },
    ]
    return .joined(links.compactMap { $0 }.map { "\($0)" }, separator: " · ")
  }
}

extension Deployment {
  fileprivate var plainKind: String {
    switch action {
    case .deploy: hotfix == true ? "hotfix" : "upgrade"
    case .redeploy, .rollback: action.rawValue
    case .remove: "removal"
    }
  }
}

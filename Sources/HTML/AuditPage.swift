import Plan
import Records
import Releases
import Report
import Template

/// `audit/<yyyy-mm>.html`: every change of production of a month, newest first. A page about the past: no clock.
struct AuditPage: PageModel {
  static let template = "audit.mustache"

  let layout: Layout
  let month: Sentence
  /// `23 changes: 21 succeeded, 2 failed.`
  let summary: Sentence
  /// `3 flagged: 1 self-approved, …`; what is not flagged is said too.
  let verdict: Sentence
  let mark: Mark
  let csv: String
  let json: String
  let older: LinkText?
  /// What a page cannot hold.
  let omitted: Sentence?
  let rows: [AuditRow]

  static let fields = Fields<AuditPage>(
    .object("layout") { $0.layout },
    .words("month") { $0.month },
    .words("summary") { $0.summary },
    .object("verdict") { $0.verdict },
    .object("mark") { $0.mark },
    .url("csv") { $0.csv },
    .url("json") { $0.json },
    .object("older") { $0.older },
    .words("omitted") { $0.omitted },
    .list("rows") { $0.rows }
  )

  private static let limit = 250

  init(_ view: Viewpoint, plan: HTMLPlan, month: Period) {
    let audit = view.edition.audit(of: month)
    self.month = month.name
    summary = AuditPage.summary(audit)
    verdict = AuditPage.verdict(audit)
    layout = Layout(
      view, plan: plan, title: "Audit, \(month.name)", summary: .words("\(summary). \(verdict)"),
      isAboutNow: false)
    mark = AuditPage.mark(audit)
    csv = view.url(view.map.path(of: .auditCSV(month)))
    json = view.url("audit/\(month.key).json")
    older = view.wording.month(before: month, among: view.map.months.auditMonths, name: \.name, to: Destination.audit)
    let shown = AuditPage.shown(audit.items)
    omitted =
      shown.count == audit.items.count
      ? nil
      : "The page lists \(shown.count) of \(audit.items.count): what is flagged first, then the newest. The CSV and the JSON hold all."
    let isNamed = view.catalog.productions.count > 1
    rows = shown.map { AuditRow(view, $0, namesEnvironment: isNamed) }
  }

  /// What is flagged, then the newest, as many as a page can hold; in their order.
  private static func shown(_ items: [MonthlyAudit.Item]) -> [MonthlyAudit.Item] {
    let flagged = items.indices.filter { !items[$0].change.flags.isEmpty }.prefix(limit)
    let others = items.indices.filter { items[$0].change.flags.isEmpty }.prefix(limit - flagged.count)
    return (flagged + others).sorted().map { items[$0] }
  }

  static func mark(_ audit: MonthlyAudit) -> Mark {
    switch audit.outcome {
    case .clean: Mark(.succeeded)
    case .unclear: Mark(.unknown)
    case .flagged: Mark(.failed)
    }
  }

  private static func summary(_ audit: MonthlyAudit) -> Sentence {
    let items = audit.items
    let counts = State.allCases.compactMap { state -> Sentence? in
      let count = items.count { $0.deployment.state == state }
      return count == 0 ? nil : "\(count) \(words: state.rawValue)"
    }
    let gates: [(Int, Sentence)] = [
      (audit.approved, "\(audit.approved) approved by a person"), (audit.ungated, "\(audit.ungated) without a gate"),
      (audit.otherwise, "\(audit.otherwise) otherwise, or not recorded"),
    ]
    let ways = Sentence.joined(gates.filter { $0.0 > 0 }.map(\.1), separator: ", ")
    return
      "\(Format.count(items.count, "change")) of production: \(Sentence.joined(counts, separator: ", ")); \(ways)"
  }

  static func verdict(_ audit: MonthlyAudit) -> Sentence {
    guard audit.flagged > 0 else { return "Nothing is flagged." }
    let parts = AuditedChange.Flag.allCases.compactMap { flag -> Sentence? in
      let count = audit.count(flag)
      return count == 0 ? nil : "\(count) \(words: flag.words)"
    }
    let rest = audit.items.count - audit.flagged
    return "\(audit.flagged) flagged: \(Sentence.joined(parts, separator: ", ")). \(rest) without a flag."
  }
}

extension AuditedChange.Flag {
  /// As it stands behind a number, and alone in a row.
  var words: String {
    switch self {
    case .selfApproval: "self-approved"
    case .missingApproval: "without approval"
    case .bypassed: "past a closed gate"
    case .freeze: "in a freeze"
    case .notRecorded: "with records too incomplete to judge"
    }
  }
}

/// One change of production.
struct AuditRow: Model {
  struct Decision: Model {
    let words: Sentence
    let comment: String?

    static let fields = Fields<Decision>(
      .object("words") { $0.words },
      .text("comment") { $0.comment }
    )
  }

  let time: Sentence
  let flags: [Sentence]
  /// `checkout`, `checkout in Production EU`.
  let service: Sentence
  /// `2.8.2 → 2.9.0, rollback`.
  let change: Sentence
  let mark: Mark
  let state: LinkText
  let reason: String?
  let asked: Sentence
  let wrote: Sentence
  let decisions: [Decision]
  let waited: Sentence?
  /// Freezes that it ran in.
  let freezes: [Sentence]
  let evidence: Sentence

  static let fields = Fields<AuditRow>(
    .object("time") { $0.time },
    .flag("isFlagged") { !$0.flags.isEmpty },
    .words("flags") { $0.flags },
    .object("service") { $0.service },
    .object("change") { $0.change },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .text("reason") { $0.reason },
    .object("asked") { $0.asked },
    .object("wrote") { $0.wrote },
    .list("decisions") { $0.decisions },
    .words("waited") { $0.waited },
    .list("freezes") { $0.freezes },
    .object("evidence") { $0.evidence }
  )

  private static let wordLimit = 200

  init(_ view: Viewpoint, _ item: MonthlyAudit.Item, namesEnvironment: Bool) {
    let deployment = item.deployment
    time = view.wording.moment(deployment.time)
    flags = item.change.flags.map { "\(words: $0.words)" }
    let place: Sentence = namesEnvironment ? " in \(view.wording.environment(deployment.environment))" : ""
    service = "\(view.wording.service(item.service))" + place
    change = view.change(deployment, item.service)
    mark = Mark(deployment.state)
    state = view.wording.deployment(item.service, item.index, words: deployment.stateWord)
    reason = deployment.reason.map { Words.cut($0, to: AuditRow.wordLimit) }
    asked = item.change.asked?.words ?? "not recorded"
    wrote = item.change.authors.isEmpty ? "not recorded" : view.wording.names(item.change.authors, limit: 3, conjunction: .and)
    decisions = AuditRow.decisions(view, deployment)
    waited = deployment.gateWait.map { "waited \(words: Format.duration($0))" }
    freezes = item.change.freezes.map { freeze -> Sentence in
      let reason: Sentence = freeze.reason.map { ": \(Words.cut($0, to: AuditRow.wordLimit))" } ?? ""
      return "freeze until \(view.wording.long(freeze.to))\(reason)"
    }
    evidence = view.evidence(item)
  }

  private static func decisions(_ view: Viewpoint, _ deployment: Deployment) -> [Decision] {
    guard !deployment.peopleGates.isEmpty else {
      return [Decision(words: "\(words: deployment.promotion.shortWords)", comment: nil)]
    }
    return deployment.peopleGates.flatMap { gate in
      let all = gate.decisions.isEmpty ? [Gate.Decision()] : Array(gate.decisions.prefix(5))
      return all.map { decision in
        let word: Sentence = decision.decision.map { "\(said: $0)" } ?? "\(words: gate.state.rawValue)"
        let by: Sentence = decision.by.map { "by \($0)" } ?? "by somebody who is not recorded"
        let at: Sentence = decision.at.map { ", \(view.wording.clock($0, after: deployment.time ?? $0))" } ?? ""
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

extension Viewpoint {
  /// What it did to the environment: `2.8.2 → 2.9.0, rollback`.
  fileprivate func change(_ deployment: Deployment, _ service: Int) -> Sentence {
    let version = wording.release(service, deployment.version)
    let step: Sentence = deployment.from.map { "\(wording.release(service, $0)) → \(version)" } ?? "\(version)"
    let kind: Sentence
    switch deployment.kind {
    case .rollback: kind = "rollback"
    case .first, .redeploy, .rebuild, .hotfix, .upgrade, nil:
      kind = wording.kind(of: deployment) ?? "\(words: deployment.plainKind)"
    }
    return step + ", \(kind)"
  }

  fileprivate func evidence(_ item: MonthlyAudit.Item) -> Sentence {
    let evidence = AuditEvidence(item, edition)
    let links = [
      wording.run(of: item.deployment, item.service), evidence.run.map { wording.own("pipeline", .outside($0)) },
      evidence.deployment.map { wording.own("deployment log", .outside($0)) },
      evidence.gate.map { wording.own("gate", .outside($0)) },
      item.deployment.commit.map { wording.commit($0.sha) },
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

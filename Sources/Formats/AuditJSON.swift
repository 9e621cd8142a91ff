import Plan
import Records
import Releases
import Report
import Time

/// The audit of a month as files for programs. `audit/<yyyy-mm>.json`: the same bytes stand in the interface.
struct AuditFile: InterfaceFile {
  let edition: Edition
  let audit: MonthlyAudit

  init(_ edition: Edition, _ month: Period) { (self.edition, audit) = (edition, edition.audit(of: month)) }

  static let name = "audit"
  static let title = "Every change of production that finished in a month, newest first"
  static let shape = JSONShape<AuditFile>([
    .text("month", orNull: \.audit.month.month?.key).matching("^[0-9]{4}-[0-9]{2}$"),
    .text("timeZone", \.edition.catalog.configuration.zone.name),
    .group("counts", counts),
    .list("changes", change) { file in file.audit.items.lazy.map { Within(item: $0, whole: file.edition) } },
  ])

  private static let counts = JSONShape<AuditFile>([
    .whole("changes", \.audit.items.count), .whole("flagged", \.audit.flagged), .group("flags", flags),
  ])

  private static let flags = JSONShape<AuditFile>(
    AuditedChange.Flag.allCases.map { flag in .whole(flag.rawValue) { $0.audit.count(flag) } })

  private static let change = JSONShape<Within<MonthlyAudit.Item, Edition>>(
    deployment, judgement,
    [
      .list("gates", gate, \.item.deployment.peopleGates).described("Every gate of a person before it"),
      .object("evidence", evidence) { Within(item: AuditEvidence($0.item, $0.whole), whole: $0.whole) }
        .described(
          "Addresses; page and runPage are paths from the site's folder where the site's address is not configured"),
    ])

  private static let deployment: [JSONField<Within<MonthlyAudit.Item, Edition>>] = [
    .text("service") { $0.whole.catalog.services[$0.item.service].key },
    .text("environment") { $0.whole.catalog.environments[$0.item.deployment.environment].key },
    .text("deployment", \.item.deployment.id),
    // Null where nobody knows when, among the undated; its schema says that there is always one.
    .time("at", orNull: \.item.deployment.time).absent(.never),
    .time("startedAt", orNull: \.item.deployment.startedAt),
    .time("finishedAt", orNull: \.item.deployment.finishedAt),
    .word("state", among: [.succeeded, .failed, .cancelled, .unknown], \.item.deployment.state),
    .word("kind", orNull: \.item.deployment.kind),
    .word("action", \.item.deployment.action),
    .text("from", orNull: \.item.deployment.from),
    .text("version", \.item.deployment.version),
    .text("commit", orNull: \.item.deployment.commit?.sha),
    .text("run", orNull: \.item.deployment.runID),
    .whole("attempt", \.item.deployment.attempt),
    .word("promotion", \.item.deployment.promotion),
    .seconds("waitSeconds", orNull: \.item.deployment.gate?.waitSeconds),
    .text("reason", orNull: \.item.deployment.reason),
  ]

  private static let judgement: [JSONField<Within<MonthlyAudit.Item, Edition>>] = [
    .object("askedBy", actor, orNull: \.item.change.asked).absent(.oneOf)
      .described("Who started the run, else who deployed; null: not recorded"),
    .texts("authors", \.item.change.authors)
      .described("Of the deployed commit and of the changes that the record names"),
    .texts("approvedBy") { $0.item.change.approvals.compactMap(\.by) }
      .described("Those whose approvals count: persons, before the change was over"),
    .words("flags", \.item.change.flags),
    .list("freezes", freeze, \.item.change.freezes),
  ]

  private static let actor = JSONShape<Actor>([.text("name", \.name), .text("id", orNull: \.id), .word("kind", \.kind)])

  private static let freeze = JSONShape<Configuration.Freeze>([
    .time("from", \.from), .time("to", \.to), .text("reason", orNull: \.reason),
  ])

  private static let gate = JSONShape<Gate>([
    .text("key", orNull: \.key),
    .word("state", \.state),
    .text("requestedBy", orNull: \.requestedBy),
    .time("requestedAt", orNull: \.requestedAt),
    .list("decisions", JSONShape(Gate.Decision.shape.fields, [.text("comment", orNull: \.comment)]), \.decisions),
  ])

  private static let evidence = JSONShape<Within<AuditEvidence, Edition>>([
    .text("page", orNull: { $0.item.page.map($0.whole.address) }),
    .text("runPage", orNull: { $0.item.runPage.map($0.whole.address) }),
    .text("run", orNull: \.item.sources.run),
    .text("deployment", orNull: \.item.sources.deployment),
    .text("gate", orNull: \.item.sources.gate),
    .text("commit", orNull: \.item.commit),
  ])
}

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
    summary = audit.summary
    verdict = audit.verdict
    layout = Layout(
      view, plan: plan, title: "Audit, \(month.name)", summary: .words("\(summary). \(verdict)"),
      isAboutNow: false)
    mark = audit.mark
    csv = view.url(view.map.path(of: .auditCSV(month)))
    json = view.url(view.map.path(of: .auditJSON(month)))
    older = view.wording.month(before: month, among: view.map.months.auditMonths, name: \.name, to: Destination.audit)
    let shown = AuditPage.shown(audit.items)
    omitted =
      shown.count == audit.items.count
      ? nil
      : "The page lists \(shown.count) of \(audit.items.count): what is flagged first, then the newest. The CSV and the JSON hold all."
    let isNamed = view.catalog.productions.count > 1
    rows = shown.map { AuditRow(view.wording, $0, namesEnvironment: isNamed) }
  }

  /// What is flagged, then the newest, as many as a page can hold; in their order.
  private static func shown(_ items: [MonthlyAudit.Item]) -> [MonthlyAudit.Item] {
    let flagged = items.indices.filter { !items[$0].change.flags.isEmpty }.prefix(limit)
    let others = items.indices.filter { items[$0].change.flags.isEmpty }.prefix(limit - flagged.count)
    return (flagged + others).sorted().map { items[$0] }
  }
}

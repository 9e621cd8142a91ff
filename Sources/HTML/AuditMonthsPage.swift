import Plan
import Releases
import Report
import Template

/// `audit.html`: the months of the audit, newest first, and what is in each. It has no clock, and one address that does not move.
struct AuditMonthsPage: PageModel {
  static let template = "audits.mustache"

  struct Row: Model {
    let month: LinkText
    let changes: Int
    let approved: Int
    let ungated: Int
    let otherwise: Int
    let mark: Mark
    let verdict: Sentence

    static let fields = Fields<Row>(
      .object("month") { $0.month },
      .text("changes") { Format.grouped($0.changes) },
      .text("approved") { Format.grouped($0.approved) },
      .text("ungated") { Format.grouped($0.ungated) },
      .text("otherwise") { Format.grouped($0.otherwise) },
      .object("mark") { $0.mark },
      .object("verdict") { $0.verdict }
    )
  }

  let layout: Layout
  let rows: [Row]

  static let fields = Fields<AuditMonthsPage>(
    .object("layout") { $0.layout },
    .flag("hasRows") { !$0.rows.isEmpty },
    .list("rows") { $0.rows }
  )

  init(_ view: Viewpoint, plan: HTMLPlan) {
    layout = Layout(
      view, plan: plan, title: "Audit", summary: .words("Who asked for each change of production, and who approved it."),
      isAboutNow: false)
    rows = view.map.months.auditMonths.map { month in
      let audit = view.edition.audit(of: month)
      return Row(
        month: view.wording.own(month.name, .audit(month)), changes: audit.items.count, approved: audit.approved,
        ungated: audit.ungated, otherwise: audit.otherwise,
        mark: audit.mark, verdict: audit.verdict)
    }
  }
}

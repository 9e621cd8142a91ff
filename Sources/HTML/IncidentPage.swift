import Plan
import Records
import Releases
import Report
import Template
import Time

/// `incidents/<id>.html`: what broke, what was said, which deployment caused it and which mended it. A clock only while it is open.
struct IncidentPage: PageModel {
  static let template = "incident.mustache"

  struct Update: Model {
    let time: TimeText
    let state: String?
    let prose: ProseText?

    static let fields = Fields<Update>(
      .object("time") { $0.time },
      .words("state") { $0.state },
      .object("prose") { $0.prose }
    )
  }

  let layout: Layout
  /// The page of all incidents.
  let list: String
  let summary: IncidentRow
  let description: ProseText?
  let updates: [Update]

  static let fields = Fields<IncidentPage>(
    .object("layout") { $0.layout },
    .url("list") { $0.list },
    .object("incident") { $0.summary },
    .object("description") { $0.description },
    .flag("hasUpdates") { !$0.updates.isEmpty },
    .list("updates") { $0.updates }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, incident index: Int) {
    let record = view.catalog.incidents[index].record
    list = view.url("incidents.html")
    summary = IncidentRow(view.wording, index, isAboutNow: !record.state.isOver)
    layout = Layout(
      view, plan: plan, title: "\(record.title ?? record.id)", summary: record.description.map { .words("\($0.plain)") },
      isAboutNow: !record.state.isOver)
    description = ProseText(record.description, headings: 2, ids: "description/", view)
    // Newest first, as readers of an open incident want it; of one moment the later written on top.
    let order = record.updates.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }
    updates = order.map { number, update in
      Update(
        time: view.wording.long(update.at), state: update.state?.rawValue,
        prose: ProseText(update.text, headings: 3, ids: "update-\(number + 1)/", view))
    }
  }
}

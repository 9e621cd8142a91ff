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
    summary = IncidentRow(view, index, isAboutNow: !record.state.isOver)
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

/// The facts of an incident, in the list and on its own page.
struct IncidentRow: Model {
  let title: LinkText
  let isOpen: Bool
  let state: String
  let mark: Mark
  let severity: String?
  let environment: LinkText?
  let service: LinkText?
  /// What it touches, and how much.
  let affects: Sentence
  let started: TimeText?
  let resolved: TimeText?
  /// From start to resolution; of an open one until now.
  let length: String?
  let causedBy: Sentence
  let fixedBy: Sentence
  /// Where it is told elsewhere.
  let url: String?

  static let fields = Fields<IncidentRow>(
    .object("title") { $0.title },
    .flag("open") { $0.isOpen },
    .words("state") { $0.state },
    .object("mark") { $0.mark },
    .text("severity") { $0.severity },
    .object("environment") { $0.environment },
    .object("service") { $0.service },
    .object("affects") { $0.affects.isEmpty ? nil : $0.affects },
    .object("started") { $0.started },
    .object("resolved") { $0.resolved },
    .words("length") { $0.length },
    .object("causedBy") { $0.causedBy.isEmpty ? nil : $0.causedBy },
    .object("fixedBy") { $0.fixedBy.isEmpty ? nil : $0.fixedBy },
    .url("url") { $0.url }
  )

  /// `isAboutNow`: whether the page has a clock, so that an open incident may show its age.
  init(_ view: Viewpoint, _ index: Int, isAboutNow: Bool) {
    let incident = view.catalog.incidents[index]
    let record = incident.record
    title = view.wording.incident(index)
    isOpen = !record.state.isOver
    let isPlanned = record.kind == .maintenance
    state = record.stateWord
    mark = Mark(isOpen ? (isPlanned ? .running : .failed) : .succeeded)
    severity = record.severity
    environment = incident.environment.map(view.wording.environment)
    service = incident.service.map(view.wording.service)
    affects = .joined(incident.effects.compactMap(view.wording.words), separator: "; ")
    started = record.startedAt.map { view.wording.long($0) }
    resolved = record.resolvedAt.map { view.wording.long($0) }
    if let start = record.startedAt, let end = record.resolvedAt, end >= start {
      length = Format.duration(end.seconds(since: start))
    } else {
      length = isOpen && isAboutNow ? view.wording.age(record.startedAt) : nil
    }
    causedBy = .list(incident.causedBy.map { view.wording.words($0) })
    fixedBy = .list(incident.fixedBy.map { view.wording.words($0) })
    url = record.url
  }
}

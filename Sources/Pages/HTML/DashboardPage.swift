import Releases
import Template

/// `index.html`: what runs where, what waits, what happened.
struct DashboardPage: Model {
  let layout: Layout
  let verdict: Verdict
  let notices: [Notice]
  let matrix: Matrix?
  let gates: [GateRow]
  let gatesHeading: String
  let introduction: ProseText?
  let events: [Event]
  /// The newest month of each environment.
  let months: Sentence
  let archived: Sentence

  static let fields = Fields<DashboardPage>(
    .object("layout") { $0.layout },
    .object("verdict") { $0.verdict },
    .flag("hasNotices") { !$0.notices.isEmpty },
    .list("notices") { $0.notices },
    .object("matrix") { $0.matrix },
    .flag("hasGates") { !$0.gates.isEmpty },
    .text("heading") { $0.gatesHeading },
    .list("gates") { $0.gates },
    .object("introduction") { $0.introduction },
    .flag("hasEvents") { !$0.events.isEmpty },
    .list("events") { $0.events },
    .flag("hasMonths") { !$0.months.isEmpty },
    .object("months") { $0.months },
    .flag("hasArchived") { !$0.archived.isEmpty },
    .object("archived") { $0.archived }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    let facts = VerdictFacts(view.catalog)
    layout = Layout(view, plan: plan, title: facts.title, isAboutNow: true)
    gates = GateRow.all(view)
    gatesHeading = gates.allSatisfy(\.needsPerson) ? "Waiting for a person" : "Waiting at a gate"
    verdict = Verdict(view, facts: facts, gates: gates)
    notices = Notice.all(view)
    matrix = Matrix(view)
    introduction = ProseText(view.catalog.introduction, headings: 2, ids: "introduction/", view)
    events = Event.last(10, view)
    let places = view.catalog.environments.indices
    months = .list(
      places.compactMap { environment in
        guard let month = view.map.almanac.places[environment].historyMonths.first else { return nil }
        let path: String = view.map.history(environment, month)
        return "\(LinkText(text: view.catalog.environments[environment].name, url: view.url(path)))"
      })
    archived = .list(
      places.filter { view.catalog.environments[$0].archived }.map { environment in "\(view.environment(environment))" })
  }
}

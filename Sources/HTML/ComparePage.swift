import Plan
import Records
import Releases
import Report
import Template

/// `compare/<a>...<b>.html` and `compare/<service>/<a>...<b>.html`: what would come to an environment if all that is live in the one before it
/// came, and what it has that the other lacks.
struct ComparePage: PageModel {
  static let template = "compare.mustache"

  /// A service of which the two hold different versions.
  struct Difference: Model {
    let id: String
    let service: LinkText
    let step: Sentence
    let remarks: [Sentence]
    let released: [NoteText]
    /// What the one before lacks.
    let lost: [NoteText]
    let omitted: [Sentence]
    /// On the page of one service: the commits that what waits would bring.
    let changes: ChangeList?
    /// On the page of all: to that of the one.
    let own: String?

    static let fields = Fields<Difference>(
      .text("id") { $0.id },
      .object("service") { $0.service },
      .object("step") { $0.step },
      .list("remarks") { $0.remarks },
      .list("released") { $0.released },
      .flag("hasLost") { !$0.lost.isEmpty },
      .flag("losesOnly") { $0.released.isEmpty },
      .list("lost") { $0.lost },
      .words("omitted") { $0.omitted },
      .object("changes") { $0.changes },
      .url("own") { $0.own }
    )
  }

  let layout: Layout
  let downstream: LinkText
  /// On the page of one service: to that of all.
  let together: LinkText?
  let gates: [GateRow]
  let title: Sentence
  let summary: Sentence
  let notices: [Notice]
  let lifted: [Lifted]
  let services: [Difference]
  let empty: Sentence

  static let fields = Fields<ComparePage>(
    .object("layout") { $0.layout },
    .object("downstream") { $0.downstream },
    .object("together") { $0.together },
    .flag("hasGates") { !$0.gates.isEmpty },
    .words("heading") { GateRow.heading($0.gates) },
    .list("gates") { $0.gates },
    .object("title") { $0.title },
    .object("summary") { $0.summary },
    .flag("hasNotices") { !$0.notices.isEmpty },
    .list("notices") { $0.notices },
    .flag("hasLifted") { !$0.lifted.isEmpty },
    .list("lifted") { $0.lifted },
    .list("services") { $0.services },
    .flag("isEmpty") { $0.services.isEmpty },
    .object("empty") { $0.empty }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, upstream: Int, downstream: Int, service: Int?) {
    let catalog = view.catalog
    let there = catalog.environments[upstream].name
    let here = catalog.environments[downstream].name
    self.downstream = view.wording.environment(downstream)
    title =
      service.map { "\(catalog.services[$0].name): what \(here) would get from \(there)" }
      ?? "What \(here) would get from \(there)"
    together = service == nil ? nil : view.wording.own("all services together", .comparison(upstream, downstream, service: nil))
    gates =
      service == nil
      ? [] : GateRow.all(view.wording, environment: downstream, isCompared: true).filter { $0.service == service }
    notices = Notice.all(view.wording, environment: downstream)
    let all = catalog.services.indices.filter {
      catalog.histories[$0][downstream].cell.upstream == upstream && (service == nil || service == $0)
    }
    let different = all.filter { ComparePage.differs(catalog.histories[$0][downstream].cell) }
    var room = NoteText.Room()
    services = different.map {
      Difference(view, service: $0, upstream: upstream, downstream: downstream, isAlone: service != nil, room: &room)
    }
    lifted = different.flatMap { ComparePage.lifted(view, $0, catalog.histories[$0][downstream].cell) }
    summary =
      view.wording.summary(different, of: all, from: upstream, to: downstream)
      + (gates.isEmpty ? service.map { view.wording.pressed($0, downstream) } ?? "" : "")
    layout = Layout(
      view, plan: plan, title: title, summary: .words(summary), isAboutNow: true, environment: downstream)
    empty =
      "All that is live in \(view.wording.environment(upstream)) is live in \(view.wording.environment(downstream)) too, and nothing else."
  }

  private static func differs(_ cell: Cell) -> Bool { !cell.pending.isEmpty || !cell.ahead.isEmpty }

  /// With the service's name before each item, since several services speak.
  private static func lifted(_ view: Viewpoint, _ service: Int, _ cell: Cell) -> [Lifted] {
    let name = view.catalog.services[service].name
    let items: ((ReleaseNote) -> [String]) -> [LiftedItem] = { texts in
      cell.pending.flatMap { version in
        (view.note(of: version, service: service).map(texts) ?? []).map {
          LiftedItem(text: $0, versions: ["\(name) \(version)"])
        }
      }
    }
    return Lifted.all(breaking: items(\.breaking), security: items(\.security), namesVersions: true)
  }
}

extension ComparePage.Difference {
  init(
    _ view: Viewpoint, service index: Int, upstream: Int, downstream: Int, isAlone: Bool, room: inout NoteText.Room
  ) {
    let cell = view.catalog.histories[index][downstream].cell
    id = view.map.services[index]
    self.service = view.wording.service(index)
    step = view.wording.step(service: index, from: upstream, to: downstream)
    remarks = view.wording.remarks(comparing: index, upstream, with: downstream, isAlone: isAlone)
    released = NoteText.all(view, service: index, versions: cell.pending, prefix: id + "/", room: &room)
    lost = NoteText.all(view, service: index, versions: cell.ahead, prefix: id + "/lost/", room: &room)
    omitted = [NoteText.omitted(cell.pending, shown: released), NoteText.omitted(cell.ahead, shown: lost)].compactMap { $0 }
    own = isAlone ? nil : view.url(view.map.compare(upstream, downstream, service: index))
    changes = isAlone ? ChangeList(view, cell.waiting.first?.changes ?? [], of: index) : nil
  }
}

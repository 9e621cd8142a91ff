import Plan
import Records
import Releases
import Report
import Template

/// Releases and when they arrived where: the first of the list in full, the others by name.
struct ReleaseTable: Model {
  struct Row: Model, Hashable {
    let release: LinkText
    let title: String?
    let marks: [String]
    let date: TimeText?
    let arrivals: [Arrival]

    static let fields = Fields<Row>(
      .object("release") { $0.release },
      .text("title") { $0.title },
      .texts("marks") { $0.marks.map($1.text) },
      .object("date") { $0.date },
      .list("arrivals") { $0.arrivals }
    )
  }

  struct Arrival: Model, Hashable {
    let time: TimeText?
    /// It arrived, and no record says when.
    let isUndated: Bool
    let isLive: Bool
    /// It may run there: what runs is unknown.
    let isDoubtful: Bool

    static let fields = Fields<Arrival>(
      .object("time") { $0.time },
      .flag("undated") { $0.isUndated },
      .flag("live") { $0.isLive },
      .flag("doubtful") { $0.isDoubtful }
    )
  }

  /// What a reader of the page by ear calls the table.
  let label: String
  let environments: [LinkText]
  let hasDates: Bool
  let rows: [Row]
  let others: [LinkText]
  let othersCount: Sentence
  /// How many the page does not even name.
  let omitted: Sentence?
  let json: String

  static let fields = Fields<ReleaseTable>(
    .words("label") { $0.label },
    .list("environments") { $0.environments },
    .flag("hasDates") { $0.hasDates },
    .list("rows") { $0.rows },
    .flag("hasOthers") { !$0.others.isEmpty },
    .list("others") { $0.others },
    .words("othersCount") { $0.othersCount },
    .words("omitted") { $0.omitted },
    .url("json") { $0.json }
  )

  private static let nameLimit = 1_500

  /// `releases`: indices into the service's releases, in the order of the page. nil without any.
  init?(_ view: Viewpoint, service: Int, releases: [Int], environments: [Int], limit: Int, label: String) {
    guard !releases.isEmpty else { return nil }
    self.label = label
    self.environments = environments.map(view.wording.environment)
    let rows = releases.prefix(limit).map { ReleaseTable.row(view, service: service, release: $0, environments: environments) }
    self.rows = rows
    hasDates = rows.contains { $0.date != nil }
    others = releases.dropFirst(limit).prefix(ReleaseTable.nameLimit).map { ReleaseTable.name(view, service, $0) }
    othersCount = Format.count(max(0, releases.count - limit), "more release")
    let rest = releases.count - limit - ReleaseTable.nameLimit
    omitted = rest > 0 ? Format.count(rest, "more release") : nil
    json = view.url(view.map.path(of: .apiReleases(service: service)))
  }

  private static func name(_ view: Viewpoint, _ service: Int, _ release: Int) -> LinkText {
    LinkText(
      text: view.catalog.services[service].releases[release].version ?? "", to: .release(service: service, release))
  }

  private static func row(_ view: Viewpoint, service: Int, release index: Int, environments: [Int]) -> Row {
    let release = view.catalog.services[service].releases[index]
    let note = release.note?.value
    return Row(
      release: name(view, service, index), title: note?.title, marks: note?.marks ?? [], date: note?.date.map(view.day),
      arrivals: environments.map { environment in
        let last = release.arrivals.last { $0.environment == environment }
        let candidates = view.catalog.histories[service][environment].cell.candidates
        return Arrival(
          time: view.wording.long(last?.arrivedAt), isUndated: last.map { $0.arrivedAt == nil } ?? false,
          isLive: last.map { !$0.isOver } ?? false,
          isDoubtful: candidates.contains { view.catalog.services[service].deployments[$0].release == index })
      })
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// Beneath the matrix: the environments that are archived, with what they ran last and since when.
struct Archive: Model {
  struct Row: Model {
    let service: LinkText
    let version: Sentence
    let since: TimeText?

    static let fields = Fields<Row>(
      .object("service") { $0.service },
      .object("version") { $0.version },
      .object("since") { $0.since }
    )
  }

  struct Place: Model {
    let name: LinkText
    let rows: [Row]

    static let fields = Fields<Place>(
      .object("name") { $0.name },
      .flag("hasRows") { !$0.rows.isEmpty },
      .list("rows") { $0.rows }
    )
  }

  /// Of all environments together: the dashboard stays small.
  private static let limit = 60

  let count: Sentence
  let places: [Place]
  /// How many more stand on the pages of their environments.
  let omitted: Sentence?

  static let fields = Fields<Archive>(
    .words("count") { $0.count },
    .list("places") { $0.places },
    .words("omitted") { $0.omitted }
  )

  /// nil where nothing is archived.
  init?(_ view: Viewpoint) {
    let archived = view.catalog.environments.indices.filter { view.catalog.environments[$0].archived }
    guard !archived.isEmpty else { return nil }
    var room = Archive.limit
    var rest = 0
    places = archived.map { environment in
      let all = view.catalog.services.indices.filter { view.catalog.histories[$0][environment].cell.state != .none }
      let shown = all.prefix(room)
      room -= shown.count
      rest += all.count - shown.count
      return Place(
        name: view.wording.environment(environment), rows: shown.map { Row(view, service: $0, environment: environment) })
    }
    count = Format.count(archived.count, "environment")
    omitted = rest > 0 ? Format.count(rest, "more service") : nil
  }
}

extension Archive.Row {
  fileprivate init(_ view: Viewpoint, service: Int, environment: Int) {
    let deployments = view.catalog.services[service].deployments
    self.service = view.wording.service(service)
    let (last, version) = view.wording.archived(service, environment)
    self.version = version
    since = last.flatMap { deployments[$0].time }.map(view.wording.short)
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// What runs where: services down, environments across in promotion order. Only on pages about now.
struct Matrix: Model {
  struct Group: Model {
    /// nil for services without a group.
    let name: String?
    let rows: [MatrixRow]

    static let fields = Fields<Group>(
      .text("name") { $0.name },
      .list("rows") { $0.rows }
    )
  }

  /// From this many services on, version and time share a line, so that ten rows fit one screen.
  static let compactFrom = 7
  /// More environments than this do not fit beside each other.
  private static let widest = 6

  let columns: [LinkText]
  let groups: [Group]
  let isCompact: Bool
  /// How many columns a group's name spans.
  let width: String
  /// Whether the key has anything to explain.
  let hasGate: Bool
  let hasNewest: Bool

  static let fields = Fields<Matrix>(
    .list("columns") { $0.columns },
    .list("groups") { $0.groups },
    .flag("compact") { $0.isCompact },
    .flag("wide") { $0.columns.count > Matrix.widest },
    .text("width") { $0.width },
    .flag("hasGate") { $0.hasGate },
    .flag("hasNewest") { $0.hasNewest }
  )

  /// nil for a site without services or environments.
  init?(_ view: Viewpoint) {
    let catalog = view.catalog
    let environments = catalog.stages
    guard !catalog.services.isEmpty, !environments.isEmpty else { return nil }
    columns = environments.map(view.wording.environment)
    let gated = Set(
      environments.filter { environment in catalog.histories.contains { $0[environment].cell.way == .gated } })
    let rows = catalog.services.indices.map { MatrixRow(view, service: $0, environments: environments, gated: gated) }
    groups = Matrix.groups(catalog.services, rows)
    isCompact = rows.count >= Matrix.compactFrom
    width = String(columns.count + 1)
    hasGate = !gated.isEmpty
    hasNewest = rows.contains { $0.cells.contains { $0.isNewest } }
  }

  /// Services without a group first, so that they do not seem to belong to one; then the groups in the order of their first service.
  private static func groups(_ services: [Service], _ rows: [MatrixRow]) -> [Group] {
    var names: [String?] = [nil]
    for service in services where !names.contains(service.group) { names.append(service.group) }
    return names.compactMap { name in
      let own = zip(services, rows).filter { $0.0.group == name }.map(\.1)
      return own.isEmpty ? nil : Group(name: name, rows: own)
    }
  }
}

struct MatrixRow: Model {
  let name: String
  let url: String
  /// `continuous delivery`: how releases of the service get to customers.
  let way: String
  /// Who brought what runs, and who may decide on what waits; a line each, for the script's filter.
  let people: String
  let cells: [MatrixCell]

  static let fields = Fields<MatrixRow>(
    .text("name") { $0.name },
    .url("url") { $0.url },
    .words("way") { $0.way },
    .text("people") { $0.people },
    .list("cells") { $0.cells }
  )

  init(_ view: Viewpoint, service: Int, environments: [Int], gated: Set<Int>) {
    name = view.catalog.services[service].name
    url = view.url(view.map.service(service))
    way = view.catalog.way(of: service).practice
    people = MatrixRow.people(view, service: service, environments: environments).joined(separator: "\n")
    let newest = view.catalog.environmentsOfNewest(of: service, among: environments)
    cells = environments.map { environment in
      MatrixCell(
        view, service: service, environment: environment,
        isNewest: newest.contains(environment), isTidemark: newest.last == environment,
        columnIsGated: gated.contains(environment))
    }
  }

  private static func people(_ view: Viewpoint, service: Int, environments: [Int]) -> [String] {
    let deployments = view.catalog.services[service].deployments
    let named = environments.flatMap { environment -> [String] in
      let cell = view.catalog.histories[service][environment].cell
      let bringer = cell.current.flatMap { deployments[$0].by }
      return (bringer.map { [$0] } ?? []) + cell.waiting.filter(\.needsPerson).flatMap { $0.gate?.allowed ?? [] }
    }
    // A line each. So many that nobody would choose among them are no help, and a page has its weight.
    return Array(Set(named.map { $0.replacing("\n", with: " ") }).sorted().prefix(20))
  }
}

extension Cell.Way {
  /// Which of the two ways to release it makes: with a person before customers, or without. Not known is said too.
  fileprivate var practice: String {
    switch self {
    case .gated: "continuous delivery"
    case .open: "continuous deployment"
    case .unknown: "gate not known"
    }
  }
}

import Records
import Releases
import Time

/// A service in an environment, as the files of the interface tell of it.
struct CellInPlace {
  let service: Service
  let environment: Environment
  let cell: Cell
  let environments: [Environment]

  init(_ catalog: Catalog, service: Int, environment: Int) {
    self.service = catalog.services[service]
    self.environment = catalog.environments[environment]
    cell = catalog.histories[service][environment].cell
    environments = catalog.environments
  }

  private func deployment(_ index: Int) -> Deployment { service.deployments[index] }
}

extension Catalog {
  /// Every pair of service and environment, in the order of the page.
  var cells: [CellInPlace] {
    services.indices.flatMap { service in
      environments.indices.map { CellInPlace(self, service: service, environment: $0) }
    }
  }
}

extension CellInPlace {
  static let fields: [JSONField<CellInPlace>] = [
    .text("service", \.service.key),
    .text("environment", \.environment.key),
    .word("state", \.cell.state)
      .described("mixed: its targets run several versions; unknown only where it is unknown which version runs"),
    .object("current", Current.shape, orNull: \.current),
    .object("previous", previous, orNull: { cell in cell.cell.previous.map(cell.deployment) }),
    .object("lastAttempt", lastAttempt, orNull: { cell in cell.cell.lastAttempt.map(cell.deployment) })
      .described("null where it is what is current"),
    .list("waiting", WaitingInPlace.shape, \.waiting),
    .group("behind", behind),
    .group("ahead", ahead),
    .words("flags", \.cell.flags),
    .list("targets", target) { cell in cell.cell.targets.lazy.map { Within(item: $0, whole: cell.service.deployments) } }
      .described("Where it has several targets: what each of them runs, in the order of their names."),
  ]

  /// What runs there.
  private struct Current {
    let deployment: Deployment
    let since: Timestamp?

    static let shape = JSONShape<Current>([
      .text("version", \.deployment.version),
      .text("deployment", \.deployment.id),
      .text("commit", orNull: \.deployment.commit?.sha),
      .time("since", orNull: \.since),
      .word("kind", orNull: \.deployment.kind),
      .word("promotion", \.deployment.promotion),
      .text("by", orNull: \.deployment.by),
    ])
  }

  /// Where it is unknown which version runs, the last success is not said to be current.
  private var current: Current? {
    guard cell.state == .current || cell.state == .mixed, let index = cell.current else { return nil }
    let since = cell.targets.first { $0.deployment == index }?.since
    return Current(deployment: deployment(index), since: since ?? deployment(index).finishedAt)
  }

  private static let previous = JSONShape<Deployment>([.text("version", \.version), .text("deployment", \.id)])

  private static let lastAttempt = JSONShape<Deployment>(
    previous.fields,
    [.word("state", \.state), .time("startedAt", orNull: \.startedAt), .time("finishedAt", orNull: \.finishedAt)])

  private static let behind = JSONShape<CellInPlace>([
    .texts("releases", \.cell.pending),
    .time("oldestSince", orNull: \.cell.pendingSince).described("when the first of the releases arrived upstream"),
  ])

  private static let ahead = JSONShape<CellInPlace>([
    .texts("releases", \.cell.ahead).described("fixes live here that the environment before lacks")
  ])

  private static let target = JSONShape<Within<Cell.Target, [Deployment]>>([
    .text("target", \.item.name),
    .text("version", orNull: \.item.version),
    .text("deployment", orNull: { row in row.item.deployment.map { row.whole[$0].id } }),
    .time("since", orNull: \.item.since),
    .word("state", \.item.state),
  ])
}

extension CellInPlace {
  /// What it lacks of the releases that are live upstream.
  static let pending = JSONShape<CellInPlace>([
    .text("service", \.service.key),
    .text("environment", \.environment.key),
    .texts("releases", \.cell.pending),
    .text("upstream", orNull: { cell in cell.cell.upstream.map { cell.environments[$0].key } }),
  ])
}

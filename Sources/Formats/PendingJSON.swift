import Records
import Releases

/// `pending.json`: what waits at a gate, with what it would bring, and what is pending without one.
struct PendingFile: InterfaceFile {
  let catalog: Catalog

  static let name = "pending"
  static let title = "What waits at a gate, and what is live upstream but not here"
  static let shape = JSONShape<PendingFile>([
    .time("asOf", \.catalog.asOf),
    .list("waiting", waiting) { file in file.catalog.cells.filter(\.environment.isStage).flatMap(\.waiting) },
    .list("pending", CellInPlace.pending, \.catalog.pendingCells),
  ])

  private static let waiting = JSONShape<WaitingInPlace>(
    [.text("service", \.place.service.key), .text("environment", \.place.environment.key)], WaitingInPlace.fields,
    WaitingInPlace.gateFields)
}

extension Catalog {
  /// Pairs of service and environment that lack releases which are live upstream.
  var pendingCells: [CellInPlace] { cells.filter { !$0.cell.pending.isEmpty } }
}

import Plan
import Records
import Releases
import Report
import Template

/// When deployments are closed, from now on: what begins and ends when, and for which environments. For `partials/freezes`.
struct FreezeTable: Model {
  struct Row: Model {
    /// `Freeze`, `Maintenance`.
    let kind: String
    let isActive: Bool
    let from: TimeText
    let to: TimeText
    let places: Sentence
    let reason: String?

    static let fields = Fields<Row>(
      .words("kind") { $0.kind },
      .flag("isActive") { $0.isActive },
      .object("from") { $0.from },
      .object("to") { $0.to },
      .object("places") { $0.places },
      .text("reason") { $0.reason }
    )
  }

  private static let limit = 50

  let rows: [Row]
  let calendar: String
  /// How many more the calendar has.
  let omitted: Sentence?

  static let fields = Fields<FreezeTable>(
    .list("rows") { $0.rows },
    .url("calendar") { $0.calendar },
    .words("omitted") { $0.omitted }
  )

  /// nil where nothing is closed or will be.
  init?(_ view: Viewpoint, environment: Int? = nil) {
    let open = view.catalog.openFreezes(of: environment)
    guard !open.isEmpty else { return nil }
    rows = open.prefix(FreezeTable.limit).map { freeze in
      Row(
        kind: freeze.kind.title, isActive: freeze.isActive(at: view.catalog.asOf), from: view.wording.dated(freeze.from),
        to: view.wording.dated(freeze.to), places: view.wording.places(freeze), reason: freeze.reason)
    }
    calendar = view.url("calendar.ics")
    omitted = open.count > rows.count ? "\(open.count - rows.count) more" : nil
  }
}

import Records
import Releases
import Report
import Time

/// `compare/<service>/<a>...<b>.json`: what an environment lacks of the one before it, and what it has that the other lacks.
struct CompareFile: InterfaceFile {
  let asOf: Timestamp
  let upstream: CellInPlace
  let downstream: CellInPlace

  init(_ catalog: Catalog, service: Int, upstream: Int, downstream: Int) {
    asOf = catalog.asOf
    self.upstream = CellInPlace(catalog, service: service, environment: upstream)
    self.downstream = CellInPlace(catalog, service: service, environment: downstream)
  }

  static let name = "compare"
  static let title = "What an environment lacks of the one before it, and what it has that the other lacks"
  static let shape = JSONShape<CompareFile>(
    [
      .time("asOf", \.asOf),
      .text("service", \.downstream.service.key),
      .object("upstream", side, \.upstream),
      .object("downstream", side, \.downstream),
      .object("behind", behind, \.downstream),
      .object("ahead", ahead, \.downstream),
      .list("waiting", waiting, \.downstream.waiting),
      .object("lastDecision", Gate.Decision.shape, orNull: \.downstream.cell.lastDecision)
        .described("Who decided here the last time."),
    ], saysOpen: false)

  private static let side = JSONShape<CellInPlace>(
    [
      .text("environment", \.environment.key),
      .text("version", orNull: { place in place.cell.current.map { place.service.deployments[$0].version } })
        .described("What runs there; null for nothing."),
    ], saysOpen: false)

  private static let behind = JSONShape<CellInPlace>(
    [
      .texts("releases", \.cell.pending).described("Highest first."),
      .time("oldestSince", orNull: \.cell.pendingSince),
      .list("notes", note) { $0.notes(of: $0.cell.pending) }.described("Of the releases that have a note."),
    ], saysOpen: false)

  private static let ahead = JSONShape<CellInPlace>(
    [
      .texts("releases", \.cell.ahead),
      .list("notes", note) { $0.notes(of: $0.cell.ahead) }.described("Of the releases that have a note."),
    ], saysOpen: false)

  private static let note = JSONShape<Within<String, ReleaseNote>>(
    [
      .text("version", \.item),
      .text("title", orNull: \.whole.title),
      .texts("breaking", \.whole.breaking),
      .texts("security", \.whole.security),
    ], saysOpen: false)

  private static let waiting = JSONShape<WaitingInPlace>(
    WaitingInPlace.fields, WaitingInPlace.gateFields,
    [
      .list("changes", change, \.waiting.changes).described("The commits that it would bring, as far as records tell.")
    ], saysOpen: false)

  private static let change = JSONShape<Change>(
    [
      .text("sha", \.sha),
      .text("subject", orNull: { Words.subject($0.message) }),
      .text("author", orNull: \.author),
      .time("committedAt", orNull: \.committedAt),
    ], saysOpen: false)
}

extension CellInPlace {
  /// What the notes of releases say first, of those that have one; each with its version.
  fileprivate func notes(of versions: [String]) -> [Within<String, ReleaseNote>] {
    versions.compactMap { version in
      let release = service.release(version: version).map { service.releases[$0] }
      return release?.note.map { Within(item: version, whole: $0.value) }
    }
  }
}

import Records
import Releases
import Report

/// `summary.json`: everything the dashboard says.
struct SummaryFile: InterfaceFile {
  let catalog: Catalog
  let verdict: VerdictFacts

  static let name = "summary"
  static let title = "What runs where, what waits, what is wrong: the dashboard as JSON"
  static let shape = JSONShape<SummaryFile>([
    .group("page", page),
    .group("status", status),
    .list("environments", environment, \.catalog.environments),
    .list("services", service, \.catalog.services),
    .list("cells", JSONShape(CellInPlace.fields), \.catalog.cells),
    .list("pending", CellInPlace.pending, \.catalog.pendingCells),
    .list("incidents", JSONShape(IncidentsFile.head)) { file in
      file.catalog.openIncidents.map { Within(item: file.catalog.incidents[$0], whole: file.catalog) }
    },
  ])

  private static let page = JSONShape<SummaryFile>([
    .text("name", \.catalog.configuration.site.name),
    .text("url", orNull: \.catalog.configuration.site.url),
    .time("asOf", \.catalog.asOf),
    .whole("staleAfterSeconds", \.catalog.configuration.staleAfter),
  ])

  private static let status = JSONShape<SummaryFile>([
    .word("indicator", \.catalog.indicator),
    .text("description") { $0.catalog.statusSentence($0.verdict) },
  ])

  private static let environment = JSONShape<Environment>([
    .text("key", \.key),
    .text("name", \.name),
    .word("tier", \.tier),
    .whole("rank", \.rank).described("from 0, in promotion order"),
    .flag("shortLived", \.isShortLived).described("it ends when its work does, as a review environment"),
  ])

  private static let service = JSONShape<Service>([.text("key", \.key), .text("name", \.name)])
}

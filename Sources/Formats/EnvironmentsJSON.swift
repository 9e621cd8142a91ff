import Records
import Releases

/// `environments.json`: each environment and what runs there.
struct EnvironmentsFile: InterfaceFile {
  let catalog: Catalog

  static let name = "environments"
  static let title = "Each environment and what runs there"
  static let shape = JSONShape<EnvironmentsFile>([
    .time("asOf", \.catalog.asOf),
    .list("environments", environment) { file in
      file.catalog.environments.indices.lazy.map { Within(item: $0, whole: file.catalog) }
    },
  ])

  private static let environment = JSONShape<Within<Int, Catalog>>([
    .text("key", \.environment.key),
    .text("name", \.environment.name),
    .word("tier", \.environment.tier),
    .whole("rank", \.environment.rank),
    .text("url", orNull: \.environment.url),
    .flag("archived", \.environment.archived),
    .flag("shortLived", \.environment.isShortLived).described("it ends when its work does, as a review environment"),
    .word("gate", orNull: \.environment.gate),
    .list("services", service) { row in
      row.whole.services.indices.lazy.map { CellInPlace(row.whole, service: $0, environment: row.item) }
    },
  ])

  /// The service stands there twice, as it always has: readers take either.
  private static let service = JSONShape<CellInPlace>([.text("service", \.service.key)], CellInPlace.fields)
}

extension Within<Int, Catalog> {
  fileprivate var environment: Environment { whole.environments[item] }
}

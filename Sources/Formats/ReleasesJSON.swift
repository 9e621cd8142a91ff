import Diagnostics
import Records
import Releases
import Time

/// `services/<service>/releases.json`: in the order of the file, then deployed versions without notes.
struct ReleasesFile: InterfaceFile {
  let releases: [Release]
  let deployments: [Deployment]
  let environments: [Environment]

  init(_ catalog: Catalog, service: Int) {
    releases = catalog.services[service].releases
    deployments = catalog.services[service].deployments
    environments = catalog.environments
  }

  static let name = "releases"
  static let title = "The releases of a service and how far each came"
  static let shape = JSONShape<ReleasesFile>([
    .list("releases", release) { file in file.releases.lazy.map { Within(item: $0, whole: file) } }
  ])

  private static let release = JSONShape<Within<Release, ReleasesFile>>([
    .text("version", orNull: \.item.version),
    .day("date", orNull: \.item.note?.value.date),
    .flag("yanked") { $0.item.note?.value.yanked ?? false },
    .text("title", orNull: \.item.note?.value.title),
    .flag("unreleased", \.item.isUnreleased),
    .text("file", orNull: \.item.note?.file),
    .whole("line", orNull: \.item.note?.position.line),
    .text("notes", orNull: \.item.unreleasedMarkdown).described("Of an unreleased section: its Markdown."),
    .list("arrivals", arrival) { row in row.item.arrivals.lazy.map { Within(item: $0, whole: row.whole) } },
  ])

  private static let arrival = JSONShape<Within<Release.Arrival, ReleasesFile>>([
    .text("environment") { $0.whole.environments[$0.item.environment].key },
    .time("arrivedAt", orNull: \.item.arrivedAt),
    .time("leftAt", orNull: \.item.leftAt),
    .text("deployment") { $0.whole.deployments[$0.item.deployment].id },
    .list("targets", target) { row in row.item.targets.lazy.map { Within(item: $0, whole: row.whole.deployments) } }
      .described(
        "Where the environment has several targets: when it came to each and left it, in the order of their names."),
  ])

  private static let target = JSONShape<Within<Release.Arrival.OnTarget, [Deployment]>>([
    .text("target", \.item.name),
    .time("arrivedAt", orNull: \.item.arrivedAt),
    .time("leftAt", orNull: \.item.leftAt),
    .text("deployment") { $0.whole[$0.item.deployment].id },
  ])
}

extension Release {
  fileprivate var unreleasedMarkdown: String? {
    isUnreleased ? note.map { String(decoding: $0.value.markdown, as: UTF8.self) } : nil
  }
}

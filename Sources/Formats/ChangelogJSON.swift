import Releases
import Time

/// `services/<service>/<env>/changelog.json`: entries newest first, versions highest first.
struct ChangelogFile: InterfaceFile {
  let history: History
  let deployments: [Deployment]

  init(_ catalog: Catalog, service: Int, environment: Int) {
    history = catalog.histories[service][environment]
    deployments = catalog.services[service].deployments
  }

  static let name = "changelog"
  static let title = "The changelog of a service in an environment, newest first"
  static let shape = JSONShape<ChangelogFile>([
    .text("live", orNull: \.live),
    .list("entries", entry) { file in file.history.changelog.entries.lazy.map { Within(item: $0, whole: file.deployments) } },
    .texts("pending", \.history.cell.pending),
    .texts("ahead", \.history.cell.ahead),
  ])

  private var live: String? {
    history.cell.state == .current ? history.cell.current.map { deployments[$0].version } : nil
  }

  private static let entry = JSONShape<Within<ChangelogEntry, [Deployment]>>([
    .text("id") { $0.whole[$0.item.deployment].id },
    .text("deployment") { $0.whole[$0.item.deployment].id },
    .word("kind", \.item.kind),
    .text("from", orNull: \.item.from),
    .text("to", \.item.to),
    .time("at", orNull: \.item.at),
    .texts("includes", \.item.includes),
    .texts("removes", \.item.removes),
    .texts("folded", \.item.folded),
    .texts("again", \.item.again),
    .texts("missingFixes", \.item.missingFixes),
    .texts("missingNotes", \.item.missingNotes),
    .texts("yanked", \.item.yanked),
    .texts("breaking") { $0.item.breaking.map(\.text) },
    .list("targets", target) { row in row.item.targets.lazy.map { Within(item: $0, whole: row.whole) } }
      .described("Where the environment has several targets: those to which it came, the first one first."),
  ])

  private static let target = JSONShape<Within<ChangelogEntry.Target, [Deployment]>>([
    .text("target", \.item.name), .time("at", orNull: \.item.at), .text("deployment") { $0.whole[$0.item.deployment].id },
  ])
}

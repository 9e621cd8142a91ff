import Diagnostics
import Plan
import Releases

/// `build.json`, the account of the build. No clock but as-of.
struct BuildFile: InterfaceFile {
  let edition: Edition

  static let name = "build"
  static let title = "The account of the build: what was read, what was left out and why, what was wrong"
  static let shape = JSONShape<BuildFile>([
    .text("version") { _ in Generator.version },
    .time("asOf", \.edition.catalog.asOf),
    .object("files", tally, \.edition.catalog.account.files),
    .object("records", tally, \.edition.catalog.account.records),
    .list("skipped", skipped, \.edition.catalog.account.skippedInOrder),
    .list("errors", fault) { file in file.edition.diagnostics.filter { $0.severity == .error } },
    .counts("pages", \.pages),
  ])

  private static let tally = JSONShape<Account.Tally>([
    .whole("rendered", \.rendered), .whole("skipped", \.skipped), .whole("error", \.error),
  ])

  private static let skipped = JSONShape<Account.Skipped>([
    .text("file", \.file), .text("record", orNull: \.record), .text("reason", \.reason),
  ])

  private static let fault = JSONShape<Diagnostic>([
    .text("file", orNull: \.file),
    .whole("line", orNull: \.position?.line),
    .whole("column", orNull: \.position?.column),
    .text("id", \.message.id),
    .text("message", \.message.text),
  ])

  /// By their kinds, in the order of their words.
  private var pages: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for plan in edition.map.plans { counts[plan.page.kind.rawValue, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
  }
}

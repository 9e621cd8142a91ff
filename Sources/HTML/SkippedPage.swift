import Diagnostics
import Plan
import Releases
import Report
import Template

/// `skipped.html`: every file and record that is not shown, with its reason and what would change that. It has no clock.
struct SkippedPage: PageModel {
  static let template = "skipped.mustache"

  struct Row: Model {
    let place: String
    let record: String?
    let reason: String
    let remedy: String?

    static let fields = Fields<Row>(
      .text("place") { $0.place },
      .text("record") { $0.record },
      .text("reason") { $0.reason },
      .text("remedy") { $0.remedy }
    )
  }

  /// A page has its weight; `build.json` has all.
  private static let limit = 1_000

  let layout: Layout
  let faults: [Row]
  let skipped: [Row]
  /// How many more there are.
  let more: Sentence

  static let fields = Fields<SkippedPage>(
    .object("layout") { $0.layout },
    .flag("isEmpty") { $0.faults.isEmpty && $0.skipped.isEmpty },
    .flag("hasFaults") { !$0.faults.isEmpty },
    .list("faults") { $0.faults },
    .flag("hasSkipped") { !$0.skipped.isEmpty },
    .list("skipped") { $0.skipped },
    .object("more") { $0.more.isEmpty ? nil : $0.more }
  )

  init(_ view: Viewpoint, plan: HTMLPlan) {
    layout = Layout(
      view, plan: plan, title: "Not shown", summary: .words("Every file and record that is not shown, and why."),
      isAboutNow: false)
    let errors = view.edition.diagnostics.filter { $0.severity == .error }
    faults = errors.prefix(SkippedPage.limit).map { fault in
      let place = fault.position.map { ":\($0.line):\($0.column)" } ?? ""
      return Row(
        place: (fault.file ?? "") + place, record: nil, reason: fault.message.text, remedy: fault.message.suggestion)
    }
    // A file that is one note is told once, though the account counts both.
    let wholeFiles = Set(view.catalog.account.skippedInOrder.lazy.filter { $0.record == nil }.map(\.file))
    let all = view.catalog.account.skippedInOrder.filter { $0.record != "note" || !wholeFiles.contains($0.file) }
    skipped = all.prefix(SkippedPage.limit).map {
      Row(place: $0.file, record: $0.record, reason: $0.reason, remedy: $0.remedy)
    }
    let rest = errors.count + all.count - faults.count - skipped.count
    let list = LinkText(text: "build.json", to: .site(view.map.path(of: .apiBuild)))
    more = rest > 0 ? "\(Format.count(rest, "more entry", plural: "more entries")): \(list)" : ""
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// `pending.html`: every gate that waits now, and what is behind with no gate asking.
struct PendingPage: PageModel {
  static let template = "pending.mustache"

  /// A release that a gate would let in.
  struct Brought: Model {
    let version: LinkText
    let title: String?
    let badges: [String]

    static let fields = Fields<Brought>(
      .object("version") { $0.version },
      .text("noteTitle") { $0.title },
      .texts("badges") { $0.badges.map($1.text) }
    )
  }

  /// A gate and the releases behind it.
  struct Gate: Model {
    let row: GateRow
    let brought: [Brought]

    static let fields = Fields<Gate>(
      .object("gate") { $0.row },
      .flag("hasBrought") { !$0.brought.isEmpty },
      .list("brought") { $0.brought }
    )
  }

  let layout: Layout
  let headline: Sentence
  let notices: [Notice]
  let gates: [Gate]
  let behind: [BehindRow]
  /// What the records leave open.
  let questions: [Sentence]
  /// A rule would say where a run deploys.
  let hasUnplaced: Bool
  /// The state of a deployment is not known.
  let hasUnknown: Bool
  let freezes: FreezeTable?
  let isWithoutGates: Bool

  static let fields = Fields<PendingPage>(
    .object("layout") { $0.layout },
    .words("headline") { $0.headline },
    .flag("hasNotices") { !$0.notices.isEmpty },
    .list("notices") { $0.notices },
    .flag("hasGates") { !$0.gates.isEmpty },
    .list("gates") { $0.gates },
    .flag("hasBehind") { !$0.behind.isEmpty },
    .list("behind") { $0.behind },
    .flag("hasQuestions") { !$0.questions.isEmpty },
    .list("questions") { $0.questions },
    .flag("hasUnplaced") { $0.hasUnplaced },
    .flag("hasUnknown") { $0.hasUnknown },
    .object("freezes") { $0.freezes },
    .flag("isEmpty") { $0.gates.isEmpty && $0.behind.isEmpty && $0.questions.isEmpty },
    .flag("withoutGates") { $0.isWithoutGates }
  )

  init(_ view: Viewpoint, plan: HTMLPlan) {
    let rows = GateRow.all(view.wording)
    gates = rows.map { Gate(row: $0, brought: PendingPage.brought(view, $0)) }
    behind = BehindRow.all(view.wording)
    notices = view.catalog.nearFreezes().map { Notice($0, view.wording) }
    freezes = FreezeTable(view)
    isWithoutGates = !view.catalog.histories.contains { $0.contains { $0.cell.way == .gated } }
    questions = view.wording.openQuestions(view.edition.questions, limit: 50)
    let open = view.edition.questions
    hasUnplaced = !open.pausedRuns.isEmpty || !open.unplacedRuns.isEmpty
    hasUnknown = !open.unknownDeployments.isEmpty
    headline = GateRow.headline(rows, view.edition.verdict)
    layout = Layout(view, plan: plan, title: "Waiting", summary: .words(headline + "."), isAboutNow: true)
  }

  private static func brought(_ view: Viewpoint, _ row: GateRow) -> [Brought] {
    row.waiting.brings.map { version in
      let service = row.service
      let note = view.note(of: version, service: service)
      return Brought(version: view.wording.release(service, version), title: note?.title, badges: note?.badges ?? [])
    }
  }
}

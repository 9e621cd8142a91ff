import Documents
import Markdown
import Plan
import Records
import Releases
import Report
import Template

/// One issue: its commits of the month, the notes that name it, and how much of that is where.
struct IssueRow: Model {
  let id: String
  let issue: LinkText
  let mentions: Sentence
  let cells: [ChangeCell]

  static let fields = Fields<IssueRow>(
    .text("id") { $0.id },
    .object("issue") { $0.issue },
    .object("mentions") { $0.mentions },
    .list("cells") { $0.cells }
  )

  /// By key.
  static func all(_ view: Viewpoint, _ board: ChangeBoard) -> [IssueRow] {
    let service = view.catalog.services[board.service]
    let texts =
      board.commits.map { $0.change.message ?? "" } + board.notes.map { service.releases[$0].note?.value.body.plain ?? "" }
    var items: [IssueKey: [Int]] = [:]
    for (item, text) in texts.enumerated() {
      for key in IssueKey.all(in: text, view.map.issues) { items[key, default: []].append(item) }
    }
    return items.sorted { ($0.key.key, $0.key.address) < ($1.key.key, $1.key.address) }
      .map { IssueRow(view, board, $0.key, items: $0.value) }
  }

  private init(_ view: Viewpoint, _ board: ChangeBoard, _ key: IssueKey, items: [Int]) {
    id = SiteMap.rowID(ofIssue: key.key)
    issue = LinkText(text: key.key, to: .outside(key.address))
    mentions = IssueRow.mentions(view, board, items)
    cells = board.environments.map { environment in IssueRow.cell(view, board, items, environment) }
  }

  private static func mentions(_ view: Viewpoint, _ board: ChangeBoard, _ items: [Int]) -> Sentence {
    let service = view.catalog.services[board.service]
    var parts = items.prefix(5).map { item -> Sentence in
      guard item >= board.commits.count else {
        let sha = board.commits[item].change.sha
        return "\(LinkText(text: Format.shortSHA(sha), to: .here(SiteMap.rowID(ofCommit: sha))))"
      }
      return
        "notes of \(view.wording.release(board.service, service.releases[board.notes[item - board.commits.count]].version ?? ""))"
    }
    if items.count > parts.count { parts.append("\(items.count - parts.count) more") }
    return .joined(parts, separator: ", ")
  }

  /// When the last of it arrived; how much of it is there; that it left.
  private static func cell(_ view: Viewpoint, _ board: ChangeBoard, _ items: [Int], _ environment: Int) -> ChangeCell {
    let stays = items.map { item in board.journeys[item].stays.last { $0.environment == environment } }
    let live = stays.compactMap { $0?.end == nil ? $0 : nil }
    if let last = live.max(by: { $0.deployment < $1.deployment }) {
      return live.count == items.count
        ? ChangeCell(view, board, [last]) : ChangeCell(words: "\(live.count) of \(items.count)")
    }
    let waiting = items.compactMap { board.journeys[$0].waiting[environment] }.max()
    let gone = stays.compactMap { $0 }.max { ($0.end ?? 0, $0.deployment) < ($1.end ?? 0, $1.deployment) }
    return ChangeCell(view, board, gone.map { [$0] } ?? [], waiting: waiting)
  }
}

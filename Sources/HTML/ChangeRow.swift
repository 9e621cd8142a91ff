import Documents
import Plan
import Records
import Releases
import Report
import Template

/// One commit.
struct ChangeRow: Model {
  let id: String
  let commit: LinkText
  let subject: String?
  /// `Dilek Aydın, 26 Mar 10:31, pull request 805`.
  let by: Sentence
  let release: LinkText?
  let cells: [ChangeCell]

  static let fields = Fields<ChangeRow>(
    .text("id") { $0.id },
    .object("commit") { $0.commit },
    .text("subject") { $0.subject },
    .object("by") { $0.by.isEmpty ? nil : $0.by },
    .object("release") { $0.release },
    .list("cells") { $0.cells }
  )

  init(_ view: Viewpoint, _ board: ChangeBoard, commit index: Int) {
    let known = board.commits[index]
    let change = known.change
    id = SiteMap.rowID(ofCommit: change.sha)
    commit = view.wording.commit(change.sha)
    subject = Words.subject(change.message, limit: 120)
    let parts: [Sentence?] = [
      change.author.map { "\(Words.cut($0, to: 80))" },
      change.committedAt.map { "\(view.short($0, in: board.bucket.month))" } ?? "no time recorded",
      change.pullRequest.map { "pull request \(Words.cut($0, to: 40))" },
    ]
    by = .joined(parts.compactMap { $0 }, separator: ", ")
    release = known.carriers.first.map {
      view.wording.release(board.service, view.catalog.services[board.service].deployments[$0].version)
    }
    let journey = board.journeys[index]
    cells = board.environments.map { environment in
      ChangeCell(
        view, board, journey.stays.filter { $0.environment == environment }, waiting: journey.waiting[environment])
    }
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// The head of the dashboard.
struct Verdict: Model {
  let mark: Mark
  let facts: VerdictFacts
  /// The names behind the numbers, a sentence each.
  let details: [Sentence]

  static let fields = Fields<Verdict>(
    .object("mark") { $0.mark },
    .text("headline") { $0.facts.headline(in: $1) },
    .flag("hasDetails") { !$0.details.isEmpty },
    .list("details") { $0.details }
  )

  init(_ view: Viewpoint) {
    facts = view.edition.verdict
    mark = facts.mark
    details = view.wording.details(of: facts, view.edition.questions)
  }
}

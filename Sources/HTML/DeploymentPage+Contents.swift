import Plan
import Records
import Releases
import Report
import Template

/// What a deployment brought and took away, as the changelog of its environment has it.
struct DeploymentContents: Model {
  let heading: Sentence
  /// Why nothing changed, where nothing did.
  let nothing: Sentence?
  let lifted: [Lifted]
  let included: [NoteText]
  let removed: [NoteText]
  let omitted: [Sentence]
  let remarks: [Sentence]

  static let fields = Fields<DeploymentContents>(
    .object("heading") { $0.heading },
    .object("nothing") { $0.nothing },
    .flag("hasLifted") { !$0.lifted.isEmpty },
    .list("lifted") { $0.lifted },
    .list("included") { $0.included },
    .flag("hasRemoved") { !$0.removed.isEmpty },
    .flag("tookOnly") { $0.included.isEmpty },
    .list("removed") { $0.removed },
    .words("omitted") { $0.omitted },
    .list("remarks") { $0.remarks }
  )

  init(_ view: Viewpoint, service: Int, _ text: BroughtText) {
    (heading, nothing, remarks) = (text.heading, text.nothing, text.remarks)
    let includes = text.entry?.includes ?? []
    let removes = text.entry?.removes ?? []
    included = NoteText.all(view, service: service, versions: includes, again: text.entry?.again ?? [], prefix: "in-")
    removed = NoteText.all(view, service: service, versions: removes, prefix: "out-")
    omitted = [NoteText.omitted(includes, shown: included), NoteText.omitted(removes, shown: removed)].compactMap { $0 }
    lifted =
      text.entry.map { Lifted.all(breaking: $0.breaking, security: $0.security, namesVersions: $0.includes.count > 1) } ?? []
  }
}

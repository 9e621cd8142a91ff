package import Report
package import Template

extension Notice: Model {
  package static let fields = Fields<Notice>(
    .text("kind") { $0.kind.rawValue },
    .words("label") { $0.label },
    .object("sentence") { $0.sentence }
  )
}

package import Report
package import Template

/// For `partials/decisions`.
extension GateText: Model {
  package static let fields = Fields<GateText>(
    .object("name") { $0.name },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .list("facts") { $0.facts },
    .list("decisions") { $0.decisions }
  )
}

extension GateText.Decision: Model {
  package static let fields = Fields<GateText.Decision>(
    .words("by") { $0.by },
    .words("decision") { $0.decision },
    .object("at") { $0.at },
    .text("comment") { $0.comment }
  )
}

package import Report
package import Template

extension AuditRow: Model {
  package static let fields = Fields<AuditRow>(
    .object("time") { $0.time },
    .flag("isFlagged") { !$0.flags.isEmpty },
    .words("flags") { $0.flags },
    .object("service") { $0.service },
    .object("change") { $0.change },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .text("reason") { $0.reason },
    .object("asked") { $0.asked },
    .object("wrote") { $0.wrote },
    .list("decisions") { $0.decisions },
    .words("waited") { $0.waited },
    .list("freezes") { $0.freezes },
    .object("evidence") { $0.evidence }
  )
}

extension AuditRow.Decision: Model {
  package static let fields = Fields<AuditRow.Decision>(
    .object("words") { $0.words },
    .text("comment") { $0.comment }
  )
}

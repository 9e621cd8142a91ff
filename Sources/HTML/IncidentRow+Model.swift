package import Report
package import Template

extension IncidentRow: Model {
  package static let fields = Fields<IncidentRow>(
    .object("title") { $0.title },
    .flag("open") { $0.isOpen },
    .words("state") { $0.state },
    .object("mark") { $0.mark },
    .text("severity") { $0.severity },
    .object("environment") { $0.environment },
    .object("service") { $0.service },
    .object("affects") { $0.affects.isEmpty ? nil : $0.affects },
    .object("started") { $0.started },
    .object("resolved") { $0.resolved },
    .words("length") { $0.length },
    .object("causedBy") { $0.causedBy.isEmpty ? nil : $0.causedBy },
    .object("fixedBy") { $0.fixedBy.isEmpty ? nil : $0.fixedBy },
    .url("url") { $0.url }
  )
}

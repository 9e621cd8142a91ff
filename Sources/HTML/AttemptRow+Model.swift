package import Report
package import Template

extension AttemptRow: Model {
  package static let fields = Fields<AttemptRow>(
    .object("time") { $0.time },
    .flag("undated") { $0.time == nil && $0.isOver },
    .object("service") { $0.service },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("version") { $0.version },
    .object("kind") { $0.kind },
    .object("change") { $0.change },
    .object("run") { $0.run },
    .object("by") { $0.by },
    .words("duration") { $0.duration },
    .text("reason") { $0.reason }
  )
}

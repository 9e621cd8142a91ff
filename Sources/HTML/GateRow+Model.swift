package import Report
package import Template

extension GateRow: Model {
  package static let fields = Fields<GateRow>(
    .object("mark") { $0.mark },
    .text("title") { $0.title },
    .url("url") { $0.destination.flatMap($1.address) },
    .text("environment") { $0.environmentName },
    .object("since") { $0.since },
    .words("age") { $0.age },
    .object("brings") { $0.brings },
    .object("compared") { $0.compared },
    .object("held") { $0.held },
    .object("decide") { $0.decide },
    .flag("needsPerson") { $0.needsPerson }
  )
}

package import Report
package import Template

extension ServicePlace: Model {
  package static let fields = Fields<ServicePlace>(
    .object("environment") { $0.environment },
    .object("mark") { $0.mark },
    .object("runs") { $0.runs },
    .object("since") { $0.since },
    .url("deployment") { $0.destination.flatMap($1.address) },
    .text("by") { $0.by },
    .list("remarks") { $0.remarks },
    .words("way") { $0.way }
  )
}

extension ServiceRun: Model {
  package static let fields = Fields<ServiceRun>(
    .object("run") { $0.run },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("version") { $0.version },
    .text("subject") { $0.subject },
    .text("ref") { $0.ref },
    .object("began") { $0.began },
    .object("took") { $0.took }
  )
}

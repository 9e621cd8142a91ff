package import Report
package import Template

extension ShortLivedRow: Model {
  package static let fields = Fields<ShortLivedRow>(
    .object("environment") { $0.environment },
    .object("service") { $0.service },
    .object("mark") { $0.mark },
    .object("version") { $0.version },
    .object("since") { $0.since },
    .object("origin") { $0.origin },
    .words("age") { $0.age },
    .text("owner") { $0.owner },
    .object("address") { $0.address }
  )
}

package import Report
package import Template

extension BehindRow: Model {
  package static let fields = Fields<BehindRow>(
    .object("service") { $0.service },
    .object("environment") { $0.environment },
    .object("upstream") { $0.upstream },
    .flag("uncertain") { $0.isUncertain },
    .object("count") { $0.count },
    .object("releases") { $0.releases },
    .object("since") { $0.since },
    .words("age") { $0.age },
    .words("reason") { $0.reason }
  )
}

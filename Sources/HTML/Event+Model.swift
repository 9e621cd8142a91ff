package import Report
package import Template

extension Event: Model {
  package static let fields = Fields<Event>(
    .object("time") { $0.time },
    .object("release") { $0.release },
    .object("mark") { $0.mark },
    .object("sentence") { $0.sentence }
  )
}

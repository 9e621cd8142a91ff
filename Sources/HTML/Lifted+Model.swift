package import Report
package import Template

/// For `partials/lifted`.
extension Lifted: Model {
  package static let fields = Fields<Lifted>(
    .words("badge") { $0.badge },
    .text("text") { $0.text },
    .words("versions") { $0.versions }
  )
}

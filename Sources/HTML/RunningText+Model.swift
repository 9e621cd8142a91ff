package import Report
package import Template

extension RunningText: Model {
  package static let fields = Fields<RunningText>(
    .object("service") { $0.service },
    .flag("live") { $0.isLive },
    .object("state") { $0.state },
    .object("remark") { $0.remarks.isEmpty ? nil : Sentence.joined($0.remarks, separator: "; ") }
  )
}

package import Report
package import Template

extension MetricTrend: Model {
  package static let fields = Fields<MetricTrend>(
    .words("title") { $0.unit == .week ? "By week" : "By month" },
    .words("unit") { $0.unit == .week ? "Week" : "Month" },
    .list("periods") { $0.periods }
  )
}

extension MetricTrend.Period: Model {
  package static let fields = Fields<MetricTrend.Period>(
    .words("name") { $0.name },
    .words("figures") { $0.figures }
  )
}

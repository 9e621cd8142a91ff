import Releases
import Template

struct IncidentPage: Model {
  let layout: Layout

  static let fields = Fields<IncidentPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Incident", isAboutNow: false)
  }
}

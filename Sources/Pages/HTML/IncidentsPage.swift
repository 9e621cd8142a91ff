import Releases
import Template

struct IncidentsPage: Model {
  let layout: Layout

  static let fields = Fields<IncidentsPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Incidents", isAboutNow: false)
  }
}

import Releases
import Template

struct DashboardPage: Model {
  let layout: Layout

  static let fields = Fields<DashboardPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Dashboard", isAboutNow: true)
  }
}

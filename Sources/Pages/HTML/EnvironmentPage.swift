import Releases
import Template

struct EnvironmentPage: Model {
  let layout: Layout

  static let fields = Fields<EnvironmentPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Environment", isAboutNow: true)
  }
}

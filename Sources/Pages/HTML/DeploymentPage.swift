import Releases
import Template

struct DeploymentPage: Model {
  let layout: Layout

  static let fields = Fields<DeploymentPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Deployment", isAboutNow: false)
  }
}

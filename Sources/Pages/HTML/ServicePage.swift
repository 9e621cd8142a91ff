import Releases
import Template

struct ServicePage: Model {
  let layout: Layout

  static let fields = Fields<ServicePage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Service", isAboutNow: false)
  }
}

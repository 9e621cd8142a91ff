import Releases
import Template

struct PendingPage: Model {
  let layout: Layout

  static let fields = Fields<PendingPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Pending", isAboutNow: true)
  }
}

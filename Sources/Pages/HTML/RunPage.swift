import Releases
import Template

struct RunPage: Model {
  let layout: Layout

  static let fields = Fields<RunPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Run", isAboutNow: false)
  }
}

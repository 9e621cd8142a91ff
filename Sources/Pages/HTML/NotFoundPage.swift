import Releases
import Template

struct NotFoundPage: Model {
  let layout: Layout

  static let fields = Fields<NotFoundPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "NotFound", isAboutNow: false)
  }
}

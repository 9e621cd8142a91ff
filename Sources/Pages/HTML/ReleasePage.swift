import Releases
import Template

struct ReleasePage: Model {
  let layout: Layout

  static let fields = Fields<ReleasePage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Release", isAboutNow: false)
  }
}

import Releases
import Template

struct HistoryPage: Model {
  let layout: Layout

  static let fields = Fields<HistoryPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "History", isAboutNow: false)
  }
}

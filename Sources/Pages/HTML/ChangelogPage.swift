import Releases
import Template

struct ChangelogPage: Model {
  let layout: Layout

  static let fields = Fields<ChangelogPage>(
    .object("layout") { $0.layout }
  )

  init(_ view: Viewpoint, plan: PagePlan) {
    layout = Layout(view, plan: plan, title: "Changelog", isAboutNow: false)
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// `pages/<name>.html`: words of the site's own, such as a runbook.
struct ExtraPageView: PageModel {
  static let template = "page.mustache"

  let layout: Layout
  let title: String
  let body: ProseText?

  static let fields = Fields<ExtraPageView>(
    .object("layout") { $0.layout },
    .text("title") { $0.title },
    .object("body") { $0.body }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, page index: Int) {
    let page = view.catalog.pages[index]
    title = page.title
    body = ProseText(page.body, headings: 2, ids: "page-", view)
    layout = Layout(view, plan: plan, title: "\(page.title)", summary: .words("\(page.body.plain)"), isAboutNow: false)
  }
}

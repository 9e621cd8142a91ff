import Plan
import Records
import Releases
import Report
import Template

/// What a server answers for an address without a page. It is served at any depth, so with a known address of the site its links are
/// absolute, and without one they lead from the site's folder.
struct NotFoundPage: PageModel {
  static let template = "404.mustache"

  let layout: Layout
  let keptRuns: Sentence
  let environments: [LinkText]
  let services: [LinkText]
  let pending: String
  let incidents: String
  let status: String
  /// More services than a list can hold.
  let omitted: Sentence?

  static let fields = Fields<NotFoundPage>(
    .object("layout") { $0.layout },
    .words("keptRuns") { $0.keptRuns },
    .flag("hasEnvironments") { !$0.environments.isEmpty },
    .list("environments") { $0.environments },
    .flag("hasServices") { !$0.services.isEmpty },
    .list("services") { $0.services },
    .url("pending") { $0.pending },
    .url("incidents") { $0.incidents },
    .url("status") { $0.status },
    .words("omitted") { $0.omitted }
  )

  private static let limit = 200

  /// Where it stands: `relative`, unless the address of the site is known.
  static func viewpoint(_ relative: Viewpoint) -> Viewpoint {
    relative.catalog.configuration.site.url.map { Viewpoint(edition: relative.edition, base: $0) } ?? relative
  }

  init(_ view: Viewpoint, plan: HTMLPlan) {
    layout = Layout(view, plan: plan, title: "No such page", isAboutNow: false)
    keptRuns = Format.count(view.catalog.configuration.historyRuns, "run")
    environments = view.catalog.stages.map(view.wording.environment)
    services = view.catalog.services.indices.prefix(NotFoundPage.limit).map(view.wording.service)
    pending = view.url("pending.html")
    incidents = view.url("incidents.html")
    status = view.url("status.txt")
    let rest = view.catalog.services.count - NotFoundPage.limit
    omitted = rest > 0 ? Format.count(rest, "more service") : nil
  }
}

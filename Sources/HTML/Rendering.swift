package import Plan
import Releases
import Template

/// What a page for people shows and where it stands.
struct HTMLPlan {
  /// Relative to the output folder, with forward slashes.
  let path: String
  let page: HTMLPage
}

extension Theme {
  /// Every kind of page, in the order of their templates: each is compiled with the theme, and listed by `tidemark templates`.
  static let pages: [any PageModel.Type] = [
    NotFoundPage.self,
    AuditPage.self,
    AuditMonthsPage.self,
    ChangelogPage.self,
    ChangesPage.self,
    ComparePage.self,
    DashboardPage.self,
    DeploymentPage.self,
    EnvironmentPage.self,
    HistoryPage.self,
    IncidentPage.self,
    IncidentsPage.self,
    MetricsPage.self,
    ExtraPageView.self,
    PendingPage.self,
    ReleasePage.self,
    RunPage.self,
    ServicePage.self,
    ShortLivedPage.self,
    SkippedPage.self,
  ]

  /// The page as its template takes it.
  private static func model(_ plan: HTMLPlan, _ view: Viewpoint) -> any PageModel {
    switch plan.page {
    case .dashboard: DashboardPage(view, plan: plan)
    case .pending: PendingPage(view, plan: plan)
    case .environment(let index): EnvironmentPage(view, plan: plan, environment: index)
    case .history(let environment, let month): HistoryPage(view, plan: plan, environment: environment, month: month)
    case .changelog(let environment): ChangelogPage(view, plan: plan, environment: environment, month: nil)
    case .changelogMonth(let environment, let month):
      ChangelogPage(view, plan: plan, environment: environment, month: month)
    case .compare(let upstream, let downstream, let service):
      ComparePage(view, plan: plan, upstream: upstream, downstream: downstream, service: service)
    case .incidents: IncidentsPage(view, plan: plan)
    case .incident(let index): IncidentPage(view, plan: plan, incident: index)
    case .extra(let index): ExtraPageView(view, plan: plan, page: index)
    case .service(let index): ServicePage(view, plan: plan, service: index)
    case .release(let service, let index): ReleasePage(view, plan: plan, service: service, release: index)
    case .deployment(let service, let index): DeploymentPage(view, plan: plan, service: service, deployment: index)
    case .run(let service, let index): RunPage(view, plan: plan, service: service, run: index)
    case .changes(let service, let month, let day):
      ChangesPage(view, plan: plan, service: service, bucket: CommitIndex.Bucket(month: month, day: day))
    case .auditMonths: AuditMonthsPage(view, plan: plan)
    case .audit(let month): AuditPage(view, plan: plan, month: month)
    case .metrics: MetricsPage(view, plan: plan, month: nil)
    case .metricsMonth(let month): MetricsPage(view, plan: plan, month: month)
    case .skipped: SkippedPage(view, plan: plan)
    case .shortLived: ShortLivedPage(view, plan: plan)
    case .notFound: NotFoundPage(view, plan: plan)
    }
  }

  /// Appends the bytes of a page to `output`. A pure function of the edition and the page, so that pages can be made in any order.
  /// `path`: where it stands, relative to the output folder.
  package func render(_ page: HTMLPage, at path: String, of edition: Edition, into output: inout [UInt8]) {
    let here = Viewpoint(edition: edition, path: path)
    let view = page == .notFound ? NotFoundPage.viewpoint(here) : here
    write(Theme.model(HTMLPlan(path: path, page: page), view), addresses: view.addresses, into: &output)
  }

  private func write<Page: PageModel>(_ page: Page, addresses: Addresses, into output: inout [UInt8]) {
    (templates[Page.template] as? CompiledTemplate<Page>)?.render(page, addresses: addresses, into: &output)
  }
}

package import Template

/// A page of HTML and the template that shows it.
protocol PageModel: Model {
  /// Relative to the templates folder.
  static var template: String { get }
}

extension NotFoundPage: PageModel { static let template = "404.mustache" }
extension AuditPage: PageModel { static let template = "audit.mustache" }
extension AuditMonthsPage: PageModel { static let template = "audits.mustache" }
extension ChangelogPage: PageModel { static let template = "changelog.mustache" }
extension ChangesPage: PageModel { static let template = "changes.mustache" }
extension ComparePage: PageModel { static let template = "compare.mustache" }
extension DashboardPage: PageModel { static let template = "dashboard.mustache" }
extension DeploymentPage: PageModel { static let template = "deployment.mustache" }
extension EnvironmentPage: PageModel { static let template = "environment.mustache" }
extension HistoryPage: PageModel { static let template = "history.mustache" }
extension ExtraPageView: PageModel { static let template = "page.mustache" }
extension IncidentPage: PageModel { static let template = "incident.mustache" }
extension IncidentsPage: PageModel { static let template = "incidents.mustache" }
extension MetricsPage: PageModel { static let template = "metrics.mustache" }
extension PendingPage: PageModel { static let template = "pending.mustache" }
extension ReleasePage: PageModel { static let template = "release.mustache" }
extension RunPage: PageModel { static let template = "run.mustache" }
extension SkippedPage: PageModel { static let template = "skipped.mustache" }
extension ServicePage: PageModel { static let template = "service.mustache" }
extension ShortLivedPage: PageModel { static let template = "short-lived.mustache" }

/// The template of a kind of page and the names that it may use; for `tidemark templates`.
package struct PageTemplate: Sendable {
  /// Relative to the templates folder.
  package let path: String
  package let names: [OfferedName]

  private init(_ page: any PageModel.Type) {
    path = page.template
    names = page.offeredNames
  }

  /// In the order of their paths.
  package static var all: [PageTemplate] {
    let pages: [any PageModel.Type] = [
      NotFoundPage.self, AuditPage.self, AuditMonthsPage.self, ChangelogPage.self, ChangesPage.self, ComparePage.self,
      DashboardPage.self,
      DeploymentPage.self, EnvironmentPage.self, HistoryPage.self, IncidentPage.self, IncidentsPage.self, MetricsPage.self,
      ExtraPageView.self, PendingPage.self, ReleasePage.self, RunPage.self, ServicePage.self, ShortLivedPage.self,
      SkippedPage.self,
    ]
    return pages.map { PageTemplate($0) }
  }
}

import Records
import Releases
import Template

/// Appends the bytes of a page to `output`. A pure function of the edition and the plan, so that pages can be made in any order.
package func render(_ plan: PagePlan, of edition: Edition, into output: inout [UInt8]) {
  let view = Viewpoint(edition: edition, path: plan.path)
  let theme = edition.theme
  switch plan.page {
  case .dashboard: theme.dashboard.render(DashboardPage(view, plan: plan), from: view, into: &output)
  case .pending: theme.pending.render(PendingPage(view, plan: plan), from: view, into: &output)
  case .environment(let environment):
    theme.environment.render(EnvironmentPage(view, plan: plan, environment: environment), from: view, into: &output)
  case .history(let environment, let month):
    theme.history.render(HistoryPage(view, plan: plan, environment: environment, month: month), from: view, into: &output)
  case .changelog(let environment):
    theme.changelog.render(ChangelogPage(view, plan: plan, environment: environment, month: nil), from: view, into: &output)
  case .changelogMonth(let environment, let month):
    theme.changelog.render(ChangelogPage(view, plan: plan, environment: environment, month: month), from: view, into: &output)
  case .compare(let upstream, let downstream, let service):
    let page = ComparePage(view, plan: plan, upstream: upstream, downstream: downstream, service: service)
    theme.compare.render(page, from: view, into: &output)
  case .incidents: theme.incidents.render(IncidentsPage(view, plan: plan), from: view, into: &output)
  case .incident(let incident):
    theme.incident.render(IncidentPage(view, plan: plan, incident: incident), from: view, into: &output)
  case .extra(let index): theme.extra.render(ExtraPageView(view, plan: plan, page: index), from: view, into: &output)
  case .service(let service): theme.service.render(ServicePage(view, plan: plan, service: service), from: view, into: &output)
  case .release(let service, let release):
    theme.release.render(ReleasePage(view, plan: plan, service: service, release: release), from: view, into: &output)
  case .deployment(let service, let deployment):
    theme.deployment.render(
      DeploymentPage(view, plan: plan, service: service, deployment: deployment), from: view, into: &output)
  case .run(let service, let run):
    theme.run.render(RunPage(view, plan: plan, service: service, run: run), from: view, into: &output)
  case .changes(let service, let month, let day):
    let bucket = CommitIndex.Bucket(month: month, day: day)
    theme.changes.render(ChangesPage(view, plan: plan, service: service, bucket: bucket), from: view, into: &output)
  case .auditMonths: theme.audits.render(AuditMonthsPage(view, plan: plan), from: view, into: &output)
  case .audit(let month): theme.audit.render(AuditPage(view, plan: plan, month: month), from: view, into: &output)
  case .metrics: theme.metrics.render(MetricsPage(view, plan: plan, month: nil), from: view, into: &output)
  case .metricsMonth(let month): theme.metrics.render(MetricsPage(view, plan: plan, month: month), from: view, into: &output)
  case .skipped: theme.skipped.render(SkippedPage(view, plan: plan), from: view, into: &output)
  case .shortLived: theme.shortLived.render(ShortLivedPage(view, plan: plan), from: view, into: &output)
  case .notFound:
    let view = NotFoundPage.viewpoint(view)
    theme.notFound.render(NotFoundPage(view, plan: plan), from: view, into: &output)
  case .releaseSource(let service, let release):
    output += edition.catalog.services[service].releases[release].note?.value.markdown ?? []
  case .media(let index): output += edition.media[index].bytes
  case .asset(let index): output += theme.assets[index].bytes
  case .machine(let file): render(file, at: plan.path, of: edition, into: &output)
  }
}

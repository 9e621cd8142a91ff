package import Plan
import Records
import Releases
import Template

/// What a page for people shows and where it stands.
struct HTMLPlan {
  /// Relative to the output folder, with forward slashes.
  let path: String
  let page: HTMLPage
}

extension Theme {
  /// Appends the bytes of a page to `output`. A pure function of the edition and the page, so that pages can be made in any order.
  /// `path`: where it stands, relative to the output folder.
  package func render(_ page: HTMLPage, at path: String, of edition: Edition, into output: inout [UInt8]) {
    let plan = HTMLPlan(path: path, page: page)
    let view = Viewpoint(edition: edition, path: path)
    switch page {
    case .dashboard: self.dashboard.render(DashboardPage(view, plan: plan), from: view, into: &output)
    case .pending: self.pending.render(PendingPage(view, plan: plan), from: view, into: &output)
    case .environment(let environment):
      self.environment.render(EnvironmentPage(view, plan: plan, environment: environment), from: view, into: &output)
    case .history(let environment, let month):
      self.history.render(HistoryPage(view, plan: plan, environment: environment, month: month), from: view, into: &output)
    case .changelog(let environment):
      self.changelog.render(ChangelogPage(view, plan: plan, environment: environment, month: nil), from: view, into: &output)
    case .changelogMonth(let environment, let month):
      self.changelog.render(ChangelogPage(view, plan: plan, environment: environment, month: month), from: view, into: &output)
    case .compare(let upstream, let downstream, let service):
      let page = ComparePage(view, plan: plan, upstream: upstream, downstream: downstream, service: service)
      self.compare.render(page, from: view, into: &output)
    case .incidents: self.incidents.render(IncidentsPage(view, plan: plan), from: view, into: &output)
    case .incident(let incident):
      self.incident.render(IncidentPage(view, plan: plan, incident: incident), from: view, into: &output)
    case .extra(let index): self.extra.render(ExtraPageView(view, plan: plan, page: index), from: view, into: &output)
    case .service(let service): self.service.render(ServicePage(view, plan: plan, service: service), from: view, into: &output)
    case .release(let service, let release):
      self.release.render(ReleasePage(view, plan: plan, service: service, release: release), from: view, into: &output)
    case .deployment(let service, let deployment):
      self.deployment.render(
        DeploymentPage(view, plan: plan, service: service, deployment: deployment), from: view, into: &output)
    case .run(let service, let run):
      self.run.render(RunPage(view, plan: plan, service: service, run: run), from: view, into: &output)
    case .changes(let service, let month, let day):
      let bucket = CommitIndex.Bucket(month: month, day: day)
      self.changes.render(ChangesPage(view, plan: plan, service: service, bucket: bucket), from: view, into: &output)
    case .auditMonths: self.audits.render(AuditMonthsPage(view, plan: plan), from: view, into: &output)
    case .audit(let month): self.audit.render(AuditPage(view, plan: plan, month: month), from: view, into: &output)
    case .metrics: self.metrics.render(MetricsPage(view, plan: plan, month: nil), from: view, into: &output)
    case .metricsMonth(let month): self.metrics.render(MetricsPage(view, plan: plan, month: month), from: view, into: &output)
    case .skipped: self.skipped.render(SkippedPage(view, plan: plan), from: view, into: &output)
    case .shortLived: self.shortLived.render(ShortLivedPage(view, plan: plan), from: view, into: &output)
    case .notFound:
      let view = NotFoundPage.viewpoint(view)
      self.notFound.render(NotFoundPage(view, plan: plan), from: view, into: &output)
    }
  }
}

extension CompiledTemplate {
  /// The page as it reads from where it stands.
  func render(_ page: Page, from view: Viewpoint, into output: inout [UInt8]) {
    render(page, addresses: view.addresses, into: &output)
  }
}

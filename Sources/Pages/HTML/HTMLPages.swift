import Template

/// The pages that people read, each a model and a template of the theme.
func renderHTML(_ plan: PagePlan, of edition: Edition, into output: inout [UInt8]) {
  let view = Viewpoint(edition: edition, path: plan.path)
  let theme = edition.theme
  switch plan.page {
  case .dashboard: theme.dashboard.render(DashboardPage(view, plan: plan), into: &output)
  case .pending: theme.pending.render(PendingPage(view, plan: plan), into: &output)
  case .environment: theme.environment.render(EnvironmentPage(view, plan: plan), into: &output)
  case .history: theme.history.render(HistoryPage(view, plan: plan), into: &output)
  case .changelog, .changelogMonth: theme.changelog.render(ChangelogPage(view, plan: plan), into: &output)
  case .incidents: theme.incidents.render(IncidentsPage(view, plan: plan), into: &output)
  case .incident: theme.incident.render(IncidentPage(view, plan: plan), into: &output)
  case .service: theme.service.render(ServicePage(view, plan: plan), into: &output)
  case .release: theme.release.render(ReleasePage(view, plan: plan), into: &output)
  case .deployment: theme.deployment.render(DeploymentPage(view, plan: plan), into: &output)
  case .run: theme.run.render(RunPage(view, plan: plan), into: &output)
  case .notFound: theme.notFound.render(NotFoundPage(view, plan: plan), into: &output)
  default: break
  }
}

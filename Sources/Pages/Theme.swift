package import Diagnostics
import Template

/// How the site looks: one compiled template for each kind of page, and the assets.
package struct Theme: Sendable {
  package struct Asset: Sendable {
    /// With a fingerprint in the name, relative to the site's folder.
    package let path: String
    package let bytes: [UInt8]
  }

  package let assets: [Asset]
  /// The path of the style sheet among the assets.
  let stylesheet: String

  let dashboard: CompiledTemplate<DashboardPage>
  let pending: CompiledTemplate<PendingPage>
  let environment: CompiledTemplate<EnvironmentPage>
  let history: CompiledTemplate<HistoryPage>
  let changelog: CompiledTemplate<ChangelogPage>
  let compare: CompiledTemplate<ComparePage>
  let incidents: CompiledTemplate<IncidentsPage>
  let incident: CompiledTemplate<IncidentPage>
  let service: CompiledTemplate<ServicePage>
  let release: CompiledTemplate<ReleasePage>
  let deployment: CompiledTemplate<DeploymentPage>
  let run: CompiledTemplate<RunPage>
  let changes: CompiledTemplate<ChangesPage>
  let audit: CompiledTemplate<AuditPage>
  let metrics: CompiledTemplate<MetricsPage>
  let notFound: CompiledTemplate<NotFoundPage>

  /// Compiles the theme from its files (path relative to the templates folder). nil if any template has an error; all errors are returned.
  package static func load(_ files: [String: Source]) -> Parsed<Theme?> {
    var loader = ThemeLoader(files: files)
    let assets = loader.assets()
    let dashboard = loader.compile("dashboard.mustache", DashboardPage.self)
    let pending = loader.compile("pending.mustache", PendingPage.self)
    let environment = loader.compile("environment.mustache", EnvironmentPage.self)
    let history = loader.compile("history.mustache", HistoryPage.self)
    let changelog = loader.compile("changelog.mustache", ChangelogPage.self)
    let compare = loader.compile("compare.mustache", ComparePage.self)
    let incidents = loader.compile("incidents.mustache", IncidentsPage.self)
    let incident = loader.compile("incident.mustache", IncidentPage.self)
    let service = loader.compile("service.mustache", ServicePage.self)
    let release = loader.compile("release.mustache", ReleasePage.self)
    let deployment = loader.compile("deployment.mustache", DeploymentPage.self)
    let run = loader.compile("run.mustache", RunPage.self)
    let changes = loader.compile("changes.mustache", ChangesPage.self)
    let audit = loader.compile("audit.mustache", AuditPage.self)
    let metrics = loader.compile("metrics.mustache", MetricsPage.self)
    let notFound = loader.compile("404.mustache", NotFoundPage.self)
    guard let dashboard, let pending, let environment, let history, let changelog, let compare, let incidents, let incident,
      let service,
      let release, let deployment, let run, let changes, let audit, let metrics, let notFound
    else { return Parsed(nil, loader.diagnostics) }
    let theme = Theme(
      assets: assets.all, stylesheet: assets.stylesheet, dashboard: dashboard, pending: pending, environment: environment,
      history: history, changelog: changelog, compare: compare, incidents: incidents, incident: incident, service: service,
      release: release,
      deployment: deployment, run: run, changes: changes, audit: audit, metrics: metrics, notFound: notFound)
    return Parsed(theme, loader.diagnostics)
  }
}

private struct ThemeLoader {
  let files: [String: Source]
  let library: TemplateLibrary
  var diagnostics: [Diagnostic] = []

  init(files: [String: Source]) {
    self.files = files
    library = TemplateLibrary(files.filter { $0.key.hasSuffix(".mustache") })
  }

  /// The same partial can be at fault in several pages; it is reported once.
  mutating func compile<Model: Template.Model>(_ path: String, _ model: Model.Type) -> CompiledTemplate<Model>? {
    let parsed = library.compile(path, for: model)
    for diagnostic in parsed.diagnostics where !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    return parsed.value
  }

  /// Every file under `assets/`, under a name that changes with its content: `assets/tidemark-0123abcd.css`.
  func assets() -> (all: [Theme.Asset], stylesheet: String) {
    let paths = files.keys.filter { $0.hasPrefix("assets/") }.sorted()
    var stylesheet = ""
    let all = paths.compactMap { path -> Theme.Asset? in
      guard let source = files[path] else { return nil }
      let asset = Theme.Asset(path: ThemeLoader.fingerprinted(path, source.bytes), bytes: source.bytes)
      if path == "assets/tidemark.css" { stylesheet = asset.path }
      return asset
    }
    return (all, stylesheet)
  }

  private static func fingerprinted(_ path: String, _ bytes: [UInt8]) -> String {
    let digits = Slug.hexDigest(bytes, count: 8)
    guard let dot = path.lastIndex(of: ".") else { return path + "-" + digits }
    return path[..<dot] + "-" + digits + path[dot...]
  }
}

import Diagnostics
import Plan
import Records
import Releases
import Report
import Template
import Time

/// What every HTML page has around its own content: `layout.mustache`.
struct Layout: Model {
  struct NavigationLink: Model {
    let text: Sentence
    let url: String
    let isCurrent: Bool

    static let fields = Fields<NavigationLink>(
      .words("text") { $0.text },
      .url("url") { $0.url },
      .flag("current") { $0.isCurrent }
    )
  }

  struct Feed: Model {
    let title: Sentence
    let url: String
    let type: String

    static let fields = Fields<Feed>(
      .words("title") { $0.title },
      .url("url") { $0.url },
      .text("type") { $0.type }
    )
  }

  /// The clock, on pages about now only.
  struct Stamp: Model {
    let asOf: TimeText
    let newest: TimeText?
    /// `412 records read, 409 rendered, 3 skipped with a reason, 0 errors.`
    let account: Sentence
    /// From when on the page should be considered stale, and how many seconds after as-of that is.
    let staleFrom: TimeText
    let staleAfter: Int

    static let fields = Fields<Stamp>(
      .object("asOf") { $0.asOf },
      .object("newest") { $0.newest },
      .words("account") { $0.account },
      .object("staleFrom") { $0.staleFrom },
      .text("staleAfter") { String($0.staleAfter) }
    )
  }

  let title: Sentence
  let language: String
  let siteName: String
  let preview: LinkPreview
  let icon: String?
  let root: String
  let stylesheet: String
  /// nil for a theme without one.
  let script: String?
  let home: String
  let canonical: String?
  let navigation: [NavigationLink]
  let feeds: [Feed]
  let stamp: Stamp?
  let zone: String

  static let fields = Fields<Layout>(
    .words("title") { $0.title },
    .text("language") { $0.language },
    .text("siteName") { $0.siteName },
    .object("preview") { $0.preview },
    .url("icon") { $0.icon },
    .url("root") { $0.root },
    .url("stylesheet") { $0.stylesheet },
    .url("script") { $0.script },
    .url("home") { $0.home },
    .url("canonical") { $0.canonical },
    .list("navigation") { $0.navigation },
    .list("feeds") { $0.feeds },
    .object("stamp") { $0.stamp },
    .text("zone") { $0.zone }
  )

  /// `isAboutNow`: whether the page may show the clock (architecture.md: pages about the past carry none).
  /// `summary`: of the page in a sentence, as a link to it shows it; without one that of the site.
  /// `environment`: the one whose feed the page offers and whose link in the navigation is marked.
  init(
    _ view: Viewpoint, plan: HTMLPlan, title: Sentence, summary: LinkPreview.Text? = nil, isAboutNow: Bool,
    environment: Int? = nil
  ) {
    let site = view.catalog.configuration.site
    self.title = "\(title): \(site.name)"
    language = site.language
    siteName = site.name
    root = view.root
    home = view.url("index.html")
    stylesheet = view.url(view.edition.assets.stylesheet)
    script = view.url(view.edition.assets.script)
    icon = view.url(view.edition.assets.icon(isAboutNow ? view.edition.verdict.mark : nil))
    canonical = plan.page == .notFound ? nil : site.url.map { $0 + (plan.page == .dashboard ? "" : plan.path) }
    preview = LinkPreview(
      isArticle: plan.page.isArticle, title: title, text: summary, site: site.description, address: canonical)
    navigation = Layout.navigation(view, plan: plan, environment: environment)
    feeds = Layout.feeds(view, environment: environment)
    stamp = isAboutNow ? Layout.stamp(view) : nil
    zone = view.catalog.configuration.zone.name
  }

  private static func navigation(_ view: Viewpoint, plan: HTMLPlan, environment: Int?) -> [NavigationLink] {
    let link = { (text: Sentence, path: String, isCurrent: Bool) in
      NavigationLink(text: text, url: view.url(path), isCurrent: isCurrent)
    }
    var links = [link("Dashboard", "index.html", plan.page == .dashboard)]
    for (index, place) in view.catalog.environments.enumerated() where place.isStage {
      links.append(link("\(place.name)", view.map.environment(index), index == environment))
    }
    if view.catalog.environments.contains(where: \.isShortLived) {
      links.append(link("Short-lived", "short-lived.html", plan.page == .shortLived))
    }
    links.append(link("Waiting", "pending.html", plan.page == .pending))
    links.append(link("Incidents", "incidents.html", plan.page.kind == .incident))
    links.append(link("Metrics", "metrics.html", plan.page.kind == .metrics))
    if !view.catalog.productions.isEmpty { links.append(link("Audit", "audit.html", plan.page.kind == .audit)) }
    for (index, page) in view.catalog.pages.enumerated() {
      links.append(link("\(Words.cut(page.title, to: 60))", view.map.extra(index), plan.page == .extra(index)))
    }
    return links
  }

  private static func feeds(_ view: Viewpoint, environment: Int?) -> [Feed] {
    func feeds(_ title: Sentence, _ scope: MachineFile.FeedScope) -> [Feed] {
      [
        Feed(title: title, url: view.url(view.map.path(of: .atomFeed(scope))), type: "application/atom+xml"),
        Feed(title: title, url: view.url(view.map.path(of: .jsonFeed(scope))), type: "application/feed+json"),
      ]
    }
    let own = environment.map { feeds("\(view.catalog.environments[$0].name)", .environment($0)) }
    return feeds("All environments", .all) + (own ?? [])
  }

  private static func stamp(_ view: Viewpoint) -> Stamp {
    let account = view.catalog.account
    let records = account.records
    var read = [Format.count(records.total - account.notes - account.incidents, "record")]
    if account.notes > 0 { read.append(Format.count(account.notes, "note")) }
    if account.incidents > 0 { read.append(Format.count(account.incidents, "incident")) }
    let staleAfter = view.catalog.configuration.staleAfter
    let staleFrom = Timestamp(seconds: view.catalog.asOf.seconds + Int64(staleAfter))
    return Stamp(
      asOf: view.wording.long(view.catalog.asOf), newest: view.catalog.newestRecord.map(view.wording.brief),
      account:
        "\(Sentence.list(read)) read, \(records.rendered) rendered, \(records.skipped) skipped with a reason, \(Format.count(records.error, "error")).",
      staleFrom: view.wording.long(staleFrom), staleAfter: staleAfter)
  }
}

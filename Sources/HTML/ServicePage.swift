import Plan
import Records
import Releases
import Report
import Template
import Tide

/// One service: what runs where, its releases and how far they came, its latest runs, and how other programs read all that.
struct ServicePage: PageModel {
  static let template = "service.mustache"

  let layout: Layout
  let title: String
  let facts: [Fact]
  /// Open incidents, told without a clock.
  let notices: [Notice]
  /// To the changelogs of the environments, newest entries on top.
  let changelogs: Sentence
  let places: [ServicePlace]
  let tide: TideChart?
  /// What is written down for the next release.
  let upcoming: [Upcoming]
  let described: ReleaseTable?
  let undescribed: ReleaseTable?
  let runs: [ServiceRun]
  let olderRuns: Sentence?
  /// Where its commits are, month by month.
  let months: Sentence
  let sources: [Sentence]
  let badges: [ServiceBadge]
  let hasAddress: Bool

  static let fields = Fields<ServicePage>(
    .object("layout") { $0.layout },
    .text("title") { $0.title },
    .list("facts") { $0.facts },
    .flag("hasNotices") { !$0.notices.isEmpty },
    .list("notices") { $0.notices },
    .object("changelogs") { $0.changelogs.isEmpty ? nil : $0.changelogs },
    .flag("hasPlaces") { !$0.places.isEmpty },
    .list("places") { $0.places },
    .object("tide") { $0.tide },
    .flag("hasUpcoming") { !$0.upcoming.isEmpty },
    .list("upcoming") { $0.upcoming },
    .object("described") { $0.described },
    .object("undescribed") { $0.undescribed },
    .flag("hasRuns") { !$0.runs.isEmpty },
    .list("runs") { $0.runs },
    .object("olderRuns") { $0.olderRuns },
    .object("months") { $0.months.isEmpty ? nil : $0.months },
    .list("sources") { $0.sources },
    .list("badges") { $0.badges },
    .flag("hasAddress") { $0.hasAddress }
  )

  private static let runLimit = 25
  /// Bytes of an unreleased section.
  private static let upcomingLimit = 100_000

  init(_ view: Viewpoint, plan: HTMLPlan, service index: Int) {
    let service = view.catalog.services[index]
    title = service.name
    layout = Layout(
      view, plan: plan, title: "\(service.name)",
      summary: .words("What runs where of \(service.name), its releases and its last runs."), isAboutNow: false)
    facts = view.wording.facts(of: service)
    let shown = view.catalog.trackedEnvironments(of: index)
    places = shown.map { ServicePlace(view.wording, service: index, environment: $0) }
    notices = Notice.incidents(view.wording, ofService: index)
    changelogs = .joined(
      shown.filter { !view.catalog.environments[$0].archived }.reversed().map { environment -> Sentence in
        let name = view.catalog.environments[environment].name
        return "\(LinkText(text: name, to: .changelog(environment: environment, nil)))"
      }, separator: " · ")
    tide = TideChart(view, service: index)
    upcoming = ServicePage.upcoming(view, index)
    let releases = service.releases.indices.filter { !service.releases[$0].isUnreleased }
    described = ReleaseTable(
      view, service: index, releases: releases.filter { service.releases[$0].note != nil }, environments: shown, limit: 100,
      label: "Releases as a table")
    undescribed = ReleaseTable(
      view, service: index,
      releases: releases.filter { service.releases[$0].note == nil && view.catalog.isStaged(service.releases[$0]) },
      environments: shown, limit: 50,
      label: "Versions without notes as a table")
    runs = service.runs.indices.prefix(ServicePage.runLimit).map { ServiceRun(view.wording, service: index, run: $0) }
    let slug = view.map.services[index]
    let rest = service.runs.count - ServicePage.runLimit
    let json = LinkText(text: "runs/\(slug).json", to: .site(view.map.path(of: .apiRuns(service: index))))
    olderRuns = rest > 0 ? "\(Format.count(rest, "older run")); those that keep a page are in \(json)." : nil
    months = view.wording.months(view.map.commits[index].months, name: \.name) { month in
      .commits(service: index, CommitIndex.Bucket(month: month))
    }
    sources = ServicePage.sources(view, service: index, environments: shown)
    badges = shown.map { ServiceBadge(view, service: index, environment: $0) }
    hasAddress = view.catalog.configuration.site.url != nil
  }

  /// What its notes say of what is not released; of a very long text the start.
  private static func upcoming(_ view: Viewpoint, _ index: Int) -> [Upcoming] {
    let notes = view.catalog.services[index].releases.filter(\.isUnreleased).compactMap { $0.note?.value }
    return notes.enumerated().compactMap { number, note in
      let body = note.body
      let shown = body.weight <= upcomingLimit ? body : .text(Words.cut(body.plain, to: upcomingLimit / 20))
      let prose = ProseText(
        shown, headings: note.version == nil ? 3 : 4, ids: "next-\(number + 1)/", view, service: index)
      return Upcoming(release: note.version.map { view.wording.release(index, $0) }, title: note.title, prose: prose)
    }
  }

  private static func sources(_ view: Viewpoint, service: Int, environments: [Int]) -> [Sentence] {
    let slug = view.map.services[service]
    let link = { (text: String, path: String) -> LinkText in LinkText(text: text, to: .site(path)) }
    var sources: [Sentence] = [
      "\(link("releases.json", view.map.path(of: .apiReleases(service: service)))): releases and their arrivals",
      "\(link("runs/\(slug).json", view.map.path(of: .apiRuns(service: service)))): runs",
    ]
    for environment in environments {
      let feed = view.map.path(of: .atomFeed(.environment(environment)))
      let files: [Sentence] = [
        "\(link("deployments.json", view.map.path(of: .apiDeployments(service: service, environment: environment))))",
        "\(link("changelog.json", view.map.path(of: .apiChangelog(service: service, environment: environment))))",
        "\(view.wording.own("feed of all its services", .site(feed)))",
      ]
      sources.append("\(view.catalog.environments[environment].name): \(Sentence.joined(files, separator: ", "))")
    }
    return sources
  }
}

/// What is written down of a release to come.
struct Upcoming: Model {
  /// nil where it has no version yet.
  let release: LinkText?
  let title: String?
  let prose: ProseText?

  static let fields = Fields<Upcoming>(
    .object("release") { $0.release },
    .text("title") { $0.title },
    .markup("markup") { $0.prose?.markup },
    .text("text") { $0.prose?.text }
  )

  /// nil where nothing is said.
  init?(release: LinkText?, title: String?, prose: ProseText?) {
    if release == nil, prose == nil { return nil }
    (self.release, self.title, self.prose) = (release, title, prose)
  }
}

/// The badge of a service in one environment, and what to write to show it elsewhere.
struct ServiceBadge: Model {
  let environment: String
  let image: String
  let alternative: Sentence
  let snippet: String

  static let fields = Fields<ServiceBadge>(
    .text("environment") { $0.environment },
    .url("image") { $0.image },
    .words("alternative") { $0.alternative },
    .text("snippet") { $0.snippet }
  )

  init(_ view: Viewpoint, service: Int, environment index: Int) {
    environment = view.catalog.environments[index].name
    let path = view.map.path(of: .badge(service: service, environment: index))
    image = view.url(path)
    alternative = "\(view.catalog.services[service].name) in \(environment)"
    let base = view.catalog.configuration.site.url ?? ""
    // It is for a README, whose language is not that of this site.
    snippet = "[![\(ServiceBadge.escaped(alternative.plain))](\(base)\(path))](\(base)\(view.map.service(service)))"
  }

  /// As the text of an image in Markdown.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if character.isNewline {
        result += " "
      } else {
        if "\\[]`*_<>!".contains(character) { result += "\\" }
        result.append(character)
      }
    }
  }
}

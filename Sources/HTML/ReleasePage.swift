import Plan
import Records
import Releases
import Report
import Template

/// One release: what is in it, and how far it came.
struct ReleasePage: PageModel {
  static let template = "release.mustache"

  let layout: Layout
  let service: LinkText
  let title: Sentence
  /// For the script, to copy.
  let version: String
  let marks: [String]
  let facts: [Fact]
  let isYanked: Bool
  let remarks: [Sentence]
  let stops: [ReleaseStop]
  let lifted: [Lifted]
  let body: ProseText?
  let howToDescribe: Sentence?
  /// What stands for a note that nobody wrote.
  let commits: CommitNotesText?
  let changes: ChangeList?
  let evidence: [Sentence]

  static let fields = Fields<ReleasePage>(
    .object("layout") { $0.layout },
    .object("service") { $0.service },
    .object("title") { $0.title },
    .text("version") { $0.version },
    .texts("marks") { $0.marks.map($1.text) },
    .list("facts") { $0.facts },
    .flag("isYanked") { $0.isYanked },
    .list("remarks") { $0.remarks },
    .flag("hasStops") { !$0.stops.isEmpty },
    .text("strip") { $0.stops.count > 5 ? "arrivals-many" : "of-\($0.stops.count)" },
    .list("stops") { $0.stops },
    .flag("hasLifted") { !$0.lifted.isEmpty },
    .list("lifted") { $0.lifted },
    .object("body") { $0.body },
    .object("howToDescribe") { $0.howToDescribe },
    .object("commits") { $0.commits },
    .object("changes") { $0.changes },
    .flag("hasAside") { $0.changes != nil || !$0.evidence.isEmpty },
    .flag("hasEvidence") { !$0.evidence.isEmpty },
    .list("evidence") { $0.evidence }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, service: Int, release index: Int) {
    let release = view.catalog.services[service].releases[index]
    let note = release.note?.value
    version = release.version ?? ""
    let origin = view.catalog.services[service].origin(of: release)
    self.service = view.wording.service(service)
    let name: Sentence = "\(view.catalog.services[service].name) \(version)"
    title = note?.title.map { name + ": \($0)" } ?? name
    layout = Layout(
      view, plan: plan, title: title, summary: note.map { .words("\($0.body.plain)") }, isAboutNow: false)
    marks = (release.isUnreleased ? ["unreleased"] : []) + (note?.marks ?? []) + (note?.badges ?? [])
    let path = view.map.releaseSource(service, index)
    let source = path.map { path in
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return LinkText(text: file, to: .releaseSource(service: service, index))
    }
    facts = view.wording.facts(of: release, service: service, origin: origin, source: note == nil ? nil : source)
    isYanked = note?.yanked ?? false
    remarks = view.wording.incidents(of: release, service: service)
    stops = view.catalog.environments.indices.compactMap {
      ReleaseStop(view.wording, release, service: service, environment: $0)
    }
    // A note that fits a screen says it itself.
    lifted = note.map { ReleasePage.isLong($0) ? Lifted.all($0) : [] } ?? []
    body = ProseText(note?.body, headings: 2, ids: "note-", view, service: service)
    commits = release.version.flatMap { CommitNotesText(view.catalog, service: service, version: $0) }
    howToDescribe =
      body == nil ? view.wording.howToDescribe(release, path: path ?? "releases", hasCommits: commits != nil) : nil
    let run = origin?.run.map { view.catalog.services[service].runs[$0].record }
    let changes = origin?.changes.isEmpty == false ? origin?.changes : run?.changes
    self.changes = ChangeList(
      view, changes ?? [], of: service, limit: 50, rest: origin?.run.map { .run(service: service, $0) })
    evidence = view.wording.evidence(of: release, service: service, origin: origin)
  }
}

extension ReleasePage {
  /// Whether what breaks can be overlooked in it.
  private static func isLong(_ note: ReleaseNote) -> Bool { note.body.plain.utf8.count > 1_500 }
}

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
    facts = view.facts(of: release, service: service, index: index, origin: origin)
    isYanked = note?.yanked ?? false
    remarks = view.incidents(of: release, service: service)
    stops = view.catalog.environments.indices.compactMap {
      ReleaseStop(view.wording, release, service: service, environment: $0)
    }
    // A note that fits a screen says it itself.
    lifted = note.map { ReleasePage.isLong($0) ? Lifted.all($0) : [] } ?? []
    body = ProseText(note?.body, headings: 2, ids: "note-", view, service: service)
    commits = release.version.flatMap { CommitNotesText(view.catalog, service: service, version: $0) }
    howToDescribe = body == nil ? view.howToDescribe(release, service: service, index: index, hasCommits: commits != nil) : nil
    let changes = origin?.changes.isEmpty == false ? origin?.changes : view.run(origin, service)?.record.changes
    self.changes = ChangeList(
      view, changes ?? [], of: service, limit: 50, rest: origin?.run.map { .run(service: service, $0) })
    evidence = view.evidence(of: release, service: service, origin: origin)
  }
}

extension ReleasePage {
  /// Whether what breaks can be overlooked in it.
  private static func isLong(_ note: ReleaseNote) -> Bool { note.body.plain.utf8.count > 1_500 }
}

extension Viewpoint {
  fileprivate func run(_ origin: Deployment?, _ service: Int) -> Run? { origin?.run.map { catalog.services[service].runs[$0] } }

  fileprivate func facts(of release: Release, service: Int, index: Int, origin: Deployment?) -> [Fact] {
    let note = release.note?.value
    let undated: Sentence = release.isUnreleased ? "not released yet" : "without a date"
    var facts = [Fact("Dated", note?.date.map { "\(day($0))" } ?? undated)]
    if let origin {
      if let run = wording.run(of: origin, service) { facts.append(Fact("Built by", "\(run)")) }
      if let commit = origin.commit ?? run(origin, service)?.record.commit { facts.append(wording.fact(commit: commit)) }
      if let from = origin.from, Version.display(from) != release.version.map(Version.display) {
        facts.append(Fact("Follows", "\(wording.release(service, from))"))
      }
    }
    if note != nil, let path = map.releaseSource(service, index) {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      facts.append(Fact("Source", "\(LinkText(text: file, to: .releaseSource(service: service, index)))"))
    }
    if let people = note?.contributors, !people.isEmpty {
      let most = 30
      let names = people.prefix(most).map { person -> Sentence in
        "\(LinkText(text: "@" + person.name, to: .outside(person.url)))"
      }
      let rest: [Sentence] = people.count > most ? ["\(Format.count(people.count - most, "other"))"] : []
      facts.append(Fact("Named in its notes", Sentence.list(names + rest)))
    }
    if let address = note?.url {
      // The heading of a changelog leads to the comparison with the release before.
      let words: Sentence = address.contains("/compare/") ? "comparison" : "as published"
      facts.append(Fact("Elsewhere", "\(wording.own(words, .outside(address)))"))
    }
    return facts
  }

  /// The incidents that this release caused or fixed.
  fileprivate func incidents(of release: Release, service: Int) -> [Sentence] {
    guard let version = release.version.map(Version.display) else { return [] }
    return catalog.incidents(of: service, version: version).map { number, isCause in
      let state: Sentence = catalog.incidents[number].record.state.isOver ? "resolved" : "not resolved"
      return isCause
        ? "It caused the incident \(wording.incident(number)), \(state)." : "It fixed the incident \(wording.incident(number))."
    }
  }

  fileprivate func howToDescribe(_ release: Release, service: Int, index: Int, hasCommits: Bool) -> Sentence {
    let path = map.releaseSource(service, index) ?? "releases"
    let file: Sentence = "\(code: path)"
    let name = path.split(separator: "/").last.map { String($0.dropLast(3)) }
    let front: Sentence =
      name == release.version ? "" : ", with \(code: "version: " + (release.version ?? "")) in its front matter"
    if release.note != nil { return "Its note is empty. Write what changed into its section or its file, \(file)." }
    let how: Sentence =
      "To describe it, write \(file) in the content folder\(front), or a section of that name in its changelog."
    return hasCommits ? how : "Nobody has described this release yet. \(how)"
  }

  /// What was tested and approved, and whether the same build went everywhere.
  fileprivate func evidence(of release: Release, service: Int, origin: Deployment?) -> [Sentence] {
    var items: [Sentence] = []
    if let origin, let run = run(origin, service), let tests = run.record.tests {
      let link: Sentence = wording.run(of: origin, service).map { ", \($0)" } ?? ""
      items.append("\(Mark(tests.state)) \(tests.words)\(link)")
    }
    for deployment in release.arrivals.map({ catalog.services[service].deployments[$0.deployment] }) {
      guard case .person = deployment.approval, let by = deployment.by else { continue }
      let at: Sentence = deployment.gate?.decidedAt.map { ", \(wording.long($0))" } ?? ""
      items.append("\(Mark(.succeeded)) approved for \(wording.environment(deployment.environment)) by \(by)\(at)")
    }
    for build in catalog.services[service].builds(of: release) {
      let places = build.environments.map { place -> Sentence in "\(catalog.environments[place].name)" }
      items.append("Build \(code: build.digest) in \(Sentence.list(places))")
    }
    return items
  }
}

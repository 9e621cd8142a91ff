import Plan
import Records
import Releases
import Report
import Template

/// What a deployment brought and took away, as the changelog of its environment has it.
struct DeploymentContents: Model {
  let heading: Sentence
  /// Why nothing changed, where nothing did.
  let nothing: Sentence?
  let lifted: [Lifted]
  let included: [NoteText]
  let removed: [NoteText]
  let omitted: [Sentence]
  let remarks: [Sentence]

  static let fields = Fields<DeploymentContents>(
    .object("heading") { $0.heading },
    .object("nothing") { $0.nothing },
    .flag("hasLifted") { !$0.lifted.isEmpty },
    .list("lifted") { $0.lifted },
    .list("included") { $0.included },
    .flag("hasRemoved") { !$0.removed.isEmpty },
    .flag("tookOnly") { $0.included.isEmpty },
    .list("removed") { $0.removed },
    .words("omitted") { $0.omitted },
    .list("remarks") { $0.remarks }
  )

  init(_ view: Viewpoint, service: Int, deployment index: Int) {
    let deployment = view.catalog.services[service].deployments[index]
    let changelog = view.catalog.histories[service][deployment.environment].changelog
    if let entry = changelog.entry(of: index) {
      self.init(view, service: service, entry: entry)
    } else if let entry = changelog.entry(withTargetOf: index) {
      let first = view.wording.deployment(service, entry.deployment, text: entry.to)
      self.init(
        nothing:
          "What it brought came to \(view.catalog.place(of: view.catalog.services[service].deployments[entry.deployment])) first: \(first)."
      )
    } else {
      let own = view.catalog.services[service]
      let before = own.liveBefore(index).map { own.deployments[$0].version }
      self.init(nothing: DeploymentContents.reason(view, deployment, before: before))
    }
  }

  private init(_ view: Viewpoint, service: Int, entry: ChangelogEntry) {
    included = NoteText.all(view, service: service, versions: entry.includes, again: entry.again, prefix: "in-")
    removed = NoteText.all(view, service: service, versions: entry.removes, prefix: "out-")
    omitted = [NoteText.omitted(entry.includes, shown: included), NoteText.omitted(entry.removes, shown: removed)].compactMap {
      $0
    }
    lifted = Lifted.all(breaking: entry.breaking, security: entry.security, namesVersions: entry.includes.count > 1)
    remarks = DeploymentContents.remarks(view, service: service, entry)
    var counts: [Sentence] = []
    if !entry.includes.isEmpty { counts.append("\(Format.count(entry.includes.count, "release")) came in") }
    if !entry.removes.isEmpty { counts.append("\(Format.count(entry.removes.count, "release")) left") }
    heading =
      counts.isEmpty
      ? "What it changed"
      : "What it changed: \(Sentence.list(counts))"
    nothing =
      counts.isEmpty
      ? (entry.kind == .rebuild ? "It changed the build, and no release." : "No release that it changed has notes.") : nil
  }

  private init(nothing: Sentence) {
    heading = "What it changed"
    self.nothing = nothing
    lifted = []
    included = []
    removed = []
    omitted = []
    remarks = []
  }

  /// Why there is no entry.
  private static func reason(_ view: Viewpoint, _ deployment: Deployment, before: String?) -> Sentence {
    let place = view.wording.environment(deployment.environment)
    switch deployment.state {
    case .queued, .waiting: return "Nothing yet: it has not begun."
    case .running: return "Nothing yet: it is running."
    case .skipped, .superseded: return "Nothing: it never began."
    case .cancelled where deployment.startedAt == nil: return "Nothing: it never began."
    case .cancelled, .unknown:
      let versions: [Sentence] = [before, deployment.version].compactMap { $0 }.map { "\($0)" }
      return "Not known: after it, \(place) may run \(Sentence.list(versions, conjunction: .or))."
    case .failed where deployment.hasReachedPart:
      let reached = deployment.targets.filter { $0.state == .succeeded }.map { part -> Sentence in "\(part.name)" }
      return "It failed on some targets; \(deployment.version) arrived on \(Sentence.list(reached))."
    case .failed where deployment.isOnSomeTargets:
      return deployment.target.map { "Nothing on \($0): it failed." } ?? "Nothing: it failed."
    case .failed: return before.map { "Nothing: it failed, and \(place) stayed on \($0)." } ?? "Nothing: it failed."
    case .succeeded:
      if deployment.action == .remove { return "It removed the service from \(place)." }
      return deployment.kind == .redeploy ? "Nothing: the same version and build were live before." : "No notes tell."
    }
  }

  private static func remarks(_ view: Viewpoint, service: Int, _ entry: ChangelogEntry) -> [Sentence] {
    var remarks: [Sentence] = []
    if !entry.missingFixes.isEmpty {
      remarks.append(
        "Fixes of the version before that it lacks: \(view.wording.releases(service, entry.missingFixes, limit: 50)).")
    }
    if !entry.missingNotes.isEmpty {
      remarks.append("Deployed without notes: \(view.wording.releases(service, entry.missingNotes, limit: 50)).")
    }
    if !entry.folded.isEmpty {
      remarks.append("Folded pre-releases: \(view.wording.releases(service, entry.folded, limit: 50)).")
    }
    if !entry.yanked.isEmpty { remarks.append("Yanked: \(view.wording.releases(service, entry.yanked, limit: 50)).") }
    if !entry.again.isEmpty {
      remarks.append("Here again after a rollback: \(view.wording.releases(service, entry.again, limit: 50)).")
    }
    return remarks
  }
}

extension Viewpoint {
  /// What must not be overlooked.
  func remarks(on index: Int, service: Int) -> [Sentence] {
    let deployment = catalog.services[service].deployments[index]
    var remarks = catalog.incidents(of: .init(service: service, deployment: index)).map { number, isCause -> Sentence in
      isCause ? "It caused the incident \(wording.incident(number))." : "It fixed the incident \(wording.incident(number))."
    }
    if let id = deployment.rollbackOf {
      let undone = catalog.services[service].deployment(id: id)
      remarks.append(
        "It takes back \(undone.map { wording.deployment(service, $0, text: id) } ?? LinkText(text: id, to: nil)).")
    }
    if deployment.outOfOrder {
      remarks.append("Out of order: its run is older than the one whose version was live before it.")
    }
    if !deployment.inferred.isEmpty {
      let names: [Sentence] = deployment.inferred.map { "\($0)" }
      remarks.append("Inferred, not recorded: \(Sentence.list(names)).")
    }
    return remarks
  }
}

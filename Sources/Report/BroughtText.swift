import Records
package import Releases

/// What a deployment changed, in words, or why it changed nothing.
package struct BroughtText: Hashable, Sendable {
  package let heading: Sentence
  /// Why nothing changed, where nothing did.
  package let nothing: Sentence?
  package let remarks: [Sentence]
  /// What the changelog of its environment has of it; nil where it has none.
  package let entry: ChangelogEntry?

  /// `index`: into the deployments of the service.
  package init(_ wording: Wording, service: Int, deployment index: Int) {
    let own = wording.catalog.services[service]
    let deployment = own.deployments[index]
    let changelog = wording.catalog.histories[service][deployment.environment].changelog
    if let entry = changelog.entry(of: index) {
      self.init(wording, service: service, entry)
    } else if let entry = changelog.entry(withTargetOf: index) {
      let first = wording.deployment(service, entry.deployment, text: entry.to)
      self.init(
        nothing: "What it brought came to \(wording.catalog.place(of: own.deployments[entry.deployment])) first: \(first).")
    } else {
      let before = own.liveBefore(index).map { own.deployments[$0].version }
      self.init(nothing: BroughtText.reason(wording, deployment, before: before))
    }
  }

  private init(_ wording: Wording, service: Int, _ entry: ChangelogEntry) {
    self.entry = entry
    remarks = BroughtText.remarks(wording, service: service, entry)
    var counts: [Sentence] = []
    if !entry.includes.isEmpty { counts.append("\(Format.count(entry.includes.count, "release")) came in") }
    if !entry.removes.isEmpty { counts.append("\(Format.count(entry.removes.count, "release")) left") }
    heading = counts.isEmpty ? "What it changed" : "What it changed: \(Sentence.list(counts))"
    nothing =
      counts.isEmpty
      ? (entry.kind == .rebuild ? "It changed the build, and no release." : "No release that it changed has notes.") : nil
  }

  private init(nothing: Sentence) {
    (heading, self.nothing, remarks, entry) = ("What it changed", nothing, [], nil)
  }

  /// Why there is no entry.
  private static func reason(_ wording: Wording, _ deployment: Deployment, before: String?) -> Sentence {
    let place = wording.environment(deployment.environment)
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

  private static func remarks(_ wording: Wording, service: Int, _ entry: ChangelogEntry) -> [Sentence] {
    var remarks: [Sentence] = []
    if !entry.missingFixes.isEmpty {
      remarks.append(
        "Fixes of the version before that it lacks: \(wording.releases(service, entry.missingFixes, limit: 50)).")
    }
    if !entry.missingNotes.isEmpty {
      remarks.append("Deployed without notes: \(wording.releases(service, entry.missingNotes, limit: 50)).")
    }
    if !entry.folded.isEmpty {
      remarks.append("Folded pre-releases: \(wording.releases(service, entry.folded, limit: 50)).")
    }
    if !entry.yanked.isEmpty { remarks.append("Yanked: \(wording.releases(service, entry.yanked, limit: 50)).") }
    if !entry.again.isEmpty {
      remarks.append("Here again after a rollback: \(wording.releases(service, entry.again, limit: 50)).")
    }
    return remarks
  }
}

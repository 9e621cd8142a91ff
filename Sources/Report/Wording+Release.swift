import Records
package import Releases

/// What the page of a release tells.
extension Wording {
  /// `source`: to the note as the file that it was written in. `origin`: the deployment that is known to have built it.
  package func facts(of release: Release, service: Int, origin: Deployment?, source: LinkText?) -> [Fact] {
    let note = release.note?.value
    let undated: Sentence = release.isUnreleased ? "not released yet" : "without a date"
    var facts = [Fact("Dated", note?.date.map { "\(TimeText($0))" } ?? undated)]
    if let origin {
      if let run = run(of: origin, service) { facts.append(Fact("Built by", "\(run)")) }
      if let commit = origin.commit ?? runRecord(of: origin, service)?.commit { facts.append(fact(commit: commit)) }
      if let from = origin.from, Version.display(from) != release.version.map(Version.display) {
        facts.append(Fact("Follows", "\(self.release(service, from))"))
      }
    }
    if let source { facts.append(Fact("Source", "\(source)")) }
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
      facts.append(Fact("Elsewhere", "\(own(words, .outside(address)))"))
    }
    return facts
  }

  /// The incidents that this release caused or fixed.
  package func incidents(of release: Release, service: Int) -> [Sentence] {
    guard let version = release.version.map(Version.display) else { return [] }
    return catalog.incidents(of: service, version: version).map { number, isCause in
      let state: Sentence = catalog.incidents[number].record.state.isOver ? "resolved" : "not resolved"
      return isCause
        ? "It caused the incident \(incident(number)), \(state)." : "It fixed the incident \(incident(number))."
    }
  }

  /// What would describe it. `path`: of the file for that, within the content folder.
  package func howToDescribe(_ release: Release, path: String, hasCommits: Bool) -> Sentence {
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
  package func evidence(of release: Release, service: Int, origin: Deployment?) -> [Sentence] {
    var items: [Sentence] = []
    if let origin, let tests = runRecord(of: origin, service)?.tests {
      let link: Sentence = run(of: origin, service).map { ", \($0)" } ?? ""
      items.append("\(Mark(tests.state)) \(tests.words)\(link)")
    }
    for deployment in release.arrivals.map({ catalog.services[service].deployments[$0.deployment] }) {
      guard case .person = deployment.approval, let by = deployment.by else { continue }
      let at: Sentence = deployment.gate?.decidedAt.map { ", \(long($0))" } ?? ""
      items.append("\(Mark(.succeeded)) approved for \(environment(deployment.environment)) by \(by)\(at)")
    }
    for build in catalog.services[service].builds(of: release) {
      let places = build.environments.map { place -> Sentence in "\(catalog.environments[place].name)" }
      items.append("Build \(code: build.digest) in \(Sentence.list(places))")
    }
    return items
  }

  private func runRecord(of origin: Deployment, _ service: Int) -> RunRecord? {
    origin.run.map { catalog.services[service].runs[$0].record }
  }
}

import Plan
import Records
import Releases
import Report
import Template
import Time

/// One deployment: what it changed in its environment, who let it through, and what became of it.
struct DeploymentPage: PageModel {
  static let template = "deployment.mustache"

  let layout: Layout
  let service: LinkText
  let mark: Mark
  let title: Sentence
  /// For the script, to copy.
  let version: String
  let facts: [Fact]
  /// What must not be overlooked: incidents, order, doubts.
  let remarks: [Sentence]
  let reason: String?
  let gate: GateText?
  let noGate: String?
  let contents: DeploymentContents
  let changes: ChangeList?
  /// The commits that left with it.
  let takenBack: ChangeList?
  let neighbours: [Sentence]
  let attempts: [RunDeployment]

  static let fields = Fields<DeploymentPage>(
    .object("layout") { $0.layout },
    .object("service") { $0.service },
    .object("mark") { $0.mark },
    .object("title") { $0.title },
    .text("version") { $0.version },
    .list("facts") { $0.facts },
    .list("remarks") { $0.remarks },
    .text("reason") { $0.reason },
    .object("gate") { $0.gate },
    .words("noGate") { $0.noGate },
    .object("contents") { $0.contents },
    .object("changes") { $0.changes },
    .object("takenBack") { $0.takenBack },
    .list("neighbours") { $0.neighbours },
    .flag("hasAttempts") { !$0.attempts.isEmpty },
    .list("attempts") { $0.attempts }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, service: Int, deployment index: Int) {
    let deployment = view.catalog.services[service].deployments[index]
    self.service = view.wording.service(service)
    title = view.title(of: deployment, service: service)
    version = deployment.version
    mark = Mark(deployment.state)
    facts = view.facts(of: deployment, service: service)
    remarks = view.remarks(on: index, service: service)
    reason = deployment.reason.map { Words.cut($0, to: 4_000) }
    let run = deployment.run.map { view.catalog.services[service].runs[$0] }
    gate = deployment.gate.map { gate in
      GateText(
        view.wording, gate, name: run.map { view.wording.name(of: gate, service: service, run: $0) } ?? "Gate",
        isSuperseded: deployment.isGateSuperseded)
    }
    noGate = deployment.gate == nil ? deployment.promotion.words : nil
    contents = DeploymentContents(view, service: service, deployment: index)
    let words = [deployment.reason.map { "\($0)" }, contents.heading, contents.nothing].compactMap { $0 }
    layout = Layout(
      view, plan: plan, title: title, summary: .words(.joined(words, separator: ". ")), isAboutNow: false,
      environment: deployment.environment)
    let commits = view.map.commits[service]
    changes = ChangeList(view, commits.changes(broughtBy: index, deployment), of: service)
    takenBack = ChangeList(view, commits.changes(takenBackBy: index, deployment), of: service)
    neighbours = view.neighbours(of: index, service: service)
    attempts = view.catalog.services[service].earlierAttempts(of: index).map {
      RunDeployment(view.wording, service: service, deployment: $0)
    }
  }
}

extension DeploymentRecord.Promotion {
  /// How a deployment came to start where no gate is recorded.
  fileprivate var words: String {
    switch self {
    case .manual: "A person started it; no gate is recorded."
    case .automatic: "No gate: it went out by itself."
    case .unknown: "The record does not say whether a person decided."
    }
  }
}

extension Viewpoint {
  /// `checkout went from 2.9.0 to 2.9.1 in production`.
  fileprivate func title(of deployment: Deployment, service: Int) -> Sentence {
    let subject: Sentence = "\(catalog.services[service].name) "
    let version = deployment.version
    let place = catalog.place(of: deployment)
    switch deployment.state {
    case .succeeded: return subject + success(deployment)
    case .failed:
      return subject
        + (deployment.reachedWords.map { "\(version) failed in \(place): it reached \($0)" } ?? "\(version) failed in \(place)")
    case .running: return subject + "\(version) is being deployed to \(place)"
    case .waiting: return subject + "\(version) waits for \(place)"
    case .queued: return subject + "\(version) is queued for \(place)"
    case .skipped: return subject + "\(version) was not deployed to \(place): the step was skipped"
    case .superseded:
      return subject
        + (deployment.startedAt == nil
          ? "\(version) for \(place) was superseded: a newer run took its place" : "\(version) in \(place) was superseded")
    case .cancelled:
      return subject
        + (deployment.startedAt == nil
          ? "\(version) was cancelled before it went to \(place)" : "\(version) was cancelled on its way to \(place)")
    case .unknown: return subject + "\(version) to \(place): \(deployment.state.word(raw: deployment.stateRaw))"
    }
  }

  private func success(_ deployment: Deployment) -> Sentence {
    let version = deployment.version
    let place = catalog.place(of: deployment)
    if deployment.action == .remove { return "\(version) was removed from \(place)" }
    switch (deployment.kind, deployment.from) {
    case (.first, _), (nil, nil): return "\(version) is the first in \(place)"
    case (.redeploy, _): return "\(version) was deployed to \(place) again"
    case (.rebuild, _): return "\(version) was rebuilt for \(place)"
    case (.rollback, let from?): return "went back from \(from) to \(version) in \(place)"
    case (.rollback, nil): return "went back to \(version) in \(place)"
    case (.hotfix, let from?): return "went from \(from) to the hotfix \(version) in \(place)"
    case (.hotfix, nil): return "got the hotfix \(version) in \(place)"
    case (.upgrade, let from?) where deployment.isStraight: return "went from \(from) to \(version), straight to \(place)"
    case (.upgrade, let from?), (nil, let from?): return "went from \(from) to \(version) in \(place)"
    case (.upgrade, nil): return "\(version) arrived in \(place)"
    }
  }

  fileprivate func facts(of deployment: Deployment, service: Int) -> [Fact] {
    var facts = [
      Fact("Kind", "\(words: deployment.kindWord)" + (deployment.isStraight ? ", " + wording.straight(deployment) : "")),
      Fact("Environment", "\(wording.environment(deployment.environment))"),
      Fact("Version", "\(wording.release(service, deployment.version))"),
      Fact("State", deployment.state.word(raw: deployment.stateRaw)),
    ]
    if let target = deployment.target { facts.append(Fact("Target", "\(target)")) }
    facts += deployment.targets.map { part in
      let before: Sentence = part.isCarried ? ", in an earlier attempt" : ""
      let at: Sentence = (part.finishedAt ?? part.startedAt).map { " \(wording.long($0))" } ?? ""
      return Fact("Target", "\(part.name): \(words: part.state.rawValue)\(at)\(before)")
    }
    if let run = wording.run(of: deployment, service) {
      facts.append(Fact("Run", deployment.attempt > 1 ? "\(run), attempt \(deployment.attempt)" : "\(run)"))
    }
    if let commit = deployment.commit { facts.append(wording.fact(commit: commit)) }
    if let digest = deployment.digest { facts.append(Fact("Build", "", code: LinkText(text: digest, to: nil))) }
    facts += times(of: deployment)
    if let actor = deployment.actor { facts.append(Fact("Started by", actor.words)) }
    if let link = wording.outside(deployment.id, deployment.url, before: "deployment ") {
      facts.append(Fact("Log", "\(link)"))
    } else {
      facts.append(Fact("Deployment", "\(deployment.id)"))
    }
    return facts
  }

  private func times(of deployment: Deployment) -> [Fact] {
    switch deployment.state {
    case .queued, .waiting, .skipped: return []
    case .superseded where deployment.startedAt == nil, .cancelled where deployment.startedAt == nil: return []
    case .running: return [wording.fact("Began", deployment.startedAt)]
    case .succeeded, .failed, .cancelled, .superseded, .unknown:
      let took = Span(from: deployment.startedAt, to: deployment.finishedAt)
      return [
        wording.fact("Began", deployment.startedAt), wording.fact("Finished", deployment.finishedAt),
        Fact("Took", "\(words: took.words)"),
      ]
    }
  }

  /// What was before it in its environment and what came after it.
  fileprivate func neighbours(of index: Int, service: Int) -> [Sentence] {
    let deployments = catalog.services[service].deployments
    let deployment = deployments[index]
    let place = wording.place(of: deployment)
    var sentences: [Sentence] = []
    if let before = catalog.services[service].liveBefore(index) {
      let link = wording.deployment(service, before, text: deployments[before].version)
      let since: Sentence = deployments[before].time.map { ", since \(wording.long($0))" } ?? ", since when is not known"
      sentences.append("Before it, \(place) ran \(link)\(since).")
    } else if deployment.state == .succeeded, deployment.from == nil, deployment.action != .remove {
      sentences.append("Before it, nothing was live in \(place).")
    }
    if let comparison = wording.compared(service, deployment.environment)?.destination {
      let name = catalog.environments[deployment.environment].name
      sentences.append("\(LinkText(text: name, to: comparison, before: "What ", after: " would get now")).")
    }
    if let fate = fate(of: index, service: service) { sentences.append(fate) }
    return sentences
  }
}

extension Viewpoint {
  /// What became of what it brought; nil where it brought nothing.
  private func fate(of index: Int, service: Int) -> Sentence? {
    let deployment = catalog.services[service].deployments[index]
    let here = wording.place(of: deployment)
    switch catalog.fate(ofDeployment: index, of: service) {
    case .live: return "It is what \(here) runs."
    case .liveOnSome(let targets):
      let names = Sentence.list(targets.prefix(12).map { "\($0)" })
      return "It is what \(wording.environment(deployment.environment)) runs on \(names)."
    case .mayBeLive: return "It may still be what \(here) runs."
    case .left(let time, let next): return left(here, at: time, for: next, service: service)
    case nil: return nil
    }
  }

  private func left(_ place: LinkText, at time: Timestamp?, for next: String?, service: Int) -> Sentence {
    switch (time, next) {
    case (let left?, let next?): return "It left \(place) \(wording.long(left)) for \(wording.release(service, next))."
    case (let left?, nil): return "It was removed from \(place) \(wording.long(left))."
    case (nil, let next?): return "It left \(place) for \(wording.release(service, next)), time not known."
    case (nil, nil): return "It was removed from \(place), time not known."
    }
  }
}

extension Deployment {
  /// What sort of change it is.
  fileprivate var kindWord: String {
    if action == .remove { return "removal" }
    switch kind {
    case .first: return "first deployment"
    case .redeploy: return "the same version and build again"
    case .rebuild: return "another build of the same version"
    case .rollback: return "rollback"
    case .hotfix: return "hotfix"
    case .upgrade: return "upgrade"
    case nil: return hotfix == true ? "hotfix" : action.rawValue
    }
  }
}

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
    title = view.wording.title(of: deployment, service: service)
    version = deployment.version
    mark = Mark(deployment.state)
    facts = view.wording.facts(of: deployment, service: service)
    remarks = view.wording.remarks(on: index, service: service)
    reason = deployment.reason.map { Words.cut($0, to: 4_000) }
    let run = deployment.run.map { view.catalog.services[service].runs[$0] }
    gate = deployment.gate.map { gate in
      GateText(
        view.wording, gate, name: run.map { view.wording.name(of: gate, service: service, run: $0) } ?? "Gate",
        isSuperseded: deployment.isGateSuperseded)
    }
    noGate = deployment.gate == nil ? deployment.promotion.words : nil
    contents = DeploymentContents(view, service: service, BroughtText(view.wording, service: service, deployment: index))
    let words = [deployment.reason.map { "\($0)" }, contents.heading, contents.nothing].compactMap { $0 }
    layout = Layout(
      view, plan: plan, title: title, summary: .words(.joined(words, separator: ". ")), isAboutNow: false,
      environment: deployment.environment)
    let commits = view.map.commits[service]
    changes = ChangeList(view, commits.changes(broughtBy: index, deployment), of: service)
    takenBack = ChangeList(view, commits.changes(takenBackBy: index, deployment), of: service)
    neighbours = view.wording.neighbours(of: index, service: service)
    attempts = view.catalog.services[service].earlierAttempts(of: index).map {
      RunDeployment(view.wording, service: service, deployment: $0)
    }
  }
}

import Plan
import Records
import Releases
import Report
import Template

/// One run: what happened in it, step by step, and what it brought where.
struct RunPage: PageModel {
  static let template = "run.mustache"

  let layout: Layout
  let service: LinkText
  let mark: Mark
  let title: Sentence
  /// For the script, to copy; empty where the record names none.
  let version: String
  let facts: [Fact]
  let failure: Failure?
  let stages: StageTable?
  let gates: [GateText]
  let tests: Tests?
  let deployments: [RunDeployment]
  let attempts: [RunAttempt]
  let changes: ChangeList?

  struct Tests: Model {
    let mark: Mark
    let words: Sentence

    static let fields = Fields<Tests>(
      .object("mark") { $0.mark },
      .words("words") { $0.words }
    )
  }

  static let fields = Fields<RunPage>(
    .object("layout") { $0.layout },
    .object("service") { $0.service },
    .object("mark") { $0.mark },
    .object("title") { $0.title },
    .text("version") { $0.version },
    .list("facts") { $0.facts },
    .object("failure") { $0.failure },
    .object("stages") { $0.stages },
    .flag("hasGates") { !$0.gates.isEmpty },
    .list("gates") { $0.gates },
    .object("tests") { $0.tests },
    .flag("hasDeployments") { !$0.deployments.isEmpty },
    .list("deployments") { $0.deployments },
    .flag("hasAttempts") { $0.attempts.count > 1 },
    .list("attempts") { $0.attempts },
    .object("changes") { $0.changes }
  )

  init(_ view: Viewpoint, plan: HTMLPlan, service: Int, run index: Int) {
    let own = view.catalog.services[service]
    let run = own.runs[index]
    let record = run.record
    self.service = view.wording.service(service)
    title = view.wording.title(of: run, service: service)
    version = record.version?.name ?? ""
    let isSuperseded = own.isSuperseded(run)
    mark = Mark(isSuperseded ? .superseded : record.state)
    facts = view.wording.facts(of: run, service: service)
    failure = Failure(view.wording, service: service, run: run)
    layout = Layout(
      view, plan: plan, title: title,
      summary: (failure?.headline ?? record.subject.map { "\($0)" }).map { .words($0) }, isAboutNow: false)
    stages = StageTable(view, service: service, run: run)
    gates = record.gates.prefix(100).map { gate in
      GateText(
        view.wording, gate, name: view.wording.name(of: gate, service: service, run: run),
        isSuperseded: own.isSuperseded(gate, of: run),
        compared: own.environment(behind: gate, of: run).flatMap { view.wording.compared(service, $0) })
    }
    tests = record.tests.map { Tests(mark: Mark($0.state), words: $0.words) }
    deployments = RunPage.inPromotionOrder(run.deployments, own.deployments).map {
      RunDeployment(view.wording, service: service, deployment: $0)
    }
    attempts = RunAttempt.all(view.wording, run)
    changes = ChangeList(view, record.changes, of: service)
  }

  /// By environment, and within one in their own order.
  private static func inPromotionOrder(_ deployments: [Int], _ all: [Deployment]) -> [Int] {
    return deployments.sorted { (all[$0].environment, $0) < (all[$1].environment, $1) }
  }
}

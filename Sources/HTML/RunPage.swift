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
    title = view.title(of: run, service: service)
    version = record.version?.name ?? ""
    let isSuperseded = own.isSuperseded(run)
    mark = Mark(isSuperseded ? .superseded : record.state)
    facts = view.facts(of: run, service: service)
    failure = Failure(view, service: service, run: run)
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
    deployments = view.inPromotionOrder(run.deployments, service: service).map {
      RunDeployment(view, service: service, deployment: $0)
    }
    attempts = RunAttempt.all(view, run)
    changes = ChangeList(view, record.changes, of: service)
  }
}

extension Viewpoint {
  /// `checkout run 931 failed in test, step integration-tests`.
  fileprivate func title(of run: Run, service: Int) -> Sentence {
    let record = run.record
    return
      "\(catalog.services[service].name) run \(record.name) \(words(record, superseded: catalog.services[service].isSuperseded(run)))\(place(of: record))"
  }

  private func words(_ record: RunRecord, superseded: Bool) -> Sentence {
    if superseded { return "superseded: a newer run took its place" }
    switch record.state {
    case .queued: return "is queued"
    case .running: return "is running"
    case .waiting: return "waits"
    case .succeeded: return record.warning ? "succeeded with a warning" : "succeeded"
    case .failed: return "failed"
    case .cancelled: return "was cancelled"
    case .skipped: return "was skipped"
    case .superseded: return "was superseded"
    case .unknown: return record.stateRaw.map { "ended in an unknown state (\($0))" } ?? "ended in an unknown state"
    }
  }

  private func place(of record: RunRecord) -> Sentence {
    guard let step = record.failingStep else { return "" }
    switch (step.stage, step.name) {
    case (nil, ""): return ""
    case (nil, let name): return " in step \(name)"
    case (let stage?, let name): return name.isEmpty || name == stage ? " in \(stage)" : " in \(stage), step \(name)"
    }
  }

  fileprivate func facts(of run: Run, service: Int) -> [Fact] {
    let record = run.record
    var facts = [Fact("Version", "\(wording.release(service, run.version))")]
    if let version = record.version, let build = version.digest ?? version.artifact {
      facts.append(Fact("Build", "", code: LinkText(text: build, to: nil)))
    }
    if let commit = record.commit { facts.append(wording.fact(commit: commit)) }
    if let title = record.title, Words.subject(title) != Words.subject(record.commit?.message) {
      facts.append(Fact("Title", "\(Words.cut(title, to: 1_000))"))
    }
    if let ref = record.ref { facts.append(Fact(ref.noun, ref.words)) }
    if let pipeline = record.pipeline { facts.append(Fact("Pipeline", "\(pipeline)")) }
    if let actor = record.actor { facts.append(Fact("By", actor.words)) }
    if let trigger = record.trigger { facts.append(Fact("Started by", trigger.words)) }
    facts.append(wording.fact("Began", record.startTime))
    facts.append(Fact("Took", took(record)))
    if record.attempt > 1 || !run.attempts.isEmpty { facts.append(Fact("Attempt", attempt(of: run))) }
    if let link = record.provider.map({ wording.outside($0, record.url) })
      ?? record.url.map({ wording.own("at its provider", .outside($0)) })
    {
      facts.append(Fact("Log", "\(link)"))
    }
    return facts
  }

  private func attempt(of run: Run) -> Sentence {
    let last = max(run.record.attempt, run.attempts.map(\.attempt).max() ?? 1)
    let numbers: Sentence = "\(run.record.attempt) of \(last)"
    if run.attempts.isEmpty { return numbers + "; the earlier ones are not recorded" }
    return numbers + "; \(wording.own("all attempts", .here("attempts")))"
  }

  /// By environment, and within one in their own order.
  fileprivate func inPromotionOrder(_ deployments: [Int], service: Int) -> [Int] {
    let all = catalog.services[service].deployments
    return deployments.sorted { (all[$0].environment, $0) < (all[$1].environment, $1) }
  }

  /// `40 min 20 s, of it 17 min 10 s waiting`.
  func took(_ record: RunRecord) -> Sentence {
    guard record.state.isTerminal else { return "not finished" }
    guard let span = Span(from: record.startedAt, to: record.finishedAt).seconds else {
      if let active = record.activeSeconds, active.isFinite, active >= 0 { return "\(words: Format.duration(active)) active" }
      return "\(words: Span(from: record.startedAt, to: record.finishedAt).words)"
    }
    let waited = record.waitedSeconds
    let length = Format.duration(span)
    return waited >= 1 ? "\(words: length), of it \(words: Format.duration(waited)) waiting" : "\(words: length)"
  }
}

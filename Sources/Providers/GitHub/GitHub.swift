import Documents
import Records

/// GitHub Actions, Deployments and Releases (provider-formats.md, 2): the objects of the REST interface, alone, in lists and in pages.
/// `GitHub+Webhooks.swift` finds the same objects in the envelopes of webhooks, `GitHub+GraphQL.swift` reads the deployments of the
/// GraphQL interface.
enum GitHub {
  static let format = Format(
    provider: "github",
    status: .init(name: "statuses", request: "gh api repos/OWNER/NAME/deployments/ID/statuses"),
    endsItsSteps: true,
    startsWhenMade: true,
    page: { node in
      guard node["total_count"] != nil || node.members.count == 1 else { return nil }
      return ["workflow_runs", "jobs", "environments", "workflows"].lazy.compactMap { node.list($0) }.first
    },
    extent: { node in node.whole("total_count").map { ListExtent(total: $0) } ?? ListExtent(ofConnectionsIn: node) },
    wholeList: "ask for all of them: gh api --paginate",
    shapes: webhooks + [
      Format.Shape(
        fits: { $0["run_number"] != nil && $0["status"] != nil && ($0["head_sha"] ?? $0["workflow_id"]) != nil }, read: addRun),
      Format.Shape(fits: { isJob($0) }, read: addJob),
      Format.Shape(fits: { $0.object("environment") != nil && ($0["wait_timer"] ?? $0["reviewers"]) != nil }, read: addPending),
      Format.Shape(fits: { $0.list("environments") != nil && $0["user"] != nil && $0["state"] != nil }, read: addApproval),
      Format.Shape(fits: { isDeployment($0) }, read: { addDeployment($0, &$1, run: nil, job: nil) }),
      Format.Shape(fits: { $0["deployment_url"] != nil && $0["state"] != nil }, read: { addStatus($0, &$1, deployment: nil) }),
      Format.Shape(
        fits: { $0["tag_name"] != nil && ($0["target_commitish"] ?? $0["upload_url"]) != nil },
        read: { addRelease($0, &$1, isDeleted: false) }),
      Format.Shape(fits: { $0["protection_rules"] != nil && $0["name"] != nil }, read: addEnvironment),
      Format.Shape(fits: { $0["badge_url"] != nil && $0["path"] != nil }, read: skip("a workflow is the plan of runs, no run")),
    ] + graphQL,
    joining: [.beforeRuns: { $0.collectStatuses() }, .afterReviews: { $0.askReviewers() }])

  private static let states = Words<State>([
    "queued": .queued, "requested": .queued, "pending": .queued, "in_progress": .running, "waiting": .waiting,
    "success": .succeeded,
    "neutral": .succeeded, "failure": .failed, "timed_out": .failed, "startup_failure": .failed, "cancelled": .cancelled,
    "skipped": .skipped, "action_required": .waiting, "stale": .superseded,
  ])
  static let deploymentStates = Words<State>([
    "queued": .queued, "pending": .queued, "waiting": .waiting, "in_progress": .running, "success": .succeeded,
    "failure": .failed,
    "error": .failed, "inactive": .superseded,
  ])
  /// What started a run. `workflow_dispatch` is the button; other events keep their name and no meaning.
  static let events = Words<Trigger.Kind>([
    "push": .push, "pull_request": .pullRequest, "pull_request_target": .pullRequest, "merge_group": .pullRequest,
    "schedule": .schedule, "workflow_dispatch": .manual, "repository_dispatch": .api, "workflow_run": .upstream,
    "workflow_call": .upstream,
  ])
  static let decisions = Words<Gate.State>(["approved": .approved, "rejected": .rejected, "pending": .waiting])

  // MARK: Runs and jobs

  static func addRun(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a run without 'id'") }
    let (state, raw) = state(node, &reader)
    var run = RunRecord(id: id, state: state)
    run.provider = "github"
    run.stateRaw = raw
    run.repository = node.object("repository")?.text("full_name") ?? repository(node) ?? reader.context.repository
    run.number = node.whole("run_number")
    run.attempt = max(1, node.whole("run_attempt") ?? 1)
    run.pipeline = reader.context.pipeline ?? pipeline(node)
    run.url = node.text("html_url")
    run.title = node.text("display_title")
    run.createdAt = reader.time(node, "created_at")
    // `created_at` stays that of the first attempt.
    if state != .queued { run.startedAt = reader.time(node, "run_started_at") }
    let updatedAt = reader.time(node, "updated_at")
    run.finishedAt = state.isTerminal ? updatedAt : nil
    run.commit = node.text("head_sha").flatMap(makeChange)
    run.commit?.message = node.object("head_commit")?.text("message")
    run.commit?.author = node.object("head_commit")?.object("author")?.text("name")
    run.commit?.committedAt = node.object("head_commit").flatMap { reader.time($0, "timestamp") }
    run.trigger = node.text("event").map { Trigger(type: events[$0] ?? .unknown, raw: $0) }
    run.ref = ref(node, run.trigger?.type)
    run.actor = (run.attempt > 1 ? node.object("triggering_actor") : nil).flatMap(actor) ?? node.object("actor").flatMap(actor)
    let piece = RunPiece(key: id, record: run, updatedAt: updatedAt, endIsBound: true)
    reader.add(.run(piece), provider: "github", named: "run \(id)", at: node)
  }

  /// A run's name may be the workflow's or, with `run-name`, this run's own: then the file of the workflow names the pipeline.
  private static func pipeline(_ node: Node) -> String? {
    let file = node.text("path").flatMap { $0.split(separator: "/").last }.map { String($0.prefix { $0 != "@" }) }
    guard let name = node.text("name"), name != node.text("display_title") else { return file ?? node.text("name") }
    return name
  }

  private static func ref(_ node: Node, _ event: Trigger.Kind?) -> Ref? {
    guard let name = node.text("head_branch") else { return nil }
    let number = node.list("pull_requests")?.elements.first?.identifier("number")
    if event == .pullRequest { return Ref(name: name, type: .pullRequest, pullRequest: number) }
    if node.text("event") == "release" { return Ref(name: name, type: .tag) }
    // A push of a tag has the tag's name here and looks like a push of a branch.
    let looksLikeVersion = name.drop { $0 == "v" }.first?.isNumber == true
    return Ref(name: name, type: looksLikeVersion ? .other : .branch)
  }

  private static func isJob(_ node: Node) -> Bool {
    node["run_id"] != nil && node["status"] != nil
      && ["steps", "runner_id", "labels", "head_sha", "run_url"].contains { node[$0] != nil }
  }

  static func addJob(_ node: Node, _ reader: inout FileReader) {
    addJob(node, &reader, run: node.identifier("run_id"), attempt: node.whole("run_attempt"))
  }

  static func addJob(_ node: Node, _ reader: inout FileReader, run: String?, attempt: Int?) {
    guard let id = node.identifier("id"), let run else { return reader.skip(node, "a job without 'id' or 'run_id'") }
    var step = step(node, &reader)
    step.key = id
    step.url = node.text("html_url")
    step.attempt = max(1, attempt ?? 1)
    let parts = node.list("steps")?.elements
    // What was called off while it waited has a start from the moment it was made, and did nothing.
    if step.state == .cancelled, parts?.isEmpty == true { step.startedAt = nil }
    var piece = StepPiece(runKey: run, runAttempt: attempt, step: step)
    piece.order = Int(id) ?? 0
    piece.environment = node.text("environment")
    piece.updatedAt = step.finishedAt ?? reader.time(node, "updated_at") ?? step.startedAt
    for (index, inner) in (parts ?? []).enumerated() {
      var part = self.step(inner, &reader)
      part.key = "\(id).\(inner.whole("number") ?? index + 1)"
      part.parent = id
      piece.inner.append(part)
    }
    reader.add(.step(piece), provider: "github", named: "job \(id)", at: node)
  }

  private static func step(_ node: Node, _ reader: inout FileReader) -> Step {
    let (state, raw) = state(node, &reader)
    var step = Step(name: node.text("name") ?? "", state: state)
    step.stateRaw = raw
    // Jobs that have not started carry a start time, and skipped ones a span of nothing.
    switch state {
    case .queued, .waiting, .skipped: break
    case .running, .succeeded, .failed, .cancelled, .superseded, .unknown:
      step.startedAt = reader.time(node, "started_at")
      step.finishedAt = state.isTerminal ? reader.time(node, "completed_at") : nil
    }
    return step
  }

  /// `conclusion` tells once `status` says that it ended; before, it is null or, in re-marshalled dumps, empty.
  private static func state(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let status = node.text("status") else { return (.unknown, nil) }
    if let state = states[status], !state.isTerminal { return (state, status) }
    let raw = node.text("conclusion") ?? status
    if plainWord(raw) == "completed" { return (.unknown, raw) }
    return (reader.state(raw, states, of: "GitHub", at: node["conclusion"] ?? node), raw)
  }

  // MARK: Deployments

  static func isDeployment(_ node: Node) -> Bool {
    node["sha"] != nil && node.text("environment") != nil && (node["task"] ?? node["statuses_url"]) != nil
  }

  static func addDeployment(_ node: Node, _ reader: inout FileReader, run: String?, job: String?) {
    guard let id = node.identifier("id"), let environment = node.text("environment") else {
      return reader.skip(node, "a deployment without 'id' or 'environment'")
    }
    var record = DeploymentRecord(environment: .init(name: environment))
    // `false` says nothing: it is the default.
    if node.flag("production_environment") { record.environment.tier = .production }
    // Some tools call every environment transient, also one that its name calls production.
    if node.flag("transient_environment"), record.environment.tier != .production, Tier(name: environment) != .production {
      record.environment.isShortLived = true
    }
    record.provider = "github"
    record.repository = repository(node) ?? reader.context.repository
    record.id = id
    record.commit = node.text("sha").flatMap(makeChange)
    record.actor = node.object("creator").flatMap(actor)
    var piece = DeploymentPiece(key: id, record: record, outcome: .ofStatuses)
    piece.runKey = run
    piece.stepKey = job
    piece.environmentKey = environmentKey(record.repository, environment)
    piece.createdAt = reader.time(node, "created_at")
    piece.updatedAt = reader.time(node, "updated_at")
    piece.ref = node.text("ref")
    reader.add(.deployment(piece), provider: "github", named: "deployment \(id)", at: node)
  }

  static func addStatus(_ node: Node, _ reader: inout FileReader, deployment: String?) {
    guard let id = node.identifier("id"), let word = node.text("state"),
      let deployment = node.text("deployment_url").flatMap({ component(after: "deployments", of: $0) }) ?? deployment
    else { return reader.skip(node, "a status without 'id', 'state' or 'deployment_url'") }
    let url = node.text("log_url") ?? node.text("target_url")
    let state = reader.state(word, deploymentStates, of: "GitHub", at: node["state"] ?? node)
    var piece = StatusPiece(key: id, deploymentKey: deployment, state: state, raw: word)
    piece.at = reader.time(node, "created_at")
    piece.environmentURL = node.text("environment_url")
    piece.url = url
    piece.runKey = url.flatMap { component(after: "actions/runs", of: $0) }
    // `…/actions/runs/1/job/2`, and `…/runs/2` before 2022.
    piece.stepKey = url.flatMap {
      component(after: "job", of: $0) ?? (piece.runKey == nil ? component(after: "runs", of: $0) : nil)
    }
    reader.add(.status(piece), provider: "github", named: "status \(id)", at: node)
  }

  /// The settings of an environment, as they are since its last change: whether anybody reviews its deployments.
  private static func addEnvironment(_ node: Node, _ reader: inout FileReader) {
    guard let name = node.text("name") else { return reader.skip(node, "an environment without 'name'") }
    let rules = node.list("protection_rules")?.elements ?? []
    let key = environmentKey(repository(node) ?? reader.context.repository, name)
    var piece = EnvironmentPiece(key: key, reference: .init(name: name))
    if rules.allSatisfy({ ["branch_policy", "wait_timer"].contains($0.text("type")) }) {
      piece.openSince = reader.time(node, "updated_at")
    }
    piece.reviewers = rules.flatMap(reviewers)
    piece.updatedAt = reader.time(node, "updated_at", "created_at")
    reader.add(.environment(piece), provider: "github", named: "environment \(name)", at: node)
  }

  /// Environments have ids, but deployments name them.
  static func environmentKey(_ repository: String?, _ name: String) -> String {
    "\(repository ?? "") \(name)".lowercased()
  }

  static func addRelease(_ node: Node, _ reader: inout FileReader, isDeleted: Bool) {
    guard let id = node.identifier("id"), let tag = node.text("tag_name") else {
      return reader.skip(node, "a release without 'id' or 'tag_name'")
    }
    var record = ReleaseRecord(tag: tag, markdown: node["body"]?.string ?? "")
    record.repository = repository(node) ?? reader.context.repository
    record.name = node.text("name")
    record.draft = node.flag("draft")
    record.prerelease = node.flag("prerelease")
    record.publishedAt = reader.time(node, "published_at")
    record.author = node.object("author")?.text("login")
    record.url = node.text("html_url")
    let piece = ReleasePiece(key: id, record: record, updatedAt: reader.time(node, "updated_at"), isDeleted: isDeleted)
    reader.add(.release(piece), provider: "github", named: "release \(tag)", at: node)
  }

  // MARK: Parts

  static func actor(_ node: Node) -> Actor? {
    guard let login = node.text("login") else { return nil }
    let kind: Actor.Kind =
      switch node.text("type") {
      case "Bot": .bot
      case "User": login.hasSuffix("[bot]") ? .bot : .human
      default: .unknown
      }
    return Actor(name: login, id: node.identifier("id"), kind: kind)
  }

  /// `owner/name` of an object that has no repository of its own, from its addresses.
  static func repository(_ node: Node) -> String? {
    if let api = node.text("url") ?? node.text("repository_url", "statuses_url") {
      let parts = api.split(separator: "/")
      if let index = parts.firstIndex(of: "repos"), parts.count > index + 2 { return "\(parts[index + 1])/\(parts[index + 2])" }
    }
    guard let parts = node.text("html_url")?.split(separator: "/"), parts.count > 3 else { return nil }
    return "\(parts[2])/\(parts[3])"
  }

  /// The part of an address behind `name`, which may be two parts; up to a query or fragment.
  static func component(after name: String, of url: String) -> String? {
    guard let range = url.firstRange(of: "/\(name)/") else { return nil }
    let part = url[range.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return part.isEmpty ? nil : String(part)
  }

  static func skip(_ reason: SkipReason) -> @Sendable (Node, inout FileReader) -> Void { { $1.skip($0, reason) } }
}

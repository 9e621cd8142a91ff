import Documents
import Records

/// Webhooks wrap the objects of the REST interface: each of them is a piece of its own, the rest of the envelope says whose they are.
/// The gates of a run are in the review log, in the list of pending deployments and in the webhook `deployment_review`.
extension GitHub {
  static let webhooks = [
    Format.Shape(fits: { isWebhook($0) && $0["workflow_run"] != nil && $0["since"] != nil }, read: readReview),
    Format.Shape(fits: { isWebhook($0) && hasObject($0) }, read: readWebhook),
    Format.Shape(
      fits: { isWebhook($0) && ($0["check_run"] ?? $0["check_suite"]) != nil },
      read: skip("checks are not read; runs and jobs are")),
    Format.Shape(
      fits: isWebhook,
      read: skip("a webhook about nothing that is read: runs, jobs, deployments, their statuses and reviews, and releases are")),
  ]

  private static func hasObject(_ node: Node) -> Bool {
    ["workflow_run", "workflow_job", "deployment", "deployment_status", "release"].contains { node.object($0) != nil }
  }

  @Sendable private static func isWebhook(_ node: Node) -> Bool {
    node.text("action") != nil && node.object("sender") != nil
  }

  /// Reads with the repository and the workflow that an envelope names.
  private static func inContext(of node: Node, _ reader: inout FileReader, _ read: (inout FileReader) -> Void) {
    let context = reader.context
    reader.context.repository = node.object("repository")?.text("full_name") ?? context.repository
    reader.context.pipeline = node.object("workflow")?.text("name") ?? context.pipeline
    read(&reader)
    reader.context = context
  }

  @Sendable private static func readWebhook(_ node: Node, _ reader: inout FileReader) {
    inContext(of: node, &reader) { reader in
      let run = node.object("workflow_run")
      let job = node.object("workflow_job")
      if let run { addRun(run, &reader) }
      if let job { addJob(job, &reader) }
      let deployment = node.object("deployment")
      if let deployment {
        addDeployment(deployment, &reader, run: run?.identifier("id") ?? job?.identifier("run_id"), job: job?.identifier("id"))
      }
      if let status = node.object("deployment_status") {
        addStatus(status, &reader, deployment: deployment?.identifier("id"))
      }
      if let release = node.object("release") {
        addRelease(release, &reader, isDeleted: ["deleted", "unpublished"].contains(node.text("action")))
      }
    }
  }

  /// `deployment_review`: somebody is asked, or has decided. It is the only payload that tells when, and the environment of a job.
  @Sendable private static func readReview(_ node: Node, _ reader: inout FileReader) {
    inContext(of: node, &reader) { reader in
      guard let run = node.object("workflow_run"), let id = run.identifier("id") else {
        return reader.skip(node, "a review without a run")
      }
      addRun(run, &reader)
      let listed = node.list("workflow_job_runs")?.elements ?? []
      let jobs = (listed.isEmpty ? [node.object("workflow_job_run")].compactMap { $0 } : listed).filter { $0.kind == .object }
      for job in jobs { addJob(job, &reader, run: id, attempt: max(1, run.whole("run_attempt") ?? 1)) }

      var gates: [Gate] = []
      for job in jobs {
        guard let environment = job.text("environment") ?? node.text("environment") else { continue }
        guard !gates.contains(where: { $0.environment == environment }) else { continue }
        gates.append(gate(node, environment: environment, job: job.identifier("id"), &reader))
      }
      if gates.isEmpty, let environment = node.text("environment") {
        gates = [gate(node, environment: environment, job: nil, &reader)]
      }
      if gates.isEmpty { return reader.skip(node, named: "review of run \(id)", "it names no environment") }
      let repository = reader.context.repository
      let review = ReviewPiece(runKey: id, runAttempt: run.whole("run_attempt"), repository: repository, gates: gates)
      reader.add(.review(review), provider: "github", named: "review of run \(id)", at: node)
    }
  }

  private static func gate(_ node: Node, environment: String, job: String?, _ reader: inout FileReader) -> Gate {
    let action = node.text("action") ?? ""
    var gate = Gate(kind: .human, state: action == "requested" ? .waiting : decisions[action] ?? .unknown)
    gate.key = environment
    gate.environment = environment
    gate.step = job
    gate.allowed = reviewers(node)
    let since = reader.time(node, "since")
    if action == "requested" {
      gate.requestedBy = node.object("requestor")?.text("login")
      gate.requestedAt = since
    } else {
      let by = node.object("approver")?.text("login")
      gate.decisions = [Gate.Decision(by: by, at: since, decision: action, comment: node.text("comment"))]
    }
    return gate
  }

  /// An item of `GET …/pending_deployments`: who may let the run go on to an environment, and the timer before it.
  @Sendable static func addPending(_ node: Node, _ reader: inout FileReader) {
    guard let environment = node.object("environment"), let name = environment.text("name") else {
      return reader.skip(node, "a pending deployment without the name of its environment")
    }
    let startedAt = reader.time(node, "wait_timer_started_at")
    var gates: [Gate] = []
    let allowed = reviewers(node)
    if !allowed.isEmpty {
      var gate = Gate(kind: .human, state: .waiting)
      gate.key = name
      gate.allowed = allowed
      gate.required = 1
      gates.append(gate)
    }
    // A timer alone makes a run wait, too; nobody has to act then. With neither, a rule of an app holds it.
    if (node.whole("wait_timer") ?? 0) > 0 {
      var gate = Gate(kind: .timer, state: .waiting)
      gate.key = name + "-timer"
      gates.append(gate)
    } else if allowed.isEmpty {
      var gate = Gate(kind: .check, state: .waiting)
      gate.key = name + "-check"
      gates.append(gate)
    }
    for index in gates.indices {
      gates[index].environment = name
      gates[index].requestedAt = startedAt
    }
    let repository = GitHub.repository(environment) ?? reader.context.repository
    let review = ReviewPiece(runKey: nil, repository: repository, gates: gates)
    reader.add(.review(review), provider: "github", named: "pending deployment to \(name)", at: node)
  }

  /// An entry of `GET …/approvals`. It has no time of the decision, and names neither run nor job.
  @Sendable static func addApproval(_ node: Node, _ reader: inout FileReader) {
    let environments = (node.list("environments")?.elements ?? []).filter { $0.text("name") != nil }
    guard let word = node.text("state"), !environments.isEmpty else {
      return reader.skip(node, "an approval without 'state' or the name of an environment")
    }
    let by = node.object("user")?.text("login")
    let gates = environments.compactMap { environment -> Gate? in
      guard let name = environment.text("name") else { return nil }
      var gate = Gate(kind: .human, state: decisions[word] ?? .unknown)
      gate.key = name
      gate.environment = name
      if gate.state != .waiting { gate.decisions = [Gate.Decision(by: by, decision: word, comment: node.text("comment"))] }
      return gate
    }
    let repository = environments.lazy.compactMap { GitHub.repository($0) }.first ?? reader.context.repository
    let review = ReviewPiece(runKey: nil, repository: repository, gates: gates)
    reader.add(.review(review), provider: "github", named: "approval by \(by ?? "somebody")", at: node)
  }

  /// Logins of people and names of teams.
  static func reviewers(_ node: Node) -> [String] {
    (node.list("reviewers")?.elements ?? []).compactMap { item in
      item.object("reviewer").flatMap { $0.text("login") ?? $0.text("name") ?? $0.text("slug") }
    }
  }
}

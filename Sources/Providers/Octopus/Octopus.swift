import Documents
import Records

/// Octopus Deploy (provider-formats.md, 9b): deployments, which have no state of their own, and the tasks that have it; environments,
/// releases and projects, which deployments know by their ids; and the dashboard, which has a state beside every deployment. A task is a
/// run of one deployment.
enum Octopus {
  static let format = Format(
    provider: "octopus",
    status: .init(name: "tasks", request: "GET /api/SPACE/tasks"),
    runNoun: "task",
    endsItsSteps: true,
    page: { node in (node["ItemType"] ?? node["TotalResults"] ?? node["ItemsPerPage"]) == nil ? nil : node.list("Items") },
    extent: { node in node.whole("TotalResults").map { ListExtent(total: $0) } },
    wholeList: "ask with a greater ?take=, or page by page with ?skip=",
    shapes: [
      Format.Shape(fits: { isDashboard($0) }, read: readDashboard),
      Format.Shape(fits: { $0["ReleaseVersion"] != nil && has($0, "EnvironmentId", "State") }, read: addDashboardItem),
      Format.Shape(fits: { has($0, "Id", "EnvironmentId", "TaskId") }, read: { addDeployment($0, &$1) }),
      Format.Shape(fits: { isInterruption($0) }, read: addInterruption),
      Format.Shape(fits: { isTask($0) }, read: readTask),
      Format.Shape(fits: { has($0, "Id", "Version", "ProjectId") }, read: addRelease),
      Format.Shape(fits: { identifies($0, "Environments-") && has($0, "Id", "Name") }, read: addEnvironment),
      Format.Shape(fits: { identifies($0, "Projects-") && has($0, "Id", "Name") }, read: addProject),
      Format.Shape(fits: { identifies($0, "Tenants-") && has($0, "Id", "Name") }, read: addTenant),
    ],
    inferences: ["version": "the last one of the changes since the deployment before"],
    joining: [.afterReviews: { $0.placeGatesOfDeployments() }])

  private static let states = Words<State>([
    "Queued": .queued, "Executing": .running, "Cancelling": .running, "Success": .succeeded, "Failed": .failed,
    "TimedOut": .failed, "Canceled": .cancelled,
  ])

  // MARK: Shapes

  private static func has(_ node: Node, _ keys: String...) -> Bool { keys.allSatisfy { node.text($0) != nil } }
  private static func identifies(_ node: Node, _ prefix: String) -> Bool { node.text("Id")?.hasPrefix(prefix) == true }

  private static func isTask(_ node: Node) -> Bool {
    node["State"] != nil && (identifies(node, "ServerTasks-") || node.object("Arguments")?["DeploymentId"] != nil)
  }

  private static func isInterruption(_ node: Node) -> Bool {
    node["IsPending"] != nil && has(node, "Id", "TaskId")
  }

  private static func isDashboard(_ node: Node) -> Bool {
    node.list("Items") != nil && node.list("Environments") != nil && node.list("Projects") != nil
  }

  @Sendable private static func readDashboard(_ node: Node, _ reader: inout FileReader) {
    reader.takeLists(["Projects", "ProjectGroups", "Environments", "Tenants", "Items", "PreviousItems"], of: node)
  }

  // MARK: Tasks

  @Sendable private static func readTask(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("Id") else { return reader.skip(node, "a task without 'Id'") }
    guard node.object("Arguments")?.text("DeploymentId") != nil || node["Name"]?.string == "Deploy" else {
      return reader.skip(node, named: "task \(id)", "it deploys nothing")
    }
    addTask(node, id, &reader, isImplied: false)
  }

  private static func addTask(_ node: Node, _ id: String, _ reader: inout FileReader, isImplied: Bool) {
    let raw = node.text("State")
    let state = raw.map { reader.state($0, states, of: "Octopus", at: node["State"] ?? node) } ?? .unknown
    var run = RunRecord(id: id, state: state)
    run.provider = "octopus"
    run.stateRaw = raw
    run.number = id.split(separator: "-").last.flatMap { Int($0) }
    run.title = node.text("Description")
    run.warning = state == .succeeded && node.flag("HasWarningsOrErrors")
    run.createdAt = reader.time(node, "QueueTime")
    if state != .queued { run.startedAt = reader.time(node, "StartTime") }
    if state.isTerminal { run.finishedAt = reader.time(node, "CompletedTime") }
    var piece = RunPiece(key: id, record: run)
    piece.updatedAt = reader.time(node, "LastUpdatedTime") ?? run.finishedAt ?? run.startedAt ?? run.createdAt
    reader.add(.run(piece), provider: "octopus", named: "task \(id)", at: node, isImplied: isImplied)
    // It goes on being called executing while a person must act.
    guard node.flag("HasPendingInterruptions"), !state.isTerminal else { return }
    let review = ReviewPiece(runKey: id, gates: [Gate(kind: .human, state: .waiting)])
    reader.add(.review(review), provider: "octopus", named: "interruption of task \(id)", at: node, isImplied: true)
  }

  private static func isGuidedFailure(_ node: Node) -> Bool {
    if node.text("Type").map(plainWord) == "guidedfailure" { return true }
    let form = node.object("Form")
    return form?.object("Values")?["Guidance"] != nil
      || form?.list("Elements")?.elements.contains { $0.text("Name") == "Guidance" } == true
  }

  /// A question that the task stops for: a manual intervention, or what to do about a failure.
  @Sendable private static func addInterruption(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("Id"), let task = node.text("TaskId") else { return }
    let answer = node["Form", "Values"]?.text("Result")
    var gate = Gate(kind: .human, state: .unknown)
    switch answer.map(plainWord) {
    case _ where node.flag("IsPending"): gate.state = .waiting
    case "proceed": gate.state = .approved
    case "abort": gate.state = .rejected
    default: break
    }
    gate.key = id
    gate.requestedAt = reader.time(node, "Created")
    if !node.flag("IsPending"), let answer {
      let by = node.text("ResponsibleUserId")
      gate.decisions = [Gate.Decision(by: by, decision: answer, comment: node["Form", "Values"]?.text("Notes"))]
    }
    // What to do about a failure holds the task while nobody says; the answer approves of nothing.
    let isOver = isGuidedFailure(node) && gate.state != .waiting
    var piece = ReviewPiece(runKey: task, gates: isOver ? [] : [gate])
    piece.key = id
    piece.updatedAt = gate.requestedAt
    reader.add(.review(piece), provider: "octopus", named: "interruption \(id)", at: node)
  }

  // MARK: Deployments

  private static func addDeployment(_ node: Node, _ reader: inout FileReader, id told: String? = nil) {
    guard let id = told ?? node.text("Id"), let environment = node.text("EnvironmentId") else { return }
    var record = DeploymentRecord(environment: .init(name: ""))
    record.provider = "octopus"
    record.id = id
    record.actor = node.text("DeployedBy").map { Actor(name: $0, id: node.text("DeployedById")) }
    if let version = node.text("ReleaseVersion") {
      record.version = VersionLabel(name: version)
    } else if let version = node.list("Changes")?.elements.last?.text("Version") {
      // The versions since the deployment before, of which the last is its own.
      record.version = VersionLabel(name: version)
      record.inferred = ["version"]
    }
    record.changes = changes(node)
    var piece = DeploymentPiece(key: id, record: record, outcome: .ofRun)
    piece.environmentKey = environment
    piece.runKey = node.text("TaskId")
    piece.releaseKey = node.text("ReleaseId")
    piece.ownerKey = node.text("ProjectId")
    piece.targetKey = node.text("TenantId")
    piece.createdAt = reader.time(node, "Created")
    piece.updatedAt = piece.createdAt
    reader.add(.deployment(piece), provider: "octopus", named: "deployment \(id)", at: node)
  }

  /// Release, state and times stand in one object there.
  @Sendable private static func addDashboardItem(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("DeploymentId") ?? node.text("Id") else {
      return reader.skip(node, "a deployment without 'DeploymentId'")
    }
    addDeployment(node, &reader, id: id)
    if let task = node.text("TaskId") { addTask(node, task, &reader, isImplied: true) }
  }

  private static func changes(_ node: Node) -> [Change] {
    let builds = (node.list("Changes")?.elements ?? []).flatMap { version -> [Node] in
      let own = version.list("Commits")?.elements ?? []
      let built = (version.list("BuildInformation")?.elements ?? []).flatMap { $0.list("Commits")?.elements ?? [] }
      return own + built
    }
    var changes: [Change] = []
    for commit in builds {
      guard var change = commit.text("Id").flatMap(makeChange), !changes.contains(where: { $0.sha == change.sha }) else {
        continue
      }
      change.message = commit.text("Comment")
      changes.append(change)
    }
    return changes
  }

  // MARK: What they are known by

  @Sendable private static func addEnvironment(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("Id"), let name = node.text("Name") else { return }
    let piece = EnvironmentPiece(key: id, reference: .init(name: name, rank: node.whole("SortOrder")))
    reader.add(.environment(piece), provider: "octopus", named: "environment \(id)", at: node)
  }

  @Sendable private static func addProject(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("Id"), let name = node.text("Name") else { return }
    reader.add(.name(NamePiece(key: id, name: name)), provider: "octopus", named: "project \(id)", at: node)
  }

  @Sendable private static func addTenant(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("Id"), let name = node.text("Name") else { return }
    reader.add(.name(NamePiece(key: id, name: name)), provider: "octopus", named: "tenant \(id)", at: node)
  }

  @Sendable private static func addRelease(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.text("Id"), let version = node.text("Version"), let project = node.text("ProjectId") else { return }
    var record = ReleaseRecord(tag: version, markdown: node.text("ReleaseNotes") ?? "")
    record.repository = node.text("ProjectName")
    record.publishedAt = reader.time(node, "Assembled")
    var piece = ReleasePiece(key: id, record: record, updatedAt: record.publishedAt)
    piece.isNote = !record.markdown.isEmpty
    reader.add(.release(piece), provider: "octopus", named: "release \(id)", at: node)
    guard let name = node.text("ProjectName") else { return }
    let owner = NamePiece(key: project, name: name)
    reader.add(.name(owner), provider: "octopus", named: "project \(project)", at: node, isImplied: true)
  }
}

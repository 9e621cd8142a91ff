import Documents
import Records
import Time

/// Bamboo (provider-formats.md, 9b): results of plans, results of deployments, and the projects that name the environments of these. Its
/// deployments are of a project, which gives its name to the service; several of one version can follow one another.
enum Bamboo {
  static let format = Format(
    provider: "bamboo",
    runNoun: "plan result",
    endsItsSteps: true,
    page: page,
    extent: { node in
      let list = node.object("results") ?? node.object("plans") ?? node
      return list.whole("size").map { ListExtent(total: $0) }
    },
    wholeList: "ask with a greater max-results=, or page by page with start-index=",
    shapes: [
      Format.Shape(fits: { $0.list("environmentStatuses") != nil }, read: readDashboard),
      Format.Shape(
        fits: { $0["deploymentState"] != nil && $0["lifeCycleState"] != nil }, read: { addDeployment($0, &$1, in: nil) }),
      Format.Shape(fits: { $0["lifeCycleState"] != nil && resultKey($0) != nil }, read: addRun),
      Format.Shape(fits: { $0.list("environments") != nil && $0["planKey"] != nil }, read: readProject),
      Format.Shape(
        fits: { $0["deploymentProjectId"] != nil && $0["name"] != nil }, read: { addEnvironment($0, &$1, isImplied: false) }),
      Format.Shape(
        fits: { $0["shortKey"] != nil && $0["planKey"] != nil }, read: { $1.skip($0, "a plan is the plan of builds, no build") }
      ),
    ])

  static let states = Words<State>([
    "Pending": .queued, "Queued": .queued, "InProgress": .running, "NotBuilt": .skipped, "Successful": .succeeded,
    "Success": .succeeded, "Failed": .failed, "Never": .skipped, "Skipped": .skipped, "Replaced": .superseded,
  ])

  // MARK: Shapes

  /// `{results: {size, result: […]}}` of plans, `{size, results: […]}` of deployments.
  @Sendable private static func page(_ node: Node) -> Node? {
    if let plans = node.object("plans")?.list("plan") { return plans }
    if let results = node.object("results")?.list("result") { return results }
    return node["start-index"] == nil && node["size"] == nil ? nil : node.list("results")
  }

  private static func resultKey(_ node: Node) -> String? {
    node.text("key", "buildResultKey") ?? node.object("planResultKey")?.text("key")
  }

  // MARK: Plans

  @Sendable private static func addRun(_ node: Node, _ reader: inout FileReader) {
    guard let key = resultKey(node) else { return }
    let (state, raw) = state(node, ["buildState", "state"], &reader)
    var run = RunRecord(id: key, state: state)
    run.provider = "bamboo"
    run.stateRaw = raw
    run.number = node.whole("number", "buildNumber")
    run.pipeline = node.object("plan")?.text("key") ?? node.object("planResultKey")?.object("entityKey")?.text("key")
    let revision = node.object("vcsRevisions")?.list("vcsRevision")?.elements.first
    run.repository = revision?.text("repositoryName")
    run.commit = (node.text("vcsRevisionKey") ?? revision?.text("vcsRevisionKey")).flatMap(makeChange)
    // The interface has its own address only; the page of a result has the same host.
    run.url = node.object("link")?.text("href").flatMap { href in
      href.firstRange(of: "/rest/").map { "\(href[..<$0.lowerBound])/browse/\(key)" }
    }
    if state != .queued, state != .skipped { run.startedAt = reader.moment(node, "buildStartedTime") }
    if state.isTerminal, state != .skipped {
      run.finishedAt = reader.moment(node, "buildCompletedTime", "buildCompletedDate")
      run.activeSeconds = node.seconds("buildDuration").map { $0 / 1000 }
    }
    let reason = Reason(node.text("buildReason", "reasonSummary"))
    run.trigger = reason.trigger
    run.actor = reason.actor
    run.tests = tests(node)
    let piece = RunPiece(key: key, record: run)
    reader.add(.run(piece), provider: "bamboo", named: "plan result \(key)", at: node)
    for stage in node.object("stages")?.list("stage")?.elements ?? [] { addStage(stage, &reader, run: key) }
  }

  /// Stages, where they were asked for, with the results of their jobs.
  private static func addStage(_ node: Node, _ reader: inout FileReader, run: String) {
    guard node.kind == .object, let name = node.text("name") else { return }
    let jobs = (node.object("results")?.list("result")?.elements ?? []).filter { $0.kind == .object }
    for job in jobs.isEmpty ? [node] : jobs {
      let (state, raw) = state(job, ["buildState", "state"], &reader)
      var step = Step(name: job.object("plan")?.text("shortName", "name") ?? name, state: state)
      step.key = jobs.isEmpty ? "\(run) \(name)" : resultKey(job) ?? "\(run) \(name) \(step.name)"
      step.stage = jobs.isEmpty ? nil : name
      step.stateRaw = raw
      if state != .queued, state != .skipped { step.startedAt = reader.moment(job, "buildStartedTime") }
      if state.isTerminal, state != .skipped {
        step.finishedAt = reader.moment(job, "buildCompletedTime", "buildCompletedDate")
      }
      let piece = StepPiece(runKey: run, step: step)
      reader.add(.step(piece), provider: "bamboo", named: "stage \(name) of \(run)", at: job, isImplied: true)
    }
  }

  /// `lifeCycleState` first: the result beside it can be that of an earlier time.
  private static func state(_ node: Node, _ keys: [String], _ reader: inout FileReader) -> (State, raw: String?) {
    guard let life = node.text("lifeCycleState") else { return (.unknown, nil) }
    guard plainWord(life) == "finished" else {
      return (reader.state(life, states, of: "Bamboo", at: node["lifeCycleState"] ?? node), life)
    }
    guard let told = node.first(keys), let word = told.string, !word.isBlank else { return (.unknown, life) }
    let state = reader.state(word, states, of: "Bamboo", at: told)
    // What has finished and is still queued never ran.
    return (state == .queued ? .skipped : state, word)
  }

  private static func tests(_ node: Node) -> TestCounts? {
    func count(_ key: String) -> Int { min(node.whole(key) ?? 0, Int(Int32.max)) }
    let (passed, failed) = (count("successfulTestCount"), count("failedTestCount"))
    let skipped = count("skippedTestCount") + count("quarantinedTestCount")
    let total = passed + failed + skipped
    return total == 0 ? nil : TestCounts(total: total, passed: passed, failed: failed, skipped: skipped)
  }

  // MARK: Deployments

  private static func addDeployment(_ node: Node, _ reader: inout FileReader, in environment: String?) {
    guard let id = node.identifier("id") else { return reader.skip(node, "a deployment without 'id'") }
    let (state, raw) = state(node, ["deploymentState"], &reader)
    let version = node.object("deploymentVersion")
    var record = DeploymentRecord(environment: .init(name: ""))
    record.provider = "bamboo"
    record.id = id
    record.state = state
    record.stateRaw = raw
    record.version = (node.text("deploymentVersionName") ?? version?.text("name")).map { VersionLabel(name: $0) }
    record.startedAt = reader.moment(node, "startedDate")
    if state.isTerminal { record.finishedAt = reader.moment(node, "finishedDate") }
    let reason = Reason(node.text("reasonSummary"))
    record.actor = reason.actor
    record.promotion = reason.promotion
    var piece = DeploymentPiece(key: id, record: record, outcome: .told)
    let place = node.object("key")?.object("entityKey")?.text("key")
    piece.environmentKey = environment ?? place
    piece.ownerKey = place.flatMap { $0.split(separator: "-").first.map(String.init) }
    piece.createdAt = reader.moment(node, "queuedDate")
    piece.updatedAt = record.finishedAt ?? record.startedAt
    let builds = (version?.list("items")?.elements ?? []).compactMap { $0.object("planResultKey")?.text("key") }
    piece.runKey = Set(builds).count == 1 ? builds.first : nil
    reader.add(.deployment(piece), provider: "bamboo", named: "deployment \(id)", at: node)
  }

  // MARK: Projects

  @Sendable private static func readProject(_ node: Node, _ reader: inout FileReader) {
    guard let id = node.identifier("id"), let name = node.text("name") else {
      return reader.skip(node, "a deployment project without 'id' or 'name'")
    }
    reader.add(.name(NamePiece(key: id, name: name)), provider: "bamboo", named: "deployment project \(name)", at: node)
    for environment in node.list("environments")?.elements ?? [] { addEnvironment(environment, &reader, isImplied: true) }
  }

  private static func addEnvironment(_ node: Node, _ reader: inout FileReader, isImplied: Bool) {
    let told = node.object("key")?.text("key")
    let made = node.identifier("deploymentProjectId").flatMap { project in node.identifier("id").map { "\(project)-\($0)" } }
    guard let key = told ?? made, let name = node.text("name") else {
      return isImplied ? () : reader.skip(node, "an environment without 'key' or 'name'")
    }
    let piece = EnvironmentPiece(key: key, reference: .init(name: name, rank: node.whole("position")))
    reader.add(.environment(piece), provider: "bamboo", named: "environment \(name)", at: node, isImplied: isImplied)
  }

  /// `{deploymentProject, environmentStatuses: [{environment, deploymentResult}]}`: each result is a record.
  @Sendable private static func readDashboard(_ node: Node, _ reader: inout FileReader) {
    let project = node.object("deploymentProject")
    if let id = project?.identifier("id"), let name = project?.text("name"), let project {
      let piece = NamePiece(key: id, name: name)
      reader.add(.name(piece), provider: "bamboo", named: "deployment project \(name)", at: project, isImplied: true)
    }
    var count = 0
    for status in node.list("environmentStatuses")?.elements ?? [] {
      if let environment = status.object("environment") { addEnvironment(environment, &reader, isImplied: true) }
      guard let result = status.object("deploymentResult") else { continue }
      addDeployment(result, &reader, in: status.object("environment")?.object("key")?.text("key"))
      count += 1
    }
    if count == 0 {
      reader.skip(node, named: "deployment project \(project?.text("name") ?? "")", "nothing was deployed in it")
    }
  }
}

/// Why something ran, as Bamboo tells people: `Manual run by <a href="…">ana</a>`.
private struct Reason {
  let trigger: Trigger?
  let actor: Actor?
  let promotion: DeploymentRecord.Promotion?

  init(_ markup: String?) {
    let text = markup.map(Reason.plain) ?? ""
    let words = text.lowercased()
    let isManual = ["manual run", "manual build", "rebuilt by", "rerun by"].contains { words.hasPrefix($0) }
    let person = isManual ? text.firstRange(of: " by ").map { String(text[$0.upperBound...]) } : nil
    actor = person.flatMap { $0.isBlank ? nil : Actor(name: $0, kind: .human) }
    // A deployment that follows from a build or another deployment is nobody's decision.
    let follows = words.hasPrefix("child of ") || words.hasPrefix("triggered by ")
    promotion = isManual ? .manual : follows ? .automatic : nil
    let type: Trigger.Kind =
      switch true {
      case isManual: .manual
      case follows, words.hasPrefix("dependant of "): .upstream
      case words.hasPrefix("scheduled"): .schedule
      case words.hasPrefix("code changes detected"), words.hasPrefix("changes by "), words.hasPrefix("code has changed"): .push
      default: .unknown
      }
    trigger = text.isEmpty ? nil : Trigger(type: type, raw: text)
  }

  /// Without tags, with the few entities that stand for characters of markup.
  private static func plain(_ markup: String) -> String {
    var text = ""
    var isTag = false
    for character in markup {
      switch character {
      case "<": isTag = true
      case ">" where isTag: isTag = false
      default: if !isTag { text.append(character) }
      }
    }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      text = text.replacing(entity, with: character)
    }
    return text
  }
}

extension FileReader {
  /// A time as milliseconds or as text: plans have one, deployments the other.
  fileprivate mutating func moment(_ node: Node, _ first: String, _ second: String? = nil) -> Timestamp? {
    guard let key = [first, second].compactMap({ $0 }).first(where: { node[$0]?.isNull == false }) else { return nil }
    return node[key]?.kind == .number ? milliseconds(node, key) : time(node, key)
  }
}

import Documents
import Records
import Time

/// Argo CD (provider-formats.md, 8): Applications, as JSON or YAML, alone, in lists and in the events of a watch. Every synchronization is
/// a run of one deployment: those of the history, which keeps a few that succeeded, and the operation at hand. The format knows neither
/// services nor environments: the name of the application and its namespace stand for them until a rule of the configuration says more.
enum ArgoCD {
  static let format = Format(
    provider: "argocd",
    runNoun: "synchronization",
    page: { node in (node["apiVersion"] ?? node["metadata"]) == nil ? nil : node.list("items") },
    extent: { node in node.object("metadata").map { ListExtent(goesOn: $0.text("continue") != nil) } },
    wholeList: "ask without limit=, or again with 'continue'",
    shapes: [
      Format.Shape(fits: { isApplication($0) }, read: addApplication),
      Format.Shape(fits: { changed($0) != nil && $0["type"]?.string != "DELETED" }, read: readChange),
      Format.Shape(fits: { changed($0) != nil }, read: { $1.skip($0, .deleted) }),
      Format.Shape(
        fits: { $0.object("metadata") != nil && $0["items"]?.isNull == true },
        read: { $1.skip($0, "a list without applications") }),
    ],
    inferences: [
      "service": "the name of the application",
      "environment": "the namespace, else the cluster, that the application goes to",
    ],
    joining: [.beforeRuns: { $0.unfoldApplications() }])

  private static let phases = Words<State>([
    "Running": .running, "Terminating": .running, "Succeeded": .succeeded, "Failed": .failed, "Error": .failed,
  ])
  private static let healths = Words<State>([
    "Healthy": .succeeded, "Progressing": .running, "Suspended": .waiting, "Degraded": .failed, "Missing": .failed,
    "Unknown": .unknown,
  ])

  // MARK: Shapes

  private static func isApplication(_ node: Node) -> Bool {
    let kind = node["kind"]?.string ?? "Application"
    return kind == "Application" && node.object("metadata")?.text("name") != nil
      && node.object("spec")?.object("destination") != nil
  }

  /// The application in an event of a watch: `{"type", "object"}`, or `{"result": {"type", "application"}}`.
  private static func changed(_ node: Node) -> Node? {
    let event = node.object("result") ?? node
    guard event.text("type") != nil, let application = event.object("application", "object") else { return nil }
    return isApplication(application) ? application : nil
  }

  @Sendable private static func readChange(_ node: Node, _ reader: inout FileReader) {
    if node.object("result")?["type"]?.string == "DELETED" { return reader.skip(node, .deleted) }
    if let application = changed(node) { addApplication(application, &reader) }
  }

  // MARK: Applications

  @Sendable private static func addApplication(_ node: Node, _ reader: inout FileReader) {
    let application = Application(node)
    let status = node.object("status")
    var syncs = (status?.list("history")?.elements ?? []).compactMap { entry in
      entry.kind == .object ? past(entry, of: application, &reader) : nil
    }
    let operation = status?.object("operationState").flatMap {
      current($0, asked: node.object("operation"), of: application, &reader)
    }
    if let operation { merge(operation, into: &syncs) }
    let known = syncs
    let asked = node.object("operation").map { !isDryRun($0) } ?? false
    let isBusy = operation?.run.record.state == .running || asked
    if !isBusy { syncs.nameImage(of: status, application: application.name) }
    if !isBusy, let waiting = waiting(application, status, behind: syncs) { syncs.append(waiting) }
    guard !syncs.isEmpty else {
      return reader.skip(node, named: "application \(application.name)", "it was never synchronized, and nothing waits for it")
    }
    let snapshot = snapshot(node, of: application, syncs, &reader)
    if let last = known.indices.last { syncs[last].health = health(status, of: syncs[last], &reader) }
    // Those before tell what was, and hold for good.
    for index in syncs.indices.dropFirst(max(0, known.count - 1)) { syncs[index].run.record.snapshot = snapshot }
    let piece = ApplicationPiece(snapshot: snapshot, syncs: syncs)
    reader.add(.application(piece), provider: "argocd", named: "application \(application.name)", at: node)
  }

  private static func snapshot(
    _ node: Node, of application: Application, _ syncs: [ApplicationPiece.Sync], _ reader: inout FileReader
  ) -> Snapshot {
    var snapshot = Snapshot(of: application.key, number: node.object("metadata")?.whole("generation"))
    let status = node.object("status")
    snapshot.at = status.flatMap { reader.time($0, "reconciledAt") }
    // Newer than its last comparison is what was synchronized since, and a change of its health.
    for run in syncs.lazy.map(\.run.record) { snapshot.at = latest(snapshot.at, latest(run.startedAt, run.finishedAt)) }
    if let health = status?.object("health") { snapshot.at = latest(snapshot.at, reader.time(health, "lastTransitionTime")) }
    return snapshot
  }

  /// What all synchronizations of an application share.
  private struct Application {
    let name: String
    let key: String
    let uid: String?
    let environment: String
    /// Where it runs, unless the environment is called so.
    let cluster: String?
    let isAutomated: Bool
    let target: Node?
    /// Of the commits that a hydrator made, those of the dry source that it made them of.
    let drySources: [String: String]
    let isHydrated: Bool

    init(_ node: Node) {
      let metadata = node.object("metadata")
      let destination = node["spec", "destination"]
      name = metadata?.text("name") ?? ""
      uid = metadata?.text("uid")
      let place = ["namespace", "name", "server"].compactMap { destination?.text($0) }
      key = uid ?? ([metadata?.text("namespace") ?? "", name] + place).joined(separator: " ").withoutOuterBlanks
      environment = place.first ?? name
      let address = destination?.text("server").map { $0 == "https://kubernetes.default.svc" ? "in-cluster" : $0 }
      let cluster = destination?.text("name") ?? address.map { $0.replacing("https://", with: "") }
      self.cluster = cluster == place.first || destination?.text("server") == place.first ? nil : cluster
      let policy = node["spec", "syncPolicy", "automated"]
      isAutomated = policy?.kind == .object && policy?["enabled"]?.bool != false
      let spec = node.object("spec")
      target =
        spec?.object("sourceHydrator")?.object("drySource") ?? spec?.object("source")
        ?? spec?.list("sources")?.elements.first
      drySources = ArgoCD.drySources(node["status", "sourceHydrator"])
      isHydrated = spec?.object("sourceHydrator") != nil || !drySources.isEmpty
    }
  }

  // MARK: Synchronizations

  /// The history has those that succeeded, and no word for it.
  private static func past(_ entry: Node, of application: Application, _ reader: inout FileReader) -> ApplicationPiece.Sync? {
    let start = reader.time(entry, "deployStartedAt")
    let end = reader.time(entry, "deployedAt")
    let number = entry.whole("id")
    guard let stamp = (start ?? end)?.compact ?? number.map(String.init) else { return nil }
    var sync = sync(application, stamp, entry, state: .succeeded)
    sync.set(start: start, end: end)
    sync.run.record.number = number
    sync.set(entry.object("initiatedBy"))
    return sync
  }

  /// `asked`: the operation as it was asked for, which stands beside it until it has ended.
  private static func current(
    _ node: Node, asked: Node?, of application: Application, _ reader: inout FileReader
  ) -> ApplicationPiece.Sync? {
    guard let phase = node.text("phase"), !isDryRun(node) else { return nil }
    let state = reader.state(phase, phases, of: "Argo CD", at: node["phase"] ?? node)
    let start = reader.time(node, "startedAt")
    let result = node.object("syncResult")
    let plan = node["operation", "sync"].flatMap { revisions($0).allSatisfy(isHash) ? $0 : nil }
    let revised = [result, plan].compactMap { $0 }.first { !revisions($0).isEmpty } ?? node
    var sync = sync(application, start?.compact ?? "operation", revised, state: state)
    sync.set(raw: phase)
    sync.set(start: start, end: state.isTerminal ? reader.time(node, "finishedAt") : nil)
    if state == .failed { sync.step.step.error = node.text("message") }
    sync.set(node["operation", "initiatedBy"] ?? (state.isTerminal ? nil : asked?.object("initiatedBy")))
    // Of chosen resources only: what ran before runs on, and the history does not keep it.
    if node["operation", "sync"]?.list("resources")?.elements.isEmpty == false { sync.keepToPart() }
    return sync
  }

  /// It was only tried: nothing was deployed.
  private static func isDryRun(_ operation: Node) -> Bool {
    let sync = operation.object("sync") ?? operation.object("operation")?.object("sync")
    return sync?.flag("dryRun") == true || operation.text("message")?.hasSuffix("(dry run)") == true
  }

  /// An operation that succeeded is the last of the history, which tells less of it.
  private static func merge(_ operation: ApplicationPiece.Sync, into syncs: inout [ApplicationPiece.Sync]) {
    guard let place = syncs.lastIndex(where: { $0.run.key == operation.run.key }) else { return syncs.append(operation) }
    let number = syncs[place].run.record.number
    syncs[place] = operation
    syncs[place].run.record.number = number
  }

  /// What is out of step with its source waits for a person, unless it is automated. What only drifted from what was synchronized last is
  /// no release.
  private static func waiting(
    _ application: Application, _ status: Node?, behind syncs: [ApplicationPiece.Sync]
  ) -> ApplicationPiece.Sync? {
    let last = syncs.last { $0.run.record.state == .succeeded && !$0.isPart }
    guard !application.isAutomated, let told = status?.object("sync"), told.text("status") == "OutOfSync" else { return nil }
    let wanted = revisions(told)
    guard let first = wanted.first, wanted != last?.revisions else { return nil }
    var sync = sync(application, "to-" + wanted.map(short).joined(separator: "-"), told, state: .waiting)
    sync.set(raw: "OutOfSync")
    var gate = Gate(kind: .human, state: .waiting)
    gate.key = "\(application.name)-\(first)"
    gate.environment = application.environment
    gate.step = sync.step.key
    sync.gate = gate
    return sync
  }

  private static func sync(
    _ application: Application, _ stamp: String, _ node: Node, state: State
  ) -> ApplicationPiece.Sync {
    let key = "\(application.key) \(stamp)"
    var run = RunRecord(id: "\(application.name)-\(stamp)", state: state)
    run.provider = "argocd"
    run.pipeline = application.name
    let source = node.object("source") ?? node.list("sources")?.elements.first { $0["chart"] == nil } ?? application.target
    let isChart = source?["chart"] != nil || source?.text("repoURL")?.hasPrefix("oci:") == true
    run.repository = isChart ? nil : source?.text("repoURL").flatMap(repositoryName)
    run.ref = isChart ? nil : source?.text("targetRevision").flatMap(ref)
    let revisions = revisions(node)
    let sources = revisions.map { application.drySources[$0] ?? $0 }
    run.commit = sources.first { isHash($0) }.flatMap(makeChange)
    run.version = version(sources)
    // An image, and the source of a hydrated commit, are told by the answers of their time only.
    if run.version != nil { run.inferred.append("version") }
    if application.isHydrated, run.commit != nil, sources == revisions { run.inferred.append("commit") }
    var deployment = DeploymentRecord(environment: .init(name: application.environment))
    deployment.provider = "argocd"
    deployment.target = application.cluster
    deployment.service = application.name
    deployment.inferred = ["service", "environment"]
    deployment.state = state
    var step = Step(name: "Sync", state: state)
    step.key = "\(key) sync"
    var runPiece = RunPiece(key: key, record: run)
    runPiece.longID = "\(application.name)-\(application.uid?.prefix(8) ?? "")-\(stamp)"
    var deploymentPiece = DeploymentPiece(key: key, record: deployment, outcome: .told)
    deploymentPiece.runKey = key
    deploymentPiece.stepKey = step.key
    return ApplicationPiece.Sync(
      run: runPiece, step: StepPiece(runKey: key, step: step), deployment: deploymentPiece, revisions: revisions)
  }

  /// Kept apart from the outcome of the last synchronization, which it says nothing of.
  private static func health(_ status: Node?, of last: ApplicationPiece.Sync, _ reader: inout FileReader) -> StepPiece? {
    guard let health = status?.object("health"), let word = health.text("status") else { return nil }
    var step = Step(name: "Health", state: reader.state(word, healths, of: "Argo CD", at: health["status"] ?? health))
    step.key = "\(last.run.key) health"
    step.isCurrent = true
    step.stateRaw = word
    if step.state == .failed { step.error = health.text("message") }
    return StepPiece(runKey: last.run.key, step: step)
  }

  // MARK: Revisions

  /// Several sources have several.
  private static func revisions(_ node: Node) -> [String] {
    let several = (node.list("revisions")?.elements ?? []).compactMap(\.identifier).filter { !$0.isBlank }
    return several.isEmpty ? [node.identifier("revision")].compactMap { $0 } : several
  }

  private static func isHash(_ text: String) -> Bool {
    text.utf8.count == 40 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func short(_ revision: String) -> String { isHash(revision) ? String(revision.prefix(12)) : revision }

  /// Of a single commit the commit is the version; charts have one of their own, and several sources those of all, the chart's first.
  private static func version(_ revisions: [String]) -> VersionLabel? {
    let named = revisions.filter { !isHash($0) && $0 != "HEAD" }
    let hashes = revisions.filter(isHash)
    if named.isEmpty, hashes.count < 2 { return nil }
    let label = VersionLabel(name: (named + hashes.map(short)).joined(separator: "+"))
    guard named.count == 1, revisions.count == 1, named[0].hasPrefix("sha256:") else { return label }
    return VersionLabel(name: String(named[0].dropFirst(7).prefix(12)), digest: named[0])
  }

  private static func ref(_ target: String) -> Ref? {
    if target == "HEAD" || isHash(target) { return nil }
    let looksLikeVersion = target.drop { $0 == "v" }.first?.isNumber == true
    return looksLikeVersion ? Ref(name: target, type: .other) : Ref(written: target)
  }
}

extension ApplicationPiece.Sync {
  /// Nobody knows one version of a place where a part of the resources is of another: it is no success there.
  fileprivate mutating func keepToPart() {
    isPart = true
    guard deployment.record.state == .succeeded else { return }
    run.record.warning = true
    deployment.record.state = .unknown
    deployment.record.isPart = true
    deployment.record.stateRaw = "Succeeded, chosen resources only"
  }

  fileprivate mutating func set(raw: String) {
    run.record.stateRaw = raw
    step.step.stateRaw = raw
    deployment.record.stateRaw = raw
  }

  fileprivate mutating func set(start: Timestamp?, end: Timestamp?) {
    run.record.createdAt = start
    (run.record.startedAt, step.step.startedAt, deployment.record.startedAt) = (start, start, start)
    (run.record.finishedAt, step.step.finishedAt, deployment.record.finishedAt) = (end, end, end)
  }

  /// Older entries of the history have neither of the two.
  fileprivate mutating func set(_ initiator: Node?) {
    if let name = initiator?.text("username") {
      run.record.actor = Actor(name: name, kind: .human)
      run.record.trigger = Trigger(type: .manual)
      deployment.record.promotion = .manual
    } else if initiator?.flag("automated") == true {
      run.record.trigger = Trigger(type: .unknown, raw: "automated")
      deployment.record.promotion = .automatic
    }
  }
}

import Documents
import Records

/// Jenkins (provider-formats.md, 4): builds as `/api/json` has them, alone, in their job or in folders of jobs. Which service,
/// environment and version they are is for the rules of the configuration. `Jenkins+Stages.swift` reads the stages of `wfapi`.
enum Jenkins {
  static let format = Format(
    provider: "jenkins",
    runNoun: "build",
    endsItsSteps: true,
    tellsParameters: true,
    shapes: stages + [
      Format.Shape(fits: isBuild, read: addBuild),
      Format.Shape(
        fits: isReference, read: skip("it names a build and tells nothing of it: ask for the build, or with 'tree='")),
      Format.Shape(fits: { list(of: $0) != nil }, read: readJob),
      Format.Shape(fits: isJob, read: skip("a job is the plan of builds, no build")),
    ])

  /// One table for builds and stages: the words do not contradict each other.
  static let states = Words<State>([
    "SUCCESS": .succeeded, "UNSTABLE": .succeeded, "FAILURE": .failed, "FAILED": .failed, "ABORTED": .cancelled,
    "NOT_BUILT": .skipped, "NOT_EXECUTED": .skipped, "IN_PROGRESS": .running, "PAUSED_PENDING_INPUT": .waiting,
  ])

  // MARK: Shapes

  @Sendable private static func isBuild(_ node: Node) -> Bool {
    guard node.whole("number") != nil, ["result", "building", "inProgress"].contains(where: { node[$0] != nil }) else {
      return false
    }
    return ["fullDisplayName", "timestamp", "estimatedDuration", "actions"].contains { node[$0] != nil }
  }

  /// What a job's own answer lists its builds as.
  @Sendable private static func isReference(_ node: Node) -> Bool {
    node.whole("number") != nil && node.text("url").flatMap(path) != nil && node.members.count <= 3
  }

  /// The builds of a job, or the jobs of a folder.
  private static func list(of node: Node) -> Node? {
    guard node["_class"] != nil || (node["name"] != nil && node["url"] != nil) else { return nil }
    let list = node.list("allBuilds") ?? node.list("builds") ?? node.list("jobs")
    return list?.elements.isEmpty == false ? list : nil
  }

  @Sendable private static func isJob(_ node: Node) -> Bool {
    node["_class"] != nil && node["name"] != nil && (node["url"] ?? node["fullName"]) != nil
  }

  @Sendable private static func readJob(_ node: Node, _ reader: inout FileReader) {
    guard reader.context.depth <= FileReader.deepest, let list = list(of: node) else {
      return reader.skip(node, .anArray)
    }
    let context = reader.context
    reader.context.pipeline = node.text("url").flatMap(path) ?? node.text("fullName")
    reader.takeElements(of: list)
    reader.context = context
  }

  // MARK: Builds

  @Sendable private static func addBuild(_ node: Node, _ reader: inout FileReader) {
    guard let number = node.whole("number") else { return }
    let told = node.text("url").flatMap(path) ?? reader.context.pipeline
    guard let job = told ?? displayedPath(node) else { return reader.skip(node, "a build that names no job") }
    let (state, raw) = state(node, &reader)
    var run = RunRecord(id: "\(job)-\(number)", state: state)
    run.provider = "jenkins"
    run.stateRaw = raw
    run.warning = raw.map(plainWord) == "unstable"
    run.pipeline = job
    run.number = number
    run.url = node.text("url")
    // A build that was read from a damaged file has neither (jenkinsci/jenkins #27009).
    run.createdAt = reader.milliseconds(node, "timestamp")
    if state != .skipped { run.startedAt = run.createdAt }
    if let took = node.whole("duration"), took > 0, state.isTerminal {
      run.finishedAt = run.createdAt?.adding(milliseconds: took)
      run.activeSeconds = Double(took) / 1000
    }
    let actions = (node.list("actions")?.elements ?? []).filter { $0.kind == .object }
    let checkouts = read(actions, into: &run)
    run.changes = changes(node, of: checkouts.count < 2 ? nil : run.commit?.sha ?? "", &reader)
    describe(&run.commit, run.changes)
    var piece = RunPiece(key: run.id, record: run)
    piece.checkouts = checkouts.map { checkout in
      var checkout = checkout
      checkout.changes = checkouts.count < 2 ? run.changes : changes(node, of: checkout.commit?.sha ?? "", &reader)
      describe(&checkout.commit, checkout.changes)
      return checkout
    }
    piece.repositoryKey = job
    piece.parameters = parameters(actions)
    if told == nil { piece.looseKey = looseKey(job, number) }
    reader.add(.run(piece), provider: "jenkins", named: "build \(job) #\(number)", at: node)
  }

  /// `building` wins: the result may be set while the build goes on.
  private static func state(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    if node.flag("building") || node.flag("inProgress") { return (.running, "building") }
    guard let word = node.text("result") else { return (.unknown, nil) }
    return (reader.state(word, states, of: "Jenkins", at: node["result"] ?? node), word)
  }

  // MARK: Addresses and names

  /// The job in an address such as `https://host/job/folder/job/main/42/`: `folder/main`.
  static func path(_ url: String) -> String? {
    let parts = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    guard let first = parts.firstIndex(of: "job") else { return nil }
    var names: [String] = []
    var index = first
    while index + 1 < parts.count, parts[index] == "job" {
      names.append(percentDecoded(parts[index + 1]))
      index += 2
    }
    return names.isEmpty ? nil : names.joined(separator: "/")
  }

  /// The number behind the job in such an address.
  static func number(_ url: String) -> Int? {
    let parts = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    guard var index = parts.firstIndex(of: "job") else { return nil }
    while index < parts.count, parts[index] == "job" { index += 2 }
    return index < parts.count ? Int(parts[index]) : nil
  }

  /// `folder » main #42` without the number. Names that are displayed may be others than those in addresses.
  private static func displayedPath(_ node: Node) -> String? {
    guard var name = node.text("fullDisplayName") else { return nil }
    if let own = node.text("displayName").map({ Array((" " + $0).utf8) }), name.utf8.suffix(own.count).elementsEqual(own) {
      name = String(decoding: name.utf8.dropLast(own.count), as: UTF8.self)
    } else if let hash = name.lastIndex(of: "#"), hash > name.startIndex {
      name = String(name[..<name.index(before: hash)])
    }
    return name.isBlank ? nil : name.replacing(" » ", with: "/")
  }

  /// What a job's own name and a number say, whatever its folders are called.
  static func looseKey(_ job: String, _ number: Int) -> String {
    "\(job.split(separator: "/").last ?? "")#\(number)"
  }

  static func skip(_ reason: SkipReason) -> @Sendable (Node, inout FileReader) -> Void { { $1.skip($0, reason) } }
}

import Documents
import Records

/// Azure DevOps (provider-formats.md, 5): builds and runs of YAML pipelines with their timelines, approvals and environments, and classic
/// releases with their deployments, approvals and manual interventions. Software kits write numbers for the words of enumerations.
enum AzureDevOps {
  static let provider = "azure-devops"

  static let format = Format(
    provider: provider,
    runNoun: "build",
    tellsParameters: true,
    page: { $0["count"] != nil ? $0.list("value") : nil },
    // Mostly the token is in a header of the answer.
    extent: { $0.text("continuationToken", "continuation_token").map { _ in ListExtent(goesOn: true) } },
    wholeList: "ask again with ?continuationToken= until the answer has none, and store every page",
    shapes: [
      Format.Shape(fits: isHook, read: readHook),
      Format.Shape(fits: isClassicDeployment, read: readClassicDeployment),
      Format.Shape(fits: { $0["approvalType"] != nil && $0.object("release") != nil }, read: readClassicApproval),
      Format.Shape(fits: { $0["taskInstanceId"] != nil && $0.object("release") != nil }, read: readIntervention),
      Format.Shape(fits: { $0.list("environments") != nil && $0.object("releaseDefinition") != nil }, read: readRelease),
      Format.Shape(
        fits: { $0.list("steps") != nil && ($0["minRequiredApprovers"] ?? $0["executionOrder"]) != nil }, read: readApproval),
      Format.Shape(fits: { $0["buildNumber"] != nil && ($0["definition"] ?? $0["queueTime"]) != nil }, read: readBuild),
      Format.Shape(
        fits: { $0["createdDate"] != nil && $0["state"] != nil && $0.object("pipeline") != nil }, read: readRun),
      Format.Shape(fits: isTimeline, read: readTimeline),
      Format.Shape(fits: isTimelineRecord, read: { readRecord($0, &$1, of: nil) }),
      Format.Shape(fits: { $0["environmentId"] != nil && $0["planType"] != nil }, read: readEnvironmentRecord),
      Format.Shape(fits: isEnvironment, read: readEnvironment),
      Format.Shape(
        fits: { $0.list("checkRuns") != nil },
        read: { $1.skip($0, "checks are not read; timelines and approvals tell of them") }),
      Format.Shape(
        fits: { $0["revision"] != nil && $0["name"] != nil && ($0["folder"] ?? $0["queueStatus"]) != nil },
        read: { $1.skip($0, "a pipeline is the plan of runs, no run") }),
    ],
    joining: [.afterGates: { $0.holdBehind() }, .beforeEnds: { $0.sumUpReleases() }])

  /// One table for builds, runs, timelines, environments and deployments: the words do not contradict each other.
  static let states = Words<State>([
    "notStarted": .queued, "postponed": .queued, "queued": .queued, "scheduled": .queued, "pending": .queued,
    "notDeployed": .queued, "inProgress": .running, "cancelling": .running, "canceling": .running,
    "manuallyQueued": .waiting, "dependentOnManualQueue": .waiting, "succeeded": .succeeded,
    "partiallySucceeded": .succeeded, "succeededWithIssues": .succeeded, "failed": .failed, "rejected": .failed,
    "canceled": .cancelled, "abandoned": .cancelled, "skipped": .skipped,
  ])

  /// Successes that are not whole.
  static func isWarning(_ word: String?) -> Bool {
    word.map { ["partiallysucceeded", "succeededwithissues"].contains(plainWord($0)) } ?? false
  }

  // MARK: Parts

  /// The word of an enumeration, which software kits write as its number.
  static func word(_ node: Node?, _ numbers: [Int: String]) -> String? {
    guard let node else { return nil }
    if let number = node.int { return numbers[number] ?? String(number) }
    return node.string.flatMap { $0.isBlank ? nil : $0 }
  }

  /// The result of what is completed, else its state.
  static func state(
    _ state: String?, result: String?, at node: Node, _ reader: inout FileReader
  ) -> (State, raw: String?) {
    guard let state else { return (.unknown, nil) }
    guard plainWord(state) == "completed" else {
      return (reader.state(state, states, of: "Azure DevOps", at: node["status"] ?? node["state"] ?? node), state)
    }
    guard let result, plainWord(result) != "none" else { return (.unknown, state) }
    return (reader.state(result, states, of: "Azure DevOps", at: node["result"] ?? node), result)
  }

  static func actor(_ node: Node?) -> Actor? {
    guard let node, let name = node.text("displayName") ?? node.text("uniqueName") else { return nil }
    let account = node.text("descriptor")?.prefix { $0 != "." } ?? ""
    let kind: Actor.Kind =
      switch account {
      case "aad", "msa": .human
      case "s2s", "svc": .system
      default: name.hasPrefix("Microsoft.VisualStudio.Services.") ? .system : .unknown
      }
    return Actor(name: name, id: node.identifier("id"), kind: kind)
  }

  static func webURL(_ node: Node) -> String? { node["_links", "web"]?.text("href") }

  /// The part of an address behind `name`, in any case.
  static func component(after name: String, of url: String?) -> String? {
    guard let parts = url?.split(separator: "/", omittingEmptySubsequences: false) else { return nil }
    guard let index = parts.firstIndex(where: { $0.lowercased() == name }), index + 1 < parts.count else { return nil }
    let part = parts[index + 1].prefix { $0 != "?" && $0 != "#" }
    return part.isEmpty ? nil : String(part)
  }

  /// `organisation/project` of an address, whose project may be a number that says nothing: then `project` is it.
  static func place(_ url: String?, project: String?) -> String? {
    guard let url, let scheme = url.firstRange(of: "://") else { return project }
    var parts = url[scheme.upperBound...].split(separator: "/").prefix { !$0.hasPrefix("_") }
    guard let host = parts.popFirst() else { return project }
    // `https://org.visualstudio.com/project`, and `https://dev.azure.com/org/project` since 2018.
    let isOld = host.hasSuffix(".visualstudio.com")
    let organisation = isOld ? host.prefix { $0 != "." } : parts.popFirst()
    let name = project ?? parts.first.flatMap { isIdentifier($0) ? nil : String($0) }
    guard let organisation, let name else { return project }
    return "\(organisation)/\(name)"
  }

  /// Whether it is a GUID.
  private static func isIdentifier(_ text: Substring) -> Bool {
    text.utf8.count == 36
      && text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
  }

  // MARK: Service hooks

  @Sendable private static func isHook(_ node: Node) -> Bool {
    node.text("eventType") != nil && node["publisherId"] != nil && node.object("resource") != nil
  }

  /// The objects that a notification holds; the run itself comes last, so that it is the newest word on its state.
  @Sendable private static func readHook(_ node: Node, _ reader: inout FileReader) {
    guard let resource = node.object("resource") else { return }
    if format.take(resource, &reader) { return }
    let parts = ["approval", "deployment", "release", "run"].compactMap { resource.object($0) }
    var isTaken = false
    for part in parts where format.take(part, &reader) { isTaken = true }
    if !isTaken {
      reader.skip(node, "a notification about nothing that is read: builds, runs, releases, deployments and approvals are")
    }
  }
}

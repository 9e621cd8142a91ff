import Documents
import Releases

/// What started a build, and what it built: the actions and change sets of a build, among which empty objects stand.
extension Jenkins {
  /// By the end of a cause's class.
  private static let causes = Words<Trigger.Kind>([
    "UserIdCause": .manual, "UserCause": .manual, "ReplayCause": .manual, "TimerTriggerCause": .schedule,
    "SCMTriggerCause": .push, "BranchEventCause": .push, "GitHubPushCause": .push, "BitBucketPushCause": .push,
    "GitLabWebHookCause": .push, "UpstreamCause": .upstream, "BuildUpstreamCause": .upstream, "RemoteCause": .api,
  ])

  static func read(_ actions: [Node], into run: inout RunRecord) {
    let causes = actions.flatMap { $0.list("causes")?.elements ?? [] }.filter { $0.kind == .object }
    // A timeout is a cause as well, of the end.
    run.trigger = causes.lazy.compactMap(trigger).first
    run.actor = causes.lazy.compactMap(actor).first
    let builds = actions.filter { $0.object("lastBuiltRevision") != nil }
    // Libraries of pipelines are checked out, too: what the job is named after is its own.
    let own = builds.first { branches($0).contains { $0 == run.pipeline?.split(separator: "/").last.map(String.init) } }
    guard let build = own ?? builds.first else { return }
    run.commit = build.object("lastBuiltRevision")?.text("SHA1").flatMap(makeChange)
    run.ref = branches(build).first.flatMap(ref)
    run.repository = (build.list("remoteUrls")?.elements ?? []).lazy.compactMap { $0.string.flatMap(repositoryName) }.first
  }

  /// The commit's own words, where the changes of the build tell them.
  static func describe(_ run: inout RunRecord) {
    guard let sha = run.commit?.sha, let change = run.changes.first(where: { $0.sha == sha }) else { return }
    run.commit = change
  }

  private static func trigger(_ cause: Node) -> Trigger? {
    let description = cause.text("shortDescription")
    let name = cause.text("_class").map { String($0.split { $0 == "." || $0 == "$" }.last ?? "") }
    if name == "ExceededTimeout" || name?.hasSuffix("Interruption") == true { return nil }
    if description?.hasPrefix("Pull request") == true { return Trigger(type: .pullRequest, raw: description) }
    let isPerson = cause["userId"] != nil || cause["userName"] != nil
    let type = name.flatMap { causes[$0] } ?? (isPerson ? .manual : .unknown)
    return description == nil && type == .unknown ? nil : Trigger(type: type, raw: description)
  }

  private static func actor(_ cause: Node) -> Actor? {
    guard let name = cause.text("userName") ?? cause.text("userId") else { return nil }
    return Actor(name: name, id: cause.text("userId"), kind: cause.text("userId") == nil ? .unknown : .human)
  }

  private static func branches(_ build: Node) -> [String] {
    (build["lastBuiltRevision"]?.list("branch")?.elements ?? []).compactMap { $0.text("name") }.map(branchName)
  }

  /// `main` of `refs/remotes/origin/main` and `origin/main`.
  private static func branchName(_ written: String) -> String {
    for prefix in ["refs/remotes/origin/", "remotes/origin/", "origin/"] where written.hasPrefix(prefix) {
      return String(written.dropFirst(prefix.count))
    }
    return written
  }

  /// A branch job of a pull request has `PR-7` for its branch.
  private static func ref(_ name: String) -> Ref? {
    if name == "detached" { return nil }
    if name.hasPrefix("PR-"), let number = Int(name.dropFirst(3)), number > 0 {
      return Ref(name: name, type: .pullRequest, pullRequest: String(number))
    }
    guard let ref = Ref(written: name), ref.type == .branch, !name.hasPrefix("refs/") else { return Ref(written: name) }
    // The checkout of a tag looks like that of a branch.
    let looksLikeVersion = name.drop { $0 == "v" }.first?.isNumber == true
    return looksLikeVersion ? Ref(name: name, type: .other) : ref
  }

  static func parameters(_ actions: [Node]) -> [String: String] {
    var found: [String: String] = [:]
    for parameter in actions.flatMap({ $0.list("parameters")?.elements ?? [] }) {
      guard let name = parameter.text("name"), let value = parameter["value"] else { continue }
      found[name] = value.identifier ?? value.bool.map { $0 ? "true" : "false" }
    }
    return found
  }

  /// The commits since the build before, oldest first as Jenkins lists them.
  static func changes(_ node: Node, _ reader: inout FileReader) -> [Change] {
    let sets = [node.object("changeSet")].compactMap { $0 } + (node.list("changeSets")?.elements ?? [])
    var changes: [Change] = []
    for item in sets.flatMap({ $0.list("items")?.elements ?? [] }) {
      guard var change = (item.text("commitId") ?? item.text("id")).flatMap(makeChange) else { continue }
      change.message = item.text("comment") ?? item.text("msg")
      change.author = item.object("author")?.text("fullName")
      change.committedAt = reader.milliseconds(item, "timestamp")
      changes.append(change)
    }
    return changes
  }
}

import Documents
import Records

/// What started a build, and what it built: the actions and change sets of a build, among which empty objects stand.
extension Jenkins {
  /// By the end of a cause's class.
  private static let causes = Words<Trigger.Kind>([
    "UserIdCause": .manual, "UserCause": .manual, "ReplayCause": .manual, "TimerTriggerCause": .schedule,
    "SCMTriggerCause": .push, "BranchEventCause": .push, "GitHubPushCause": .push, "BitBucketPushCause": .push,
    "GitLabWebHookCause": .push, "UpstreamCause": .upstream, "BuildUpstreamCause": .upstream, "RemoteCause": .api,
  ])

  /// Gives back what was checked out, of which a rule may know better whose commit it is.
  static func read(_ actions: [Node], into run: inout RunRecord) -> [Checkout] {
    let causes = actions.flatMap { $0.list("causes")?.elements ?? [] }.filter { $0.kind == .object }
    // A timeout is a cause as well, of the end.
    run.trigger = causes.lazy.compactMap(trigger).first
    run.actor = causes.lazy.compactMap(actor).first
    let checkouts = checkouts(actions)
    if let own = own(checkouts, of: run.pipeline) { run.take(own) }
    return checkouts
  }

  /// One for each repository, in the order of the build.
  private static func checkouts(_ actions: [Node]) -> [Checkout] {
    var found: [Checkout] = []
    for build in actions {
      guard let revision = build.object("lastBuiltRevision") else { continue }
      let addresses = (build.list("remoteUrls")?.elements ?? []).compactMap(\.string)
      let checkout = Checkout(
        repository: addresses.lazy.compactMap(repositoryName).first, commit: revision.text("SHA1").flatMap(makeChange),
        ref: branches(build).first.flatMap(ref), branches: branches(build))
      let isKnown = found.contains { known in
        checkout.repository.map { $0 == known.repository } ?? (known.commit?.sha == checkout.commit?.sha)
      }
      if !isKnown { found.append(checkout) }
    }
    return found
  }

  /// Libraries of pipelines are checked out, too: the product's is the only one, the one whose repository is called as a part of the
  /// job's path, or the one of the branch that the job is called after. If that is none or several, nothing tells whose commit it is.
  private static func own(_ checkouts: [Checkout], of job: String?) -> Checkout? {
    if checkouts.count < 2 { return checkouts.first }
    let parts = (job ?? "").split(separator: "/").map { percentDecoded($0).lowercased() }
    func isCalled(_ checkout: Checkout, _ fits: (String, String) -> Bool) -> Bool {
      guard let name = checkout.repository?.split(separator: "/").last?.lowercased() else { return false }
      return parts.contains { fits($0, name) }
    }
    var named = checkouts.filter { isCalled($0, ==) }
    // `deploy-attic` is called after `attic`, too.
    if named.isEmpty {
      named = checkouts.filter { isCalled($0) { ("-" + plainSeparators($0) + "-").contains("-" + plainSeparators($1) + "-") } }
    }
    if named.count == 1 { return named[0] }
    let ofBranch = (named.isEmpty ? checkouts : named).filter { checkout in
      checkout.branches.contains { $0.lowercased() == parts.last }
    }
    return ofBranch.count == 1 ? ofBranch[0] : nil
  }

  private static func plainSeparators(_ name: String) -> String { String(name.map { "_. ".contains($0) ? "-" : $0 }) }

  /// The commit's own words, where the changes of the build tell them.
  static func describe(_ commit: inout Change?, _ changes: [Change]) {
    guard let sha = commit?.sha, let change = changes.first(where: { $0.sha == sha }) else { return }
    commit = change
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

  /// The commits since the build before, oldest first as Jenkins lists them. A set has those of one repository: of several checkouts it
  /// is the one with the commit `own`.
  static func changes(_ node: Node, of own: String?, _ reader: inout FileReader) -> [Change] {
    var sets = [node.object("changeSet")].compactMap { $0 } + (node.list("changeSets")?.elements ?? [])
    if let own {
      sets = sets.filter { set in (set.list("items")?.elements ?? []).contains { $0.text("commitId", "id") == own } }
    }
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

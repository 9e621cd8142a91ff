package import Records

/// The subjects of the commits of a version that nobody described, grouped where they follow Conventional Commits 1.0.0
/// (conventionalcommits.org).
package struct CommitNotes: Hashable, Sendable {
  /// In the order in which they are listed.
  package enum Kind: String, CaseIterable, Sendable { case breaking, features, fixes, performance, others }

  package struct Item: Hashable, Sendable {
    /// The subject; of a conventional commit without its type, with its scope before it.
    package let text: String
    package let sha: String
  }

  package struct Group: Hashable, Sendable {
    package let kind: Kind
    package let items: [Item]
  }

  /// Those that have items. Where no commit is a conventional one, all are `others`.
  package let groups: [Group]

  /// nil without a commit whose message is known. Merges stand for what they merge, and one subject stands once.
  package init?(_ changes: [Change]) {
    var ofKind: [Kind: [Item]] = [:]
    var seen: Set<String> = []
    for change in changes {
      guard let subject = Subject(change.message), seen.insert(subject.text).inserted else { continue }
      ofKind[subject.kind, default: []].append(Item(text: subject.text, sha: change.sha))
    }
    groups = Kind.allCases.compactMap { kind in ofKind[kind].map { Group(kind: kind, items: $0) } }
    if groups.isEmpty { return nil }
  }

  /// Whether any commit says what it is.
  package var hasTitles: Bool { groups.contains { $0.kind != .others } }
  package var items: [Item] { groups.flatMap(\.items) }
  package var breaking: [String] { groups.filter { $0.kind == .breaking }.flatMap(\.items).map(\.text) }
}

/// The first line of a message, read as `type(scope)!: description`.
private struct Subject {
  let text: String
  let kind: CommitNotes.Kind

  private static let merges = ["merge branch ", "merge remote-tracking branch ", "merge tag ", "merge commit ", "merged in "]
  private static let types = [
    "feat": CommitNotes.Kind.features, "feature": .features, "fix": .fixes, "bugfix": .fixes, "perf": .performance,
  ]
  private static let otherTypes: Set = [
    "build", "chore", "ci", "docs", "refactor", "revert", "style", "test", "tests", "deps", "improvement",
  ]

  /// nil where there is nothing to say: no message, or a merge of commits that speak for themselves.
  init?(_ message: String?) {
    // Only the beginning is looked at: a message can be of any size.
    let lines = (message ?? "").prefix(4_000).split(whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    guard var first = lines.first else { return nil }
    let lower = first.lowercased()
    if Subject.merges.contains(where: lower.hasPrefix) { return nil }
    if lower.hasPrefix("merge pull request ") {
      guard lines.count > 1 else { return nil }
      first = lines[1]
    }
    let isFooter = lines.dropFirst().contains { $0.hasPrefix("BREAKING CHANGE:") || $0.hasPrefix("BREAKING-CHANGE:") }
    let parts = Subject.parts(first)
    text = parts.text
    kind = parts.isBreaking || isFooter ? .breaking : parts.kind
  }

  private static func parts(_ line: String) -> (text: String, kind: CommitNotes.Kind, isBreaking: Bool) {
    let plain = (line, CommitNotes.Kind.others, false)
    guard let colon = line.firstIndex(of: ":") else { return plain }
    var head = line[..<colon]
    let description = line[line.index(after: colon)...].drop { $0 == " " }
    guard !description.isEmpty, line[line.index(after: colon)...].first == " " else { return plain }
    let isBreaking = head.last == "!"
    if isBreaking { head.removeLast() }
    var scope: Substring?
    if head.last == ")", let open = head.firstIndex(of: "(") {
      scope = head[head.index(after: open)..<head.index(before: head.endIndex)]
      head = head[..<open]
    }
    let type = head.lowercased()
    guard let kind = types[type] ?? (otherTypes.contains(type) ? .others : nil) else { return plain }
    let text = scope.map { $0.isEmpty ? String(description) : "\($0): \(description)" } ?? String(description)
    return (text, kind, isBreaking)
  }
}

extension Catalog {
  /// What stands for the notes of a version that has none; nil where it has some, where no commit of it is known, and where the
  /// configuration says that commits are no notes.
  package func commitNotes(_ version: String, _ service: Int) -> CommitNotes? {
    guard configuration.notesFromCommits else { return nil }
    let service = services[service]
    guard let release = service.release(version: version) else {
      let shown = Version.display(version)
      let tried = service.deployments.first { Version.display($0.version) == shown }
      return tried.flatMap { CommitNotes($0.carried) }
    }
    guard service.releases[release].note == nil else { return nil }
    // The first that tells of its commits: a later environment may have skipped versions, and so carry those of several.
    let telling =
      service.deployments.first { $0.release == release && !$0.changes.isEmpty }
      ?? service.deployments.first { $0.release == release && $0.commit != nil }
    return telling.flatMap { CommitNotes($0.carried) }
  }
}

extension Deployment {
  /// The commits that its record names as its changes; without any the one that is deployed.
  fileprivate var carried: [Change] { changes.isEmpty ? [commit].compactMap(\.self) : changes }
}

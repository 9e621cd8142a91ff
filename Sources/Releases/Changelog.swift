import Records
package import Time

/// The notes in order of arrival in one environment (rules.md, Changelog per environment).
package struct Changelog: Sendable {
  /// Newest first.
  package let entries: [ChangelogEntry]
  /// By deployment.
  private let own: [Place]
  private let ofTargets: [Place]

  /// Which entry tells of a deployment.
  private struct Place: Sendable {
    let deployment: Int
    let entry: Int
  }

  package init(entries: [ChangelogEntry]) {
    self.entries = entries
    let places = entries.indices.map { Place(deployment: entries[$0].deployment, entry: $0) }
    own = Changelog.sorted(places)
    ofTargets = Changelog.sorted(
      entries.indices.flatMap { entry in entries[entry].targets.map { Place(deployment: $0.deployment, entry: entry) } })
  }

  private static func sorted(_ places: [Place]) -> [Place] {
    places.sorted { ($0.deployment, $0.entry) < ($1.deployment, $1.entry) }
  }

  /// What a deployment brought; nil where it brought nothing, or another one to several targets was the first to bring it.
  package func entry(of deployment: Int) -> ChangelogEntry? { entry(of: deployment, in: own) }

  /// What a deployment brought to one of several targets.
  package func entry(withTargetOf deployment: Int) -> ChangelogEntry? { entry(of: deployment, in: ofTargets) }

  /// The newest, by halving.
  private func entry(of deployment: Int, in places: [Place]) -> ChangelogEntry? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].deployment < deployment { low = middle + 1 } else { high = middle }
    }
    guard low < places.count, places[low].deployment == deployment else { return nil }
    return entries[places[low].entry]
  }

  /// The deployment to a later version that first brought the changes of one that never arrived itself.
  package func carrier(of version: String) -> ChangelogEntry? {
    entries.last { entry in
      entry.includes.contains { Version.display($0) == version } && Version.display(entry.to) != version
    }
  }
}

/// What one deployment brought or took away. Lists of versions are highest first.
package struct ChangelogEntry: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable { case first, upgrade, rebuild, rollback }

  /// One of several targets, and when this came there.
  package struct Target: Hashable, Sendable {
    package let name: String
    /// nil: no record says when.
    package let at: Timestamp?
    package let deployment: Int
  }

  /// Index into the service's deployments.
  package let deployment: Int
  /// In the order in which it came to them; empty unless the environment has several.
  package let targets: [Target]
  package let kind: Kind
  package let from: String?
  package let to: String
  /// nil: no record says when.
  package let at: Timestamp?
  package let includes: [String]
  package let removes: [String]
  /// Pre-releases that the final version of the range stands for.
  package let folded: [String]
  /// Those of `includes` that were here before and left by a rollback.
  package let again: [String]
  package let missingFixes: [String]
  package let missingNotes: [String]
  package let yanked: [String]
  /// Breaking items, in the order of `includes`.
  package let breaking: [LiftedItem]
  /// Items about security, in the order of `includes`.
  package let security: [LiftedItem]

  init(_ draft: Draft) {
    (deployment, targets, kind, from, to) = (draft.deployment, draft.targets, draft.kind, draft.from, draft.to)
    (at, includes, removes, folded, again) = (draft.at, draft.includes, draft.removes, draft.folded, draft.again)
    (missingFixes, missingNotes, yanked) = (draft.missingFixes, draft.missingNotes, draft.yanked)
    (breaking, security) = (draft.breaking, draft.security)
  }

  /// An entry while the rules write it.
  struct Draft {
    let deployment: Int
    var targets: [Target] = []
    let kind: Kind
    let from: String?
    let to: String
    let at: Timestamp?
    var includes: [String] = []
    var removes: [String] = []
    var folded: [String] = []
    var again: [String] = []
    var missingFixes: [String] = []
    var missingNotes: [String] = []
    var yanked: [String] = []
    var breaking: [LiftedItem] = []
    var security: [LiftedItem] = []

    init(deployment: Int, kind: Kind, from: String?, to: String, at: Timestamp?) {
      (self.deployment, self.kind, self.from, self.to, self.at) = (deployment, kind, from, to, at)
    }
  }
}

/// An item that stands on top of an entry: the same one in two releases once, with both versions (rules.md, Changelog, rule 3).
package struct LiftedItem: Hashable, Sendable {
  /// Plain text.
  package let text: String
  /// Highest first.
  package let versions: [String]

  package init(text: String, versions: [String]) {
    self.text = text
    self.versions = versions
  }
}

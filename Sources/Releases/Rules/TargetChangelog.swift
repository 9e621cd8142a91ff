import Records
package import Time

/// The changelog of an environment with several targets: one entry a version, at its first arrival on any of them, which names the others
/// with their times; a rollback names those that went back (rules.md, Targets).
package struct TargetChangelog {
  /// Newest first.
  package let entries: [ChangelogEntry]
  /// Since when a release is contained in what is live on any target, by number of the shelf; nil: no record says when.
  package private(set) var since: [Int: Timestamp?] = [:]

  package init(_ tracks: TargetTracks, of all: [Deployment], shelf: Shelf) {
    let rules = tracks.tracks.map { ChangelogRules($0.succession, of: all, shelf: shelf) }
    if tracks.tracks.count == 1 {
      (entries, since) = (rules[0].entries.map(ChangelogEntry.init), rules[0].since)
      return
    }
    for rule in rules {
      // Where no record says when it came to one of them, nobody knows which was the first.
      since.merge(rule.since) { mine, other in mine.flatMap { mine in other.map { min(mine, $0) } } }
    }
    let found = zip(tracks.tracks, rules).flatMap { track, rule in
      rule.entries.map { (name: track.name ?? "", entry: $0) }
    }
    var joining = TargetEntries()
    for (name, entry) in found.sorted(by: { ($0.entry.deployment, $0.name) < ($1.entry.deployment, $1.name) }) {
      joining.add(entry, on: name, run: all[entry.deployment].runID ?? all[entry.deployment].id)
    }
    entries = joining.drafts.reversed().map(ChangelogEntry.init)
  }
}

/// The entries of several targets, made one for each version. Oldest first.
private struct TargetEntries {
  private(set) var drafts: [ChangelogEntry.Draft] = []
  private var open: [[String]: Int] = [:]
  private var told: Set<String> = []

  mutating func add(_ entry: ChangelogEntry.Draft, on name: String, run: String) {
    let target = ChangelogEntry.Target(name: name, at: entry.at, deployment: entry.deployment)
    let version = Version.display(entry.to)
    let key: [String] =
      switch entry.kind {
      case .first, .upgrade: ["to", version]
      case .rebuild: ["again", version, run]
      case .rollback: ["back", version, entry.from ?? ""]
      }
    guard let place = open[key], !drafts[place].targets.contains(where: { $0.name == name }) else {
      open[key] = drafts.count
      told.formUnion(entry.includes)
      var entry = entry
      entry.targets = [target]
      drafts.append(entry)
      return
    }
    drafts[place].targets.append(target)
    if entry.kind == .rollback { return }
    // What this target lacked and no entry has told yet.
    let more = entry.includes.filter { told.insert($0).inserted }
    guard !more.isEmpty else { return }
    drafts[place].includes += more
    drafts[place].breaking += entry.breaking.filter { $0.versions.allSatisfy(more.contains) }
    drafts[place].security += entry.security.filter { $0.versions.allSatisfy(more.contains) }
  }
}

import Records

/// What became of a changelog entry: which of its releases a rollback took away again.
package struct EntryFate: Sendable {
  /// Index of the rollback's entry in the same changelog.
  package let rollback: Int
  /// Index of the entry that brought one of them again; nil if none did.
  package private(set) var again: Int?
  /// The versions that left, without a `v`.
  package private(set) var versions: Set<String>
  /// The rollback went back on some of the targets that have it, and the others kept it.
  package private(set) var isOnSomeTargets = false

  /// The fates of the entries of one changelog, by index; entries that nobody took back have none.
  package static func all(in entries: [ChangelogEntry]) -> [Int: EntryFate] {
    var fates: [Int: EntryFate] = [:]
    // Oldest first, so that of two rollbacks each takes what was left for it.
    for rollback in entries.indices.reversed() where entries[rollback].kind == .rollback {
      strike(by: rollback, entries, &fates)
    }
    for (index, fate) in fates {
      let later = entries[..<fate.rollback].indices.reversed()
      fates[index]?.again = later.first { !fate.versions.isDisjoint(with: entries[$0].again.map(Version.display)) }
    }
    return fates
  }

  private static func strike(by rollback: Int, _ entries: [ChangelogEntry], _ fates: inout [Int: EntryFate]) {
    let taker = entries[rollback]
    var removed = Set(taker.removes.map(Version.display))
    // A version without notes is in no list, but it is what the rollback left.
    if let from = taker.from { removed.insert(Version.display(from)) }
    for index in entries.indices.suffix(from: rollback + 1) where !removed.isEmpty {
      let entry = entries[index]
      if entry.kind != .rollback {
        let brought = Set(entry.includes.map(Version.display) + [Version.display(entry.to)])
        let struck = removed.intersection(brought).subtracting(fates[index]?.versions ?? [])
        if !struck.isEmpty {
          let kept = Set(entry.targets.map(\.name)).subtracting(taker.targets.map(\.name))
          fates[index] = EntryFate(
            rollback: rollback, again: nil, versions: struck.union(fates[index]?.versions ?? []),
            isOnSomeTargets: !taker.targets.isEmpty && !kept.isEmpty)
        }
        removed.subtract(brought)
      }
      if Version.display(entry.to) == Version.display(taker.to) { return }
    }
  }
}

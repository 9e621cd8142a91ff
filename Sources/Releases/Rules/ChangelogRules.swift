import Records
import Time

/// The changelog of one service in one environment (rules.md, Changelog per environment), and since when each release has been there.
struct ChangelogRules {
  private(set) var entries: [ChangelogEntry.Draft] = []
  /// Since when a release is contained in what is live, by number of the shelf; nil where no record says when it came.
  private(set) var since: [Int: Timestamp?] = [:]
  /// Releases that a rollback took away and that have not come back.
  private var takenBack: Set<Int> = []

  /// Of releases that have reached some of several unnamed targets since the last success: the place of their entry.
  private var reached: [Int: Int] = [:]

  private let shelf: Shelf
  private let all: [Deployment]

  init(_ succession: Succession, of all: [Deployment], shelf: Shelf) {
    (self.shelf, self.all) = (shelf, all)
    var reaches = succession.reaches[...]
    for step in succession.steps {
      while let reach = reaches.first, reach.deployment < step.deployment {
        add(reaches.removeFirst(), reach.before.map { succession.steps[$0] })
      }
      guard let release = step.release else {
        (since, reached) = ([:], [:])
        continue
      }
      let before = step.before.map { succession.steps[$0] }
      if !settle(step, release: release, before: before) { add(step, release: release, before: before) }
    }
    for reach in reaches { add(reach, reach.before.map { succession.steps[$0] }) }
    if succession.end == .removed { since = [:] }
    entries.reverse()
  }

  /// It is an arrival, on the targets that it reached.
  private mutating func add(_ reach: Succession.Reach, _ before: Succession.Step?) {
    if let place = reached[reach.release] {
      let known = Set(entries[place].targets.map(\.name))
      entries[place].targets += reach.targets.filter { !known.contains($0.name) }
      return
    }
    let step = Succession.Step(deployment: reach.deployment, release: reach.release, before: reach.before)
    let from = before.map { all[$0.deployment].version }
    add(step, release: reach.release, before: before, from: from, at: reach.at, targets: reach.targets)
    reached[reach.release] = entries.indices.last
  }

  /// After a success on all targets nothing is live on some of them only: what had come to some is told already, and what had not
  /// is gone from them. Whether that tells of the step.
  private mutating func settle(_ step: Succession.Step, release: Int, before: Succession.Step?) -> Bool {
    guard !reached.isEmpty else { return false }
    let open = reached.sorted { $0.value < $1.value }
    reached = [:]
    for (other, place) in open where other != release {
      if before?.release == release, shelf.compare(release, other) != .higher {
        let left = Succession.Step(deployment: entries[place].deployment, release: other, before: nil)
        let at = all.span[step.deployment].time
        let targets = entries[place].targets.map {
          ChangelogEntry.Target(name: $0.name, at: at, deployment: step.deployment)
        }
        add(step, release: release, before: left, from: entries[place].to, at: at, targets: targets)
      } else {
        keep(whatIsIn: release, leaving: other)
      }
    }
    guard let place = open.first(where: { $0.key == release })?.value else { return false }
    let known = Set(entries[place].targets.map(\.name))
    entries[place].targets += all[step.deployment].targets.filter { $0.state == .succeeded && !known.contains($0.name) }.map {
      ChangelogEntry.Target(name: $0.name, at: $0.finishedAt, deployment: step.deployment)
    }
    return true
  }

  private mutating func add(_ step: Succession.Step, release: Int, before: Succession.Step?) {
    let at = all.span[step.deployment].time
    add(step, release: release, before: before, from: all[step.deployment].from, at: at, targets: [])
  }

  private mutating func add(
    _ step: Succession.Step, release: Int, before: Succession.Step?, from: String?, at: Timestamp?,
    targets: [ChangelogEntry.Target]
  ) {
    let deployment = step.deployment
    guard let kind = kind(of: deployment, release: release, live: before?.release) else { return }
    var entry = ChangelogEntry.Draft(deployment: deployment, kind: kind, from: from, to: all[deployment].version, at: at)
    entry.targets = targets
    var present: [Int] = []
    switch kind {
    case .first: present = addFirst(&entry, release)
    case .upgrade: present = addUpgrade(&entry, from: before?.release, to: release)
    case .rebuild: break
    case .rollback: present = addRollback(&entry, from: before?.release, to: release)
    }
    markYanked(&entry, release)
    if shelf.items[release].note == nil { entry.missingNotes.insert(shelf.items[release].text, at: 0) }
    for item in present + [release] where since[item] == nil { since.updateValue(at, forKey: item) }
    entries.append(entry)
  }

  /// The kind of the entry; nil: none. Where a mark and the versions disagree, the versions decide.
  private func kind(of deployment: Int, release: Int, live: Int?) -> ChangelogEntry.Kind? {
    guard let live else { return .first }
    switch shelf.compare(release, live) {
    case .same: return isSameBuild(deployment) ? nil : .rebuild
    case .higher: return .upgrade
    case .lower: return .rollback
    case nil: return all[deployment].kind == .rollback ? .rollback : .upgrade
    }
  }

  private func isSameBuild(_ deployment: Int) -> Bool {
    all[deployment].fromDeployment.map { all.isSameBuild(deployment, $0) } ?? true
  }

  private mutating func addFirst(_ entry: inout ChangelogEntry.Draft, _ release: Int) -> [Int] {
    let brought = shelf.brought(from: nil, to: release)
    fill(&entry, brought)
    return brought.releases
  }

  private mutating func addUpgrade(_ entry: inout ChangelogEntry.Draft, from live: Int?, to release: Int) -> [Int] {
    let brought = shelf.brought(from: live, to: release)
    fill(&entry, brought)
    if let live, shelf.isAcrossLines(live, release) {
      let later = shelf.releases(ofLineOf: live, datedAfter: release)
      entry.missingFixes = shelf.texts(later.filter { !brought.releases.contains($0) })
    }
    return brought.releases + brought.folded
  }

  private mutating func addRollback(_ entry: inout ChangelogEntry.Draft, from live: Int?, to release: Int) -> [Int] {
    guard let live else { return [] }
    // An `includes:` list may name what is live again.
    let removed = shelf.brought(from: release, to: live).releases.filter { !shelf.isAtMost($0, release) }
    entry.removes = shelf.texts(removed)
    keep(whatIsIn: release, leaving: live)
    takenBack.formUnion(removed)
    // What the line gained since: dated after the release that is left, and part of the one that is live again.
    let gained = shelf.releases(ofLineOf: release, datedAfter: live)
    let held = gained.filter { $0 == release || shelf.compare($0, release) == .lower }
    fill(&entry, Brought(releases: held))
    return held
  }

  /// Forgets since when what a rollback took away was there; without an order of versions that is what came after the release.
  private mutating func keep(whatIsIn release: Int, leaving live: Int) {
    let came = since[release] ?? nil
    since = since.filter { item, at in
      guard item != live else { return false }
      guard let comparison = shelf.compare(item, release) else {
        // What came at an unknown time stands before all that is dated.
        return came.map { came in at.map { $0 <= came } ?? true } ?? true
      }
      return comparison != .higher
    }
  }

  private mutating func fill(_ entry: inout ChangelogEntry.Draft, _ brought: Brought) {
    entry.includes = shelf.texts(brought.releases)
    entry.folded = shelf.texts(brought.folded)
    entry.again = shelf.texts(brought.releases.filter { takenBack.contains($0) })
    takenBack.subtract(brought.releases)
    entry.missingNotes = brought.unknown
    entry.breaking = lifted(brought, \.breaking)
    entry.security = lifted(brought, \.security)
  }

  /// Those of `includes`, and the one that is deployed even where it is no news.
  private func markYanked(_ entry: inout ChangelogEntry.Draft, _ release: Int) {
    let own = shelf.items[release].text
    let versions = entry.includes.contains(own) ? entry.includes : entry.includes + [own]
    entry.yanked = versions.filter { version in
      shelf.number(of: version).flatMap { shelf.items[$0].note }?.value.yanked ?? false
    }
  }

  /// Items of all releases, highest first. A final version without content of its own speaks through its pre-releases.
  private func lifted(_ brought: Brought, _ items: (ReleaseNote) -> [String]) -> [LiftedItem] {
    var lifted: [(text: String, versions: [String])] = []
    var places: [String: Int] = [:]
    for release in brought.releases {
      guard let note = shelf.items[release].note?.value else { continue }
      let speakers =
        note.isEmpty ? brought.folded.filter { shelf.items[$0].isPrerelease(of: shelf.items[release]) } : [release]
      for text in speakers.flatMap({ shelf.items[$0].note.map { items($0.value) } ?? [] }) {
        let version = shelf.items[release].text
        if let place = places[text] {
          if lifted[place].versions.last != version { lifted[place].versions.append(version) }
        } else {
          places[text] = lifted.count
          lifted.append((text, [version]))
        }
      }
    }
    return lifted.map { LiftedItem(text: $0.text, versions: $0.versions) }
  }
}

extension ReleaseNote {
  /// Whether its own section says nothing.
  package var isEmpty: Bool { !body.plain.utf8.contains { $0 > 0x20 } }
}

extension Shelf.Item {
  /// Of the same number, as far as a line tells; what has none belongs to any.
  func isPrerelease(of final: Shelf.Item) -> Bool { isPrerelease && core == final.core }
}

package import Records

/// What a deployment brings to people who read it outside of the site: in a chat, at a gate, in the body of a release.
package struct BroughtNotes: Sendable {
  /// Index into the catalog's services.
  package let service: Int
  /// Index into the catalog's environments; nil for a range of versions.
  package let environment: Int?
  package let from: String?
  /// nil: what is not released yet.
  package let to: String?
  /// It waits, or is on its way: it is not there yet.
  package fileprivate(set) var isPending = false
  /// It leads to a lower version.
  package fileprivate(set) var isRollback = false
  /// Highest first.
  package let releases: [String]
  package fileprivate(set) var removes: [String] = []
  package fileprivate(set) var again: [String] = []
  /// What is written down for the next release.
  package fileprivate(set) var unreleased: [ReleaseNote] = []

  fileprivate init(service: Int, environment: Int?, from: String?, to: String?, releases: [String]) {
    (self.service, self.environment, self.from, self.to, self.releases) = (service, environment, from, to, releases)
  }
}

extension Catalog {
  /// Those of the newest deployment of a service to an environment that changed what runs; nil where nothing arrived.
  package func arrivedNotes(of service: Int, in environment: Int) -> BroughtNotes? {
    guard let entry = histories[service][environment].changelog.entries.first else { return nil }
    var brought = BroughtNotes(
      service: service, environment: environment, from: entry.from, to: entry.to, releases: entry.includes + entry.missingNotes)
    brought.isRollback = entry.kind == .rollback
    (brought.removes, brought.again) = (entry.removes, entry.again)
    return brought
  }

  /// Those of what waits at a gate; without that, of what is live in the environment before.
  package func pendingNotes(of service: Int, in environment: Int) -> [BroughtNotes] {
    let cell = histories[service][environment].cell
    let live = cell.current.map { services[service].deployments[$0].version }
    var all = cell.waiting.map {
      BroughtNotes(service: service, environment: environment, from: live, to: $0.version, releases: $0.brings)
    }
    if cell.isLagging, let newest = cell.pending.first {
      all = [BroughtNotes(service: service, environment: environment, from: live, to: newest, releases: cell.pending)]
    }
    for index in all.indices { all[index].isPending = true }
    return all
  }

  /// Those of what has no version yet; nil where nothing is written.
  package func unreleasedNotes(of service: Int) -> BroughtNotes? {
    let notes = services[service].releases.filter(\.isUnreleased).compactMap { $0.note?.value }
      // A heading alone says nothing, unless it is that of a version.
      .filter { $0.version != nil || $0.markdown.contains { $0 > 0x20 } }
    guard !notes.isEmpty else { return nil }
    var brought = BroughtNotes(service: service, environment: nil, from: nil, to: nil, releases: [])
    brought.unreleased = notes
    return brought
  }

  /// Those between two versions of a service; nil where one of them is none of its versions.
  package func notes(of service: Int, from: String?, to: String) -> BroughtNotes? {
    guard let range = services[service].range(from: from, to: to) else { return nil }
    var brought = BroughtNotes(
      service: service, environment: nil, from: from, to: to, releases: range.isDown ? [] : range.releases)
    brought.isRollback = range.isDown
    brought.removes = range.isDown ? range.releases : []
    return brought
  }
}

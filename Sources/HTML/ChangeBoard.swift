import Plan
import Records
import Releases
import Report

/// What a page of commits tells: each of them, and where it is.
struct ChangeBoard {
  /// A commit or a note, and its way through the environments.
  struct Journey {
    let stays: [Stay]
    /// By environment, the waiting deployment that would bring it.
    let waiting: [Int?]
  }

  let service: Int
  let bucket: CommitIndex.Bucket
  let environments: [Int]
  let commits: [KnownChange]
  /// The releases whose notes name issues.
  let notes: [Int]
  /// Of the commits, then of the notes.
  let journeys: [Journey]
  let names: [String]

  init(_ view: Viewpoint, service: Int, bucket: CommitIndex.Bucket) {
    let index = view.map.commits[service]
    let contents = index.contents[bucket] ?? CommitIndex.Contents()
    let commits = contents.changes.prefix(index.limit).map { index.changes[$0] }
    (self.service, self.bucket, self.commits, notes) = (service, bucket, commits, contents.notes)
    environments = view.catalog.trackedEnvironments(of: service)
    names = environments.map { view.catalog.environments[$0].name }
    let owner = view.catalog.services[service]
    let cargo =
      commits.map { Cargo(carriers: $0.carriers) } + notes.map { Cargo(carriers: [], version: owner.releases[$0].version) }
    let waits = view.catalog.histories[service].map { $0.cell.waiting.map(\.deployment) }
    journeys = zip(owner.stays(of: cargo), owner.waiting(for: cargo, waits)).map { Journey(stays: $0, waiting: $1) }
  }

  /// `: 46 reached Development, 38 Production; 2 left Production again`.
  var summary: Sentence {
    guard !commits.isEmpty else { return "" }
    let own = journeys.prefix(commits.count)
    var parts: [Sentence] = []
    var left: [Sentence] = []
    for (environment, name) in zip(environments, names) {
      let here = own.map { $0.stays.last { $0.environment == environment } }
      let reached = here.count { $0 != nil }
      let gone = here.count { $0?.end != nil }
      parts.append(parts.isEmpty ? "\(reached) reached \(name)" : "\(reached) \(name)")
      if gone > 0 { left.append("\(gone) left \(name) again") }
    }
    return ": " + .joined(parts, separator: ", ") + (left.isEmpty ? "" : "; " + .joined(left, separator: ", "))
  }
}

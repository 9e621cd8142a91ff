package import Records
import Time

/// The known commits of a service, and the notes that name issues, by month of the site's zone. Made once for each service.
package struct CommitIndex: Sendable {
  /// A month, or one of its days where the month has more commits than a bucket may hold.
  package struct Bucket: Hashable, Sendable {
    package let month: Month
    package let day: Int?

    package init(month: Month, day: Int? = nil) { (self.month, self.day) = (month, day) }

    /// `2026-03`, `2026-03-14`, as in paths.
    package var key: String {
      day.flatMap { CivilDate(year: month.year, month: month.month, day: $0)?.description } ?? month.key
    }
  }

  /// What is in a bucket, newest first: indices of `changes`, and of the service's releases.
  package struct Contents: Hashable, Sendable {
    package fileprivate(set) var changes: [Int] = []
    package fileprivate(set) var notes: [Int] = []

    package init() {}
  }

  /// What a deployment changed in its environment: indices of `changes`.
  package struct Delta: Hashable, Sendable {
    package fileprivate(set) var arrived: [Int] = []
    package fileprivate(set) var left: [Int] = []
  }

  package let changes: [KnownChange]
  /// How many commits a bucket may hold.
  package let limit: Int
  /// Newest first.
  package let months: [Month]
  /// Those of a month that is divided into its days, newest first.
  package private(set) var days: [Month: [Bucket]] = [:]
  package private(set) var contents: [Bucket: Contents] = [:]
  /// By deployment.
  private let deltas: [Int: Delta]
  private let dates: [CivilDate?]
  private let ofStem: [String: [Int]]

  /// `limit`: how many commits a bucket may hold; `namesIssue`: whether a text names one.
  package init(_ catalog: Catalog, service: Int, limit: Int, namesIssue: (String) -> Bool) {
    let changes = catalog.services[service].knownChanges
    (self.changes, self.limit) = (changes, limit)
    deltas = CommitIndex.deltas(of: changes, in: catalog.services[service])
    ofStem = Dictionary(grouping: changes.indices) { Change.stem(changes[$0].change.sha) }
    dates = changes.map { change in change.time.map { catalog.configuration.zone.civil($0).date } }
    var ofDay: [CivilDate: Contents] = [:]
    for index in CommitIndex.newestFirst(changes) {
      if let date = dates[index] { ofDay[date, default: Contents()].changes.append(index) }
    }
    for (release, date) in catalog.notesNamingIssues(of: service, namesIssue) {
      ofDay[date, default: Contents()].notes.append(release)
    }
    months = Set(ofDay.keys.map(Month.init)).sorted(by: >)
    fill(from: ofDay)
  }

  private static func deltas(of changes: [KnownChange], in service: Service) -> [Int: Delta] {
    var deltas: [Int: Delta] = [:]
    for (item, stays) in service.stays(of: changes.map { Cargo(carriers: $0.carriers) }).enumerated() {
      for stay in stays {
        deltas[stay.deployment, default: Delta()].arrived.append(item)
        if let end = stay.end { deltas[end, default: Delta()].left.append(item) }
      }
    }
    return deltas
  }

  private static func newestFirst(_ changes: [KnownChange]) -> [Int] {
    changes.indices.sorted { left, right in
      guard let mine = changes[left].time, let theirs = changes[right].time, mine != theirs else { return left > right }
      return mine > theirs
    }
  }

  private mutating func fill(from ofDay: [CivilDate: Contents]) {
    let dates = ofDay.keys.sorted(by: >)
    for month in months {
      let own = dates.filter { Month($0) == month }
      let isDivided = own.reduce(0) { $0 + (ofDay[$1]?.changes.count ?? 0) } > limit
      if isDivided { days[month] = own.map { Bucket(month: month, day: $0.day) } }
      for date in own {
        let bucket = Bucket(month: month, day: isDivided ? date.day : nil)
        contents[bucket, default: Contents()].changes += ofDay[date]?.changes ?? []
        contents[bucket, default: Contents()].notes += ofDay[date]?.notes ?? []
      }
    }
  }

  /// Every bucket, newest first; that of a month before those of its days.
  package var buckets: [Bucket] { months.flatMap { [Bucket(month: $0)] + (days[$0] ?? []) } }

  /// Where a commit is listed; nil for one that nothing puts into a month.
  package func bucket(of change: Int) -> Bucket? {
    dates[change].map { date in
      let month = Month(date)
      return Bucket(month: month, day: days[month] == nil ? nil : date.day)
    }
  }

  /// The known commit that a sha names.
  package func change(_ sha: String) -> Int? { ofStem[Change.stem(sha)]?.first { Change.isSame(changes[$0].change.sha, sha) } }

  /// The commits that the record of a deployment names, then the others that came into its environment with it, those that are known
  /// last first.
  package func changes(broughtBy index: Int, _ deployment: Deployment) -> [Change] {
    let named = Set(deployment.changes.compactMap { change($0.sha) })
    let others = deltas[index]?.arrived.filter { !named.contains($0) } ?? []
    return deployment.changes + others.reversed().map { changes[$0].change }
  }

  /// The commits that left the environment with a deployment, as with a rollback or a step to a line without some fixes; those that are
  /// known last first. Of a removal none is named, since it takes all.
  package func changes(takenBackBy index: Int, _ deployment: Deployment) -> [Change] {
    guard deployment.action != .remove else { return [] }
    return (deltas[index]?.left ?? []).reversed().map { changes[$0].change }
  }
}

extension Catalog {
  /// The releases whose notes name issues, newest first, each with the day that it counts for: of its first arrival, else its own.
  fileprivate func notesNamingIssues(of service: Int, _ namesIssue: (String) -> Bool) -> [(release: Int, date: CivilDate)] {
    let releases = services[service].releases
    let dated = releases.indices.compactMap { index -> (release: Int, date: CivilDate)? in
      guard let note = releases[index].note?.value, releases[index].version != nil,
        let date = releases[index].arrivals.compactMap(\.arrivedAt).min().map({ configuration.zone.civil($0).date })
          ?? note.date,
        namesIssue(note.body.plain)
      else { return nil }
      return (index, date)
    }
    return dated.sorted { $0.date != $1.date ? $0.date > $1.date : $0.release < $1.release }
  }
}

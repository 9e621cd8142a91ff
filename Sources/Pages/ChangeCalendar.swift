import Markdown
import Releases

/// The known commits of a service, and the notes that name issues, by month of the site's zone. Made once with the site map.
struct ChangeCalendar: Sendable {
  /// A page of commits: of a month, or of one of its days where the month has more of them than a page can hold.
  struct Sheet: Hashable, Sendable {
    let month: Month
    let day: Int?

    /// `2026-03`, `2026-03-14`, as in paths.
    var key: String { month.key + (day.map { "-" + Format.padded($0, 2) } ?? "") }
    /// `March 2026`, `14 March 2026`, as in headings.
    var name: Sentence {
      day.flatMap { CivilDate(year: month.year, month: month.month, day: $0) }.map { "\(TimeText($0))" } ?? month.name
    }
  }

  /// What stands on a page, newest first: indices of `changes`, and of the service's releases.
  struct Part: Hashable, Sendable {
    fileprivate(set) var changes: [Int] = []
    fileprivate(set) var notes: [Int] = []
  }

  /// What came into an environment with a deployment, and what left with it: indices of `changes`.
  struct Move: Hashable, Sendable {
    fileprivate(set) var came: [Int] = []
    fileprivate(set) var left: [Int] = []
  }

  let changes: [KnownChange]
  /// By deployment.
  let moves: [Int: Move]
  let patterns: [KeyPattern]
  /// How many commits a page holds: 1,300 cells weigh about 400 kB.
  let limit: Int
  /// Newest first.
  let months: [Month]
  /// Those of a month that has a page a day, newest first.
  private(set) var days: [Month: [Sheet]] = [:]
  private(set) var parts: [Sheet: Part] = [:]
  private let dates: [CivilDate?]
  private let ofStem: [String: [Int]]

  init(_ catalog: Catalog, _ service: Int) {
    let changes = catalog.services[service].knownChanges
    let patterns = catalog.configuration.links.issues.compactMap { KeyPattern($0.pattern, address: $0.url) }
    (self.changes, self.patterns) = (changes, patterns)
    limit = min(500, max(50, 1_300 / max(1, catalog.shownEnvironments(of: service).count)))
    moves = ChangeCalendar.moves(of: changes, in: catalog.services[service])
    ofStem = Dictionary(grouping: changes.indices) { Change.stem(changes[$0].change.sha) }
    dates = changes.map { change in change.time.map { catalog.configuration.zone.civil($0).date } }
    var ofDay: [CivilDate: Part] = [:]
    for index in ChangeCalendar.newestFirst(changes) {
      if let date = dates[index] { ofDay[date, default: Part()].changes.append(index) }
    }
    for (release, date) in catalog.notesWithKeys(patterns, service: service) {
      ofDay[date, default: Part()].notes.append(release)
    }
    months = Set(ofDay.keys.map { Month(year: $0.year, month: $0.month) }).sorted(by: >)
    deal(ofDay)
  }

  private static func moves(of changes: [KnownChange], in service: Service) -> [Int: Move] {
    var moves: [Int: Move] = [:]
    for (item, stays) in service.stays(of: changes.map { Cargo(carriers: $0.carriers) }).enumerated() {
      for stay in stays {
        moves[stay.deployment, default: Move()].came.append(item)
        if let end = stay.end { moves[end, default: Move()].left.append(item) }
      }
    }
    return moves
  }

  private static func newestFirst(_ changes: [KnownChange]) -> [Int] {
    changes.indices.sorted { left, right in
      guard let mine = changes[left].time, let theirs = changes[right].time, mine != theirs else { return left > right }
      return mine > theirs
    }
  }

  /// To the pages of their months, or of their days where a month has too many.
  private mutating func deal(_ ofDay: [CivilDate: Part]) {
    let dates = ofDay.keys.sorted(by: >)
    for month in months {
      let own = dates.filter { $0.year == month.year && $0.month == month.month }
      let isSplit = own.reduce(0) { $0 + (ofDay[$1]?.changes.count ?? 0) } > limit
      if isSplit { days[month] = own.map { Sheet(month: month, day: $0.day) } }
      for date in own {
        let sheet = Sheet(month: month, day: isSplit ? date.day : nil)
        parts[sheet, default: Part()].changes += ofDay[date]?.changes ?? []
        parts[sheet, default: Part()].notes += ofDay[date]?.notes ?? []
      }
    }
  }

  /// Every page, newest first; that of a month before those of its days.
  var sheets: [Sheet] { months.flatMap { [Sheet(month: $0, day: nil)] + (days[$0] ?? []) } }

  /// The page that lists a commit.
  func sheet(of change: Int) -> Sheet? {
    dates[change].map { date in
      let month = Month(year: date.year, month: date.month)
      return Sheet(month: month, day: days[month] == nil ? nil : date.day)
    }
  }

  /// The known commit that a sha names.
  func change(_ sha: String) -> Int? { ofStem[Change.stem(sha)]?.first { Change.isSame(changes[$0].change.sha, sha) } }
}

extension Catalog {
  /// In promotion order, archived ones only where the service was deployed; without short-lived ones.
  func shownEnvironments(of service: Int) -> [Int] {
    environments.indices.filter {
      environments[$0].isStage || (environments[$0].archived && !histories[service][$0].deployments.isEmpty)
    }
  }

  /// Whether a release came to more than short-lived environments.
  func isStaged(_ release: Release) -> Bool { release.arrivals.contains { !environments[$0.environment].isShortLived } }

  /// The releases whose notes name issues, newest first, each with the day that it counts for: of its first arrival, else its own.
  fileprivate func notesWithKeys(_ patterns: [KeyPattern], service: Int) -> [(release: Int, date: CivilDate)] {
    guard !patterns.isEmpty else { return [] }
    let releases = services[service].releases
    let dated = releases.indices.compactMap { index -> (release: Int, date: CivilDate)? in
      guard let note = releases[index].note?.value, releases[index].version != nil,
        let date = releases[index].arrivals.compactMap(\.arrivedAt).min().map({ configuration.zone.civil($0).date })
          ?? note.date,
        !IssueKey.all(in: note.body.plain, patterns).isEmpty
      else { return nil }
      return (index, date)
    }
    return dated.sorted { $0.date != $1.date ? $0.date > $1.date : $0.release < $1.release }
  }
}

import Markdown
import Releases
import Template

/// `changes/<service>/<yyyy-mm>.html`: where each known commit and issue of a month is. No clock.
struct ChangesPage: Model {
  struct Day: Model {
    let link: LinkText
    let count: String

    static let fields = Fields<Day>(
      .object("link") { $0.link },
      .text("count") { $0.count }
    )
  }

  let layout: Layout
  let service: LinkText
  let title: String
  let summary: Sentence
  let neighbours: Sentence
  let environments: [LinkText]
  let commits: [ChangeRow]
  let issues: [IssueRow]
  let days: [Day]
  /// What a page cannot hold.
  let omitted: String?
  let omittedIssues: String?

  static let fields = Fields<ChangesPage>(
    .object("layout") { $0.layout },
    .object("service") { $0.service },
    .text("title") { $0.title },
    .object("summary") { $0.summary },
    .object("neighbours") { $0.neighbours.isEmpty ? nil : $0.neighbours },
    .list("environments") { $0.environments },
    .flag("hasCommits") { !$0.commits.isEmpty },
    .list("commits") { $0.commits },
    .flag("hasIssues") { !$0.issues.isEmpty },
    .list("issues") { $0.issues },
    .flag("hasDays") { !$0.days.isEmpty },
    .list("days") { $0.days },
    .text("omitted") { $0.omitted },
    .text("omittedIssues") { $0.omittedIssues }
  )

  private static let issueLimit = 400

  init(_ view: Viewpoint, plan: PagePlan, service: Int, sheet: ChangeCalendar.Sheet) {
    let calendar = view.map.calendars[service]
    let board = ChangeBoard(view, service: service, sheet: sheet)
    self.service = view.service(service)
    title = sheet.name
    layout = Layout(
      view, plan: plan, title: "Changes of \(view.catalog.services[service].name), \(sheet.name)", isAboutNow: false)
    environments = board.environments.map(view.environment)
    commits = board.commits.indices.map { ChangeRow(view, board, commit: $0) }
    let issues = IssueRow.all(view, board)
    self.issues = Array(issues.prefix(ChangesPage.issueLimit))
    omittedIssues =
      issues.count > ChangesPage.issueLimit
      ? "\(Format.count(issues.count - ChangesPage.issueLimit, "more issue")) are more than a page can hold." : nil
    days = (sheet.day == nil ? calendar.days[sheet.month] ?? [] : []).map { day in
      let path: String = view.map.changes(service, day)
      let count = calendar.parts[day]?.changes.count ?? 0
      return Day(link: LinkText(text: day.name, url: view.url(path)), count: Format.count(count, "commit"))
    }
    let count = calendar.parts[sheet]?.changes.count ?? 0
    let all =
      days.isEmpty ? count : (calendar.days[sheet.month] ?? []).reduce(0) { $0 + (calendar.parts[$1]?.changes.count ?? 0) }
    summary = "\(words: Format.count(all, "commit"))" + board.summary
    omitted =
      count > commits.count
      ? "\(Format.count(count - commits.count, "more commit")) of this day, the oldest, are more than a page can hold." : nil
    neighbours = view.neighbours(of: sheet.month, among: calendar.months) {
      view.map.changes(service, ChangeCalendar.Sheet(month: $0, day: nil))
    }
  }
}

/// What a page of commits tells: each of them, and where it is.
struct ChangeBoard {
  /// A commit or a note, and its way through the environments.
  struct Journey {
    let stays: [Stay]
    /// By environment, the waiting deployment that would bring it.
    let waiting: [Int?]
  }

  let service: Int
  let sheet: ChangeCalendar.Sheet
  let environments: [Int]
  let commits: [KnownChange]
  /// The releases whose notes name issues.
  let notes: [Int]
  /// Of the commits, then of the notes.
  let journeys: [Journey]
  let names: [String]

  init(_ view: Viewpoint, service: Int, sheet: ChangeCalendar.Sheet) {
    let calendar = view.map.calendars[service]
    let part = calendar.parts[sheet] ?? ChangeCalendar.Part()
    let commits = part.changes.prefix(calendar.limit).map { calendar.changes[$0] }
    (self.service, self.sheet, self.commits, notes) = (service, sheet, commits, part.notes)
    environments = view.catalog.shownEnvironments(of: service)
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

/// One commit.
struct ChangeRow: Model {
  let id: String
  let commit: LinkText
  let subject: String?
  /// `Dilek Aydın, 26 Mar 10:31, pull request 805`.
  let by: Sentence
  let release: LinkText?
  let cells: [ChangeCell]

  static let fields = Fields<ChangeRow>(
    .text("id") { $0.id },
    .object("commit") { $0.commit },
    .text("subject") { $0.subject },
    .object("by") { $0.by.isEmpty ? nil : $0.by },
    .object("release") { $0.release },
    .list("cells") { $0.cells }
  )

  init(_ view: Viewpoint, _ board: ChangeBoard, commit index: Int) {
    let known = board.commits[index]
    let change = known.change
    id = ChangeRow.id(change.sha)
    commit = view.commit(change.sha)
    subject = Words.subject(change.message, limit: 120)
    let parts: [Sentence?] = [
      change.author.map { "\(Words.cut($0, to: 80))" },
      change.committedAt.map { "\(view.short($0, in: board.sheet.month))" } ?? "no time recorded",
      change.pullRequest.map { "pull request \(Words.cut($0, to: 40))" },
    ]
    by = .joined(parts.compactMap { $0 }, separator: ", ")
    release = known.carriers.first.map {
      view.release(board.service, view.catalog.services[board.service].deployments[$0].version)
    }
    let journey = board.journeys[index]
    cells = board.environments.map { environment in
      ChangeCell(
        view, board, journey.stays.filter { $0.environment == environment }, waiting: journey.waiting[environment])
    }
  }

  /// The name of a commit's row on its page.
  static func id(_ sha: String) -> String { "c/" + Slug.of(String(sha.prefix(12)).lowercased()) }
}

/// A commit or an issue in one environment.
struct ChangeCell: Model {
  /// A moment, as a link to the deployment that made it.
  struct Moment: Model {
    let link: LinkText
    let time: TimeText?

    static let fields = Fields<Moment>(
      .url("url") { $0.link.url },
      .object("time") { $0.time }
    )
  }

  struct Visit: Model {
    let arrived: Moment
    let left: Moment?

    static let fields = Fields<Visit>(
      .object("arrived") { $0.arrived },
      .object("left") { $0.left }
    )
  }

  /// The last ones, oldest first.
  var visits: [Visit] = []
  var waits: Sentence?
  /// `not yet`, `2 of 3`.
  var words: String?

  static let fields = Fields<ChangeCell>(
    .list("visits") { $0.visits },
    .object("waits") { $0.waits },
    .text("words") { $0.words }
  )

  private static let limit = 3

  init(words: String) { self.words = words }

  init(_ view: Viewpoint, _ board: ChangeBoard, _ stays: [Stay], waiting: Int? = nil) {
    visits = stays.suffix(ChangeCell.limit).map { stay in
      Visit(arrived: view.moment(stay.deployment, board), left: stay.end.map { view.moment($0, board) })
    }
    if stays.last == nil || stays.last?.end != nil {
      waits = waiting.map { "\(Mark(.waiting)) \(view.deployment(board.service, $0, text: "", after: "waits"))" }
    }
    words = visits.isEmpty && waits == nil ? "not yet" : nil
  }
}

extension Viewpoint {
  /// The time without a year where it is that of the page's month.
  fileprivate func short(_ time: Timestamp, in month: Month) -> TimeText {
    TimeText(time, text: Format.short(edition.civil(time), thisYear: month.year))
  }

  fileprivate func moment(_ index: Int, _ board: ChangeBoard) -> ChangeCell.Moment {
    let time = catalog.services[board.service].deployments[index].time
    return ChangeCell.Moment(
      link: deployment(board.service, index, text: ""), time: time.map { short($0, in: board.sheet.month) })
  }
}

/// One issue: its commits of the month, the notes that name it, and how much of that is where.
struct IssueRow: Model {
  let id: String
  let issue: LinkText
  let mentions: Sentence
  let cells: [ChangeCell]

  static let fields = Fields<IssueRow>(
    .text("id") { $0.id },
    .object("issue") { $0.issue },
    .object("mentions") { $0.mentions },
    .list("cells") { $0.cells }
  )

  /// By key.
  static func all(_ view: Viewpoint, _ board: ChangeBoard) -> [IssueRow] {
    let service = view.catalog.services[board.service]
    let texts =
      board.commits.map { $0.change.message ?? "" } + board.notes.map { service.releases[$0].note?.value.body.plain ?? "" }
    var items: [IssueKey: [Int]] = [:]
    for (item, text) in texts.enumerated() {
      for key in IssueKey.all(in: text, view.map.calendars[board.service].patterns) { items[key, default: []].append(item) }
    }
    return items.sorted { ($0.key.key, $0.key.address) < ($1.key.key, $1.key.address) }
      .map { IssueRow(view, board, $0.key, items: $0.value) }
  }

  private init(_ view: Viewpoint, _ board: ChangeBoard, _ key: IssueKey, items: [Int]) {
    id = IssueRow.id(key.key)
    issue = LinkText(text: key.key, url: key.address)
    mentions = IssueRow.mentions(view, board, items)
    cells = board.environments.map { environment in IssueRow.cell(view, board, items, environment) }
  }

  /// The name of an issue's row on its page.
  static func id(_ key: String) -> String { "i/" + Slug.of(key.lowercased()) }

  private static func mentions(_ view: Viewpoint, _ board: ChangeBoard, _ items: [Int]) -> Sentence {
    let service = view.catalog.services[board.service]
    var parts = items.prefix(5).map { item -> Sentence in
      guard item >= board.commits.count else {
        let sha = board.commits[item].change.sha
        return "\(LinkText(text: Format.shortSHA(sha), url: "#" + ChangeRow.id(sha)))"
      }
      return "notes of \(view.release(board.service, service.releases[board.notes[item - board.commits.count]].version ?? ""))"
    }
    if items.count > parts.count { parts.append("\(items.count - parts.count) more") }
    return .joined(parts, separator: ", ")
  }

  /// When the last of it arrived; how much of it is there; that it left.
  private static func cell(_ view: Viewpoint, _ board: ChangeBoard, _ items: [Int], _ environment: Int) -> ChangeCell {
    let stays = items.map { item in board.journeys[item].stays.last { $0.environment == environment } }
    let live = stays.compactMap { $0?.end == nil ? $0 : nil }
    if let last = live.max(by: { $0.deployment < $1.deployment }) {
      return live.count == items.count
        ? ChangeCell(view, board, [last]) : ChangeCell(words: "\(live.count) of \(items.count)")
    }
    let gone = stays.compactMap { $0 }.max { ($0.end ?? 0, $0.deployment) < ($1.end ?? 0, $1.deployment) }
    return ChangeCell(view, board, gone.map { [$0] } ?? [])
  }
}

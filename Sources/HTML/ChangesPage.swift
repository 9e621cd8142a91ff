import Plan
import Releases
import Report
import Template

/// `changes/<service>/<yyyy-mm>.html`: where each known commit and issue of a month is. No clock.
struct ChangesPage: PageModel {
  static let template = "changes.mustache"

  struct Day: Model {
    let link: LinkText
    let count: Sentence

    static let fields = Fields<Day>(
      .object("link") { $0.link },
      .words("count") { $0.count }
    )
  }

  let layout: Layout
  let service: LinkText
  let title: Sentence
  let summary: Sentence
  let older: LinkText?
  let environments: [LinkText]
  let commits: [ChangeRow]
  let issues: [IssueRow]
  let days: [Day]
  /// What a page cannot hold.
  let omitted: Sentence?
  let omittedIssues: Sentence?

  static let fields = Fields<ChangesPage>(
    .object("layout") { $0.layout },
    .object("service") { $0.service },
    .words("title") { $0.title },
    .object("summary") { $0.summary },
    .object("older") { $0.older },
    .list("environments") { $0.environments },
    .flag("hasCommits") { !$0.commits.isEmpty },
    .list("commits") { $0.commits },
    .flag("hasIssues") { !$0.issues.isEmpty },
    .list("issues") { $0.issues },
    .flag("hasDays") { !$0.days.isEmpty },
    .list("days") { $0.days },
    .words("omitted") { $0.omitted },
    .words("omittedIssues") { $0.omittedIssues }
  )

  private static let issueLimit = 400

  init(_ view: Viewpoint, plan: HTMLPlan, service: Int, bucket: CommitIndex.Bucket) {
    let index = view.map.commits[service]
    let board = ChangeBoard(view, service: service, bucket: bucket)
    self.service = view.wording.service(service)
    title = bucket.name
    environments = board.environments.map(view.wording.environment)
    commits = board.commits.indices.map { ChangeRow(view, board, commit: $0) }
    let issues = IssueRow.all(view, board)
    self.issues = Array(issues.prefix(ChangesPage.issueLimit))
    omittedIssues =
      issues.count > ChangesPage.issueLimit
      ? "\(Format.count(issues.count - ChangesPage.issueLimit, "more issue")) are more than a page can hold." : nil
    days = (bucket.day == nil ? index.days[bucket.month] ?? [] : []).map { day in
      let count = index.contents[day]?.changes.count ?? 0
      return Day(link: view.wording.own(day.name, .commits(service: service, day)), count: Format.count(count, "commit"))
    }
    let count = index.contents[bucket]?.changes.count ?? 0
    let all =
      days.isEmpty ? count : (index.days[bucket.month] ?? []).reduce(0) { $0 + (index.contents[$1]?.changes.count ?? 0) }
    summary = "\(Format.count(all, "commit"))" + board.summary
    layout = Layout(
      view, plan: plan, title: "Changes of \(view.catalog.services[service].name), \(bucket.name)",
      summary: .words(summary + "."), isAboutNow: false)
    omitted =
      count > commits.count
      ? "\(Format.count(count - commits.count, "more commit")) of this day, the oldest, are more than a page can hold." : nil
    older = view.wording.month(before: bucket.month, among: index.months, name: \.name) {
      .commits(service: service, CommitIndex.Bucket(month: $0))
    }
  }
}

import Plan
import Records
import Releases
import Report
import Template
import Time

/// `short-lived.html`: the environments that end when their work does, such as review environments: those that stand, then those that
/// ended lately. They have no column anywhere else (record.md, Short-lived environments).
struct ShortLivedPage: PageModel {
  static let template = "short-lived.mustache"

  private static let (mostStanding, mostEnded) = (300, 50)

  let layout: Layout
  let summary: Sentence
  let standing: [ShortLivedRow]
  let ended: [ShortLivedRow]
  let omitted: Sentence?

  static let fields = Fields<ShortLivedPage>(
    .object("layout") { $0.layout },
    .words("summary") { $0.summary },
    .flag("hasStanding") { !$0.standing.isEmpty },
    .list("standing") { $0.standing },
    .flag("hasEnded") { !$0.ended.isEmpty },
    .list("ended") { $0.ended },
    .words("omitted") { $0.omitted }
  )

  init(_ view: Viewpoint, plan: HTMLPlan) {
    let places = view.catalog.shortLivedPlaces
    let (standing, ended) = (places.filter { !$0.hasEnded }, places.filter(\.hasEnded))
    summary = "\(standing.count) in use, \(ended.count) ended."
    layout = Layout(view, plan: plan, title: "Short-lived environments", summary: .words(summary), isAboutNow: true)
    self.standing = standing.prefix(ShortLivedPage.mostStanding).map {
      ShortLivedRow(view.wording, service: $0.service, environment: $0.environment)
    }
    self.ended = ended.prefix(ShortLivedPage.mostEnded).map {
      ShortLivedRow(view.wording, service: $0.service, environment: $0.environment)
    }
    let rest = places.count - self.standing.count - self.ended.count
    omitted = rest > 0 ? "\(Format.count(rest, "older one")) in summary.json." : nil
  }
}
